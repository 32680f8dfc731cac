public import Kernel
public import Policy

/// How a region builds its institutions' coefficients, as policy data (机构系数办法).
public struct CoefficientPolicy: Hashable, Sendable {
  /// What it is called.
  public var title: String
  /// The region's code.
  public var region: String
  /// The days on which it holds.
  public var covered: DateRange
  /// The rule; its places of sources are those of ``sources``.
  public var rule: InstitutionCoefficientRule
  /// Where the rule's terms come from.
  public var sources: [ContractSource]

  /// Makes a policy.
  public init(
    title: String, region: String, covered: DateRange, rule: InstitutionCoefficientRule, sources: [ContractSource]
  ) {
    self.title = title
    self.region = region
    self.covered = covered
    self.rule = rule
    self.sources = sources
  }
}

/// How a region makes weights or scores of past cases, as policy data (权重、分值测算办法).
public struct WeightPolicy: Hashable, Sendable {
  /// What it is called.
  public var title: String
  /// The region's code.
  public var region: String
  /// The days on which it holds.
  public var covered: DateRange
  /// The terms.
  public var terms: WeightTerms
  /// Where each term comes from; `term` is its key in the file.
  public var sources: [ContractSource]

  /// Makes a policy.
  public init(
    title: String, region: String, covered: DateRange, terms: WeightTerms, sources: [ContractSource]
  ) {
    self.title = title
    self.region = region
    self.covered = covered
    self.terms = terms
    self.sources = sources
  }

  /// Where a term comes from; `nil` for one that the documents leave out.
  public func citation(of term: String) -> Citation? { sources.first { $0.term == term }?.citation }
}
