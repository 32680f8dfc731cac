public import Kernel
public import Payment
public import People

/// The same year's cases under two contracts: who gains, who loses (政策模拟).
///
/// Each side splits its fund's money by its own points. What a group is worth is its part of the same pool, so that
/// groups, institutions and the whole come to the same to the fen.
public struct PaymentSimulation: Sendable {
  /// One institution or group, or the whole.
  public struct Line: Hashable, Sendable {
    /// Its code; empty for cases without a group and for the whole.
    public let name: String
    /// How many cases.
    public let cases: Int
    /// What the cases cost, fen.
    public let cost: Money
    /// Points under the first contract.
    public let pointsBefore: Points
    /// Points under the second.
    public let pointsAfter: Points
    /// What the cases are worth under the first, whole cases, fen.
    public let before: Money
    /// What they are worth under the second, fen.
    public let after: Money

    /// What is gained by the second contract, fen; lost when negative.
    public var gain: Money { after - before }
  }

  /// One side.
  public struct Side: Sendable {
    /// The contracts.
    public var terms: PayingTerms
    /// What the fund has for points in the year, fen.
    public var fund: Money?

    /// Makes a side.
    public init(terms: PayingTerms, fund: Money?) {
      self.terms = terms
      self.fund = fund
    }
  }

  /// By institution, the greatest loss first.
  public let institutions: [Line]
  /// By group, the greatest loss first.
  public let groups: [Line]
  /// The whole.
  public let whole: Line
  /// Values of a point, to show.
  public let pointValues: (before: UnitPrice?, after: UnitPrice?)

  /// Compares two contracts.
  ///
  /// - Parameters:
  ///   - cases: the cases of one scheme and year.
  ///   - first: the contract that is.
  ///   - second: the contract that might be.
  ///   - determinations: what others found about cases.
  public static func compare(
    _ cases: [PaymentCase], _ scheme: InsuranceScheme, _ year: Int, _ first: Side, _ second: Side,
    determinations: [String: CaseDetermination] = [:]
  ) async -> Result<PaymentSimulation, PayingRefusal> {
    var sides: [(worths: Worths, cases: PaidCases)] = []
    for side in [first, second] {
      if let refusal = side.terms.refusal(scheme, .year(year)) { return .failure(refusal) }
      let paid = await PaidCases.pay(cases, under: side.terms.cases, determinations: determinations)
      let worth = paid.totals(scheme, .year(year)).flatMap {
        PeriodWorth.of(.year(year), $0, fund: side.fund, under: side.terms.clearing.pool)
      }
      switch worth.flatMap({ Worths.of(paid, $0) }) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let worths): sides.append((worths, paid))
      }
    }
    let (one, two) = (sides[0], sides[1])
    return .success(
      PaymentSimulation(
        institutions: lines(one, two, \.institution, \.institutions),
        groups: lines(one, two, \.group, \.groups), whole: lines(one, two, \.whole, \.wholes)[0],
        pointValues: (one.worths.pointValue, two.worths.pointValue)))
  }

  private static func lines(
    _ one: (worths: Worths, cases: PaidCases), _ two: (worths: Worths, cases: PaidCases),
    _ name: KeyPath<PaymentCase, String>, _ part: KeyPath<Worths, [String: Worths.Sum]>
  ) -> [Line] {
    var tally: [String: (cases: Int, cost: Money)] = [:]
    for item in one.cases.cases { tally[item[keyPath: name], default: (0, .zero)].cases += 1 }
    for item in one.cases.cases { tally[item[keyPath: name], default: (0, .zero)].cost += item.cost }
    let (before, after) = (one.worths[keyPath: part], two.worths[keyPath: part])
    return Set(before.keys).union(after.keys).map { code in
      let (old, new) = (before[code] ?? Worths.Sum(), after[code] ?? Worths.Sum())
      return Line(
        name: code, cases: tally[code]?.cases ?? 0, cost: tally[code]?.cost ?? .zero, pointsBefore: old.points,
        pointsAfter: new.points, before: old.amount, after: new.amount)
    }.sorted { ($0.gain, $0.name) < ($1.gain, $1.name) }
  }
}

extension PaymentCase {
  /// One name for all cases.
  fileprivate var whole: String { "" }
}

/// What one side's cases are worth, added up in three ways that come to the same.
private struct Worths {
  struct Sum {
    var points = Points.zero
    var amount = Money.zero
  }

  var institutions: [String: Sum] = [:]
  var groups: [String: Sum] = [:]
  var wholes: [String: Sum] = ["": Sum()]
  var pointValue: UnitPrice?

  /// Whole cases: the pool's split for points, the payment's own amount for the others.
  static func of(_ paid: PaidCases, _ worth: PeriodWorth) -> Result<Worths, PayingRefusal> {
    var worths = Worths()
    worths.pointValue = worth.pool?.pointValue
    for (item, payment) in zip(paid.cases, paid.payments) {
      if let points = payment.points {
        worths.institutions[item.institution, default: Sum()].points += points
        worths.groups[item.group, default: Sum()].points += points
        worths.wholes[""]?.points += points
      } else if let amount = payment.payable {
        worths.institutions[item.institution, default: Sum()].amount += amount
        worths.groups[item.group, default: Sum()].amount += amount
        worths.wholes[""]?.amount += amount
      }
    }
    guard let pool = worth.pool else { return .success(worths) }
    for account in worth.accounts {
      worths.institutions[account.totals.institution, default: Sum()].amount += account.share ?? .zero
    }
    worths.wholes[""]?.amount += pool.gross
    let claims = worths.groups.map { BudgetShares.Claim($0.key, $0.value.points) }
    switch BudgetShares.split(pool.gross, among: claims) {
    case .failure(let refusal): return .failure(.clearing(refusal))
    case .success(let shares):
      for (claim, share) in zip(claims, shares) { worths.groups[claim.holder]?.amount += share }
      return .success(worths)
    }
  }
}
