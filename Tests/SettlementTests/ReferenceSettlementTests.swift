import Catalog
import Claims
import Kernel
import People
import Policy
import Settlement
import Testing

/// The reference against numbers worked by hand, mostly from published rules; bands, deductibles and layers.
@Suite struct ReferenceSettlementTests {
  /// 北京市基本医疗保险规定 第三十六条, three-level hospital: 85 %, 90 % from 30,000, 95 % from 40,000.
  static func beijing(_ kind: Enrolment.Kind, _ category: PersonCategory) -> LiteralRegion {
    var region = LiteralRegion(kind, category: category)
    let plan = "settlement.employee.inpatient."
    region.state(plan + "deductible", .yuan("1300"))
    region.state(plan + "deductible_period", .choice("admission"))
    region.state(plan + "deductible_repeat_factor", by: ["admission_number"], .table(["2": .percent(50)]))
    region.state(plan + "pay_rate", .bands(("0", 85), ("30000", 90), ("40000", 95)))
    region.state(plan + "band_basis", .choice("in_policy_amount"))
    region.state(plan + "band_period", .choice("settlement"))
    region.state(plan + "category_self_share", by: ["person_category"], .table(["retired": .percent(60)]))
    return region
  }

  @Test(arguments: [("20000", "15895.00"), ("35000", "28895.00"), ("40000", "33395.00"), ("90000", "80895.00")])
  func `北京第三十六条在职职工三级医院分段支付`(amount: String, pooled: String) {
    var region = Self.beijing(.employer, .inService)
    let claim = region.claim(.inpatient, amount: amount)
    let result = region.settle(claim)
    #expect(result.word == "settled")
    #expect(result.deductible == yuan("1300"))
    #expect(result.pooled == yuan(pooled))
    #expect(result.person == yuan(amount) - yuan(pooled))
    #expect(result.cash == result.person)
  }

  @Test func `北京第三十六条退休人员自付比例为在职职工的六成`() {
    var region = Self.beijing(.retired, .retired)
    let claim = region.claim(.inpatient, amount: "50000")
    #expect(region.settle(claim).pooled == yuan("45217.00"))
  }

  @Test func `高龄退休人员未单列时按退休人员计算`() {
    var region = Self.beijing(.retired, .retired)
    region.person.birth = day(1950, 5, 1)
    region.state("enrolment.retirement.elder_age", .number(70))
    region.state(
      "settlement.employee.inpatient.category_self_share", by: ["person_category"],
      .table(["retired": .percent(60), "any": .percent(100)]))
    let claim = region.claim(.inpatient, amount: "50000")
    #expect(region.settle(claim).pooled == yuan("45217.00"))
    region.state(
      "settlement.employee.inpatient.category_self_share", by: ["person_category"],
      .table(["retired": .percent(60), "retired_elder": .percent(0)]))
    var elder = region
    let second = elder.claim(.inpatient, amount: "50000")
    // Second admission: 650; the elder bears nothing of the bands.
    #expect(elder.settle(second).pooled == yuan("49350.00"))
  }

  @Test func `年内第二次住院起付线减半合计1950元`() {
    var region = Self.beijing(.employer, .inService)
    let first = region.claim(.inpatient, amount: "20000")
    let second = region.claim(.inpatient, on: day(2026, 6, 1), amount: "20000")
    #expect(region.settle(first).deductible + region.settle(second).deductible == yuan("1950"))
  }

  /// 京医保发〔2022〕28号: 1,800 a year, 70 % to 20,000 of the year's amount, 60 % above.
  @Test func `北京门诊按年累计起付与分段`() {
    var region = LiteralRegion.employee
    let plan = "settlement.employee.outpatient."
    region.state(plan + "deductible", .yuan("1800"))
    region.state(plan + "deductible_period", .choice("year"))
    region.state(plan + "pay_rate", .bands(("0", 70), ("20000", 60)))
    region.state(plan + "band_basis", .choice("in_policy_amount"))
    region.state(plan + "band_period", .choice("year"))
    var whole = region
    let all = whole.claim(.outpatient, amount: "25000")
    #expect(whole.settle(all).pooled == yuan("15740.00"))
    let first = region.claim(.outpatient, amount: "1000")
    #expect(region.settle(first).pooled == 0)
    let second = region.claim(.outpatient, amount: "9000")
    #expect(region.settle(second).pooled == yuan("5740.00"))
    let third = region.claim(.outpatient, amount: "15000")
    #expect(region.settle(third).pooled == yuan("10000.00"))
    #expect(region.year["deductible/outpatient"] == yuan("1800"))
    #expect(region.year["in_policy/outpatient"] == yuan("25000"))
    #expect(region.year["above_deductible/outpatient"] == yuan("23200"))
  }

