import Kernel

/// Points or a score (点数, 分值) in exact millionths.
///
/// How many decimals a region keeps is a value of its contract; the rounding happens where the contract says.
public struct Points: Hashable, Sendable, Comparable, AdditiveArithmetic {
  /// Millionths of a point.
  public var millionths: Int64

  /// Makes points.
  @inlinable public init(millionths: Int64) { self.millionths = millionths }

  /// Reads `1500` or `96.62`, at most six decimals; anything else is `nil`.
  public init?(_ text: some StringProtocol) {
    guard let millionths = FixedPoint.parse(text, decimals: 6) else { return nil }
    self.millionths = millionths
  }

  /// No points.
  public static let zero = Points(millionths: 0)

  /// Compares how many there are.
  @inlinable public static func < (left: Points, right: Points) -> Bool { left.millionths < right.millionths }
  /// Adds.
  @inlinable public static func + (left: Points, right: Points) -> Points {
    Points(millionths: left.millionths + right.millionths)
  }
  /// Takes away.
  @inlinable public static func - (left: Points, right: Points) -> Points {
    Points(millionths: left.millionths - right.millionths)
  }
}

extension Points: CustomStringConvertible {
  /// The points with the decimals they have.
  public var description: String { FixedPoint.print(millionths, decimals: 6, trimmed: true) }
}
