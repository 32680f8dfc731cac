public import People

/// How a region pays institutions for one year: which way for which kind of care, with every term and its source.
///
/// Contracts are policy data. A term that the documents leave open has no default: a contract that needs it and does
/// not state it is refused when it is read, and a case for which a table lacks it comes out as
/// ``CaseOutcome/termMissing``.
public struct PaymentContract: Sendable, Hashable {
  /// The short name used in files.
  public var identifier: String
  /// What the contract is called.
  public var title: String
  /// The region's code.
  public var region: String
  /// The year of settlement.
  public var year: Int
  /// The schemes that it holds for.
  public var schemes: Set<InsuranceScheme>
  /// Ways of payment for kinds of care; the first whose conditions hold is taken.
  public var routes: [PaymentRoute]
  /// The way for every other case.
  public var otherwise: PaymentRoute
  /// Where terms come from; steps and terms refer to places in this list.
  public var sources: [ContractSource]

  /// Makes a contract.
  public init(
    identifier: String, title: String, region: String, year: Int, schemes: Set<InsuranceScheme>,
    routes: [PaymentRoute] = [], otherwise: PaymentRoute, sources: [ContractSource] = []
  ) {
    self.identifier = identifier
    self.title = title
    self.region = region
    self.year = year
    self.schemes = schemes
    self.routes = routes
    self.otherwise = otherwise
    self.sources = sources
  }
}

/// One way of payment and the kind of care it is for.
public struct PaymentRoute: Sendable, Hashable {
  /// The short name used in files and traces.
  public var name: String
  /// The kinds of care; one that holds is enough.
  public var conditions: [CareCondition]
  /// How such care is paid.
  public var terms: MethodTerms
  /// Where the route comes from.
  public var source: Int?

  /// Makes a route.
  public init(_ name: String, when conditions: [CareCondition] = [], _ terms: MethodTerms, source: Int? = nil) {
    self.name = name
    self.conditions = conditions
    self.terms = terms
    self.source = source
  }
}

/// A way of payment with its terms.
public enum MethodTerms: Sendable, Hashable {
  /// By group: DRG by rate or points, DIP.
  case grouped(GroupedTerms)
  /// A fixed amount for a disease.
  case perDisease(PerDiseaseTerms)
  /// An amount a day.
  case perDiem(PerDiemTerms)
  /// An amount a head; a case adds nothing.
  case perCapita
  /// What was charged.
  case perItem
}
