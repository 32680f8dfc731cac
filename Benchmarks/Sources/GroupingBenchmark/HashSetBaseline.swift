import Grouping

/// What one would write first: rules as trees over sets of strings, every rule asked in order.
///
/// It is what the compiled engine is measured against in the same run, so that a ratio says something on any machine.
struct HashSetBaseline: Sendable {
  private indirect enum Rule: Sendable {
    case always
    case number(String, String, Int)
    case codes(fields: [String], sets: [String], negated: Bool)
    case all([Rule])
    case any([Rule])
  }

  private struct Row: Sendable {
    var code: String
    var rule: Rule
    var children: [Row] = []
  }

  private var sets: [String: Set<String>] = [:]
  private var levels: [String: (level: String, table: String)] = [:]
  private var exclusions: [String: Set<String>] = [:]
  private var categories: [Row] = []
  private let stopsAtAdjacentGroup: Bool
  private let ungrouped: String

  init(_ tables: EditionTables) {
    stopsAtAdjacentGroup = tables.manifest.groupMiss == .adjacentGroupOnly
    ungrouped = tables.manifest.ungroupedCode
    for row in tables.members { sets[row.set, default: []].insert(row.code) }
    for row in tables.exclusions { exclusions[row.table, default: []].insert(row.principalDiagnosis) }
    for row in tables.complications { levels[row.code] = (row.level, row.exclusionTable) }
    var groups: [String: [Row]] = [:]
    for row in tables.groups.sorted(by: { ($0.order, $0.row) < ($1.order, $1.row) }) {
      groups[row.adjacentGroup, default: []].append(Row(code: row.code, rule: Self.read(row.rule)))
    }
    var adjacentGroups: [String: [Row]] = [:]
    for row in tables.adjacentGroups.sorted(by: { ($0.order, $0.row) < ($1.order, $1.row) })
    where tables.manifest.ambiguousGroup || !row.code.hasSuffix("QY") {
      let children = groups[row.code] ?? []
      adjacentGroups[row.category, default: []].append(
        Row(code: row.code, rule: Self.read(row.rule), children: children))
    }
    categories = tables.categories.sorted { ($0.order, $0.row) < ($1.order, $1.row) }.map { row in
      Row(code: row.code, rule: Self.read(row.rule), children: adjacentGroups[row.code] ?? [])
    }
  }

  func group(_ stated: GroupingCase) -> String {
    for category in categories where holds(category.rule, stated) {
      for adjacentGroup in category.children where holds(adjacentGroup.rule, stated) {
        if let group = adjacentGroup.children.first(where: { holds($0.rule, stated) }) { return group.code }
        if stopsAtAdjacentGroup { return adjacentGroup.code }
      }
    }
    return ungrouped
  }

  private func holds(_ rule: Rule, _ stated: GroupingCase) -> Bool {
    switch rule {
    case .always: return true
    case .all(let parts): return parts.allSatisfy { holds($0, stated) }
    case .any(let parts): return parts.contains { holds($0, stated) }
    case .number(let name, let sign, let bound):
      guard let value = number(name, stated) else { return false }
      return switch sign {
      case "=": value == bound
      case "<": value < bound
      case "<=": value <= bound
      case ">": value > bound
      default: value >= bound
      }
    case .codes(let fields, let names, let negated):
      let isIn = names.contains { name in
        if name == "MCC" || name == "CC" { return counts(name, stated) }
        guard let set = sets[name] else { return false }
        return fields.contains { codes($0, stated).contains { set.contains($0) } }
      }
      return isIn != negated
    }
  }

  private func codes(_ field: String, _ stated: GroupingCase) -> ArraySlice<String> {
    switch field {
    case "ZYZD": stated.diagnoses.prefix(1)
    case "QTZD": stated.diagnoses.dropFirst()
    case "ZYSS": stated.procedures.prefix(1)
    default: stated.procedures.dropFirst()
    }
  }

  private func number(_ name: String, _ stated: GroupingCase) -> Int? {
    switch name {
    case "NL": stated.ageYears
    case "XSRTL": stated.ageDays
    case "XSRTZ": stated.birthWeightGrams
    case "XB": stated.sex.map { Int($0.rawValue) }
    case "ZYTS": stated.stayDays
    default: nil
    }
  }

  private func counts(_ level: String, _ stated: GroupingCase) -> Bool {
    stated.diagnoses.dropFirst().contains { code in
      guard let own = levels[code], own.level == level else { return false }
      return exclusions[own.table]?.contains(stated.diagnoses[0]) != true
    }
  }

  private static func read(_ text: String) -> Rule {
    var spaced = text.replacing("<=", with: "≤").replacing(">=", with: "≥")
    for sign in ["(", ")", "{", "}", ",", "=", "<", ">", "≤", "≥"] {
      spaced = spaced.replacing(sign, with: " \(sign) ")
    }
    var rest = spaced.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    return rest.isEmpty ? .always : any(&rest)
  }

  private static func any(_ rest: inout ArraySlice<String>) -> Rule {
    var parts = [all(&rest)]
    while rest.first?.lowercased() == "or" {
      rest.removeFirst()
      parts.append(all(&rest))
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private static func all(_ rest: inout ArraySlice<String>) -> Rule {
    var parts = [one(&rest)]
    while rest.first?.lowercased() == "and" {
      rest.removeFirst()
      parts.append(one(&rest))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func one(_ rest: inout ArraySlice<String>) -> Rule {
    if rest.first == "(" {
      rest.removeFirst()
      let inner = any(&rest)
      rest = rest.dropFirst()
      return inner
    }
    let left = names(&rest)
    let sign = rest.popFirst() ?? ""
    if let written = ["=": "=", "<": "<", ">": ">", "≤": "<=", "≥": ">="][sign] {
      return .number(left[0], written, rest.popFirst().flatMap { Int($0) } ?? 0)
    }
    let negated = sign.lowercased() == "not"
    if negated { rest = rest.dropFirst() }
    return .codes(fields: left, sets: names(&rest), negated: negated)
  }

  private static func names(_ rest: inout ArraySlice<String>) -> [String] {
    guard let first = rest.popFirst() else { return [""] }
    guard first == "{" else { return [first] }
    var names: [String] = []
    while let name = rest.popFirst(), name != "}" {
      if name != "," { names.append(name) }
    }
    return names
  }
}
