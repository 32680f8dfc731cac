import Kernel
import Payment
import PolicyFiles
import Testing

@Suite struct ReclearingTests {
  /// Deviation 0.8 to 2.0 counts as one times the score, both bounds included.
  private func score(cost: Money, mean: Money, full: Points) throws -> Points {
    let (low, high) = (Int128(mean.fen) * 8, Int128(mean.fen) * 20)
    let tenfold = Int128(cost.fen) * 10
    try #require(tenfold >= low && tenfold <= high, "the case leaves the bounds of its group")
    return full
  }

  /// A region whose whole cases come to 100 million; H1 has 1 % of the points and so a share of exactly 1.00 million.
  private func totals(_ charged: Money) throws -> [InstitutionTotals] {
    let own = try score(cost: charged, mean: yuan(1_000_000), full: points(10_000))
    return [
      .trial("H1", points: own, cost: charged, fundPaid: yuan(770_000)),
      .trial("H2", points: points(990_000), cost: yuan(98_900_000), fundPaid: yuan(69_230_000)),
    ]
  }

  private func compare(fundPart: Int64, _ payable: PoolTerms.Payable = .share) throws -> Reclearing {
    let with = try totals(yuan(1_100_000))
    // Without the duplicates the deviation is 0.8, which is within the bounds still: no points are lost.
    let without = try totals(yuan(800_000))
    #expect(with[0].points == without[0].points)
    let removal = ChargeRemoval(
      id: "D1", institution: "H1", cost: yuan(300_000), fundPaid: yuan(fundPart),
      pointsLost: with[0].points - without[0].points)
    return try Reclearing.compare(
      .year(2026), fund: yuan(70_000_000), totals: with, removing: [removal],
      under: .trial(.wholeCostOfPeriod, payable)
    ).get()
  }

  @Test func `印出的算例剔除三十万重复收费后应得略高于一百万`() throws {
    // Duplicates lie above the deductible, so the fund bore more of them (80 %) than of cost on the whole (70 %).
    let both = try compare(fundPart: 240_000)
    let hospital = try #require(both.lines.first)
    #expect(hospital.shareWith == yuan(1_000_000))
    #expect(both.with.pointValue == UnitPrice(yuan: "100"))
    #expect(both.without.pointValue == UnitPrice(yuan: "100.043"))
    // 70,000,000 × 99,700,000 ÷ 69,760,000 = 100,043,004.59, of which one hundredth.
    #expect(hospital.shareWithout == fen(100_043_005))
    #expect(hospital.change == fen(43_005))
    #expect(both.lines.reduce(Money.zero) { $0 + $1.shareWithout } == both.without.gross)
  }

  @Test func `点值是否上升取决于重复收费中基金所占比例`() throws {
    #expect(try #require(compare(fundPart: 210_000).lines.first).change == .zero)
    #expect(try #require(compare(fundPart: 180_000).lines.first).change.isNegative)
    // Patients paid 60,000 of the duplicates; where that is taken off the share, the fund owes as much more.
    let owed = try #require(compare(fundPart: 240_000, .lessOthersPaid).lines.first)
    #expect(owed.payableWith == yuan(670_000))
    #expect(owed.change == yuan(60_000) + fen(43_005))
  }

  @Test func `剔除不能超过原有金额`() throws {
    let totals = try totals(yuan(1_100_000))
    func refusal(_ removals: [ChargeRemoval]) -> ClearingRefusal? {
      let result = Reclearing.compare(
        .year(2026), fund: yuan(1), totals: totals, removing: removals, under: .trial(.fund))
      guard case .failure(let refusal) = result else { return nil }
      return refusal
    }
    let one = ChargeRemoval(id: "D1", institution: "H1", cost: yuan(10), fundPaid: yuan(8))
    #expect(refusal([one]) == nil)
    #expect(refusal([one, one]) == .init(.holderTwice, "D1"))
    #expect(
      refusal([.init(id: "D1", institution: "H1", cost: yuan(800_000), fundPaid: yuan(400_000))])
        == .init(.removalTooLarge, "D1"))
    #expect(refusal([.init(id: "D1", institution: "H9", cost: yuan(1), fundPaid: .zero)])?.code == .institutionUnknown)
  }

  // MARK: Loss

  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private func judge(
    paid: String? = "2026-04-20", returned: (String, FundLoss.Return)? = nil, byDisease: Bool = false,
    rise: Money = .zero
  ) throws -> FundLoss {
    let fines = try #require(ClearingPolicies.folder.fines["national"])
    return FundLoss(
      FundLoss.Facts(
        amount: yuan(300_000), filed: try day("2026-09-01"), fundPaid: try paid.map(day),
        returned: try returned.map { .init(try day($0.0), $0.1) }, isChargedByDisease: byDisease, rise: rise),
      fines: fines)
  }

  @Test func `五种情形的认定`() throws {
    #expect(try judge(returned: ("2026-04-10", .byInstitution)).outcome == .beforePayment)
    #expect(try judge(paid: nil).outcome == .beforePayment)
    #expect(try judge(paid: "2026-09-02").outcome == .beforePayment)
    for how in [FundLoss.Return.byInstitution, .byReview] {
      #expect(try judge(returned: ("2026-08-31", how)).outcome == .returnedBeforeFiling)
      #expect(try judge(returned: ("2026-09-01", how)).outcome == .returnedAfterFiling)
    }
    #expect(try judge(returned: ("2026-08-01", .byClearing)).outcome == .takenBackInClearing)
    #expect(try judge(returned: ("2027-02-01", .byClearing)).outcome == .takenBackInClearing)
    #expect(try judge(rise: fen(1)).outcome == .payRises)
    #expect(try judge(rise: .zero).outcome == .paidAndKept)
    #expect(try judge(byDisease: true, rise: fen(1)).outcome == .chargedByDisease)
  }

  @Test func `损失责令退回与罚款`() throws {
    let none = try judge(returned: ("2026-08-31", .byReview))
    #expect([none.loss, none.orderedBack, none.fineLeast, none.fineMost] == [.zero, .zero, .zero, .zero])
    let milder = try judge(returned: ("2026-10-01", .byInstitution))
    #expect(milder.outcome.isMilder && milder.loss == yuan(300_000) && milder.orderedBack == .zero)
    let clearing = try judge(returned: ("2026-08-01", .byClearing))
    #expect(clearing.loss == yuan(300_000) && clearing.orderedBack == .zero && !clearing.outcome.isMilder)
    let rise = try judge(rise: try #require(compare(fundPart: 240_000).lines.first).change)
    #expect(rise.loss == yuan(300_000) && rise.orderedBack == yuan(300_000))
    #expect(rise.fineLeast == yuan(300_000) && rise.fineMost == yuan(600_000))
    #expect(rise.paidByReclearing == fen(43_005))
  }

  @Test func `认定结果编号稳定`() {
    #expect(LossOutcome.allCases.map(\.rawValue) == [101, 201, 202, 301, 401, 501, 601])
    #expect(LossOutcome.allCases.filter(\.isLoss).map(\.rawValue) == [202, 301, 401, 601])
    #expect(Set(LossOutcome.allCases.map(\.message)).count == LossOutcome.allCases.count)
  }
}
