import Kernel

/// A weight, coefficient or multiple in exact millionths: RW 0.9662 is 966,200.
///
/// Six decimals are what published tables print at most. Unlike ``Kernel/Rate`` it is a number and not a share.
public struct Factor: Hashable, Sendable, Comparable, AdditiveArithmetic {
  /// Millionths of one.
  public var millionths: Int64

  /// Makes a factor.
  @inlinable public init(millionths: Int64) { self.millionths = millionths }

  /// Reads `0.9662`, at most six decimals; anything else is `nil`.
  public init?(_ text: some StringProtocol) {
    guard let millionths = FixedPoint.parse(text, decimals: 6) else { return nil }
    self.millionths = millionths
  }

  /// Nothing.
  public static let zero = Factor(millionths: 0)
  /// One.
  public static let one = Factor(millionths: 1_000_000)

  /// Compares sizes.
  @inlinable public static func < (left: Factor, right: Factor) -> Bool { left.millionths < right.millionths }
  /// Adds.
  @inlinable public static func + (left: Factor, right: Factor) -> Factor {
    Factor(millionths: left.millionths + right.millionths)
  }
  /// Takes away.
  @inlinable public static func - (left: Factor, right: Factor) -> Factor {
    Factor(millionths: left.millionths - right.millionths)
  }
}

extension Factor: CustomStringConvertible {
  /// The number with the decimals it has.
  public var description: String { FixedPoint.print(millionths, decimals: 6, trimmed: true) }
}
