public import Kernel

/// The beginning of a table in a file: what its first rows say, by which the table is known.
public struct ImportSheet: Sendable {
  /// The file that is read.
  public let path: String
  /// The sheet; `nil` for CSV.
  public let sheet: String?
  /// The first rows that are not empty: line and cells.
  public let rows: [(line: Int, cells: [String])]

  /// Rows that may stand before the header, and the header.
  public static let headRows = 5

  /// Every table of a file: one of CSV, the sheets of a workbook.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read.
  public static func all(_ path: String) throws -> [ImportSheet] {
    switch try FileForm.of(path) {
    case .compound: throw FileForm.compoundDiagnostic(path)
    case .text:
      let reader = CSVReader(path: path)
      return [
        ImportSheet(path: path, sheet: nil, rows: try head { try reader.forEachRow(width: nil, $0, bad: { _ in }) })
      ]
    case .workbook:
      let workbook = try Workbook(path: path)
      return try workbook.sheetNames.map { name in
        ImportSheet(path: path, sheet: name, rows: try head { try workbook.forEachRow(of: name, $0) })
      }
    }
  }

  private struct Enough: Error {}

  private static func head(_ read: ((borrowing CSVRow) throws -> Void) throws -> Void) throws -> [(Int, [String])] {
    var rows: [(Int, [String])] = []
    do {
      try read { row in
        let cells = row.strings
        if cells.contains(where: { !$0.isEmpty }) { rows.append((row.line, cells)) }
        if rows.count == headRows { throw Enough() }
      }
    } catch is Enough {}
    return rows
  }

  /// The row that names most of some columns, with how many: the likeliest header.
  public func header(of columns: [CSVColumn]) -> (line: Int, matches: Int)? {
    let names = Set(columns.flatMap(\.names))
    var best: (line: Int, matches: Int)?
    for row in rows {
      let matches = row.cells.count { names.contains(CSVHeader.title($0)) }
      if matches > best?.matches ?? 0 { best = (row.line, matches) }
    }
    return best
  }
}

/// The rows of a table under its header; what cannot be read is told, and reading goes on.
public struct ImportRows {
  /// A row with the cells of the wanted columns, blanks around them taken off.
  public struct Row: Sendable {
    /// The line on which it begins, or its number in the sheet.
    public let line: Int
    /// The filled cells by the place of their column.
    public let cells: [Int: String]

    /// Makes a row.
    public init(line: Int, cells: [Int: String]) {
      self.line = line
      self.cells = cells
    }
  }

  private let table: ImportSheet
  private let headerLine: Int
  private let columns: [CSVColumn]

  /// Prepares reading.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - headerLine: the line of its header.
  ///   - columns: the wanted columns.
  public init(_ table: ImportSheet, headerLine: Int, columns: [CSVColumn]) {
    (self.table, self.headerLine, self.columns) = (table, headerLine, columns)
  }

  /// Calls the body with each row in order, and `bad` with what is wrong with one that cannot be read.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the table or its header cannot be read, and what the closures throw.
  public func forEach(_ body: (Row) throws -> Void, bad: (Diagnostic) throws -> Void) throws {
    let name = table.sheet.map { Workbook.place(table.path, $0) } ?? table.path
    let width = table.rows.first { $0.line == headerLine }?.cells.count
    var header: (positions: [(place: Int, column: Int)], count: Int, titles: [String])?
    let take: (borrowing CSVRow) throws -> Void = { row in
      if row.line < headerLine || row.isBlank { return }
      guard let header else {
        header = try head(row, name)
        return
      }
      guard table.sheet != nil || row.count == header.count else { return try bad(count(row, header.count, name)) }
      var cells: [Int: String] = [:]
      for (place, column) in header.positions where place < row.count && !row.isEmpty(at: place) {
        let text = Self.trimmed(row[place])
        if !text.isEmpty { cells[column] = text }
      }
      // Forms of several pages repeat the header.
      if cells.isEmpty || header.titles == row.strings { return }
      try body(Row(line: row.line, cells: cells))
    }
    if let sheet = table.sheet {
      try Workbook(path: table.path).forEachRow(of: sheet, take)
    } else {
      try CSVReader(path: table.path).forEachRow(width: width, take) { fault in
        if fault.line ?? 0 > headerLine { try bad(fault) }
      }
    }
  }

  private func head(_ row: borrowing CSVRow, _ name: String) throws -> (
    positions: [(place: Int, column: Int)], count: Int, titles: [String]
  ) {
    var faults: [Diagnostic] = []
    let header = CSVHeader(columns, in: row, file: name, diagnostics: &faults)
    if let first = faults.first(where: { $0.severity == .error }) { throw first }
    let found = header.positions.enumerated().compactMap { column, place in place.map { (place: $0, column: column) } }
    return (found, row.count, row.strings)
  }

  private func count(_ row: borrowing CSVRow, _ expected: Int, _ name: String) -> Diagnostic {
    Diagnostic(
      .error,
      LocalizedText(
        "列数应为 \(expected)，本行为 \(row.count)；含逗号或换行的字段要用引号括起",
        "expected \(expected) columns, found \(row.count); quote fields that hold commas or line breaks"),
      file: name, line: row.line, excerpt: String(row.strings.joined(separator: ",").prefix(60)))
  }

  private static func trimmed(_ text: String) -> String {
    guard let first = text.first, let last = text.last, first.isWhitespace || last.isWhitespace else { return text }
    guard let start = text.firstIndex(where: { !$0.isWhitespace }),
      let end = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[start...end])
  }
}
