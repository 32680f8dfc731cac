public import Kernel

/// How a period's budget becomes what each institution is paid: the contract's values for the point pool.
public struct PoolTerms: Hashable, Sendable {
  /// What the pool that is split stands for.
  public enum Basis: Hashable, Sendable {
    /// The fund's own money; shares are the fund's.
    case fund
    /// Whole cases: the fund's money divided by a stated share of cost (payment reference A3).
    case wholeCost(fundShare: Ratio)
    /// Whole cases: the fund's money divided by the share of cost that the fund bore in the period itself.
    case wholeCostOfPeriod
  }

  /// What an institution gets of a share of whole cases.
  public enum Payable: String, Hashable, Sendable, CaseIterable {
    /// The share itself; the only choice where the pool is the fund's own money.
    case share
    /// The share less what patients and other funds paid the institution.
    case lessOthersPaid = "less_others_paid"
    /// The share times the part of its own cost that the fund bore.
    case timesOwnFundShare = "times_own_fund_share"
  }

  /// What the pool stands for.
  public var basis: Sourced<Basis>
  /// What an institution gets of its share.
  public var payable: Sourced<Payable>
  /// How many decimals of a yuan the value of a point is shown with, 0 to 6.
  public var decimals: Sourced<Int>
  /// How quotients are rounded to fen and to decimals.
  public var rounding: Rounding

  /// Makes terms; there are no defaults because documents differ in all of them.
  public init(
    basis: Sourced<Basis>, payable: Sourced<Payable>, decimals: Sourced<Int>, rounding: Rounding
  ) {
    precondition((0...6).contains(decimals.value), "the value of a point has 0 to 6 decimals")
    precondition(
      basis.value != .fund || payable.value == .share, "nothing is taken off a share of the fund's own money")
    self.basis = basis
    self.payable = payable
    self.decimals = decimals
    self.rounding = rounding
  }
}
