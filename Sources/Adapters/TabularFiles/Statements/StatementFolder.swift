import Foundation
public import Kernel
import Payment
import People
public import Workflows

/// The folder of a run's statements: for every holder the forms that are wanted, for the run its lines and postings.
///
/// Holders are written on all cores. CSV has every row; a workbook has the cases only of holders with a moderate number
/// of them, and a page what a person would print.
///
/// ```swift
/// let written = try await StatementFolder(path: "out", language: .chinese).write(year.made, statements)
/// written.notes  // what was left out, and how to get it
/// ```
public struct StatementFolder: Sendable {
  /// A form that a statement is written in.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// Tables for programs, complete.
    case csv
    /// A workbook for spreadsheets.
    case xlsx
    /// A page to read and print.
    case html
  }

  /// What was written.
  public struct Written: Hashable, Sendable {
    /// The folder.
    public var folder: String
    /// What was left out of which form, and how to get it.
    public var notes: [LocalizedText]
  }

  /// How many cases a workbook lists at most unless said otherwise: what a spreadsheet opens at once.
  public static let usualSheetCases = 5_000
  /// How many cases a page lists at most unless said otherwise: a dozen sheets of paper.
  public static let usualPageCases = 200

  private let path: String
  private let language: Language
  private let forms: Set<Form>
  private let sheetCases: Int
  private let pageCases: Int

  /// Names a folder.
  ///
  /// - Parameters:
  ///   - path: the folder in which the run gets a folder of its own.
  ///   - language: the language.
  ///   - forms: the forms.
  ///   - sheetCases: with more cases than this a workbook lists none and names the CSV.
  ///   - pageCases: how many cases a page lists, the first ones; it links to the CSV for the others.
  public init(
    path: String, language: Language, forms: Set<Form> = Set(Form.allCases), sheetCases: Int = usualSheetCases,
    pageCases: Int = usualPageCases
  ) {
    self.path = path
    self.language = language
    self.forms = forms
    self.sheetCases = sheetCases
    self.pageCases = pageCases
  }

  /// Writes every statement, the lines and the postings.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  public func write(_ made: MadeRun, _ statements: [PaymentStatement]) async throws -> Written {
    let inputs = made.run.inputs
    let folder = "\(path)/\(inputs.kind.rawValue)-\(inputs.period)-\(inputs.scheme.rawValue)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(.error, LocalizedText("不能建立文件夹", "the folder cannot be made"), file: folder)
    }
    let names = Dictionary(
      statements.compactMap { item in item.name.map { (item.holder, $0) } }, uniquingKeysWith: { first, _ in first })
    let sheets = StatementSheets(language)
    try sheets.writeLines(made.run, names: names, to: folder + "/lines.csv")
    try sheets.writeEntries(made.run, to: folder + "/entries.csv")
    try await withThrowingTaskGroup(of: Void.self) { group in
      // The longest first, so that no core ends with one alone.
      for statement in statements.sorted(by: { Self.cases($0) > Self.cases($1) }) {
        group.addTask { try write(statement, in: folder, sheets) }
      }
      try await group.waitForAll()
    }
    return Written(folder: folder, notes: notes(statements))
  }

  private static func cases(_ statement: PaymentStatement) -> Int { statement[.cases]?.rows.count ?? 0 }

  private func write(_ statement: PaymentStatement, in folder: String, _ sheets: StatementSheets) throws {
    let name = Self.name(statement.holder)
    let stem = "\(folder)/\(name)"
    let complete = forms.contains(.csv) ? "\(name)-\(StatementTable.Kind.cases.rawValue).csv" : nil
    if forms.contains(.csv) { try sheets.writeCSV(statement, to: stem) }
    if forms.contains(.xlsx) {
      try sheets.writeWorkbook(statement, to: stem + ".xlsx", most: sheetCases, elsewhere: complete)
    }
    if forms.contains(.html) {
      try StatementPage(language).write(statement, to: stem + ".html", most: pageCases, complete: complete)
    }
  }

  private func notes(_ statements: [PaymentStatement]) -> [LocalizedText] {
    var notes: [LocalizedText] = []
    let sizes = statements.map(Self.cases)
    let (overSheet, overPage) = (sizes.filter { $0 > sheetCases }, sizes.filter { $0 > pageCases })
    if forms.contains(.xlsx), let most = overSheet.max() {
      notes.append(
        LocalizedText(
          "\(overSheet.count) 家的病例超过 \(sheetCases) 例，工作簿未列病例；要列入：--sheet-cases \(most)",
          "workbooks of \(overSheet.count) holders with more than \(sheetCases) cases list none; to list them: "
            + "--sheet-cases \(most)"))
    }
    if forms.contains(.html), let most = overPage.max() {
      notes.append(
        LocalizedText(
          "\(overPage.count) 家的网页只列前 \(pageCases) 例；要多列：--page-cases \(most)",
          "pages of \(overPage.count) holders list the first \(pageCases) cases; for more: --page-cases \(most)"))
    }
    if !forms.contains(.csv), !notes.isEmpty {
      notes.append(LocalizedText("全部病例写入 CSV：--statements csv", "for every case as CSV: --statements csv"))
    }
    return notes
  }

  /// A holder's code as the name of a file: what could lead elsewhere is written as its number.
  static func name(_ holder: String) -> String {
    let safe = holder.utf8.map { byte -> String in
      let isSafe =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      return isSafe ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return safe.isEmpty ? "_" : safe
  }
}
