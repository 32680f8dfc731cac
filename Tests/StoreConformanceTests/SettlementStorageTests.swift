import Claims
import Kernel
import Ledger
import People
import Settlement
import StoreTrial
import Testing
import Workflows

/// Settlements and reversals: stored whole, never changed, moving accumulators and balances by exactly what they say.
@Suite struct SettlementStorageTests {
  let desk: TrialDesk

  init() throws { desk = try StoreUnderTest.desk.get() }

  /// Registers a visit with lines and settles it.
  private func settle(
    _ store: any PayerStore, _ number: Int, person: String = "P1", fen: Int64 = 5_000_00,
    care: CareCategory = .inpatient,
    time: String = "2025-06-02 10:00:00"
  ) async throws -> SettlementRecord {
    let (desk, visit) = (desk, desk.visit("V\(number)", of: person, care: care))
    let record = try await store.write { store throws(StoreError) in
      try store.put(visit)
      try store.append(desk.lines(8, total: Money(fen: fen), of: visit), to: visit.id)
      return try desk.settle(visit.id, as: "S\(number)", message: "M\(number)", time: time, in: store)
    }
    return try #require(record)
  }

  private func reverse(_ store: any PayerStore, _ id: String, as reversal: String) async throws -> SettlementRecord {
    let desk = desk
    return try #require(
      try await store.write { store throws(StoreError) in
        try desk.reverse(id, as: reversal, message: "M-\(reversal)", in: store)
      })
  }

  private struct Money2025: Equatable {
    let balance: AccountBalance
    let accumulators: Accumulators
  }

  private func money(_ store: any PayerStore, _ person: String = "P1") async throws -> Money2025 {
    try await store.read { store throws(StoreError) in
      Money2025(
        balance: try store.balance(person), accumulators: try store.accumulators(person, .employee, year: 2025))
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `结算原样存取并按各键查到`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1", "P2"], balance: Money(fen: 30_000), in: store)
      let first = try await settle(store, 1, time: "2025-06-02 10:00:00")
      let second = try await settle(store, 2, person: "P2", time: "2025-06-03 10:00:00")
      let third = try await settle(store, 3, time: "2025-06-04 10:00:00")
      let reversal = try await reverse(store, "S1", as: "R1")
      #expect(first.settled.amounts.fund > .zero && first.settled.amounts.ownAccount > .zero)
      #expect(first.claim.lines.count == 8 && !first.settled.steps.isEmpty && !first.sources.isEmpty)
      let code = desk.institution.institution.code
      #expect(try await store.get { try $0.settlement("S1") } == first)
      #expect(try await store.get { try $0.settlement("R1") } == reversal)
      #expect(try await store.get { try $0.reversal(of: "S1") } == reversal)
      #expect(try await store.get { try $0.reversal(of: "S2") } == nil)
      #expect(try await store.get { try $0.settlements(ofVisit: "V1") } == [first, reversal])
      #expect(try await store.get { try $0.settlements(ofPerson: "P1") } == [first, third, reversal])
      #expect(try await store.get { try $0.settledPersons() } == ["P1", "P2"])
      let (from, to) = ("2025-06-02 10:00:00", "2025-06-03 10:00:00")
      #expect(try await store.get { try $0.settlements(of: code, from: from, to: to) } == [first, second, reversal])
      #expect(
        try await store.get { try $0.settlements(of: code, from: "2025-06-03 10:00:01", to: "2025-06-30 00:00:00") }
          == [third])
      #expect(try await store.get { try $0.settlements(of: "H0", from: from, to: to) }.isEmpty)
      #expect(try await store.verifyChain() == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `累计和余额恰好按结算变动并由撤销还原`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      let before = try await money(store)
      let first = try await settle(store, 1, fen: 20_000_00)
      let between = try await money(store)
      var expected = before.accumulators
      expected.add(first.settled.change)
      #expect(between.accumulators == expected && expected != before.accumulators)
      #expect(between.balance.own == before.balance.own - first.settled.amounts.ownAccount)
      #expect(between.balance.own == first.balance && between.balance != before.balance)
      let second = try await settle(store, 2, fen: 9_000_00, care: .outpatient)
      _ = try await reverse(store, "S1", as: "R1")
      var alone = before.accumulators
      alone.add(second.settled.change)
      #expect(try await money(store).accumulators == alone)
      _ = try await reverse(store, "S2", as: "R2")
      #expect(try await money(store) == before)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同一结算不能撤销两次`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      _ = try await settle(store, 1)
      _ = try await reverse(store, "S1", as: "R1")
      let after = try await money(store)
      let desk = desk
      for (id, name) in [("S1", "R2"), ("R1", "RR"), ("S1", "R1")] {
        await expectRefused(store) { store throws(StoreError) in
          _ = try desk.reverse(id, as: name, message: "again", in: store)
        }
      }
      #expect(try await money(store) == after)
      let kept = try await store.get { try $0.settlements(ofPerson: "P1").map(\.id) }
      #expect(kept == ["S1", "R1"])
      #expect(try await store.get { try $0.message("again") } == nil)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `自相矛盾的记录不予入库`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      let good = try await settle(store, 1)
      let before = try await money(store)
      var postings = good
      postings.id = "X1"
      postings.entry = LedgerEntry(reference: "X1", postings: [])
      var balance = good
      balance.id = "X2"
      var unknown = good
      unknown.id = "X3"
      unknown.reverses = "S9"
      unknown.entry = good.settled.reversalEntry(reference: "X3")
      for bad in [good, postings, balance, unknown] {
        await expectRefused(store) { store throws(StoreError) in try store.append(bad) }
      }
      #expect(try await money(store) == before)
      #expect(try await store.verifyChain() == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `中途失败的写入什么也不留下`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      let before = try await money(store)
      let (desk, visit, newcomer) = (desk, desk.visit("V1", of: "P1"), try desk.person("P9"))
      let failure = StoreError(.unavailable, operation: "test", detail: "given up")
      await #expect(throws: failure) {
        try await store.write { store throws(StoreError) in
          try store.put(newcomer, balance: AccountBalance(own: Money(fen: 1)))
          try store.put(visit)
          try store.append(desk.lines(8, total: Money(fen: 500_00), of: visit), to: visit.id)
          _ = try desk.settle("V1", as: "S1", message: "M1", in: store)
          try store.put(SignIn(number: "1", institution: "H", operatorNumber: "O", time: ""))
          try store.close(year: 2024)
          throw failure
        }
      }
      #expect(try await store.get { try $0.person("P9") } == nil)
      #expect(try await store.get { try $0.person(certificateType: "01", number: "C-P9") } == nil)
      #expect(try await store.get { try $0.visit("V1") } == nil)
      #expect(try await store.get { try $0.visits(of: "P1") }.isEmpty)
      #expect(try await store.get { try $0.lines(of: "V1") }.isEmpty)
      #expect(try await store.get { try $0.settlement("S1") } == nil)
      #expect(try await store.get { try $0.settledPersons() }.isEmpty)
      #expect(try await store.get { try $0.settlements(ofVisit: "V1") }.isEmpty)
      #expect(try await store.get { try $0.settlements(ofPerson: "P1") }.isEmpty)
      #expect(try await store.get { try $0.message("M1") } == nil)
      #expect(try await store.get { try $0.signIn("1") } == nil)
      #expect(try await store.get { try $0.closedYear() } == nil)
      #expect(try await money(store) == before)
      #expect(try await settle(store, 1).id == "S1")
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `写入者咽下错误也不能留下一半`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      let good = try await settle(store, 1)
      await expectRefused(store) { store throws(StoreError) in
        try store.close(year: 2020)
        do throws(StoreError) { try store.append(good) } catch { return }
      }
      #expect(try await store.get { try $0.closedYear() } == nil)
    }
  }
}
