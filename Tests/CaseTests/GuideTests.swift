import CaseFiles
import Foundation
import Kernel
import PolicyFiles
import Settlement
import Testing
import Workflows

/// The guide `adding-a-region.md` is followed to the letter: its files make a sound region, and its cases pass.
@Suite struct GuideTests {
  /// The YAML examples of the guide that are whole files, in order.
  private func examples() throws -> [String] {
    let guide = try String(contentsOfFile: Repository.root + "/Docs/Guides/adding-a-region.md", encoding: .utf8)
    return guide.components(separatedBy: "```yaml\n").dropFirst().compactMap { part in
      part.components(separatedBy: "```").first
    }
  }

  private func write(_ text: String, _ file: String) throws {
    let url = URL(filePath: file)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  @Test func `照指南录入的统筹区没有错误和提示且案例相符`() throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "guide-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    let region = root + "/Policies/regions/990300-fanli"
    try write("", root + "/Policies/documents/.keep")
    let national = "/Policies/national"
    try FileManager.default.copyItem(atPath: Repository.root + national, toPath: root + national)
    var (values, cases) = (0, 0)
    for example in try examples() {
      if example.hasPrefix("identifier:") {
        try write(example, root + "/Policies/documents/fanli-table.yaml")
      } else if example.hasPrefix("code:") {
        try write(example, region + "/region.yaml")
      } else if example.hasPrefix("interpretations:") {
        try write(example, region + "/interpretations.yaml")
      } else if example.hasPrefix("title:") {
        values += 1
        try write(example, region + "/\(values).yaml")
      } else if example.hasPrefix("name:") {
        cases += 1
        try write(example, root + "/Cases/\(cases).yaml")
      }
    }
    #expect(values == 8)
    #expect(cases == 2)
    let loaded = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
    #expect(loaded.diagnostics.map { $0.text(.english) } == [])
    #expect(loaded.remarks.map { $0.text(.english) } == [])
    let library = PolicyLibrary(try #require(loaded.book))
    let found = library.check(region: "990300")
    #expect(found.defects == [])
    #expect(found.remarks == [])
    let read = CaseFolder(paths: [root + "/Cases"]).load()
    #expect(read.diagnostics.map { $0.text(.english) } == [])
    #expect(read.cases.count == cases)
    for workedCase in read.cases {
      let report = CaseRun(library).run(workedCase)
      #expect(report.mismatches == [], "\(workedCase.name)")
      #expect(report.remarks == [], "\(workedCase.name)")
    }
  }
}
