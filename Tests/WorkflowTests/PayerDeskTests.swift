import Catalog
import Claims
import Kernel
import People
import Policy
import Settlement
import Testing
import Workflows

/// A desk over memory with the sample register, and the steps of a visit.
struct DeskTrial: Sendable {
  let desk: PayerDesk
  let store: MemoryStore

  init(persons: Int = 12) async throws {
    store = MemoryStore()
    let library = SettlementHistoryTests.library
    let region = try #require(library.book.regions[SampleRegister.region])
    try await SampleRegister.fill(store, persons: persons, over: region.covered)
    desk = PayerDesk(store: store, library: library, region: SampleRegister.region)
  }

  func message(
    _ id: String, _ transaction: String = "2207", digest: String = "d", at place: String = "H99010000001"
  ) -> MessageContext {
    MessageContext(
      id: id, institution: place, transaction: transaction, digest: digest, time: "2026-03-02 10:00:00")
  }

  func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  /// Registers an outpatient visit with fee lines of the given amounts in fen and returns its identifier.
  func visit(_ name: String, person: String = "P0000002", fees: [Int64]) async throws -> String {
    let day = try day("2026-03-02")
    let visit = Visit(
      id: "", person: person, institution: "H99010000001", care: .outpatient, medicalType: "11", scheme: .employee,
      institutionNumber: name, admitted: day, discharged: day)
    let registered = try await desk.register(.init(visit: visit), message("\(name)-2201", "2201")).get()
    let uploads = fees.enumerated().map { number, fen in
      FeeUpload(
        serial: "\(name)-\(number)", batch: "1", item: "XA001", day: day, price: UnitPrice(microyuan: fen * 10_000),
        quantity: Quantity(1), amount: Money(fen: fen), approval: .notSubject)
    }
    _ = try await desk.uploadFees(uploads, to: registered.id, of: person, message("\(name)-2204", "2204")).get()
    return registered.id
  }

  func request(_ visit: String, total: Int64? = nil) -> SettlementRequest {
    SettlementRequest(visit: visit, person: nil, total: total.map { Money(fen: $0) }, usesAccount: true)
  }

  func accumulators(_ person: String = "P0000002") async throws -> Accumulators {
    try await store.read { store throws(StoreError) in try store.accumulators(person, .employee, year: 2026) }
  }

  func balance(_ person: String = "P0000002") async throws -> Money {
    try await store.read { store throws(StoreError) in try store.balance(person).own }
  }
}

