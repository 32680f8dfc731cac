import Claims
import Kernel
import Settlement
import Testing
import Workflows

/// Refund lines: a negative quantity takes back from an earlier line of the same item and price.
@Suite struct RefundTests {
  private func fee(
    _ trial: DeskTrial, _ serial: String, _ count: Int64, price: Int64 = 1_000, amount: Int64? = nil,
    item: String = "XA001", refunds: String? = nil
  ) throws -> FeeUpload {
    FeeUpload(
      serial: serial, batch: "1", item: item, day: try trial.day("2026-03-02"),
      price: UnitPrice(microyuan: price * 10_000), quantity: Quantity(count),
      amount: Money(fen: amount ?? price * count), approval: .notSubject, refunds: refunds)
  }

  /// Registers a visit with three units of 10.00 yuan in line A and one in line B.
  private func open(_ trial: DeskTrial) async throws -> String {
    let visit = try await trial.visit("V", fees: [])
    _ = try await upload(trial, visit, "U", [try fee(trial, "A", 3), try fee(trial, "B", 1)]).get()
    return visit
  }

  private func upload(_ trial: DeskTrial, _ visit: String, _ name: String, _ fees: [FeeUpload]) async
    -> Result<[FeeAnswer], DeskRefusal>
  {
    await trial.desk.uploadFees(fees, to: visit, of: nil, trial.message(name, "2204"))
  }

