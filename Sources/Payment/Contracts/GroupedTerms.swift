public import Kernel
public import People

/// How cases are paid by the group they fell into.
public struct GroupedTerms: Sendable, Hashable {
  /// What a group is worth before coefficients.
  public var basis: GroupBasis
  /// The groups.
  public var table: GroupTable
  /// Coefficients of levels or institutions (等级系数, 机构系数).
  public var coefficients: CoefficientTerms
  /// What is different for base groups.
  public var baseGroups: GroupKindTerms?
  /// What is different for groups in which Chinese medicine is strong.
  public var chineseMedicine: GroupKindTerms?
  /// Auxiliary factors; the highest of those that the case has counts.
  public var auxiliary: AuxiliaryTerms?
  /// Support and assessment coefficients of institutions on the whole score.
  public var assessment: AssessmentTerms?
  /// How unusual costs change what is paid; `nil` when they do not.
  public var deviation: DeviationTerms?
  /// The blank group.
  public var blankGroup: BlankGroupTerms?
  /// New technology and special negotiation.
  public var special: SpecialTerms?
  /// Cases that no group of the table can pay.
  public var withoutGroup: WithoutGroupTerms
  /// The value of a point at which points are shown in money, yuan; clearing finds its own.
  public var pointValue: SourcedTerm<Graded<UnitPrice>>?
  /// Where results are rounded.
  public var rounding: PaymentRounding

  /// Makes terms; what is left out does not apply.
  public init(
    _ basis: GroupBasis, table: GroupTable, coefficients: CoefficientTerms = .none,
    baseGroups: GroupKindTerms? = nil, chineseMedicine: GroupKindTerms? = nil, auxiliary: AuxiliaryTerms? = nil,
    assessment: AssessmentTerms? = nil, deviation: DeviationTerms? = nil, blankGroup: BlankGroupTerms? = nil,
    special: SpecialTerms? = nil, withoutGroup: WithoutGroupTerms = WithoutGroupTerms(),
    pointValue: SourcedTerm<Graded<UnitPrice>>? = nil, rounding: PaymentRounding
  ) {
    self.basis = basis
    self.table = table
    self.coefficients = coefficients
    self.baseGroups = baseGroups
    self.chineseMedicine = chineseMedicine
    self.auxiliary = auxiliary
    self.assessment = assessment
    self.deviation = deviation
    self.blankGroup = blankGroup
    self.special = special
    self.withoutGroup = withoutGroup
    self.pointValue = pointValue
    self.rounding = rounding
  }
}

/// A term with its place in the contract's sources.
///
/// Steps of a million cases name a place; what is cleared once a year holds the citation itself (``Sourced``).
public struct SourcedTerm<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The value.
  public var value: Value
  /// The place in ``PaymentContract/sources``.
  public var source: Int?

  /// Makes a term.
  public init(_ value: Value, source: Int? = nil) {
    self.value = value
    self.source = source
  }
}

/// What a group is worth before coefficients.
public enum GroupBasis: Sendable, Hashable {
  /// The weight times a rate, yuan (费率法).
  case rate(SourcedTerm<Graded<UnitPrice>>)
  /// The standard that the table prints.
  case tableStandard
  /// The weight times a scale, as points (点数法).
  case points(scale: SourcedTerm<Factor>)
  /// The score that the table prints (DIP).
  case score

  /// The way of payment that this is.
  public var method: PaymentMethod {
    switch self {
    case .rate, .tableStandard: .drgRate
    case .points: .drgPoints
    case .score: .dip
    }
  }
}

/// Where coefficients come from; a contract that states some but none for a case leaves the case unpaid.
public struct CoefficientTerms: Sendable, Hashable {
  /// Whether a group's own coefficient in the table goes before the contract's.
  public var usesTable: Bool
  /// The contract's coefficients.
  public var values: SourcedTerm<Graded<Factor>>?

  /// Makes terms.
  public init(usesTable: Bool = false, values: SourcedTerm<Graded<Factor>>? = nil) {
    self.usesTable = usesTable
    self.values = values
  }

  /// No coefficients: every case counts once.
  public static let none = CoefficientTerms()
}

/// What is different for a kind of group.
public struct GroupKindTerms: Sendable, Hashable {
  /// The difference.
  public enum Rule: Sendable, Hashable {
    /// Everybody is paid as this level is: its rate, its coefficient, its printed standard (同病同价).
    case asLevel(InstitutionLevel)
    /// Everybody has this coefficient.
    case coefficient(Factor)
    /// This much is added to everybody's coefficient.
    case addedToCoefficient(Factor)
    /// The weight or score is raised by this share.
    case raised(Factor)
  }

  /// The difference.
  public var rule: Rule
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(_ rule: Rule, source: Int? = nil) {
    self.rule = rule
    self.source = source
  }
}

/// Where results are rounded; everything before is exact.
public struct PaymentRounding: Sendable, Hashable {
  /// How an amount becomes fen.
  public var amount: Rounding
  /// How many decimals points keep, 0 to 6.
  public var pointDecimals: Int
  /// How points are rounded to them.
  public var points: Rounding
  /// Where it comes from.
  public var source: Int?

  /// Makes a rounding.
  public init(amount: Rounding, pointDecimals: Int, points: Rounding, source: Int? = nil) {
    self.amount = amount
    self.pointDecimals = pointDecimals
    self.points = points
    self.source = source
  }
}
