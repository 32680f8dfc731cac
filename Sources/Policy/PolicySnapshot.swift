public import Kernel

/// The policy in force in one region for the dates of one claim: resolved, cited, and without any date left to look up.
public struct PolicySnapshot: Sendable {
  /// A value in force.
  public struct Value: Sendable {
    /// The entry it belongs to.
    public let entry: PolicyEntry
    /// The content.
    public let node: PolicyNode
    /// Where it comes from.
    public let citation: Citation
    /// Since when it holds.
    public let effective: CalendarDate
    /// The region that states it; another one than the snapshot's when inherited.
    public let region: String

    /// Makes a value.
    public init(entry: PolicyEntry, node: PolicyNode, citation: Citation, effective: CalendarDate, region: String) {
      self.entry = entry
      self.node = node
      self.citation = citation
      self.effective = effective
      self.region = region
    }

    /// The content for keys by dimension name; dimensions the file does not use are ignored.
    ///
    /// - Returns: `nil` when the value says nothing for these keys.
    public func content(_ keys: [String: String]) -> PolicyNode? {
      node[entry.dimensions.map { [keys[$0] ?? PolicyDimension.any] }]
    }

    /// The content for keys by dimension name, each with alternatives in order of preference.
    ///
    /// - Returns: `nil` when the value says nothing for these keys.
    public func content(preferring keys: [String: [String]]) -> PolicyNode? {
      node[entry.dimensions.map { keys[$0] ?? [PolicyDimension.any] }]
    }

    /// The keys that the value lists for a dimension, without `any`; empty when it does not differ by it.
    public func keys(of dimension: String) -> Set<String> {
      guard let depth = entry.dimensions.firstIndex(of: dimension) else { return [] }
      return node.keys(at: depth).subtracting([PolicyDimension.any])
    }
  }

  /// The region's code.
  public let region: String
  /// The dates of the claim.
  public let dates: EventDates
  /// Values by identifier; what is not here is not in force.
  public let values: [String: Value]

  /// Makes a snapshot.
  public init(region: String, dates: EventDates, values: [String: Value]) {
    self.region = region
    self.dates = dates
    self.values = values
  }

  /// The value with an identifier, or `nil` when the region has none.
  public subscript(identifier: String) -> Value? { values[identifier] }
}
