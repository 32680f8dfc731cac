public import Kernel

/// How a case is paid whose cost is far from its group's (偏差病例).
public struct DeviationTerms: Sendable, Hashable {
  /// What the cost is measured against; the first that is known for a group counts.
  public var references: [CostReference]
  /// Very low costs.
  public var low: LowCostTerms?
  /// Very high costs.
  public var high: HighCostTerms?
  /// Costs beyond very high.
  public var extreme: ExtremeCostTerms?

  /// Makes terms.
  public init(
    references: [CostReference], low: LowCostTerms? = nil, high: HighCostTerms? = nil,
    extreme: ExtremeCostTerms? = nil
  ) {
    self.references = references
    self.low = low
    self.high = high
    self.extreme = extreme
  }
}

/// A cost that cases of a group are measured against.
public struct CostReference: Sendable, Hashable {
  /// What it is.
  public enum Kind: Sendable, Hashable {
    /// What the group's standard comes to here, with every coefficient.
    case standard
    /// The weight times the mean cost of a weight, yuan.
    case weight(Graded<UnitPrice>)
    /// The mean that the table prints.
    case tableMean
    /// The score times a price for a point, yuan.
    case score(Graded<UnitPrice>)
  }

  /// What it is.
  public var kind: Kind
  /// Whether it is multiplied by the case's coefficient; a standard has it already.
  public var withCoefficient: Bool
  /// Where it comes from.
  public var source: Int?

  /// Makes a reference.
  public init(_ kind: Kind, withCoefficient: Bool = false, source: Int? = nil) {
    self.kind = kind
    self.withCoefficient = withCoefficient
    self.source = source
  }
}

/// Very low costs (低倍率病例).
public struct LowCostTerms: Sendable, Hashable {
  /// What is paid.
  public enum Pay: Sendable, Hashable {
    /// What it cost, in money.
    case actualCost
    /// The cost in proportion to the reference, in points or money; with the coefficient or without.
    case proportional(withCoefficient: Bool)
  }

  /// The bound, times the reference.
  public var bound: Factor
  /// Whether a cost at the bound is very low.
  public var isInclusive: Bool
  /// Whether the bound falls with a coefficient below 1 ("the lower of").
  public var fallsWithCoefficient: Bool
  /// What is paid.
  public var pay: Pay
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(
    bound: Factor, isInclusive: Bool, fallsWithCoefficient: Bool = false, pay: Pay, source: Int? = nil
  ) {
    self.bound = bound
    self.isInclusive = isInclusive
    self.fallsWithCoefficient = fallsWithCoefficient
    self.pay = pay
    self.source = source
  }
}

/// What is paid for a very high cost; `K` is the bound, `r` the ratio of the cost to the reference.
public enum HighCostPay: Sendable, Hashable {
  /// The standard and the cost above `K` references, with the coefficient or without (continuous at the bound).
  case linearAdd(withCoefficient: Bool)
  /// The cost less `K − 1` standards (not continuous at the bound unless the coefficient is 1).
  case deduct
  /// `K` standards, however much it cost (not continuous).
  case cap
  /// The standard.
  case standardOnly
  /// What it cost, in money.
  case actualCost
}

/// Very high costs (高倍率病例).
public struct HighCostTerms: Sendable, Hashable {
  /// A bound for weights or scores below an edge.
  public struct Band: Sendable, Hashable {
    /// The edge: weights or scores below it, itself not; `nil` for all that are left.
    public var below: Factor?
    /// The bound, times the reference.
    public var multiple: Factor

    /// Makes a band.
    public init(below: Factor?, multiple: Factor) {
      self.below = below
      self.multiple = multiple
    }
  }

  /// Bounds by weight or score, in ascending order, the last without an edge.
  public var bands: [Band]
  /// Whether a cost at the bound is very high.
  public var isInclusive: Bool
  /// What is paid.
  public var pay: HighCostPay
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(bands: [Band], isInclusive: Bool, pay: HighCostPay, source: Int? = nil) {
    self.bands = bands
    self.isInclusive = isInclusive
    self.pay = pay
    self.source = source
  }

  /// The bound for a weight or score in millionths, or `nil` when no band holds it.
  public func multiple(forMillionths size: Int64) -> Factor? {
    bands.first { band in band.below.map { size < $0.millionths } ?? true }?.multiple
  }
}

/// Costs beyond very high, which somebody reviews.
public struct ExtremeCostTerms: Sendable, Hashable {
  /// The bound, times the reference.
  public var bound: Factor
  /// Whether a cost at the bound is beyond very high.
  public var isInclusive: Bool
  /// What is paid until it was reviewed.
  public var pay: HighCostPay
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(bound: Factor, isInclusive: Bool, pay: HighCostPay, source: Int? = nil) {
    self.bound = bound
    self.isInclusive = isInclusive
    self.pay = pay
    self.source = source
  }
}