/// The payer's desk: messages carried out once, lost replies, refusals that change nothing.
@Suite struct PayerDeskTests {
  @Test func `同一报文重发得到首次应答且只结算一次`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000, 20_000])
    let first = try await trial.desk.settle(trial.request(visit, total: 320_000), trial.message("M1")).get()
    let after = try await trial.accumulators()
    let again = try await trial.desk.settle(trial.request(visit, total: 320_000), trial.message("M1")).get()
    #expect(again.record == first.record)
    #expect(try await trial.accumulators() == after)
    #expect(try await trial.desk.settlements(ofVisit: visit).get().count == 1)
  }

  @Test func `同一报文标识内容不同则拒绝`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    _ = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    let other = await trial.desk.settle(trial.request(visit), trial.message("M1", digest: "other"))
    #expect(other.refusal == .desk(.messageConflict, about: "M1"))
  }

  @Test func `预结算不留下任何痕迹且与结算相同`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let before = try await trial.accumulators()
    let preview = try await trial.desk.preSettle(trial.request(visit), institution: "H99010000001").get()
    #expect(try await trial.accumulators() == before)
    #expect(preview.record.id.isEmpty)
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    #expect(settled.record.settled.amounts == preview.record.settled.amounts)
    #expect(settled.explanation.map(\.text) == preview.explanation.map(\.text))
  }

  @Test func `撤销后累计和余额复原且可以重新结算`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let before = try await (trial.accumulators(), trial.balance())
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    let back = try await trial.desk.reverse(settled.record.id, of: nil, trial.message("M2", "2208")).get()
    #expect(back.record.reverses == settled.record.id)
    #expect(try await trial.accumulators() == before.0)
    #expect(try await trial.balance() == before.1)
    let twice = await trial.desk.reverse(settled.record.id, of: nil, trial.message("M3", "2208"))
    #expect(twice.refusal == .desk(.settlementReversed, about: settled.record.id))
    let anew = try await trial.desk.settle(trial.request(visit), trial.message("M4")).get()
    #expect(anew.record.settled.amounts == settled.record.settled.amounts)
  }

  @Test func `撤销后再问原报文不会以为已经结算`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    _ = try await trial.desk.reverse(settled.record.id, of: nil, trial.message("M2", "2208")).get()
    let asked = await trial.desk.settle(trial.request(visit), trial.message("M1"))
    #expect(asked.refusal == .desk(.settlementReversed, about: settled.record.id))
  }

  /// The reply to M1 was lost.
  ///
  /// Whatever the institution does next, in whatever order it arrives, the money is right.
  @Test(arguments: [
    "settle undo", "settle undo undo", "undo settle", "settle ask undo", "settle undo ask", "undo undo settle",
  ])
  func `应答丢失后冲正在任何次序下金额都对`(order: String) async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let before = try await (trial.accumulators(), trial.balance())
    for (number, event) in order.split(separator: " ").enumerated() {
      switch event {
      case "undo":
        let undone = await trial.desk.undo(
          message: "M1", transaction: "2207", of: "P0000002", trial.message("U\(number)", "2601"))
        #expect(undone.refusal == nil)
      default: _ = await trial.desk.settle(trial.request(visit), trial.message("M1"))
      }
    }
    #expect(try await trial.accumulators() == before.0, "\(order)")
    #expect(try await trial.balance() == before.1, "\(order)")
    // The visit can be settled with a new message.
    let anew = try await trial.desk.settle(trial.request(visit), trial.message("M2")).get()
    #expect(anew.record.settled.amounts.fund > .zero)
  }

  @Test func `十个连接同时结算同一人年度限额不会超出`() async throws {
    let trial = try await DeskTrial()
    let day = try trial.day("2026-03-02")
    let policy = try SettlementHistoryTests.library.policy(region: "990100", dates: EventDates(on: day)).get()
    #expect(policy.region == "990100")
    var visits: [String] = []
    for number in 0..<10 { visits.append(try await trial.visit("V\(number)", fees: [1_500_000])) }
    let results = await withTaskGroup(of: Money.self) { group in
      for (number, visit) in visits.enumerated() {
        group.addTask {
          let answer = await trial.desk.settle(trial.request(visit), trial.message("M\(number)"))
          guard case .success(let settled) = answer else { return Money(fen: -1) }
          return settled.record.settled.amounts.pooledOrdinary
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0 >= .zero })
    // One after the other, for the same person and amounts, gives the same sum.
    let alone = try await DeskTrial()
    var sum = Money.zero
    for number in 0..<10 {
      let visit = try await alone.visit("V\(number)", fees: [1_500_000])
      sum += try await alone.desk.settle(alone.request(visit), alone.message("M\(number)")).get().record.settled.amounts
        .pooledOrdinary
    }
    #expect(results.reduce(.zero, +) == sum)
    #expect(try await trial.accumulators().totals == alone.accumulators().totals)
  }

  @Test func `流水号重复目录外项目总额不符都拒绝且不改变任何东西`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let day = try trial.day("2026-03-02")
    func upload(_ serial: String, _ item: String) -> FeeUpload {
      FeeUpload(
        serial: serial, batch: "2", item: item, day: day, price: UnitPrice(microyuan: 10_000), quantity: Quantity(1),
        amount: Money(fen: 1), approval: .notSubject)
    }
    let twice = await trial.desk.uploadFees([upload("V-0", "XA001")], to: visit, of: nil, trial.message("A", "2204"))
    #expect(twice.refusal == .desk(.feeSerialUsed, about: "V-0"))
    let unknown = await trial.desk.uploadFees([upload("N", "NOPE")], to: visit, of: nil, trial.message("B", "2204"))
    #expect(unknown.refusal == .desk(.itemUnknown, about: "NOPE 2026-03-02"))
    let total = await trial.desk.settle(trial.request(visit, total: 300_001), trial.message("C"))
    #expect(total.refusal?.number == DeskOutcome.totalMismatch.rawValue)
    #expect(try await trial.desk.visit(visit).get().lines.count == 1)
    #expect(try await trial.desk.settlements(ofVisit: visit).get().isEmpty)
  }

  @Test func `结算后不能再传费用`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    _ = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    let late = await trial.desk.uploadFees([], to: visit, of: nil, trial.message("L", "2204"))
    #expect(late.refusal?.number == DeskOutcome.visitState.rawValue)
    let gone = await trial.desk.withdrawFees(nil, batch: nil, from: visit, of: nil, trial.message("W", "2205"))
    #expect(gone.refusal?.number == DeskOutcome.visitState.rawValue)
  }

  @Test func `住院须先出院且不得与另一次住院重叠`() async throws {
    let trial = try await DeskTrial()
    func stay(_ from: String) throws -> Visit {
      Visit(
        id: "", person: "P0000002", institution: "H99010000001", care: .inpatient, medicalType: "2101",
        scheme: .employee, institutionNumber: from, admitted: try trial.day(from), discharged: nil)
    }
    let first = try await trial.desk.register(.init(visit: stay("2026-03-01")), trial.message("A", "2401")).get()
    let overlapping = await trial.desk.register(.init(visit: try stay("2026-03-05")), trial.message("B", "2401"))
    #expect(overlapping.refusal == .desk(.stayOverlaps, about: first.id))
    let early = await trial.desk.settle(trial.request(first.id), trial.message("C", "2304"))
    #expect(early.refusal == .desk(.notDischarged, about: first.id))
    let lastDay = try trial.day("2026-03-04")
    _ = try await trial.desk.discharge(first.id, of: "P0000002", on: lastDay, trial.message("D", "2402"))
      .get()
    _ = try await trial.desk.register(.init(visit: stay("2026-03-05")), trial.message("E", "2401")).get()
  }

  @Test func `关账年度不能结算也不能撤销`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    try await trial.store.write { transaction throws(StoreError) in try transaction.close(year: 2026) }
    let back = await trial.desk.reverse(settled.record.id, of: nil, trial.message("M2", "2208"))
    #expect(back.refusal == .desk(.yearClosed, about: "2026"))
  }

  @Test func `对账一致与不一致都能指出`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [300_000])
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("M1")).get()
    let amounts = settled.record.settled.amounts
    let day = try trial.day("2026-03-02")
    let totals = ReconciliationTotals(count: 1, total: amounts.total, fund: amounts.fund, account: amounts.account)
    let level = try await trial.desk.reconcile(
      .init(scheme: .employee, kinds: [.outpatient], from: day, to: day, totals: totals), institution: "H99010000001"
    ).get()
    #expect(level.isLevel)
    for (scheme, kinds) in [(.resident, [.outpatient]), (.employee, [.inpatient, .pharmacy])]
      as [(InsuranceScheme, Set<CareCategory>)]
    {
      let other = try await trial.desk.reconcile(
        .init(scheme: scheme, kinds: kinds, from: day, to: day, totals: totals), institution: "H99010000001"
      ).get()
      #expect(other.payer == ReconciliationTotals(count: 0, total: .zero, fund: .zero, account: .zero))
    }
  }

  @Test func `对明细账指出多出、缺少、金额不同和重复的每一笔`() async throws {
    let trial = try await DeskTrial()
    var records: [SettlementRecord] = []
    for name in ["A", "B", "C"] {
      let visit = try await trial.visit(name, fees: [300_000])
      records.append(try await trial.desk.settle(trial.request(visit), trial.message("M\(name)")).get().record)
    }
    records.append(try await trial.desk.reverse(records[2].id, of: nil, trial.message("R", "2208")).get().record)
    var lines = records.map { record in
      let sign: Int64 = record.reverses == nil ? 1 : -1
      let amounts = record.settled.amounts
      return StatementLine(
        settlement: record.id, visit: record.visit.id, person: record.visit.person, isReversal: sign < 0,
        total: Money(fen: sign * amounts.total.fen), fund: Money(fen: sign * amounts.fund.fen),
        account: Money(fen: sign * amounts.account.fen))
    }
    let day = try trial.day("2026-03-02")
    let desk = trial.desk
    let compare = { (lines: [StatementLine], kinds: Set<CareCategory>, name: String) async throws -> FiledFile in
      try await desk.reconcile(
        StatementRequest(kinds: kinds, from: day, to: day, lines: lines), trial.message(name, "3202")
      ) { differences in
        let words = differences.map { "\($0.payer?.settlement ?? "-")/\($0.institution?.settlement ?? "-")" }
        return .success(("d.txt", words.joined(separator: " ")))
      }.get()
    }
    #expect(try await compare(lines, [.outpatient], "X1").contentBase64.isEmpty)
    #expect(try await compare([], [.inpatient], "X2").contentBase64.isEmpty)
    let ids = records.map(\.id)
    lines[0].fund = lines[0].fund - Money(fen: 1)
    lines[1].settlement = "S?"
    lines.append(lines[2])
    let file = try await compare(lines, [.outpatient], "X3")
    #expect(file.contentBase64 == "\(ids[0])/\(ids[0]) \(ids[1])/- -/S? -/\(ids[2])")
    #expect(try await compare([], [], "X3") == file)
    #expect(file.owner == "H99010000001" && file.subject == "3202")
    let found = await desk.statement(file.id, of: "H99010000002")
    #expect(found.refusal == .desk(.statementUnknown, about: file.id))
  }
}

extension Result where Failure == DeskRefusal {
  /// The refusal, when there is one.
  var refusal: DeskRefusal? {
    guard case .failure(let refusal) = self else { return nil }
    return refusal
  }
}
