public import Policy

/// Where a term of a contract comes from.
public struct ContractSource: Sendable, Hashable {
  /// The term's place in the contract, as `otherwise.deviation.high`.
  public var term: String
  /// The document and clause, or the reading chosen where documents leave it open.
  public var citation: Citation
  /// The file.
  public var file: String
  /// The line in it.
  public var line: Int

  /// Makes a source.
  public init(term: String, citation: Citation, file: String, line: Int) {
    self.term = term
    self.citation = citation
    self.file = file
    self.line = line
  }
}
