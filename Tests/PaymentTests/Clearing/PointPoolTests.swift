import Kernel
import Payment
import People
import Testing

@Suite struct PointPoolTests {
  @Test func `预算点值与结算点值按印出的算例`() throws {
    // DIP-PV-BUDGET-1: costs of three years 80, 90, 100 million at 1 : 2 : 7 over 200,000 points.
    let weighted = yuan((80_000_000 + 2 * 90_000_000 + 7 * 100_000_000) / 10)
    #expect(weighted == yuan(96_000_000))
    let budget = PointValue.of(weighted, points: points(200_000), decimals: 4, rounding: .halfUp)
    #expect(budget == UnitPrice(yuan: "480"))
    // DIP-PV-SETTLE-1: the fund's 350 million at 70 % of cost over 1,000,000 points.
    let seventy = try #require(Ratio(percent: "70"))
    let pool = try PointPool.settle(
      .year(2026), fund: yuan(350_000_000),
      totals: [.trial("H1", points: points(400_000)), .trial("H2", points: points(600_000))],
      under: .trial(.wholeCost(fundShare: seventy))
    ).get()
    #expect(pool.gross == yuan(500_000_000))
    #expect(pool.pointValue == UnitPrice(yuan: "500"))
    #expect(pool.lines.map(\.share) == [yuan(200_000_000), yuan(300_000_000)])
  }

  @Test func `点值保留合同规定的小数位`() {
    let value = { decimals in PointValue.of(fen(100_000), points: points(3), decimals: decimals, rounding: .halfUp) }
    #expect(value(0) == UnitPrice(yuan: "333"))
    #expect(value(2) == UnitPrice(yuan: "333.33"))
    #expect(value(6) == UnitPrice(yuan: "333.333333"))
    #expect(PointValue.of(fen(1), points: .zero, decimals: 2, rounding: .halfUp) == nil)
  }

  @Test func `应付按合同扣除个人已付或乘以本机构基金占比`() throws {
    let totals: [InstitutionTotals] = [
      .trial("H1", points: points(1), cost: yuan(1_000), fundPaid: yuan(600)),
      .trial("H2", points: points(3), cost: yuan(3_000), fundPaid: yuan(2_600)),
    ]
    func payable(_ rule: PoolTerms.Payable) throws -> [Money] {
      try PointPool.settle(
        .year(2026), fund: yuan(3_600), totals: totals, under: .trial(.wholeCostOfPeriod, rule)
      ).get().lines.map(\.payable)
    }
    // 3,600 ÷ (3,200 ÷ 4,000) = 4,500: shares 1,125 and 3,375.
    #expect(try payable(.share) == [yuan(1_125), yuan(3_375)])
    #expect(try payable(.lessOthersPaid) == [yuan(725), yuan(2_975)])
    #expect(try payable(.timesOwnFundShare) == [yuan(675), yuan(2_925)])
  }

  @Test func `份额合计等于基金且每步写明`() throws {
    var dice = Dice(5)
    let totals = (0..<60).map { place in
      InstitutionTotals.trial("H\(100 + place)", points: Points(millionths: dice.roll(1...9_000_000_000)))
    }
    let fund = fen(987_654_321_07)
    let pool = try PointPool.settle(
      .year(2026), fund: fund, totals: totals.shuffled(using: &dice), under: .trial(.fund)
    )
    .get()
    #expect(pool.lines.reduce(Money.zero) { $0 + $1.share } == fund)
    #expect(pool.lines.map(\.totals) == totals)
    let words = try #require(pool.lines.first).steps.map(\.code.word)
    #expect(words == ["fund", "point_value", "share"])
    #expect(try #require(pool.lines.first).steps.allSatisfy { !$0.text.chinese.contains("{") })
  }

