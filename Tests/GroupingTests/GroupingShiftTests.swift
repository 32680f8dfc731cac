import Grouping
import Kernel
import Testing

/// Which code decides the group of a case.
struct GroupingShiftTests {
  private static func grouper() throws -> Grouper {
    let manifest = EditionManifest(identifier: "toy", name: "示例方案")
    return Grouper(try LoadedEdition(ToyEdition.tables(manifest)).edition)
  }

  @Test func `变更的名称和编码`() {
    let changes: [CaseChange] = [.principalDiagnosis("A"), .mainProcedure("1.1"), .without("B")]
    #expect(changes.map(\.word) == ["principal_diagnosis", "main_procedure", "without"])
    #expect(changes.map(\.code) == ["A", "1.1", "B"])
    #expect(changes.map(\.title.chinese) == ["主要诊断改为 A", "主要手术操作改为 1.1", "去掉 B"])
    #expect(changes.map(\.title.english) == ["principal diagnosis A", "main procedure 1.1", "without B"])
  }

  @Test func `写明哪条规则不再成立、哪条成立`() throws {
    let grouper = try Self.grouper()
    let stated = GroupingCase(
      sex: .female, ageYears: 6, diagnoses: ["A1", "B1", "Q9", "A"], procedures: ["2", "9.9"])
    let before = grouper.explain(stated)
    #expect(before.result.code == "ZZ19")
    let without = grouper.explain(stated.changed(by: .without("B1")))
    #expect(without.result.difference(from: before.result) == .category)
    #expect(without.reason(insteadOf: before).chinese.hasPrefix("MDCZ 不再成立："))
    #expect(without.reason(insteadOf: before).english.hasPrefix("MDCZ holds no longer: "))
    let same = grouper.explain(stated.changed(by: .without("Q9")))
    #expect(same.result.difference(from: before.result) == nil)
    #expect(same.reason(insteadOf: before) == LocalizedText("组不变", "the group stays"))
    let none = grouper.explain(GroupingCase(diagnoses: [""]))
    #expect(none.reason(insteadOf: before) == GroupingReason.noPrincipalDiagnosis.text)
  }

  /// On random cases: the level is that of the codes, a reason is never empty, and what stays stays.
  @Test func `每个变更的层级与编码一致`() throws {
    let grouper = try Self.grouper()
    var random = SeededGenerator(seed: 20_261_121)
    let diagnoses = ["A", "A1", "A11", "B1", "C1", "Q9", ""]
    let procedures = ["1.1", "2", "2.2", "9.9", "9.8"]
    var seen: Set<GroupingTrace.Level?> = []
    for _ in 0..<2_000 {
      func pick(_ codes: [String], _ most: Int) -> [String] {
        (0..<Int.random(in: 0...most, using: &random)).compactMap { _ in codes.randomElement(using: &random) }
      }
      let stated = GroupingCase(
        sex: [.male, .female, nil][Int.random(in: 0..<3, using: &random)],
        ageYears: [0, 6, 70, nil][Int.random(in: 0..<4, using: &random)],
        ageDays: [5, nil][Int.random(in: 0..<2, using: &random)], diagnoses: pick(diagnoses, 4),
        procedures: pick(procedures, 3))
      let before = grouper.explain(stated)
      for answer in grouper.whatIf(stated) {
        let trace = grouper.explain(stated.changed(by: answer.change))
        #expect(trace.result == answer.result)
        let (now, then) = (answer.result, before.result)
        let level = now.difference(from: then)
        seen.insert(level)
        #expect((level == .category) == (now.category != then.category))
        #expect(
          (level == nil)
            == (now.category == then.category && now.adjacentGroup == then.adjacentGroup && now.group == then.group))
        let reason = trace.reason(insteadOf: before)
        #expect(!reason.chinese.isEmpty && !reason.english.isEmpty)
        #expect((reason.chinese == "组不变") == (level == nil && now.reason == then.reason))
      }
    }
    #expect(seen.count == 4, "\(seen)")
  }

  @Test func `只试给出的变更`() throws {
    let grouper = try Self.grouper()
    let stated = GroupingCase(diagnoses: ["A", "B1"], procedures: ["1.1"])
    let answers = grouper.whatIf(stated, [.principalDiagnosis("C1")])
    #expect(answers.map(\.change) == [.principalDiagnosis("C1")])
    #expect(answers[0].result == grouper.group(GroupingCase(diagnoses: ["C1", "B1"], procedures: ["1.1"])))
  }
}
