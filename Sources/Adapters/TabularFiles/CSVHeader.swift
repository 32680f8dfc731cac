import Kernel

/// A column that a file may have, by any of its names.
public struct CSVColumn: Hashable, Sendable {
  /// The names that the file's first row may use; letters of either case, blanks around ignored.
  public let names: [String]
  /// Whether the file is refused without it.
  public let isRequired: Bool

  /// Makes a column.
  public init(_ names: String..., isRequired: Bool = false) { self.init(names: names, isRequired: isRequired) }

  /// Makes a column of a list of names.
  public init(names: [String], isRequired: Bool = false) {
    self.names = names.map { $0.lowercased() }
    self.isRequired = isRequired
  }
}

/// Where the wanted columns of a file are.
public struct CSVHeader: Sendable {
  /// The position of each wanted column, `nil` for those that the file does not have.
  public let positions: [Int?]
  /// How many columns the file has.
  public let count: Int

  /// A column's name without blanks and line breaks, in small letters.
  static func title(_ text: String) -> String {
    let isEscaped = text.utf8.contains(UInt8(ascii: "_"))
    return (isEscaped ? text.replacing("_x000D_", with: "") : text).filter { !$0.isWhitespace }.lowercased()
  }

  /// Finds columns in the first row; missing required and repeated ones are reported.
  init(_ columns: [CSVColumn], in row: borrowing CSVRow, file: String, diagnostics: inout [Diagnostic]) {
    let titles = row.strings.map { Self.title($0) }
    count = titles.count
    positions = columns.map { column in
      let found = titles.indices.filter { column.names.contains(titles[$0]) }
      if found.count > 1 {
        let places = found.map { "\($0 + 1)" }.joined(separator: ", ")
        diagnostics.append(
          Diagnostic(
            .error,
            LocalizedText(
              "列「\(titles[found[0]])」出现了 \(found.count) 次（第 \(places) 列），请只保留一列。",
              "column \"\(titles[found[0]])\" stands \(found.count) times (columns \(places)); keep one."),
            file: file, line: row.line, column: found[1] + 1))
      }
      if found.isEmpty, column.isRequired {
        let names = column.names.joined(separator: " / ")
        diagnostics.append(
          Diagnostic(
            .error,
            LocalizedText(
              "缺少必需的列：\(names)。首行应为列名，现有：\(titles.joined(separator: "、"))。",
              "a required column is missing: \(names). The first row must name the columns; it has: "
                + "\(titles.joined(separator: ", "))."),
            file: file, line: row.line))
      }
      return found.first
    }
  }
}

/// A row of a file with a header; fields are addressed by the position in the list of wanted columns.
public struct CSVRecord: ~Copyable {
  /// The header of the file.
  public let header: CSVHeader
  /// The line on which the record begins.
  public let line: Int
  private let texts: [String]

  init(header: CSVHeader, row: borrowing CSVRow) {
    self.header = header
    line = row.line
    var texts: [String] = []
    texts.reserveCapacity(header.positions.count)
    for position in header.positions { texts.append(position.map { $0 < row.count ? row[$0] : "" } ?? "") }
    self.texts = texts
  }

  /// The text of a wanted column, empty when the file does not have it.
  public subscript(column: Int) -> String { texts[column] }

  /// The column of the file, from 1, for diagnostics.
  public func fileColumn(_ column: Int) -> Int? { header.positions[column].map { $0 + 1 } }
}

extension CSVReader {
  /// Diagnostics kept of one file; a file with more is wrong as a whole.
  public static let diagnosticLimit = 200
}
