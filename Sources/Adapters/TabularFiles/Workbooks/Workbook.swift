public import Kernel

/// Reads an Excel workbook (`.xlsx`) sheet by sheet, one row at a time.
///
/// Cells come as text: shared and inline texts with their line breaks, numbers as they are written, `TRUE` and `FALSE`,
/// days and times as `2026-03-01 10:30:00` when the cell's style shows one. Formulas give their last value, merged
/// cells only the first. Memory holds the texts that sheets share and one row. Files that are damaged, larger than
/// ``WorkbookLimits`` allows, protected by a password or of the old `.xls` form are refused.
///
/// ```swift
/// let workbook = try Workbook(path: "edition.xlsx")
/// try workbook.forEachRow(of: "ADRG") { row in print(row.line, row.strings) }
/// ```
public final class Workbook {
  /// The file's name in diagnostics.
  public let name: String
  /// The names of all sheets in order, hidden ones included.
  public let sheetNames: [String]
  /// The first sheet that is not hidden, which programs show when they open the file.
  public let firstSheet: String?

  private let package: WorkbookPackage
  private let limits: WorkbookLimits
  private let from1904: Bool
  private let parts: [String: String]
  private let sharedPart: String?
  private let stylesPart: String?
  private var loaded: (shared: SharedTexts, styles: CellStyles)?

  /// Opens a workbook and reads the list of its sheets.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be read or is no workbook.
  public init(path: String, limits: WorkbookLimits = WorkbookLimits()) throws(Diagnostic) {
    name = path
    self.limits = limits
    switch try FileForm.of(path) {
    case .workbook: break
    case .compound: throw FileForm.compoundDiagnostic(path)
    case .text: throw Diagnostic(.error, LocalizedText("不是 .xlsx 工作簿。", "not an .xlsx workbook."), file: path)
    }
    do throws(WorkbookFault) {
      package = try WorkbookPackage(path: path, limits: limits)
      let root = WorkbookRelations(folder: "")
      try XMLStream.read("_rels/.rels", of: package, limit: limits.partBytes, root)
      let main = root.kinds["officeDocument"] ?? "xl/workbook.xml"
      let folder = main.split(separator: "/").dropLast().joined(separator: "/")
      let file = main.split(separator: "/").last.map(String.init) ?? ""
      let contents = WorkbookContents()
      try XMLStream.read(main, of: package, limit: limits.partBytes, contents)
      let relations = WorkbookRelations(folder: folder)
      try XMLStream.read("\(folder)/_rels/\(file).rels", of: package, limit: limits.partBytes, relations)
      sheetNames = contents.sheets.map(\.name)
      firstSheet = (contents.sheets.first(where: \.isVisible) ?? contents.sheets.first)?.name
      from1904 = contents.from1904
      parts = Dictionary(
        contents.sheets.compactMap { sheet in relations.targets[sheet.relation].map { (sheet.name, $0) } },
        uniquingKeysWith: { first, _ in first })
      sharedPart = relations.kinds["sharedStrings"]
      stylesPart = relations.kinds["styles"]
    } catch {
      throw error.diagnostic(path)
    }
  }

  /// Calls the body with each row that has a filled cell, in order; a row's line is its number in the sheet.
  ///
  /// Empty cells at the end of a row are left out.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when there is no such sheet or it is damaged, and what the body throws.
  public func forEachRow(of sheet: String, _ body: (borrowing CSVRow) throws -> Void) throws {
    guard let part = parts[sheet] else {
      let known = sheetNames.joined(separator: "、")
      throw Diagnostic(
        .error, LocalizedText("没有工作表「\(sheet)」，现有：\(known)。", "there is no sheet \"\(sheet)\"; it has: \(known)."),
        file: name)
    }
    let place = Self.place(name, sheet)
    try withoutActuallyEscaping(body) { body in
      let (shared, styles) = try sharedParts()
      let rows = SheetRows(part, limits, shared, styles, from1904: from1904, body)
      do throws(WorkbookFault) {
        try XMLStream.read(part, of: package, limit: limits.sheetBytes, rows)
      } catch {
        throw rows.thrown ?? error.diagnostic(place)
      }
    }
  }

  /// How diagnostics name a sheet of a file: `edition.xlsx[ADRG]`.
  public static func place(_ file: String, _ sheet: String) -> String { "\(file)[\(sheet)]" }

  /// The texts and styles that all sheets share, read when the first sheet is.
  private func sharedParts() throws(Diagnostic) -> (SharedTexts, CellStyles) {
    if let loaded { return loaded }
    let (shared, styles) = (SharedTexts(limits), CellStyles())
    do throws(WorkbookFault) {
      if let part = sharedPart, package.contains(part) {
        try XMLStream.read(part, of: package, limit: limits.sharedTextBytes, shared)
      }
      if let part = stylesPart, package.contains(part) {
        try XMLStream.read(part, of: package, limit: limits.partBytes, styles)
      }
    } catch {
      throw error.diagnostic(name)
    }
    loaded = (shared, styles)
    return (shared, styles)
  }
}

/// One sheet of a workbook as a table.
public struct WorkbookSheet: TableSource {
  /// The file's and the sheet's name, `edition.xlsx[ADRG]`.
  public var name: String { Workbook.place(workbook.name, sheet) }
  /// Rows may be shorter or longer than the header.
  public var hasLooseRows: Bool { true }

  private let workbook: Workbook
  private let sheet: String

  /// Names a sheet of a workbook.
  public init(_ workbook: Workbook, _ sheet: String) {
    self.workbook = workbook
    self.sheet = sheet
  }

  /// Calls the body with each row in order.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the sheet cannot be read, and what the body throws.
  public func forEachRow(_ body: (borrowing CSVRow) throws -> Void) throws {
    try workbook.forEachRow(of: sheet, body)
  }
}
