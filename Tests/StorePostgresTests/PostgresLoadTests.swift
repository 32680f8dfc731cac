#if PostgreSQL
  import Catalog
  import Claims
  import Kernel
  import People
  import StorePostgres
  import StoreTrial
  import Testing
  import Workflows

  /// Bulk loads come to the same as one `put` after the other.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresLoadTests {
    let schema: StoreSchema

    init() throws { schema = try StoreSchema() }

    private func persons(_ count: Int, own: Int64) throws -> [(person: PersonRecord, balance: AccountBalance?)] {
      try (0..<count).map { number in
        var person = try schema.desk.person("P\(number)")
        person.name = "名\"\\\u{1}\(own)"
        return (person, number % 3 == 2 ? nil : AccountBalance(own: Money(fen: own + Int64(number))))
      }
    }

    @Test func `批量载入与逐条写入结果相同`() async throws {
      let entries = try persons(300, own: 10)
      let other = try StoreSchema()
      let (loaded, put) = (try schema.open(), try other.open())
      let institutions = (0..<50).map { number in
        var record = schema.desk.institution
        record.institution.code = "H\(number)"
        return record
      }
      let first = try #require(CalendarDate("2025-01-01").flatMap { DateRange($0, nil) })
      let items = (0..<50).map { number in
        ListedItem(
          code: "X\(number)", name: "药", listType: "101", feeCategory: "09", period: first, chargeClass: .b,
          ceilings: [.tertiary: UnitPrice(microyuan: 7)], firstSelfPay: [.employee: Rate(millionths: 100_000)])
      }
      #expect(try await loaded.load(persons: entries) == 300)
      #expect(try await loaded.load(persons: entries) == 300, "again: nothing changes")
      #expect(try await loaded.load(institutions: institutions) == 50)
      #expect(try await loaded.load(items: items) == 50)
      try await put.write { store throws(StoreError) in
        for (person, balance) in entries { try store.put(person, balance: balance) }
        for record in institutions { try store.put(record) }
        for item in items { try store.put(item) }
      }
      for table in ["person", "balance", "institution", "item"] {
        let rows = "SELECT t::text FROM \(table) t ORDER BY t"
        #expect(try schema.perform(rows) == other.perform(rows), "\(table)")
      }
      let found = try await loaded.read { store throws(StoreError) in try store.person("P7") }
      #expect(found == entries[7].person)
      loaded.close()
      put.close()
    }

    @Test func `有一条不合的批量什么也不留下`() async throws {
      let store = try schema.open()
      var entries = try persons(100, own: 10)
      entries[99].balance = AccountBalance(own: Money(fen: -1))
      let negative = entries
      #expect(await failure { try await store.load(persons: negative) }?.code == .refused)
      let twice = try persons(10, own: 1) + persons(1, own: 2)
      let error = await failure { try await store.load(persons: twice) }
      #expect(error?.code == .refused && error?.detail.contains("P0") == false)
      #expect(try schema.perform("SELECT count(*)::text FROM person") == ["0"])
      try await store.load(persons: try persons(10, own: 1))
      #expect(try schema.perform("SELECT count(*)::text FROM person") == ["10"])
      store.close()
    }

    @Test func `批量载入比逐条写入快得多`() async throws {
      let (store, desk) = (try schema.open(), schema.desk)
      let clock = ContinuousClock()
      let count = 5_000
      let entries = try persons(count, own: 1)
      let loading = try await clock.measure { try await store.load(persons: entries) }
      let few = try (0..<300).map { try desk.person("Q\($0)") }
      let putting = try await clock.measure {
        for person in few {
          try await store.write { store throws(StoreError) in
            try store.put(person, balance: AccountBalance(own: Money(fen: 1)))
          }
        }
      }
      #expect(try schema.perform("SELECT count(*)::text FROM person") == ["\(count + few.count)"])
      let (loaded, put) = (Double(count) / (loading / .seconds(1)), Double(few.count) / (putting / .seconds(1)))
      print("load: \(Int(loaded)) persons/s by COPY, \(Int(put)) one by one")
      #expect(loaded > 2 * put)
      store.close()
    }
  }
#endif
