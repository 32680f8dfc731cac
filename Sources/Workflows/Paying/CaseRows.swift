import Kernel
import Payment

/// The rows of cases on statements, made one at a time from what was paid.
struct CaseRows: Sendable {
  private let paid: PaidCases
  private let places: [String: [Int]]
  private let detail: StatementDetail
  private let citations: CitationWords

  init(_ paid: PaidCases, _ citations: CitationWords, _ detail: StatementDetail) {
    self.paid = paid
    self.citations = citations
    self.detail = detail
    places = detail == .summary ? [:] : paid.placesByInstitution
  }

  /// The table of an institution's cases; without rows when cases are not wanted.
  func table(of institution: String) -> StatementTable { table(at: places[institution] ?? []) }

  /// The table of some cases, by their places.
  func table(at own: some RandomAccessCollection<Int> & Sendable) -> StatementTable {
    let own = Array(own)
    return StatementTable(
      .cases, columns: detail == .steps ? Self.columns + Self.stepColumns : Self.columns,
      rows: StatementRows(count: own.count) { row(own[$0]) })
  }

  private static let columns: [StatementTable.Column] = [
    .init("结算编号", "Settlement", width: 20), .init("月份", "Month", width: 10), .init("病组", "Group", width: 16),
    .init("住院天数", "Days", isNumeric: true, width: 10), .init("总费用（元）", "Cost, yuan", isNumeric: true),
    .init("个人及其他已付（元）", "Paid by others, yuan", isNumeric: true, width: 20),
    .init("支付规则", "Rule", width: 24), .init("点数（分值）", "Points", isNumeric: true),
    .init("标准（元）", "Standard, yuan", isNumeric: true), .init("病例价值（元）", "Worth, yuan", isNumeric: true),
    .init("待审核", "Review", width: 8),
  ]

  private static let stepColumns: [StatementTable.Column] = [
    .init("计算过程", "Steps", width: 80, isLong: true), .init("依据", "Basis", width: 64, isLong: true),
  ]

  private func row(_ place: Int) -> StatementRows.Row {
    let (item, payment) = (paid.cases[place], paid.payments[place])
    let own: StatementRows.Row = [
      .word(item.id), .word(item.month.description), .word(item.group), .count(item.stayDays), .money(item.cost),
      .money(payment.paidByOthers), .text(payment.outcome.title), payment.points.map { .points($0) } ?? .empty,
      payment.standard == .zero ? .empty : .money(payment.standard),
      payment.payable.map { .money($0) } ?? .empty,
      payment.needsReview ? .text(LocalizedText("是", "yes")) : .empty,
    ]
    return detail == .steps ? own + steps(of: place) : own
  }

  private func steps(of place: Int) -> StatementRows.Row {
    let payment = paid.explained(at: place)
    let texts = payment.explanation(under: paid.contract).map(\.text)
    let cited = payment.steps.compactMap { step in step.source.map { paid.contract.sources[$0].citation } }
    return [
      .text(
        LocalizedText(
          texts.map(\.chinese).joined(separator: "；"), texts.map(\.english).joined(separator: "; "))),
      .text(citations.text(cited)),
    ]
  }
}
