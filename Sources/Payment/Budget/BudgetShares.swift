public import Kernel

/// Splits an amount by points so that the shares sum to it to the fen (按点数分配).
///
/// Two promises hold together: nothing is left over, and raising one holder's points never raises another's share.
/// Largest remainders break the second (the population paradox); a divisor method keeps it. This is Webster's method,
/// Sainte-Laguë: a share is the exact quotient rounded to the nearest fen for a common divisor that makes the sum
/// come out. Every fen is awarded in one total order: by points ÷ (2 × fen held + 1), then by the holder's code.
/// From that order follow both promises, and that a larger amount lowers no share.
///
/// ```swift
/// BudgetShares.split(Money(fen: 100), among: [.init("H1", one), .init("H2", two)])  // 33 and 67 fen
/// ```
public enum BudgetShares {
  /// Who takes part, and with how much.
  public struct Claim: Hashable, Sendable {
    /// The holder's code, unique in a split; it decides ties, the earlier code first.
    public var holder: String
    /// What the holder takes part with: points, or any quantity in millionths.
    public var points: Points

    /// Makes a claim.
    public init(_ holder: String, _ points: Points) {
      self.holder = holder
      self.points = points
    }
  }

  /// The shares in the order of the claims.
  ///
  /// - Parameters:
  ///   - budget: what is split, fen; not negative.
  ///   - claims: who takes part; the order does not matter.
  /// - Returns: a share for each claim, or why there is none: a negative budget or claim, a holder named twice, nobody
  ///   with any points.
  public static func split(_ budget: Money, among claims: [Claim]) -> Result<[Money], ClearingRefusal> {
    guard !budget.isNegative else { return .failure(.init(.budgetNegative, budget.yuan)) }
    if let negative = claims.first(where: { $0.points < .zero }) {
      return .failure(.init(.pointsNegative, negative.holder))
    }
    let order = claims.indices.sorted { claims[$0].holder < claims[$1].holder }
    for (one, next) in zip(order, order.dropFirst()) where claims[one].holder == claims[next].holder {
      return .failure(.init(.holderTwice, claims[one].holder))
    }
    let weights = order.map { claims[$0].points.millionths }
    guard budget == .zero || weights.contains(where: { $0 > 0 }) else { return .failure(.init(.noPoints)) }
    var shares = [Money](repeating: .zero, count: claims.count)
    for (place, fen) in zip(order, apportion(budget.fen, by: weights)) { shares[place] = Money(fen: fen) }
    return .success(shares)
  }

  /// Jump and step: near the answer at once, then one fen at a time along the order of award.
  ///
  /// The jump rounds halves up, so it is a beginning of the order of award, ties at its end included; taking fen back
  /// from the end, or going on, gives the same as awarding every fen from the start. At most half as many steps are
  /// needed as there are holders.
  static func apportion(_ total: Int64, by weights: [Int64]) -> [Int64] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0, total > 0 else { return [Int64](repeating: 0, count: weights.count) }
    var seats = weights.map { weight -> Int64 in
      let (whole, rest) = (Int128(weight) * Int128(total)).quotientAndRemainder(dividingBy: sum)
      return Int64(rest >= sum - rest ? whole + 1 : whole)
    }
    var left = seats.reduce(Int128(total)) { $0 - Int128($1) }
    while left > 0 {
      seats[next(weights, seats)] += 1
      left -= 1
    }
    while left < 0 {
      seats[last(weights, seats)] -= 1
      left += 1
    }
    return seats
  }

  /// Who is awarded the next fen.
  private static func next(_ weights: [Int64], _ seats: [Int64]) -> Int {
    var best = 0
    for place in 1..<max(weights.count, 1) {
      // points ÷ (2a + 1), compared crosswise; the earlier code keeps a tie.
      let (mine, theirs) = (Int128(2 * seats[place] + 1), Int128(2 * seats[best] + 1))
      if Int128(weights[place]) * theirs > Int128(weights[best]) * mine { best = place }
    }
    return best
  }

  /// Who was awarded the last fen.
  private static func last(_ weights: [Int64], _ seats: [Int64]) -> Int {
    var worst: Int?
    for place in weights.indices where seats[place] > 0 {
      guard let other = worst else {
        worst = place
        continue
      }
      // points ÷ (2a − 1), compared crosswise; among equals the later code was awarded later.
      let (mine, theirs) = (Int128(2 * seats[place] - 1), Int128(2 * seats[other] - 1))
      if Int128(weights[place]) * theirs <= Int128(weights[other]) * mine { worst = place }
    }
    return worst ?? 0
  }
}
