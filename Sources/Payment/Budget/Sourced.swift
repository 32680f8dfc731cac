import Kernel
public import Policy

/// A value of a contract together with the clause it comes from.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public var value: Value
  /// The document and clause, or the reading chosen where documents leave the question open.
  public var citation: Citation

  /// Makes a value.
  public init(_ value: Value, _ citation: Citation) {
    self.value = value
    self.citation = citation
  }
}

extension Money {
  /// A share of any amount, in wide arithmetic, rounded once.
  func share(_ rate: Rate, _ rounding: Rounding) -> Money {
    Money(fen: rounding.divide(Int128(fen) * Int128(rate.millionths), by: 1_000_000))
  }
}
