public import Kernel

/// A table in a file, row by row: CSV or a sheet of a workbook.
public protocol TableSource {
  /// What diagnostics call the table.
  var name: String { get }
  /// Whether rows may have fewer or more cells than the header, as rows of sheets do.
  var hasLooseRows: Bool { get }

  /// Calls the body with each row in order.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the table cannot be read, and what the body throws.
  func forEachRow(_ body: (borrowing CSVRow) throws -> Void) throws
}

extension CSVReader: TableSource {
  /// Every row has as many fields as the header.
  public var hasLooseRows: Bool { false }
}

extension TableSource {
  /// Calls the body with each record after the header; what is wrong is collected and reading goes on where it can.
  ///
  /// Empty lines are left out. Rows with another number of fields than the header are reported and left out, except in
  /// sheets, where missing cells are empty and cells beyond the header are not read.
  ///
  /// - Parameters:
  ///   - columns: the wanted columns, in the order in which records give them.
  ///   - titleRows: how many rows may stand before the header; the first row with every required column is the header.
  ///   - diagnostics: receives everything that is wrong, in order of lines.
  ///   - body: may add diagnostics of its own.
  public func forEachRecord(
    _ columns: [CSVColumn], titleRows: Int = 0, diagnostics: inout [Diagnostic],
    _ body: (borrowing CSVRecord, inout [Diagnostic]) -> Void
  ) {
    var scan = RecordScan(columns, titleRows: titleRows, file: name, isLoose: hasLooseRows, diagnostics)
    do {
      try forEachRow { row in
        if row.isBlank { return }
        guard let header = scan.header else { return try scan.findHeader(in: row) }
        if hasLooseRows || row.count == header.count {
          let record = CSVRecord(header: header, row: row)
          // Forms of several pages repeat the header.
          if titleRows == 0 || !scan.isHeader(record) { body(record, &scan.diagnostics) }
        } else {
          scan.reportCount(of: row, expected: header.count)
        }
        if scan.diagnostics.count >= CSVReader.diagnosticLimit { throw RecordScan.Stop.limit(line: row.line) }
      }
      scan.finish()
    } catch let diagnostic as Diagnostic {
      scan.diagnostics.append(diagnostic)
    } catch RecordScan.Stop.limit(let line) {
      scan.reportLimit(line: line)
    } catch {
      // `Stop.header`: already reported.
    }
    diagnostics = scan.diagnostics
  }
}

/// A table in a file, whatever its form: CSV, or one sheet of an `.xlsx` workbook.
///
/// The form is told by the first bytes of the file, not by its name.
///
/// ```swift
/// let rows = MappingFile.read(TableReader(path: "mapping.xlsx"))
/// ```
public struct TableReader: TableSource {
  /// The file's name in diagnostics, with the sheet's if one was named.
  public let name: String
  /// Rows of sheets may be shorter or longer than the header.
  public var hasLooseRows: Bool { form == .workbook }

  private let path: String
  private let sheet: String?
  private let form: FileForm

  /// Reads a file; one that cannot be opened is reported when the rows are asked for.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - sheet: the sheet of a workbook; the first visible one when not given.
  public init(path: String, sheet: String? = nil) {
    self.path = path
    self.sheet = sheet
    form = (try? FileForm.of(path)) ?? .text
    name = form == .workbook ? sheet.map { Workbook.place(path, $0) } ?? path : path
  }

  /// Calls the body with each row in order.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the table cannot be read, and what the body throws.
  public func forEachRow(_ body: (borrowing CSVRow) throws -> Void) throws {
    switch form {
    case .text: try CSVReader(path: path).forEachRow(body)
    case .compound: throw FileForm.compoundDiagnostic(path)
    case .workbook:
      let workbook = try Workbook(path: path)
      guard let sheet = sheet ?? workbook.firstSheet else {
        throw Diagnostic(.error, LocalizedText("工作簿没有工作表。", "the workbook has no sheet."), file: path)
      }
      try workbook.forEachRow(of: sheet, body)
    }
  }
}

/// Where the reading of records has got to.
struct RecordScan {
  enum Stop: Error {
    case header
    case limit(line: Int)
  }

  private(set) var header: CSVHeader?
  var diagnostics: [Diagnostic]
  private let columns: [CSVColumn]
  private let file: String
  private let isLoose: Bool
  private var rowsLeft: Int
  /// What the likeliest header lacks.
  private var refusal: (found: Int, diagnostics: [Diagnostic])?

  init(_ columns: [CSVColumn], titleRows: Int, file: String, isLoose: Bool, _ diagnostics: [Diagnostic]) {
    (self.columns, self.file, self.isLoose, self.diagnostics) = (columns, file, isLoose, diagnostics)
    rowsLeft = titleRows + 1
  }

  mutating func findHeader(in row: borrowing CSVRow) throws(Stop) {
    var found: [Diagnostic] = []
    let candidate = CSVHeader(columns, in: row, file: file, diagnostics: &found)
    if !found.contains(where: { $0.severity == .error }) {
      header = candidate
      diagnostics += found
      return
    }
    let count = candidate.positions.count { $0 != nil }
    if refusal.map({ $0.found < count }) ?? true { refusal = (count, found) }
    rowsLeft -= 1
    if rowsLeft == 0 {
      diagnostics += refusal?.diagnostics ?? []
      throw .header
    }
  }

  /// Whether a record says the names of its columns.
  func isHeader(_ record: borrowing CSVRecord) -> Bool {
    var count = 0
    for (position, column) in columns.enumerated() where record.header.positions[position] != nil {
      let text = CSVHeader.title(record[position])
      if text.isEmpty { continue }
      if !column.names.contains(text) { return false }
      count += 1
    }
    return count > 1
  }

  mutating func finish() {
    if header != nil { return }
    let empty = Diagnostic(
      .error, LocalizedText("文件是空的，首行应为列名。", "the file is empty; its first row must name the columns."),
      file: file)
    diagnostics += refusal?.diagnostics ?? [empty]
  }

  mutating func reportLimit(line: Int) {
    let limit = CSVReader.diagnosticLimit
    diagnostics.append(
      Diagnostic(
        .error, LocalizedText("问题超过 \(limit) 处，读到此行为止。", "more than \(limit) problems; reading stops here."),
        file: file, line: line))
  }

  mutating func reportCount(of row: borrowing CSVRow, expected: Int) {
    diagnostics.append(
      Diagnostic(
        .error,
        LocalizedText(
          "列数应为 \(expected)，本行为 \(row.count)；含逗号或换行的字段要用引号括起。",
          "expected \(expected) columns, found \(row.count); quote fields that hold commas or line breaks."),
        file: file, line: row.line, excerpt: String(row.strings.joined(separator: ",").prefix(60))))
  }
}
