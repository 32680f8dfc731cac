#if PostgreSQL
  import Foundation
  import Kernel
  import StoreRecords
  import StoreTrial
  import Testing
  import Workflows

  @testable import StorePostgres

  /// What the server promises beyond the port.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresStoreTests {
    let schema: StoreSchema

    init() throws { schema = try StoreSchema() }

    @Test func `重新打开后一切如故`() async throws {
      let store = try await schema.filled()
      let read: @Sendable (any PayerReading) throws(StoreError) -> [SettlementRecord] = { reading throws(StoreError) in
        try reading.settlements(ofPerson: "P1")
      }
      let before = try await store.read(read)
      let balance = try await store.read { store throws(StoreError) in try store.balance("P1") }
      store.close()
      #expect(await failure { _ = try await store.read(read) }?.code == .unavailable)
      #expect(await failure { try await schema.settle(9, in: store) }?.code == .unavailable)
      let again = try schema.open()
      #expect(try await again.read(read) == before)
      #expect(before.map(\.id) == ["S1", "S3", "R1"])
      #expect(try await again.read { store throws(StoreError) in try store.balance("P1") } == balance)
      #expect(try await again.read { store throws(StoreError) in try store.visits(of: "P1").count } == 2)
      try await schema.settle(9, in: again)
      #expect(try await Audit(again).run().differences == [])
      again.close()
    }

    @Test func `耐久设置读回无误`() async throws {
      let store = try schema.open()
      let found = try await store.write { store throws(StoreError) -> [String] in
        guard let store = store as? PostgresTransaction else { return [] }
        var found: [String] = []
        for name in ["synchronous_commit", "fsync", "full_page_writes"] {
          do { found += try store.connection.words("SHOW \(name)") } catch { return [] }
        }
        return found
      }
      #expect(found == ["on", "on", "on"])
      store.close()
    }

    @Test func `不耐久的服务器拒绝打开并说明应如何设置`() async throws {
      let error = await failure {
        _ = try PostgresPayerStore(url: schema.url + "&options=-csynchronous_commit%3Doff", options: schema.options)
      }
      #expect(error?.code == .unavailable && error?.detail.contains("set it to on") == true)
      let sound = ["synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"]
      #expect(PostgresOpening.durabilityFault(sound) == nil)
      for (name, value) in [("synchronous_commit", "local"), ("fsync", "off"), ("full_page_writes", "off")] {
        let fault = PostgresOpening.durabilityFault(sound.merging([name: value]) { $1 })
        #expect(fault?.contains("\(name) is \(value): set it to on") == true)
      }
    }

    @Test(arguments: [
      ("settlement", "fund = 0"), ("posting", "amount = amount + 1"), ("message", "institution = 'X'"),
      ("link", "hash = hash"), ("policy_source", "record = ''"),
    ])
    func `只增不改的表拒绝修改、删除和清空`(table: String, change: String) async throws {
      let store = try await schema.filled()
      for sql in ["UPDATE \(table) SET \(change)", "DELETE FROM \(table)", "TRUNCATE \(table) CASCADE"] {
        let error = await failure { try schema.perform(sql) }
        #expect(error?.code == .refused, "\(sql)")
        #expect(error?.detail.contains("is only added to") == true, "\(sql)")
      }
      #expect(try await Audit(store).run().isClean)
      store.close()
    }

    @Test(arguments: [
      ("INSERT INTO balance VALUES ('P1', -1, 0) ON CONFLICT (person) DO UPDATE SET own = -1", "balance_own_check"),
      ("INSERT INTO balance VALUES ('P9', 1, 0)", "balance_person_fkey"),
      ("INSERT INTO posting VALUES (99, 1, 'fund', 'x', 1)", "posting_settlement_fkey"),
      ("INSERT INTO item VALUES ('A', '2025-1-1', '{}')", "item_first_check"),
      ("INSERT INTO line VALUES ('V9', 1, 'S', '{}')", "line_visit_fkey"),
      ("UPDATE chain SET hash = ''", "chain_hash_check"),
      ("INSERT INTO chain SELECT strand, sequence, hash FROM chain", "chain_pkey"),
    ])
    func `约束由数据库自己守住`(sql: String, constraint: String) async throws {
      let store = try await schema.filled()
      let error = await failure { try schema.perform(sql) }
      #expect(error?.code == .refused && error?.detail.contains(constraint) == true, "\(String(describing: error))")
      store.close()
    }

    @Test func `不认别的库、更新的版本和写不了的连接`() async throws {
      let store = try await schema.filled()
      let reader = try schema.open { $0.isReadOnly = true }
      #expect(try await reader.read { store throws(StoreError) in try store.settledPersons() } == ["P1", "P2"])
      #expect(await failure { try await schema.settle(9, in: reader) }?.code == .unavailable)
      #expect(try await Audit(reader).run().isClean)
      reader.close()
      store.close()
      try schema.perform("INSERT INTO step VALUES (99, 'Keep what nobody thought of yet.')")
      let newer = await failure { _ = try schema.open() }
      #expect(newer?.code == .damaged && newer?.detail.contains("newer version") == true)
      try schema.perform("DELETE FROM step WHERE ordinal > 1")
      let older = await failure { _ = try schema.open { $0.isReadOnly = true } }
      #expect(older?.code == .damaged && older?.detail.contains("serve it once") == true)
      let foreign = try StoreSchema()
      try foreign.perform("CREATE SCHEMA \(foreign.name)")
      try foreign.perform("CREATE TABLE t (a text)")
      for isReadOnly in [true, false] {
        let error = await failure { _ = try foreign.open { $0.isReadOnly = isReadOnly } }
        #expect(error?.code == .damaged && error?.detail.contains("no store of this platform") == true)
      }
      #expect(await failure { _ = try schema.open { $0.schema = "no; name" } }?.code == .unavailable)
      let nobody = "postgresql://yibao:secret-word@127.0.0.1:1/none"
      let unreached = await failure { _ = try PostgresPayerStore(url: nobody) }
      #expect(unreached?.code == .unavailable && unreached?.detail.contains("secret-word") == false)
    }

    @Test func `编码不是 UTF8 的库拒绝打开`() async throws {
      let url = try #require(TestServer.url)
      try schema.perform("CREATE DATABASE \(schema.name) ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
      let other = try #require(url.lastIndex(of: "/"))
      let error = await failure { _ = try PostgresPayerStore(url: url[..<other] + "/" + schema.name) }
      #expect(error?.code == .unavailable && error?.detail.contains("ENCODING 'UTF8'") == true)
      try schema.perform("DROP DATABASE \(schema.name)")
    }

    /// Stored with the records: another spread would tear persons' strands apart.
    @Test(arguments: [("", 7), ("P1", 14), ("P2", 3), ("99010000000000000001", 5)])
    func `参保人所在的链股从不改变`(person: String, strand: Int64) { #expect(PostgresStrand.of(person) == strand) }

    @Test func `记录逐字节保存`() async throws {
      let store = try schema.open()
      var person = try schema.desk.person("P1")
      person.name = "名\"\\\u{1}\u{7F}é\u{301}𠮷 "
      let record = person
      try await store.write { store throws(StoreError) in try store.put(record, balance: nil) }
      let text = String(decoding: try CompactJSON.encode(record), as: UTF8.self)
      let stored = try schema.perform("SELECT record FROM person")
      #expect(stored.map { Array($0.utf8) } == [Array(text.utf8)])
      #expect(try await store.read { store throws(StoreError) in try store.person("P1") } == record)
      store.close()
    }

    @Test func `排队过多时立即告忙`() async throws {
      let store = try schema.open {
        $0.queueLimit = 3
        $0.writerCount = 1
      }
      let (began, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      async let standing = failure {
        try await store.write { _ throws(StoreError) in
          began.signal()
          gate.wait()
        }
      }
      await withCheckedContinuation { continuation in
        Thread.detachNewThread {
          began.wait()
          continuation.resume()
        }
      }
      let codes = await withTaskGroup(of: StoreError.Code?.self) { group in
        for _ in 0..<3 {
          group.addTask {
            await failure { try await store.write { store throws(StoreError) in try store.close(year: 2020) } }?.code
          }
        }
        while (store.writers?.waiting ?? 3) < 3 { await Task.yield() }
        for _ in 0..<10 {
          #expect(await failure { try await store.write { _ throws(StoreError) in } }?.code == .busy)
        }
        gate.signal()
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(codes == [nil, nil, nil])
      #expect(await standing == nil)
      store.close()
    }

    /// As with tables of some size: a bitmap, which loses the order, pays only where there is little.
    @Test func `全部查询都走索引且无须排序`() async throws {
      let store = try await schema.filled()
      store.close()
      let connection = try PostgresConnection(
        PostgresAddress(url: schema.url, schema: schema.name, isReadOnly: true))
      try connection.script("SET enable_bitmapscan = off")
      for statement in PostgresSQL.lookups {
        try connection.script("PREPARE \(statement.name) AS \(statement.sql)")
        let count = (1...9).last { statement.sql.contains("$\($0)") } ?? 0
        let values = count == 0 ? "" : "(" + Array(repeating: "NULL", count: count).joined(separator: ", ") + ")"
        let plan = try connection.words("EXPLAIN EXECUTE \(statement.name)\(values)").joined(separator: "\n")
        #expect(!plan.contains("Seq Scan"), "\(statement.name): \(plan)")
        // One index leads to an institution's records by time, two to the postings of a part of the chain; they are put
        // in order afterwards. The strands of the chain, each read in order, are taken by turns.
        let collecting = [
          PostgresSQL.settlementsOfInstitution.name, PostgresSQL.postings.name, PostgresSQL.chainAfter.name,
        ]
        let mayCollect = collecting.contains(statement.name)
        #expect(mayCollect || !plan.contains("Sort"), "\(statement.name): \(plan)")
      }
    }
  }
#endif
