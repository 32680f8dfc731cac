import Kernel
import Payment
import People

/// Reads the cells of the small tables that people state beside cases.
struct InputRows {
  let cells: CellReader

  init(_ source: some TableSource) { cells = CellReader(file: source.name) }

  /// A text that has to be there.
  func text(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic]) -> String? {
    let text = cells.trimmed(record[column])
    if !text.isEmpty { return text }
    cells.report("此处不能为空。", "nothing may be left out here.", record, column, &found)
    return nil
  }

  /// A value of a text; what is wrong names what may stand there.
  func value<Value>(
    _ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic], _ expected: LocalizedText,
    _ read: (String) -> Value?
  ) -> Value? {
    guard let text = text(record, column, &found) else { return nil }
    if let value = read(text) { return value }
    cells.report(
      "「\(text)」应为\(expected.chinese)。", "\"\(text)\" should be \(expected.english).", record, column, &found)
    return nil
  }

  func money(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic], isSigned: Bool = false)
    -> Money?
  {
    let form = LocalizedText(
      isSigned ? "元，最多两位小数" : "不小于零的元，最多两位小数",
      isSigned ? "yuan with at most two decimals" : "yuan, not below zero, with at most two decimals")
    return value(record, column, &found, form) { text in
      Money(yuan: text).flatMap { isSigned || !$0.isNegative ? $0 : nil }
    }
  }

  func scheme(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic]) -> InsuranceScheme? {
    value(record, column, &found, LocalizedText(" employee（职工）或 resident（居民）", "employee or resident")) { text in
      switch text {
      case "职工", "310": .employee
      case "居民", "390": .resident
      default: InsuranceScheme(rawValue: text)
      }
    }
  }

  func period(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic]) -> PaymentPeriod? {
    value(record, column, &found, LocalizedText(" 2026 或 2026-03", "2026 or 2026-03")) { PaymentPeriod($0) }
  }

  func points(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic]) -> Points? {
    value(record, column, &found, LocalizedText("不小于零、至多六位小数的数", "a number of 0 or more, at most six decimals")) {
      $0.hasPrefix("-") ? nil : Points($0)
    }
  }

  func date(_ record: borrowing CSVRecord, _ column: Int, _ found: inout [Diagnostic]) -> CalendarDate?? {
    let text = cells.trimmed(record[column])
    if text.isEmpty { return .some(nil) }
    if let date = CellReader.date(text) { return date }
    cells.report(
      "「\(text)」不是日期，请写成 2026-03-01。", "\"\(text)\" is not a date; write 2026-03-01.", record, column, &found)
    return nil
  }

  func repeated(_ subject: String, _ record: borrowing CSVRecord, _ found: inout [Diagnostic]) {
    cells.report("\(subject) 在前面已出现过，请只保留一行。", "\(subject) came before; keep one row of it.", record, 0, &found)
  }
}
