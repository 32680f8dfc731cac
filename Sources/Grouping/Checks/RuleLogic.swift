/// What can be said of rules without a case.
enum RuleLogic {
  /// Whether every case that one rule takes is taken by another as well; `false` when that cannot be seen.
  static func implies(_ rule: RuleExpression, _ other: RuleExpression) -> Bool {
    if other == .always || stripped(rule) == stripped(other) { return true }
    if case .any(let parts) = other, parts.contains(where: { implies(rule, $0) }) { return true }
    if case .all(let parts) = rule, parts.contains(where: { implies($0, other) }) { return true }
    guard case .test(let test) = rule, case .test(let wider) = other,
      case .membership(let fields, let lists, false) = test.question,
      case .membership(let widerFields, let widerLists, false) = wider.question
    else { return false }
    return widerFields.isSuperset(of: fields) && Set(widerLists.map(\.meaning)).isSuperset(of: lists.map(\.meaning))
  }

  /// The rule without the places where it was read.
  private static func stripped(_ rule: RuleExpression) -> RuleExpression {
    switch rule {
    case .always: .always
    case .all(let parts): .all(parts.map(stripped))
    case .any(let parts): .any(parts.map(stripped))
    case .test(let test):
      switch test.question {
      case .comparison: .test(RuleTest(question: test.question, place: 0..<0))
      case .membership(let fields, let lists, let isNegated):
        .test(
          RuleTest(
            question: .membership(
              fields: fields, lists: lists.map { CodeListName(meaning: $0.meaning, place: 0..<0) }, isNegated: isNegated
            ),
            place: 0..<0))
      }
    }
  }

  /// The values a number may have, widened to what the language can write.
  static func domain(of variable: NumberVariable) -> ClosedRange<Int32> {
    switch variable {
    case .sex: 1...2
    case .intensiveCare: 0...1
    default: 0...Int32.max
    }
  }

  /// Whether some case could fulfil the rule, as far as its comparisons and its empty sets tell.
  static func canHold(_ rule: RuleExpression, emptySets: Set<String>) -> Bool {
    var bounds: [NumberVariable: ClosedRange<Int32>] = [:]
    return canHold(rule, &bounds, emptySets)
  }

  /// Narrows the bounds by what the rule asks for; `false` when nothing is left.
  private static func canHold(
    _ rule: RuleExpression, _ bounds: inout [NumberVariable: ClosedRange<Int32>], _ emptySets: Set<String>
  ) -> Bool {
    switch rule {
    case .always: return true
    case .test(let test): return narrow(test, &bounds, emptySets)
    case .all(let parts):
      // Alternatives come last, when all that stands beside them has narrowed the bounds.
      let ordered = parts.filter { !$0.isAlternative } + parts.filter(\.isAlternative)
      return ordered.allSatisfy { canHold($0, &bounds, emptySets) }
    case .any(let parts):
      return parts.contains { part in
        var branch = bounds
        return canHold(part, &branch, emptySets)
      }
    }
  }

  private static func narrow(
    _ test: RuleTest, _ bounds: inout [NumberVariable: ClosedRange<Int32>], _ emptySets: Set<String>
  ) -> Bool {
    switch test.question {
    case .membership(_, let lists, let isNegated):
      let isEmpty = lists.allSatisfy { list in
        if case .set(let name) = list.meaning { emptySets.contains(name) } else { false }
      }
      return isNegated || !isEmpty
    case .comparison(let variable, let comparison, let bound):
      let now = bounds[variable] ?? domain(of: variable)
      var (low, high) = (now.lowerBound, now.upperBound)
      switch comparison {
      case .equal: (low, high) = (max(low, bound), min(high, bound))
      case .less: high = min(high, bound - 1)
      case .lessOrEqual: high = min(high, bound)
      case .greater: low = max(low, bound + 1)
      case .greaterOrEqual: low = max(low, bound)
      }
      guard low <= high else { return false }
      bounds[variable] = low...high
      return true
    }
  }

  /// The sets of which a case's one code in a field must be in one; `nil` when the rule does not ask that.
  static func required(_ field: CodeFields, by rule: RuleExpression) -> [String]? {
    switch rule {
    case .always, .any: return nil
    case .all(let parts):
      for part in parts {
        if let sets = required(field, by: part) { return sets }
      }
      return nil
    case .test(let test):
      guard case .membership(field, let lists, false) = test.question else { return nil }
      var sets: [String] = []
      for list in lists {
        guard case .set(let name) = list.meaning else { return nil }
        sets.append(name)
      }
      return sets
    }
  }
}

extension RuleExpression {
  /// Whether the rule holds when one of several parts does.
  fileprivate var isAlternative: Bool {
    if case .any = self { true } else { false }
  }
}
