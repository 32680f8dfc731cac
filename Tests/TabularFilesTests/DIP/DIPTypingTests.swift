import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// Auxiliary typing, by the sample that comes with the product.
@Suite struct DIPTypingTests {
  private static let folder = DIPOutlineTests.folder.appending(path: "typing").path
  private let typing: DIPTyping

  init() throws { typing = try #require(DIPTypingFolder.read(Self.folder).value) }

  @Test(arguments: [
    (["J18.900"], 0), (["J18.900", "I10.x00"], 0), (["J18.900", "E11.900"], 1), (["J18.900", "E11.500"], 2),
    (["J18.900", "E11.900", "E11.500"], 2), (["J18.900", "K74.600", "K76.600"], 3), (["J18.900", "C34.900"], 2),
    (["J18.900", "C34.900", "C78.000"], 6), (["I21.900"], 0), (["I50.900", "I21.900", "I22.000"], 1),
    (["J18.900", "N18.500", "I50.900", "J44.100", "E11.200"], 6),
  ])
  func `并发症指数只算其他诊断且同类只计一次`(diagnoses: [String], points: Int) {
    #expect(typing.index(of: GroupingCase(diagnoses: diagnoses)).points == points)
  }

  private func type(_ unit: GroupingCase, _ group: String = "X", _ facts: DIPTyping.Facts = .init()) -> String {
    let result = typing.type(unit, group: group, facts: facts)
    let chosen = result.chosen.map { typing.tables.types[$0] }
    let triggered = result.triggered.map { typing.tables.types[$0].code }.joined(separator: " ")
    return "\(triggered) → \(chosen?.dimension ?? "-") \(result.factor?.millionths ?? 0)"
  }

  @Test func `多个维度触发时取系数最高者`() {
    let old = GroupingCase(
      ageYears: 70, stayDays: 6, dischargeKind: 1, diagnoses: ["I21.900", "R57.000", "N18.500", "E11.900"])
    #expect(type(old) == "severe 65 severe → severity 1300000")
    #expect(type(old, "X", .init(intensiveDays: 9)) == "severe 65 8_14 severe → icu 1600000")
    let brief = GroupingCase(ageYears: 70, stayDays: 2, dischargeKind: 1, diagnoses: ["I21.900", "R57.000"])
    #expect(type(brief) == "mild 65 → age 1050000")
    #expect(type(brief, "BX-2") == "mild 65 → age 1200000")
    #expect(type(GroupingCase(ageYears: 40, stayDays: 4, diagnoses: ["K35.800"])) == "mild → - 0")
  }

  @Test func `死亡按住院天数分且肿瘤按费用和转移分`() {
    let death = GroupingCase(stayDays: 2, dischargeKind: 5, diagnoses: ["I21.900"])
    #expect(type(death).hasPrefix("death_a "))
    var tumour = GroupingCase(stayDays: 5, dischargeKind: 1, diagnoses: ["C34.900", "C34.100"])
    #expect(type(tumour).hasPrefix("other mild"))
    tumour.diagnoses.append("C78.700")
    #expect(type(tumour).hasPrefix("metastasis mild"))
    #expect(type(tumour, "X", .init(costPercent: 300, drugPercent: 50)).hasPrefix("high_cost_2 "))
    #expect(type(tumour, "X", .init(costPercent: 299, drugPercent: 50)).hasPrefix("metastasis "))
    #expect(type(tumour, "X", .init(costPercent: 300, treatmentPercent: 50, drugPercent: 50)).hasPrefix("high_cost_1 "))
  }

  @Test(arguments: [
    (0, 28, "0_28d"), (0, 29, "29d_1y"), (6, nil, "1_6"), (7, nil, "7_17"), (64, nil, ""), (65, nil, "65"),
  ])
  func `年龄段的边界`(years: Int, days: Int?, code: String) {
    let result = typing.type(GroupingCase(ageYears: years, ageDays: days, diagnoses: ["J18.900"]), group: "X")
    let ages = result.triggered.map { typing.tables.types[$0] }.filter { $0.dimension == "age" }.map(\.code)
    #expect(ages == (code.isEmpty ? [] : [code]))
  }

  @Test(arguments: [
    ("factors.csv", "group,dimension,code,factor\n*,age,nobody,1.1\n", 2),
    ("factors.csv", "group,dimension,code,factor\n*,age,65,0\n", 2),
    ("types.csv", "dimension,code,age_years\nage,65,old\n", 2),
    ("comorbidities.csv", "condition,points,diagnoses\nx,1,I2\n", 2),
    ("manifest.csv", "key,value\nidentifier,x\nvalid_from,2023-01-01\n", nil),
  ])
  func `错误的分型表指出文件和行`(name: String, text: String, line: Int?) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "typing-\(UUID())").path
    try FileManager.default.copyItem(atPath: Self.folder, toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    let diagnostics = DIPTypingFolder.read(folder).diagnostics
    #expect(diagnostics.first?.line == line)
    #expect(diagnostics.first?.file.hasSuffix(name) == true)
  }
}
