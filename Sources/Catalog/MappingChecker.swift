public import Kernel

/// Checks an institution's mapping of local to national codes and points at each wrong row (S2).
///
/// Pure: the same table, day and rows give the same report. 200,000 rows against 200,000 codes take about two seconds
/// when 1 % of the rows are wrong.
///
/// ```swift
/// let report = MappingChecker(table, on: day).check(rows)
/// for finding in report.findings { print(finding.line, finding.message[.chinese]) }
/// ```
public struct MappingChecker: Sendable {
  /// The unknown codes of one file for which near codes are looked up; beyond this the file is meant for another table.
  public static let suggestionLimit = 10_000

  let table: CodeTable
  let day: CalendarDate?
  let kind: CodeStandard?

  /// Makes a checker.
  ///
  /// - Parameters:
  ///   - table: the national codes.
  ///   - day: the day on which rows without dates must hold; `nil` leaves the validity of such rows unchecked.
  ///   - kind: the standard that rows without a kind belong to; `nil` allows any.
  public init(_ table: CodeTable, on day: CalendarDate? = nil, kind: CodeStandard? = nil) {
    self.table = table
    self.day = day
    self.kind = kind
  }

  /// Checks every row and the rows against each other.
  public func check(_ rows: [MappingRow]) -> MappingReport {
    var search = SuggestionSearch(table)
    var findings: [MappingFinding] = []
    for row in rows { check(row, search: &search, into: &findings) }
    let unknown = findings.lazy.filter { $0.fault == .unknownNationalCode }.map { TextForm.canonical($0.value) }
    MappingGroups(rows, unknown: Set(unknown)).check(into: &findings)
    findings.sort { ($0.line, $0.fault) < ($1.line, $1.fault) }
    return MappingReport(rowCount: rows.count, findings: findings)
  }

  private func check(_ row: MappingRow, search: inout SuggestionSearch, into findings: inout [MappingFinding]) {
    if TextForm.isBlank(row.localCode) {
      findings.append(MappingFinding(.missingLocalCode, line: row.line, column: .localCode, value: row.localCode))
    } else if TextForm.isBadLocalCode(row.localCode) {
      findings.append(
        MappingFinding(
          .malformedCode, line: row.line, column: .localCode, value: row.localCode,
          expected: TextForm.localCode(row.localCode)))
    }
    let wanted = row.kind ?? kind
    if TextForm.isBlank(row.nationalCode) {
      findings.append(
        MappingFinding(
          .missingNationalCode, line: row.line, column: .nationalCode, value: row.nationalCode,
          suggestions: search.byName(of: row, kind: wanted)))
      return
    }
    var entries = table.entries(of: row.nationalCode)
    if entries.isEmpty, let right = search.rightForm(of: row.nationalCode) {
      findings.append(
        MappingFinding(
          .malformedCode, line: row.line, column: .nationalCode, value: row.nationalCode, expected: right))
      entries = table.entries(of: right)
    }
    guard let first = entries.first else {
      findings.append(
        MappingFinding(
          .unknownNationalCode, line: row.line, column: .nationalCode, value: row.nationalCode,
          suggestions: search.near(row, kind: wanted)))
      return
    }
    let entry = entry(for: row, among: entries, first: first)
    if let wanted, let actual = entry.kind, actual != wanted {
      findings.append(
        MappingFinding(
          .otherKind, line: row.line, column: .nationalCode, value: row.nationalCode,
          expected: wanted.word, related: actual.word,
          suggestions: search.byName(of: row, kind: wanted)))
    }
    checkPeriod(of: row, against: entry, search: &search, into: &findings)
    checkName(of: row, against: entry, into: &findings)
  }

  /// The entry in force when the mapping begins, else the last one before it, else the first one after it.
  private func entry(for row: MappingRow, among entries: [CodeEntry], first: CodeEntry) -> CodeEntry {
    guard entries.count > 1 else { return first }
    let ordered = entries.sorted { $0.period.beginsBefore($1.period) }
    guard let start = row.period.from ?? day ?? row.period.until else { return ordered.last ?? first }
    return ordered.last { $0.period.from.map { $0 <= start } ?? true } ?? ordered.first ?? first
  }

  /// The code must hold when the mapping begins, on its stated last day, and on the day of the check meanwhile.
  private func checkPeriod(
    of row: MappingRow, against entry: CodeEntry, search: inout SuggestionSearch, into findings: inout [MappingFinding]
  ) {
    let start = row.period.from ?? (day.map { row.period.contains($0) ? $0 : row.period.until } ?? nil)
    let current = day.flatMap { row.period.contains($0) ? $0 : nil }
    if let from = entry.period.from, let start, start < from {
      findings.append(
        MappingFinding(
          .codeNotYetValid, line: row.line, column: row.period.from == nil ? .nationalCode : .validFrom,
          value: row.nationalCode, related: from.description))
    }
    let lastNeeded = [start, current, row.period.until].compactMap { $0 }.max()
    if let until = entry.period.until, let lastNeeded, until < lastNeeded,
      !table.entries(of: entry.code).contains(where: { $0.period.contains(lastNeeded) })
    {
      let isStated = row.period.until != nil && start.map { $0 <= until } ?? true
      findings.append(
        MappingFinding(
          .codeExpired, line: row.line, column: isStated ? .validUntil : .nationalCode,
          value: row.nationalCode, related: until.description,
          suggestions: search.byName(of: row, kind: row.kind ?? kind, except: entry.code, on: lastNeeded)))
    }
  }

  private func checkName(of row: MappingRow, against entry: CodeEntry, into findings: inout [MappingFinding]) {
    if row.nationalName == entry.name || TextForm.isBlank(row.nationalName) { return }
    let isSame = TextForm.canonical(row.nationalName) == TextForm.canonical(entry.name)
    findings.append(
      MappingFinding(
        isSame ? .nameFormDiffers : .nameDiffers, line: row.line, column: .nationalName,
        value: row.nationalName, expected: entry.name))
  }
}
