import Grouping
import Kernel

/// The file of one layer of groups.
enum DIPGroupFile {
  static func read(_ reader: CSVReader, _ layer: DIPLayer, _ diagnostics: inout [Diagnostic]) -> [DIPCatalogue.GroupRow]
  {
    let cells = CellReader(file: reader.name)
    var rows: [DIPCatalogue.GroupRow] = []
    reader.forEachRecord(DIPGroupColumn.columns, diagnostics: &diagnostics) { record, diagnostics in
      // Closures must not hold the record, which is only lent.
      var texts: [String] = []
      for column in DIPGroupColumn.allCases { texts.append(cells.trimmed(record[column.rawValue])) }
      let text: (DIPGroupColumn) -> String = { [texts] column in texts[column.rawValue] }
      let numbered = text(.sequence).isEmpty ? "" : "\(text(.category))-\(text(.sequence))"
      let names = [text(.principalName), text(.mainProcedureName)].filter { !$0.isEmpty }.joined(separator: "：")
      var row = DIPCatalogue.GroupRow(
        layer: layer, code: text(.code).isEmpty ? numbered : text(.code),
        name: text(.name).isEmpty ? names : text(.name), row: record.line)
      row.principal = text(.principal)
      row.diagnoses = text(.diagnoses)
      row.otherDiagnoses = text(.otherDiagnoses)
      row.mainProcedure = text(.mainProcedure)
      row.relatedProcedures = text(.relatedProcedures)
      row.procedures = text(.procedures)
      row.ageDays = text(.ageDays)
      row.birthWeight = text(.birthWeight)
      row.resistant = text(.resistant)
      apply(text(.note), to: &row)
      row.treatment = treatment(text(.treatment), record, cells, &diagnostics)
      readFigures(record, cells, &diagnostics, into: &row)
      rows.append(row)
    }
    return rows
  }

  /// The remarks of the published sheets that change where a code is looked for.
  private static func apply(_ note: String, to row: inout DIPCatalogue.GroupRow) {
    if note.contains("不限定为主要手术操作"), row.procedures.isEmpty {
      (row.procedures, row.mainProcedure) = (row.mainProcedure, "")
    }
    if note.contains("不限定为主要诊断"), row.diagnoses.isEmpty {
      (row.diagnoses, row.principal) = (row.principal, "")
    }
  }

  private static func treatment(
    _ text: String, _ record: borrowing CSVRecord, _ cells: CellReader, _ diagnostics: inout [Diagnostic]
  ) -> DIPTreatment? {
    if text.isEmpty { return nil }
    let found = DIPTreatment.allCases.first {
      [$0.word, $0.title.chinese, "\($0.rawValue)"].contains(text)
    }
    if found == nil {
      let words = DIPTreatment.allCases.map(\.word).joined(separator: ", ")
      cells.report(
        "不认识治疗方式「\(text)」，可用：\(words)。", "unknown treatment \"\(text)\"; allowed: \(words).", record,
        DIPGroupColumn.treatment.rawValue, &diagnostics)
    }
    return found
  }

  private static func readFigures(
    _ record: borrowing CSVRecord, _ cells: CellReader, _ diagnostics: inout [Diagnostic],
    into row: inout DIPCatalogue.GroupRow
  ) {
    row.score = number(.score, 4, record, cells, &diagnostics).map { DIPScore(tenThousandths: $0) }
    guard let cases = number(.cases, 0, record, cells, &diagnostics) else { return }
    row.figures = DIPFigures(
      cases: Int(cases), kept: Int(number(.kept, 0, record, cells, &diagnostics) ?? cases),
      meanFen: number(.meanYuan, 2, record, cells, &diagnostics) ?? 0,
      variation: number(.variation, 4, record, cells, &diagnostics) ?? 0)
  }

  private static func number(
    _ column: DIPGroupColumn, _ decimals: Int, _ record: borrowing CSVRecord, _ cells: CellReader,
    _ diagnostics: inout [Diagnostic]
  ) -> Int64? {
    let text = cells.trimmed(record[column.rawValue])
    if text.isEmpty { return nil }
    if let number = FixedPoint.parse(text, decimals: decimals), number >= 0 { return number }
    cells.report(
      "「\(text)」不是数，或小数超过 \(decimals) 位。", "\"\(text)\" is not a number of at most \(decimals) decimals.", record,
      column.rawValue, &diagnostics)
    return nil
  }

  // MARK: Writing

  private static let always: [DIPGroupColumn] = [.code, .name]

  /// The header and the rows of a layer; columns that no row fills are left out.
  static func rows(_ catalogue: DIPCatalogue, _ layer: DIPLayer) -> [[String]] {
    let rows = catalogue.groups.filter { $0.layer == layer }
    let columns = DIPGroupColumn.allCases.filter { column in
      always.contains(column) || rows.contains { !text($0, column).isEmpty }
    }
    return [columns.map(\.word)] + rows.map { row in columns.map { text(row, $0) } }
  }

  private static func text(_ row: DIPCatalogue.GroupRow, _ column: DIPGroupColumn) -> String {
    switch column {
    case .code: row.code
    case .name: row.name
    case .principal: row.principal
    case .diagnoses: row.diagnoses
    case .otherDiagnoses: row.otherDiagnoses
    case .mainProcedure: row.mainProcedure
    case .relatedProcedures: row.relatedProcedures
    case .procedures: row.procedures
    case .treatment: row.treatment?.word ?? ""
    case .ageDays: row.ageDays
    case .birthWeight: row.birthWeight
    case .resistant: row.resistant
    case .score: row.score.map { FixedPoint.print($0.tenThousandths, decimals: 4, trimmed: true) } ?? ""
    case .cases: row.figures.map { "\($0.cases)" } ?? ""
    case .kept: row.figures.map { "\($0.kept)" } ?? ""
    case .meanYuan: row.figures.map { FixedPoint.print($0.meanFen, decimals: 2) } ?? ""
    case .variation: row.figures.map { FixedPoint.print($0.variation, decimals: 4) } ?? ""
    case .category, .sequence, .principalName, .mainProcedureName, .note: ""
    }
  }
}
