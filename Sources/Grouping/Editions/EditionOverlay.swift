import Kernel

/// What a city's edition changes in the edition it is based on.
///
/// Rows are found by key: a category, adjacent group or group by its code, a member by set and code, a complication by
/// its diagnosis, an exclusion by table and principal diagnosis. First the removals are carried out, then the rows are
/// put: in place of the row with the same key where there is one, else at the end. Whole sets and exclusion tables can
/// be removed, so that putting their members afterwards replaces them. The overlay's manifest is that of the result.
///
/// ```swift
/// let city = EditionOverlay(
///   manifest: EditionManifest(identifier: "sample_2026", name: "示例市 2026 年细分组", groupMiss: .nextAdjacentGroup),
///   removed: [.group("BB25")], put: tablesWithBB29)
/// let (tables, findings) = national.overlaid(by: city)
/// ```
public struct EditionOverlay: Hashable, Sendable {
  /// A row of the base, or a whole set.
  public enum Key: Hashable, Sendable {
    /// A row of the sheet MDC.
    case category(String)
    /// A row of the sheet ADRG.
    case adjacentGroup(String)
    /// A row of the sheet DRG.
    case group(String)
    /// All rows of a set of the sheet 集合.
    case set(String)
    /// One code of a set.
    case member(set: String, code: String)
    /// A row of the sheet CC.
    case complication(String)
    /// All rows of an exclusion table of the sheet 排除表.
    case exclusionTable(String)
    /// One principal diagnosis of an exclusion table.
    case exclusion(table: String, principalDiagnosis: String)
  }

  /// Name and switches of the resulting edition, complete.
  public var manifest: EditionManifest
  /// What goes.
  public var removed: [Key]
  /// What comes, or takes the place of the row with the same key; the manifest inside is not looked at.
  public var put: EditionTables

  /// Makes an overlay.
  public init(manifest: EditionManifest, removed: [Key] = [], put: EditionTables? = nil) {
    self.manifest = manifest
    self.removed = removed
    self.put = put ?? EditionTables(manifest: manifest)
  }
}

extension EditionOverlay {
  /// The overlay that makes one edition of another.
  public init(turning base: EditionTables, into target: EditionTables) {
    self.init(manifest: target.manifest)
    func add<Row: Equatable>(
      _ rows: WritableKeyPath<EditionTables, [Row]>, _ number: WritableKeyPath<Row, Int>, _ key: (Row) -> Key
    ) {
      let (changed, gone) = Self.changes(base[keyPath: rows], target[keyPath: rows], key, number)
      put[keyPath: rows] = changed
      removed += gone
    }
    add(\.categories, \.row) { .category($0.code) }
    add(\.adjacentGroups, \.row) { .adjacentGroup($0.code) }
    add(\.groups, \.row) { .group($0.code) }
    add(\.members, \.row) { .member(set: $0.set, code: $0.code) }
    add(\.complications, \.row) { .complication($0.code) }
    add(\.exclusions, \.row) { .exclusion(table: $0.table, principalDiagnosis: $0.principalDiagnosis) }
  }

  /// Rows of the target that the base lacks or has otherwise, and the keys of those that are gone.
  ///
  /// Where a row stands in its file does not count.
  private static func changes<Row: Equatable>(
    _ base: [Row], _ target: [Row], _ key: (Row) -> Key, _ number: WritableKeyPath<Row, Int>
  ) -> (put: [Row], removed: [Key]) {
    func bare(_ row: Row) -> Row {
      var row = row
      row[keyPath: number] = 0
      return row
    }
    let before = Dictionary(base.map { (key($0), bare($0)) }) { first, _ in first }
    let after = Set(target.map(key))
    return (target.filter { before[key($0)] != bare($0) }, base.map(key).filter { !after.contains($0) })
  }
}

extension EditionTables {
  /// The edition that an overlay makes of this one.
  ///
  /// - Returns: the tables, and a warning for every removal that finds nothing.
  public func overlaid(by overlay: EditionOverlay) -> (tables: EditionTables, findings: [EditionFinding]) {
    var removals = OverlayRemovals(overlay.removed)
    var result = EditionTables(manifest: overlay.manifest)
    result.categories = Self.merged(
      categories.filter { !removals.takes(.category($0.code)) }, overlay.put.categories
    ) { $0.code }
    result.adjacentGroups = Self.merged(
      adjacentGroups.filter { !removals.takes(.adjacentGroup($0.code)) }, overlay.put.adjacentGroups
    ) { $0.code }
    result.groups = Self.merged(groups.filter { !removals.takes(.group($0.code)) }, overlay.put.groups) { $0.code }
    result.members = Self.merged(
      members.filter { !removals.takes(.set($0.set)) && !removals.takes(.member(set: $0.set, code: $0.code)) },
      overlay.put.members
    ) { [$0.set, $0.code] }
    result.complications = Self.merged(
      complications.filter { !removals.takes(.complication($0.code)) }, overlay.put.complications
    ) { $0.code }
    result.exclusions = Self.merged(
      exclusions.filter {
        !removals.takes(.exclusionTable($0.table))
          && !removals.takes(.exclusion(table: $0.table, principalDiagnosis: $0.principalDiagnosis))
      }, overlay.put.exclusions
    ) { [$0.table, $0.principalDiagnosis] }
    return (result, removals.misses)
  }

  /// The rows with those put over them: in the place of the row with the same key, else at the end.
  private static func merged<Row, Key: Hashable>(_ rows: [Row], _ put: [Row], key: (Row) -> Key) -> [Row] {
    if put.isEmpty { return rows }
    var replacements: [Key: Row] = [:]
    for row in put { replacements[key(row)] = row }
    var used: Set<Key> = []
    let kept = rows.map { row in
      let own = key(row)
      guard let replacement = replacements[own] else { return row }
      used.insert(own)
      return replacement
    }
    return kept + put.filter { used.insert(key($0)).inserted }.map { replacements[key($0)] ?? $0 }
  }
}

/// The removals of an overlay and which of them found a row.
private struct OverlayRemovals {
  private let order: [EditionOverlay.Key]
  private let wanted: Set<EditionOverlay.Key>
  private var found: Set<EditionOverlay.Key> = []

  init(_ removed: [EditionOverlay.Key]) {
    order = removed
    wanted = Set(removed)
  }

  mutating func takes(_ key: EditionOverlay.Key) -> Bool {
    guard !wanted.isEmpty, wanted.contains(key) else { return false }
    found.insert(key)
    return true
  }

  var misses: [EditionFinding] {
    order.filter { !found.contains($0) }.map { key in
      EditionFinding(
        .warning, .overlayMiss, key.sheet, excerpt: key.text,
        LocalizedText(
          "要删除的 \(key.text) 在基础方案中不存在；请核对基础方案的版本。",
          "\(key.text), which is to be removed, is not in the base edition; check the base's version."))
    }
  }
}

extension EditionOverlay.Key {
  /// The table the row stands in.
  public var sheet: EditionSheet {
    switch self {
    case .category: .categories
    case .adjacentGroup: .adjacentGroups
    case .group: .groups
    case .set, .member: .members
    case .complication: .complications
    case .exclusionTable, .exclusion: .exclusions
    }
  }

  /// The key as people write it: `BB25`, `DI_BB2 I60.000`.
  public var text: String {
    switch self {
    case .category(let code), .adjacentGroup(let code), .group(let code), .set(let code), .complication(let code),
      .exclusionTable(let code):
      code
    case .member(let set, let code): "\(set) \(code)"
    case .exclusion(let table, let principalDiagnosis): "\(table) \(principalDiagnosis)"
    }
  }
}
