public import Kernel

/// The bounds that a case's cost is held against, fen, rounded for showing; deciding is exact.
public struct CostBounds: Hashable, Sendable {
  /// The cost that it is measured against.
  public var reference: Money
  /// Below it (or at it, when the contract says so) the cost is very low.
  public var low: Money?
  /// Above it the cost is very high.
  public var high: Money?
  /// Above it the cost is beyond very high.
  public var extreme: Money?

  /// Makes bounds.
  public init(reference: Money, low: Money? = nil, high: Money? = nil, extreme: Money? = nil) {
    self.reference = reference
    self.low = low
    self.high = high
    self.extreme = extreme
  }
}
