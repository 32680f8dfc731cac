import Kernel
public import Payment
import People

/// Reads a table of groups with weights, scores, coefficients and standards from CSV.
///
/// Columns are found by their names: DRG编码 / 分组编码 / 病种编码 / DRG / code; names; RW / 权重 / weight; 分值 / score;
/// 基础病组 / 基层病种; 中医优势病组; 稳定组; 一级医院系数 … 三级医院系数; 支付标准 and 例均费用, for a level in front
/// (二级医院支付标准) and a scheme behind (（职工）, （居民）). Other columns are not read.
public enum GroupTableFile {
  /// Reads a table.
  ///
  /// - Parameters:
  ///   - reader: the file.
  ///   - edition: what the publisher calls the edition.
  ///   - place: the place whose columns are meant where a file has several, as 玉林 of 例均费用（玉林）.
  public static func read(_ reader: CSVReader, edition: String, place: String? = nil) -> FileReading<GroupTable> {
    let layout = GroupTableLayout(place: place)
    let cells = GroupTableCells(file: reader.name, layout: layout)
    var diagnostics: [Diagnostic] = []
    var rows: [GroupRow] = []
    var lines: [String: Int] = [:]
    reader.forEachRecord(layout.columns, diagnostics: &diagnostics) { record, diagnostics in
      if lines.isEmpty { cells.checkSizes(record, &diagnostics) }
      let row = cells.row(record, &diagnostics)
      if row.code.isEmpty {
        cells.reader.report("编码为空。", "the code is empty.", record, 0, &diagnostics)
      } else if let earlier = lines.updateValue(record.line, forKey: row.code) {
        cells.reader.report(
          "编码「\(row.code)」与第 \(earlier) 行重复。", "code \"\(row.code)\" repeats line \(earlier).", record, 0,
          &diagnostics)
      }
      rows.append(row)
    }
    if rows.isEmpty && diagnostics.isEmpty {
      diagnostics.append(
        Diagnostic(.error, LocalizedText("文件里没有病组。", "the file holds no group."), file: reader.name))
    }
    return FileReading(GroupTable(edition: edition, rows: rows), diagnostics)
  }
}

/// The columns that a table of groups may have.
struct GroupTableLayout {
  /// What a column says for whom.
  struct Cell {
    let column: Int
    let key: Graded<Factor>.Key
  }

  static let levels: [(word: String, level: InstitutionLevel)] = [
    ("一级", .primary), ("二级", .secondary), ("三级", .tertiary),
  ]
  private static let schemes: [(word: String, scheme: InsuranceScheme?)] = [
    ("", nil), ("职工", .employee), ("居民", .resident),
  ]

  let columns: [CSVColumn]
  let coefficients: [Cell]
  let standards: [Cell]
  let means: [Cell]

  init(place: String?) {
    var columns = [
      CSVColumn("DRG编码", "分组编码", "病组编码", "病种编码", "DIP编码", "DRG", "code", isRequired: true),
      CSVColumn("DRG名称", "分组名称", "病组名称", "病种名称", "DIP名称", "名称", "name"),
      CSVColumn("RW", "权重", "weight"), CSVColumn("分值", "score"), CSVColumn("基础病组", "基层病种", "base"),
      CSVColumn("中医优势病组", "中医优势病种", "chinese_medicine"),
      place.map { CSVColumn("稳定（\($0)）", "稳定(\($0))") } ?? CSVColumn("稳定组", "stable"),
    ]
    var (coefficients, standards, means) = ([Cell](), [Cell](), [Cell]())
    for (word, level) in Self.levels {
      coefficients.append(Cell(column: columns.count, key: .init(level: level)))
      columns.append(CSVColumn("\(word)医院系数"))
    }
    let everyLevel: [(word: String, level: InstitutionLevel?)] =
      [("", nil)] + Self.levels.map { ("\($0.word)医院", $0.level) }
    for (word, level) in everyLevel {
      for (suffix, scheme) in Self.schemes {
        let key = Graded<Factor>.Key(level: level, scheme: scheme)
        standards.append(Cell(column: columns.count, key: key))
        columns.append(Self.column("\(word)支付标准", suffix))
        means.append(Cell(column: columns.count, key: key))
        columns.append(Self.column("\(word)例均费用", suffix.isEmpty ? place ?? "" : suffix))
      }
    }
    self.columns = columns
    (self.coefficients, self.standards, self.means) = (coefficients, standards, means)
  }

