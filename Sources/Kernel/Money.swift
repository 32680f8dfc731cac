/// An amount of money in whole fen (分), the unit in which every amount is kept.
///
/// Unit: 1 fen = 0.01 yuan. The range is that of `Int64`, far beyond the yearly income of the national fund; arithmetic
/// that leaves it traps. There is no conversion from floating point.
///
/// ```swift
/// let bill = Money(yuan: "99.99")  // 9,999 fen
/// ```
public struct Money: Hashable, Sendable {
  /// The amount in fen; negative for what flows back.
  public var fen: Int64

  /// Makes an amount from fen.
  @inlinable
  public init(fen: Int64) {
    self.fen = fen
  }

  /// Reads an amount printed in yuan with at most two decimals (`"1300"`, `"0.8"`, `"-12.50"`).
  ///
  /// Returns `nil` for anything else: more decimals, separators, exponents, blanks, or an amount out of range.
  public init?(yuan text: some StringProtocol) {
    guard let number = FixedPoint.parse(text, decimals: 2) else { return nil }
    self.fen = number
  }

  /// Nothing at all.
  public static let zero = Money(fen: 0)

  /// The amount in yuan with exactly two decimals, as documents and interface fields print it.
  public var yuan: String {
    FixedPoint.print(fen, decimals: 2)
  }

  /// Whether the amount is below nothing.
  @inlinable public var isNegative: Bool { fen < 0 }
}

extension Money: Comparable {
  /// Orders amounts by size.
  @inlinable
  public static func < (left: Money, right: Money) -> Bool {
    left.fen < right.fen
  }
}

extension Money: AdditiveArithmetic {
  /// Adds two amounts; traps beyond the range of `Int64`.
  @inlinable
  public static func + (left: Money, right: Money) -> Money {
    Money(fen: left.fen + right.fen)
  }

  /// Subtracts one amount from another; traps beyond the range of `Int64`.
  @inlinable
  public static func - (left: Money, right: Money) -> Money {
    Money(fen: left.fen - right.fen)
  }

  /// The same amount in the other direction.
  @inlinable
  public static prefix func - (amount: Money) -> Money {
    Money(fen: -amount.fen)
  }
}

extension Money: CustomStringConvertible {
  /// The amount in yuan, for messages.
  public var description: String { yuan }
}

extension Money {
  /// A share of the amount, rounded once and by name.
  ///
  /// - Parameters:
  ///   - ratio: any exact ratio, `85/100` for 85 %.
  ///   - rounding: how the part of a fen that is left over is treated.
  /// - Returns: the share in fen; traps when it does not fit.
  ///
  /// ```swift
  /// Money(fen: 12345).multiplied(by: Ratio(percent: "85")!, rounding: .halfUp)  // 10,493 fen
  /// ```
  public func multiplied(by ratio: Ratio, rounding: Rounding) -> Money {
    Money(fen: rounding.divide(Int128(fen) * Int128(ratio.numerator), by: Int128(ratio.denominator)))
  }

  /// A share of the amount given as a rate in millionths, rounded once and by name.
  @inlinable
  public func multiplied(by rate: Rate, rounding: Rounding) -> Money {
    let (product, overflow) = fen.multipliedReportingOverflow(by: rate.millionths)
    precondition(!overflow, "amount times rate leaves the range of exact arithmetic")
    return Money(fen: rounding.divide(product, by: Rate.one.millionths))
  }

  /// The larger of the amount and nothing.
  @inlinable public var orZero: Money { fen < 0 ? .zero : self }
}
