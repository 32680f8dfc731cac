import Kernel
import Payment
import People
import Workflows

extension View {
  /// The statement of one holder of a run, to be printed (拨付单、清算书).
  static let paymentStatement = View(
    "payment/runs/{identity}/institutions/{code}", "拨付清算书", "Payment statement", section: .payment,
    parameters: [
      Parameter("identity", .text, "运行标识", "identity of the run", isInPath: true),
      Parameter("code", .text, "机构、医共体或统筹区编号", "code of the institution, community or region", isInPath: true),
      .page, .size,
    ], tables: [HolderPage.amounts, HolderPage.differences, HolderPage.steps, HolderPage.cases],
    summary: LocalizedText(
      "一家机构的拨付单或清算书：金额、计算过程及依据、更正差异、病例",
      "the statement of one institution: amounts, steps with their clauses, differences, cases")
  ) { inquiry, sources async throws(ViewFault) in
    try await HolderPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of a statement.
struct HolderPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let amounts = TableForm(
    "amounts", "金额", "Amounts",
    [.init("title", "项目", "Item"), .init("amount", "金额（元）", "Amount, yuan", .money), .init("word", "代码", "Code")])
  static let differences = TableForm(
    "differences", "与原公布结果的差异", "Differences",
    [
      .init("title", "项目", "Item"), .init("before", "原金额（元）", "Before", .money),
      .init("after", "现金额（元）", "After", .money), .init("change", "差额（元）", "Change", .money),
    ])
  static let steps = TableForm(
    "steps", "计算过程", "Steps",
    [
      .init("text", "说明", "What was done"),
      .init("amount", "金额（元）", "Amount, yuan", .money), .init("basis", "依据", "Basis"),
    ])
  static let cases = TableForm(
    "cases", "病例", "Cases",
    [
      .init("id", "结算编号", "Settlement"), .init("month", "月份", "Month"), .init("group", "病组", "Group"),
      .init("stay_days", "住院天数", "Days", .count), .init("cost", "总费用（元）", "Cost", .money),
      .init("paid_by_others", "个人及其他已付（元）", "Paid by others", .money), .init("rule", "支付规则", "Rule"),
      .init("points", "点数（分值）", "Points", .decimal(places: 4)), .init("standard", "标准（元）", "Standard", .money),
      .init("worth", "病例价值（元）", "Worth", .money), .init("review", "待审核", "Review"),
    ])

  func content() async throws(ViewFault) -> Content {
    let made = try await sources.run(try inquiry.part("identity"))
    let code = try inquiry.part("code")
    let request = try inquiry.pageRequest()
    let inputs = made.run.inputs
    let terms = sources.terms(inputs.scheme, inputs.period.year)
    let found = try await sources.ask { () async throws(StoreError) in
      try await sources.archive.account(of: code, in: made, under: terms)
    }
    guard let account = found else {
      throw .notFound(
        LocalizedText("这次结果没有 \(code) 的金额；请核对编号", "the run has no line for \(code); check the code"))
    }
    let name = try await sources.holderNames([code])[code]
    let count = account.cases?.cases.count ?? 0
    let start = min((request.number - 1) * request.size, count)
    let writer = StatementWriter(book: sources.library.book, region: sources.region, detail: .cases)
    let statement = writer.statement(of: account, cases: start..<min(start + request.size, count))
    var blocks: [Content.Block] = account.remarks.map { .notice(Notice(.warning, Self.text($0))) }
    blocks.append(.facts(facts(statement, name, made)))
    for table in statement.tables {
      blocks.append(
        .table(
          self.table(
            table, account, of: PageOfRows(number: request.number, size: request.size, total: count))))
    }
    var content = Content(
      blocks,
      title: LocalizedText(
        "\(statement.title.chinese)：\(name ?? code)", "\(statement.title.english): \(name ?? code)"))
    content.trail = [
      .init("拨付与清算", "Payment runs", "payment"),
      .init(
        "\(inputs.kind.title.chinese) \(inputs.period)", "\(inputs.kind.title.english) \(inputs.period)",
        RunPage.path(made.run.identity)),
    ]
    content.isPrintable = true
    return content
  }

  private func facts(_ statement: PaymentStatement, _ name: String?, _ made: MadeRun) -> Facts {
    var rows: [Facts.Row] = []
    for (place, fact) in statement.facts.enumerated() {
      var cell = Cell(.words(fact.value))
      if fact.value.chinese == statement.holder {
        cell = .text("\(name ?? "") \(statement.holder)", link: "institutions/\(Address.part(statement.holder))")
      }
      if fact.value.chinese == made.run.identity { cell.link = RunPage.path(made.run.identity) }
      if let corrects = made.run.corrects, fact.value.chinese == corrects { cell.link = RunPage.path(corrects) }
      rows.append(.init("fact_\(place + 1)", fact.name, cell))
    }
    return Facts("statement", "基本情况", "Summary", rows)
  }

  private func table(_ table: StatementTable, _ account: HolderAccount, of page: PageOfRows) -> DataTable {
    switch table.kind {
    case .amounts: return Self.amounts.table(table.rows.map { $0.map(Self.cell) })
    case .differences: return Self.differences.table(table.rows.map { $0.map(Self.cell) })
    case .steps:
      // The step's word is for files; people read what was done.
      return Self.steps.table(
        table.rows.map { $0.prefix(Self.steps.columns.count).map(Self.cell) },
        empty: LocalizedText("没有可列的步骤。", "No step can be shown."))
    case .cases: return Self.cases.table(table.rows.map { caseRow($0, account) }, of: page)
    }
  }

  /// A case with the way to its page, which has its steps; points at what the run paid for them.
  private func caseRow(_ row: [StatementTable.Value], _ account: HolderAccount) -> [Cell] {
    let inputs = account.made.run.inputs
    var cells = row.prefix(Self.cases.columns.count).map(Self.cell)
    cells[0].link = "cases/\(Address.part(row[0].text(.chinese)))"
    let group = row[2].text(.chinese)
    cells[2] = .text(GroupBlocks.code(group), link: GroupBlocks.path(group, inputs.scheme, inputs.period.year))
    if case .points(let points) = row[7], let worth = account.pointWorth { cells[9] = .money(worth.worth(of: points)) }
    return cells
  }

  private static func cell(_ value: StatementTable.Value) -> Cell {
    switch value {
    case .empty: .none
    case .text(let text): Cell(.words(text))
    case .money(let amount): .money(amount)
    case .points(let points): Cell(.points(points))
    case .count(let count): .count(count)
    }
  }

  private static func text(_ remark: HolderAccount.Remark) -> LocalizedText {
    switch remark {
    case .noSteps:
      LocalizedText(
        "这类结果只保存金额与输入，不保存逐步过程；过程见公布时写出的清算书（yibao clear … --out）",
        "runs of this kind keep amounts and inputs, not the steps; see the statements written when it was published "
          + "(yibao clear … --out)")
    case .contractUnknown:
      LocalizedText(
        "服务所用的政策目录与公布时的合同数据不同，不能重现计算过程；金额以公布为准",
        "the policy folder of this server is not what the run was made under; steps cannot be shown, the amounts stand")
    case .inputsUnreadable:
      LocalizedText("本次结果的输入不能读取，不能重现计算过程；金额以公布为准", "the run's inputs cannot be read; the amounts stand")
    case .stepsDiffer:
      LocalizedText(
        "按所存金额重算与公布结果不符，过程不予显示；请运行 yibao audit 并核对软件版本",
        "working it out again gives another result, so no step is shown; run yibao audit and check the version")
    case .casesChanged:
      LocalizedText(
        "公布之后本机构的病例有变动；下列病例为现在的，金额以公布为准",
        "cases of the institution changed since; the list shows them as they are now, the amounts stand")
    }
  }
}
