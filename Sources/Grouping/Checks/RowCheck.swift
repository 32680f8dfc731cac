import Kernel

/// Whether every row is there once and belongs somewhere.
enum RowCheck {
  static func check(_ draft: EditionDraft) -> [EditionFinding] {
    duplicateEntries(draft.categories) + duplicateEntries(draft.adjacentGroups) + duplicateEntries(draft.groups)
      + parents(draft.adjacentGroups, among: draft.categories, "MDC")
      + parents(draft.groups, among: draft.adjacentGroups, "ADRG")
      + childless(draft.categories, draft.adjacentGroups, "ADRG") + childless(draft.adjacentGroups, draft.groups, "DRG")
      + duplicateMembers(draft.members) + complications(draft.complications) + duplicateExclusions(draft.exclusions)
  }

  private static func duplicateEntries(_ entries: [EditionDraft.Entry]) -> [EditionFinding] {
    var rows: [String: Int] = [:]
    return entries.sorted { $0.row < $1.row }.compactMap { entry in
      if let first = rows.updateValue(entry.row, forKey: entry.code) {
        return duplicate(.error, entry.sheet, entry.row, entry.code, first: first)
      }
      return nil
    }
  }

  private static func parents(
    _ entries: [EditionDraft.Entry], among parents: [EditionDraft.Entry], _ kind: String
  ) -> [EditionFinding] {
    let known = Set(parents.map(\.code))
    return entries.filter { !known.contains($0.parent) }.map { entry in
      let near = Nearest.words(to: entry.parent, among: known, within: 1, count: 3).joined(separator: "、")
      let hint = near.isEmpty ? "" : "（\(near)？）"
      let chinese =
        entry.parent.isEmpty
        ? "\(entry.code) 没有所属 \(kind) 编码；请补录。" : "\(entry.code) 所属的 \(kind)「\(entry.parent)」不存在\(hint)；请更正。"
      let english =
        entry.parent.isEmpty
        ? "\(entry.code) belongs to no \(kind); add its code."
        : "\(entry.code) belongs to \(kind) \"\(entry.parent)\", which does not exist; correct it."
      return EditionFinding(
        .error, .danglingParent, entry.sheet, row: entry.row, excerpt: entry.parent, LocalizedText(chinese, english))
    }
  }

  private static func childless(
    _ entries: [EditionDraft.Entry], _ children: [EditionDraft.Entry], _ kind: String
  ) -> [EditionFinding] {
    let parents = Set(children.map(\.parent))
    return entries.filter { !parents.contains($0.code) && !$0.isAmbiguous && !$0.isFallback }.map { entry in
      EditionFinding(
        .warning, .childless, entry.sheet, row: entry.row,
        LocalizedText("\(entry.code) 之下没有任何 \(kind)。", "\(entry.code) has no \(kind) of its own."))
    }
  }

  private static func duplicateMembers(_ members: [EditionTables.MemberRow]) -> [EditionFinding] {
    struct Key: Hashable { var set: String, code: String }
    var rows: [Key: Int] = [:]
    rows.reserveCapacity(members.count)
    return members.compactMap { member in
      guard let first = rows.updateValue(member.row, forKey: Key(set: member.set, code: member.code)) else {
        return nil
      }
      return duplicate(.warning, .members, member.row, "\(member.set) \(member.code)", first: first)
    }
  }

  private static func duplicateExclusions(_ exclusions: [EditionTables.ExclusionRow]) -> [EditionFinding] {
    struct Key: Hashable { var table: String, code: String }
    var rows: [Key: Int] = [:]
    rows.reserveCapacity(exclusions.count)
    return exclusions.compactMap { row in
      let key = Key(table: row.table, code: row.principalDiagnosis)
      guard let first = rows.updateValue(row.row, forKey: key) else { return nil }
      return duplicate(.warning, .exclusions, row.row, "\(row.table) \(row.principalDiagnosis)", first: first)
    }
  }

  private static func complications(_ rows: [EditionTables.ComplicationRow]) -> [EditionFinding] {
    var seen: [String: EditionTables.ComplicationRow] = [:]
    seen.reserveCapacity(rows.count)
    return rows.compactMap { row in
      guard let first = seen.updateValue(row, forKey: row.code) else { return nil }
      if (first.level, first.exclusionTable) == (row.level, row.exclusionTable) {
        return duplicate(.warning, .complications, row.row, row.code, first: first.row)
      }
      return EditionFinding(
        .error, .contradiction, .complications, row: row.row, excerpt: row.code,
        LocalizedText(
          "\(row.code) 在第 \(first.row) 行为 \(first.level) \(first.exclusionTable)，在本行为 \(row.level) "
            + "\(row.exclusionTable)；一个编码只能有一种。",
          "\(row.code) is \(first.level) \(first.exclusionTable) in row \(first.row) and \(row.level) "
            + "\(row.exclusionTable) here; a code has one level and one table."))
    }
  }

  private static func duplicate(
    _ severity: Diagnostic.Severity, _ sheet: EditionSheet, _ row: Int, _ code: String, first: Int
  ) -> EditionFinding {
    EditionFinding(
      severity, .duplicate, sheet, row: row, excerpt: code,
      LocalizedText("\(code) 重复，已见于第 \(first) 行；请删除其一。", "\(code) stands in row \(first) already; delete one."))
  }
}
