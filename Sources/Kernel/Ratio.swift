/// An exact ratio of two whole numbers in lowest terms.
///
/// Use it where a document's number needs more than six decimals or is a true fraction; payment shares of one
/// settlement use ``Rate``.
public struct Ratio: Hashable, Sendable {
  /// The number above the line; carries the sign.
  public let numerator: Int64
  /// The number below the line; always positive.
  public let denominator: Int64

  /// Makes a ratio in lowest terms; the denominator must not be zero.
  ///
  /// Traps when a side of the reduced ratio leaves the range of `Int64`.
  public init(_ numerator: Int64, _ denominator: Int64) {
    precondition(denominator != 0, "a ratio needs a denominator other than zero")
    let divisor = Ratio.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    // Magnitudes, because the smallest number has no opposite; a result out of range traps.
    let isNegative = (numerator < 0) != (denominator < 0)
    let top = Int128(numerator.magnitude / divisor)
    self.numerator = Int64(isNegative ? -top : top)
    self.denominator = Int64(denominator.magnitude / divisor)
  }

  /// Reads a decimal number with up to 12 decimals (`"0.85"`).
  public init?(decimal text: some StringProtocol) {
    guard let scaled = FixedPoint.parse(text, decimals: 12) else { return nil }
    self.init(scaled, 1_000_000_000_000)
  }

  /// Reads a percentage with up to 10 decimals (`"85"` or `"85%"`).
  public init?(percent text: some StringProtocol) {
    guard let scaled = FixedPoint.parse(text.hasSuffix("%") ? text.dropLast() : text[...], decimals: 10) else {
      return nil
    }
    self.init(scaled, 1_000_000_000_000)
  }

  private static func greatestCommonDivisor(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }
}
