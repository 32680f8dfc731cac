import Foundation
import GRDB
import Kernel
import StoreRecords
import StoreTrial
import Synchronization
import Testing
import Workflows

@testable import StoreSQLite

/// What the file promises beyond the port.
@Suite struct SQLiteStoreTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  @Test func `重新打开后一切如故`() async throws {
    let store = try await folder.filled()
    let read: @Sendable (any PayerReading) throws(StoreError) -> [SettlementRecord] = { reading throws(StoreError) in
      try reading.settlements(ofPerson: "P1")
    }
    let before = try await store.read(read)
    let balance = try await store.read { store throws(StoreError) in try store.balance("P1") }
    store.close()
    #expect(await failure { _ = try await store.read(read) }?.code == .unavailable)
    #expect(await failure { try await folder.settle(9, in: store) }?.code == .unavailable)
    let again = try folder.open()
    #expect(try await again.read(read) == before)
    #expect(before.map(\.id) == ["S1", "S3", "R1"])
    #expect(try await again.read { store throws(StoreError) in try store.balance("P1") } == balance)
    #expect(try await again.read { store throws(StoreError) in try store.visits(of: "P1").count } == 2)
    #expect(try await Audit(again).run().differences == [])
    try await folder.settle(9, in: again)
    #expect(try await again.verifyChain() == [])
    again.close()
  }

  @Test func `耐久设置读回无误`() async throws {
    let store = try folder.open()
    let found = try await store.onWriter { store throws(StoreError) -> [String] in
      return try store.attempt("test") {
        try ["synchronous", "journal_mode", "foreign_keys"].map {
          try Row.fetchOne(store.db, sql: "PRAGMA \($0)").map { "\($0[0] as DatabaseValue)" } ?? ""
        }
      }
    }
    #expect(found == ["2", "\"wal\"", "1"])
    store.close()
  }

  @Test(arguments: ["settlement", "message", "policy_source"])
  func `只增不改的表拒绝修改和删除`(table: String) async throws {
    let store = try await folder.filled()
    let changes = [
      "settlement": "fund = 0", "message": "institution = 'X'",
      "policy_source": "record = ''",
    ]
    for sql in ["UPDATE \(table) SET \(try #require(changes[table]))", "DELETE FROM \(table)"] {
      let error = await failure { try await store.perform(sql) }
      #expect(error?.code == .refused)
      #expect(error?.detail.contains("\(table) is only added to") == true)
    }
    #expect(await failure { try await store.perform("INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)") } != nil)
    #expect(try await Audit(store).run().isClean)
    store.close()
  }

  @Test func `不认别的文件、更新的版本和第二个写入者`() async throws {
    let store = try await folder.filled()
    let second = await failure { _ = try folder.open() }
    #expect(second?.code == .unavailable && second?.detail.contains("another process") == true)
    var reading = SQLitePayerStore.Options()
    reading.isReadOnly = true
    let reader = try folder.open(reading)
    #expect(try await reader.read { store throws(StoreError) in try store.settledPersons() } == ["P1", "P2"])
    #expect(await failure { try await folder.settle(9, in: reader) }?.code == .unavailable)
    reader.close()
    try await store.perform("INSERT INTO grdb_migrations VALUES ('Keep what nobody thought of yet.')")
    store.close()
    let newer = await failure { _ = try folder.open() }
    #expect(newer?.code == .damaged && newer?.detail.contains("newer version") == true)
    try Data(repeating: 7, count: 8192).write(to: URL(filePath: folder.path("noise.sqlite")))
    #expect(await failure { _ = try SQLitePayerStore(path: folder.path("noise.sqlite")) }?.code == .damaged)
    let foreign = try DatabaseQueue(path: folder.path("foreign.sqlite"))
    try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a)") }
    try foreign.close()
    #expect(await failure { _ = try SQLitePayerStore(path: folder.path("foreign.sqlite")) }?.code == .damaged)
    #expect(await failure { _ = try SQLitePayerStore(path: folder.path("no/where.sqlite")) }?.code == .unavailable)
    #expect(
      await failure { _ = try SQLitePayerStore(path: folder.path("none"), options: reading) }?.code == .unavailable)
  }

  @Test func `旧版文件的记账行移入结算行且链不变`() async throws {
    let store = try await folder.filled()
    let postings = "SELECT * FROM posting ORDER BY settlement, ordinal"
    let before = try await rows(postings, of: store)
    #expect(before.count > 8)
    store.close()
    try await folder.tamper(
      """
      CREATE TABLE kept AS SELECT * FROM posting;
      DROP VIEW posting;
      ALTER TABLE settlement DROP COLUMN postings;
      CREATE TABLE posting (
        settlement INTEGER NOT NULL REFERENCES settlement, ordinal INTEGER NOT NULL, account TEXT NOT NULL,
        holder TEXT NOT NULL, amount INTEGER NOT NULL, PRIMARY KEY (settlement, ordinal)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO posting SELECT * FROM kept;
      DROP TABLE kept;
      DELETE FROM grdb_migrations WHERE identifier LIKE 'Keep a settlement''s postings in its row%';
      """)
    let migrated = try folder.open()
    #expect(try await rows(postings, of: migrated) == before)
    #expect(try await Audit(migrated).run().differences == [])
    #expect(await failure { try await migrated.perform("UPDATE settlement SET postings = '[]'") }?.code == .refused)
    try await folder.settle(9, in: migrated)
    #expect(try await migrated.verifyChain() == [])
    migrated.close()
  }

  private func rows(_ sql: String, of store: SQLitePayerStore) async throws -> [[DatabaseValue]] {
    try await store.onWriter { transaction throws(StoreError) in
      try transaction.attempt("test") { try Row.fetchAll(transaction.db, sql: sql).map { Array($0.databaseValues) } }
    }
  }

  @Test func `磁盘写满时拒绝且腾出空间后继续无一丢失`() async throws {
    let store = try await folder.filled()
    try await store.perform("PRAGMA max_page_count = 1")  // SQLite takes the present size as the least
    var kept = ["S1", "S2", "S3", "R1"]
    var refusals: [StoreError] = []
    for number in 10..<60 {
      do {
        try await folder.settle(number, person: "P2", in: store)
        kept.append("S\(number)")
      } catch let error as StoreError { refusals.append(error) }
    }
    #expect(refusals.count > 10 && refusals.allSatisfy { $0.code == .unavailable })
    try await store.perform("PRAGMA max_page_count = 1000000")
    try await folder.settle(99, person: "P2", in: store)
    kept.append("S99")
    try await expectExactly(kept, in: store)
    store.close()
  }

  @Test func `只读时拒绝且恢复可写后继续无一丢失`() async throws {
    let store = try await folder.filled()
    try await store.perform("PRAGMA query_only = 1")
    let error = await failure { try await folder.settle(10, in: store) }
    #expect(error?.code == .unavailable && error?.isTransient == true)
    #expect(try await store.read { store throws(StoreError) in try store.visit("V10") } == nil)
    try await store.perform("PRAGMA query_only = 0")
    try await folder.settle(10, in: store)
    try await expectExactly(["S1", "S2", "S3", "R1", "S10"], in: store)
    store.close()
  }

  private func expectExactly(_ ids: [String], in store: SQLitePayerStore) async throws {
    let found = try await store.read { store throws(StoreError) in
      try store.settlements(ofPerson: "P1") + store.settlements(ofPerson: "P2")
    }
    #expect(Set(found.map(\.id)) == Set(ids) && found.count == ids.count)
    #expect(try await Audit(store).run().differences == [])
  }

  @Test func `排队过多时立即告忙`() async throws {
    var options = SQLitePayerStore.Options()
    options.queueLimit = 3
    options.readerCount = 1
    let store = try folder.open(options)
    let (began, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    // One stands, three wait behind it, and whoever comes then is turned away at once.
    async let standing = failure {
      try await store.write { _ throws(StoreError) in
        began.signal()
        gate.wait()
      }
    }
    await reached(began)
    let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
      for _ in 0..<3 {
        group.addTask {
          await failure { try await store.write { store throws(StoreError) in _ = try store.nextNumber("n") } }?.code
        }
      }
      while store.rehearsers.queue.waiting < 3 { await Task.yield() }
      for _ in 0..<10 {
        #expect(await failure { try await store.write { _ throws(StoreError) in } }?.code == .busy)
        // Readings do not wait behind writes.
        #expect(await failure { try await store.read { _ throws(StoreError) in } } == nil)
      }
      gate.signal()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes == [nil, nil, nil])
    #expect(await standing == nil)
    store.close()
  }

  @Test func `查询排队过多时立即告忙而不碍写入`() async throws {
    var options = SQLitePayerStore.Options()
    options.queueLimit = 1
    options.readerCount = 1
    let store = try folder.open(options)
    let (began, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    async let standing = failure {
      try await store.read { _ throws(StoreError) in
        began.signal()
        gate.wait()
      }
    }
    await reached(began)
    async let next = failure { try await store.read { _ throws(StoreError) in } }
    while store.readers.queue.waiting < 1 { await Task.yield() }
    #expect(await failure { try await store.read { _ throws(StoreError) in } }?.code == .busy)
    #expect(await failure { try await store.write { _ throws(StoreError) in } } == nil)
    gate.signal()
    let (first, second) = await (standing, next)
    #expect(first == nil && second == nil)
    store.close()
  }

  @Test func `服务中备份且备份可核`() async throws {
    let store = try await folder.filled()
    let (folder, copy) = (folder, folder.path("copy.sqlite"))
    async let more: Void = {
      for number in 10..<40 { try await folder.settle(number, person: "P2", in: store) }
    }()
    try await store.backUp(to: copy)
    try await more
    #expect(await failure { try await store.backUp(to: copy) }?.code == .unavailable)
    #expect(try await SQLitePayerStore.check(path: copy) == [])
    store.close()
    let restored = try SQLitePayerStore(path: copy)
    #expect(try await Audit(restored).run().differences == [])
    let found = try await restored.read { store throws(StoreError) in try store.settlements(ofPerson: "P1").map(\.id) }
    #expect(found == ["S1", "S3", "R1"])
    try await folder.settle(77, in: restored)
    restored.close()
    var bytes = try Data(contentsOf: URL(filePath: copy))
    for place in stride(from: 8192, to: bytes.count - 64, by: 4096) { bytes[place + 40] ^= 0xFF }
    try bytes.write(to: URL(filePath: folder.path("broken.sqlite")))
    let faults = try? await SQLitePayerStore.check(path: folder.path("broken.sqlite"))
    #expect(faults != [])
  }

  @Test func `全部查询都走主键或索引`() async throws {
    let store = try await folder.filled()
    let lookups = SQL.lookups + PayingSQL.lookups
    let plans = try await store.read { reading throws(StoreError) -> [String: [String]] in
      guard let reading = reading as? SQLiteReading else { return [:] }
      return try reading.attempt("plan") {
        try lookups.reduce(into: [:]) { plans, sql in
          let statement = try reading.db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
          statement.setUncheckedArguments(StatementArguments())
          plans[sql] = try Row.fetchAll(statement).map { $0["detail"] }
        }
      }
    }
    #expect(plans.count == lookups.count)
    for (sql, plan) in plans {
      #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") && !$0.contains("TEMP B-TREE") }, "\(sql): \(plan)")
    }
    store.close()
  }
}
