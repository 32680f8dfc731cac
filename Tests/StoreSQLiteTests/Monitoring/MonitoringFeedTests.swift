import Foundation
import Kernel
import StoreTrial
import Synchronization
import Testing
import Workflows

@testable import StoreSQLite

/// The projection follows the payer's store, whatever happens to either.
@Suite struct MonitoringFeedTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  /// What the projection should hold: every record of the chain, as the store tells it.
  private func expected(_ store: any PayerStore) async throws -> [MonitoredSettlement] {
    try await store.read { reading throws(StoreError) in
      let records = try reading.settlements(after: .beginning, limit: 100_000).records
      let reversed = Set(records.compactMap(\.reverses))
      var rows: [MonitoredSettlement] = []
      for (index, record) in records.enumerated() {
        var row = MonitoredSettlement(record, person: try reading.person(record.visit.person))
        row.ordinal = Int64(index + 1)
        if reversed.contains(row.id) { row.state = .reversed }
        rows.append(row)
      }
      return rows
    }
  }

  private func stored(_ projection: SQLiteMonitoringStore) async throws -> [MonitoredSettlement] {
    let all = try #require(PageRequest(number: 1, size: 100_000))
    return try await projection.settlements(MonitoringFilter(), order: .oldest, page: all).rows
      .sorted { $0.ordinal < $1.ordinal }
  }

  @Test func `跟到末尾并记下金额、姓名和撤销`() async throws {
    let (store, projection) = (MemoryStore(), try SQLiteMonitoringStore())
    try await folder.desk.fill(store)
    let told = Mutex<[MonitoringFeed.Progress]>([])
    let done = try await MonitoringFeed(store: store, projection: projection, portion: 3).catchUp { progress in
      told.withLock { $0.append(progress) }
    }
    #expect(done.appendedCount == 4 && !done.wasRemade)
    #expect(told.withLock { $0.map(\.appendedCount) } == [3, 4])
    let (found, wanted) = (try await stored(projection), try await expected(store))
    #expect(found == wanted)
    #expect(found.map(\.id) == ["S1", "S2", "S3", "R1"] && found.map(\.name).allSatisfy { $0 == "示例" })
    #expect(found.map(\.state) == [.reversed, .standing, .standing, .reversal])
    #expect(found[3].amounts == found[0].amounts.negated && found[0].amounts.fund > .zero && found[0].stayDays == 7)
    let account = try #require(found.first).amounts
    #expect(account.total == account.fund + account.person + account.hospital)
    #expect(try await MonitoringFeed(store: store, projection: projection).catchUp().appendedCount == 0)

    // A feed that gives way is asked between the portions, and comes as far.
    let patient = try SQLiteMonitoringStore()
    let asked = Mutex(0)
    let feed = MonitoringFeed(store: store, projection: patient, portion: 3) {
      asked.withLock { $0 += 1 }
      return .milliseconds(1)
    }
    #expect(try await feed.catchUp().appendedCount == done.appendedCount)
    #expect(asked.withLock { $0 } == done.appendedCount / 3)
  }

  @Test func `边结算边跟读最终一致`() async throws {
    let store = try folder.open()
    let desk = folder.desk
    let projection = try SQLiteMonitoringStore(path: folder.path("projection"))
    try await desk.enrol((0..<8).map { "P\($0)" }, balance: Money(fen: 30_000), in: store)
    var reading = SQLitePayerStore.Options()
    reading.isReadOnly = true
    let beside = try folder.open(reading)
    let failures = Mutex<[StoreError]>([])
    let feed = MonitoringFeed(store: beside, projection: projection, portion: 5)
    let following = Task {
      await feed.run(every: .milliseconds(2)) { error in failures.withLock { $0.append(error) } }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for person in 0..<8 {
        group.addTask {
          for turn in 0..<12 {
            _ = try await desk.settleStay(person * 100 + turn, person: "P\(person)", in: store)
            guard turn.isMultiple(of: 5) else { continue }
            _ = try await store.write { store throws(StoreError) in
              try desk.reverse(
                "S\(person * 100 + turn)", as: "R\(person)-\(turn)", message: "M\(person)-\(turn)", in: store)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    while try await stored(projection).count < 8 * 15 { try await Task.sleep(for: .milliseconds(5)) }
    following.cancel()
    await following.value
    #expect(failures.withLock { $0 } == [])
    let (found, wanted) = (try await stored(projection), try await expected(store))
    #expect(found == wanted)
    beside.close()
    store.close()
    try projection.close()
  }

  @Test func `中途停下后从原处继续`() async throws {
    let (store, projection) = (try folder.open(), try SQLiteMonitoringStore())
    try await folder.desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
    for number in 0..<30 { try await folder.settle(number, in: store) }
    let stopping = Task {
      try await MonitoringFeed(store: store, projection: projection, portion: 4).catchUp { progress in
        if progress.appendedCount >= 8 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let first = try await stopping.value
    #expect(first.appendedCount == 8)
    store.close()
    let again = try folder.open()
    let rest = try await MonitoringFeed(store: again, projection: projection, portion: 4).catchUp()
    #expect(rest.appendedCount == 22 && !rest.wasRemade)
    let (found, wanted) = (try await stored(projection), try await expected(again))
    #expect(found == wanted)
    again.close()
  }

  @Test func `别的存储的投影被丢弃重做`() async throws {
    let projection = try SQLiteMonitoringStore()
    let (one, other, empty) = (MemoryStore(), MemoryStore(), MemoryStore())
    try await folder.desk.enrol(["P1"], balance: Money(fen: 30_000), in: one)
    for number in 0..<5 { try await folder.settle(number, in: one) }
    try await folder.desk.fill(other)
    _ = try await MonitoringFeed(store: one, projection: projection).catchUp()
    let done = try await MonitoringFeed(store: other, projection: projection).catchUp()
    #expect(done.wasRemade && done.appendedCount == 4)
    let (found, wanted) = (try await stored(projection), try await expected(other))
    #expect(found == wanted)
    // One that was set back to an earlier state is another one, too.
    let earlier = MemoryStore()
    try await folder.desk.enrol(["P1", "P2"], balance: Money(fen: 1_000_00), in: earlier)
    _ = try await folder.desk.settleStay(1, person: "P1", in: earlier)
    #expect(try await MonitoringFeed(store: earlier, projection: projection).catchUp().wasRemade)
    #expect(try await stored(projection).map(\.id) == ["S1"])
    #expect(try await MonitoringFeed(store: empty, projection: projection).catchUp().wasRemade)
    #expect(try await stored(projection).isEmpty)
  }

  @Test func `人员检索先找整号再找末位和姓`() async throws {
    let (store, projection) = (MemoryStore(), try SQLiteMonitoringStore())
    try await folder.desk.fill(store)
    try await folder.desk.enrol(["P1234"], balance: .zero, in: store)
    _ = try await MonitoringFeed(store: store, projection: projection).catchUp()
    let search = PersonSearch(store: store, monitoring: projection)
    #expect(try await search.find(" P1234 ").map(\.number) == ["P1234"])  // never settled
    #expect(try await search.find("C-P2").map(\.number) == ["P2"])
    #expect(try await search.find("示").map(\.number) == ["P1", "P2"])
    #expect(try await search.find("示", limit: 1).count == 1)
    #expect(try await search.find("  ").isEmpty)
    #expect(try await search.find("nobody").isEmpty)
  }
}
