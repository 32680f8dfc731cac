import Kernel
import Ledger
import Payment
import People
import Policy
import PolicyFiles
import Testing

@Suite struct YearlyClearingTests {
  private func contract() throws -> ClearingContract {
    try #require(ClearingPolicies.folder.contracts["990100"])
  }

  private func scores(_ scheme: AssessmentScheme, lost: Points = .zero) -> [String: Points] {
    var scores: [String: Points] = [:]
    for indicator in scheme.indicators { scores[indicator.code] = indicator.full ?? .zero }
    var left = lost
    for code in scores.keys.sorted() where left > .zero {
      let taken = min(left, scores[code] ?? .zero)
      scores[code, default: .zero] -= taken
      left -= taken
    }
    return scores
  }

  private func assessed(lost: Int64) throws -> AssessmentResult {
    let scheme = try #require(try contract().assessment)
    return try AssessmentResult.assess(scores(scheme, lost: points(lost)), under: scheme).get()
  }

  // MARK: Months

  @Test func `月度预拨先扣审核扣款再留保证金`() throws {
    let terms = try #require(try contract().advance)
    let march = try #require(YearMonth("2026-03"))
    let findings = [
      ReviewFinding(id: "F2", institution: "H1", amount: yuan(300)),
      ReviewFinding(id: "F1", institution: "H1", amount: yuan(200)),
      ReviewFinding(id: "F3", institution: "H2", amount: yuan(9_999)),
    ]
    let month = MonthlyAdvance("H1", march, base: yuan(10_000), findings: findings, under: terms)
    #expect(month.advance == yuan(9_500))
    #expect(month.deducted == yuan(500))
    #expect(month.deposit == yuan(450))
    #expect(month.paid == yuan(8_550))
    #expect(month.carried == .zero)
    #expect(month.steps.map(\.code) == [.advance, .deduction, .deduction, .depositWithheld, .monthPaid])
    #expect(month.steps.map(\.subject) == ["", "F1", "F2", "", ""])
    #expect(month == MonthlyAdvance("H1", march, base: yuan(10_000), findings: findings.reversed(), under: terms))
  }

  @Test func `不足扣减的结转下月`() throws {
    let terms = try #require(try contract().advance)
    let march = try #require(YearMonth("2026-03"))
    let finding = ReviewFinding(id: "F1", institution: "H1", amount: yuan(12_000))
    let first = MonthlyAdvance("H1", march, base: yuan(10_000), findings: [finding], under: terms)
    #expect(first.paid == .zero && first.deposit == .zero && first.carried == yuan(2_500))
    let second = MonthlyAdvance(
      "H1", march.adding(months: 1), base: yuan(10_000), carriedIn: first.carried, under: terms)
    #expect(second.deducted == yuan(2_500) && second.carried == .zero)
    #expect(second.paid == yuan(6_650) && second.deposit == yuan(350))
  }

