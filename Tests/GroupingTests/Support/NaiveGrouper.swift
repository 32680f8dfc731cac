import Grouping

/// Grouping written a second time, slowly: rule texts over sets of strings, in the order of the tables.
///
/// Shares nothing with the compiler: rules are read here by another small reader, straight from the tables, and every
/// rule is asked in order. What it does is what `Docs/Reference/grouping.md` says.
struct NaiveGrouper: Sendable {
  struct Result: Hashable {
    var category = ""
    var adjacentGroup = ""
    var group = ""
    var status: GroupingStatus
  }

  struct Unreadable: Error {
    var rule: String
  }

  typealias Rule = @Sendable (NaiveCase) -> Bool

  struct Row: Sendable {
    var code: String
    var isEmpty: Bool
    var rule: Rule
    var children: [Row] = []
  }

  let manifest: EditionManifest
  var categories: [Row] = []

  init(_ tables: EditionTables) throws {
    manifest = tables.manifest
    let words = NaiveWords(tables)
    var groups: [String: [Row]] = [:]
    for row in tables.groups.sorted(by: { ($0.order, $0.row) < ($1.order, $1.row) }) {
      groups[row.adjacentGroup, default: []].append(try words.row(row.code, row.rule))
    }
    var adjacentGroups: [String: [Row]] = [:]
    for row in tables.adjacentGroups.sorted(by: { ($0.order, $0.row) < ($1.order, $1.row) }) {
      if row.code.hasSuffix("QY") && !manifest.ambiguousGroup { continue }
      var adjacent = try words.row(row.code, row.rule)
      adjacent.children = groups[row.code] ?? []
      adjacentGroups[row.category, default: []].append(adjacent)
    }
    for row in tables.categories.sorted(by: { ($0.order, $0.row) < ($1.order, $1.row) }) {
      var category = try words.row(row.code, row.rule)
      category.children = adjacentGroups[row.code] ?? []
      categories.append(category)
    }
  }

  func group(_ groupingCase: GroupingCase) -> Result {
    let stated = NaiveCase(groupingCase, manifest)
    if stated.codes["ZYZD"]?.isEmpty != false || stated.numbers.values.contains(where: { $0 < 0 }) {
      return Result(status: .invalidInput)
    }
    let first = walk(stated)
    guard manifest.retriesOtherProcedures, first.status == .ungrouped else { return first }
    for procedure in groupingCase.procedures.dropFirst() {
      var other = stated
      other.codes["ZYSS"] = procedure.isEmpty ? [] : [procedure]
      other.codes["QTSS"] = []
      let result = walk(other)
      if result.status != .ungrouped { return result }
    }
    return first
  }

  private func walk(_ stated: NaiveCase) -> Result {
    var fallback: Result?
    for category in categories where category.rule(stated) {
      for adjacent in category.children where !Self.isFallback(adjacent) && adjacent.rule(stated) {
        let isAmbiguous = adjacent.code.hasSuffix("QY")
        if let group = adjacent.children.first(where: { $0.rule(stated) }) {
          return Result(
            category: category.code, adjacentGroup: adjacent.code, group: group.code,
            status: isAmbiguous ? .ambiguous : .grouped)
        }
        if isAmbiguous && adjacent.children.isEmpty {
          return Result(category: category.code, adjacentGroup: adjacent.code, status: .ambiguous)
        }
        if manifest.groupMiss == .adjacentGroupOnly {
          return Result(category: category.code, adjacentGroup: adjacent.code, status: .adjacentGroupOnly)
        }
      }
      if fallback == nil, !category.isEmpty, let last = category.children.first(where: Self.isFallback),
        last.rule(stated)
      {
        let group = last.children.first { $0.rule(stated) }?.code ?? ""
        fallback = Result(category: category.code, adjacentGroup: last.code, group: group, status: .ungrouped)
      }
      if !manifest.categoryFallThrough { break }
    }
    return fallback ?? Result(status: .ungrouped)
  }

  private static func isFallback(_ row: Row) -> Bool { row.code.count == 3 && row.code.hasSuffix("00") }
}

/// A case as lists of strings and named numbers.
struct NaiveCase: Sendable {
  var codes: [String: [String]]
  var numbers: [String: Int]

  init(_ groupingCase: GroupingCase, _ manifest: EditionManifest) {
    let first = { (codes: [String]) in Array(codes.prefix(1).filter { !$0.isEmpty }) }
    codes = [
      "ZYZD": first(groupingCase.diagnoses), "QTZD": Array(groupingCase.diagnoses.dropFirst()),
      "ZYSS": first(groupingCase.procedures), "QTSS": Array(groupingCase.procedures.dropFirst()),
    ]
    numbers = [:]
    numbers["NL"] = groupingCase.ageYears
    numbers["XSRTL"] = groupingCase.ageDays
    numbers["XSRTZ"] = groupingCase.birthWeightGrams == 0 ? nil : groupingCase.birthWeightGrams
    numbers["XB"] = groupingCase.sex.map { Int($0.rawValue) }
    numbers["ZYTS"] = groupingCase.stayDays
    numbers["LYFS"] = groupingCase.dischargeKind
    numbers["ZZJH"] = manifest.intensiveCareDepartments.contains(groupingCase.department) ? 1 : 0
  }
}

