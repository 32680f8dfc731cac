public import Kernel
public import Workflows

/// Writes what could not be used of an import, as CSV and as a workbook of the same rows; memory holds one row.
public final class UnusableSheets {
  private let language: Language
  private let text: ReplacedFile
  private let workbook: WorkbookWriter
  private var bytes: [UInt8]
  private var rowsOfSheet = 0
  private var sheets = 0
  /// Rows written.
  public private(set) var count = 0

  private static let titles = [
    LocalizedText("文件", "file"), LocalizedText("工作表", "sheet"), LocalizedText("行", "row"), LocalizedText("字段", "field"),
    LocalizedText("原值", "value"), LocalizedText("规则编号", "rule"), LocalizedText("原因", "reason (zh)"),
    LocalizedText("原因（英文）", "reason (en)"), LocalizedText("处理办法", "what to do (zh)"),
    LocalizedText("处理办法（英文）", "what to do (en)"),
  ]
  private static let widths = [28, 14, 8, 22, 24, 10, 48, 48, 40, 40]

  /// Starts `unusable.csv` and `unusable.xlsx` in a folder.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when one cannot be written.
  public init(folder: String, language: Language) throws {
    self.language = language
    text = try ReplacedFile(path: folder + "/unusable.csv")
    do { workbook = try WorkbookWriter.start(folder + "/unusable.xlsx") } catch {
      text.abandon()
      throw error
    }
    bytes = CSVWriter.bytes(
      of: [Self.titles.map { $0[language] }], lineEnding: .carriageReturnLineFeed, byteOrderMark: true)
    try startSheet()
  }

  private func startSheet() throws(Diagnostic) {
    sheets += 1
    rowsOfSheet = 1
    let columns = zip(Self.titles, Self.widths).map { SheetColumn($0[language], width: $1) }
    let name = LocalizedText("不能使用", "unusable")[language]
    try workbook.startSheet(sheets == 1 ? name : "\(name) \(sheets)", columns: columns)
  }

  /// Adds a finding at its place.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when it cannot be written.
  public func append(_ finding: ImportFinding, at place: ImportPlace) throws(Diagnostic) {
    let words = [
      finding.reason.chinese, finding.reason.english, finding.advice.chinese, finding.advice.english,
    ]
    let (row, number) = (place.row.map { "\($0)" } ?? "", "\(finding.number)")
    let plain = [place.file, place.sheet, row, finding.field, finding.value, number] + words
    bytes += CSVWriter.bytes(of: [plain], lineEnding: .carriageReturnLineFeed)
    if bytes.count >= 64 << 10 {
      try text.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    if rowsOfSheet == WorkbookWriter.rowLimit { try startSheet() }
    rowsOfSheet += 1
    count += 1
    let cells: [SheetCell] = [
      .text(place.file), .text(place.sheet), place.row.map { .integer($0) } ?? .empty, .text(finding.field),
      .text(finding.value), .integer(Int(finding.number)),
    ]
    try workbook.append(cells + words.map { .text(String($0.prefix(2_000))) })
  }

  /// Puts both files in their places.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when one cannot be written.
  public func finish() throws(Diagnostic) {
    try text.write(bytes)
    try text.commit()
    try workbook.finish()
  }

  /// Forgets what was written.
  public func abandon() { text.abandon() }
}
