import Kernel

/// Whether rules and sets, complications and exclusion tables name one another.
enum SetCheck {
  static func check(_ draft: EditionDraft) -> [EditionFinding] {
    var rowOfSet: [String: Int] = [:]
    for member in draft.members where rowOfSet[member.set] == nil { rowOfSet[member.set] = member.row }
    var used: Set<String> = []
    var findings: [EditionFinding] = []
    for entry in draft.entries {
      for test in entry.rule.tests {
        guard case .membership(let fields, let lists, _) = test.question else { continue }
        for list in lists {
          guard case .set(let name) = list.meaning else { continue }
          used.insert(name)
          if let finding = reference(to: name, list, fields, entry, rowOfSet, draft) { findings.append(finding) }
        }
      }
    }
    for (name, row) in rowOfSet.sorted(by: { $0.value < $1.value }) where !used.contains(name) {
      findings.append(
        EditionFinding(
          .warning, .unusedSet, .members, row: row, excerpt: name,
          LocalizedText("没有规则用到集合 \(name)。", "no rule names the set \(name).")))
    }
    return findings + exclusionTables(draft)
  }

  private static func reference(
    to name: String, _ list: CodeListName, _ fields: CodeFields, _ entry: EditionDraft.Entry,
    _ rowOfSet: [String: Int], _ draft: EditionDraft
  ) -> EditionFinding? {
    let (severity, kind, message): (Diagnostic.Severity, EditionFinding.Kind, LocalizedText)
    if rowOfSet[name] == nil {
      if let row = draft.emptySets[name] {
        (severity, kind) = (.warning, .emptySet)
        message = LocalizedText(
          "\(entry.code) 用到的集合 \(name) 没有编码（「集合」表第 \(row) 行）；该条件恒不成立。",
          "\(entry.code) asks for the set \(name), which has no code (row \(row) of 集合); nothing is in it.")
      } else {
        (severity, kind) = (.error, .unknownSet)
        let near = Nearest.words(to: name, among: rowOfSet.keys, within: 2, count: 3)
        let hint =
          near.isEmpty
          ? ("", "") : ("，是否为 \(near.joined(separator: "、"))", "; did you mean \(near.joined(separator: ", "))")
        message = LocalizedText(
          "\(entry.code) 用到的集合 \(name) 不存在\(hint.0)；请更正名称或补录集合。",
          "\(entry.code) asks for the set \(name), which does not exist\(hint.1); correct the name or add the set.")
      }
    } else if isForeign(name, to: fields) {
      (severity, kind) = (.warning, .foreignSet)
      message = LocalizedText(
        "\(entry.code) 以诊断对照手术操作集合，或以手术操作对照诊断集合：\(name)；请核对变量。",
        "\(entry.code) asks a diagnosis of a set of procedures, or the other way round: \(name); check the variable.")
    } else {
      return nil
    }
    return EditionFinding(
      severity, kind, entry.sheet, row: entry.row, column: list.place.lowerBound + 1,
      excerpt: EditionReader.excerpt(of: entry.text, at: list.place.lowerBound), message)
  }

  /// Whether the official beginning of a set's name belongs to the other kind of code.
  private static func isForeign(_ name: String, to fields: CodeFields) -> Bool {
    name.hasPrefix("DI") && !fields.isDisjoint(with: .procedures)
      || name.hasPrefix("OP") && !fields.isDisjoint(with: .diagnoses)
  }

  private static func exclusionTables(_ draft: EditionDraft) -> [EditionFinding] {
    let tables = Set(draft.exclusions.map(\.table))
    let named = Set(draft.complications.map(\.exclusionTable))
    var findings: [EditionFinding] = []
    for row in draft.complications where !row.exclusionTable.isEmpty && !tables.contains(row.exclusionTable) {
      findings.append(
        EditionFinding(
          .warning, .unknownExclusionTable, .complications, row: row.row, excerpt: row.exclusionTable,
          LocalizedText(
            "\(row.code) 的排除表 \(row.exclusionTable) 不存在；该编码不会被排除。",
            "the exclusion table \(row.exclusionTable) of \(row.code) does not exist; nothing takes the code off.")))
    }
    var reported: Set<String> = []
    for row in draft.exclusions where !named.contains(row.table) && reported.insert(row.table).inserted {
      findings.append(
        EditionFinding(
          .warning, .unusedExclusionTable, .exclusions, row: row.row, excerpt: row.table,
          LocalizedText("没有 MCC 或 CC 用到排除表 \(row.table)。", "no MCC or CC names the exclusion table \(row.table).")))
    }
    return findings
  }
}
