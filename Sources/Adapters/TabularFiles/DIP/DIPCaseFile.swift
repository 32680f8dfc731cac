public import Grouping
public import Kernel

/// Cases as CSV, read one by one: `id`, `sex`, `age_years`, `age_days`, `birth_weight_g`, `stay_days`,
/// `discharge_kind`, `department`, `diagnoses`, `procedures`, and for a history `year` and `total_cost`.
///
/// Codes of a cell are joined by `|`, the principal one first; numbers that nobody stated stay empty; costs are in yuan
/// with at most two decimals. A row that does not read is reported with its line, and reading goes on.
public struct DIPCaseFile {
  private let reader: CSVReader
  private let isHistory: Bool

  private static let columns = [
    CSVColumn("id"), CSVColumn("sex", "性别"), CSVColumn("age_years", "年龄"), CSVColumn("age_days", "天龄"),
    CSVColumn("birth_weight_g", "出生体重"), CSVColumn("stay_days", "住院天数"), CSVColumn("discharge_kind", "离院方式"),
    CSVColumn("department", "科室"), CSVColumn("diagnoses", "诊断", isRequired: true), CSVColumn("procedures", "手术操作"),
  ]
  private static let historyColumns = [
    CSVColumn("year", "年度", isRequired: true), CSVColumn("total_cost", "医疗总费用", isRequired: true),
  ]

  /// The columns of a history, as ``row(_:)`` writes them.
  public static let historyHeader = (columns + historyColumns).map { $0.names[0] }

  /// Makes a file; it is opened when cases are asked for.
  public init(_ reader: CSVReader, isHistory: Bool) {
    self.reader = reader
    self.isHistory = isHistory
  }

  /// Calls `body` with each case in order and its line, and `bad` with each row that does not read.
  ///
  /// Year and cost are 0 when the file is no history.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file as a whole cannot be read, and what the closures throw.
  public func forEach(
    _ body: (DIPHistoryCase, _ line: Int) throws -> Void, bad: (Diagnostic) throws -> Void
  ) throws {
    var header: CSVHeader?
    let wanted = Self.columns + (isHistory ? Self.historyColumns : [])
    try reader.forEachRow { row in
      if row.isBlank { return }
      guard let known = header else {
        var diagnostics: [Diagnostic] = []
        header = CSVHeader(wanted, in: row, file: reader.name, diagnostics: &diagnostics)
        if let first = diagnostics.first(where: { $0.severity == .error }) { throw first }
        return
      }
      guard row.count == known.count else {
        let message = LocalizedText(
          "列数应为 \(known.count)，本行为 \(row.count)。", "expected \(known.count) columns, found \(row.count).")
        return try bad(Diagnostic(.error, message, file: reader.name, line: row.line))
      }
      switch parse(CSVRecord(header: known, row: row)) {
      case .success(let past): try body(past, row.line)
      case .failure(let diagnostic): try bad(diagnostic)
      }
    }
    if header == nil {
      throw Diagnostic(
        .error, LocalizedText("文件是空的，首行应为列名。", "the file is empty; its first row must name the columns."),
        file: reader.name)
    }
  }

  private func parse(_ record: borrowing CSVRecord) -> Result<DIPHistoryCase, Diagnostic> {
    var fault: Diagnostic?
    var unit = GroupingCase(
      id: record[0].isEmpty ? "\(record.line)" : record[0], sex: Self.sex(record[1]),
      ageYears: number(2, "age_years", record, &fault), ageDays: number(3, "age_days", record, &fault),
      birthWeightGrams: number(4, "birth_weight_g", record, &fault),
      stayDays: number(5, "stay_days", record, &fault), dischargeKind: number(6, "discharge_kind", record, &fault),
      department: record[7])
    unit.diagnoses = Self.codes(record[8], keepsFirst: true)
    unit.procedures = Self.codes(record[9], keepsFirst: false)
    var past = DIPHistoryCase(unit: unit, year: 0, costFen: 0)
    if isHistory {
      past.year = number(10, "year", record, &fault) ?? 0
      if past.year == 0, fault == nil { fault = complaint(record, 10, "没有年度。", "there is no year.") }
      if let cost = Money(yuan: record[11]), !cost.isNegative {
        past.costFen = cost.fen
      } else if fault == nil {
        fault = complaint(
          record, 11, "费用「\(record[11])」应为元，最多两位小数。",
          "the cost \"\(record[11])\" is not yuan with at most two decimals.")
      }
    }
    return fault.map { .failure($0) } ?? .success(past)
  }

  private func number(
    _ column: Int, _ name: String, _ record: borrowing CSVRecord, _ fault: inout Diagnostic?
  ) -> Int? {
    let text = record[column]
    if text.isEmpty { return nil }
    if text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) {
      return number
    }
    if fault == nil {
      fault = complaint(record, column, "\(name)「\(text)」不是整数。", "\(name) \"\(text)\" is not a whole number.")
    }
    return nil
  }

  private func complaint(
    _ record: borrowing CSVRecord, _ column: Int, _ chinese: String, _ english: String
  ) -> Diagnostic {
    Diagnostic(
      .error, LocalizedText(chinese, english), file: reader.name, line: record.line,
      column: record.fileColumn(column))
  }

  private static func sex(_ text: String) -> PatientSex? {
    switch text {
    case "1", "男", "M", "male": .male
    case "2", "女", "F", "female": .female
    default: nil
    }
  }

  /// An empty first code is kept, because it means that the principal diagnosis is missing.
  private static func codes(_ text: String, keepsFirst: Bool) -> [String] {
    if text.isEmpty { return [] }
    var codes: [String] = []
    for (position, part) in text.split(separator: "|", omittingEmptySubsequences: false).enumerated()
    where !part.isEmpty || keepsFirst && position == 0 {
      codes.append(String(part))
    }
    return codes
  }

  /// A case of a history as a row under ``historyHeader``.
  public static func row(_ past: DIPHistoryCase) -> [String] {
    let unit = past.unit
    func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    return [
      unit.id, unit.sex.map { "\($0.rawValue)" } ?? "", text(unit.ageYears), text(unit.ageDays),
      text(unit.birthWeightGrams), text(unit.stayDays), text(unit.dischargeKind), unit.department,
      unit.diagnoses.joined(separator: "|"), unit.procedures.joined(separator: "|"), "\(past.year)",
      Money(fen: past.costFen).yuan,
    ]
  }
}
