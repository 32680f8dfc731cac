import Foundation
import StoreSQLite
import Testing
import Workflows

/// `yibao audit` as somebody runs it: a whole store, a damaged one, none at all.
@Suite struct AuditCommandTests {
  private struct Run {
    let code: Int32
    let output: String
  }

  private func audit(_ arguments: [String]) async throws -> Run {
    let tool = try CrashTests.products().appending(path: "yibao")
    return try await Task.detached {
      let (process, pipe) = (Process(), Pipe())
      process.executableURL = tool
      process.arguments = ["audit"] + arguments
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return Run(code: process.terminationStatus, output: text)
    }.value
  }

  @Test func `对账命令无差异退出零有差异退出一`() async throws {
    let folder = try StoreFolder()
    try await folder.filled().close()
    let clean = try await audit(["--store", "sqlite:\(folder.path())"])
    #expect(clean.code == 0, "\(clean.output)")
    try await folder.tamper("UPDATE settlement SET fund = fund + 1 WHERE id = 'S3'")
    let damaged = try await audit(["--store", "sqlite:\(folder.path())"])
    #expect(damaged.code == 1, "\(damaged.output)")
    #expect(damaged.output.contains("record 3 (S3)"), "\(damaged.output)")
    // Nothing that identifies a person is shown.
    #expect(!damaged.output.contains("C-P1"))
  }

  @Test func `没有的存储退出二`() async throws {
    let folder = try StoreFolder()
    let missing = try await audit(["--store", "sqlite:\(folder.path("none.sqlite"))"])
    #expect(missing.code == 2, "\(missing.output)")
    #expect(missing.output.contains("none.sqlite"))
  }
}
