public import Catalog
public import Kernel

/// Reads an institution's mapping from CSV and writes what the checker found.
///
/// Columns: 院内编码 / local_code and 国家编码 / national_code; where known 院内名称 / local_name, 国家名称 /
/// national_name, 类别 / kind, 生效日期 / valid_from, 失效日期 / valid_until. Other columns are not read.
public enum MappingFile {
  private static let columns = [
    column(.localCode, isRequired: true), column(.localName), column(.nationalCode, isRequired: true),
    column(.nationalName), column(.kind), column(.validFrom), column(.validUntil),
  ]

  private static func column(_ column: MappingColumn, isRequired: Bool = false) -> CSVColumn {
    CSVColumn(column.name.chinese, column.name.english, isRequired: isRequired)
  }

  /// Reads a mapping; codes and names are kept exactly as written.
  public static func read(_ reader: some TableSource) -> FileReading<[MappingRow]> {
    let (rows, diagnostics) = readRows(reader)
    return FileReading(rows, diagnostics)
  }

  /// Reads what can be read of a mapping: the rows without errors, and everything that is wrong.
  public static func readRows(_ reader: some TableSource) -> (rows: [MappingRow], diagnostics: [Diagnostic]) {
    let cells = CellReader(file: reader.name)
    var diagnostics: [Diagnostic] = []
    var rows: [MappingRow] = []
    reader.forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
      let count = diagnostics.count
      let kind = cells.kind(record, 4, &diagnostics)
      let period = cells.period(record, from: 5, until: 6, &diagnostics)
      if diagnostics.count > count { return }
      rows.append(
        MappingRow(
          line: record.line, localCode: record[0], localName: record[1], nationalCode: record[2],
          nationalName: record[3], kind: kind, period: period))
    }
    return (rows, diagnostics)
  }

  /// Writes findings as CSV that spreadsheets open: a byte order mark, CR LF, one finding a row.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public static func write(_ findings: [MappingFinding], to path: String, _ language: Language) throws {
    let titles = [
      LocalizedText("行", "line"), LocalizedText("列", "column"), LocalizedText("程度", "severity"),
      LocalizedText("编号", "number"), LocalizedText("问题", "problem"), LocalizedText("原值", "value"),
      LocalizedText("应为", "expected"), LocalizedText("可能的编码", "suggestions"), LocalizedText("说明", "message"),
    ]
    try CSVWriter.write(to: path, lineEnding: .carriageReturnLineFeed, byteOrderMark: true) { writer in
      try writer.append(titles.map { $0[language] })
      for finding in findings {
        try writer.append([
          "\(finding.line)", finding.column.name[language], finding.severity.rawValue, "\(finding.fault.rawValue)",
          finding.fault.title[language], finding.value, finding.expected ?? "",
          finding.suggestions.map(\.code).joined(separator: " "), finding.message[language],
        ])
      }
    }
  }
}
