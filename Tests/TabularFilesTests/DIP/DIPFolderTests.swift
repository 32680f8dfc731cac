import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// DIP catalogues as folders, and cases as CSV.
@Suite struct DIPFolderTests {
  private func folder(_ files: [String: String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "dip-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  private static let manifest = "key,value\nidentifier,test\nname,test\n"

  @Test func `官方工作表的列名和说明照样能读`() throws {
    let folder = try folder([
      "manifest.csv": Self.manifest,
      "pre.csv": """
      分类,序号,主要诊断编码,分组名称,主要手术操作编码,主要手术操作名称,说明
      XQ,6,所有诊断,肾移植,55.6900,肾移植,
      XQ,14,所有诊断,有创呼吸机,96.7201,呼吸机,手术操作中包含96.7201，不限定为主要手术操作

      """,
      "basic.csv": "分类,序号,主要诊断编码,主要诊断名称,主要手术操作编码,主要手术操作名称\nJC,1,A01.0,伤寒,,\n",
      "restrictions.csv": """
      主要手术操作编码,主要手术操作名称,说明
      00.0100,超声,按保守治疗入组
      00.3101,导航,不可作为主要手术操作
      44.1300,胃镜,"A00-A09|
      C15-C26作为主要诊断，可作为主要手术操作"

      """,
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DIPCatalogueFolder.read(folder.path)
    let catalogue = try #require(reading.value, "\(reading.diagnostics)")
    #expect(catalogue.restrictions.map(\.rule) == [.conservative, .next, .within])
    let grouper = try DIPGrouper(catalogue)
    let code = { (diagnosis: String, procedures: [String]) in
      grouper.group(GroupingCase(diagnoses: [diagnosis], procedures: procedures)).code
    }
    #expect(code("J96.000", ["00.0900", "96.7201"]) == "XQ-14")
    #expect(code("N18.500", ["00.0900", "55.6900"]) == "")
    #expect(code("N18.500", ["00.3101", "55.6900"]) == "XQ-6")
    #expect(code("A01.000", ["00.0100", "55.6900"]) == "JC-1")
    #expect(code("A01.000", ["44.1300"]) == "")
    #expect(code("A01.000", ["00.0900"]) == "")
    #expect(code("A01.000", []) == "JC-1")
  }

  @Test func `夹在数据中的第二个列名行和其他错误都指出文件和行`() throws {
    let folder = try folder([
      "manifest.csv": Self.manifest,
      "pre.csv": """
      分类,序号,主要诊断编码,分组名称,主要手术操作编码
      XQ,1,所有诊断,甲,33.6x00
      分类,序号,主要诊断编码,分组名称,天龄
      XQ,2,P07,乙,<29天
      XQ,3,,丙,

      """,
      "basic.csv": """
      code,principal_diagnosis,main_procedure
      JC-1,A01.0,47.0901
      JC-2,A01.0,786900x002
      JC-3,A01.0,47.0901
      JC-1,A02,47.0901

      """,
      "rejects.csv": "code\nU84.700U84.800\n主要诊断编码\n\"\"\n",
    ])
    defer { try? FileManager.default.removeItem(at: folder) }
    let reading = DIPCatalogueFolder.read(folder.path)
    #expect(reading.value == nil)
    let places = reading.diagnostics.map { diagnostic in
      let file = diagnostic.file.split(separator: "/").last.map(String.init) ?? ""
      return "\(file):\(diagnostic.line ?? 0):\(diagnostic.severity.rawValue)"
    }
    #expect(
      places == [
        "pre.csv:3:error", "pre.csv:4:error", "pre.csv:5:error", "basic.csv:3:error", "rejects.csv:2:error",
        "rejects.csv:3:error", "rejects.csv:4:error", "basic.csv:4:warning", "basic.csv:5:warning",
      ])
    #expect(reading.diagnostics.allSatisfy { !$0.message.chinese.isEmpty && !$0.message.english.isEmpty })
  }

  @Test(arguments: [
    ("layers,pre|surprise", "layers"), ("selection,any", "selection"), ("nonsense,1", "nonsense"),
    ("identifier,again", "identifier"), ("choice.basic,length", "choice.basic"), ("diagnosis_lengths,2", "lengths"),
    ("empty_procedure.pre,", "empty"), ("prefers_uncovered_surgery,maybe", "uncovered"),
  ])
  func `方案说明的错误指出行和可用的值`(row: String, word: String) throws {
    let folder = try folder(["manifest.csv": Self.manifest + row + "\n"])
    defer { try? FileManager.default.removeItem(at: folder) }
    let diagnostics = DIPCatalogueFolder.read(folder.path).diagnostics
    #expect(diagnostics.map(\.line) == [4])
    #expect(diagnostics.first?.message.english.contains(word) == true)
  }

  @Test func `全部开关和列写出再读回相同`() throws {
    var manifest = DIPManifest(identifier: "x", name: "名称", region: "某市", source: "“来源”, 含逗号")
    manifest.layers = [.basic, .primaryCare, .composite]
    (manifest.selection, manifest.prefersUncoveredSurgery) = (.kindThenLayer, true)
    (manifest.rejectMatching, manifest.resistantMatching) = (.prefix, .exact)
    (manifest.comma, manifest.setAside, manifest.compositeBy) = (.all, .everywhere, .weightiest)
    (manifest.compositeCategories, manifest.blankGroup) = (.every, "KBBZ")
    (manifest.interventional, manifest.unclassified) = (.therapeutic, .diagnostic)
    manifest.diagnosisLengths = [3, 4]
    manifest.notes = ["一", "two"]
    // A value that is as usual is not written, so that only others are set here.
    (manifest.choice[.basic], manifest.choice[.merge]) = ([.procedures, .order], [.order])
    (manifest.emptyProcedure[.basic], manifest.emptyProcedure[.burn]) = (.any, .conservative)
    var row = DIPCatalogue.GroupRow(layer: .basic, code: "甲-1", name: "名\n称", row: 2)
    row.principal = "A15|A16"
    row.otherDiagnoses = "U84.3"
    row.relatedProcedures = "33.2400"
    row.score = DIPScore(tenThousandths: 9_532_759)
    row.figures = DIPFigures(cases: 10, kept: 9, meanFen: 123_456, variation: 3_070)
    var composite = DIPCatalogue.GroupRow(layer: .composite, code: "A15-3", name: "", row: 2)
    composite.principal = "A15"
    composite.treatment = .therapeutic
    var catalogue = DIPCatalogue(manifest: manifest, groups: [row, composite])
    catalogue.rejects = [.init(code: "Z76.8", name: "", row: 2)]
    catalogue.restrictions = [.init(code: "44.1300", rule: .within, scope: "K20-K31", row: 2)]
    catalogue.resistant = [.init(code: "U84.3", amongOthers: true, row: 2), .init(code: "A15.0", row: 3)]
    catalogue.primaryCare = [.init(principal: "J20", name: "支气管炎", row: 2)]
    catalogue.classes = [.init(code: "33.2400", kind: "诊断性操作", row: 2)]
    let folder = try folder(["burn.csv": "stale"])
    defer { try? FileManager.default.removeItem(at: folder) }
    try DIPCatalogueFolder.write(catalogue, to: folder.path)
    #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "burn.csv").path))
    #expect(DIPCatalogueFolder.read(folder.path, isChecked: false).value == catalogue)
  }

  @Test func `读不了的病例行报告行号其余照常`() throws {
    let text = """
      id,sex,age_years,diagnoses,procedures,year,total_cost
      a,1,30,A01.0|B20,33.2400|,2025,12.5
      b,x,三十,A01.0,,2025,1
      c,2,,|B20,,2024,0.10
      d,2,1,A01.0,,2025,1.234
      e,2,1,A01.0
      f,2,1,A01.0,,,5
      ,2,1,A01.0,,2025,-1
      ,女,1,A01.0,,2025,7

      """
    var read: [DIPHistoryCase] = []
    var bad: [Int?] = []
    try DIPCaseFile(CSVReader(bytes: text.utf8, name: "h.csv"), isHistory: true).forEach { past, _ in
      read.append(past)
    } bad: {
      bad.append($0.line)
    }
    #expect(bad == [3, 5, 6, 7, 8])
    #expect(read.map(\.unit.id) == ["a", "c", "9"])
    #expect(read.map(\.costFen) == [1_250, 10, 700])
    #expect(read.map(\.unit.diagnoses) == [["A01.0", "B20"], ["", "B20"], ["A01.0"]])
    #expect(read[0].unit.procedures == ["33.2400"] && read[2].unit.sex == .female)
    #expect(throws: Diagnostic.self) {
      try DIPCaseFile(CSVReader(bytes: "id\n1\n".utf8, name: "x"), isHistory: false).forEach { _, _ in
      } bad: { _ in
      }
    }
  }

  @Test func `病例写出再读回相同`() throws {
    let history = Array(DIPSampleHistory(cases: 300, seed: 3))
    let bytes = CSVWriter.bytes(of: [DIPCaseFile.historyHeader] + history.map(DIPCaseFile.row))
    var read: [DIPHistoryCase] = []
    try DIPCaseFile(CSVReader(bytes: bytes, name: "h"), isHistory: true).forEach { past, _ in
      read.append(past)
    } bad: {
      throw $0
    }
    #expect(read == history)
  }
}
