public import Kernel

/// How results of grouping are written.
public struct ResultForm: Hashable, Sendable {
  /// The shape of a result.
  public enum Shape: Hashable, Sendable {
    /// CSV with a header.
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

  /// What stands before the first result.
  func header(_ columns: [ResultColumn]) -> [UInt8] {
    shape == .csv ? CSVWriter.bytes(of: [columns.map(\.name)]) : []
  }
}

/// A column of results.
struct ResultColumn: Hashable, Sendable {
  let name: String
  /// The width of a sheet's column, in characters.
  let width: Int

  init(_ name: String, width: Int = 8) { (self.name, self.width) = (name, width) }

  /// What stands behind a case's identifier under an edition of CHS-DRG.
  static let edition = [
    ResultColumn("mdc"), ResultColumn("adrg"), ResultColumn("drg"), ResultColumn("status", width: 20),
    ResultColumn("reason", width: 60),
  ]
  /// The case's identifier.
  static let id = ResultColumn("id", width: 18)
}
