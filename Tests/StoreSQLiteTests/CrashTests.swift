import Foundation
import StoreSQLite
import Testing
import Workflows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that is killed comes back with exactly what it acknowledged.
@Suite struct CrashTests {
  /// `STORE_CRASH_TRIALS=20` for the long run.
  private let trials = ProcessInfo.processInfo.environment["STORE_CRASH_TRIALS"].flatMap(Int.init) ?? 5

  @Test func `随机时刻强杀后已确认的结算各有一笔且对账无差异`() async throws {
    let folder = try StoreFolder()
    var acknowledged: [String] = []
    for trial in 0..<trials {
      let before = acknowledged.count
      acknowledged += try await killed(folder, after: .milliseconds(Int.random(in: 0...700)))
      #expect(acknowledged.count > before, "trial \(trial) acknowledged nothing")
      let store = try folder.open()
      let report = try await Audit(store).run()
      #expect(report.differences == [], "trial \(trial)")
      let persons = try await store.read { store throws(StoreError) in try store.settledPersons() }
      var stored: [String: Int] = [:]
      for person in persons {
        let ids = try await store.read { store throws(StoreError) in try store.settlements(ofPerson: person).map(\.id) }
        for id in ids { stored[id, default: 0] += 1 }
      }
      let wrong = acknowledged.filter { stored[$0] != 1 }
      #expect(wrong == [], "trial \(trial)")
      #expect(Set(acknowledged).count == acknowledged.count)
      // Only what was under way at each kill may be stored without having been acknowledged.
      #expect(stored.count - acknowledged.count <= 16 * (trial + 1), "trial \(trial)")
      store.close()
    }
  }

  /// Starts a writer, kills it some time after its first word, and returns what it acknowledged.
  private func killed(_ folder: StoreFolder, after time: Duration) async throws -> [String] {
    let tool = try Self.products().appending(path: "StoreTrial")
    let process = Process()
    process.executableURL = tool
    process.arguments = ["write", "--store", folder.path(), "--policies", StoreFolder.policies]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let words = pipe.fileHandleForReading
    let first = await Task.detached { words.availableData }.value
    try await Task.sleep(for: time)
    kill(process.processIdentifier, SIGKILL)
    let rest = await Task.detached { words.readDataToEndOfFile() }.value
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    let text = String(decoding: first + rest, as: UTF8.self)
    #expect(text.isEmpty || text.hasSuffix("\n"))
    return text.split(separator: "\n").map(String.init)
  }

  /// The folder that the build put its products in: the test bundle's own.
  static func products() throws -> URL {
    #if os(Linux)
      let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(filePath: executable).deletingLastPathComponent()
    #else
      return Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
        ?? Bundle.main.bundleURL
    #endif
  }
}
