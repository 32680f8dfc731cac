import Kernel

/// Whether a case can reach every row.
enum ReachCheck {
  static func check(_ draft: EditionDraft) -> [EditionFinding] {
    let adjacentGroups = draft.adjacentGroupsByCategory()
    let groups = draft.groupsByAdjacentGroup()
    let codes = draft.manifest.codeMatching == .exact ? Dictionary(grouping: draft.members, by: \.set) : [:]
    var findings = neverTrue(draft, adjacentGroups, groups)
    if !draft.manifest.categoryFallThrough {
      findings += behindWider(draft.categories) { _ in true }
    }
    for category in draft.categories {
      let evaluated = (adjacentGroups[category.code] ?? []).filter { entry in
        !entry.isFallback && (draft.manifest.ambiguousGroup || !entry.isAmbiguous)
      }
      findings += behindWider(evaluated) { takesForGood($0, groups, draft.manifest) }
      if !codes.isEmpty { findings += keptOut(evaluated, by: category, codes) }
    }
    for adjacentGroup in draft.adjacentGroups {
      let own = groups[adjacentGroup.code] ?? []
      findings += behindWider(own) { _ in true }
      if !own.isEmpty, !own.contains(where: { $0.rule == .always }) { findings.append(openEnd(adjacentGroup)) }
    }
    return findings
  }

  /// Whether a case that the adjacent group takes never goes on to the next one.
  private static func takesForGood(
    _ entry: EditionDraft.Entry, _ groups: [String: [EditionDraft.Entry]], _ manifest: EditionManifest
  ) -> Bool {
    manifest.groupMiss == .adjacentGroupOnly || groups[entry.code]?.contains { $0.rule == .always } == true
  }

  /// Rows that an earlier row with a wider rule leaves nothing to.
  private static func behindWider(
    _ entries: [EditionDraft.Entry], isFinal: (EditionDraft.Entry) -> Bool
  ) -> [EditionFinding] {
    var earlier: [EditionDraft.Entry] = []
    var findings: [EditionFinding] = []
    for entry in entries {
      if let wider = earlier.first(where: { RuleLogic.implies(entry.rule, $0.rule) }) {
        let chinese = wider.rule == .always ? "该行没有规则，所有病例到此为止" : "该行的规则已包含本行"
        let english = wider.rule == .always ? "which has no rule and takes every case" : "whose rule includes this one"
        findings.append(
          EditionFinding(
            .warning, .unreachable, entry.sheet, row: entry.row, excerpt: entry.code,
            LocalizedText(
              "\(entry.code) 排在 \(wider.code)（第 \(wider.row) 行）之后，\(chinese)；\(entry.code) 永远不会入组，请核对次序或规则。",
              "\(entry.code) stands behind \(wider.code) (row \(wider.row)), \(english); "
                + "no case gets it: check order or rule.")))
      } else if isFinal(entry) {
        earlier.append(entry)
      }
    }
    return findings
  }

  private static func openEnd(_ entry: EditionDraft.Entry) -> EditionFinding {
    EditionFinding(
      .warning, .noUnconditionalGroup, entry.sheet, row: entry.row, excerpt: entry.code,
      LocalizedText(
        "\(entry.code) 的每个 DRG 都有条件，病例可能符合 \(entry.code) 而不符合其中任何 DRG。",
        "every group of \(entry.code) has a rule; a case may get \(entry.code) and none of its groups."))
  }

  private static func neverTrue(
    _ draft: EditionDraft, _ adjacentGroups: [String: [EditionDraft.Entry]], _ groups: [String: [EditionDraft.Entry]]
  ) -> [EditionFinding] {
    let empty = Set(draft.emptySets.keys)
    var findings: [EditionFinding] = []
    func report(_ entry: EditionDraft.Entry) {
      findings.append(
        EditionFinding(
          .warning, .neverTrue, entry.sheet, row: entry.row, excerpt: EditionReader.excerpt(of: entry.text, at: 0),
          LocalizedText(
            "\(entry.code) 的规则（连同上级规则）恒不成立；请核对规则和集合。",
            "the rule of \(entry.code), with those above it, never holds; check the rule and its sets.")))
    }
    for category in draft.categories {
      guard RuleLogic.canHold(category.rule, emptySets: empty) else {
        report(category)
        continue
      }
      for adjacentGroup in adjacentGroups[category.code] ?? [] {
        let rule = RuleExpression.all([category.rule, adjacentGroup.rule])
        guard RuleLogic.canHold(rule, emptySets: empty) else {
          report(adjacentGroup)
          continue
        }
        for group in groups[adjacentGroup.code] ?? []
        where !RuleLogic.canHold(.all([rule, group.rule]), emptySets: empty) { report(group) }
      }
    }
    return findings
  }

  /// Codes of an adjacent group's sets that the category's own rule never lets in.
  private static func keptOut(
    _ entries: [EditionDraft.Entry], by category: EditionDraft.Entry, _ members: [String: [EditionTables.MemberRow]]
  ) -> [EditionFinding] {
    [(CodeFields.principalDiagnosis, []), (.mainProcedure, [CodeFields.procedures])].flatMap { field, wider in
      guard let gate = RuleLogic.required(field, by: category.rule) else { return [EditionFinding]() }
      let allowed = codes(of: gate, members)
      return entries.compactMap { entry in
        let asked = ([field] + wider).lazy.compactMap { RuleLogic.required($0, by: entry.rule) }.first
        guard let asked else { return nil }
        let kept = codes(of: asked, members).subtracting(allowed).sorted()
        return kept.isEmpty ? nil : keptOut(kept, asked, entry, category)
      }
    }
  }

  private static func keptOut(
    _ codes: [String], _ sets: [String], _ entry: EditionDraft.Entry, _ category: EditionDraft.Entry
  ) -> EditionFinding {
    let rest = codes.count > 3 ? "…" : ""
    let named = codes.prefix(3).joined(separator: ", ") + rest
    return EditionFinding(
      .warning, .keptOutByCategory, entry.sheet, row: entry.row, excerpt: named,
      LocalizedText(
        "\(entry.code) 的集合 \(sets.joined(separator: "、")) 中有 \(codes.count) 个编码不满足 \(category.code) 的规则，"
          + "不能据以入组：\(codes.prefix(3).joined(separator: "、"))\(rest)。",
        "\(codes.count) codes of \(sets.joined(separator: ", ")) of \(entry.code) do not fulfil the rule of "
          + "\(category.code) and never lead there: \(named)."))
  }

  private static func codes(of sets: [String], _ members: [String: [EditionTables.MemberRow]]) -> Set<String> {
    Set(sets.flatMap { members[$0] ?? [] }.map(\.code))
  }
}