  @Test func `退费冲减原明细，两条都留存，按净额结算`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    let answers = try await upload(trial, visit, "R", [try fee(trial, "C", -1, refunds: "A")]).get()
    #expect(answers.map(\.share.inPolicy) == [Money(fen: -1_000)])
    #expect(answers.map(\.line.line.amount) == [Money(fen: -1_000)])
    let again = try await upload(trial, visit, "R", [try fee(trial, "C", -1, refunds: "A")]).get()
    #expect(again.map(\.share) == answers.map(\.share))
    #expect(try await trial.desk.visit(visit).get().lines.map(\.serial) == ["A", "B", "C"])
    let settled = try await trial.desk.settle(trial.request(visit, total: 3_000), trial.message("S")).get()
    #expect(settled.record.claim.lines.map(\.quantity) == [Quantity(2), Quantity(1)])
    #expect(settled.record.settled.amounts.total == Money(fen: 3_000))
    let lines = try await trial.desk.settledLines(of: settled.record).get()
    #expect(lines.map(\.line.serial) == ["A", "B"] && lines.map(\.line.line.amount.fen) == [2_000, 1_000])
  }

  @Test func `退尽的明细不再结算，全部退尽则没有可结算的费用`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    let fees = [
      try fee(trial, "C", -2, refunds: "A"), try fee(trial, "D", -1, refunds: "A"), try fee(trial, "E", -1),
    ]
    let answers = try await upload(trial, visit, "R", fees).get()
    #expect(answers.map(\.share.inPolicy.fen) == [-2_000, -1_000, -1_000])
    let empty = await trial.desk.settle(trial.request(visit, total: 0), trial.message("S"))
    #expect(empty.refusal?.number == SettlementOutcome.emptyClaim.rawValue)
    _ = try await upload(trial, visit, "N", [try fee(trial, "F", 1)]).get()
    let settled = try await trial.desk.settle(trial.request(visit, total: 1_000), trial.message("S")).get()
    #expect(settled.record.claim.lines.count == 1)
  }

  @Test func `同一报文里先收后退，答复的每一行都平`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [])
    let fees = [try fee(trial, "A", 3, item: "XA003"), try fee(trial, "B", -1, item: "XA003")]
    let answers = try await upload(trial, visit, "U", fees).get()
    for answer in answers {
      let share = answer.share
      let parts = share.fullySelfPaid + share.overLimit + share.preliminarySelfPay + share.inPolicy
      #expect(parts == answer.line.line.amount)
    }
    #expect(answers.map(\.line.line.amount.fen) == [3_000, -1_000])
    #expect(answers[1].share.preliminarySelfPay.isNegative)
  }

  @Test func `没有原明细、超过剩余、单价或项目不同、金额不符都拒绝且不留痕迹`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    let wrong: [(String, FeeUpload)] = [
      ("超过剩余", try fee(trial, "C", -4)), ("点名的明细剩余不足", try fee(trial, "C", -2, refunds: "B")),
      ("没有这条明细", try fee(trial, "C", -1, refunds: "Z")), ("单价不同", try fee(trial, "C", -1, price: 999)),
      ("项目不同", try fee(trial, "C", -1, item: "XA002")), ("金额不符", try fee(trial, "C", -1, amount: -999)),
      ("金额为正", try fee(trial, "C", -1, amount: 1_000)),
    ]
    for (number, (what, refund)) in wrong.enumerated() {
      let answer = await upload(trial, visit, "W\(number)", [refund])
      #expect(answer.refusal == .desk(.refundUnmatched, about: "C"), "\(what)")
    }
    _ = try await upload(trial, visit, "R1", [try fee(trial, "C", -3, refunds: "A")]).get()
    let more = await upload(trial, visit, "R2", [try fee(trial, "D", -1, refunds: "A")])
    #expect(more.refusal == .desk(.refundUnmatched, about: "D"))
    #expect(try await trial.desk.visit(visit).get().lines.count == 3)
  }

  @Test func `退费后剩余金额不等于单价乘数量的拒绝`() async throws {
    let trial = try await DeskTrial()
    let visit = try await trial.visit("V", fees: [])
    // 2 × 0.005 is 0.01, 1 × 0.005 is 0.01 too: nothing would be left for one unit.
    func half(_ serial: String, _ count: Int64, _ fen: Int64) throws -> FeeUpload {
      FeeUpload(
        serial: serial, batch: "1", item: "XA001", day: try trial.day("2026-03-02"), price: UnitPrice(microyuan: 5_000),
        quantity: Quantity(count), amount: Money(fen: fen), approval: .notSubject)
    }
    _ = try await upload(trial, visit, "U", [half("A", 2, 1)]).get()
    let refused = await upload(trial, visit, "R", [try half("B", -1, -1)])
    #expect(refused.refusal == .desk(.refundUnmatched, about: "B"))
    _ = try await upload(trial, visit, "Q", [half("C", -2, -1)]).get()
  }

  @Test func `有退费的原明细不能单独撤销，一起撤销可以`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    _ = try await upload(trial, visit, "R", [try fee(trial, "C", -1, refunds: "A")]).get()
    func withdraw(_ serials: [String]?, _ name: String) async -> Result<[String], DeskRefusal> {
      await trial.desk.withdrawFees(serials, batch: nil, from: visit, of: nil, trial.message(name, "2302"))
    }
    #expect(await withdraw(["A"], "W1").refusal == .desk(.refundUnmatched, about: "C"))
    #expect(try await withdraw(["C"], "W2").get() == ["C"])
    #expect(
      try await trial.desk.preSettle(trial.request(visit, total: 4_000), institution: "H99010000001").get()
        .record.claim.lines.count == 2)
    #expect(try await withdraw(["A"], "W3").get() == ["A"])
    #expect(try await withdraw(nil, "W4").get() == ["B"])
  }

  @Test func `多批次的就诊不能只结算一批，全部同批可以`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    var other = try fee(trial, "C", 1)
    other.batch = "2"
    _ = try await upload(trial, visit, "R", [other]).get()
    var request = trial.request(visit)
    request.batch = "1"
    let refused = await trial.desk.settle(request, trial.message("S1"))
    #expect(refused.refusal == .desk(.batchNotAlone, about: "2"))
    _ = try await trial.desk.withdrawFees(nil, batch: "2", from: visit, of: nil, trial.message("W", "2205")).get()
    _ = try await trial.desk.settle(request, trial.message("S2")).get()
  }

  @Test func `撤销结算后明细变了，不再答复旧结算的明细`() async throws {
    let trial = try await DeskTrial()
    let visit = try await open(trial)
    let settled = try await trial.desk.settle(trial.request(visit), trial.message("S")).get()
    _ = try await trial.desk.reverse(settled.record.id, of: nil, trial.message("B", "2208")).get()
    #expect(try await trial.desk.settledLines(of: settled.record).get().count == 2)
    _ = try await upload(trial, visit, "R", [try fee(trial, "C", -1, refunds: "A")]).get()
    let gone = await trial.desk.settledLines(of: settled.record)
    #expect(gone.refusal == .desk(.feesChanged, about: settled.record.id))
  }
}
