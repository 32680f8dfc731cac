import Kernel
import StoreTrial
import Testing
import Workflows

@testable import StoreSQLite

/// A rehearsed write has no savepoint; should it fail all the same, its batch is undone and run again with savepoints.
@Suite struct UnguardedWriteTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  private static func message(_ id: String) -> MessageRecord {
    MessageRecord(id: id, institution: "H1", transaction: "1101", digest: "d", result: "r")
  }

  @Test func `预演过的写入中途失败，不留痕迹，同批其他写入照常入库`() async throws {
    let store = try folder.open()
    defer { store.close() }
    for round in 0..<20 {
      let spoiled = RehearsedWrite { store throws(StoreError) in
        try store.append(Self.message("A\(round)"))
        try store.append(Self.message("X\(round)"))
      }
      try await store.rehearse(spoiled)
      // Behind the store's back: as far as it knows, nothing has changed of what was read.
      try await store.perform("INSERT INTO message VALUES ('X\(round)', 'H1', '1101', 'd', 'r')")
      let failed = await withTaskGroup(of: Bool.self) { group in
        group.addTask {
          do throws(StoreError) { try await store.finish(spoiled) } catch { return true }
          return false
        }
        for number in 0..<12 {
          group.addTask {
            do throws(StoreError) {
              try await store.write { store throws(StoreError) in
                try store.append(Self.message("B\(round)-\(number)"))
              }
            } catch { Issue.record("\(error)") }
            return false
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(failed == 1)
      let found = try await store.read { store throws(StoreError) in
        var found: [String] = []
        for id in ["A\(round)", "X\(round)"] + (0..<12).map({ "B\(round)-\($0)" }) {
          if try store.message(id) != nil { found.append(id) }
        }
        return found
      }
      #expect(found == ["X\(round)"] + (0..<12).map { "B\(round)-\($0)" })
    }
  }
}
