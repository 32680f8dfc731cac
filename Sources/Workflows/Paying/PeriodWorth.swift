public import Kernel
public import Payment
import People

/// What a period's cases are worth to institutions: shares of the pool for points, and amounts.
public struct PeriodWorth: Hashable, Sendable {
  /// One institution.
  public struct Account: Hashable, Sendable {
    /// What its cases came to.
    public let totals: InstitutionTotals
    /// Its share of the pool, fen; `nil` where nobody has points.
    public let share: Money?
    /// What the fund owes it for cases with points, fen.
    public let payable: Money
    /// How it came about.
    public let steps: [ClearingStep]

    /// What the fund owes it for all its cases, fen.
    public var budget: Money { payable + totals.amountDue }
    /// What the fund answered for by settlement of all its cases, fen.
    public var spend: Money { totals.fundPaid + totals.amountSettled }
  }

  /// What the fund has for points, and what that stands for; `nil` where nobody has points.
  public struct Pool: Hashable, Sendable {
    /// What the fund has, fen.
    public let fund: Money
    /// What was split, fen.
    public let gross: Money
    /// All points.
    public let points: Points
    /// The value of a point, to show.
    public let pointValue: UnitPrice
  }

  /// The month or year.
  public let period: PaymentPeriod
  /// The pool.
  public let pool: Pool?
  /// The accounts, ascending by institution.
  public let accounts: [Account]

  /// Finds what a period is worth.
  ///
  /// - Parameters:
  ///   - period: the month or year.
  ///   - totals: what institutions' cases come to, one scheme.
  ///   - fund: what the fund has for points; needed where anybody has any.
  ///   - terms: how points are paid; needed where anybody has any.
  public static func of(
    _ period: PaymentPeriod, _ totals: [InstitutionTotals], fund: Money?, under terms: PoolTerms?
  ) -> Result<PeriodWorth, PayingRefusal> {
    guard totals.contains(where: { $0.points > .zero }) else {
      let accounts = totals.map { Account(totals: $0, share: nil, payable: .zero, steps: []) }
      return .success(PeriodWorth(period: period, pool: nil, accounts: accounts))
    }
    guard let terms else { return .failure(.clearing(.init(.localRuleOpen, "pool"))) }
    guard let fund else {
      return .failure(.desk(.fundMissing, "\(totals.first?.scheme.rawValue ?? "") \(period)"))
    }
    return PointPool.settle(period, fund: fund, totals: totals, under: terms).atDesk.map { pool in
      PeriodWorth(
        period: period,
        pool: Pool(fund: pool.fund, gross: pool.gross, points: pool.points, pointValue: pool.pointValue),
        accounts: pool.lines.map {
          Account(totals: $0.totals, share: $0.share, payable: $0.payable, steps: $0.steps)
        })
    }
  }
}
