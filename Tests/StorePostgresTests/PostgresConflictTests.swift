#if PostgreSQL
  import Foundation
  import Kernel
  import People
  import Settlement
  import StoreTrial
  import Synchronization
  import Testing
  import Workflows

  @testable import StorePostgres

  /// Writers that stand in each other's way, in one server process and in two.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresConflictTests {
    let schema: StoreSchema

    init() throws { schema = try StoreSchema() }

    /// Where two meet, once: whoever comes again passes, and nobody waits forever.
    private final class Meeting: Sendable {
      private let count = Mutex(0)
      private let opened = DispatchSemaphore(value: 0)
      var arrivals: Int { count.withLock { $0 } }

      func wait() {
        let place = count.withLock { count in
          count += 1
          return count
        }
        if place == 1 { _ = opened.wait(timeout: .now() + 5) }
        if place == 2 { opened.signal() }
      }
    }

    @Test func `互相等待的两笔写入由重试化解`() async throws {
      let store = try schema.open()
      try await schema.desk.enrol(["P1", "P2"], balance: Money(fen: 1_000), in: store)
      let meeting = Meeting()
      func move(_ first: String, _ second: String, _ fen: Int64) async throws {
        let people = [first: try schema.desk.person(first), second: try schema.desk.person(second)]
        try await store.write { store throws(StoreError) in
          let mine = try store.balance(first)
          meeting.wait()
          let theirs = try store.balance(second)
          for (number, balance) in [(first, mine), (second, theirs)] {
            guard let person = people[number] else { continue }
            let sign: Int64 = number == first ? -1 : 1
            try store.put(person, balance: AccountBalance(own: balance.own + Money(fen: sign * fen)))
          }
        }
      }
      let before = try await balances(store)
      async let one: Void = move("P1", "P2", 300)
      async let other: Void = move("P2", "P1", 100)
      _ = try await (one, other)
      #expect(meeting.arrivals >= 3, "one of the two ran again")
      #expect(try await balances(store) == [before[0] - Money(fen: 200), before[1] + Money(fen: 200)])
      store.close()
    }

    private func balances(_ store: PostgresPayerStore) async throws -> [Money] {
      try await store.read { store throws(StoreError) in [try store.balance("P1").own, try store.balance("P2").own] }
    }

    @Test func `别处写入同一报文标识时再读一次便能看到`() async throws {
      let store = try schema.open()
      let (url, name) = (schema.url, schema.name)
      let runs = Shared(0)
      let answer = try await store.write { store throws(StoreError) -> String in
        let run = runs.change { $0 += 1 }
        if let earlier = try store.message("M1") { return earlier.result }
        if run == 1 {
          // Another program, which takes none of our locks.
          try PostgresPayerStore.perform(
            "INSERT INTO message VALUES ('M1', 'H1', '2207', 'd', 'theirs')", url: url, schema: name)
        }
        try store.append(MessageRecord(id: "M1", institution: "H1", transaction: "2207", digest: "d", result: "mine"))
        return "mine"
      }
      #expect(answer == "theirs")
      #expect(runs.value == 2)
      store.close()
    }

    @Test func `读到的在提交前不被他人改变`() async throws {
      let store = try await schema.filled()
      let done = Shared<[String]>([])
      let hasRead = DispatchSemaphore(value: 0)
      let desk = schema.desk
      async let reader: Void = store.write { store throws(StoreError) in
        _ = try store.closedYear()
        _ = try store.lines(of: "V3")
        _ = try store.filed(Stock.self, about: "X")
        _ = try store.institution(desk.institution.institution.code)
        hasRead.signal()
        Thread.sleep(forTimeInterval: 0.3)
        done.change { $0.append("reader") }
        try store.put(SignIn(number: "1", institution: "H1", operatorNumber: "O", time: ""))
      }
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          hasRead.wait()
          continuation.resume()
        }
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for change in Change.allCases {
          group.addTask {
            try await store.write { store throws(StoreError) in try change.apply(store, desk) }
            done.change { $0.append("change") }
          }
        }
        try await group.waitForAll()
      }
      try await reader
      #expect(done.value == ["reader", "change", "change", "change", "change"])
      store.close()
    }

    /// What others change of that which a write has read.
    private enum Change: CaseIterable {
      case closing, lines, filing, institution

      func apply(_ store: any PayerTransaction, _ desk: TrialDesk) throws(StoreError) {
        switch self {
        case .closing: try store.close(year: 2024)
        case .lines: try store.withdraw(["S1"], from: "V3")
        case .filing: try store.put(Stock(id: "new", subject: "X"))
        case .institution: try store.put(desk.institution)
        }
      }
    }

    struct Stock: FiledRecord {
      static let register = "test-stock"
      var id: String
      var owner: String { "H1" }
      var subject: String
      var time: String { "2026-01-01" }
    }

    @Test func `两个服务进程共用一库时限额和编号仍成立`() async throws {
      let stores = [try schema.open(), try schema.open()]
      let desk = schema.desk
      try await desk.enrol(["P1"], balance: .zero, in: stores[0])
      let paid = try await withThrowingTaskGroup(of: Money.self) { group in
        for number in 0..<64 {
          let store = stores[number % 2]
          group.addTask {
            let visit = desk.visit("V\(number)", of: "P1")
            return try await store.write { store throws(StoreError) in
              try store.put(visit)
              try store.append(desk.lines(1, total: Money(fen: 150_00), of: visit), to: visit.id)
              let id = try store.nextNumber("settlement")
              let record = try desk.settle(visit.id, as: "S\(id)", message: "M\(id)", in: store)
              return record?.settled.amounts.pooled ?? Money(fen: -1_000_000_00)
            }
          }
        }
        return try await group.reduce(.zero, +)
      }
      #expect(paid == Money(fen: 2_000_00))
      let report = try await Audit(stores[1]).run()
      #expect(report.differences == [] && report.settlementCount == 64)
      for store in stores { store.close() }
    }

    @Test func `涉及上千条的写入独自进行并与他人互不丢失`() async throws {
      let store = try schema.open()
      let desk = schema.desk
      try await withThrowingTaskGroup(of: Void.self) { group in
        for part in 0..<4 {
          group.addTask {
            try await desk.enrol((0..<300).map { "P\(part)-\($0)" }, balance: Money(fen: 100), in: store)
          }
        }
        for number in 0..<40 {
          group.addTask { try await desk.enrol(["Q\(number)"], balance: Money(fen: 7), in: store) }
        }
        try await group.waitForAll()
      }
      #expect(try schema.perform("SELECT count(*)::text || ' ' || sum(own) FROM balance") == ["1240 120280"])
      store.close()
    }
  }
#endif
