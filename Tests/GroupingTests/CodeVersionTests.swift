import Grouping
import Kernel
import Testing

/// A small world: `A1` is the same in both versions, `B2` means something else in the clinical one, `C3` is clinical
/// only, `D4` national only, `E5` clinical without counterpart, `G6` grey; `B2` stands for what `B3` becomes too.
private let diagnoses = CodeVersionTable(
  .diagnosis,
  national: [
    NamedCode("A10.000", "甲病"), NamedCode("B20.000", "乙病"), NamedCode("B30.000", "丙病"), NamedCode("D40.000", "丁病"),
    NamedCode("G60.000", "灰病"), NamedCode("H70.001+G01*", "星号病"),
  ],
  clinical: [
    NamedCode("A10.000", "甲病"), NamedCode("B20.000", "临床乙病"), NamedCode("B30.000", "临床丙病"),
    NamedCode("C30.000", "临床己病"), NamedCode("E50.000", "临床戊病"), NamedCode("G60.x00", "临床灰病"),
  ],
  counterparts: [
    "A10.000": "A10.000", "B20.000": "B30.000", "B30.000": "D40.000", "C30.000": "A10.000", "G60.x00": "G60.000",
    "E50.000": "Z99.999", "D40.000": "A10.000",
  ],
  grey: ["G60.000", "C30.000"])

private let procedures = CodeVersionTable(
  .procedure, national: [NamedCode("01.0100", "甲术"), NamedCode("02.0200", "灰术")], grey: ["02.0200"])

private let versions = CodeVersions(diagnoses: diagnoses, procedures: procedures)

private func kinds(_ coded: ReviewedCase) -> [String] {
  coded.findings.map { "\($0.family) \($0.position) \($0.code) \($0.kind)" }
}

