/// The rows of a mapping that share a code, for what only shows between rows.
struct MappingGroups {
  private let rows: [MappingRow]
  /// National codes, in canonical form, that the table does not know: nothing is said of what shares them.
  private let unknown: Set<String>

  init(_ rows: [MappingRow], unknown: Set<String>) {
    self.rows = rows
    self.unknown = unknown
  }

  func check(into findings: inout [MappingFinding]) {
    for group in groups(by: { TextForm.localCode($0.localCode) }) { checkLocalCode(group, into: &findings) }
    for group in groups(by: { TextForm.canonical($0.nationalCode) }) {
      if unknown.contains(TextForm.canonical(rows[group[0]].nationalCode)) { continue }
      checkNationalCode(group, into: &findings)
    }
  }

  /// Positions of rows with one key, groups of two or more only, in order of their first row.
  private func groups(by key: (MappingRow) -> String) -> [[Int]] {
    var last: [String: Int] = [:]
    last.reserveCapacity(rows.count)
    var next = [Int](repeating: -1, count: rows.count)
    var isFirst = [Bool](repeating: false, count: rows.count)
    for (position, row) in rows.enumerated() {
      let key = key(row)
      if key.isEmpty { continue }
      if let previous = last.updateValue(position, forKey: key) {
        next[previous] = position
      } else {
        isFirst[position] = true
      }
    }
    return rows.indices.filter { isFirst[$0] && next[$0] >= 0 }.map { first in
      var group = [first]
      while next[group[group.count - 1]] >= 0 { group.append(next[group[group.count - 1]]) }
      return group
    }
  }

  /// Rows in order of time, each compared with the one before it that lasts longest: enough to find every row that
  /// shares days with an earlier one, without comparing all with all.
  private func checkLocalCode(_ group: [Int], into findings: inout [MappingFinding]) {
    let ordered = group.sorted { first, second in
      let (one, other) = (rows[first].period, rows[second].period)
      if one.from == other.from { return first < second }
      return one.beginsBefore(other)
    }
    guard var longest = ordered.first else { return }
    for position in ordered.dropFirst() {
      if rows[longest].period.overlaps(rows[position].period) {
        findings.append(overlap(of: min(longest, position), and: max(longest, position)))
      }
      if isLater(rows[position].period, than: rows[longest].period) { longest = position }
    }
  }

  private func overlap(of first: Int, and second: Int) -> MappingFinding {
    let (earlier, later) = (rows[first], rows[second])
    if TextForm.canonical(earlier.nationalCode) == TextForm.canonical(later.nationalCode) {
      return MappingFinding(
        .duplicateLocalCode, line: later.line, column: .localCode, value: later.localCode, otherLines: [earlier.line])
    }
    return MappingFinding(
      .conflictingNationalCodes, line: later.line, column: .nationalCode, value: later.nationalCode,
      related: earlier.nationalCode, otherLines: [earlier.line])
  }

  private func isLater(_ period: ValidityPeriod, than other: ValidityPeriod) -> Bool {
    guard let second = other.until else { return false }
    guard let first = period.until else { return true }
    return first > second
  }

  /// One warning for a national code, at the second row of another local code.
  private func checkNationalCode(_ group: [Int], into findings: inout [MappingFinding]) {
    var seen: Set<String> = []
    let distinct = group.filter { position in
      let code = TextForm.localCode(rows[position].localCode)
      return !code.isEmpty && seen.insert(code).inserted
    }
    guard distinct.count > 1 else { return }
    let row = rows[distinct[1]]
    findings.append(
      MappingFinding(
        .manyToOne, line: row.line, column: .nationalCode, value: row.nationalCode,
        otherLines: distinct.filter { $0 != distinct[1] }.map { rows[$0].line }))
  }
}