  /// A plan that pays nothing, so that the whole in-policy amount is burden; catastrophic insurance is added by tests.
  static func burdenRegion() -> LiteralRegion {
    var region = LiteralRegion.resident
    region.state("settlement.resident.inpatient.pay_rate", .bands(("0", 0)))
    region.state("settlement.resident.inpatient.band_basis", .choice("above_deductible"))
    region.state("settlement.resident.inpatient.band_period", .choice("settlement"))
    region.state("settlement.layer_order", .choices(["catastrophic", "assistance"]))
    region.state("settlement.resident.catastrophic.period", .choice("year"))
    return region
  }

  /// 北京市城乡居民大病保险, line of 2019: bands are measured above the line; poor persons half the line, 5 points more.
  @Test(arguments: [(BeneficiaryClass.general, "43717.20"), (.subsistence, "58598.50")])
  func `北京居民大病保险按起付线以上分段`(of: BeneficiaryClass, expected: String) {
    var region = Self.burdenRegion()
    region.person.beneficiaryClass = of
    let layer = "settlement.resident.catastrophic."
    region.state(
      layer + "line", by: ["beneficiary_class"],
      .table(["general": .yuan("30404"), "any": .yuan("15202")]))
    region.state(
      layer + "bands", by: ["beneficiary_class"],
      .table(["general": .bands(("0", 60), ("50000", 70)), "any": .bands(("0", 65), ("50000", 75))]))
    region.state(layer + "band_basis", .choice("above_line"))
    var inParts = region
    let claim = region.claim(.inpatient, amount: "100000")
    let result = region.settle(claim)
    #expect(result.layers == [.catastrophic: yuan(expected)])
    let parts = ["25000.55", "0.01", "54999.44", "20000"].map { inParts.claim(.inpatient, amount: $0) }
    let sum = parts.reduce(0) { $0 + inParts.settle($1).fund }
    #expect(sum == yuan(expected))
  }

  /// 山东省 2014: 300,000 in all, 270,000 in-policy, 100,000 paid by the pooled fund; absolute bands; 87,000.
  @Test func `山东2014大病保险按绝对金额分段`() {
    var region = Self.burdenRegion()
    let layer = "settlement.resident.catastrophic."
    region.state("settlement.resident.inpatient.pay_rate", .bands(("0", 60)))
    region.state("settlement.resident.inpatient.annual_cap", .yuan("100000"))
    region.state(layer + "line", .yuan("10000"))
    region.state(layer + "bands", .bands(("0", 50), ("100000", 60)))
    region.state(layer + "band_basis", .choice("absolute"))
    region.state(layer + "cap", .yuan("200000"))
    let claim = region.claim(.inpatient, [line("270000"), line("30000", ItemTerms(.c))])
    let result = region.settle(claim)
    #expect(result.pooled == yuan("100000"))
    #expect(result.layers == [.catastrophic: yuan("87000")])
    #expect(result.fund == yuan("187000"))
    #expect(result.aboveCap == 0)
    #expect(region.year["layer_burden/catastrophic"] == yuan("170000"))
  }

  @Test func `山东2014二十类疾病单列分段`() {
    var region = Self.burdenRegion()
    let layer = "settlement.resident.catastrophic."
    region.state(
      layer + "bands", by: ["beneficiary_class"],
      .table(["listed_disease": .bands(("0", 17), ("10000", 73)), "any": .bands(("0", 50))]))
    region.state(layer + "band_basis", .choice("absolute"))
    var claim = region.claim(.inpatient, amount: "12000")
    claim.isListedDisease = true
    #expect(region.settle(claim).fund == yuan("3160"))
  }

  @Test func `补充保障依次支付且年度限额内为止`() {
    var region = Self.burdenRegion()
    region.state("settlement.resident.catastrophic.bands", .bands(("0", 60)))
    region.state("settlement.resident.catastrophic.band_basis", .choice("above_line"))
    region.state("settlement.resident.catastrophic.cap", .yuan("8000"))
    region.state("settlement.resident.assistance.bands", .bands(("0", 50)))
    region.state("settlement.resident.assistance.band_basis", .choice("above_line"))
    region.state("settlement.resident.assistance.period", .choice("settlement"))
    region.state("settlement.resident.assistance.includes", .choices(["first_self_pay"]))
    let terms = ItemTerms(.b, firstSelfPay: Rate(millionths: 100_000))
    let claim = region.claim(.inpatient, [line("10000", terms)])
    let result = region.settle(claim)
    // 9,000 in-policy: 5,400; left 3,600 and 1,000 first self-pay: half.
    #expect(result.layers == [.catastrophic: yuan("5400"), .assistance: yuan("2300")])
    let second = region.claim(.inpatient, [line("10000", terms)])
    // 2,600 left under the cap; 6,400 + 1,000, half.
    #expect(region.settle(second).layers == [.catastrophic: yuan("2600"), .assistance: yuan("3700")])
  }

