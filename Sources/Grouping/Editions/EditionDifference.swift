/// What changed from one edition to another: switches, rows and codes.
///
/// Rows are compared by the keys of ``EditionOverlay``; where a row stands in its file does not matter. When rows
/// changed places in the order of evaluation, the fewest that explain the new order are listed.
public struct EditionDifference: Hashable, Sendable {
  /// A switch or name of the manifest with its two values.
  public struct SwitchChange: Hashable, Sendable {
    /// The name of the field.
    public let name: String
    /// The value before.
    public let before: String
    /// The value after.
    public let after: String
  }

  /// A row of the sheets MDC, ADRG or DRG.
  public struct RowChange: Hashable, Sendable {
    /// The table.
    public let sheet: EditionSheet
    /// The row's code.
    public let code: String
    /// The row before; `nil` when it is new.
    public let before: Row?
    /// The row after; `nil` when it is gone.
    public let after: Row?
  }

  /// What a row says.
  public struct Row: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The rule.
    public let rule: String
    /// The code it belongs to; empty for a category.
    public let parent: String
    /// Its place among its siblings, from 1.
    public let place: Int

    /// Whether name, rule and parent are the same.
    func saysTheSame(as other: Row) -> Bool {
      (name, rule, parent) == (other.name, other.rule, other.parent)
    }
  }

  /// A set or an exclusion table whose codes changed.
  public struct SetChange: Hashable, Sendable {
    /// The table: 集合 or 排除表.
    public let sheet: EditionSheet
    /// The name of the set.
    public let name: String
    /// Codes that came, in order.
    public let added: [String]
    /// Codes that went, in order.
    public let removed: [String]
  }

  /// A complication whose level or exclusion table changed.
  public struct ComplicationChange: Hashable, Sendable {
    /// The diagnosis.
    public let code: String
    /// Level and table before, `MCC 表7-1`; `nil` when it is new.
    public let before: String?
    /// Level and table after; `nil` when it is gone.
    public let after: String?
  }

  /// Switches and names.
  public let switches: [SwitchChange]
  /// Categories, adjacent groups and groups, in the order of the sheets and of their codes.
  public let rows: [RowChange]
  /// Sets and exclusion tables.
  public let sets: [SetChange]
  /// Complications.
  public let complications: [ComplicationChange]

  /// Whether nothing changed.
  public var isEmpty: Bool { switches.isEmpty && rows.isEmpty && sets.isEmpty && complications.isEmpty }

  /// Compares two editions.
  public init(from before: EditionTables, to after: EditionTables) {
    switches = zip(before.manifest.described, after.manifest.described).compactMap { old, new in
      old.value == new.value ? nil : SwitchChange(name: old.name, before: old.value, after: new.value)
    }
    rows = EditionSheet.rowSheets.flatMap { Self.rows($0, before.described($0), after.described($0)) }
    sets =
      Self.sets(.members, before.codesBySet, after.codesBySet)
      + Self.sets(.exclusions, before.codesByExclusionTable, after.codesByExclusionTable)
    let (old, new) = (before.levelsByCode, after.levelsByCode)
    complications = Set(old.keys).union(new.keys).sorted().compactMap { code in
      old[code] == new[code] ? nil : ComplicationChange(code: code, before: old[code], after: new[code])
    }
  }

  private static func rows(_ sheet: EditionSheet, _ before: [String: Row], _ after: [String: Row]) -> [RowChange] {
    let moved = movedCodes(before, after)
    return Set(before.keys).union(after.keys).sorted().compactMap { code in
      let (old, new) = (before[code], after[code])
      if let old, let new, old.saysTheSame(as: new), !moved.contains(code) { return nil }
      return RowChange(sheet: sheet, code: code, before: old, after: new)
    }
  }

  /// The fewest rows that have to move for their siblings to be in the new order; rows that came or went move nobody.
  private static func movedCodes(_ before: [String: Row], _ after: [String: Row]) -> Set<String> {
    var siblings: [String: [(code: String, old: Int, new: Int)]] = [:]
    for (code, new) in after {
      guard let old = before[code], old.parent == new.parent else { continue }
      siblings[new.parent, default: []].append((code, old.place, new.place))
    }
    return siblings.values.reduce(into: []) { moved, rows in
      let inNewOrder = rows.sorted { $0.new < $1.new }
      let staying = longestAscending(inNewOrder.map(\.old))
      moved.formUnion(inNewOrder.indices.filter { !staying.contains($0) }.map { inNewOrder[$0].code })
    }
  }

  /// The positions of a longest ascending part of a sequence.
  private static func longestAscending(_ values: [Int]) -> Set<Int> {
    var lengths = [Int](repeating: 1, count: values.count)
    var previous = [Int?](repeating: nil, count: values.count)
    for position in values.indices {
      for earlier in 0..<position
      where values[earlier] < values[position] && lengths[earlier] + 1 > lengths[position] {
        lengths[position] = lengths[earlier] + 1
        previous[position] = earlier
      }
    }
    var chain: Set<Int> = []
    var position = values.indices.max { lengths[$0] < lengths[$1] }
    while let current = position {
      chain.insert(current)
      position = previous[current]
    }
    return chain
  }

  private static func sets(
    _ sheet: EditionSheet, _ before: [String: Set<String>], _ after: [String: Set<String>]
  ) -> [SetChange] {
    Set(before.keys).union(after.keys).sorted().compactMap { name in
      let (old, new) = (before[name] ?? [], after[name] ?? [])
      if old == new { return nil }
      return SetChange(
        sheet: sheet, name: name, added: new.subtracting(old).sorted(), removed: old.subtracting(new).sorted())
    }
  }
}