  private static func column(_ name: String, _ suffix: String) -> CSVColumn {
    suffix.isEmpty ? CSVColumn(name) : CSVColumn("\(name)（\(suffix)）", "\(name)(\(suffix))")
  }
}

/// Reads the cells of a table of groups.
struct GroupTableCells {
  let reader: CellReader
  let layout: GroupTableLayout

  init(file: String, layout: GroupTableLayout) {
    reader = CellReader(file: file)
    self.layout = layout
  }

  /// Reports a file in which no column says what a group is worth.
  func checkSizes(_ record: borrowing CSVRecord, _ diagnostics: inout [Diagnostic]) {
    let columns = [2, 3] + layout.standards.map(\.column)
    for column in columns where record.fileColumn(column) != nil { return }
    diagnostics.append(
      Diagnostic(
        .error,
        LocalizedText(
          "没有说明病组价值的列；应有 RW、分值或支付标准之一。",
          "no column says what a group is worth; there must be RW, 分值 or 支付标准."), file: reader.file, line: 1))
  }

  func row(_ record: borrowing CSVRecord, _ diagnostics: inout [Diagnostic]) -> GroupRow {
    let weight = reader.trimmed(record[2])
    let isByItem = weight.hasPrefix("按项目")
    return GroupRow(
      code: reader.trimmed(record[0]), name: reader.trimmed(record[1]),
      weight: isByItem ? nil : number(record, 2, &diagnostics) { Factor($0) },
      score: number(record, 3, &diagnostics) { Points($0) }, isBase: flag(record, 4, &diagnostics) ?? false,
      isChineseMedicine: flag(record, 5, &diagnostics) ?? false, isStable: flag(record, 6, &diagnostics) ?? true,
      isPaidByItem: isByItem,
      coefficients: graded(record, layout.coefficients, &diagnostics) { Factor($0) },
      standards: graded(record, layout.standards, &diagnostics) { UnitPrice(yuan: $0) },
      means: graded(record, layout.means, &diagnostics) { UnitPrice(yuan: $0) })
  }

  /// A number; nothing where the cell is empty, a diagnostic where it is none, below nothing or has over six decimals.
  private func number<Value>(
    _ record: borrowing CSVRecord, _ column: Int, _ diagnostics: inout [Diagnostic], _ read: (String) -> Value?
  ) -> Value? {
    let text = reader.trimmed(record[column])
    if text.isEmpty { return nil }
    if !text.hasPrefix("-"), let value = read(text) { return value }
    reader.report(
      "「\(text)」不是不小于 0、至多六位小数的数。", "\"\(text)\" is not a number of 0 or more with at most six decimals.",
      record, column, &diagnostics)
    return nil
  }

  private func graded<Value: Hashable & Sendable>(
    _ record: borrowing CSVRecord, _ cells: [GroupTableLayout.Cell], _ diagnostics: inout [Diagnostic],
    _ read: (String) -> Value?
  ) -> Graded<Value>? {
    var values: [Graded<Value>.Key: Value] = [:]
    for cell in cells {
      // Tables print 0 where nothing is set.
      let text = reader.trimmed(record[cell.column])
      guard text != "0", let value = number(record, cell.column, &diagnostics, read) else { continue }
      values[.init(level: cell.key.level, scheme: cell.key.scheme)] = value
    }
    return values.isEmpty ? nil : Graded(values)
  }

  private func flag(_ record: borrowing CSVRecord, _ column: Int, _ diagnostics: inout [Diagnostic]) -> Bool? {
    switch reader.trimmed(record[column]) {
    case "": return nil
    case "是", "yes": return true
    case "否", "no": return false
    case let text:
      reader.report("「\(text)」应为 是 或 否。", "\"\(text)\" must be 是 or 否.", record, column, &diagnostics)
      return nil
    }
  }
}
