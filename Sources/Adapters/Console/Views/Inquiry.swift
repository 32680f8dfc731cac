import Kernel
import Workflows

/// What somebody asks of a view: parts of the path, the query, who asks.
struct Inquiry: Sendable {
  /// Parts of the path and the query by name; what is empty is left out.
  let values: [String: String]
  let language: Language
  let account: String
  let role: Role
  let now: Moment
  /// Persons that may be seen in full, since a reason was given.
  let revealed: Set<String>
  /// Whether the answer becomes a file, which holds the whole list.
  let isExport: Bool

  /// Rows that an exported list holds at most.
  static let exportLimit = 100_000

  subscript(name: String) -> String? { values[name] }

  /// Whether somebody may do something.
  func may(_ right: Right) -> Bool { role.rights.contains(right) }

  /// A part of the path.
  func part(_ name: String) throws(ViewFault) -> String {
    guard let value = values[name] else { throw .parameter(name, LocalizedText("缺少", "is missing")) }
    return value
  }

  /// A day; `nil` when none is asked for.
  func day(_ name: String) throws(ViewFault) -> CalendarDate? {
    try read(name, LocalizedText("应为 2026-03-01 形式的日期", "expected a date like 2026-03-01")) { CalendarDate($0) }
  }

  /// A month; `nil` when none is asked for.
  func month(_ name: String) throws(ViewFault) -> YearMonth? {
    try read(name, LocalizedText("应为 2026-03 形式的月份", "expected a month like 2026-03")) { YearMonth($0) }
  }

  /// A whole number within bounds; `nil` when none is asked for.
  func whole(_ name: String, in range: ClosedRange<Int>) throws(ViewFault) -> Int? {
    let text = LocalizedText(
      "应为 \(range.lowerBound) 至 \(range.upperBound) 的整数",
      "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    return try read(name, text) { value in Int(value).flatMap { range.contains($0) ? $0 : nil } }
  }

  /// An amount in yuan; `nil` when none is asked for.
  func money(_ name: String) throws(ViewFault) -> Money? {
    try read(name, LocalizedText("应为金额（元）", "expected an amount in yuan")) { Money(yuan: $0) }
  }

  /// One of some words; `nil` when none is asked for.
  func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, of: Choice.Type = Choice.self)
    throws(ViewFault) -> Choice? where Choice.RawValue == String
  {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    return try read(name, LocalizedText("应为 \(words) 之一", "expected one of \(words)")) { Choice(rawValue: $0) }
  }

  /// Which part of a list is asked for; the whole of it, up to a limit, for a file.
  func pageRequest(size usual: Int = 50) throws(ViewFault) -> PageRequest {
    let number = isExport ? 1 : try whole("page", in: 1...1_000_000) ?? 1
    let size = isExport ? Self.exportLimit : try whole("size", in: 1...1_000) ?? usual
    guard let request = PageRequest(number: number, size: size) else {
      preconditionFailure("a page from 1 with rows is one")
    }
    return request
  }

  private func read<Answer>(_ name: String, _ problem: LocalizedText, _ body: (String) -> Answer?) throws(ViewFault)
    -> Answer?
  {
    guard let value = values[name] else { return nil }
    guard let answer = body(value) else {
      throw .parameter(name, LocalizedText("「\(value)」\(problem.chinese)", "\"\(value)\": \(problem.english)"))
    }
    return answer
  }
}
