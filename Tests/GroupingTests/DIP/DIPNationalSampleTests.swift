import Foundation
import Grouping
import Kernel
import Testing

/// Rows of the national DIP 3.0 workbook, as far as `../shared` has them.
///
/// The tests are skipped where it is missing, because the tables are not part of the repository.
@Suite(.enabled(if: SharedFolder.has(DIPNationalSample.path), "needs ../shared/data/grouping"))
struct DIPNationalSampleTests {
  private let sample: DIPNationalSample
  private let grouper: DIPGrouper

  init() throws {
    sample = try DIPNationalSample()
    grouper = try DIPGrouper(sample.catalogue)
  }

  private func code(_ diagnoses: [String], _ procedures: [String] = []) -> String {
    grouper.group(GroupingCase(diagnoses: diagnoses, procedures: procedures)).code
  }

  @Test func `先期分组十九组都在且样例没有错误`() {
    #expect(sample.catalogue.groups.filter { $0.layer == .pre }.count == 19)
    #expect(DIPChecker(sample.catalogue).check().isEmpty)
  }

  @Test func `每个病种的第一个诊断加每个手术都入该病种`() throws {
    for row in sample.catalogue.groups where row.birthWeight.isEmpty {
      let cell = row.mainProcedure.isEmpty ? row.procedures : row.mainProcedure
      for alternative in cell.split(separator: "|") {
        let procedures = alternative.split(separator: "+").map(String.init)
        let principal = row.principal.isEmpty || row.principal == "所有诊断" ? "Z00.000" : row.principal
        #expect(code([principal], procedures) == row.code, "\(row.code) \(procedures)")
        #expect(code([principal + (principal.contains(".") ? "01" : ".900")], procedures) == row.code)
      }
    }
  }

  @Test func `移植须为主要手术操作而体外膜肺氧合不限`() {
    #expect(code(["I50.900"], ["33.6x00"]) == "XQ-1")
    #expect(code(["I50.900"], ["37.5100x001"]) == "XQ-2")
    #expect(code(["I50.900"], ["00.1100", "33.6x00"]) == "I50-1")
    #expect(code(["I50.900"], ["00.1100", "39.6500"]) == "XQ-11")
  }

  @Test func `呼吸机伴连续肾脏替代先于单独呼吸机`() {
    #expect(code(["J96.000"], ["96.7201"]) == "XQ-14")
    #expect(code(["J96.000"], ["39.9500x007", "96.7201"]) == "XQ-13")
    #expect(code(["J96.000"], ["39.9500x007"]) == "J96-1")
  }

  @Test(arguments: [
    (800, 10, "XQ-16"), (999, 28, "XQ-16"), (1_000, 0, "XQ-17"), (1_499, 5, "XQ-17"), (1_500, 5, "XQ-18"),
    (1_999, 5, "XQ-18"), (2_000, 5, "XQ-19"), (2_499, 5, "XQ-19"), (2_500, 5, "Q21-1"), (800, 29, "Q21-1"),
  ])
  func `低出生体重按体重和天龄且不限于主要诊断`(weight: Int, days: Int, expected: String) {
    let newborn = GroupingCase(ageDays: days, birthWeightGrams: weight, diagnoses: ["Q21.000", "P07.100"])
    #expect(grouper.group(newborn).code == expected)
    #expect(grouper.group(GroupingCase(birthWeightGrams: weight, diagnoses: ["P07.100"])).code == "P07-1")
    #expect(grouper.group(GroupingCase(ageDays: days, diagnoses: ["P07.100"])).code == "P07-1")
  }

  @Test func `并项按类目和亚目的开头并按手术分开`() {
    #expect(code(["A09.000"], ["44.1300x001"]) == "BX-20")
    #expect(code(["A09.001"], ["48.2401"]) == "BX-21")
    #expect(code(["A40.900"], ["33.2402"]) == "BX-25")
    #expect(code(["A40.900"], ["34.0401"]) == "BX-26")
    #expect(code(["A41.900"], ["41.3100"]) == "BX-31")
    #expect(code(["A09.900"], ["44.1300x001"]) == "A09-1")
    #expect(code(["A09.000"], ["00.1100", "44.1300x001"]) == "A09-1")
  }

  @Test func `说明写出先期和并项为何不收`() {
    let explanation = grouper.explain(GroupingCase(diagnoses: ["A40.900"], procedures: ["99.9999"]))
    let text = explanation.lines(sample.catalogue).map(\.chinese).joined(separator: "\n")
    #expect(text.contains("并项规则：BX-25 主要手术操作不符，BX-26 主要手术操作不符，BX-27 主要手术操作不符"))
    #expect(text.contains("先期分组："))
    #expect(explanation.grouping.code == "A40-1")
    let taken = grouper.explain(GroupingCase(diagnoses: ["A40.900"], procedures: ["93.9000"]))
    #expect(taken.reason(sample.catalogue).chinese == "入 BX-27（二、并项规则下的核心病种 第 27 行）：A40 + 93.9000")
  }
}

/// The sample of `shared` as a catalogue.
struct DIPNationalSample {
  static let path = "data/grouping/dip30_rule_sample.json"
  let catalogue: DIPCatalogue

  private struct File: Decodable {
    struct Row: Decodable {
      var category: String
      var seq: Int
      var name: String?
      var principalDiagnosis: [String]?
      var procedure: [String]?
      var principalProcedure: [String]?
      var diagnosisAny: [String]?
      var ageDays: String?
      var birthWeight: String?
      var note: String?
    }

    var pre: [Row]
    var merge_sample: [Row]
  }

  init() throws {
    let file = try JSONDecoder().decode(File.self, from: SharedFolder.data(Self.path))
    var manifest = DIPManifest(identifier: "dip_30_sample", name: "DIP 3.0 样例")
    manifest.compositeCategories = .every
    let groups = (file.pre.map { ($0, DIPLayer.pre) } + file.merge_sample.map { ($0, DIPLayer.merge) }).map { pair in
      let (source, layer) = pair
      var row = DIPCatalogue.GroupRow(
        layer: layer, code: "\(source.category)-\(source.seq)", name: source.name ?? "", row: source.seq)
      row.principal = (source.principalDiagnosis ?? []).joined(separator: "|")
      row.diagnoses = (source.diagnosisAny ?? []).joined(separator: "|")
      let procedures = (source.procedure ?? source.principalProcedure ?? []).joined(separator: "|")
      let isAnywhere = source.note?.contains("不限定为主要手术操作") ?? false
      if isAnywhere { row.procedures = procedures } else { row.mainProcedure = procedures }
      row.ageDays = source.ageDays ?? ""
      row.birthWeight = source.birthWeight ?? ""
      return row
    }
    catalogue = DIPCatalogue(manifest: manifest, groups: groups)
  }
}
