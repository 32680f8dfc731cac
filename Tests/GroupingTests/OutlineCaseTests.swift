import Foundation
import Grouping
import TabularFiles
import Testing

/// Cases that coders meet every day, and where they expect them.
@Suite struct OutlineCaseTests {
  private static let grouper: Grouper? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let tables = EditionFile(root.appending(path: "Editions/chs-drg-outline").path).read().value
    return tables.flatMap { Edition.compile($0).edition }.map { Grouper($0) }
  }()

  private func code(_ groupingCase: GroupingCase) throws -> String {
    try #require(Self.grouper).group(groupingCase).code
  }

  @Test(arguments: [
    ("急性阑尾炎，阑尾切除", "K35.800", "47.0100", "GD29"), ("阑尾炎伴腹膜炎，腹腔镜阑尾切除", "K35.300", "47.0101", "GD19"),
    ("急性前壁心梗，冠脉支架", "I21.000", "36.0601", "FM19"), ("急性前壁心梗，冠脉球囊扩张", "I21.000", "00.6600", "FM25"),
    ("急性前壁心梗，保守", "I21.000", "", "FR15"), ("房颤，射频消融", "I48.900", "37.3400", "FL19"),
    ("房间隔缺损，封堵", "Q21.100", "35.5200", "FD39"), ("剖宫产", "O82.000", "74.1x01", "OB15"), ("顺产", "O80.000", "", "OR15"),
    ("异位妊娠，输卵管切除", "O00.100", "66.6200", "OE19"), ("肺炎", "J18.900", "", "ES35"), ("慢阻肺", "J44.900", "", "ET25"),
    ("肺癌，肺叶切除", "C34.100", "32.4100", "EB15"), ("脑梗死", "I63.900", "", "BR25"), ("脑梗死，溶栓", "I63.900", "99.1000", "BL19"),
    ("硬膜下血肿，开颅", "S06.500", "01.2400", "BB15"), ("白内障，超声乳化", "H25.900", "13.4100", "CB39"),
    ("肾衰，血液透析", "N18.500", "39.9500", "LL15"), ("肾衰，保守", "N18.500", "", "LR15"),
    ("肾结石，经皮碎石", "N20.000", "55.0300", "LB19"), ("肿瘤化疗", "Z51.100", "99.2500", "RE15"),
    ("肿瘤化疗，未写操作", "Z51.100", "", "RU15"), ("肿瘤放疗", "Z51.000", "92.2900", "RC15"),
    ("胃癌，胃大部切除", "C16.900", "43.7x00", "GB15"), ("胆囊结石，腹腔镜胆囊切除", "K80.100", "51.2300", "HC25"),
    ("消化道出血", "K92.200", "", "GS15"), ("股骨颈骨折，髋置换", "S72.000", "81.5200", "IC25"),
    ("膝关节病，膝置换", "M17.900", "81.5400", "IC25"), ("椎间盘突出，髓核摘除", "M51.200", "80.5100", "IB35"),
    ("乳癌，根治", "C50.900", "85.4300", "JA29"), ("子宫肌瘤，肌瘤剔除", "D25.900", "68.2900", "NC15"),
    ("2型糖尿病", "E11.900", "", "KS15"),
    ("2型糖尿病视网膜病变", "E11.300", "", "CX19"), ("2型糖尿病肾病", "E11.200", "", "LV15"), ("脓毒症", "A41.900", "", "SR15"),
    ("艾滋病", "B20.000", "", "YR15"), ("精神分裂症", "F20.000", "", "TR19"), ("酒精依赖", "F10.200", "", "UR19"),
    ("大面积烧伤，植皮", "T31.400", "86.6900", "WB19"), ("药物中毒", "T42.400", "", "VS25"), ("体检", "Z00.000", "", "XT39"),
    ("肝移植", "K74.600", "50.5900", "AB19"), ("贫血", "D50.900", "", "QS15"),
  ])
  func `常见病例归入编码员预期的组`(name: String, diagnosis: String, procedure: String, expected: String) throws {
    let procedures = procedure.isEmpty ? [] : [procedure]
    let found = try code(
      GroupingCase(sex: .female, ageYears: 40, diagnoses: [diagnosis], procedures: procedures))
    #expect(found == expected, "\(name)")
  }

  @Test func `前列腺增生按性别，新生儿按体重和天龄`() throws {
    let prostate = GroupingCase(sex: .male, ageYears: 70, diagnoses: ["N40.x00"], procedures: ["60.2900"])
    #expect(try code(prostate) == "MB15")
    let born = [(900, "PS19"), (1_499, "PS19"), (1_500, "PS25"), (2_000, "PS35"), (2_499, "PS35"), (2_500, "PS45")]
    for (weight, expected) in born {
      let newborn = GroupingCase(
        sex: .female, ageYears: 0, ageDays: 1, birthWeightGrams: weight, diagnoses: ["P07.300"])
      #expect(try code(newborn) == expected, "\(weight) g")
    }
    #expect(try code(GroupingCase(sex: .male, ageYears: 0, ageDays: 28, diagnoses: ["P22.000"])) == "PR19")
    #expect(try code(GroupingCase(sex: .male, ageYears: 0, ageDays: 29, diagnoses: ["P22.000"])) == "PV15")
  }

  @Test func `并发症分档，同一排除表的不算`() throws {
    func pneumonia(_ others: String...) throws -> String {
      try code(GroupingCase(sex: .female, ageYears: 40, diagnoses: ["J18.900"] + others))
    }
    #expect(try pneumonia("J96.000") == "ES31" && pneumonia("I50.900") == "ES33")
    #expect(try pneumonia("I50.900", "A41.900") == "ES31")
    #expect(try pneumonia("J15.900") == "ES35" && pneumonia("J85.200") == "ES35" && pneumonia("I10.x00") == "ES35")
  }

  @Test func `多发严重创伤要两个部位`() throws {
    func injured(_ codes: String...) throws -> String {
      try code(GroupingCase(sex: .male, ageYears: 30, diagnoses: codes, procedures: ["01.2400"]))
    }
    #expect(try injured("S06.500", "S36.000") == "ZB19" && injured("S06.500", "S06.600") == "BB15")
  }

  @Test func `无人认领的编码不入组`() throws {
    #expect(try code(GroupingCase(diagnoses: ["?"], procedures: ["?"])) == "0000")
    #expect(try code(GroupingCase()) == "0000")
  }
}
