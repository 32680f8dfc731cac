public import Kernel

/// How results of grouping are written.
public struct ResultForm: Hashable, Sendable {
  /// The shape of a result.
  public enum Shape: Hashable, Sendable {
    /// CSV with a header: `id,mdc,adrg,drg,status,reason`.
    case csv
    /// The same columns with tabs between them, no header.
    case tsv
    /// One JSON object a line.
    case jsonLines
    /// What a person reads: each case with the rules that were asked, a blank line between cases.
    case text
  }

  /// The shape.
  public var shape: Shape
  /// The language of reasons.
  public var language: Language
  /// Whether JSON says which rules were asked; text always does, tables never do.
  public var explains: Bool

  /// Makes a form.
  public init(_ shape: Shape, _ language: Language, explains: Bool = false) {
    self.shape = shape
    self.language = language
    self.explains = shape == .text || shape == .jsonLines && explains
  }

  /// The columns of a result.
  static let columns = ["id", "mdc", "adrg", "drg", "status", "reason"]

  /// What stands before the first result.
  var header: [UInt8] { shape == .csv ? Array((Self.columns.joined(separator: ",") + "\n").utf8) : [] }
}
