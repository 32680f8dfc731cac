/// Puts the rows of a draft in the order of evaluation.
enum TreeCompiler {
  /// The tree, and its rules in the order in which they are numbered.
  static func tree(of draft: EditionDraft) -> (tree: GroupTree, rules: [RuleExpression]) {
    let adjacentByCategory = draft.adjacentGroupsByCategory()
    let groupsByAdjacent = draft.groupsByAdjacentGroup()
    var categories: [GroupTree.Category] = []
    var adjacentGroups: [GroupTree.AdjacentGroup] = []
    var groups: [GroupTree.Group] = []
    var adjacentRules: [RuleExpression] = []
    var groupRules: [RuleExpression] = []
    func add(_ entry: EditionDraft.Entry, category: Int) {
      let first = groups.count
      for group in groupsByAdjacent[entry.code] ?? [] {
        groups.append(
          GroupTree.Group(code: group.code, name: group.name, rule: group.text, adjacentGroup: adjacentGroups.count))
        groupRules.append(group.rule)
      }
      adjacentGroups.append(
        GroupTree.AdjacentGroup(
          code: entry.code, name: entry.name, rule: entry.text, category: category, groups: first..<groups.count,
          isAmbiguous: entry.isAmbiguous))
      adjacentRules.append(entry.rule)
    }
    for (number, category) in draft.categories.enumerated() {
      let own = adjacentByCategory[category.code] ?? []
      let first = adjacentGroups.count
      for entry in own where !entry.isFallback && (draft.manifest.ambiguousGroup || !entry.isAmbiguous) {
        add(entry, category: number)
      }
      let ordinary = first..<adjacentGroups.count
      let fallback = own.first(where: \.isFallback)
      if let fallback { add(fallback, category: number) }
      categories.append(
        GroupTree.Category(
          code: category.code, name: category.name, rule: category.text, adjacentGroups: ordinary,
          fallback: fallback == nil ? nil : ordinary.upperBound))
    }
    return (
      GroupTree(categories: categories, adjacentGroups: adjacentGroups, groups: groups),
      draft.categories.map(\.rule) + adjacentRules + groupRules
    )
  }
}
