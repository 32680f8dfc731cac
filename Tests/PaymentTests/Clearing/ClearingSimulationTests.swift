import Kernel
import Ledger
import Payment
import People
import PolicyFiles
import Testing

/// Random regions through a whole year under the sample contract; what must always hold is checked after every step.
@Suite struct ClearingSimulationTests {
  private struct Hospital {
    let code: String
    var months: [MonthlyAdvance] = []
    var settled = Money.zero
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `随机统筹区全年运行各项不变量成立`(seed: UInt64) throws {
    var dice = Dice(seed)
    let contract = try #require(ClearingPolicies.folder.contracts["990100"])
    let advanceTerms = try #require(contract.advance)
    let poolTerms = try #require(contract.pool)
    let january = try #require(YearMonth("2026-01"))
    var cases: [PaymentCase] = []
    var ledger: [LedgerAccount: Money] = [:]
    func post(_ entry: LedgerEntry) {
      #expect(entry.postings.reduce(Money.zero) { $0 + $1.amount } == .zero)
      for posting in entry.postings { ledger[posting.account, default: .zero] += posting.amount }
    }
    var hospitals = (0..<Int(dice.roll(2...25))).map { Hospital(code: "H\(100 + $0)") }

    for place in 0..<12 {
      let month = january.adding(months: place)
      for index in hospitals.indices {
        let code = hospitals[index].code
        let fresh = (0..<dice.roll(0...30)).map { number in
          let cost = fen(dice.roll(50_000...9_000_000))
          return PaymentCase(
            id: "\(code)-\(place)-\(number)", institution: code, level: .secondary, scheme: .employee, month: month,
            cost: cost, fundShare: fen(cost.fen * dice.roll(50...85) / 100), group: "G\(dice.roll(0...40))")
        }
        cases += fresh
        let settled = fresh.reduce(Money.zero) { $0 + $1.fundShare }
        hospitals[index].settled += settled
        post(
          LedgerEntry(
            reference: code,
            postings: [Posting(.fund(.employeePooled), settled), Posting(.institution(code), -settled)]
          ))
        let findings =
          dice.roll(0...3) == 0
          ? [ReviewFinding(id: "F\(place)", institution: code, amount: fen(dice.roll(0...9_999_999)))] : []
        let paid = MonthlyAdvance(
          code, month, base: settled, findings: findings, carriedIn: hospitals[index].months.last?.carried ?? .zero,
          under: advanceTerms)
        #expect(paid.paid + paid.deducted + paid.deposit == paid.advance)
        #expect(!paid.paid.isNegative && !paid.deposit.isNegative && !paid.carried.isNegative)
        hospitals[index].months.append(paid)
        post(ClearingPostings.entry(paid, scheme: .employee, run: "M\(place)"))
      }
    }
    guard !cases.isEmpty else { return }
    let pool = try settle(cases, hospitals.reduce(.zero) { $0 + $1.settled }, poolTerms, &dice)
    try clear(hospitals, pool, contract, &dice, post)
    for hospital in hospitals {
      #expect(ledger[.institution(hospital.code), default: .zero] == .zero)
      #expect(ledger[.deposit(hospital.code), default: .zero] == .zero)
    }
    let fund = ledger[.fund(.employeePooled), default: .zero]
    #expect(fund + ledger[.bank(.employeePooled), default: .zero] == .zero)
  }

  /// Shares the year's money: sums, order, and what raising one hospital's points does.
  private func settle(
    _ cases: [PaymentCase], _ settled: Money, _ terms: PoolTerms, _ dice: inout Dice
  ) throws -> PointPool {
    let value = { (item: PaymentCase) -> InstitutionTotals.CaseValue in
      item.group == "G7"
        ? .amount(fen(item.cost.fen * 9 / 10))
        : .points(Points(millionths: Int64(item.group.utf8.count * 700_000 + 300_000)))
    }
    let totals = InstitutionTotals.sum(cases, scheme: .employee, period: .year(2026), value: value)
    let turned = cases.shuffled(using: &dice)
    #expect(InstitutionTotals.sum(turned, scheme: .employee, period: .year(2026), value: value) == totals)
    #expect(totals.reduce(Money.zero) { $0 + $1.fundPaid + $1.amountSettled } == settled)
    let fund = fen(settled.fen * dice.roll(90...115) / 100)
    let pool = try PointPool.settle(.year(2026), fund: fund, totals: totals, under: terms).get()
    #expect(pool.lines.reduce(Money.zero) { $0 + $1.share } == pool.gross)
    var raised = totals
    let place = Int(dice.roll(0...Int64(totals.count - 1)))
    raised[place].points += points(dice.roll(1...50))
    let other = try PointPool.settle(.year(2026), fund: fund, totals: raised, under: terms).get()
    for (index, pair) in zip(pool.lines, other.lines).enumerated() {
      #expect(index == place ? pair.1.share >= pair.0.share : pair.1.share <= pair.0.share)
      #expect(index == place || pair.1.payable <= pair.0.payable)
    }
    return pool
  }

  private func clear(
    _ hospitals: [Hospital], _ pool: PointPool, _ contract: ClearingContract, _ dice: inout Dice,
    _ post: (LedgerEntry) -> Void
  ) throws {
    let scheme = try #require(contract.assessment)
    var inputs: [YearlyClearing.Input] = []
    for hospital in hospitals {
      var scores: [String: Points] = [:]
      for indicator in scheme.indicators {
        let full = indicator.full ?? .zero
        scores[indicator.code] = Points(millionths: full.millionths * dice.roll(50...100) / 100)
      }
      let line = pool.lines.first { $0.totals.institution == hospital.code }
      #expect((line?.spend ?? .zero) == hospital.settled)
      inputs.append(
        YearlyClearing.Input(
          institution: hospital.code,
          bands: .init(
            budget: (line?.budget ?? .zero).orZero, spend: hospital.settled,
            retention: dice.roll(0...1) == 0 ? .zero : fen(dice.roll(0...900_000))),
          advances: AdvanceTotals(hospital.months),
          assessment: try AssessmentResult.assess(scores, under: scheme).get()))
    }
    let cleared = try YearlyClearing.clear(inputs, under: contract.yearly).get()
    #expect(try YearlyClearing.clear(inputs.shuffled(using: &dice), under: contract.yearly).get() == cleared)
    for year in cleared {
      let bands = year.bands
      #expect(bands.kept + bands.returned == (bands.input.budget - bands.input.spend).orZero)
      #expect(bands.shared + bands.borne == (bands.input.spend - bands.input.budget).orZero)
      #expect(year.depositReturned + year.depositForfeited == year.advances.deposit)
      post(ClearingPostings.entry(year, scheme: .employee, run: "Y"))
    }
  }
}
