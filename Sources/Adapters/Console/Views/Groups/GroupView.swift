import Kernel
import Payment
import People
import Synchronization
import Workflows

extension View {
  /// One group: what the contract says of it, by institution, its cases.
  static let group = View(
    "groups/{code}", "病组", "Group", section: .groups,
    parameters: [
      Parameter("code", .text, "病组编码；- 为未入组", "the group's code; - for cases without one", isInPath: true),
      .paymentYear, .paymentScheme, Parameter("institution", .text, "只看一家机构的病例", "cases of one institution only"),
      .page, .size,
    ], tables: [GroupPage.institutions, GroupPage.cases],
    summary: LocalizedText("一个病组：合同规定、各机构情况、病例", "one group: the contract's values, institutions, cases")
  ) { inquiry, sources async throws(ViewFault) in
    try await GroupPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The page of one group.
struct GroupPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let institutions = TableForm(
    "institutions", "按机构", "By institution",
    [
      .init("institution", "机构", "Institution"), .init("code", "编号", "Code"),
      .init("cases", "病例数", "Cases", .count), .init("share", "占比", "Share", .share),
      .init("mean_cost", "次均费用（元）", "Mean cost", .money),
      .init("cost_ratio", "费用与全区之比", "Cost to region", .decimal(places: 4)),
      .init("mean_stay", "平均住院日", "Mean stay, days", .decimal(places: 2)),
      .init("time_ratio", "时间与全区之比", "Time to region", .decimal(places: 4)),
      .init("points", "结算点数", "Points paid", .decimal(places: 4)),
      .init("low", "低倍率", "Very low", .count), .init("high", "高倍率", "Very high", .count),
      .init("cost", "费用（元）", "Cost", .money), .init("worth", "按合同支付（元）", "Paid by contract", .money),
      .init("gain", "盈亏（元）", "Gain or loss", .money),
    ])
  static let cases = TableForm(
    "cases", "病例", "Cases",
    [
      .init("id", "结算编号", "Settlement"), .init("institution", "机构", "Institution"),
      .init("month", "月份", "Month"), .init("stay_days", "住院天数", "Days", .count),
      .init("age", "年龄", "Age", .count), .init("cost", "费用（元）", "Cost", .money),
      .init("rule", "支付规则", "Rule"), .init("points", "点数", "Points", .decimal(places: 4)),
      .init("standard", "标准（元）", "Standard", .money), .init("review", "待审核", "Review", .flag),
    ])

  func content() async throws(ViewFault) -> Content {
    let (scheme, year, terms) = try sources.asked(inquiry)
    let code = try inquiry.part("code")
    let group = code == GroupBlocks.noGroup ? "" : code
    let request = try inquiry.pageRequest()
    let (figures, time) = try await sources.figures(scheme, year, terms)
    let row = terms.cases.row(of: group)
    guard let line = figures.groups().first(where: { $0.code == group }) ?? (row == nil ? nil : figures.empty(group))
    else {
      throw .notFound(
        LocalizedText(
          "\(year) 年\(scheme.title.chinese)没有病组 \(code)，合同的表中也没有；请核对编码、年度、险种",
          "there is no group \(code) in \(year), \(scheme.rawValue), nor in the contract; check code, year, scheme"
        ))
    }
    let lines = figures.institutions(in: group)
    let names = try await sources.institutionNames(Set(lines.map(\.code)))
    var blocks: [Content.Block] = GroupsPage.remarks(figures, time, sources)
    blocks.append(.facts(facts(group, row, terms)))
    blocks.append(.figures(GroupBlocks.figures(line, of: figures.whole, isDIP: terms.cases.usualMethod == .dip)))
    if lines.count > 1 { blocks.append(.chart(chart(lines, names))) }
    blocks.append(
      .table(
        Self.institutions.table(
          lines.map { institutionRow($0, of: line.sum.cases, names, group, scheme, year) },
          empty: LocalizedText("该年没有这个病组的病例。", "No case of the group this year."))))
    blocks.append(.form(form(scheme, year)))
    let decided = figures.run.flatMap { PayingInputs(of: $0.run.inputs)?.determinations } ?? [:]
    blocks.append(try await caseTable(group, scheme, year, terms, decided, request))
    var content = Content(
      blocks,
      title: LocalizedText(
        "病组 \(code) \(GroupBlocks.name(group, terms).text(.chinese))",
        "Group \(code) \(GroupBlocks.name(group, terms).text(.english))"))
    content.trail = [
      .init("病组分析", "Groups", Address.path("groups", ["year": "\(year)", "scheme": scheme.rawValue]))
    ]
    return content
  }

  private func facts(_ group: String, _ row: GroupRow?, _ terms: PayingTerms) -> Facts {
    var rows: [Facts.Row] = [
      .init("group", "编码", "Code", .text(GroupBlocks.code(group))),
      .init("name", "名称", "Name", Cell(GroupBlocks.name(group, terms))),
    ]
    if let row {
      rows += [
        .init("weight", "权重", "Weight", Cell(.factor(row.weight))),
        .init("score", "分值", "Score", Cell(.points(row.score))),
        .init("is_base", "基础病组（同病同价）", "Base group, the same for all", Cell(.flag(row.isBase))),
        .init("is_chinese_medicine", "中医优势病组", "Strong in Chinese medicine", Cell(.flag(row.isChineseMedicine))),
        .init("is_stable", "稳定组", "Stable", Cell(.flag(row.isStable))),
        .init("is_by_item", "按项目付费", "Paid by item", Cell(.flag(row.isPaidByItem))),
      ]
    }
    rows.append(
      .init(
        "contract", "付费合同", "Contract",
        .text(
          terms.cases.title,
          link: Address.path(
            "payment/contract",
            ["year": "\(terms.cases.year)", "scheme": terms.cases.schemes.map(\.rawValue).sorted().first]))))
    return Facts("group_facts", "病组", "Group", rows)
  }

  private func institutionRow(
    _ line: GroupFigures.Line, of total: Int, _ names: [String: String], _ group: String, _ scheme: InsuranceScheme,
    _ year: Int
  ) -> [Cell] {
    [
      .text(names[line.code] ?? line.code, link: GroupBlocks.path(group, scheme, year, institution: line.code)),
      .text(line.code, link: "institutions/\(Address.part(line.code))"), .count(line.sum.cases),
      Cell(.share(line.sum.cases, of: total)), Cell(.amount(line.meanCost)), Cell(.factor(line.cost.byCases())),
      Cell(line.meanStay.map { .decimal($0, places: 2) } ?? .none), Cell(.factor(line.time.byCases())),
      Cell(.points(line.sum.points)), .count(line.sum.low), .count(line.sum.high), .money(line.sum.cost),
      Cell(.amount(line.worth)), .gain(line.gain),
    ]
  }

  private func chart(_ lines: [GroupFigures.Line], _ names: [String: String]) -> Chart {
    let top = lines.prefix(20)
    return Chart(
      "mean_cost_by_institution", title: LocalizedText("各机构次均费用", "Mean cost by institution"), form: .bars,
      labels: top.map { LocalizedText(names[$0.code] ?? $0.code, names[$0.code] ?? $0.code) },
      series: [
        .init(key: "mean_cost", title: LocalizedText("次均费用", "mean cost"), values: top.map { $0.meanCost?.fen })
      ], places: 2, unit: LocalizedText("元", "yuan"), links: top.map { "institutions/\(Address.part($0.code))" })
  }

  private func form(_ scheme: InsuranceScheme, _ year: Int) -> Form {
    .filter(
      sources.yearFields(scheme, year) + [
        .init("institution", "机构编号", "Institution", value: inquiry["institution"] ?? "")
      ])
  }

  /// The cases of the group: the year's cases, or one institution's, are read once and the others dropped.
  private func caseTable(
    _ group: String, _ scheme: InsuranceScheme, _ year: Int, _ terms: PayingTerms,
    _ decided: [String: CaseDetermination], _ request: PageRequest
  ) async throws(ViewFault) -> Content.Block {
    let selection = CaseSelection(
      region: sources.region, scheme: scheme, period: .year(year), institution: inquiry["institution"])
    let found = try await sources.ask { () async throws(StoreError) in
      let kept = KeptCases()
      try await sources.paying.cases(selection) { block throws(StoreError) in
        kept.add(block.filter { $0.group == group })
      }
      return kept.cases
    }
    let shown = found.dropFirst((request.number - 1) * request.size).prefix(request.size)
    let names = try await sources.institutionNames(Set(shown.map(\.institution)))
    let rows = shown.map { item -> [Cell] in
      let payment = CaseEngine.pay(
        item, under: terms.cases, determination: decided[item.id] ?? .none, tracing: false)
      return [
        .text(item.id, link: "cases/\(Address.part(item.id))"), .institution(item.institution, names),
        Cell(.time(item.month)), .count(item.stayDays), .count(item.ageYears), .money(item.cost),
        Cell(.words(payment.outcome.title)), Cell(.points(payment.points)),
        Cell(payment.standard == .zero ? .none : .money(payment.standard)),
        Cell(.flag(payment.needsReview), tone: payment.needsReview ? .warning : nil),
      ]
    }
    return .table(
      Self.cases.table(
        rows, of: PageOfRows(number: request.number, size: request.size, total: found.count),
        empty: LocalizedText("没有符合条件的病例。", "No case fits.")))
  }
}

/// Cases as blocks bring them, from whatever thread.
private final class KeptCases: Sendable {
  private let found = Mutex<[PaymentCase]>([])

  func add(_ block: [PaymentCase]) { found.withLock { $0 += block } }

  var cases: [PaymentCase] { found.withLock { $0 } }
}
