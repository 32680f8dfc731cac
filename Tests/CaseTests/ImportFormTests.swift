import Foundation
import Kernel
import Testing

/// The same lists in every form, and many of them.
@Suite(.timeLimit(.minutes(8))) struct ImportFormTests {
  @Test func `同一批清单的各种形式得到同样的病例`() throws {
    var identities: [String: [String]] = [:]
    for form in ["csv", "gbk", "xlsx", "lines", "array", "files"] {
      let place = try ImportTrial()
      try ImportTrial.write(ImportTrial.lists(24), form, to: place)
      let imported = try place.run(["--store", place.store])
      #expect(imported.code == 0, "\(form): \(imported.output)\(imported.errors)")
      #expect(try ImportTrial.tally(imported)["added"] == 24, "\(form)")
      // Without the months' money only the year is worth something; its runs name the digest of their cases.
      let cleared = try CommandRun(
        [
          "clear", "year", "--region", "990100", "--year", "2026", "--store", place.store, "--inputs", place.folder,
          "--scores", "Examples/import/scores.csv", "--json",
        ])
      #expect(cleared.code == 0, "\(cleared.errors)")
      identities[form] = try cleared.objects().compactMap { ($0["inputs"] as? [String: String])?["cases"] }
    }
    #expect(Set(identities.values).count == 1 && identities["csv"]?.count == 2, "\(identities)")
  }

  /// 8,000 rows, one in eight of them wrong, leave no more behind in memory than 1,000 do, but for their numbers.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "needs /proc"))
  func `大文件逐块读取，内存不随行数增长`() throws {
    var peaks: [Int] = []
    for count in [1_000, 8_000] {
      let place = try ImportTrial()
      var rows = ImportTrial.lists(count).enumerated().map { number, row in
        [["B\(10_000 + number)"], Array(row[1...])].flatMap { $0 }
      }
      for number in stride(from: 0, to: count, by: 8) { rows[number][3] = "" }
      try ImportTrial.write(rows, "csv", to: place)
      peaks.append(try Self.peak(of: place, rows: count))
    }
    // Kilobytes. Rows of 8,000 lists alone are megabytes as text, and many times that as values.
    #expect(peaks[0] > 10_000 && peaks[1] - peaks[0] < 25_000, "\(peaks)")
  }

  /// The most memory that importing a folder had at once, as the kernel counts it (`VmHWM`), asked for while it runs.
  private static func peak(of place: ImportTrial, rows: Int) throws -> Int {
    let tool = try #require(CommandRun.tool)
    let process = Process()
    process.executableURL = URL(filePath: tool)
    process.arguments =
      ["import", place.folder, "--region", "990100", "--out", place.out, "--dry-run", "--json"] + ImportTrial.engines
    process.currentDirectoryURL = URL(filePath: Repository.root)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    var most = 0
    while process.isRunning {
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
      most = max(most, Int(line.filter(\.isNumber)) ?? 0)
      usleep(20_000)
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    #expect(try place.unusable().count == rows / 8)
    return most
  }
}
