import Foundation
import Testing

/// What `yibao sample create` refuses, and that it then leaves everything as it was.
@Suite struct SampleCommandTests {
  private func create(_ path: String, _ further: [String] = []) throws -> CommandRun {
    try CommandRun(["sample", "create", "--people", "100", "--store", "sqlite:\(path)"] + further)
  }

  @Test func `已有的存储不被覆盖，加replace才替换`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "region.sqlite")
    try Data("kept".utf8).write(to: file)
    let refused = try create(file.path)
    #expect(refused.code == 2 && refused.errors.contains("已存在"), "\(refused.errors)")
    #expect(try Data(contentsOf: file) == Data("kept".utf8))

    let truth = folder.appending(path: "truth.csv")
    let made = try create(file.path, ["--replace", "--truth", truth.path, "--lang", "en"])
    #expect(made.code == 0 && made.output.contains("100 insured people"), "\(made.errors)")
    #expect(try String(contentsOf: truth, encoding: .utf8).hasPrefix("kind,settlement,visit,person,"))
    #expect(try CommandRun(["audit", "--store", "sqlite:\(file.path)"]).code == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.filter { $0.contains("unfinished") } == [])
  }

  @Test func `政策不覆盖的年份和不成立的人数被拒`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID()).sqlite").path
    let uncovered = try create(path, ["--year", "2031"])
    #expect(uncovered.code == 2 && uncovered.errors.contains("2025–2026"), "\(uncovered.errors)")
    let few = try CommandRun(["sample", "create", "--people", "5", "--store", "sqlite:\(path)"])
    #expect(few.code == 64 && few.errors.contains("--people 5"), "\(few.errors)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
