public import Kernel
import Ledger
public import Payment
public import Workflows

/// Writes statements as CSV and as workbooks.
public struct StatementSheets: Sendable {
  private let language: Language

  /// Makes a writer in one language.
  public init(_ language: Language) { self.language = language }

  /// Writes every table of a statement as a file of its own, `<stem>-<table>.csv`; the files' names.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  @discardableResult
  public func writeCSV(_ statement: PaymentStatement, to stem: String) throws -> [String] {
    try statement.tables.map { table in
      let path = "\(stem)-\(table.kind.rawValue).csv"
      // Spreadsheets read Chinese only behind the mark.
      try CSVWriter.write(to: path, byteOrderMark: true) { writer in
        try writer.append(table.columns.map { $0.title[language] })
        for row in table.rows { try writer.append(row.map { $0.text(language) }) }
      }
      return path
    }
  }

  /// Writes a statement as a workbook: what stands on top, then a sheet for every table.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func writeWorkbook(_ statement: PaymentStatement, to path: String) throws {
    try WorkbookWriter.write(to: path) { workbook in
      let columns = [
        SheetColumn(statement.title[language], width: 40),
        SheetColumn(LocalizedText("内容", "Value")[language], width: 70),
      ]
      try workbook.startSheet(LocalizedText("概要", "Summary")[language], columns: columns)
      for fact in statement.facts {
        try workbook.append([.text(fact.name[language]), .text(fact.value[language])])
      }
      for table in statement.tables {
        try workbook.startSheet(
          table.kind.title[language],
          columns: table.columns.map { SheetColumn($0.title[language], width: $0.width) })
        for row in table.rows { try workbook.append(row.map(cell)) }
      }
    }
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
  /// - Throws: a ``Kernel/Diagnostic`` when the file cannot be written.
  public func writeLines(_ run: PaymentRun, to path: String) throws {
    let words = AmountNames.order(run.lines.flatMap(\.amounts.keys))
    try CSVWriter.write(to: path, byteOrderMark: true) { writer in
      try writer.append(["holder"] + words)
      for line in run.lines { try writer.append([line.holder] + words.map { line.amounts[$0]?.yuan ?? "" }) }
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
