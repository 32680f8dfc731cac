import Kernel
import Ledger
public import Workflows

/// Reads what funds received, from CSV or the first sheet of a workbook; a table with an error is refused as a whole.
///
/// Columns: `number`, `day`, `fund`, `kind`, `amount`, `basis` (编号、日期、基金、类别、金额、说明).
public enum FundReceiptFile {
  /// Reads a table.
  public static func read(_ source: some TableSource) -> FileReading<[FundReceipt]> {
    let rows = InputRows(source)
    var (found, list, seen) = ([Diagnostic](), [FundReceipt](), Set<String>())
    let columns = [
      CSVColumn("number", "编号", isRequired: true), CSVColumn("day", "日期", isRequired: true),
      CSVColumn("fund", "基金", isRequired: true), CSVColumn("kind", "类别", isRequired: true),
      CSVColumn("amount", "金额", "金额（元）", isRequired: true), CSVColumn("basis", "说明", isRequired: true),
    ]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let id = rows.text(record, 0, &found)
      let day = rows.value(record, 1, &found, LocalizedText("日期，如 2026-03-01", "a date such as 2026-03-01")) {
        CellReader.date($0)
      }
      let fund = rows.value(record, 2, &found, words(Fund.allCases.map { ($0.word, $0.title) })) { text in
        Fund.allCases.first { $0.word == text || $0.title.chinese == text }
      }
      let kind = rows.value(record, 3, &found, words(FundReceipt.Kind.allCases.map { ($0.rawValue, $0.title) })) {
        text in
        FundReceipt.Kind.allCases.first { $0.rawValue == text || $0.title.chinese == text }
      }
      let amount = rows.money(record, 4, &found, isSigned: true)
      let basis = rows.text(record, 5, &found)
      guard let id, let day, let fund, let kind, let amount, let basis else { return }
      if !seen.insert(id).inserted { rows.repeated(id, record, &found) }
      list.append(FundReceipt(id: id, day: day, fund: fund, kind: kind, amount: amount, basis: basis))
    }
    return FileReading(list, found)
  }

  private static func words(_ allowed: [(word: String, title: LocalizedText)]) -> LocalizedText {
    LocalizedText(
      allowed.map(\.title.chinese).joined(separator: "、"), "one of " + allowed.map(\.word).joined(separator: ", "))
  }
}