  @Test func `不能成池的说明缘由`() {
    func refusal(_ totals: [InstitutionTotals], _ basis: PoolTerms.Basis) -> ClearingRefusal.Code? {
      guard
        case .failure(let refusal) = PointPool.settle(.year(2026), fund: yuan(1), totals: totals, under: .trial(basis))
      else { return nil }
      return refusal.code
    }
    var resident = InstitutionTotals.trial("H2", points: points(1))
    resident.scheme = .resident
    #expect(refusal([.trial("H1", points: points(1)), resident], .fund) == .schemesMixed)
    #expect(refusal([.trial("H1", points: points(1))], .wholeCostOfPeriod) == .fundShareUnusable)
    #expect(refusal([.trial("H1")], .fund) == .noPoints)
    #expect(refusal([], .fund) == .noPoints)
  }

  @Test func `各机构合计等于病例之和且与病例次序无关`() throws {
    var dice = Dice(99)
    let march = try #require(YearMonth("2026-03"))
    let cases = (0..<4_000).map { number in
      let cost = fen(dice.roll(10_000...5_000_000))
      return PaymentCase(
        id: "C\(number)", institution: "H\(dice.roll(0...19))", level: .secondary,
        scheme: number % 3 == 0 ? .resident : .employee, month: march.adding(months: Int(dice.roll(0...11))),
        cost: cost, fundShare: fen(cost.fen * 7 / 10), group: "G\(number % 50)")
    }
    func sum(_ cases: [PaymentCase]) -> [InstitutionTotals] {
      InstitutionTotals.sum(cases, scheme: .employee, period: .year(2026)) { item in
        switch item.group {
        case "G0", "G1": .amount(fen(item.cost.fen / 2))
        case "G2": .byHead
        default: .points(Points(millionths: item.cost.fen * 7))
        }
      }
    }
    let totals = sum(cases)
    #expect(sum(cases.shuffled(using: &dice)) == totals)
    let taken = cases.filter { $0.scheme == .employee && $0.month.year == 2026 }
    #expect(taken.count < cases.count)
    let counted = taken.filter { $0.group != "G2" }
    #expect(totals.reduce(0) { $0 + $1.cases } == counted.count && counted.count < taken.count)
    for line in totals {
      let own = counted.filter { $0.institution == line.institution }
      let fixed = own.filter { ["G0", "G1"].contains($0.group) }
      let pooled = own.filter { !["G0", "G1"].contains($0.group) }
      #expect(line.cost == pooled.reduce(.zero) { $0 + $1.cost })
      #expect(line.fundPaid == pooled.reduce(.zero) { $0 + $1.fundShare })
      #expect(line.points.millionths == pooled.reduce(0) { $0 + $1.cost.fen * 7 })
      #expect(line.amountDue.fen == fixed.reduce(0) { $0 + $1.cost.fen / 2 - ($1.cost - $1.fundShare).fen })
      #expect(line.amountSettled == fixed.reduce(.zero) { $0 + $1.fundShare })
    }
  }

  @Test func `病例支付结果进入清算`() throws {
    let march = try #require(YearMonth("2026-03"))
    let paid = PaymentCase(
      id: "C1", institution: "H1", level: .secondary, scheme: .employee, month: march, cost: yuan(10), group: "G")
    func value(_ method: PaymentMethod, _ points: Points?, _ payable: Money?) -> CasePayment {
      CasePayment(paid, method: method, outcome: .standard, points: points, payable: payable)
    }
    #expect(try value(.dip, points(9), yuan(8)).clearingValue.get() == .points(points(9)))
    #expect(try value(.drgRate, nil, yuan(8)).clearingValue.get() == .amount(yuan(8)))
    #expect(try value(.perCapita, nil, nil).clearingValue.get() == .byHead)
    #expect(value(.drgRate, nil, nil).clearingValue == .failure(.init(.caseUndecided, "C1")))
  }

  @Test func `结算期只含其月份`() throws {
    let year = try #require(PaymentPeriod("2026"))
    let month = try #require(PaymentPeriod("2026-03"))
    #expect(year.contains(try #require(YearMonth("2026-12"))))
    #expect(!year.contains(try #require(YearMonth("2027-01"))))
    #expect(!month.contains(try #require(YearMonth("2026-04"))))
    #expect("\(year) \(month)" == "2026 2026-03")
    #expect(PaymentPeriod("26") == nil && PaymentPeriod("2026-13") == nil)
  }
}
