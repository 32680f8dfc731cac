public import Kernel

/// A period's budget of one scheme split among institutions by their points (点数法、DIP 结算).
///
/// ```swift
/// let pool = try PointPool.settle(.year(2026), fund: fund, totals: totals, under: terms).get()
/// pool.pointValue  // for display; the shares sum to the pool to the fen
/// ```
public struct PointPool: Hashable, Sendable {
  /// One institution's part.
  public struct Line: Hashable, Sendable {
    /// What its cases came to.
    public let totals: InstitutionTotals
    /// Its share of the pool, fen.
    public let share: Money
    /// What the fund owes it for cases with points, fen; less than nothing when patients paid more than the share.
    public let payable: Money
    /// How it came about.
    public let steps: [ClearingStep]

    /// What the fund owes the institution for all its cases, fen: a year's budget of bands.
    public var budget: Money { payable + totals.amountDue }
    /// What the fund answered for by settlement of all its cases, fen.
    public var spend: Money { totals.fundPaid + totals.amountSettled }
  }

  /// The month or year.
  public let period: PaymentPeriod
  /// The fund's money, fen.
  public let fund: Money
  /// What was split, fen: the fund's money, or what it stands for in whole cases.
  public let gross: Money
  /// All points.
  public let points: Points
  /// The value of a point, for display.
  public let pointValue: UnitPrice
  /// The lines, ascending by institution.
  public let lines: [Line]

  /// Splits a period's budget.
  ///
  /// - Parameters:
  ///   - period: the month or year.
  ///   - fund: what the fund has for it, fen.
  ///   - totals: every institution once, one scheme.
  ///   - terms: the contract's values.
  /// - Returns: the pool, or why it cannot be split.
  public static func settle(
    _ period: PaymentPeriod, fund: Money, totals: [InstitutionTotals], under terms: PoolTerms
  ) -> Result<PointPool, ClearingRefusal> {
    let sorted = totals.sorted { $0.institution < $1.institution }
    if let other = sorted.first(where: { $0.scheme != sorted[0].scheme }) {
      return .failure(.init(.schemesMixed, other.institution))
    }
    var steps = [ClearingStep(.fund, result: fund)]
    return gross(fund, sorted, terms, &steps).flatMap { gross in
      let claims = sorted.map { BudgetShares.Claim($0.institution, $0.points) }
      return BudgetShares.split(gross, among: claims).flatMap { shares in
        let points = sorted.reduce(Points.zero) { $0 + $1.points }
        guard
          let value = PointValue.of(
            gross, points: points, decimals: terms.decimals.value, rounding: terms.rounding)
        else { return .failure(.init(.noPoints)) }
        steps.append(
          ClearingStep(
            .pointValue, base: gross, points: points, price: value, result: gross, citation: terms.decimals.citation))
        let lines = zip(sorted, shares).map { line($0, share: $1, gross: gross, terms, steps) }
        return .success(
          PointPool(period: period, fund: fund, gross: gross, points: points, pointValue: value, lines: lines))
      }
    }
  }

  /// What is split: the fund's money, or that divided by the fund's share of cost.
  private static func gross(
    _ fund: Money, _ totals: [InstitutionTotals], _ terms: PoolTerms, _ steps: inout [ClearingStep]
  ) -> Result<Money, ClearingRefusal> {
    guard !fund.isNegative else { return .failure(.init(.budgetNegative, fund.yuan)) }
    let part: (fund: Int64, cost: Int64)
    switch terms.basis.value {
    case .fund: return .success(fund)
    case .wholeCost(let share): part = (share.numerator, share.denominator)
    case .wholeCostOfPeriod:
      part = totals.reduce(into: (0, 0)) {
        $0.0 += $1.fundPaid.fen
        $0.1 += $1.cost.fen
      }
    }
    guard part.fund > 0, part.cost >= part.fund else { return .failure(.init(.fundShareUnusable)) }
    let gross = Money(
      fen: terms.rounding.divide(Int128(fund.fen) * Int128(part.cost), by: Int128(part.fund)))
    let shown = Rate(millionths: Rounding.halfUp.divide(Int128(part.fund) * 1_000_000, by: Int128(part.cost)))
    steps.append(
      ClearingStep(.wholeCost, base: fund, rate: shown, result: gross, citation: terms.basis.citation))
    return .success(gross)
  }

  private static func line(
    _ totals: InstitutionTotals, share: Money, gross: Money, _ terms: PoolTerms, _ common: [ClearingStep]
  ) -> Line {
    var steps = common
    steps.append(ClearingStep(.share, base: gross, points: totals.points, result: share))
    let payable = payable(of: share, totals, under: terms)
    if let step = payable.step { steps.append(step) }
    return Line(totals: totals, share: share, payable: payable.amount, steps: steps)
  }

  /// What an institution gets of its share, and the step that says so; no step where it gets the share itself.
  ///
  /// - Parameters:
  ///   - share: its share of the pool, fen.
  ///   - totals: what its cases came to.
  ///   - terms: the contract's values.
  public static func payable(
    of share: Money, _ totals: InstitutionTotals, under terms: PoolTerms
  ) -> (amount: Money, step: ClearingStep?) {
    switch terms.payable.value {
    case .share: return (share, nil)
    case .lessOthersPaid:
      let payable = share - totals.othersPaid
      return (
        payable,
        ClearingStep(
          .lessOthersPaid, base: share, limit: totals.othersPaid, result: payable, citation: terms.payable.citation)
      )
    case .timesOwnFundShare:
      // Without any cost there is nothing of which the fund bore a part.
      let cost = max(Int128(totals.cost.fen), 1)
      let payable = Money(fen: terms.rounding.divide(Int128(share.fen) * Int128(totals.fundPaid.fen), by: cost))
      return (
        payable,
        ClearingStep(
          .timesOwnFundShare, base: share,
          rate: Rate(millionths: Rounding.halfUp.divide(Int128(totals.fundPaid.fen) * 1_000_000, by: cost)),
          result: payable, citation: terms.payable.citation)
      )
    }
  }
}
