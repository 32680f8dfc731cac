/// Groups cases under one edition.
///
/// The order is that of the official configuration: categories in order, the adjacent groups of each in order, the
/// groups of each in order; the first rules that hold decide. What editions do differently, switches of the manifest
/// say.
///
/// ```swift
/// let grouper = Grouper(edition)
/// grouper.group(appendicitis).code                       // "GD29"
/// grouper.explain(appendicitis).text(.chinese)           // which rule held, and why no earlier one did
/// ```
public struct Grouper: Sendable {
  /// The edition.
  public let edition: Edition
  private let parts: EditionParts

  /// Makes a grouper.
  public init(_ edition: Edition) {
    self.edition = edition
    parts = edition.parts
  }

  /// Groups a case.
  public func group(_ groupingCase: GroupingCase) -> GroupingResult {
    edition.result(of: group(edition.coded(groupingCase)))
  }

  /// Groups a case in numbers; makes no text and, once the case's memory is there, allocates nothing.
  public func group(_ coded: CodedCase) -> CodedResult {
    var recorder = SilentRecorder()
    return evaluate(coded, &recorder)
  }

  /// The whole order of evaluation.
  @inline(__always)
  func evaluate<Recorder: GroupingRecorder>(_ coded: CodedCase, _ recorder: inout Recorder) -> CodedResult {
    if let fault = coded.fault { return CodedResult(fault) }
    recorder.begin(onlyProcedure: nil)
    var facts = CaseFacts(coded, in: parts)
    let stated = firstMatch(&facts, &recorder)
    guard stated.status == .ungrouped, parts.manifest.retriesOtherProcedures else { return stated }
    for place in 1..<max(1, coded.procedures.count) {
      recorder.begin(onlyProcedure: place)
      var facts = CaseFacts(coded, withOnlyProcedure: place, in: parts)
      let other = firstMatch(&facts, &recorder)
      if other.status != .ungrouped { return other.withOtherProcedure }
    }
    return stated
  }

  /// The first group whose own rule, adjacent group and category all take the case.
  @inline(__always)
  private func firstMatch<Recorder: GroupingRecorder>(_ facts: inout CaseFacts, _ recorder: inout Recorder)
    -> CodedResult
  {
    let walk = CandidateWalk(facts, parts, everyRule: Recorder.hearsEveryRule)
    var seenCategory = false
    var fallback: CodedResult?
    var category = walk.category(from: 0, in: parts)
    while category < parts.tree.categories.count {
      if holds(parts.tree.rule(ofCategory: category), &facts, &recorder) {
        seenCategory = seenCategory || hasRule(category)
        if let found = firstAdjacentGroup(of: category, walk, &facts, &recorder) { return found }
        if fallback == nil { fallback = self.fallback(of: category, &facts, &recorder) }
        if !parts.manifest.categoryFallThrough { break }
      }
      category = walk.category(from: category + 1, in: parts)
    }
    if let fallback { return fallback }
    let isKnown = facts.coded.diagnoses[0] != .unknown
    return CodedResult(!isKnown ? .unknownPrincipalDiagnosis : seenCategory ? .noAdjacentGroup : .noCategory)
  }

  @inline(__always)
  private func firstAdjacentGroup<Recorder: GroupingRecorder>(
    of category: Int, _ walk: CandidateWalk, _ facts: inout CaseFacts, _ recorder: inout Recorder
  ) -> CodedResult? {
    let places = parts.tree.categories[category].adjacentGroups
    var place = walk.adjacentGroup(from: places.lowerBound, before: places.upperBound, in: parts)
    while place < places.upperBound {
      if holds(parts.tree.rule(ofAdjacentGroup: place), &facts, &recorder) {
        let isAmbiguous = parts.tree.adjacentGroups[place].isAmbiguous
        let group = firstGroup(of: place, &facts, &recorder)
        if group != nil || isAmbiguous && parts.tree.adjacentGroups[place].groups.isEmpty {
          return CodedResult(isAmbiguous ? .ambiguousProcedure : .ruleMatched, category, place, group)
        }
        if parts.manifest.groupMiss == .adjacentGroupOnly { return CodedResult(.noGroup, category, place) }
      }
      place = walk.adjacentGroup(from: place + 1, before: places.upperBound, in: parts)
    }
    return nil
  }

  @inline(__always)
  private func firstGroup<Recorder: GroupingRecorder>(
    of adjacentGroup: Int, _ facts: inout CaseFacts, _ recorder: inout Recorder
  ) -> Int? {
    for place in parts.tree.adjacentGroups[adjacentGroup].groups
    where holds(parts.tree.rule(ofGroup: place), &facts, &recorder) { return place }
    return nil
  }

  /// Whether a category has a rule; one without lets every case pass and has no cases of its own.
  private func hasRule(_ category: Int) -> Bool {
    parts.rules.entries[parts.tree.rule(ofCategory: category)] != RuleTable.accept
  }

  /// The row `x00` of a category that has a rule.
  private func fallback<Recorder: GroupingRecorder>(
    of category: Int, _ facts: inout CaseFacts, _ recorder: inout Recorder
  ) -> CodedResult? {
    guard let place = parts.tree.categories[category].fallback, hasRule(category),
      holds(parts.tree.rule(ofAdjacentGroup: place), &facts, &recorder)
    else { return nil }
    return CodedResult(.noAdjacentGroup, category, place, firstGroup(of: place, &facts, &recorder))
  }

  @inline(__always)
  private func holds<Recorder: GroupingRecorder>(
    _ rule: Int, _ facts: inout CaseFacts, _ recorder: inout Recorder
  ) -> Bool {
    let end = facts.follow(rule, in: parts)
    recorder.followed(rule, to: end)
    return end == RuleTable.accept
  }
}