@Suite struct CodeVersionTests {
  @Test func `按医保版读取只提示不改动`() {
    let asked = GroupingCase(
      diagnoses: ["G60.000", "A10.000", "B20.000", "C30.000", "D40.000", "E50.000", "G60.000", "Q99.999"],
      procedures: ["02.0200", "01.0100", "02.0200", "03.0300"])
    let coded = versions.checked(asked)
    #expect(coded.groupingCase == asked && coded.changes.isEmpty && coded.version == .national)
    #expect(
      kinds(coded) == [
        "diagnosis 0 G60.000 greyFirst", "diagnosis 2 B20.000 meansSomethingElse", "diagnosis 3 C30.000 clinicalOnly",
        "diagnosis 5 E50.000 clinicalOnly", "diagnosis 6 G60.000 grey", "diagnosis 7 Q99.999 unknown",
        "procedure 0 02.0200 greyFirst", "procedure 2 02.0200 grey", "procedure 3 03.0300 unknown",
      ])
  }

  @Test func `按临床版读取逐个转换且只转换一次`() {
    let coded = versions.converted(
      GroupingCase(diagnoses: ["B20.000", "A10.000", "B30.000", "C30.000", "D40.000", "E50.000", "G60.x00", "Q99.999"]))
    // B20.000 becomes B30.000 and is not taken on to D40.000.
    #expect(
      coded.groupingCase.diagnoses
        == ["B30.000", "A10.000", "D40.000", "A10.000", "D40.000", "E50.000", "G60.000", "Q99.999"])
    #expect(coded.version == .clinical)
    #expect(
      coded.changes.map { "\($0.position) \($0.from.text) > \($0.to.text) (\($0.oldCodeInNationalVersion ?? "-"))" }
        == [
          "0 B20.000 临床乙病 > B30.000 丙病 (乙病)", "2 B30.000 临床丙病 > D40.000 丁病 (丙病)", "3 C30.000 临床己病 > A10.000 甲病 (-)",
          "6 G60.x00 临床灰病 > G60.000 灰病 (-)",
        ])
    #expect(
      kinds(coded) == [
        "diagnosis 4 D40.000 nationalOnly", "diagnosis 5 E50.000 withoutCounterpart", "diagnosis 6 G60.000 grey",
        "diagnosis 7 Q99.999 unknown",
      ])
  }

  @Test func `转换成灰码的主要诊断照样指出`() {
    #expect(kinds(versions.converted(GroupingCase(diagnoses: ["G60.x00"]))) == ["diagnosis 0 G60.000 greyFirst"])
  }

  @Test func `没有临床版的一类编码按医保版读取`() {
    #expect(procedures.clinicalCount == 0 && versions.knowsClinicalVersion)
    let coded = versions.converted(GroupingCase(procedures: ["01.0100", "02.0200", "03.0300"]))
    #expect(coded.groupingCase.procedures == ["01.0100", "02.0200", "03.0300"])
    #expect(kinds(coded) == ["procedure 1 02.0200 grey", "procedure 2 03.0300 unknown"])
  }

  @Test func `说明里写明编码和两个版本的含义`() {
    let coded = versions.checked(GroupingCase(diagnoses: ["B20.000", "C30.000", "E50.000"]))
    #expect(
      coded.findings.map(\.message.chinese) == [
        "主要诊断「B20.000」按医保版读作「乙病」；若按临床版书写，它是「临床乙病」，应转为 B30.000 丙病。",
        "第 1 个其他诊断「C30.000」只在临床版中有（临床己病），医保版没有；对应的医保版编码：A10.000 甲病。",
        "第 2 个其他诊断「E50.000」只在临床版中有（临床戊病），医保版没有；对应的医保版编码：无。",
      ])
    #expect(
      coded.findings[0].message.english
        == "Principal diagnosis \"B20.000\" was read by the national version as \"乙病\"; "
        + "written by the clinical version it is \"临床乙病\" and stands for B30.000 丙病.")
    let change = versions.converted(GroupingCase(diagnoses: ["B20.000"])).changes[0]
    #expect(change.message.chinese == "诊断由临床版 B20.000 临床乙病 转为医保版 B30.000 丙病（医保版的 B20.000 是「乙病」）。")
  }

  @Test(arguments: [
    ("H70.001", "主要诊断「H70.001」两个版本都没有，不是完整的编码；以它开头的有 H70.001+G01* 星号病。"),
    ("B", "主要诊断「B」两个版本都没有，不是完整的编码；以它开头的有 B20.000 乙病 等。"),
    ("g60.X00", "主要诊断「g60.X00」两个版本都没有；大小写不同的「G60.x00」有。"),
    ("Y", "主要诊断「Y」两个版本都没有。"), (" A10.000", "主要诊断「 A10.000」两个版本都没有。"),
  ])
  func `未知编码给出线索`(code: String, text: String) {
    #expect(versions.checked(GroupingCase(diagnoses: [code])).findings.map(\.message.chinese) == [text])
  }

  @Test func `空着的首位不算未知编码`() {
    let unfilled = GroupingCase(diagnoses: ["", "A10.000"], procedures: [""])
    #expect(versions.checked(unfilled).findings.isEmpty && versions.converted(unfilled).findings.isEmpty)
    #expect(versions.converted(unfilled).groupingCase == unfilled)
  }

  @Test func `提示的名称各不相同`() {
    let kinds = CodeFinding.Kind.allCases
    #expect(kinds.map(\.rawValue) == Array(1...7) && Set(kinds.map(\.word)).count == 7)
    #expect(Set(kinds.map(\.title)).count == 7)
  }

  @Test func `对照和灰码只认表中有的编码`() {
    #expect(diagnoses["E50.000"]?.counterpart == nil && diagnoses["D40.000"]?.counterpart == nil)
    #expect(diagnoses["C30.000"]?.isGrey == false && diagnoses["G60.000"]?.isGrey == true)
    let codes: [String] = diagnoses.all.map { $0.code }
    #expect(codes == codes.sorted() && diagnoses["X"] == nil)
    #expect(diagnoses.codes(beginningWith: "", limit: 9).isEmpty)
    #expect(diagnoses.codes(beginningWith: "G60.", limit: 9).map(\.code) == ["G60.000", "G60.x00"])
  }
}