  @Test func `保证金按扣款前计提的写法`() throws {
    var terms = try #require(try contract().advance)
    terms.depositBase = sourced(.beforeDeductions)
    let finding = ReviewFinding(id: "F1", institution: "H1", amount: yuan(500))
    let month = MonthlyAdvance(
      "H1", try #require(YearMonth("2026-03")), base: yuan(10_000), findings: [finding], under: terms)
    #expect(month.deposit == yuan(475) && month.paid == yuan(8_525))
  }

  // MARK: Assessment

  @Test func `无锡七维度与湖北七类三十一指标的考核`() throws {
    let scheme = try #require(try contract().assessment)
    #expect(scheme.dimensions.map(\.name) == ["综合管理", "服务能力", "服务效率", "医疗质量", "医疗行为", "清单质量", "满意度"])
    let result = try assessed(lost: 15)
    #expect(result.score == points(85) && result.full == points(100) && result.rate == percent(90))
    #expect(result.byDimension.reduce(.zero, +) == result.score)
    // 7 classes with 5, 5, 5, 4, 4, 4 and 4 indicators.
    let classes = [5, 5, 5, 4, 4, 4, 4].enumerated().map { place, count in
      AssessmentScheme.Dimension(
        code: "K\(place)", name: "类 \(place)",
        indicators: (0..<count).map { .init(code: "K\(place).\($0)", name: "指标", full: points(3)) })
    }
    let wide = AssessmentScheme(dimensions: classes, effect: .proportional, citation: trial)
    #expect(wide.indicators.count == 31)
    let earned = try AssessmentResult.assess(scores(wide, lost: points(31)), under: wide).get()
    #expect(earned.score == points(62) && earned.rate == Rate(millionths: 666_666))
  }

  @Test(
    arguments: [(0, 100), (10, 100), (11, 90), (20, 90), (21, 70), (40, 70), (41, 0), (100, 0)] as [(Int64, Int64)])
  func `考核分档边界`(lost: Int64, rate: Int64) throws {
    #expect(try assessed(lost: lost).rate == percent(rate))
  }

  @Test func `考核缺项超分和未定分值均不予计算`() throws {
    let scheme = try #require(try contract().assessment)
    func refusal(_ scores: [String: Points], _ scheme: AssessmentScheme) -> ClearingRefusal? {
      guard case .failure(let refusal) = AssessmentResult.assess(scores, under: scheme) else { return nil }
      return refusal
    }
    var missing = scores(scheme)
    missing["D3.1"] = nil
    #expect(refusal(missing, scheme) == .init(.scoreMissing, "D3.1"))
    var high = scores(scheme)
    high["D3.1"] = points(6)
    #expect(refusal(high, scheme) == .init(.scoreOutOfRange, "D3.1"))
    var stranger = scores(scheme)
    stranger["X"] = points(1)
    #expect(refusal(stranger, scheme) == .init(.scoreOutOfRange, "X"))
    var open = scheme
    open.dimensions[0].indicators[0].full = nil
    #expect(refusal(scores(scheme), open) == .init(.weightOpen, "D1.1"))
    open = scheme
    open.effect = nil
    #expect(refusal(scores(scheme), open)?.code == .localRuleOpen)
  }

  // MARK: The year

  @Test func `全年预拨清算后分录平衡且两不相欠`() throws {
    let contract = try contract()
    let terms = try #require(contract.advance)
    let january = try #require(YearMonth("2026-01"))
    let finding = ReviewFinding(id: "F1", institution: "H1", amount: yuan(5_000))
    let months = (0..<12).map { place in
      MonthlyAdvance(
        "H1", january.adding(months: place), base: yuan(80_000), findings: place == 4 ? [finding] : [], under: terms)
    }
    let late = ReviewFinding(id: "F9", institution: "H1", amount: yuan(1_234))
    let input = YearlyClearing.Input(
      institution: "H1", bands: .init(budget: yuan(1_000_000), spend: yuan(960_000), retention: yuan(15_000)),
      advances: AdvanceTotals(months), findings: [late], assessment: try assessed(lost: 15))
    let year = try YearlyClearing.clear(input, under: contract.yearly).get()
    // 40,000 less 15,000 of procurement savings = 25,000, all kept within 10 %, × 90 %.
    #expect(year.bands.kept == yuan(22_500))
    #expect(year.bands.recognised == yuan(982_500))
    let advances = AdvanceTotals(months)
    #expect(advances.deposit == fen(4_535_000) && advances.deducted == yuan(5_000))
    #expect(year.depositReturned == fen(4_081_500) && year.depositForfeited == fen(453_500))
    #expect(year.due == yuan(982_500) - yuan(6_234) - fen(453_500) - advances.paid)
    #expect(year.steps.last?.code == .due && year.steps.allSatisfy { !$0.text.english.contains("{") })

    // Settlement has posted what the fund answered for, bill by bill.
    var entries = [
      LedgerEntry(
        reference: "settled",
        postings: [
          Posting(.fund(.employeePooled), yuan(960_000)), Posting(.institution("H1"), -yuan(960_000)),
        ])
    ]
    entries += months.map { ClearingPostings.entry($0, scheme: .employee, run: "R\($0.month)") }
    entries.append(ClearingPostings.entry(year, scheme: .employee, run: "Y2026"))
    var balances: [LedgerAccount: Money] = [:]
    for posting in entries.flatMap(\.postings) { balances[posting.account, default: .zero] += posting.amount }
    #expect(balances[.institution("H1")] == .zero)
    #expect(balances[.deposit("H1")] == .zero)
    #expect(balances[.bank(.employeePooled)] == -(advances.paid + year.due))
    #expect(balances[.fund(.employeePooled)] == advances.paid + year.due)
  }

  @Test func `集采结余留用先出不重复计算`() throws {
    var terms = try contract().yearly.bands
    let input = BandClearing.Input(budget: yuan(1_000), spend: yuan(990), retention: yuan(30))
    // Not in the surplus: 10 of surplus are all procurement's, nothing is kept, nothing is overspent.
    let inside = try BandClearing.clear(input, under: terms).get()
    #expect(inside.kept == .zero && inside.returned == yuan(10) && inside.borne == .zero)
    // Out of the budget: 970 against 990, of 20 the fund bears 70 %.
    terms.retention = sourced(.fromBudget)
    let outside = try BandClearing.clear(input, under: terms).get()
    #expect(outside.shared == yuan(14) && outside.borne == yuan(6) && outside.recognised == yuan(984))
    // A contract that says nothing of it cannot be given any.
    terms.retention = nil
    #expect(BandClearing.clear(input, under: terms) == .failure(.init(.localRuleOpen)))
    // With the savings in the surplus they would be paid twice: the difference is the retention itself.
    terms.retention = sourced(.fromSurplus)
    let wide = BandClearing.Input(budget: yuan(1_000), spend: yuan(920), retention: yuan(30))
    var counted = wide
    counted.retention = .zero
    let (once, twice) = (
      try BandClearing.clear(wide, under: terms).get(), try BandClearing.clear(counted, under: terms).get()
    )
    #expect(twice.kept - once.kept == yuan(30))
  }

  @Test func `与考核挂钩而没有考核结果的不予清算`() throws {
    let input = YearlyClearing.Input(
      institution: "H1", bands: .init(budget: yuan(1), spend: yuan(1)), advances: .init())
    #expect(YearlyClearing.clear(input, under: try contract().yearly) == .failure(.init(.scoreMissing, "H1")))
    let twice = YearlyClearing.clear([input, input], under: try contract().yearly)
    #expect(twice == .failure(.init(.holderTwice, "H1")))
  }

  // MARK: Below nothing

  @Test func `全年应付为负按零清算，不留用也不分担`() throws {
    let terms = try contract().yearly
    let year = try BandClearing.clear(.init(budget: yuan(-320), spend: yuan(4_100)), under: terms.bands).get()
    #expect(year.recognised == .zero && year.kept == .zero && year.shared == .zero)
    #expect(year.borne == yuan(4_100))
    #expect(year.steps.map(\.code).prefix(3) == [.budget, .negativeBudget, .spend])
    #expect(year.steps[1].base == yuan(-320) && year.steps[1].result == .zero)
    #expect(year.steps[1].citation == .interpretation("clearing-negative-worth"))
    #expect(year.steps[1].text.chinese.contains("按"))
  }

  @Test func `未规定如何处理时不清算`() throws {
    var terms = try contract().yearly.bands
    terms.negativeBudget = nil
    let refusal = BandClearing.clear(.init(budget: yuan(-1), spend: yuan(5)), under: terms)
    #expect(refusal == .failure(.init(.worthNegative, "-1.00")))
    #expect(BandClearing.clear(.init(budget: .zero, spend: .zero), under: terms).isSuccess)
  }
}

extension Result {
  fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}
