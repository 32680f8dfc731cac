import Grouping
import Kernel
import Testing

/// Why a case has its group, and what would change it.
struct GroupingTraceTests {
  private static func grouper(_ manifest: EditionManifest = EditionManifest(identifier: "toy", name: "示例方案")) throws
    -> Grouper
  {
    Grouper(try LoadedEdition(ToyEdition.tables(manifest)).edition)
  }

  static let stated = GroupingCase(
    sex: .female, ageYears: 6, diagnoses: ["A1", "B1", "Q9", "A"], procedures: ["2", "9.9"])

  @Test func `说明写出命中的规则、前面规则不成立的原因、计入与排除的并发症和未知编码`() throws {
    let trace = try Self.grouper().explain(Self.stated)
    #expect(
      trace.text(.chinese)
        == """
        ZZ19  入组成功：按分组规则入组
        方案：示例方案
        方案中没有的诊断编码：Q9
        方案中没有的手术操作编码：9.9
        B1 为 MCC，因主要诊断 A1 在其排除表 表1 中，不计入
        A 为 CC，计入
        ✓ MDCA 大类 MDCA：无条件
          ✗ AA1 核心组 AA1：ZYSS in OP1_AA1（2 不在其中）
          ✗ AA2 核心组 AA2：ZYSS in OP1_AA2（2 不在其中）；ZYSS in OP2_AA2（2 不在其中）
        ✗ MDCP 大类 MDCP：NL=0（病例为 6）
        ✓ MDCZ 大类 MDCZ：ZYZD in DI_Z01（A1 在其中）；QTZD in {DI_Z02, DI_Z03}（B1 在其中）
          ✗ ZB1 核心组 ZB1：{ZYSS, QTSS} in OP_ALL（2、9.9 不在其中）
          ✓ ZZ1 核心组 ZZ1：{ZYSS, QTSS} not in OP_ALL（2、9.9 不在其中）
            ✓ ZZ19 组 ZZ19：无条件

        """)
    #expect(trace.decisive.map(\.code) == ["MDCZ", "ZZ1", "ZZ19"])
  }

  @Test func `英文说明`() throws {
    let trace = try Self.grouper().explain(GroupingCase(ageYears: 0, diagnoses: ["A11"]))
    let lines = trace.text(.english).split(separator: "\n")
    #expect(
      lines[0]
        == "0000  ungrouped: no category's rule holds; check the principal diagnosis and its code version, sex and age")
    #expect(lines.contains("✗ MDCP 大类 MDCP: XSRTL<29 (not stated)"))
    #expect(lines.contains("✗ MDCM 大类 MDCM: XB = 1 (not stated)"))
  }

  @Test func `改用其他手术操作再次分组时写明是哪一个`() throws {
    let manifest = EditionManifest(identifier: "toy", name: "toy", retriesOtherProcedures: true)
    let stated = GroupingCase(sex: .male, ageYears: 6, diagnoses: ["A11"], procedures: ["9.9", "9.8", "1.1"])
    let trace = try Self.grouper(manifest).explain(stated)
    #expect(trace.result.reason == .otherProcedureTaken && trace.result.code == "MB19")
    #expect(trace.attempts.map(\.onlyProcedure) == [nil, "9.8", "1.1"])
    #expect(trace.text(.chinese).contains("仅以手术操作 1.1 再次分组："))
    #expect(trace.decisive.map(\.code) == ["MDCM", "MB1", "MB19"])
  }

  @Test func `无效病案没有过程`() throws {
    let trace = try Self.grouper().explain(GroupingCase(diagnoses: ["", "A1"]))
    #expect(trace.result.reason == .noPrincipalDiagnosis && trace.attempts.isEmpty)
    #expect(trace.text(.chinese) == "0000  病案信息无效：没有主要诊断；请补录\n方案：示例方案\n")
  }

  @Test func `换主要诊断、换主要手术、去掉一个编码`() throws {
    let stated = GroupingCase(diagnoses: ["A", "B1", "C1"], procedures: ["1.1", "2.2"])
    #expect(stated.changed(by: .principalDiagnosis("B1")).diagnoses == ["B1", "A", "C1"])
    #expect(stated.changed(by: .principalDiagnosis("X")).diagnoses == ["X", "B1", "C1"])
    #expect(stated.changed(by: .mainProcedure("2.2")).procedures == ["2.2", "1.1"])
    #expect(stated.changed(by: .without("B1")).diagnoses == ["A", "C1"])
    let grouper = try Self.grouper()
    let answers = grouper.whatIf(stated)
    #expect(answers.count == 2 + 1 + 5)
    for answer in answers { #expect(answer.result == grouper.group(stated.changed(by: answer.change))) }
    #expect(answers.first { $0.change == .without("1.1") }?.result != grouper.group(stated))
  }

  @Test func `多个方案对照`() throws {
    let off = try Self.grouper()
    let on = try Self.grouper(EditionManifest(identifier: "toy_qy", name: "toy", ambiguousGroup: true))
    let stated = GroupingCase(diagnoses: ["A"], procedures: ["1.1"])
    let comparison = GroupingComparison(of: stated, under: [off, on])
    #expect(comparison.answers.map(\.edition) == ["toy", "toy_qy"])
    #expect(comparison.answers.map(\.result.code) == ["BR15", "BQY"])
    #expect(!comparison.isUnanimous)
    #expect(comparison.answers[1].result.status == .ambiguous)
  }
}

/// Recording changes nothing, and what is recorded is true, for whole editions.
@Suite(.enabled(if: Shared.isThere, "needs ../shared/data/editions"))
struct SharedTraceTests {
  @Test(arguments: Shared.editions)
  func `记录过程不改变结果，且每条不成立的规则确有不成立的条件`(name: String) throws {
    let loaded = try LoadedEdition.named(name)
    let grouper = Grouper(loaded.edition)
    var cases = RandomCases(loaded.tables, seed: 77)
    var trace = CodedTrace()
    for number in 0..<5_000 {
      let stated = cases.next()
      let coded = loaded.edition.coded(stated)
      let quiet = grouper.group(coded)
      #expect(grouper.group(coded, recording: &trace) == quiet)
      guard number % 50 == 0, quiet.status == .grouped else { continue }
      let explained = grouper.explain(stated)
      #expect(
        explained.decisive.map(\.code) == [
          explained.result.category, explained.result.adjacentGroup, explained.result.group,
        ])
      for step in explained.attempts.flatMap(\.steps) where !step.held { #expect(!step.conditions.isEmpty) }
      #expect(explained.attempts.last?.steps.last?.code == explained.result.group)
    }
  }
}
