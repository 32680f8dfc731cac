import Foundation
import GRDB
import Kernel
import StoreTrial
import Testing
import Workflows

@testable import StoreSQLite

/// What appending to the projection promises.
@Suite struct MonitoringStoreTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  private let world = MonitoringWorld(seed: 7, count: 600)

  private func fresh(_ rows: some Sequence<MonitoredSettlement>) -> [MonitoredSettlement] {
    rows.map { row in
      var row = row
      (row.ordinal, row.state) = (0, row.isReversal ? .reversal : .standing)
      return row
    }
  }

  private func place(_ number: Int) -> ChainPlace { ChainPlace(strands: [Int64(number)]) }

  /// Every row of every table that settlements make.
  private func content(_ store: SQLiteMonitoringStore) async throws -> [String] {
    try await store.read("dump") { db in
      try MonitoringSchema.tables.flatMap { table in
        try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0.databaseValues)" }.sorted()
      }
    }
  }

  @Test func `结算与撤销相抵为零`() async throws {
    let store = try SQLiteMonitoringStore()
    let reversal = try #require(world.settlements.first { $0.isReversal })
    let original = try #require(world.settlements.first { $0.id == reversal.reverses })
    try await store.append(fresh([original]), upTo: place(1))
    #expect(try await store.settlements(MonitoringFilter(), order: .newest, page: first(9)).rows[0].state == .standing)
    try await store.append(fresh([reversal]), upTo: place(2))
    let total = try #require(try await store.totals(MonitoringFilter(), by: []).first).measures
    #expect(total.amounts == MonitoredAmounts() && original.amounts != MonitoredAmounts())
    #expect(total.settlementCount == 1 && total.reversalCount == 1 && total.netCount == 0)
    #expect(total.stayCount == 0 && total.stayDays == 0)
    let rows = try await store.settlements(MonitoringFilter(), order: .oldest, page: first(9)).rows
    #expect(Set(rows.map(\.state)) == [.reversed, .reversal])
  }

  @Test func `同一段追加两次什么也不变`() async throws {
    let store = try SQLiteMonitoringStore()
    let rows = fresh(world.settlements)
    try await store.append(Array(rows[..<400]), upTo: place(400))
    try await store.append(Array(rows[400...]), upTo: place(600))
    let before = try await content(store)
    try await store.append(Array(rows[300...]), upTo: place(600))
    try await store.append(rows, upTo: place(600))
    #expect(try await content(store) == before)
    #expect(before.count > 1_000)
  }

  @Test func `分几次追加与一次追加相同`() async throws {
    let (whole, parts) = (try SQLiteMonitoringStore(), try SQLiteMonitoringStore())
    let rows = fresh(world.settlements)
    try await whole.append(rows, upTo: place(600))
    for start in stride(from: 0, to: 600, by: 7) {
      try await parts.append(Array(rows[start..<min(start + 7, 600)]), upTo: place(min(start + 7, 600)))
    }
    let (left, right) = (try await content(whole), try await content(parts))
    #expect(left == right)
  }

  @Test func `姓名以最近一次结算为准且不被空名抹去`() async throws {
    let store = try SQLiteMonitoringStore()
    var row = world.settlements[0]
    for (id, name) in [("A", "旧名"), ("B", "新名"), ("C", "")] {
      (row.id, row.name) = (id, name)
      try await store.append(fresh([row]), upTo: place(1))
    }
    #expect(try await store.persons(.number(row.person), limit: 1).map(\.name) == ["新名"])
  }

  @Test func `失败的追加什么也不留下`() async throws {
    let store = try SQLiteMonitoringStore()
    try await store.append(fresh(world.settlements[..<50]), upTo: place(50))
    let before = try await content(store)
    try await store.write("forbid") { db in
      try db.execute(
        sql: """
          CREATE TRIGGER forbid BEFORE INSERT ON settlement WHEN new.id = '\(self.world.settlements[80].id)'
          BEGIN SELECT RAISE(ABORT, 'no'); END
          """)
    }
    let rows = fresh(world.settlements[50..<100])
    #expect(await failure { try await store.append(rows, upTo: place(100)) }?.code == .refused)
    #expect(try await content(store) == before)
    #expect(try await store.place() == place(50))
  }

  @Test func `重新打开后从原处继续且一无所失`() async throws {
    let path = folder.path("monitoring.sqlite")
    let rows = fresh(world.settlements)
    for start in stride(from: 0, to: 600, by: 150) {
      // Left open as a killed process leaves it: what was committed lies in the log beside the file.
      let store = try SQLiteMonitoringStore(path: path)
      #expect(try await store.place() == (start == 0 ? .beginning : place(start)))
      try await store.append(Array(rows[start..<start + 150]), upTo: place(start + 150))
      if start == 300 { try store.close() }
    }
    let store = try SQLiteMonitoringStore(path: path)
    let found = try await store.totals(MonitoringFilter(), by: [.month, .institution, .scheme, .care])
    let expected = world.totals(MonitoringFilter(), by: [.month, .institution, .scheme, .care])
    #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.group, $0.measures) }) == expected)
    let pragmas = try await store.write("read pragmas") { db in
      try ["journal_mode", "synchronous"].map { try String.fetchOne(db, sql: "SELECT * FROM pragma_\($0)") }
    }
    #expect(pragmas == ["wal", "1"])
    try store.close()
    #expect(await failure { _ = try await store.place() }?.code == .unavailable)
    #expect(await failure { try await store.append(rows, upTo: place(1)) }?.code == .unavailable)
  }

  @Test func `丢弃后如同新建`() async throws {
    let (store, empty) = (try SQLiteMonitoringStore(), try SQLiteMonitoringStore())
    try await store.append(fresh(world.settlements), upTo: place(600))
    try await store.reset()
    #expect(try await content(store) == content(empty))
    let (place, ends) = (try await store.place(), try await store.ends())
    #expect(place == .beginning && ends == nil)
    let totals = try await store.totals(MonitoringFilter(), by: [])
    #expect(totals == [MonitoringTotal(group: MonitoringGroup(), measures: MonitoringMeasures())])
  }

  @Test func `不认别的文件和更新的版本`() async throws {
    let foreign = try DatabaseQueue(path: folder.path("foreign.sqlite"))
    try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a)") }
    try foreign.close()
    #expect(await failure { _ = try SQLiteMonitoringStore(path: folder.path("foreign.sqlite")) }?.code == .damaged)
    let path = folder.path("newer.sqlite")
    let store = try SQLiteMonitoringStore(path: path)
    try await store.write("age") { db in
      try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('Keep what nobody thought of yet.')")
    }
    try store.close()
    #expect(await failure { _ = try SQLiteMonitoringStore(path: path) }?.code == .damaged)
    #expect(await failure { _ = try SQLiteMonitoringStore(path: folder.path("no/where")) }?.code == .unavailable)
  }

  private func first(_ size: Int) throws -> PageRequest { try #require(PageRequest(number: 1, size: size)) }
}
