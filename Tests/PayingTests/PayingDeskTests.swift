import Kernel
import Ledger
import Payment
import People
import TabularFiles
import Testing
import Workflows

/// Months and years of the sample region: what must hold whatever the cases are.
@Suite struct PayingDeskTests {
  @Test(arguments: [InsuranceScheme.employee, .resident], [3, 11, 202] as [UInt64])
  func `全年各月拨付与清算之后两不相欠`(scheme: InsuranceScheme, seed: UInt64) async throws {
    let world = try PayingWorld(scheme, count: 500, seed: seed)
    let (desk, _) = try await world.desk()
    let months = try await world.payMonths(desk)
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    // Settlement has credited every institution with what the fund answered for.
    var balances: [LedgerAccount: Int64] = [:]
    for item in world.sample.cases { balances[.institution(item.institution), default: 0] -= item.fundShare.fen }
    for run in months.map(\.made.run) + [year.made.run] {
      for entry in run.entries {
        #expect(entry.postings.reduce(0) { $0 + $1.amount.fen } == 0)
        for posting in entry.postings { balances[posting.account, default: 0] += posting.amount.fen }
      }
    }
    for (account, amount) in balances {
      switch account {
      case .institution, .deposit: #expect(amount == 0, "\(account)")
      default: continue
      }
    }
    #expect(year.months.count == 12 && year.unpaidMonths.isEmpty)
    // The bank has paid what the lines say.
    let paid = months.reduce(Money.zero) { $0 + $1.made.sum("paid") } + year.made.sum("due")
    let fund = ClearingPostings.fund(of: scheme)
    #expect(balances[.bank(fund)] == -paid.fen)
  }

  @Test(arguments: [5, 77] as [UInt64])
  func `份额之和等于折合总额且点值外不再取整`(seed: UInt64) async throws {
    let world = try PayingWorld(.employee, count: 700, seed: seed)
    let (desk, _) = try await world.desk()
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    let pool = try #require(year.worth.pool)
    #expect(year.made.sum("share") == pool.gross)
    #expect(pool.fund == world.inputs.fund.last?.amount)
    #expect(pool.points == year.cases.payments.reduce(.zero) { $0 + ($1.points ?? .zero) })
  }

  @Test func `病例次序和重复运行不改变一个字节`() async throws {
    let world = try PayingWorld(count: 20_000, seed: 9)
    let (desk, _) = try await world.desk()
    let first = try await desk.payMonth(world.order(.month(try PayingWorld.month(3))), under: world.terms).get()
    var numbers = SeededNumbers(state: 1)
    for _ in 0..<3 {
      let (other, _) = try await world.desk(world.sample.cases.shuffled(using: &numbers))
      let again = try await other.payMonth(world.order(.month(try PayingWorld.month(3))), under: world.terms).get()
      #expect(again.made == first.made)
      #expect(again.made.run.bytes == first.made.run.bytes)
      #expect(again.made.run.identity.count == 64)
    }
    let (year, years) = (world.order(.year(2_026)), try await world.desk(world.sample.cases.reversed()).0)
    let (one, two) = (
      try await desk.clearYear(year, under: world.terms).get(),
      try await years.clearYear(year, under: world.terms).get()
    )
    #expect(one.made.run.bytes == two.made.run.bytes)
  }

  @Test func `各机构逐笔金额可由病例加总得出`() async throws {
    let world = try PayingWorld(count: 800, seed: 21)
    let (desk, _) = try await world.desk()
    let month = try await desk.payMonth(world.order(.month(try PayingWorld.month(5))), under: world.terms).get()
    let worth = try #require(month.worth)
    for (account, advance) in zip(worth.accounts, month.advances) {
      let own = month.cases.payments.filter { $0.institution == account.totals.institution }
      #expect(own.reduce(.zero) { $0 + ($1.points ?? .zero) } == account.totals.points)
      let others = own.reduce(Money.zero) { $0 + ($1.points == nil ? .zero : $1.paidByOthers) }
      #expect(account.payable == (account.share ?? .zero) - others)
      let amounts = own.reduce(Money.zero) { sum, paid in
        paid.points == nil ? sum + (paid.payable ?? .zero) - paid.paidByOthers : sum
      }
      #expect(account.totals.amountDue == amounts)
      #expect(advance.base == account.budget)
      #expect(advance.paid == advance.advance - advance.deducted - advance.deposit)
    }
    // What a case is worth does not depend on whether its steps are recorded.
    for place in month.cases.cases.indices {
      var explained = month.cases.explained(at: place)
      #expect(!explained.steps.isEmpty)
      explained.steps = []
      #expect(explained == month.cases.payments[place])
    }
  }

  @Test func `扣款不足部分结转下月并在清算时扣清`() async throws {
    var world = try PayingWorld(count: 400, seed: 2)
    let code = "H990100000004"
    let huge = Money(fen: 900_000_000)
    world.inputs.findings = [
      .init(
        finding: ReviewFinding(id: "BIG", institution: code, amount: huge), scheme: .employee,
        period: .month(try PayingWorld.month(1)), reason: "test")
    ]
    let (desk, _) = try await world.desk()
    let months = try await world.payMonths(desk)
    let own = months.compactMap { month in month.advances.first { $0.institution == code } }
    #expect(own.count == 12)
    #expect(own.reduce(.zero) { $0 + $1.deducted } + (own.last?.carried ?? .zero) == huge)
    #expect(own.allSatisfy { $0.paid == .zero })
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    // No month's finding is taken twice; what the last month carried is.
    #expect(year.findings.isEmpty)
    let cleared = try #require(year.clearings.first { $0.institution == code })
    #expect(cleared.deducted == own.last?.carried)
    #expect(cleared.due.isNegative)
  }

