import Kernel
import Ledger
import Workflows

/// What funds received, spent and have left, as pages show it (S11).
struct FundBlocks {
  let sources: ConsoleSources

  static let form = TableForm(
    "funds", "基金收支结余", "Funds: received, spent, left",
    [
      .init("fund", "基金", "Fund"), .init("received", "本期收入（元）", "Received", .money),
      .init("spent", "本期支出（元）", "Spent", .money), .init("left", "本期结余（元）", "Left", .money),
      .init("received_in_year", "本年收入（含上年结余，元）", "Received this year, carried forward included", .money),
      .init("spent_in_year", "本年支出（元）", "Spent this year", .money),
      .init("balance", "累计结余（元）", "Balance", .money),
    ])

  /// The sheet of a period within one year.
  func sheet(_ period: ClosedRange<CalendarDate>) async throws(ViewFault) -> FundSheet {
    let year = period.upperBound.year
    let first = CalendarDate(year: year, month: 1, day: 1) ?? period.lowerBound
    let (payer, monitoring) = (sources.payer, sources.monitoring)
    let (receipts, spent, inYear) = try await sources.ask { () async throws(StoreError) in
      (
        try await FundDesk(store: payer).receipts(in: year),
        try await monitoring.totals(Self.filter(period), by: [.scheme]),
        try await monitoring.totals(Self.filter(min(first, period.upperBound)...period.upperBound), by: [.scheme])
      )
    }
    guard let days = DateRange(period.lowerBound, period.upperBound) else { preconditionFailure("a period has days") }
    return FundSheet(receipts, in: days, spent: Self.spent(spent), spentInYear: Self.spent(inYear))
  }

  private static func filter(_ days: ClosedRange<CalendarDate>) -> MonitoringFilter {
    var filter = MonitoringFilter()
    (filter.from, filter.to) = ("\(days.lowerBound) 00:00:00", "\(days.upperBound) 23:59:59")
    return filter
  }

  private static func spent(_ schemes: [MonitoringTotal]) -> [Fund: Money] {
    LedgerPage.lines(schemes).reduce(into: [:]) { sums, line in
      if case .fund(let fund) = line.account { sums[fund, default: .zero] += line.amount }
    }
  }

  /// The table, or a word on what has to be entered first.
  static func blocks(_ sheet: FundSheet) -> [Content.Block] {
    guard sheet.whole != nil else {
      return [
        .notice(
          Notice(
            .quiet, "本年没有录入基金收入，无法显示结余；录入方法：yibao fund receive。",
            "nothing was entered of what funds received this year, so no balance is shown: yibao fund receive enters it"
          ))
      ]
    }
    return [.table(form.table(sheet.lines.map(row)))]
  }

  private static func row(_ line: FundSheet.Line) -> [Cell] {
    [
      Cell(.words(line.fund.title)), line.hasReceipts ? .money(line.received) : .none, .money(line.spent),
      line.left.map { .money($0) } ?? .none, line.hasReceipts ? .money(line.receivedInYear) : .none,
      .money(line.spentInYear), line.balance.map { Cell(.money($0), tone: $0.isNegative ? .bad : nil) } ?? .none,
    ]
  }

  /// Income, what the period left and the balance of the funds whose receipts were entered; nothing without any.
  static func figures(_ sheet: FundSheet) -> [Figure] {
    guard let whole = sheet.whole, let left = whole.left, let balance = whole.balance else { return [] }
    return [
      Figure("income", "基金收入（元）", "Received by funds, yuan", .money(whole.received)),
      Figure("left", "当期结余（元）", "Left of the month, yuan", .money(left)),
      Figure("balance", "累计结余（元）", "Balance, yuan", .money(balance)),
    ]
  }
}