/// The code lists of an edition as sets of strings, and the reading of its rules.
struct NaiveWords: Sendable {
  private let sets: [String: Set<String>]
  private let complications: [String: (level: String, table: String)]
  private let exclusions: [String: Set<String>]
  private let matching: EditionManifest.CodeMatching

  init(_ tables: EditionTables) {
    var sets: [String: Set<String>] = [:]
    for row in tables.members { sets[row.set, default: []].insert(row.code) }
    var exclusions: [String: Set<String>] = [:]
    for row in tables.exclusions { exclusions[row.table, default: []].insert(row.principalDiagnosis) }
    self.sets = sets
    self.exclusions = exclusions
    complications = Dictionary(tables.complications.map { ($0.code, ($0.level, $0.exclusionTable)) }) { first, _ in
      first
    }
    matching = tables.manifest.codeMatching
  }

  func row(_ code: String, _ rule: String) throws -> NaiveGrouper.Row {
    NaiveGrouper.Row(code: code, isEmpty: tokens(rule).isEmpty, rule: try read(rule))
  }

  /// The code and, in an edition that matches by prefix, its beginnings, the longest first.
  private func beginnings(_ code: String) -> [String] {
    if matching == .exact { return [code] }
    return code.indices.reversed().map { String(code[...$0]) }
  }

  private func contains(_ set: Set<String>, _ code: String) -> Bool {
    beginnings(code).contains { set.contains($0) }
  }

  private func counts(_ level: String, _ stated: NaiveCase) -> Bool {
    (stated.codes["QTZD"] ?? []).contains { diagnosis in
      guard let own = beginnings(diagnosis).lazy.compactMap({ complications[$0] }).first else { return false }
      guard own.level == level else { return false }
      let principal = stated.codes["ZYZD"]?.first ?? ""
      return !contains(exclusions[own.table] ?? [], principal)
    }
  }

  /// The rule as words and signs; the tables of the editions are tidy enough to be split like this.
  private func tokens(_ text: String) -> [String] {
    var spaced = ""
    var previous: Character = " "
    for character in text {
      let joins = previous == "<" && character == "=" || previous == ">" && character == "="
      if "(){},=<>".contains(character) && !joins { spaced += " " }
      if "(){},".contains(previous) || "=<>".contains(previous) && !joins { spaced += " " }
      spaced.append(character)
      previous = character
    }
    return spaced.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private func read(_ text: String) throws -> NaiveGrouper.Rule {
    var rest = tokens(text)[...]
    if rest.isEmpty { return { _ in true } }
    let rule = try any(&rest)
    guard rest.isEmpty else { throw NaiveGrouper.Unreadable(rule: text) }
    return rule
  }

  private func any(_ rest: inout ArraySlice<String>) throws -> NaiveGrouper.Rule {
    var parts = [try all(&rest)]
    while rest.first?.lowercased() == "or" {
      rest.removeFirst()
      parts.append(try all(&rest))
    }
    return { [parts] stated in parts.contains { $0(stated) } }
  }

  private func all(_ rest: inout ArraySlice<String>) throws -> NaiveGrouper.Rule {
    var parts = [try one(&rest)]
    while rest.first?.lowercased() == "and" {
      rest.removeFirst()
      parts.append(try one(&rest))
    }
    return { [parts] stated in parts.allSatisfy { $0(stated) } }
  }

  private func one(_ rest: inout ArraySlice<String>) throws -> NaiveGrouper.Rule {
    if rest.first == "(" {
      rest.removeFirst()
      let inner = try any(&rest)
      guard rest.popFirst() == ")" else { throw NaiveGrouper.Unreadable(rule: rest.joined(separator: " ")) }
      return inner
    }
    let left = try names(&rest).map { $0.uppercased() }
    guard let word = rest.popFirst() else { throw NaiveGrouper.Unreadable(rule: left.joined()) }
    if ["=", "<", "<=", ">", ">="].contains(word) { return try comparison(left[0], word, &rest) }
    let isNegated = word.lowercased() == "not"
    if isNegated { rest.removeFirst() }
    let right = try names(&rest)
    let lists = right.map { sets[$0] ?? [] }
    return { stated in
      let isIn = zip(right, lists).contains { name, set in
        if ["MCC", "CC"].contains(name.uppercased()) { return counts(name.uppercased(), stated) }
        return left.contains { (stated.codes[$0] ?? []).contains { contains(set, $0) } }
      }
      return isIn != isNegated
    }
  }

  private func comparison(_ name: String, _ sign: String, _ rest: inout ArraySlice<String>) throws
    -> NaiveGrouper.Rule
  {
    guard let bound = rest.popFirst().flatMap({ Int($0) }) else { throw NaiveGrouper.Unreadable(rule: name) }
    return { stated in
      guard let value = stated.numbers[name] else { return false }
      return switch sign {
      case "=": value == bound
      case "<": value < bound
      case "<=": value <= bound
      case ">": value > bound
      default: value >= bound
      }
    }
  }

  private func names(_ rest: inout ArraySlice<String>) throws -> [String] {
    guard let first = rest.popFirst() else { throw NaiveGrouper.Unreadable(rule: "") }
    guard first == "{" else { return [first] }
    var names: [String] = []
    while let name = rest.popFirst(), name != "}" {
      if name != "," { names.append(name) }
    }
    return names
  }
}
