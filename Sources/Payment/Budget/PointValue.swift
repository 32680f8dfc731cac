public import Kernel

/// The value of a point (点值, 分值单价): before the year, after it, and of any amount.
///
/// It is for people to read and to publish; shares come from the exact split and never from a value that was rounded.
public enum PointValue {
  /// The value in yuan with the contract's decimals.
  ///
  /// - Parameters:
  ///   - amount: what is divided, fen: yearly cost for the budget value, fund ÷ fund share for the settlement value.
  ///   - points: the points; more than nothing, else `nil`.
  ///   - decimals: 0 to 6.
  ///   - rounding: how the rest is treated.
  public static func of(_ amount: Money, points: Points, decimals: Int, rounding: Rounding) -> UnitPrice? {
    guard points > .zero, (0...6).contains(decimals) else { return nil }
    var (kept, dropped): (Int128, Int128) = (1, 1)
    for _ in 0..<decimals { kept *= 10 }
    for _ in decimals..<6 { dropped *= 10 }
    // fen ÷ 100 yuan for points ÷ 10^6.
    let value: Int128 = rounding.divide(
      Int128(amount.fen) * 10_000 * kept, by: Int128(points.millionths))
    return Int64(exactly: value * dropped).map(UnitPrice.init(microyuan:))
  }

  /// The value at the start of the year: past years' cost, weighted, over the points of a year.
  ///
  /// - Parameters:
  ///   - costs: inpatient cost of past years, oldest first.
  ///   - weights: how much each year counts, as 1, 2, 7; as many as costs.
  ///   - points: the points of a year, more than none.
  ///   - decimals: decimals of a yuan that are kept, 0 to 6.
  ///   - rounding: how it is rounded to them.
  public static func budget(
    costs: [Money], weights: [Int], points: Points, decimals: Int, _ rounding: Rounding
  ) -> UnitPrice {
    (YearWeights(weights).mean(costs.map { Fraction($0) }) / Fraction(points)).price(decimals: decimals, rounding)
  }

  /// The value at the end of the year: the fund's money, grossed up to the whole cost, over the year's points.
  ///
  /// It is the price of a whole case; patients and other funds have paid their part of it already.
  ///
  /// - Parameters:
  ///   - fund: what the fund has for these cases.
  ///   - fundShare: the fund's share of the cost, above nothing.
  ///   - points: the points of the year, more than none.
  ///   - decimals: decimals of a yuan that are kept, 0 to 6.
  ///   - rounding: how it is rounded to them.
  public static func settlement(
    fund: Money, fundShare: Ratio, points: Points, decimals: Int, _ rounding: Rounding
  ) -> UnitPrice {
    (Fraction(fund) / Fraction(fundShare) / Fraction(points)).price(decimals: decimals, rounding)
  }
}

/// How much each of several past years counts, oldest first.
public struct YearWeights: Sendable, Hashable {
  /// The weights.
  public let weights: [Int]

  /// Makes weights; none may be negative and one must be positive.
  public init(_ weights: [Int]) {
    precondition(weights.allSatisfy { $0 >= 0 } && weights.contains { $0 > 0 }, "years need weights")
    self.weights = weights
  }

  /// The weighted mean of one value a year; years without a value are left out and the others count among themselves.
  ///
  /// Traps when there are not as many values as weights, or no year with a weight has one.
  public func mean(_ values: [Fraction?]) -> Fraction {
    precondition(values.count == weights.count, "every year has a weight")
    var (sum, total) = (Fraction.zero, Int128(0))
    for (value, weight) in zip(values, weights) {
      guard let value else { continue }
      sum = sum + value * Fraction(Int128(weight))
      total += Int128(weight)
    }
    return sum / Fraction(total)
  }
}
