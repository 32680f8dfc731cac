import CLibXlsxWriter
public import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A cell to be written; its type is what spreadsheets take it for.
public enum SheetCell: Hashable, Sendable {
  /// Nothing.
  case empty
  /// Text, never a formula or a link, whatever it begins with.
  case text(String)
  /// A whole number; as text when a spreadsheet could not hold every digit.
  case integer(Int)
  /// A number with decimal places: `decimal(1250, places: 2)` is 12.50, and shown so; as text when it has more than
  /// fifteen digits.
  case decimal(Int, places: Int)
}

/// A column to be written.
public struct SheetColumn: Hashable, Sendable {
  /// The title in the header row.
  public let title: String
  /// The width in characters of the usual font; by the title when not given.
  public let width: Int

  /// Makes a column.
  public init(_ title: String, width: Int? = nil) {
    self.title = title
    let wide = title.unicodeScalars.count { $0.value > 0x2E80 }
    self.width = width ?? max(8, title.unicodeScalars.count + wide + 2)
  }
}

/// Writes an Excel workbook (`.xlsx`) row by row in constant memory; the same rows give the same bytes.
///
/// ```swift
/// try WorkbookWriter.write(to: "result.xlsx") { workbook in
///   try workbook.startSheet("分组结果", columns: [SheetColumn("编号"), SheetColumn("费用", width: 14)])
///   try workbook.append([.text("1"), .decimal(1_250, places: 2)])
/// }
/// ```
public final class WorkbookWriter {
  /// Rows that a sheet can have, its header included.
  public static let rowLimit = WorkbookLimits.rows

  private let path: String
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  private let bold: UnsafeMutablePointer<lxw_format>
  private var formats: [Int: UnsafeMutablePointer<lxw_format>] = [:]
  private var sheet: UnsafeMutablePointer<lxw_worksheet>?
  private var row: UInt32 = 0
  private var isClosed = false

