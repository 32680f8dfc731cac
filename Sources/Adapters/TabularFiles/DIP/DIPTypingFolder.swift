public import Grouping
import Kernel

/// The tables of auxiliary typing as a folder: `manifest.csv` (`identifier`, `name`, `source`, `valid_from`,
/// `valid_until`), `comorbidities.csv`, `types.csv` and `factors.csv`.
public enum DIPTypingFolder {
  private static let measures = DIPTypingTables.Measure.allCases
  private static let comorbidityColumns = [
    CSVColumn("condition", isRequired: true), CSVColumn("points", isRequired: true),
    CSVColumn("diagnoses", isRequired: true), CSVColumn("replaced_by"),
  ]
  private static let typeColumns =
    [
      CSVColumn("dimension", isRequired: true), CSVColumn("code", isRequired: true), CSVColumn("name"),
      CSVColumn("principal_diagnosis"), CSVColumn("other_diagnoses"), CSVColumn("other_category"),
    ] + measures.map { CSVColumn($0.rawValue) }
  private static let factorColumns = [
    CSVColumn("group", isRequired: true), CSVColumn("dimension", isRequired: true),
    CSVColumn("code", isRequired: true), CSVColumn("factor", isRequired: true),
  ]

  /// Reads a folder; it is refused with everything that is wrong.
  public static func read(_ path: String) -> FileReading<DIPTyping> {
    var diagnostics: [Diagnostic] = []
    guard var tables = manifest(CSVReader(path: "\(path)/manifest.csv"), &diagnostics) else {
      return .refused(diagnostics)
    }
    tables.comorbidities = comorbidities(CSVReader(path: "\(path)/comorbidities.csv"), &diagnostics)
    tables.types = types(CSVReader(path: "\(path)/types.csv"), &diagnostics)
    tables.factors = factors(CSVReader(path: "\(path)/factors.csv"), &diagnostics)
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return .refused(diagnostics) }
    do {
      return .accepted(try DIPTyping(tables), warnings: diagnostics)
    } catch {
      let file = "\(path)/\(error.table).csv"
      return .refused(diagnostics + [Diagnostic(.error, error.message, file: file, line: error.row)])
    }
  }

  private static func manifest(_ reader: CSVReader, _ diagnostics: inout [Diagnostic]) -> DIPTypingTables? {
    var values: [String: String] = [:]
    let columns = [CSVColumn("key", isRequired: true), CSVColumn("value", isRequired: true)]
    reader.forEachRecord(columns, diagnostics: &diagnostics) { record, _ in values[record[0]] = record[1] }
    if diagnostics.contains(where: { $0.severity == .error }) { return nil }
    let until = values["valid_until"] ?? ""
    guard let identifier = values["identifier"], let source = values["source"], !source.isEmpty,
      let from = values["valid_from"].flatMap({ CellReader.date($0) }),
      let last = until.isEmpty ? .some(nil) : CellReader.date(until).map(Optional.some),
      let period = DateRange(from, last)
    else {
      diagnostics.append(
        Diagnostic(
          .error,
          LocalizedText(
            "须写明 identifier、source、valid_from（日期），可写 valid_until。",
            "identifier, source and valid_from (a day) must be stated; valid_until may be."), file: reader.name))
      return nil
    }
    return DIPTypingTables(identifier: identifier, name: values["name"] ?? "", source: source, period: period)
  }

  private static func comorbidities(
    _ reader: CSVReader, _ diagnostics: inout [Diagnostic]
  ) -> [DIPTypingTables.ComorbidityRow] {
    let cells = CellReader(file: reader.name)
    var rows: [DIPTypingTables.ComorbidityRow] = []
    reader.forEachRecord(comorbidityColumns, diagnostics: &diagnostics) { record, diagnostics in
      guard let points = Int(cells.trimmed(record[1])), (0...100).contains(points) else {
        return cells.report("分数应为 0 至 100 的整数。", "points are a whole number, 0 to 100.", record, 1, &diagnostics)
      }
      rows.append(
        DIPTypingTables.ComorbidityRow(
          condition: cells.trimmed(record[0]), points: points, diagnoses: cells.trimmed(record[2]),
          replacedBy: cells.trimmed(record[3]), row: record.line))
    }
    return rows
  }

  private static func types(_ reader: CSVReader, _ diagnostics: inout [Diagnostic]) -> [DIPTypingTables.TypeRow] {
    let cells = CellReader(file: reader.name)
    var rows: [DIPTypingTables.TypeRow] = []
    reader.forEachRecord(typeColumns, diagnostics: &diagnostics) { record, _ in
      var row = DIPTypingTables.TypeRow(
        dimension: cells.trimmed(record[0]), code: cells.trimmed(record[1]), name: cells.trimmed(record[2]),
        row: record.line)
      row.principal = cells.trimmed(record[3])
      row.otherDiagnoses = cells.trimmed(record[4])
      row.isOtherCategory = cells.trimmed(record[5]) == "yes"
      for (position, measure) in measures.enumerated() {
        let text = cells.trimmed(record[6 + position])
        if !text.isEmpty { row.ranges[measure] = text }
      }
      rows.append(row)
    }
    return rows
  }

  private static func factors(_ reader: CSVReader, _ diagnostics: inout [Diagnostic]) -> [DIPTypingTables.FactorRow] {
    let cells = CellReader(file: reader.name)
    var rows: [DIPTypingTables.FactorRow] = []
    reader.forEachRecord(factorColumns, diagnostics: &diagnostics) { record, diagnostics in
      guard let millionths = FixedPoint.parse(cells.trimmed(record[3]), decimals: 6), millionths > 0 else {
        return cells.report(
          "系数应为正数，最多六位小数。", "a factor is a positive number of at most six decimals.", record, 3, &diagnostics)
      }
      rows.append(
        DIPTypingTables.FactorRow(
          group: cells.trimmed(record[0]), dimension: cells.trimmed(record[1]), code: cells.trimmed(record[2]),
          factor: Rate(millionths: millionths), row: record.line))
    }
    return rows
  }
}
