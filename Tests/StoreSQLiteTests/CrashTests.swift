import Foundation
import Payment
import StoreSQLite
import StoreTrial
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
      acknowledged += try await killed(
        ["write", "--store", folder.path(), "--policies", StoreFolder.policies],
        after: .milliseconds(Int.random(in: 0...700)))
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

  @Test func `随机时刻强杀后公布的批次或整或无，再公布与先前相同`() async throws {
    let folder = try StoreFolder()
    let callers = 4
    var acknowledged: Set<String> = []
    for trial in 0..<trials {
      let new = try await killed(
        ["publish", "--store", folder.path(), "--callers", "\(callers)"], after: .milliseconds(Int.random(in: 0...300)))
      #expect(!new.isEmpty && acknowledged.isDisjoint(with: new) && Set(new).count == new.count, "trial \(trial)")
      acknowledged.formUnion(new)
      let store = try folder.open()
      let report = try await Audit(store).run(with: store)
      #expect(report.differences == [], "trial \(trial)")
      var stored: Set<String> = []
      for caller in 0..<callers {
        let runs = try TrialRuns(caller: caller)
        let selection = RunSelection(region: runs.region)
        let found = try await store.runs(selection)
        // Whole and in order: what is there is what was handed over, to the last posting.
        for (number, published) in found.enumerated() {
          #expect(published.run == runs.run(number) && published.time == runs.time(number), "trial \(trial)")
          stored.insert(published.run.identity)
        }
        // Publishing the last ones again, at another time, changes nothing.
        for published in found.suffix(3) {
          var again = published
          again.time = "2026-02-01 10:00:00"
          try await store.publish(again)
          #expect(try await store.run(published.run.identity) == published)
        }
        #expect(try await store.runs(selection) == found)
        // And what did not get through can be published now.
        let next = PublishedRun(
          run: runs.run(found.count), time: runs.time(found.count), publisher: runs.region)
        try await store.publish(next)
        #expect(try await store.runs(selection) == found + [next])
        acknowledged.insert(next.run.identity)
        stored.insert(next.run.identity)
      }
      #expect(acknowledged.isSubset(of: stored), "trial \(trial)")
      // Only what was under way at each kill may be stored without having been acknowledged.
      #expect(stored.count - acknowledged.count <= callers * (trial + 1), "trial \(trial)")
      #expect(try await Audit(store).run(with: store).isClean, "trial \(trial)")
      store.close()
    }
  }

  /// Starts a writer, kills it some time after its first word, and returns what it acknowledged.
  private func killed(_ arguments: [String], after time: Duration) async throws -> [String] {
    let tool = try Self.products().appending(path: "StoreTrial")
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
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