  private init(draft: String, path: String) throws(Diagnostic) {
    self.path = path
    // Without zip64, which few programs expect: a sheet's million rows stay below 4 GiB.
    var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 0)
    guard let workbook = workbook_new_opt(draft, &options), let bold = workbook_add_format(workbook) else {
      throw Self.diagnostic("内存不足", "no memory", path: path)
    }
    (self.workbook, self.bold) = (workbook, bold)
    format_set_bold(bold)
    var properties = lxw_doc_properties()
    // A fixed time, so that the bytes depend on the rows alone: 2000-01-01.
    properties.created = 946_684_800
    workbook_set_properties(workbook, &properties)
  }

  deinit {
    if !isClosed { lxw_workbook_free(workbook) }
  }

  /// Writes a file, which replaces a former one only when the body has returned.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written, and what the body throws.
  public static func write(to path: String, _ body: (WorkbookWriter) throws -> Void) throws {
    let writer = try start(path)
    try body(writer)
    try writer.finish()
  }

  /// Starts a workbook that is finished with ``finish()``; without that, nothing is written.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when it cannot be started.
  public static func start(_ path: String) throws(Diagnostic) -> WorkbookWriter {
    // Told now rather than after an hour of rows.
    let probe = try ReplacedFile(path: path)
    probe.abandon()
    return try WorkbookWriter(draft: draft(path), path: path)
  }

  private static func draft(_ path: String) -> String { "\(path).\(getpid()).part" }

  /// Begins a sheet with a bold header that stays in view.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the name is longer than 31 characters, taken, or holds one of `[]:*?/\`.
  public func startSheet(_ name: String, columns: [SheetColumn]) throws(Diagnostic) {
    try check(name.isEmpty ? LXW_ERROR_PARAMETER_VALIDATION : workbook_validate_sheet_name(workbook, name))
    guard let sheet = workbook_add_worksheet(workbook, name) else {
      throw Self.diagnostic("不能建立工作表「\(name)」", "cannot make the sheet \"\(name)\"", path: path)
    }
    self.sheet = sheet
    row = 0
    for (place, column) in columns.enumerated() {
      try check(worksheet_set_column(sheet, UInt16(place), UInt16(place), Double(column.width), nil))
    }
    worksheet_freeze_panes(sheet, 1, 0)
    for (place, column) in columns.enumerated() { try write(column.title, at: place, bold) }
    row = 1
  }

  /// Appends a row to the sheet begun last.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the sheet is full, a text is too long for a cell, or the disk is full.
  public func append(_ cells: [SheetCell]) throws(Diagnostic) {
    precondition(sheet != nil, "a row needs a sheet")
    if row >= UInt32(Self.rowLimit) {
      throw Self.diagnostic(
        "工作表最多 \(Self.rowLimit) 行，放不下；请输出为 CSV", "a sheet holds \(Self.rowLimit) rows; write CSV", path: path)
    }
    for (place, cell) in cells.enumerated() { try write(cell, at: place) }
    row += 1
  }

  private func write(_ cell: SheetCell, at place: Int) throws(Diagnostic) {
    switch cell {
    case .empty: return
    case .text(let text): try write(text, at: place, nil)
    case .integer(let value):
      if abs(value) >= 1_000_000_000_000_000 { return try write("\(value)", at: place, nil) }
      try check(worksheet_write_number(sheet, row, UInt16(place), Double(value), nil))
    case .decimal(let units, let places):
      precondition((0...15).contains(places), "a decimal has 0 to 15 places")
      var scale = 1
      for _ in 0..<places { scale *= 10 }
      if abs(units) >= 1_000_000_000_000_000 {
        let fraction = "\(units.magnitude % UInt(scale))"
        let zeros = String(repeating: "0", count: places - (places == 0 ? 0 : fraction.utf8.count))
        let whole = "\(units < 0 ? "-" : "")\(units.magnitude / UInt(scale))"
        return try write(places == 0 ? whole : "\(whole).\(zeros)\(fraction)", at: place, nil)
      }
      try check(worksheet_write_number(sheet, row, UInt16(place), Double(units) / Double(scale), format(places)))
    }
  }

  private func format(_ places: Int) -> UnsafeMutablePointer<lxw_format>? {
    if let known = formats[places] { return known }
    guard let format = workbook_add_format(workbook) else { return nil }
    format_set_num_format(format, places == 0 ? "0" : "0." + String(repeating: "0", count: places))
    formats[places] = format
    return format
  }

  private func write(_ text: String, at place: Int, _ format: UnsafeMutablePointer<lxw_format>?) throws(Diagnostic) {
    if text.isEmpty { return }
    let escaped = CellText.escaped(text)
    // The library counts bytes in some places and characters in others; programs count UTF-16 units.
    if escaped.utf8.count > 32_767, escaped.utf16.count > 32_767 {
      throw Self.diagnostic("单元格最多 32767 个字符", "a cell holds 32,767 characters", path: path)
    }
    try check(worksheet_write_string(sheet, row, UInt16(place), escaped, format))
  }

  /// Puts the file in its place.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when it cannot be written.
  public func finish() throws(Diagnostic) {
    isClosed = true
    let draft = Self.draft(path)
    let code = workbook_close(workbook)
    guard code == LXW_NO_ERROR else {
      unlink(draft)
      try check(code)
      return
    }
    let written = ByteSource.retrying { open(draft, O_RDONLY | O_CLOEXEC) }
    if written >= 0 {
      fsync(written)
      close(written)
    }
    guard rename(draft, path) == 0 else {
      unlink(draft)
      throw systemDiagnostic("不能写文件", "cannot write the file", path: path)
    }
  }

  private func check(_ code: lxw_error) throws(Diagnostic) {
    if code == LXW_NO_ERROR { return }
    let reason = lxw_strerror(code).map { String(cString: $0) } ?? "\(code.rawValue)"
    throw Self.diagnostic("不能写工作簿：\(reason)", "cannot write the workbook: \(reason)", path: path)
  }

  private static func diagnostic(_ chinese: String, _ english: String, path: String) -> Diagnostic {
    Diagnostic(.error, LocalizedText(chinese, english), file: path)
  }
}
