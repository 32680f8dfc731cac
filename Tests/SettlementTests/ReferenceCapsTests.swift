import Catalog
import Claims
import Kernel
import People
import Policy
import Settlement
import Testing

/// The reference against numbers worked by hand: lines, separately paid items, caps, payers, counters.
@Suite struct ReferenceCapsTests {
  static func region(_ bands: PolicyNode) -> LiteralRegion {
    var region = LiteralRegion.employee
    let plan = "settlement.employee.inpatient."
    region.state(plan + "pay_rate", bands)
    region.state(plan + "band_basis", .choice("above_deductible"))
    region.state(plan + "band_period", .choice("settlement"))
    region.state(plan + "counts_toward_pooled_cap", .flag(true))
    return region
  }

  @Test func `甲乙丙类与个人账户`() {
    var region = Self.region(.bands(("0", 75)))
    region.state("settlement.employee.class_b_self_pay", .percent(10))
    region.state("settlement.employee.inpatient.deductible", .yuan("800"))
    region.state("settlement.employee.inpatient.deductible_period", .choice("visit"))
    region.state("settlement.employee.account.usable_for", .choices(["inpatient"]))
    region.state("settlement.employee.account.scope", .choice("all"))
    region.credit = ReferenceCredit(balance: yuan("1000"), familyBalance: yuan("500"), creditLine: yuan("3000"))
    let claim = region.claim(.inpatient, [line("5000"), line("2000", ItemTerms(.b)), line("600", ItemTerms(.c))])
    var result = region.settle(claim)
    #expect(result.inPolicy == yuan("6800"))
    #expect(result.fund == yuan("4500"))
    #expect(result.account == yuan("1000"))
    #expect(result.cash == yuan("2100"))
    #expect(result.credit == yuan("2100"))
    region.credit.balance = yuan("9999")
    region.state("settlement.employee.account.scope", .choice("in_policy"))
    result = region.settle(claim)
    #expect(result.account == yuan("2500"))
    region.credit.balance = yuan("2300")
    region.state("settlement.employee.account.family_sharing", .flag(true))
    result = region.settle(claim)
    #expect(result.familyAccount == yuan("200"))
    #expect(result.cash == yuan("600"))
  }

  @Test func `限价与同一切口第二手术`() {
    var region = Self.region(.bands(("0", 100)))
    region.state("settlement.second_operation.rate", .percent(50))
    region.state("settlement.second_operation.excess_bearer", .choice("hospital"))
    var operation = line("1000", ItemTerms(.a, priceCeiling: UnitPrice(microyuan: 900_000_000)))
    operation.isSameIncisionOperation = true
    operation.amount = Money(fen: yuan("800"))
    let ceiling = ItemTerms(.a, priceCeiling: UnitPrice(microyuan: 33_335_000))
    let claim = region.claim(.inpatient, [operation, line("40", times: 3, ceiling)])
    let result = region.settle(claim)
    // Half of 900 counts of the 800 charged; 33.335 × 3 = 100.005, half up 100.01.
    #expect(result.hospital == yuan("350"))
    #expect(result.overLimit == yuan("369.99"))
    #expect(result.inPolicy == yuan("550.01"))
    #expect(result.person == yuan("19.99"))
  }

  @Test func `限制用药与审批决定自费`() {
    var region = Self.region(.bands(("0", 100)))
    func line(_ limited: Bool, _ approval: HospitalApproval) -> FeeLine {
      var line = SettlementTests.line("1", ItemTerms(.a, isLimitedUse: limited))
      line.approval = approval
      return line
    }
    let claim = region.claim(
      .inpatient,
      [
        line(true, .notSubject), line(true, .approved), line(true, .refused),
        line(false, .notSubject), line(false, .approved), line(false, .refused),
      ])
    #expect(region.settle(claim).fullySelfPaid == yuan("3"))
  }

