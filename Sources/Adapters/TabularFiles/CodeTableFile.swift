public import Catalog
import Kernel

/// Reads one edition of national codes from CSV.
///
/// Columns: 编码 / 国家编码 / code / national_code and 名称 / 国家名称 / name / national_name; where known 类别 / kind,
/// 生效日期 / valid_from, 失效日期 / valid_until, 计价单位 / price_unit. Other columns are not read.
public enum CodeTableFile {
  private static let columns = [
    CSVColumn("编码", "code", "国家编码", "national_code", isRequired: true),
    CSVColumn("名称", "name", "国家名称", "national_name", isRequired: true),
    CSVColumn("类别", "kind"), CSVColumn("生效日期", "valid_from"), CSVColumn("失效日期", "valid_until"),
    CSVColumn("计价单位", "price_unit"),
  ]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - reader: the file.
  ///   - edition: what the publisher calls the edition; the file's name when not given.
  ///   - kind: the standard of rows that name none.
  public static func read(_ reader: some TableSource, edition: String? = nil, kind: CodeStandard? = nil)
    -> FileReading<CodeTable>
  {
    let cells = CellReader(file: reader.name)
    var diagnostics: [Diagnostic] = []
    var entries: [CodeEntry] = []
    var lines: [Int] = []
    reader.forEachRecord(columns, diagnostics: &diagnostics) { record, diagnostics in
      let (code, name, unit) = (cells.trimmed(record[0]), cells.trimmed(record[1]), cells.trimmed(record[5]))
      if code.isEmpty { cells.report("编码为空。", "the code is empty.", record, 0, &diagnostics) }
      if name.isEmpty { cells.report("名称为空。", "the name is empty.", record, 1, &diagnostics) }
      let period = cells.period(record, from: 3, until: 4, &diagnostics)
      let own = cells.kind(record, 2, &diagnostics)
      entries.append(
        CodeEntry(code: code, name: name, kind: own ?? kind, period: period, priceUnit: unit.isEmpty ? nil : unit))
      lines.append(record.line)
    }
    if diagnostics.contains(where: { $0.severity == .error }) { return .refused(diagnostics) }
    do {
      return .accepted(try CodeTable(edition: edition ?? reader.name, entries: entries), warnings: diagnostics)
    } catch {
      let (first, code) = (lines[error.first], entries[error.second].code)
      let message = LocalizedText(
        "编码「\(code)」与第 \(first) 行重复，且有效期重叠。", "code \"\(code)\" repeats line \(first) for the same days.")
      return .refused([Diagnostic(.error, message, file: reader.name, line: lines[error.second])])
    }
  }
}
