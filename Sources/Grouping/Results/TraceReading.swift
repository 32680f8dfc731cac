import Kernel

/// Makes a readable trace of a recorded one: the case is asked again for the conditions on the way of each rule.
struct TraceReading {
  private let edition: Edition
  private let parts: EditionParts
  private let stated: GroupingCase
  private let coded: CodedCase

  init(_ edition: Edition, _ stated: GroupingCase) {
    self.edition = edition
    parts = edition.parts
    self.stated = stated
    coded = edition.coded(stated)
  }

  func trace(_ recorded: CodedTrace) -> GroupingTrace {
    GroupingTrace(
      edition: edition.manifest.name, result: edition.result(of: recorded.result),
      principalDiagnosis: stated.diagnoses.first.flatMap { $0.isEmpty ? nil : $0 },
      unknownDiagnoses: unknown(stated.diagnoses, coded.diagnoses),
      unknownProcedures: unknown(stated.procedures, coded.procedures), complications: complications(),
      attempts: recorded.attempts.indices.map { attempt(recorded, $0) })
  }

  private func unknown(_ codes: [String], _ numbers: [CodeNumber]) -> [String] {
    zip(codes, numbers).filter { $1 == .unknown }.map(\.0)
  }

  private func complications() -> [GroupingTrace.Complication] {
    let facts = CaseFacts(coded, in: parts)
    return coded.diagnoses.indices.dropFirst().compactMap { place in
      let (levels, table, isExcluded) = facts.complication(at: place, in: parts)
      if levels.isEmpty { return nil }
      return GroupingTrace.Complication(
        code: stated.diagnoses[place], level: levels == .major ? "MCC" : "CC",
        exclusionTable: table == MembershipTable.noTable ? nil : parts.setNames[Int(table)], isExcluded: isExcluded)
    }
  }

  private func attempt(_ recorded: CodedTrace, _ number: Int) -> GroupingTrace.Attempt {
    let place = recorded.attempts[number].onlyProcedure
    var facts =
      place.map { CaseFacts(coded, withOnlyProcedure: $0, in: parts) } ?? CaseFacts(coded, in: parts)
    let procedures = place.map { [stated.procedures[$0]] } ?? stated.procedures
    let steps = recorded.steps(of: number).map { step in
      let rule = rule(Int(step.rule))
      let held = step.end == CodedTrace.Step.held
      return GroupingTrace.Step(
        level: rule.level, code: rule.code, name: rule.name, held: held,
        conditions: conditions(of: Int(step.rule), rule.text, held, &facts, procedures))
    }
    return GroupingTrace.Attempt(onlyProcedure: place.map { stated.procedures[$0] }, steps: steps)
  }

  private func rule(_ number: Int) -> (level: GroupingTrace.Level, code: String, name: String, text: String) {
    let tree = parts.tree
    if number < tree.categories.count {
      let category = tree.categories[number]
      return (.category, category.code, category.name, category.rule)
    }
    let place = number - tree.categories.count
    if place < tree.adjacentGroups.count {
      let adjacentGroup = tree.adjacentGroups[place]
      return (.adjacentGroup, adjacentGroup.code, adjacentGroup.name, adjacentGroup.rule)
    }
    let group = tree.groups[place - tree.adjacentGroups.count]
    return (.group, group.code, group.name, group.rule)
  }

  /// The tests on the rule's way that came out as the rule did.
  private func conditions(
    of rule: Int, _ text: String, _ held: Bool, _ facts: inout CaseFacts, _ procedures: [String]
  ) -> [GroupingTrace.Condition] {
    let characters = Array(text)
    var conditions: [GroupingTrace.Condition] = []
    var place = parts.rules.entries[rule]
    while place >= 0 {
      let step = parts.rules.steps[Int(place)]
      let test = parts.rules.tests[Int(step.test)]
      let isTrue = facts.holds(test, in: parts)
      if isTrue == held {
        let end = min(Int(step.endCharacter), characters.count)
        let written = String(characters[min(Int(step.firstCharacter), end)..<end])
        conditions.append(GroupingTrace.Condition(rule: written, note: note(on: test, isTrue, procedures)))
      }
      place = isTrue ? step.onTrue : step.onFalse
    }
    return conditions
  }

  /// What the case has to say to a test.
  private func note(on test: CompiledTest, _ isTrue: Bool, _ procedures: [String]) -> LocalizedText {
    if test.kind == .comparison {
      guard let value = coded.value(of: test.variable) else { return LocalizedText("未填写", "not stated") }
      return LocalizedText("病例为 \(value)", "the case has \(value)")
    }
    let asked = codes(test.fields, procedures)
    if asked.isEmpty { return LocalizedText("没有相应编码", "no such code in the case") }
    let sets = Set(parts.rules.sets(of: test))
    var found = asked.filter { code in
      let number = parts.memberships.classNumber(of: edition.number(ofCode: code))
      return sets.contains { parts.memberships.contains(number, in: $0) }
    }
    if !test.levels.isEmpty {
      found += complications().filter { complication in
        !complication.isExcluded && ComplicationLevels.named(complication.level).map(test.levels.contains) ?? false
      }.map(\.code)
    }
    if found.isEmpty {
      let all = asked.joined(separator: "、")
      return LocalizedText("\(all) 不在其中", "not in it: \(asked.joined(separator: ", "))")
    }
    return LocalizedText("\(found.joined(separator: "、")) 在其中", "in it: \(found.joined(separator: ", "))")
  }

  /// The codes of the case that stand in some fields.
  private func codes(_ fields: CodeFields, _ procedures: [String]) -> [String] {
    var codes: [String] = []
    if fields.contains(.principalDiagnosis) { codes += stated.diagnoses.prefix(1) }
    if fields.contains(.otherDiagnoses) { codes += stated.diagnoses.dropFirst() }
    if fields.contains(.mainProcedure) { codes += procedures.prefix(1) }
    if fields.contains(.otherProcedures) { codes += procedures.dropFirst() }
    return codes.filter { !$0.isEmpty }
  }
}