  @Test func `已公布的结果不变而更正列出差异且账目只认最后一次`() async throws {
    var world = try PayingWorld(count: 300, seed: 4)
    let (desk, store) = try await world.desk()
    let order = world.order(.month(try PayingWorld.month(2)))
    let first = try await desk.payMonth(order, under: world.terms).get()
    let published = try await desk.publish(first.made, time: "2026-03-05 09:00:00", by: "甲").get()
    let same = try await desk.payMonth(order, under: world.terms).get()
    #expect(same.made.published == published && same.made.differences.isEmpty)
    #expect(try await desk.publish(same.made, time: "2026-03-06 09:00:00", by: "乙").get() == published)

    var runs = [first.made.run]
    for amount in [Money(fen: 12_345), Money(fen: 700)] {
      let finding = ReviewFinding(id: "L\(amount.fen)", institution: "H990100000001", amount: amount)
      world.inputs.findings.append(
        .init(finding: finding, scheme: .employee, period: .month(try PayingWorld.month(2)), reason: "late"))
      let next = try await desk.payMonth(
        world.order(.month(try PayingWorld.month(2))), under: world.terms
      ).get()
      #expect(next.made.run.corrects == runs.last?.identity)
      #expect(next.made.differences.map(\.name).contains("deducted"))
      #expect(next.made.differences.first { $0.name == "deducted" }?.change == amount)
      let refused = try await desk.publish(next.made, time: "2026-03-07 09:00:00", by: "甲")
      #expect(throws: PayingRefusal.desk(.publishedOtherwise, runs.last?.identity ?? "")) { try refused.get() }
      _ = try await desk.publish(next.made, time: "2026-03-07 09:00:00", by: "甲", correcting: true).get()
      runs.append(next.made.run)
    }
    // Along the chain, the postings come to those of the last run alone.
    var balances: [LedgerAccount: Int64] = [:]
    for run in runs {
      for entry in run.entries { for line in entry.postings { balances[line.account, default: 0] += line.amount.fen } }
    }
    var last: [LedgerAccount: Int64] = [:]
    for entry in try #require(runs.last).ownEntries {
      for line in entry.postings { last[line.account, default: 0] += line.amount.fen }
    }
    #expect(balances.filter { $0.value != 0 } == last.filter { $0.value != 0 })
    #expect(try await store.runs(RunSelection(region: "990100")).count == 3)
    // Back to the first inputs is a correction, too, and not the first run again.
    let back = try await desk.payMonth(order, under: world.terms).get()
    #expect(back.made.run.corrects == runs.last?.identity)
    #expect(back.made.run.lines == first.made.run.lines)
  }

  @Test func `依据不足时拒绝并说明缺什么`() async throws {
    var world = try PayingWorld(count: 200, seed: 6)
    let (desk, _) = try await world.desk()
    let month = PaymentPeriod.month(try PayingWorld.month(4))
    func refusal(_ period: PaymentPeriod) async throws -> UInt16? {
      switch period {
      case .month: try await desk.payMonth(world.order(period), under: world.terms).failure
      case .year: try await desk.clearYear(world.order(period), under: world.terms).failure
      }
    }
    world.inputs.fund = []
    #expect(try await refusal(month) == 504)
    #expect(try await refusal(.year(2_026)) == 504)
    world = try PayingWorld(count: 200, seed: 6)
    world.inputs.scores["H990100000002"] = nil
    #expect(try await refusal(.year(2_026)) == 411)
    world.inputs.scores["H990100000002"] = ["D1.1": Points(millionths: 8_000_000)]
    #expect(try await refusal(.year(2_026)) == 412)
    world = try PayingWorld(count: 200, seed: 6)
    world.inputs.removals = [.init(institution: "H1", scheme: .employee, year: 2_026, retention: Money(fen: 1))]
    #expect(try await refusal(.year(2_026)) == 506)
    #expect(try await refusal(.year(2_027)) == 501)
    #expect(
      try await desk.payMonth(world.order(.month(try #require(YearMonth("2025-12")))), under: world.terms).failure
        == 501)
    let empty = PayingDesk(store: MemoryPaymentStore(), digest: SHA256ContentDigest())
    #expect(try await empty.payMonth(world.order(month), under: world.terms).failure == 502)
  }

  @Test func `没有公布的月份不算已拨付`() async throws {
    let world = try PayingWorld(count: 300, seed: 8)
    let (desk, _) = try await world.desk()
    let year = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    #expect(year.months.isEmpty && year.unpaidMonths.count == 12)
    #expect(year.made.sum("advances_paid") == .zero)
    #expect(year.findings.count == world.inputs.findings.count)
  }
}

extension Result where Failure == PayingRefusal {
  /// The number of the refusal.
  var failure: UInt16? {
    if case .failure(let refusal) = self { refusal.number } else { nil }
  }
}
