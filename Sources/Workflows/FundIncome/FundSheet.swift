public import Kernel
public import Ledger

/// What funds received and spent in a period and since the year began, and what is left (基金收支结余).
public struct FundSheet: Hashable, Sendable {
  /// One fund.
  public struct Line: Hashable, Sendable {
    /// The fund.
    public let fund: Fund
    /// Received in the period, without what was carried forward, fen.
    public var received = Money.zero
    /// Spent in the period, fen.
    public var spent = Money.zero
    /// Received in the year up to the end of the period, what was carried forward included, fen.
    public var receivedInYear = Money.zero
    /// Spent in the year up to the end of the period, fen.
    public var spentInYear = Money.zero

    /// Whether anything was entered of what it received; without, nothing can be said of what is left.
    public var hasReceipts = false

    /// What the period left, fen; `nil` without receipts.
    public var left: Money? { hasReceipts ? received - spent : nil }
    /// What is left of the year, fen; `nil` without receipts.
    public var balance: Money? { hasReceipts ? receivedInYear - spentInYear : nil }
  }

  /// Funds that received or spent anything, in the order of the funds.
  public let lines: [Line]

  /// Adds up.
  ///
  /// - Parameters:
  ///   - receipts: the year's receipts.
  ///   - period: the days that are looked at.
  ///   - spent: what funds spent in them.
  ///   - spentInYear: what they spent from the first day of the year to the period's last.
  public init(_ receipts: [FundReceipt], in period: DateRange, spent: [Fund: Money], spentInYear: [Fund: Money]) {
    var lines: [Fund: Line] = [:]
    for receipt in receipts where period.last.map({ receipt.day <= $0 }) ?? true {
      var line = lines[receipt.fund] ?? Line(fund: receipt.fund)
      line.receivedInYear += receipt.amount
      line.hasReceipts = true
      if period.contains(receipt.day) && receipt.kind != .carried { line.received += receipt.amount }
      lines[receipt.fund] = line
    }
    for (fund, amount) in spent { lines[fund, default: Line(fund: fund)].spent += amount }
    for (fund, amount) in spentInYear { lines[fund, default: Line(fund: fund)].spentInYear += amount }
    self.lines = Fund.allCases.compactMap { lines[$0] }
      .filter { $0.hasReceipts || $0.spentInYear != .zero || $0.spent != .zero }
  }

  /// All funds together of which receipts were entered; `nil` when none were.
  public var whole: Line? {
    let known = lines.filter(\.hasReceipts)
    guard !known.isEmpty else { return nil }
    return known.reduce(into: Line(fund: .other, hasReceipts: true)) { sum, line in
      sum.received += line.received
      sum.spent += line.spent
      sum.receivedInYear += line.receivedInYear
      sum.spentInYear += line.spentInYear
    }
  }
}
