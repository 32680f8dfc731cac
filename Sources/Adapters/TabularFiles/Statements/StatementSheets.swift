public import Kernel
import Ledger
public import Payment
public import Workflows

/// Writes statements as CSV and as workbooks.
public struct StatementSheets: Sendable {
  private let language: Language

  /// Makes a writer in one language.
  public init(_ language: Language) { self.language = language }

  /// Writes a statement as files of its own: `<stem>-summary.csv` with what stands on top, and `<stem>-<table>.csv`
  /// for every table; the files' names.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  @discardableResult
  public func writeCSV(_ statement: PaymentStatement, to stem: String) throws -> [String] {
    let summary = "\(stem)-summary.csv"
    // Spreadsheets read Chinese only behind the mark.
    try CSVWriter.write(to: summary, byteOrderMark: true) { writer in
      try writer.append([statement.title[language], Self.valueTitle[language]])
      for fact in statement.facts { try writer.append([fact.name[language], fact.value[language]]) }
    }
    return try [summary]
      + statement.tables.map { table in
        let path = "\(stem)-\(table.kind.rawValue).csv"
        try CSVWriter.write(to: path, byteOrderMark: true) { writer in
          try writer.append(table.columns.map { $0.title[language] })
          for row in table.rows { try writer.append(row) { $0.append(to: &$1, language) } }
        }
        return path
      }
  }

  private static let valueTitle = LocalizedText("内容", "Value")

  /// Writes a statement as a workbook: what stands on top, then a sheet for every table.
  ///
  /// - Parameters:
  ///   - statement: the statement.
  ///   - path: the file.
  ///   - most: a table of cases with more rows gets no sheet; a line on the first sheet says so, and where they are.
  ///   - elsewhere: the file that has them all, as the first sheet names it.
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func writeWorkbook(
    _ statement: PaymentStatement, to path: String, most: Int = WorkbookWriter.rowLimit - 1, elsewhere: String? = nil
  ) throws {
    try WorkbookWriter.write(to: path) { workbook in
      let columns = [
        SheetColumn(statement.title[language], width: 40), SheetColumn(Self.valueTitle[language], width: 70),
      ]
      try workbook.startSheet(LocalizedText("概要", "Summary")[language], columns: columns)
      for fact in statement.facts {
        try workbook.append([.text(fact.name[language]), .text(fact.value[language])])
      }
      let isLeftOut = { (table: StatementTable) in table.kind == .cases && table.rows.count > most }
      for table in statement.tables where isLeftOut(table) {
        try workbook.append([.text(table.kind.title[language]), .text(leftOut(table.rows.count, elsewhere))])
      }
      for table in statement.tables where !isLeftOut(table) {
        try workbook.startSheet(
          table.kind.title[language],
          columns: table.columns.map { SheetColumn($0.title[language], width: $0.width) })
        for row in table.rows { try workbook.append(row.map(cell)) }
      }
    }
  }

  private func leftOut(_ count: Int, _ elsewhere: String?) -> String {
    let place = elsewhere.map { LocalizedText("；见 \($0)", "; see \($0)") } ?? LocalizedText("", "")
    return LocalizedText("\(count) 例，未列入本工作簿", "\(count), not listed in this workbook")[language] + place[language]
  }

  private func cell(_ value: StatementTable.Value) -> SheetCell {
    switch value {
    case .empty: .empty
    case .text(let text): .text(text[language])
    case .money(let amount): .decimal(Int(amount.fen), places: 2)
    case .points(let points): .decimal(Int(points.millionths), places: 6)
    case .count(let count): .integer(count)
    }
  }

  /// Writes the lines of a run as one table: a row for every holder, a column for every amount.
  ///
  /// - Parameters:
  ///   - run: the run.
  ///   - names: what holders are called, by code.
  ///   - path: the file.
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func writeLines(_ run: PaymentRun, names: [String: String] = [:], to path: String) throws {
    let words = AmountNames.order(run.lines.flatMap(\.amounts.keys))
    try CSVWriter.write(to: path, byteOrderMark: true) { writer in
      try writer.append(["holder", "name"] + words)
      for line in run.lines {
        try writer.append([line.holder, names[line.holder] ?? ""] + words.map { line.amounts[$0]?.yuan ?? "" })
      }
    }
  }

  /// Writes the postings of a run; every reference adds up to nothing.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func writeEntries(_ run: PaymentRun, to path: String) throws {
    try CSVWriter.write(to: path, byteOrderMark: true) { writer in
      try writer.append(["reference", "account", "holder", "amount"])
      for entry in run.entries {
        for posting in entry.postings {
          let words = posting.account.words
          try writer.append([entry.reference, words.kind, words.holder, posting.amount.yuan])
        }
      }
    }
  }
}
