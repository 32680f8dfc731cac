import Catalog
public import Kernel

/// What came of reading a file: it is accepted or refused as a whole.
public enum FileReading<Value: Sendable>: Sendable {
  /// Accepted, with warnings if there are any.
  case accepted(Value, warnings: [Diagnostic])
  /// Refused, with everything that is wrong in order of lines.
  case refused([Diagnostic])

  init(_ value: Value, _ diagnostics: [Diagnostic]) {
    let isRefused = diagnostics.contains { $0.severity == .error }
    self = isRefused ? .refused(diagnostics) : .accepted(value, warnings: diagnostics)
  }

  /// The value, when the file was accepted.
  public var value: Value? {
    if case .accepted(let value, _) = self { return value }
    return nil
  }

  /// Everything that was reported.
  public var diagnostics: [Diagnostic] {
    switch self {
    case .accepted(_, let warnings): warnings
    case .refused(let diagnostics): diagnostics
    }
  }
}

/// Reads the cells that code tables and mappings have in common.
struct CellReader {
  let file: String

  /// A date as `2026-03-01`, `2026/3/1` or `20260301`; spreadsheets write all three.
  static func date(_ text: String) -> CalendarDate? {
    if let date = CalendarDate(text) { return date }
    let isSlashed = text.contains("/")
    let parts = isSlashed ? text.split(separator: "/", omittingEmptySubsequences: false) : split(text)
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int($0) : nil }
    guard numbers.count == 3, parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count <= 2,
      parts[2].utf8.count <= 2
    else { return nil }
    return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private static func split(_ text: String) -> [Substring] {
    guard text.utf8.count == 8 else { return [] }
    return [text.prefix(4), text.dropFirst(4).prefix(2), text.dropFirst(6)]
  }

  func period(
    _ record: borrowing CSVRecord, from: Int, until: Int, _ diagnostics: inout [Diagnostic]
  ) -> ValidityPeriod {
    let first = date(record, from, &diagnostics)
    let last = date(record, until, &diagnostics)
    if let period = ValidityPeriod(from: first, until: last) { return period }
    report(
      "失效日期 \(record[until]) 早于生效日期 \(record[from])。",
      "the last day \(record[until]) lies before the first day \(record[from]).", record, until, &diagnostics)
    return .always
  }

  func kind(_ record: borrowing CSVRecord, _ column: Int, _ diagnostics: inout [Diagnostic]) -> CodeStandard? {
    let text = trimmed(record[column])
    if text.isEmpty { return nil }
    if let kind = CodeStandard(word: text) { return kind }
    let allowed = CodeStandard.allCases
    report(
      "不认识类别「\(text)」，可用：\(allowed.map(\.chineseWord).joined(separator: "、"))。",
      "unknown kind \"\(text)\"; allowed: \(allowed.map(\.word).joined(separator: ", ")).",
      record, column, &diagnostics)
    return nil
  }

  func report(
    _ chinese: String, _ english: String, _ record: borrowing CSVRecord, _ column: Int,
    _ diagnostics: inout [Diagnostic]
  ) {
    diagnostics.append(
      Diagnostic(
        .error, LocalizedText(chinese, english), file: file, line: record.line, column: record.fileColumn(column)))
  }

  func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
      let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
  }

  private func date(_ record: borrowing CSVRecord, _ column: Int, _ diagnostics: inout [Diagnostic]) -> CalendarDate? {
    let text = trimmed(record[column])
    if text.isEmpty { return nil }
    if let date = Self.date(text) { return date }
    report(
      "「\(text)」不是日期，请写成 2026-03-01。", "\"\(text)\" is not a date; write 2026-03-01.", record, column,
      &diagnostics)
    return nil
  }
}
