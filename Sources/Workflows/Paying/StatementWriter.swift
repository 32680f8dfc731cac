public import Kernel
public import Payment
import People
public import Policy

/// Makes the statements of runs, one for each holder; rows of cases are made while they are written.
public struct StatementWriter: Sendable {
  private let citations: CitationWords
  private let region: LocalizedText
  private let names: [String: String]
  private let detail: StatementDetail

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - book: the policy whose documents terms cite.
  ///   - region: the region's code.
  ///   - names: what holders are called, by code; one without a name is shown by its code.
  ///   - detail: how much is said of each case.
  public init(
    book: PolicyBook, region: String, names: [String: String] = [:], detail: StatementDetail = .steps
  ) {
    citations = CitationWords(book)
    self.names = names.filter { !$0.value.isEmpty }
    self.detail = detail
    self.region =
      book.regions[region].map { LocalizedText("\($0.name.chinese) \(region)", "\($0.name.english) \(region)") }
      ?? LocalizedText(region, region)
  }

  /// The statements of a month, ascending by institution.
  public func statements(of month: PaidMonth) -> [PaymentStatement] {
    let accounts = Dictionary(
      uniqueKeysWithValues: (month.worth?.accounts ?? []).map { ($0.totals.institution, $0) })
    let rows = CaseRows(month.cases, citations, detail)
    return zip(month.advances, month.made.run.lines).map { advance, line in
      let account = accounts[advance.institution]
      var steps = (account?.steps ?? []) + advance.steps
      if let amount = account.map(\.totals.amountDue), amount != .zero, account?.share != nil {
        steps.insert(ClearingStep(.budget, result: (account?.payable ?? .zero) + amount), at: account?.steps.count ?? 0)
      }
      return statement(
        month.made, line, Self.title(.month),
        facts: facts(account) + pool(month.worth?.pool),
        tables: [self.steps(steps), rows.table(of: advance.institution)])
    }
  }

  /// The statements of a year, ascending by institution.
  public func statements(of year: ClearedYear) -> [PaymentStatement] {
    let accounts = Dictionary(uniqueKeysWithValues: year.worth.accounts.map { ($0.totals.institution, $0) })
    let rows = CaseRows(year.cases, citations, detail)
    return zip(year.clearings, year.made.run.lines).map { clearing, line in
      let account = accounts[clearing.institution]
      return statement(
        year.made, line, Self.title(.year),
        facts: facts(account) + pool(year.worth.pool),
        tables: [
          self.steps((account?.steps ?? []) + clearing.steps), rows.table(of: clearing.institution),
        ])
    }
  }

  /// The statements of a run whose holders have steps and no cases, ascending by holder.
  public func statements(
    of made: MadeRun, title: LocalizedText, steps: [String: [ClearingStep]]
  ) -> [PaymentStatement] {
    made.run.lines.map { line in
      statement(made, line, title, facts: [], tables: [self.steps(steps[line.holder] ?? [])])
    }
  }

  /// The statement of one holder of a published run.
  ///
  /// - Parameters:
  ///   - account: the holder's account.
  ///   - places: which of the holder's cases are listed, as places among them.
  public func statement(of account: HolderAccount, cases places: Range<Int>) -> PaymentStatement {
    var top: [PaymentStatement.Fact] = []
    if let totals = account.totals { top = facts(totals) }
    if let worth = account.pointWorth, let value = worth.value {
      top.append(
        .init(LocalizedText("本机构分得 ÷ 点数（元，仅供查看）", "Share by its points, yuan, to show"), value.yuan))
    }
    var tables = [steps(account.steps)]
    if let paid = account.cases {
      let rows = CaseRows(paid, citations, detail)
      tables.append(rows.table(at: places.clamped(to: paid.cases.indices)))
    }
    return statement(account.made, account.line, Self.title(account.made.run.inputs.kind), facts: top, tables: tables)
  }

  /// What statements of a kind of run are called.
  public static func title(_ kind: PaymentRun.Kind) -> LocalizedText {
    switch kind {
    case .month: LocalizedText("医保基金月度拨付单", "Monthly payment of the health insurance fund")
    case .year: LocalizedText("医保基金年度清算书", "Yearly clearing of the health insurance fund")
    case .community: LocalizedText("医共体清算书", "Clearing of a medical community")
    case .adjustmentFund: LocalizedText("省级调剂金核算单", "Account of the provincial adjustment fund")
    case .fundLoss: LocalizedText("基金损失认定与重新清算书", "Loss of the fund and clearing again")
    }
  }

