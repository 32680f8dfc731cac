#if PostgreSQL
  import Foundation
  import Kernel
  import StorePostgres
  import StoreTrial
  import Synchronization
  import Testing
  import Workflows

  /// Connections that break, servers that restart, and what errors tell.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresFailureTests {
    @Test func `空闲连接断开后下一笔照常`() async throws {
      let schema = try StoreSchema()
      let store = try await schema.filled()
      for number in 10..<14 {
        try schema.endSessions()
        #expect(try await store.read { store throws(StoreError) in try store.settledPersons() } == ["P1", "P2"])
        try await schema.settle(number, in: store)
      }
      #expect(try await Audit(store).run().differences == [])
      store.close()
    }

    @Test func `写入途中断开即告不可用且什么也不留下`() async throws {
      let schema = try StoreSchema()
      let store = try await schema.filled()
      let visit = schema.desk.visit("V50", of: "P1")
      let runs = Shared(0)
      let error = await failure {
        try await store.write { store throws(StoreError) in
          runs.change { $0 += 1 }
          try store.put(visit)
          _ = try store.lines(of: "V50")
          do { try schema.endSessions() } catch {
            throw StoreError(.refused, operation: "test", detail: "the sessions did not end")
          }
          try store.close(year: 2020)
          _ = try store.closedYear()
        }
      }
      #expect(error?.code == .unavailable && error?.isTransient == true)
      #expect(runs.value == 1)
      #expect(try await store.read { store throws(StoreError) in try store.visit("V50") } == nil)
      #expect(try await store.read { store throws(StoreError) in try store.closedYear() } == nil)
      try await schema.settle(51, in: store)
      store.close()
    }

    /// A server of its own is crashed and started again three times while sixteen callers settle.
    @Test func `服务器崩溃重启后已确认的各有一笔且连接自行恢复`() async throws {
      let url = try Self.server("start").trimmingCharacters(in: .whitespacesAndNewlines)
      defer { _ = try? Self.server("stop") }
      let schema = try StoreSchema(on: url)
      let store = try schema.open()
      try await schema.desk.enrol((0..<16).map { "P\($0)" }, balance: Money(fen: 10_000_000), in: store)
      let acknowledged = Shared<[String]>([])
      let failures = Shared<[StoreError]>([])
      let isOver = Shared(false)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<16 {
          group.addTask {
            var number = caller
            while !isOver.value {
              number += 16
              do {
                // The same message again until it is answered, as a hospital's system does.
                let id = try await Self.settleOnce(number, of: "P\(caller)", schema.desk, store)
                acknowledged.change { $0.append(id) }
              } catch let error as StoreError {
                failures.change { $0.append(error) }
                number -= 16
                try await Task.sleep(for: .milliseconds(20))
              }
            }
          }
        }
        // On a busy machine a restart may fall between two calls and fail none of them.
        for turn in 0..<30 where turn < 3 || failures.value.isEmpty {
          try await Task.sleep(for: .milliseconds(300))
          _ = try Self.server("restart")
        }
        try await Task.sleep(for: .milliseconds(300))
        isOver.change { $0 = true }
        try await group.waitForAll()
      }
      let (ids, errors) = (acknowledged.value, failures.value)
      #expect(ids.count > 16 && Set(ids).count == ids.count)
      #expect(!errors.isEmpty && errors.allSatisfy { $0.code == .unavailable }, "\(Set(errors))")
      let report = try await Audit(store).run()
      #expect(report.differences == [])
      // Nothing is left in doubt: every message was sent until it was answered.
      #expect(report.settlementCount == ids.count)
      store.close()
    }

    private static func settleOnce(
      _ number: Int, of person: String, _ desk: TrialDesk, _ store: PostgresPayerStore
    ) async throws -> String {
      let visit = desk.visit("V\(number)", of: person)
      return try await store.write { store throws(StoreError) in
        if let earlier = try store.message("M\(number)") { return earlier.result }
        try store.put(visit)
        try store.append(desk.lines(8, total: Money(fen: 100_00), of: visit), to: visit.id)
        let id = try store.nextNumber("settlement")
        guard let record = try desk.settle(visit.id, as: "S\(id)", message: "M\(number)", in: store) else {
          throw StoreError(.refused, operation: "test", detail: "it does not settle")
        }
        return record.id
      }
    }

    private static func server(_ command: String) throws -> String {
      let process = Process()
      process.executableURL = TestServer.root.appending(path: "Scripts/postgres")
      process.arguments = [command, "crash"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let words = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      return String(decoding: words, as: UTF8.self)
    }

    @Test func `错误信息不含个人数据`() async throws {
      let schema = try StoreSchema()
      let store = try await schema.filled()
      let marks = ["P-MARK", "CERT-MARK", "示例", "V-MARK", "SERIAL-MARK", "M-MARK"]
      var person = try schema.desk.person("P-MARK")
      person.certificateNumber = "CERT-MARK"
      var twin = try schema.desk.person("P2-MARK")
      twin.certificateNumber = "CERT-MARK"
      var nul = try schema.desk.person("P-MARK\0X")
      nul.certificateNumber = "CERT-MARK\0"
      let visit = schema.desk.visit("V-MARK", of: "P-MARK")
      var line = schema.desk.lines(1, total: Money(fen: 5), of: visit)[0]
      line.serial = "SERIAL-MARK"
      let message = MessageRecord(id: "M-MARK", institution: "H", transaction: "2207", digest: "d", result: "r")
      try await store.write { [person, line] store throws(StoreError) in
        try store.put(person, balance: nil)
        try store.put(visit)
        try store.append([line], to: visit.id)
        try store.append(message)
      }
      for place in 0..<5 {
        let error = await failure {
          try await store.write { [twin, person, nul, line] store throws(StoreError) in
            switch place {
            case 0: try store.put(twin, balance: nil)
            case 1: try store.put(person, balance: AccountBalance(own: Money(fen: -7)))
            case 2: try store.put(nul, balance: nil)
            case 3: try store.append([line], to: visit.id)
            default: try store.append(message)
            }
          }
        }
        #expect(error?.code == .refused, "\(place): \(String(describing: error))")
        let text = "\(error?.operation ?? "") \(error?.detail ?? "")"
        #expect(!marks.contains { text.contains($0) }, "\(text)")
      }
      store.close()
    }
  }
#endif
