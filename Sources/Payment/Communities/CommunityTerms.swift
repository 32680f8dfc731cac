public import Kernel

/// What a region's documents say of paying medical communities (县域医共体支付), as policy data.
public struct CommunityTerms: Hashable, Sendable {
  /// The region's code.
  public var region: String
  /// The days on which the terms hold; on others they are refused.
  public var covered: DateRange
  /// How budgets are set; `nil` where no document seen says so.
  public var method: Sourced<CommunityBudgetMethod>?
  /// Bands of surplus and overspend.
  public var bands: BandTerms
  /// Whether the effect of policy changes is taken out first and paid from the reserve; `nil` where nothing says so.
  public var policyChangeFirst: Sourced<Bool>?

  /// Makes terms.
  public init(
    region: String, covered: DateRange, method: Sourced<CommunityBudgetMethod>?, bands: BandTerms,
    policyChangeFirst: Sourced<Bool>?
  ) {
    self.region = region
    self.covered = covered
    self.method = method
    self.bands = bands
    self.policyChangeFirst = policyChangeFirst
  }

  /// The terms with what the documents leave to the locality; what they state themselves stays.
  public func completed(
    surplus: Sourced<ClearingBands>? = nil, overspend: Sourced<ClearingBands>? = nil,
    retention: Sourced<BandTerms.Retention>? = nil, policyChangeFirst: Sourced<Bool>? = nil
  ) -> CommunityTerms {
    var terms = self
    terms.bands.surplus = bands.surplus ?? surplus
    terms.bands.overspend = bands.overspend ?? overspend
    terms.bands.retention = bands.retention ?? retention
    terms.policyChangeFirst = self.policyChangeFirst ?? policyChangeFirst
    return terms
  }
}
