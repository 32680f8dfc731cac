/// Where a case belongs under a DIP catalogue.
public struct DIPGrouping: Hashable, Sendable {
  /// What became of the case.
  public let status: DIPStatus
  /// The layer that took it.
  public let layer: DIPLayer?
  /// The code of the group; empty when there is none.
  public let code: String
  /// The name of the group; empty when there is none.
  public let name: String
  /// The kind of treatment, as composite groups tell it.
  public let treatment: DIPTreatment?
  /// The position of the group in ``DIPCatalogue/groups``; `nil` when no row stands for it.
  public let row: Int?
  /// Whether the disease costs the same at every institution (基层病种).
  public let isPrimaryCare: Bool

  init(
    status: DIPStatus, layer: DIPLayer? = nil, code: String = "", name: String = "", treatment: DIPTreatment? = nil,
    row: Int? = nil, isPrimaryCare: Bool = false
  ) {
    self.status = status
    self.layer = layer
    self.code = code
    self.name = name
    self.treatment = treatment
    self.row = row
    self.isPrimaryCare = isPrimaryCare
  }
}
