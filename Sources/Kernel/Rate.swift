/// A share of an amount in exact millionths: 85 % is 850,000.
///
/// Percentages with up to four decimals fit. Products of two rates that need more places are refused, so that a rate is
/// never silently rounded; see ``init(product:_:)``.
public struct Rate: Hashable, Sendable {
  /// The share in millionths of one.
  public var millionths: Int64

  /// Makes a rate from millionths.
  @inlinable
  public init(millionths: Int64) {
    self.millionths = millionths
  }

  /// Reads a percentage with up to four decimals, with or without the sign (`"85"`, `"85%"`, `"12.5%"`).
  public init?(percent text: some StringProtocol) {
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    guard let scaled = FixedPoint.parse(digits, decimals: 4) else { return nil }
    self.millionths = scaled
  }

  /// The product of two rates when it is a whole number of millionths, else `nil`.
  public init?(product first: Rate, _ second: Rate) {
    let (wide, remainder) = (Int128(first.millionths) * Int128(second.millionths))
      .quotientAndRemainder(dividingBy: 1_000_000)
    guard remainder == 0, let narrow = Int64(exactly: wide) else { return nil }
    self.millionths = narrow
  }

  /// Nothing of the amount.
  public static let zero = Rate(millionths: 0)
  /// The whole amount.
  public static let one = Rate(millionths: 1_000_000)

  /// The rate as a percentage without needless zeros, `85%`.
  public var percent: String {
    FixedPoint.print(millionths, decimals: 4, trimmed: true) + "%"
  }

  /// What is left to the other side: 15 % for 85 %.
  @inlinable public var complement: Rate { Rate(millionths: 1_000_000 - millionths) }

  /// The rate held between nothing and the whole.
  @inlinable public var bounded: Rate { Rate(millionths: min(max(millionths, 0), 1_000_000)) }
}

extension Rate: Comparable {
  /// Orders rates by size.
  @inlinable
  public static func < (left: Rate, right: Rate) -> Bool { left.millionths < right.millionths }
}

extension Rate: AdditiveArithmetic {
  /// Adds percentage points.
  @inlinable
  public static func + (left: Rate, right: Rate) -> Rate { Rate(millionths: left.millionths + right.millionths) }

  /// Takes percentage points away.
  @inlinable
  public static func - (left: Rate, right: Rate) -> Rate { Rate(millionths: left.millionths - right.millionths) }
}

extension Rate: CustomStringConvertible {
  /// The percentage, for messages.
  public var description: String { percent }
}
