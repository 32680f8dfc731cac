public import Kernel
public import People

/// How a region pays months and clears years, as policy data; cases are the business of the case contract.
public struct ClearingContract: Hashable, Sendable {
  /// What the contract is called.
  public var title: String
  /// The region's code.
  public var region: String
  /// The schemes that it holds for.
  public var schemes: Set<InsuranceScheme>
  /// The days on which it holds; others are refused.
  public var covered: DateRange
  /// The point pool; `nil` where no case is paid by points.
  public var pool: PoolTerms?
  /// The months; `nil` where nothing is paid in advance.
  public var advance: AdvanceTerms?
  /// The year.
  public var yearly: YearlyTerms
  /// The assessment; `nil` where there is none.
  public var assessment: AssessmentScheme?

  /// Makes a contract.
  public init(
    title: String, region: String, schemes: Set<InsuranceScheme>, covered: DateRange, pool: PoolTerms?,
    advance: AdvanceTerms?, yearly: YearlyTerms, assessment: AssessmentScheme?
  ) {
    self.title = title
    self.region = region
    self.schemes = schemes
    self.covered = covered
    self.pool = pool
    self.advance = advance
    self.yearly = yearly
    self.assessment = assessment
  }
}
