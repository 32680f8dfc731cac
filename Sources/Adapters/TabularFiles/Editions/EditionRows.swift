import Grouping
import Kernel

/// Fills the tables of an edition from their files, and collects what is wrong.
struct EditionRows {
  private(set) var tables: EditionTables
  var diagnostics: [Diagnostic] = []

  init(_ manifest: EditionManifest) { tables = EditionTables(manifest: manifest) }

  /// Reads one table; the rows keep their order and their places in the file.
  mutating func read(_ sheet: EditionSheet, from source: some TableSource) {
    var tables = tables
    var found: [Diagnostic] = []
    var count = 0
    let columns = EditionForm.columns(sheet)
    source.forEachRecord(columns, titleRows: EditionForm.titleRows, diagnostics: &found) { record, found in
      let cells = Cells(record, columns, file: source.name)
      if cells.texts.allSatisfy(\.isEmpty) { return }
      count += 1
      Self.add(cells, of: sheet, number: count, to: &tables, &found)
    }
    // An edition may do without complications, not without groups.
    if count == 0, found.isEmpty, sheet != .complications, sheet != .exclusions {
      found.append(Diagnostic(.error, LocalizedText("表中没有数据行。", "the table has no rows."), file: source.name))
    }
    self.tables = tables
    diagnostics += found
  }

  private static func add(
    _ cells: Cells, of sheet: EditionSheet, number: Int, to tables: inout EditionTables, _ found: inout [Diagnostic]
  ) {
    let (texts, row) = (cells.texts, cells.line)
    switch sheet {
    case .categories:
      cells.require([0], &found)
      let order = cells.order(3, number, &found)
      tables.categories.append(.init(code: texts[0], name: texts[1], rule: texts[2], order: order, row: row))
    case .adjacentGroups:
      cells.require([0, 3], &found)
      let order = cells.order(4, number, &found)
      tables.adjacentGroups.append(
        .init(code: texts[0], name: texts[1], rule: texts[2], category: texts[3], order: order, row: row))
    case .groups:
      cells.require([0, 2], &found)
      let order = cells.order(4, number, &found)
      tables.groups.append(
        .init(code: texts[0], name: texts[1], rule: texts[3], adjacentGroup: texts[2], order: order, row: row))
    case .members:
      cells.require([0, 1], &found)
      tables.members.append(.init(set: texts[0], code: texts[1], row: row))
    case .complications:
      cells.require([0, 1], &found)
      tables.complications.append(.init(code: texts[0], level: texts[1], exclusionTable: texts[2], row: row))
    case .exclusions:
      cells.require([0, 1], &found)
      tables.exclusions.append(.init(table: texts[1], principalDiagnosis: texts[0], row: row))
    }
  }

  /// The cells of one row, on one line each.
  private struct Cells {
    let texts: [String]
    let line: Int
    let positions: [Int?]
    let columns: [CSVColumn]
    let file: String

    init(_ record: borrowing CSVRecord, _ columns: [CSVColumn], file: String) {
      line = record.line
      positions = record.header.positions
      self.columns = columns
      self.file = file
      var texts: [String] = []
      for position in positions.indices { texts.append(EditionForm.oneLine(record[position])) }
      self.texts = texts
    }

    func require(_ positions: [Int], _ found: inout [Diagnostic]) {
      for position in positions where texts[position].isEmpty {
        let name = columns[position].names.joined(separator: " / ")
        report("列「\(name)」为空。", "the column \(name) is empty.", position, &found)
      }
    }

    /// The place in the order; the row's number when the table has no such column.
    func order(_ position: Int, _ number: Int, _ found: inout [Diagnostic]) -> Int {
      guard positions[position] != nil else { return number }
      let text = texts[position]
      if let order = Int(text), (0...999_999).contains(order) { return order }
      report("排序「\(text)」不是整数。", "\"\(text)\" is no place in an order; write a whole number.", position, &found)
      return number
    }

    private func report(_ chinese: String, _ english: String, _ position: Int, _ found: inout [Diagnostic]) {
      found.append(
        Diagnostic(
          .error, LocalizedText(chinese, english), file: file, line: line,
          column: positions[position].map { $0 + 1 }, excerpt: String(texts.joined(separator: " | ").prefix(60))))
    }
  }
}