  /// 内蒙古 2024: freezing 1,300 a tube, three or more 3,900; storage 125 a tube-month, two or more 200; 70 % / 50 %.
  @Test(arguments: [(Enrolment.Kind.employer, "2730", "140"), (.resident, "1950", "100")])
  func `辅助生殖单行支付与限额`(kind: Enrolment.Kind, freezing: String, storage: String) {
    var region = LiteralRegion(kind, category: kind == .resident ? .adult : .inService)
    let plan = "settlement.\(kind.scheme.rawValue)."
    let caps = "settlement.separately_paid."
    region.state(plan + "outpatient.pay_rate", .bands(("0", 50)))
    region.state(plan + "separately_paid.pay_rate", .percent(kind == .resident ? 50 : 70))
    region.state(
      caps + "unit_price_cap", by: ["item"], .table(["FREEZE": .yuan("1300"), "STORE": .yuan("125")]))
    region.state(caps + "occasion_cap", by: ["item"], .table(["FREEZE": .yuan("3900")]))
    region.state(caps + "monthly_cap", by: ["item"], .table(["STORE": .yuan("200")]))
    region.state(caps + "excess_bearer", .choice("person"))
    let terms = ItemTerms(.b, firstSelfPay: Rate(millionths: 100_000), isSeparatelyPaid: true)
    let freeze = region.claim(.outpatient, [line("1500", times: 4, item: "FREEZE", terms)])
    let frozen = region.settle(freeze)
    #expect(frozen.separate == yuan(freezing))
    #expect(frozen.overLimit == yuan("2100"))
    #expect(frozen.preliminarySelfPay == 0)
    let first = region.claim(.outpatient, [line("125", item: "STORE", terms)])
    let second = region.claim(.outpatient, [line("125", item: "STORE", terms)])
    #expect(region.settle(first).separate + region.settle(second).separate == yuan(storage))
    #expect(region.year["separate/STORE/2026-03"] == yuan("200"))
    let april = day(2026, 4, 1)
    let third = region.claim(.outpatient, on: april, [line("125", on: april, item: "STORE", terms)])
    #expect(region.settle(third).inPolicy == yuan("125"))
  }

  @Test func `统筹支付限额以上部分由大额补助支付`() {
    var region = Self.region(.bands(("0", 50), ("10000", 80)))
    region.state("settlement.employee.pooled_cap", .yuan("12000"))
    region.state("settlement.employee.pooled_cap_basis", .choice("fund_payments"))
    region.state("settlement.layer_order", .choices(["large_sum"]))
    region.state("settlement.employee.large_sum.bands", .bands(("0", 80)))
    region.state("settlement.employee.large_sum.band_basis", .choice("above_line"))
    region.state("settlement.employee.large_sum.period", .choice("settlement"))
    region.state("settlement.employee.separately_paid.pay_rate", .percent(70))
    region.state("settlement.separately_paid.counts_toward_pooled_cap", .flag(true))
    let separate = ItemTerms(.a, isSeparatelyPaid: true)
    let small = region.claim(.inpatient, [line("2000", separate), line("1200")])
    let before = region.settle(small)
    #expect(before.fund == yuan("2000"))
    #expect(region.year["pooled_counted"] == yuan("2000"))
    // 13,000 by the bands, 10,000 left: the first 10,000 and 5,000 / 80 % are covered, 3,750 lie above the cap.
    let large = region.claim(.inpatient, [line("20000"), line("100", separate)])
    let result = region.settle(large)
    #expect(result.pooled == yuan("10000"))
    #expect(result.aboveCap == yuan("3750"))
    #expect(result.separate == 0)
    #expect(result.layers == [.largeSum: yuan("3000")])
  }

  @Test func `大额补助不重复支付已由前序保障支付的部分`() {
    var region = Self.region(.bands(("0", 100)))
    region.state("settlement.employee.pooled_cap", .yuan("10000"))
    region.state("settlement.employee.pooled_cap_basis", .choice("fund_payments"))
    region.state("settlement.layer_order", .choices(["catastrophic", "large_sum"]))
    for layer in ["catastrophic", "large_sum"] {
      region.state("settlement.employee.\(layer).bands", .bands(("0", 90)))
      region.state("settlement.employee.\(layer).band_basis", .choice("above_line"))
      region.state("settlement.employee.\(layer).period", .choice("settlement"))
    }
    let claim = region.claim(.inpatient, amount: "15000")
    let result = region.settle(claim)
    #expect(result.layers == [.catastrophic: yuan("4500"), .largeSum: yuan("500")])
    #expect(result.person == 0)
  }

  @Test func `政策范围内金额限额`() {
    var region = Self.region(.bands(("0", 80)))
    region.state("settlement.employee.inpatient.deductible", .yuan("1000"))
    region.state("settlement.employee.inpatient.deductible_period", .choice("visit"))
    region.state("settlement.employee.pooled_cap", .yuan("10000"))
    region.state("settlement.employee.pooled_cap_basis", .choice("in_policy_amount"))
    let claim = region.claim(.inpatient, amount: "15000")
    let result = region.settle(claim)
    #expect(result.pooled == yuan("7200"))
    #expect(result.aboveCap == yuan("5000"))
    #expect(region.year["in_policy_counted"] == yuan("15000"))
    #expect(region.year["above_deductible/inpatient"] == yuan("14000"))
    #expect(region.settle(claim).aboveCap == yuan("14000"))
  }

  @Test func `定额支付不设起付线`() {
    var region = Self.region(.bands(("0", 80)))
    region.state("settlement.employee.inpatient.deductible", .yuan("1000"))
    region.state("settlement.employee.inpatient.deductible_period", .choice("admission"))
    region.state("settlement.employee.inpatient.case_quota", by: ["case_kind"], .table(["K35": .yuan("5000")]))
    var claim = region.claim(.inpatient, amount: "8000")
    claim.caseKind = "K35"
    let result = region.settle(claim)
    #expect(result.pooled == yuan("5000"))
    #expect(result.deductible == 0)
    #expect(region.year["above_deductible/inpatient"] == yuan("8000"))
    claim.caseKind = "UNKNOWN"
    #expect(region.settle(claim).pooled == yuan("5600"))
  }

