import Foundation
import Kernel
import Policy
import PolicyFiles
import Testing

/// What newcomers stumbled over: messages that follow from another error, percentage points, readings nobody cites.
@Suite struct PolicyMessageTests {
  private func folder(_ change: (TrialFolder) throws -> Void) throws -> PolicyFolder.Loaded {
    let folder = try TrialFolder()
    defer { folder.remove() }
    try change(folder)
    return folder.load()
  }

  private static let points = TrialFolder.value
    .replacing(".deductible", with: ".category_points").replacing("unit: yuan", with: "unit: points")
    .replacing("[institution_level]", with: "[person_category]").replacing("tertiary", with: "retired")

  private func points(_ written: String) throws -> PolicyFolder.Loaded {
    try folder { folder in
      let text = Self.points.replacing("\"900.00\"", with: written).replacing("\"1000.00\"", with: "2")
        .replacing("\"300.00\"", with: "1")
      try folder.write("sample/points.yaml", text)
    }
  }

  @Test func `百分点写成数字可以读入`() throws {
    let loaded = try points("5")
    #expect(loaded.diagnostics == [])
    let entry = loaded.book?.regions["990100"]?.entries["settlement.employee.inpatient.category_points"]
    let five = PolicyNode.rate(Rate(millionths: 50_000))
    #expect(entry?.versions.versions.first?.value?.node[[["retired"]]] == five)
  }

  @Test func `百分点带百分号被拒绝`() throws {
    let loaded = try points("5%")
    #expect(loaded.book == nil)
    #expect(loaded.diagnostics.count == 1)
    #expect(loaded.diagnostics.first?.line == 8)
    #expect(loaded.diagnostics.first?.message.english.contains("percentage points without %") == true)
  }

  @Test func `文件登记有误时不再说请先登记`() throws {
    let document = "identifier: trial\nissuer: 示例\ntitle: 示例规定\ntrust: sampel\n"
    let loaded = try folder { try $0.write("documents/trial.yaml", document) }
    #expect(loaded.book == nil)
    #expect(loaded.diagnostics.map { $0.file.suffix(20) } == ["documents/trial.yaml"])
    #expect(loaded.diagnostics.first?.message.english.contains("did you mean \"sample\"?") == true)
  }

  @Test func `文件登记不是有效的YAML时按文件名认出`() throws {
    let loaded = try folder { try $0.write("documents/trial.yaml", "identifier: [trial\n") }
    #expect(loaded.diagnostics.count == 1, "\(loaded.diagnostics.map { $0.text(.english) })")
  }

  @Test func `释义文件有误时不再说没有该释义`() throws {
    let loaded = try folder { folder in
      try folder.spoil("{document: trial, clause: 第一条}", "{interpretation: per-stay}")
      try folder.write("sample/interpretations.yaml", "interpretations:\n  - identifier: per-stay\n    question: 按次？\n")
    }
    #expect(loaded.diagnostics.map { $0.file.suffix(20) } == ["interpretations.yaml"])
  }

  private static func reading(_ name: String) -> String {
    "  - identifier: \(name)\n    question: 按次？\n    reading: 按次\n    decided: 2026-11-20\n"
  }

  @Test func `无人引用的释义在检查时提示`() throws {
    let loaded = try folder { folder in
      try folder.spoil("{document: trial, clause: 第一条}", "{interpretation: per-stay}")
      let names = ["per-stay", "named-in-notes", "covered-days", "forgotten"]
      try folder.write(
        "sample/interpretations.yaml", "interpretations:\n" + names.map(Self.reading).joined())
      try folder.write(
        "sample/region.yaml",
        "code: \"990100\"\nname: 示例市\nenglish: Sample\nextends: []\n"
          + "covered: {from: 2025-01-01, until: 2026-12-31}\nnotes: 见释义 named-in-notes\n")
    }
    #expect(loaded.diagnostics == [])
    #expect(loaded.remarks.map(\.line) == [14])
    #expect(loaded.remarks.first?.severity == .warning)
    #expect(loaded.remarks.first?.message.english.contains("forgotten") == true)
  }

  @Test func `目录名不以代码开头在检查时提示`() throws {
    let header = "name: 某市\nenglish: Some\nextends: []\ncovered: {from: 2025-01-01, until: 2026-12-31}\n"
    let loaded = try folder { folder in
      try folder.write("regions/990300-fanli/region.yaml", "code: \"990300\"\n" + header)
      try folder.write("regions/lipu-990400/region.yaml", "code: \"990400\"\n" + header)
    }
    #expect(loaded.diagnostics == [])
    #expect(loaded.remarks.map { $0.file.split(separator: "/").last } == ["lipu-990400"])
    #expect(loaded.folders["990300"]?.hasSuffix("regions/990300-fanli") == true)
  }

  @Test func `承接的统筹区不存在时指出是哪个文件`() throws {
    let loaded = try folder { folder in
      try folder.write(
        "regions/990300-fanli/region.yaml",
        "code: \"990300\"\nname: 某市\nenglish: Some\nextends: [\"99\"]\n"
          + "covered: {from: 2025-01-01, until: 2026-12-31}\n")
    }
    #expect(loaded.diagnostics.map { $0.file.hasSuffix("regions/990300-fanli/region.yaml") } == [true])
  }
}