extension EditionSheet {
  /// The sheets whose rows have a rule.
  fileprivate static let rowSheets: [EditionSheet] = [.categories, .adjacentGroups, .groups]
}

extension EditionManifest {
  /// Names and switches with the names of their fields.
  fileprivate var described: [(name: String, value: String)] {
    [
      ("identifier", identifier), ("name", name), ("region", region),
      ("category_fall_through", "\(categoryFallThrough)"), ("group_miss", groupMiss.rawValue),
      ("ambiguous_group", "\(ambiguousGroup)"), ("retries_other_procedures", "\(retriesOtherProcedures)"),
      ("code_matching", codeMatching.rawValue), ("ungrouped_code", ungroupedCode),
      ("intensive_care_departments", intensiveCareDepartments.joined(separator: ", ")),
    ]
  }
}

extension EditionTables {
  private typealias Row = EditionDifference.Row

  /// What the rows of a sheet say, by code; places are counted among siblings in the order of evaluation.
  fileprivate func described(_ sheet: EditionSheet) -> [String: EditionDifference.Row] {
    var counts: [String: Int] = [:]
    func row(_ name: String, _ rule: String, _ parent: String) -> EditionDifference.Row {
      counts[parent, default: 0] += 1
      return Row(name: name, rule: rule, parent: parent, place: counts[parent, default: 0])
    }
    switch sheet {
    case .categories:
      return Dictionary(
        categories.sorted { ($0.order, $0.row) < ($1.order, $1.row) }.map { ($0.code, row($0.name, $0.rule, "")) }
      ) { first, _ in first }
    case .adjacentGroups:
      return Dictionary(
        adjacentGroups.sorted { ($0.order, $0.row) < ($1.order, $1.row) }
          .map { ($0.code, row($0.name, $0.rule, $0.category)) }
      ) { first, _ in first }
    case .groups:
      return Dictionary(
        groups.sorted { ($0.order, $0.row) < ($1.order, $1.row) }
          .map { ($0.code, row($0.name, $0.rule, $0.adjacentGroup)) }
      ) { first, _ in first }
    case .members, .complications, .exclusions: return [:]
    }
  }

  fileprivate var codesBySet: [String: Set<String>] {
    members.reduce(into: [:]) { $0[$1.set, default: []].insert($1.code) }
  }

  fileprivate var codesByExclusionTable: [String: Set<String>] {
    exclusions.reduce(into: [:]) { $0[$1.table, default: []].insert($1.principalDiagnosis) }
  }

  fileprivate var levelsByCode: [String: String] {
    Dictionary(
      complications.map { ($0.code, $0.exclusionTable.isEmpty ? $0.level : "\($0.level) \($0.exclusionTable)") }
    ) { first, _ in first }
  }
}