  @Test func `异地就医先行自付与支付比例调整`() {
    var region = Self.region(.bands(("0", 85)))
    let scheme = "settlement.employee.cross_region."
    region.state(scheme + "first_self_pay", by: ["filing"], .table(["referred": .percent(10), "any": .percent(20)]))
    region.state(scheme + "rate_reduction", by: ["filing"], .table(["referred": .percent(5)]))
    region.state(scheme + "pay_factor", by: ["filing"], .table(["referred": .percent(90)]))
    var claim = region.claim(.inpatient, [line("1000", ItemTerms(.a, firstSelfPay: Rate(millionths: 100_000)))])
    claim.filing = .referred
    // 1,000 − 100 − 90 = 810 at (85 % − 5 %) × 90 %.
    let result = region.settle(claim)
    #expect(result.preliminarySelfPay == yuan("190"))
    #expect(result.pooled == yuan("583.20"))
    claim.filing = .local
    #expect(region.settle(claim).pooled == yuan("765"))
    claim.filing = .notFiled
    #expect(region.settle(claim).pooled == yuan("612"))
  }

  @Test func `中医药与基层加成`() {
    var region = Self.region(.bands(("0", 60), ("1000", 90)))
    let plan = "settlement.employee.inpatient."
    region.state(plan + "primary_care_points", by: ["family_doctor"], .table(["signed": .percent(5)]))
    region.state(plan + "tcm_institution_points", .percent(10))
    region.state(plan + "tcm_item_points", .percent(3))
    region.person.hasFamilyDoctor = true
    let medicine = line("500.50", ItemTerms(.a, isTraditionalChinese: true))
    var claim = region.claim(.inpatient, at: .township, [line("1500"), medicine])
    claim.institution.isTraditionalChinese = true
    // 1,000 × 75 % + 1,000.50 × 100 % + 500.50 × 3 %, half up.
    #expect(region.settle(claim).pooled == yuan("1765.52"))
    region.person.hasFamilyDoctor = false
    claim.institution.level = .secondary
    // 1,000 × 70 % + 1,000.50 × 100 % + 15.015.
    #expect(region.settle(claim).pooled == yuan("1715.52"))
  }

  @Test func `中医药加成只及起付线以上且支付不超过该部分`() {
    var region = Self.region(.bands(("0", 80)))
    let plan = "settlement.employee.inpatient."
    region.state(plan + "deductible", .yuan("400"))
    region.state(plan + "deductible_period", .choice("visit"))
    region.state(plan + "tcm_item_points", .percent(10))
    let claim = region.claim(.inpatient, [line("1000", ItemTerms(.a, isTraditionalChinese: true))])
    #expect(region.settle(claim).pooled == yuan("540"))
    region.state(plan + "pay_rate", .bands(("0", 95)))
    #expect(region.settle(claim).pooled == yuan("600"))
  }

  @Test func `参照支付与合并累计`() {
    var region = Self.region(.bands(("0", 50)))
    region.state("settlement.employee.emergency.paid_as", .choice("chronic"))
    let plan = "settlement.employee.chronic."
    region.state(plan + "accumulates_with", .choice("outpatient"))
    region.state(plan + "pay_rate", .bands(("0", 80)))
    region.state(plan + "deductible", .yuan("100"))
    region.state(plan + "deductible_period", .choice("year"))
    region.state(plan + "annual_cap", .yuan("200"))
    let claim = region.claim(.emergency, amount: "300")
    #expect(region.settle(claim).pooled == yuan("160"))
    #expect(region.year["deductible/outpatient"] == yuan("100"))
    let second = region.claim(.chronic, amount: "300")
    let result = region.settle(second)
    #expect(result.deductible == 0)
    #expect(result.pooled == yuan("40"))
    region.reverse(result)
    #expect(region.settle(second) == result)
  }

  @Test func `每次与病种限额`() {
    var region = Self.region(.bands(("0", 80)))
    let plan = "settlement.employee.inpatient."
    region.state(plan + "visit_cap", by: ["institution_level"], .table(["tertiary": .yuan("500")]))
    region.state(plan + "disease_cap", by: ["disease"], .table(["M03900": .yuan("700")]))
    var claim = region.claim(.inpatient, amount: "1000")
    claim.chronicDisease = "M03900"
    #expect(region.settle(claim).pooled == yuan("500"))
    #expect(region.settle(claim).pooled == yuan("200"))
    claim.chronicDisease = "M01600"
    claim.institution.level = .secondary
    #expect(region.settle(claim).pooled == yuan("800"))
    #expect(region.year["disease/M03900"] == yuan("700"))
  }
}
