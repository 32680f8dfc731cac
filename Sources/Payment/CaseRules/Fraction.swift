public import Kernel

/// An exact fraction for what happens between inputs and the one rounding of a result.
///
/// Sides are 128 bits wide and are brought to lowest terms only when they would not fit; a result that does not fit
/// even then traps, far beyond any amount that a fund pays.
///
/// ```swift
/// let share = Fraction(Money(fen: 1_000)) * Fraction(1, 3)
/// share.rounded(.halfUp)  // 333
/// ```
public struct Fraction: Sendable {
  /// The number above the line; carries the sign.
  public private(set) var numerator: Int128
  /// The number below the line; always positive.
  public private(set) var denominator: Int128

  /// Makes a fraction; the denominator must be positive.
  @inlinable public init(_ numerator: Int128, _ denominator: Int128 = 1) {
    precondition(denominator > 0, "a fraction needs a positive denominator")
    self.init(unchecked: numerator, denominator)
  }

  @usableFromInline init(unchecked numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// An amount in fen.
  @inlinable public init(_ amount: Money) { self.init(unchecked: Int128(amount.fen), 1) }
  /// A price in fen.
  @inlinable public init(fenOf price: UnitPrice) { self.init(unchecked: Int128(price.microyuan), 10_000) }
  /// A factor.
  @inlinable public init(_ factor: Factor) { self.init(unchecked: Int128(factor.millionths), 1_000_000) }
  /// Points.
  @inlinable public init(_ points: Points) { self.init(unchecked: Int128(points.millionths), 1_000_000) }
  /// A ratio.
  @inlinable public init(_ ratio: Ratio) { self.init(unchecked: Int128(ratio.numerator), Int128(ratio.denominator)) }

  /// Nothing.
  public static let zero = Fraction(unchecked: 0, 1)
  /// One.
  public static let one = Fraction(unchecked: 1, 1)

  /// The whole number nearest by the rounding; traps when it leaves 64 bits.
  public func rounded(_ rounding: Rounding) -> Int64 { rounding.divide(numerator, by: denominator) }

  /// The fraction as fen.
  public func money(_ rounding: Rounding) -> Money { Money(fen: rounded(rounding)) }

  /// The fraction as points with a number of decimals, 0 to 6.
  public func points(decimals: Int, _ rounding: Rounding) -> Points {
    Points(millionths: millionths(decimals: decimals, rounding))
  }

  /// The fraction as a factor with a number of decimals, 0 to 6.
  public func factor(decimals: Int = 6, _ rounding: Rounding) -> Factor {
    Factor(millionths: millionths(decimals: decimals, rounding))
  }

  /// Fen as a price with a number of decimals of a yuan, 0 to 6.
  public func price(decimals: Int, _ rounding: Rounding) -> UnitPrice {
    UnitPrice(microyuan: (self * Fraction(unchecked: 1, 100)).millionths(decimals: decimals, rounding))
  }

  private func millionths(decimals: Int, _ rounding: Rounding) -> Int64 {
    precondition((0...6).contains(decimals), "a rounding keeps 0 to 6 decimals")
    var (kept, rest): (Int128, Int64) = (1, 1)
    for _ in 0..<decimals { kept *= 10 }
    for _ in decimals..<6 { rest *= 10 }
    return (self * Fraction(unchecked: kept, 1)).rounded(rounding) * rest
  }
}

extension Fraction {
  /// Multiplies.
  public static func * (left: Fraction, right: Fraction) -> Fraction {
    let (top, isWide) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (bottom, isWideBelow) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    if !isWide && !isWideBelow { return Fraction(unchecked: top, bottom) }
    // In lowest terms and then crosswise, so that what is multiplied is as small as it can be.
    let (first, second) = (left.reduced, right.reduced)
    let one = Fraction(unchecked: first.numerator, second.denominator).reduced
    let other = Fraction(unchecked: second.numerator, first.denominator).reduced
    return Fraction(unchecked: one.numerator * other.numerator, one.denominator * other.denominator)
  }

  /// Divides; the divisor must not be zero.
  public static func / (left: Fraction, right: Fraction) -> Fraction {
    precondition(right.numerator != 0, "a fraction is divided by nothing")
    let sign: Int128 = right.numerator < 0 ? -1 : 1
    return left * Fraction(unchecked: sign * right.denominator, sign * right.numerator)
  }

  /// Adds.
  public static func + (left: Fraction, right: Fraction) -> Fraction {
    if left.denominator == right.denominator {
      return Fraction(unchecked: left.numerator + right.numerator, left.denominator)
    }
    if let sum = sum(left, right) { return sum }
    // Over the least common denominator, which traps only when the result itself does not fit.
    let (one, other) = (left.reduced, right.reduced)
    let common = divisor(one.denominator.magnitude, other.denominator.magnitude)
    let (first, second) = (one.denominator / common, other.denominator / common)
    return Fraction(unchecked: one.numerator * second + other.numerator * first, one.denominator * second)
  }

  private static func sum(_ left: Fraction, _ right: Fraction) -> Fraction? {
    let (first, one) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (second, two) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    let (bottom, three) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    let (top, four) = first.addingReportingOverflow(second)
    return one || two || three || four ? nil : Fraction(unchecked: top, bottom)
  }

  /// Takes away.
  public static func - (left: Fraction, right: Fraction) -> Fraction { left + -right }
  /// The same fraction in the other direction.
  public static prefix func - (fraction: Fraction) -> Fraction {
    Fraction(unchecked: -fraction.numerator, fraction.denominator)
  }

  /// The fraction in lowest terms.
  public var reduced: Fraction {
    let common = Self.divisor(numerator.magnitude, denominator.magnitude)
    return Fraction(unchecked: numerator / common, denominator / common)
  }

  private static func divisor(_ first: UInt128, _ second: UInt128) -> Int128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return Int128(max(larger, 1))
  }
}

extension Fraction: Comparable {
  /// Compares values, whatever terms they are in.
  public static func == (left: Fraction, right: Fraction) -> Bool { !(left < right) && !(right < left) }

  /// Compares sizes.
  public static func < (left: Fraction, right: Fraction) -> Bool {
    // Products of full width, so that comparing never traps.
    let first = left.numerator.multipliedFullWidth(by: right.denominator)
    let second = right.numerator.multipliedFullWidth(by: left.denominator)
    return first.high == second.high ? first.low < second.low : first.high < second.high
  }
}
