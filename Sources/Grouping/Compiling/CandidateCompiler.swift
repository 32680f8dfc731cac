/// Works out which rules can hold for a principal diagnosis, and for a main procedure, of each class.
struct CandidateCompiler {
  private let rules: RuleTable
  private let memberships: MembershipTable
  private let tree: GroupTree

  static func index(_ tree: GroupTree, _ rules: RuleTable, _ memberships: MembershipTable) -> CandidateIndex {
    let compiler = CandidateCompiler(rules: rules, memberships: memberships, tree: tree)
    return CandidateIndex(
      categoryCount: tree.categories.count, adjacentCount: tree.adjacentGroups.count,
      byPrincipalDiagnosis: compiler.rows(for: .principalDiagnosis), byMainProcedure: compiler.rows(for: .mainProcedure)
    )
  }

  private func rows(for field: CodeFields) -> [UInt64] {
    let categoryWords = CandidateIndex.words(tree.categories.count)
    let words = categoryWords + CandidateIndex.words(tree.adjacentGroups.count)
    var rows = [UInt64](repeating: 0, count: words * memberships.classCount)
    var reached: [Bool] = []
    func mark(_ rule: Int, bit: Int) {
      for classNumber in 0..<memberships.classCount
      where canHold(rule, field, classNumber, &reached) {
        rows[classNumber * words + bit >> 6] |= 1 << UInt64(bit & 63)
      }
    }
    for place in tree.categories.indices { mark(tree.rule(ofCategory: place), bit: place) }
    for place in tree.adjacentGroups.indices {
      mark(tree.rule(ofAdjacentGroup: place), bit: categoryWords * 64 + place)
    }
    return rows
  }

  /// Whether the rule's accepting end can be reached when only one code of the case is known.
  ///
  /// Steps lead forward only, so that one pass over them finds all that can be reached.
  private func canHold(_ rule: Int, _ field: CodeFields, _ classNumber: Int, _ reached: inout [Bool]) -> Bool {
    let first = rules.entries[rule]
    guard first >= 0 else { return first == RuleTable.accept }
    reached.removeAll(keepingCapacity: true)
    reached.append(true)
    var offset = 0
    while offset < reached.count {
      if reached[offset] {
        let step = rules.steps[Int(first) + offset]
        let known = answer(to: rules.tests[Int(step.test)], field, classNumber)
        for (target, isPossible) in [(step.onTrue, known != false), (step.onFalse, known != true)] where isPossible {
          if target == RuleTable.accept { return true }
          guard target >= 0 else { continue }
          let place = Int(target - first)
          while reached.count <= place { reached.append(false) }
          reached[place] = true
        }
      }
      offset += 1
    }
    return false
  }

  /// What a test gives when only one code is known; `nil` when the rest of the case decides.
  private func answer(to test: CompiledTest, _ field: CodeFields, _ classNumber: Int) -> Bool? {
    switch test.kind {
    case .comparison:
      return test.comparison == .less && test.bound <= 0 ? false : nil
    case .membership, .absence:
      let isPositive = test.kind == .membership
      guard test.fields.contains(field) else { return nil }
      if rules.sets(of: test).contains(where: { memberships.contains(classNumber, in: $0) }) { return isPositive }
      return test.fields == field && test.levels.isEmpty ? !isPositive : nil
    }
  }
}
