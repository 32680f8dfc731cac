public import Kernel
import Settlement

/// Who paid what, of one settlement or of many: the amounts of ``Settlement/SettlementAmounts`` that add up, fen.
///
/// Below zero for a reversal; a settlement and its reversal together are zero throughout.
public struct MonitoredAmounts: Hashable, Codable, Sendable {
  /// Everything charged (`medfee_sumamt`).
  public var total: Money
  /// What takes part in payment (`inscp_scp_amt`).
  public var inPolicy: Money
  /// The pooled fund (`hifp_pay`).
  public var pooled: Money
  /// Large-sum subsidy (`hifob_pay`).
  public var largeSum: Money
  /// Catastrophic insurance (大病保险).
  public var catastrophic: Money
  /// Civil servants' supplement (`cvlserv_pay`).
  public var civilServant: Money
  /// Enterprise supplement (`hifes_pay`).
  public var enterprise: Money
  /// Medical assistance (`maf_pay`).
  public var assistance: Money
  /// Other funds (`oth_pay`).
  public var other: Money
  /// Paid from accounts, family accounts included (`acct_pay`).
  public var account: Money
  /// Paid in cash or by credit (`psn_cash_pay`).
  public var cash: Money
  /// Borne by the institution (`hosp_part_amt`).
  public var hospital: Money

  /// Amounts of nothing.
  public init() {
    (total, inPolicy, pooled, largeSum, catastrophic, civilServant) = (.zero, .zero, .zero, .zero, .zero, .zero)
    (enterprise, assistance, other, account, cash, hospital) = (.zero, .zero, .zero, .zero, .zero, .zero)
  }

  /// The amounts of a record, in the direction in which they count.
  public init(_ record: SettlementRecord) {
    let amounts = record.settled.amounts
    self.init()
    total = amounts.total
    inPolicy = amounts.inPolicy
    pooled = amounts.pooled
    largeSum = amounts.largeSum
    catastrophic = amounts.catastrophic
    civilServant = amounts.civilServant
    enterprise = amounts.enterprise
    assistance = amounts.assistance
    other = amounts.other
    account = amounts.account
    cash = amounts.cash
    hospital = amounts.hospital
    if record.isReversal { self = self.negated }
  }

  /// All funds together (`fund_pay_sumamt`).
  public var fund: Money { pooled + largeSum + catastrophic + civilServant + enterprise + assistance + other }

  /// Left to persons (`psn_part_amt`).
  public var person: Money { account + cash }

  /// The amounts in fen, in the order of stores' columns.
  package var fen: [Int64] {
    [
      total.fen, inPolicy.fen, pooled.fen, largeSum.fen, catastrophic.fen, civilServant.fen, enterprise.fen,
      assistance.fen, other.fen, account.fen, cash.fen, hospital.fen,
    ]
  }

  /// Reads the amounts in the order of ``fen``.
  package init(fen next: () -> Int64) {
    total = Money(fen: next())
    inPolicy = Money(fen: next())
    pooled = Money(fen: next())
    largeSum = Money(fen: next())
    catastrophic = Money(fen: next())
    civilServant = Money(fen: next())
    enterprise = Money(fen: next())
    assistance = Money(fen: next())
    other = Money(fen: next())
    account = Money(fen: next())
    cash = Money(fen: next())
    hospital = Money(fen: next())
  }

  /// The same amounts the other way.
  public var negated: MonitoredAmounts { MonitoredAmounts() - self }

  /// Adds amounts.
  public static func + (left: MonitoredAmounts, right: MonitoredAmounts) -> MonitoredAmounts {
    var sum = left
    sum.total = left.total + right.total
    sum.inPolicy = left.inPolicy + right.inPolicy
    sum.pooled = left.pooled + right.pooled
    sum.largeSum = left.largeSum + right.largeSum
    sum.catastrophic = left.catastrophic + right.catastrophic
    sum.civilServant = left.civilServant + right.civilServant
    sum.enterprise = left.enterprise + right.enterprise
    sum.assistance = left.assistance + right.assistance
    sum.other = left.other + right.other
    sum.account = left.account + right.account
    sum.cash = left.cash + right.cash
    sum.hospital = left.hospital + right.hospital
    return sum
  }

  /// Takes amounts away.
  public static func - (left: MonitoredAmounts, right: MonitoredAmounts) -> MonitoredAmounts {
    var rest = left
    rest.total = left.total - right.total
    rest.inPolicy = left.inPolicy - right.inPolicy
    rest.pooled = left.pooled - right.pooled
    rest.largeSum = left.largeSum - right.largeSum
    rest.catastrophic = left.catastrophic - right.catastrophic
    rest.civilServant = left.civilServant - right.civilServant
    rest.enterprise = left.enterprise - right.enterprise
    rest.assistance = left.assistance - right.assistance
    rest.other = left.other - right.other
    rest.account = left.account - right.account
    rest.cash = left.cash - right.cash
    rest.hospital = left.hospital - right.hospital
    return rest
  }
}
