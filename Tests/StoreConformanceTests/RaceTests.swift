import Claims
import Kernel
import People
import StoreTrial
import Testing
import Workflows

/// What two callers read at the same moment and act upon is true for one of them only.
@Suite struct RaceTests {
  let desk: TrialDesk

  init() throws { desk = try StoreUnderTest.desk.get() }

  /// Runs writes at the same time; answers with what each came to, `nil` for one that was refused.
  private func race<Answer: Sendable>(
    _ count: Int, _ store: any PayerStore,
    _ body: @escaping @Sendable (Int, any PayerTransaction) throws(StoreError) -> Answer
  ) async throws -> [Answer] {
    try await withThrowingTaskGroup(of: Answer.self) { group in
      for caller in 0..<count {
        group.addTask { try await store.write { store throws(StoreError) in try body(caller, store) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func register(_ id: String, lines count: Int = 4, in store: any PayerStore) async throws {
    let (desk, visit) = (desk, desk.visit(id, of: "P1"))
    try await store.write { store throws(StoreError) in
      try store.put(visit)
      try store.append(desk.lines(count, total: Money(fen: 150_00), of: visit), to: visit.id)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同一报文同时到达只办一次且答复相同`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol(["P1"], balance: Money(fen: 100_000), in: store)
      for turn in 0..<5 {
        try await register("V\(turn)", in: store)
        let answers = try await race(24, store) { _, store throws(StoreError) -> String? in
          if let earlier = try store.message("M\(turn)") { return earlier.result }
          let id = try store.nextNumber("settlement")
          return try desk.settle("V\(turn)", as: "S\(id)", message: "M\(turn)", in: store)?.id
        }
        #expect(Set(answers).count == 1 && answers.first != .some(nil))
      }
      #expect(try await store.get { try $0.settlements(ofPerson: "P1").count } == 5)
      #expect(try await Audit(store).run().differences == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同一就诊同时结算只结一次`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol(["P1"], balance: Money(fen: 100_000), in: store)
      for turn in 0..<5 {
        try await register("V\(turn)", in: store)
        let done = try await race(24, store) { caller, store throws(StoreError) -> Bool in
          guard try store.visit("V\(turn)")?.state == .open else { return false }
          let id = try store.nextNumber("settlement")
          return try desk.settle("V\(turn)", as: "S\(id)", message: "M\(turn)-\(caller)", in: store) != nil
        }
        #expect(done.count { $0 } == 1)
      }
      #expect(try await Audit(store).run().differences == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `结算期间上传的明细要么计入要么被拒`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol(["P1"], balance: Money(fen: 100_000), in: store)
      for turn in 0..<5 {
        try await register("V\(turn)", lines: 1, in: store)
        _ = try await race(24, store) { caller, store throws(StoreError) in
          guard let visit = try store.visit("V\(turn)"), visit.state == .open else { return }
          if caller == 12 {
            _ = try desk.settle(visit.id, as: "S\(turn)", message: "M\(turn)", in: store)
          } else {
            var line = desk.lines(1, total: Money(fen: 7), of: visit)[0]
            line.serial = "L\(caller)"
            try store.append([line], to: visit.id)
          }
        }
        let settled = try await store.get { try $0.settlement("S\(turn)")?.claim.lines.count }
        #expect(try await store.get { try $0.lines(of: "V\(turn)").count } == settled)
      }
    }
  }

  struct Filing: FiledRecord {
    static let register = "race-filing"
    var id: String
    var owner = "H1"
    var subject: String
    var time = "2026-01-01"
  }

  @Test(arguments: StoreUnderTest.available)
  func `查无才登记的事项同时到达只登记一次`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      for turn in 0..<5 {
        let byList = try await race(24, store) { caller, store throws(StoreError) -> Bool in
          guard try store.filed(Filing.self, about: "P\(turn)").isEmpty else { return false }
          try store.put(Filing(id: "A\(turn)-\(caller)", subject: "P\(turn)"))
          return true
        }
        #expect(byList.count { $0 } == 1)
        // Two that look for each other's record and write their own: at most one may not find the other's.
        let crosswise = try await race(2, store) { caller, store throws(StoreError) -> Bool in
          let isAlone = try store.filed(Filing.self, "B\(turn)-\(1 - caller)") == nil
          try store.put(Filing(id: "B\(turn)-\(caller)", owner: "H\(caller)", subject: "Q\(turn)-\(caller)"))
          return isAlone
        }
        #expect(crosswise.count { $0 } == 1)
      }
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `关账之后不再有新的结算`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol((0..<24).map { "P\($0)" }, balance: Money(fen: 100_000), in: store)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for caller in 0..<24 {
          group.addTask {
            for turn in 0..<4 {
              try await store.write { store throws(StoreError) in
                guard try store.closedYear() == nil else { return }
                let visit = desk.visit("V\(caller)-\(turn)", of: "P\(caller)")
                try store.put(visit)
                try store.append(desk.lines(2, total: Money(fen: 150_00), of: visit), to: visit.id)
                _ = try desk.settle(visit.id, as: "S\(visit.id)", message: "M\(visit.id)", in: store)
              }
            }
          }
        }
        try await Task.sleep(for: .milliseconds(15))
        try await store.write { store throws(StoreError) in try store.close(year: 2025) }
        let code = desk.institution.institution.code
        let whenClosed = try await store.get { try $0.settlements(of: code, from: "", to: "9").count }
        try await group.waitForAll()
        #expect(try await store.get { try $0.settlements(of: code, from: "", to: "9").count } == whenClosed)
      }
    }
  }
}
