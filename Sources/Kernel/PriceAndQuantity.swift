/// A unit price with up to six decimals of a yuan, exact until the line total (单价, `pric`).
public struct UnitPrice: Hashable, Sendable {
  /// The price in millionths of a yuan.
  public var microyuan: Int64

  /// Makes a price from millionths of a yuan.
  @inlinable
  public init(microyuan: Int64) { self.microyuan = microyuan }

  /// Reads a price in yuan with at most six decimals.
  public init?(yuan text: some StringProtocol) {
    guard let scaled = FixedPoint.parse(text, decimals: 6) else { return nil }
    self.microyuan = scaled
  }

  /// The price in yuan without needless zeros.
  public var yuan: String { FixedPoint.print(microyuan, decimals: 6, trimmed: true) }

  /// Price times quantity, rounded once to fen.
  ///
  /// - Parameters:
  ///   - quantity: how many units.
  ///   - rounding: how the part of a fen is treated; line totals use `.halfUp`.
  @inlinable
  public func total(for quantity: Quantity, rounding: Rounding) -> Money {
    let (product, overflow) = microyuan.multipliedReportingOverflow(by: quantity.tenThousandths)
    if overflow {
      return Money(fen: rounding.divide(Int128(microyuan) * Int128(quantity.tenThousandths), by: 100_000_000))
    }
    return Money(fen: rounding.divide(product, by: 100_000_000))
  }
}

extension UnitPrice: Comparable {
  /// Orders prices by size.
  @inlinable
  public static func < (left: UnitPrice, right: UnitPrice) -> Bool { left.microyuan < right.microyuan }
}

/// A quantity with up to four decimals (数量, `cnt`).
public struct Quantity: Hashable, Sendable {
  /// The quantity in ten-thousandths of a unit.
  public var tenThousandths: Int64

  /// Makes a quantity from ten-thousandths.
  @inlinable
  public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// Makes a quantity of whole units.
  @inlinable
  public init(_ units: Int64) { self.tenThousandths = units * 10_000 }

  /// Reads a quantity with at most four decimals.
  public init?(_ text: some StringProtocol) {
    guard let scaled = FixedPoint.parse(text, decimals: 4) else { return nil }
    self.tenThousandths = scaled
  }

  /// The quantity without needless zeros.
  public var text: String { FixedPoint.print(tenThousandths, decimals: 4, trimmed: true) }
}

extension Quantity: Comparable {
  /// Orders quantities by size.
  @inlinable
  public static func < (left: Quantity, right: Quantity) -> Bool { left.tenThousandths < right.tenThousandths }
}