  // MARK: Parts

  private func statement(
    _ made: MadeRun, _ line: PaymentRun.Line, _ title: LocalizedText, facts: [PaymentStatement.Fact],
    tables: [StatementTable]
  ) -> PaymentStatement {
    let run = made.run
    var top: [PaymentStatement.Fact] = [
      .init(LocalizedText("统筹区", "Region"), region),
      .init(LocalizedText("单位", "Holder"), PaymentStatement.heading(line.holder, names[line.holder])),
      .init(LocalizedText("险种", "Scheme"), run.inputs.scheme.title),
      .init(LocalizedText("期间", "Period"), "\(run.inputs.period)"),
    ]
    top += facts
    top.append(
      .init(
        LocalizedText("状态", "State"),
        made.published.map { LocalizedText("已公布 \($0.time) \($0.publisher)", "published \($0.time) \($0.publisher)") }
          ?? LocalizedText("试算，未公布", "draft, not published")))
    top.append(.init(LocalizedText("运行标识", "Run"), run.identity))
    if let corrects = run.corrects { top.append(.init(LocalizedText("更正", "Corrects"), corrects)) }
    var all = [amounts(line)] + tables.filter { !$0.rows.isEmpty }
    let changes = made.differences.filter { $0.holder == line.holder }
    if !changes.isEmpty { all.insert(differences(changes), at: 1) }
    return PaymentStatement(holder: line.holder, name: names[line.holder], title: title, facts: top, tables: all)
  }

  private func facts(_ account: PeriodWorth.Account?) -> [PaymentStatement.Fact] {
    account.map { facts($0.totals) } ?? []
  }

  private func facts(_ totals: InstitutionTotals) -> [PaymentStatement.Fact] {
    [
      .init(LocalizedText("机构等级", "Level"), totals.level.title),
      .init(LocalizedText("病例数", "Cases"), "\(totals.cases)"),
      .init(LocalizedText("点数（分值）", "Points"), totals.points.description),
      .init(LocalizedText("点数病例费用（元）", "Cost of cases with points, yuan"), totals.cost.yuan),
    ]
  }

  private func pool(_ pool: PeriodWorth.Pool?) -> [PaymentStatement.Fact] {
    guard let pool else { return [] }
    return [
      .init(LocalizedText("全区点数", "Points of the region"), pool.points.description),
      .init(LocalizedText("点值（元，仅供公布）", "Value of a point, yuan, to show"), pool.pointValue.yuan),
    ]
  }

  /// The amounts of a line.
  private func amounts(_ line: PaymentRun.Line) -> StatementTable {
    StatementTable(
      .amounts,
      columns: [
        .init("项目", "Item", width: 32), .init("金额（元）", "Amount, yuan", isNumeric: true, width: 18),
        .init("代码", "Code", width: 20),
      ],
      rows: StatementRows(
        AmountNames.sorted(line.amounts).map {
          [.text(AmountNames.title($0.word)), .money($0.amount), .word($0.word)]
        }))
  }

  private func steps(_ steps: [ClearingStep]) -> StatementTable {
    StatementTable(
      .steps,
      columns: [
        .init("说明", "What was done", width: 64), .init("金额（元）", "Amount, yuan", isNumeric: true, width: 18),
        .init("依据", "Basis", width: 48), .init("代码", "Code", width: 22),
      ],
      rows: StatementRows(
        steps.map { [.text($0.text), .money($0.result), .text(citations.text($0.citation)), .word($0.code.word)] }))
  }

  private func differences(_ changes: [RunDifference]) -> StatementTable {
    StatementTable(
      .differences,
      columns: [
        .init("项目", "Item", width: 32), .init("原金额（元）", "Before, yuan", isNumeric: true, width: 18),
        .init("现金额（元）", "After, yuan", isNumeric: true, width: 18),
        .init("差额（元）", "Change, yuan", isNumeric: true, width: 18),
      ],
      rows: StatementRows(
        changes.map {
          [
            .text(AmountNames.title($0.name)), $0.before.map { .money($0) } ?? .empty,
            $0.after.map { .money($0) } ?? .empty, .money($0.change),
          ]
        }))
  }
}