  static func chains(_ referral: String) -> LiteralRegion {
    var region = LiteralRegion.employee
    let plan = "settlement.employee.inpatient."
    region.state(
      plan + "deductible", by: ["institution_level"],
      .table(["tertiary": .yuan("900"), "secondary": .yuan("600"), "any": .yuan("300")]))
    region.state(plan + "deductible_period", .choice("admission"))
    region.state(plan + "deductible_referral", .choice(referral))
    region.state(
      plan + "deductible_repeat_factor", by: ["admission_number"], .table(["2": .percent(50), "3": .percent(30)]))
    region.state(plan + "pay_rate", .bands(("0", 80)))
    region.state(plan + "band_basis", .choice("above_deductible"))
    region.state(plan + "band_period", .choice("settlement"))
    return region
  }

  /// A chain is one stay at the higher level's standard (浙江), or pays the difference upward and none downward (江西).
  @Test(arguments: [
    ("one_stay_highest", ["300", "600", "0", "0"]), ("difference_up_none_down", ["300", "600", "0", "300"]),
    ("each_stay", ["300", "450", "300", "180"]),
  ])
  func `医共体双向转诊起付线`(referral: String, expected: [String]) {
    var region = Self.chains(referral)
    region.state(
      "settlement.employee.inpatient.deductible_floor", by: ["institution_level"],
      .table(["township": .yuan("400"), "any": .yuan("100")]))
    var applied: [Int64] = []
    for level in [InstitutionLevel.township, .tertiary, .township, .secondary] {
      var claim = region.claim(.inpatient, at: level, amount: "5000")
      claim.referralChain = "R1"
      applied.append(region.settle(claim).deductible)
    }
    #expect(applied == expected.map { yuan($0) })
  }

  @Test func `转诊链按一次住院计入年内次数`() {
    var region = Self.chains("one_stay_highest")
    for level in [InstitutionLevel.township, .tertiary] {
      var claim = region.claim(.inpatient, at: level, amount: "5000")
      claim.referralChain = "R1"
      _ = region.settle(claim)
    }
    let outside = region.claim(.inpatient, amount: "5000")
    #expect(region.settle(outside).deductible == yuan("450"))
    #expect(region.year.stays.map(\.standard) == [yuan("300"), yuan("900"), yuan("450")])
  }

  @Test func `下转不再支付起付线即使下级标准更高`() {
    var region = Self.chains("difference_up_none_down")
    region.state(
      "settlement.employee.inpatient.deductible", by: ["institution_level"],
      .table(["tertiary": .yuan("500"), "any": .yuan("800")]))
    var applied: [Int64] = []
    for level in [InstitutionLevel.tertiary, .secondary, .secondary, .tertiary] {
      var claim = region.claim(.inpatient, at: level, amount: "5000")
      claim.referralChain = "R1"
      applied.append(region.settle(claim).deductible)
    }
    #expect(applied == [yuan("500"), 0, 0, 0])
  }

  @Test func `同级次数与降低额及特殊人员比例`() {
    var region = LiteralRegion.resident
    region.person.beneficiaryClass = .destitute
    let plan = "settlement.resident.inpatient."
    region.state(plan + "deductible", .yuan("800"))
    region.state(plan + "deductible_period", .choice("admission"))
    region.state(plan + "deductible_repeat_scope", .choice("same_level"))
    region.state(
      plan + "deductible_repeat_reduction", by: ["admission_number"], .table(["2": .yuan("300"), "4": .yuan("700")]))
    region.state(plan + "deductible_floor", .yuan("200"))
    region.state(
      plan + "deductible_beneficiary_factor", by: ["beneficiary_class"], .table(["destitute": .percent(50)]))
    region.state(plan + "pay_rate", .bands(("0", 70)))
    region.state(plan + "band_basis", .choice("above_deductible"))
    region.state(plan + "band_period", .choice("settlement"))
    let levels: [InstitutionLevel] = [.primary, .primary, .tertiary, .primary, .primary]
    let applied = levels.map { level in
      let claim = region.claim(.inpatient, at: level, amount: "5000")
      return region.settle(claim).deductible
    }
    // 800, 500, 800 (another level), 500, max(100, 200), each halved.
    #expect(applied == ["400", "250", "400", "250", "100"].map { yuan($0) })
  }
}
