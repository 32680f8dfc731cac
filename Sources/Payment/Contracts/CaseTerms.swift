public import Kernel

/// Auxiliary factors by type of case (辅助目录系数); a case with several types has the highest.
public struct AuxiliaryTerms: Sendable, Hashable {
  /// Factors by type, for every group.
  public var factors: [String: Factor]
  /// Factors by type for single groups, which go before those for every group.
  public var byGroup: [String: [String: Factor]]
  /// Where they come from.
  public var source: Int?

  /// Makes terms.
  public init(factors: [String: Factor], byGroup: [String: [String: Factor]] = [:], source: Int? = nil) {
    self.factors = factors
    self.byGroup = byGroup
    self.source = source
  }

  /// The highest factor of a case's types, or `nil` when none of them has one.
  public func highest(of types: some Sequence<String>, in group: String) -> Factor? {
    types.compactMap { byGroup[group]?[$0] ?? factors[$0] }.max()
  }
}

/// Coefficients of institutions on the whole score: (score + score × support) × assessment.
public struct AssessmentTerms: Sendable, Hashable {
  /// The support coefficient, nothing where none is stated.
  public var support: Graded<Factor>?
  /// The assessment coefficient, 1 where none is stated.
  public var assessment: Graded<Factor>?
  /// Where they come from.
  public var source: Int?

  /// Makes terms.
  public init(support: Graded<Factor>? = nil, assessment: Graded<Factor>? = nil, source: Int? = nil) {
    self.support = support
    self.assessment = assessment
    self.source = source
  }
}

/// The blank group, paid in proportion to its cost times a share and no other factor (空白病组).
public struct BlankGroupTerms: Sendable, Hashable {
  /// The codes.
  public var groups: [GroupPattern]
  /// The share.
  public var share: Factor
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(groups: [GroupPattern], share: Factor, source: Int? = nil) {
    self.groups = groups
    self.share = share
    self.source = source
  }
}

/// New technology and special negotiation (新技术, 特病单议).
public struct SpecialTerms: Sendable, Hashable {
  /// What is paid for a new technology within the quota.
  public enum NewTechnologyPay: Sendable, Hashable {
    /// What it cost, in money.
    case actualCost
    /// As every case, with bounds of its own for very high costs.
    case highCost(HighCostTerms)
  }

  /// What is paid for a new technology; `nil` when the contract knows none.
  public var newTechnology: NewTechnologyPay?
  /// Whether experts negotiate single cases.
  public var negotiates: Bool
  /// The most cases of an institution's discharges, as a share; ``SpecialCaseQuota`` applies it.
  public var quota: Factor?
  /// Where it comes from.
  public var source: Int?

  /// Makes terms.
  public init(
    newTechnology: NewTechnologyPay? = nil, negotiates: Bool = false, quota: Factor? = nil, source: Int? = nil
  ) {
    self.newTechnology = newTechnology
    self.negotiates = negotiates
    self.quota = quota
    self.source = source
  }
}

/// Cases that no group of the table can pay.
public struct WithoutGroupTerms: Sendable, Hashable {
  /// Why no group can pay.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// No group, or one of the codes for that.
    case ungrouped
    /// One of the codes for ambiguous cases.
    case ambiguous
    /// The table does not list the group.
    case unlisted
    /// The table says that the group is not stable.
    case unstable
  }

  /// What is paid.
  public enum Pay: Sendable, Hashable {
    /// What it cost, in money.
    case actualCost
    /// A share of what it cost, in money.
    case shareOfCost(Factor)
    /// As this group of the table.
    case asGroup(String)
    /// As the table lists it, for unstable groups.
    case asListed
    /// Nothing.
    case nothing
  }

  /// Codes that mean no group, beside none at all.
  public var ungroupedCodes: [GroupPattern]
  /// Codes that mean an ambiguous case.
  public var ambiguousCodes: [GroupPattern]
  /// What is paid by reason; a case with another reason is paid what it cost and reviewed.
  public var pays: [Reason: SourcedTerm<Pay>]

  /// Makes terms; without any, every such case is paid what it cost and reviewed.
  public init(
    ungroupedCodes: [GroupPattern] = [], ambiguousCodes: [GroupPattern] = [],
    pays: [Reason: SourcedTerm<Pay>] = [:]
  ) {
    self.ungroupedCodes = ungroupedCodes
    self.ambiguousCodes = ambiguousCodes
    self.pays = pays
  }
}

/// Fixed amounts for diseases (按病种定额).
public struct PerDiseaseTerms: Sendable, Hashable {
  /// The amounts by disease or group, fen.
  public var amounts: [String: Graded<Money>]
  /// Where they come from.
  public var source: Int?

  /// Makes terms.
  public init(amounts: [String: Graded<Money>], source: Int? = nil) {
    self.amounts = amounts
    self.source = source
  }
}

/// Amounts a day, stepwise by the day of the stay (按床日).
public struct PerDiemTerms: Sendable, Hashable {
  /// A price for the days behind a day.
  public struct Band: Sendable, Hashable {
    /// The days behind this one, 0 for all from the first.
    public var above: Int
    /// Yuan a day.
    public var price: Graded<UnitPrice>

    /// Makes a band.
    public init(above: Int, price: Graded<UnitPrice>) {
      self.above = above
      self.price = price
    }
  }

  /// Prices by the day of the stay, ascending from 0.
  public var bands: [Band]
  /// How an amount becomes fen.
  public var rounding: Rounding
  /// Where they come from.
  public var source: Int?

  /// Makes terms.
  public init(bands: [Band], rounding: Rounding, source: Int? = nil) {
    self.bands = bands
    self.rounding = rounding
    self.source = source
  }
}
