import Kernel

/// Makes a draft of the tables: leaves out what is no row, reads the rules, puts rows in order.
enum EditionReader {
  static func draft(_ tables: EditionTables) -> EditionDraft {
    var draft = EditionDraft(manifest: tables.manifest)
    draft.categories = tables.categories.sorted { ($0.order, $0.row) < ($1.order, $1.row) }.compactMap { row in
      entry(.categories, row.code, row.name, row.rule, parent: row.code, row: row.row, &draft)
    }
    draft.adjacentGroups = tables.adjacentGroups.sorted { ($0.order, $0.row) < ($1.order, $1.row) }.compactMap { row in
      entry(.adjacentGroups, row.code, row.name, row.rule, parent: row.category, row: row.row, &draft)
    }
    draft.groups = tables.groups.sorted { ($0.order, $0.row) < ($1.order, $1.row) }.compactMap { row in
      entry(.groups, row.code, row.name, row.rule, parent: row.adjacentGroup, row: row.row, &draft)
    }
    readMembers(tables.members, &draft)
    readComplications(tables.complications, &draft)
    readExclusions(tables.exclusions, &draft)
    return draft
  }

  private static func entry(
    _ sheet: EditionSheet, _ code: String, _ name: String, _ text: String, parent: String, row: Int,
    _ draft: inout EditionDraft
  ) -> EditionDraft.Entry? {
    let code = trimmed(code)
    if isHeader(code) {
      draft.findings.append(header(sheet, row, code))
      return nil
    }
    // The row of the ungrouped code states no rule of its own; the manifest names it.
    if sheet != .categories, code == draft.manifest.ungroupedCode { return nil }
    if code.isEmpty {
      draft.findings.append(missing(.error, sheet, row, "编码", "code"))
      return nil
    }
    var rule = RuleExpression.always
    do {
      rule = try RuleParser.parse(text)
    } catch {
      draft.findings.append(
        EditionFinding(
          .error, .ruleSyntax, sheet, row: row, column: error.place.lowerBound + 1,
          excerpt: excerpt(of: text, at: error.place.lowerBound),
          LocalizedText("\(code) 的规则有误：\(error.message.chinese)", "rule of \(code): \(error.message.english)")))
    }
    return EditionDraft.Entry(
      sheet: sheet, code: code, name: name, text: text, rule: rule, parent: trimmed(parent), row: row)
  }

  private static func readMembers(_ rows: [EditionTables.MemberRow], _ draft: inout EditionDraft) {
    var namedOnly: [String: Int] = [:]
    var filled: Set<String> = []
    draft.members.reserveCapacity(rows.count)
    for row in rows {
      let member = EditionTables.MemberRow(set: trimmed(row.set), code: trimmed(row.code), row: row.row)
      if isHeader(member.set) || isHeader(member.code) {
        draft.findings.append(header(.members, row.row, member.set))
      } else if member.set.isEmpty {
        draft.findings.append(missing(.warning, .members, row.row, "集合编号", "set"))
      } else if member.code.isEmpty {
        draft.findings.append(missing(.warning, .members, row.row, "ICD 编码", "code"))
        namedOnly[member.set] = namedOnly[member.set] ?? row.row
      } else {
        if filled.insert(member.set).inserted { namedOnly[member.set] = nil }
        draft.members.append(member)
      }
    }
    draft.emptySets = namedOnly.filter { !filled.contains($0.key) }
  }

  private static func readComplications(_ rows: [EditionTables.ComplicationRow], _ draft: inout EditionDraft) {
    for row in rows {
      let complication = EditionTables.ComplicationRow(
        code: trimmed(row.code), level: trimmed(row.level).uppercased(), exclusionTable: trimmed(row.exclusionTable),
        row: row.row)
      if isHeader(complication.code) {
        draft.findings.append(header(.complications, row.row, complication.code))
      } else if complication.code.isEmpty {
        draft.findings.append(missing(.warning, .complications, row.row, "疾病编码", "diagnosis"))
      } else if ComplicationLevels.named(complication.level) == nil {
        draft.findings.append(
          EditionFinding(
            .error, .unknownLevel, .complications, row: row.row, excerpt: row.level,
            LocalizedText(
              "\(row.code) 的类型是「\(row.level)」；只能是 MCC 或 CC。",
              "\(row.code) has the level \"\(row.level)\"; it is MCC or CC.")))
      } else {
        draft.complications.append(complication)
      }
    }
  }

  private static func readExclusions(_ rows: [EditionTables.ExclusionRow], _ draft: inout EditionDraft) {
    draft.exclusions.reserveCapacity(rows.count)
    for row in rows {
      let exclusion = EditionTables.ExclusionRow(
        table: trimmed(row.table), principalDiagnosis: trimmed(row.principalDiagnosis), row: row.row)
      if isHeader(exclusion.table) || isHeader(exclusion.principalDiagnosis) {
        draft.findings.append(header(.exclusions, row.row, exclusion.table))
      } else if exclusion.principalDiagnosis.isEmpty {
        draft.findings.append(missing(.warning, .exclusions, row.row, "ICD 编码", "principal diagnosis"))
      } else if exclusion.table.isEmpty {
        draft.findings.append(missing(.warning, .exclusions, row.row, "集合编号", "exclusion table"))
      } else {
        draft.exclusions.append(exclusion)
      }
    }
  }

  /// Words that stand in the header of the official sheets and of the CSV form, and are no code anywhere.
  private static let headerWords: Set<String> = [
    "MDC", "ADRG", "DRG", "code", "set", "rule", "level", "exclusion_table", "principal_dx", "类型", "排除表",
  ]

  static func isHeader(_ cell: String) -> Bool {
    headerWords.contains(cell) || cell.hasSuffix("编码") || cell.hasSuffix("编号") || cell.hasSuffix("名称")
  }

  private static func header(_ sheet: EditionSheet, _ row: Int, _ cell: String) -> EditionFinding {
    EditionFinding(
      .warning, .headerAmongRows, sheet, row: row, excerpt: cell,
      LocalizedText("表头混在数据行中，已略过；请从表中删除该行。", "a header among the rows, left out; delete the row."))
  }

  private static func missing(
    _ severity: Diagnostic.Severity, _ sheet: EditionSheet, _ row: Int, _ chinese: String, _ english: String
  ) -> EditionFinding {
    EditionFinding(
      severity, .missingCode, sheet, row: row,
      LocalizedText("该行没有\(chinese)，已略过；请补录或删除该行。", "the row has no \(english), left out; add it or delete the row."))
  }

  /// A cell without blanks around it, as spreadsheets leave them.
  static func trimmed(_ cell: String) -> String {
    guard let first = cell.first, let last = cell.last, first.isWhitespace || last.isWhitespace else { return cell }
    var rest = cell[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// The part of a rule around a place.
  static func excerpt(of text: String, at place: Int) -> String {
    String(text.dropFirst(max(0, place - 20)).prefix(60))
  }
}
