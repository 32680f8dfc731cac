import Kernel
import Payment
import People
import Testing

/// Every payment example of the shared file; an example that no test knows fails.
@Suite(.enabled(if: SharedFolder.path != nil, "payment examples need ../shared beside the repository"))
struct PaymentExampleTests {
  /// Domains that the Settlement room answers for, with its own worked cases.
  private static let benefits: Set<String> = [
    "catastrophic_insurance", "inpatient_deductible", "inpatient_coinsurance", "outpatient_pooling", "benefit_order",
  ]

  @Test func `示例文件已读入`() {
    #expect(PaymentExample.all.count == 49)
    #expect(PaymentExample.all.count { !Self.benefits.contains($0.domain) } == 33)
  }

  @Test(arguments: PaymentExample.all.filter { !benefits.contains($0.domain) })
  func `支付示例`(example: PaymentExample) throws {
    #expect(!example.expected.isEmpty)
    switch (example.domain, example.id) {
    case ("dip_grade_coefficient", "XM-L-1"), ("dip_grade_coefficient", "XM-L-2"),
      ("dip_grade_coefficient", "XM-L-4"):
      try checkCoefficient(example)
    case ("drg_scope", "QY-LOS-1"), ("drg_scope", "QY-LOS-3"), ("drg_scope", "QY-LOS-5"): try checkScope(example)
    case ("dip_score", "DIP-RW-1"): try checkScore(example)
    case ("dip_score", "DIP-W127-1"): try checkYears(example)
    case ("dip_point_value", "DIP-PV-BUDGET-1"): try checkBudgetValue(example)
    case ("dip_point_value", "DIP-PV-SETTLE-1"): try checkSettlementValue(example)
    case ("dip_deviation", _): try checkDeviation(example)
    case ("drg_points", _) where example.id.hasPrefix("DRGX-BAND-"): try checkBand(example)
    case ("drg_points", _): try checkPoints(example)
    case ("indicator", "IND-CMI-1"): try checkCaseMix(example)
    case ("indicator", "IND-CEI-TEI-1"): try checkIndexes(example)
    case ("indicator", "IND-LRM-1"): try checkMortality(example)
    default: Issue.record("no test knows the example \(example.id) of \(example.domain)")
    }
  }

  // MARK: Coefficients and scope

  /// Xiamen 2024 (厦医保中心〔2024〕40号); the examples are whole steps, so both readings give them.
  private func checkCoefficient(_ example: PaymentExample) throws {
    let level: InstitutionLevel = try example.input("level") == "tertiary" ? .tertiary : .primary
    func caps(_ tertiary: String, _ secondary: String) throws -> Graded<Factor> {
      try Graded([
        .init(level: .tertiary): PaymentTrial.factor(tertiary),
        .init(level: .secondary): PaymentTrial.factor(secondary),
      ])
    }
    for form in CoefficientBonus.Form.allCases {
      let rule = try InstitutionCoefficientRule(
        basic: SourcedTerm(
          Graded([
            .init(level: .tertiary): PaymentTrial.factor("0.93"), .init(level: .secondary): PaymentTrial.factor("0.72"),
            .init(level: .primary): PaymentTrial.factor("0.55"),
          ])),
        bonuses: [
          CoefficientBonus(
            name: "L1", indicator: "cmi", measure: .ratio, each: PaymentTrial.factor("0.05"),
            adds: PaymentTrial.factor("0.01"), form: form, caps: caps("0.13", "0.06")),
          CoefficientBonus(
            name: "L2a", indicator: "children", measure: .ratio, each: PaymentTrial.factor("0.1"),
            adds: PaymentTrial.factor("0.01"), form: form, caps: caps("0.06", "0.03")),
        ], decimals: 6, rounding: .halfUp)
      func standing(_ name: String) throws -> PeerStanding {
        let above = try PaymentTrial.factor(example.input(name))
        return PeerStanding(own: Fraction(.one + above), peers: .one)
      }
      let found = try #require(
        rule.coefficient(
          of: "H1", level: level, scheme: .employee,
          standings: [
            "cmi": standing("cmi_over_peer_mean"), "children": standing("child_share_over_peer_mean"),
          ]))
      for (name, text) in example.expected {
        let expected = try PaymentTrial.factor(text)
        switch name {
        case "L0": #expect(found.basic == expected && found.total == expected)
        case "L0+L1+L2a": #expect(found.total == expected)
        default: #expect(try #require(found.parts.first { $0.name == name }).amount == expected)
        }
      }
    }
  }

  /// Qingyang 2025: stays of 2 days or less, of more than 60 days and bed-day cases are outside.
  private func checkScope(_ example: PaymentExample) throws {
    let terms = try GroupedTerms(
      .points(scale: SourcedTerm(.one)),
      table: GroupTable(edition: "trial", rows: [GroupRow(code: "G1", weight: PaymentTrial.factor("1"))]),
      rounding: PaymentTrial.rounding)
    let outside = PaymentRoute(
      "outside", when: [CareCondition(marks: [.bedDay]), CareCondition(stayAtMost: 2), CareCondition(stayAbove: 60)],
      .perItem)
    let days = try Need.value(Int(example.input("los_days")))
    let isBedDay = try example.input("bed_day_case") == "true"
    let paid = try PaymentTrial.paid(cost: "100.00", days: days, marks: isBedDay ? [.bedDay] : [])
    let payment = CaseEngine.pay(paid, under: PaymentTrial.contract(terms, routes: [outside]))
    #expect((payment.method == .drgPoints) == (example.expected["in_drg_scope"] == "true"))
    #expect(payment.outcome == (payment.method == .drgPoints ? .standard : .perItem))
  }

  // MARK: Deviation

  private func checkDeviation(_ example: PaymentExample) throws {
    let rules: DeviationTerms
    let references = [CostReference(.tableMean)]
    let half = try PaymentTrial.factor("0.5")
    let two = try HighCostTerms.Band(below: nil, multiple: PaymentTrial.factor("2"))
    switch example.id {
    case "DIP-DEV-LOW", "DIP-DEV-EQ50", "DIP-DEV-HIGH":
      rules = DeviationTerms(
        references: references,
        low: LowCostTerms(bound: half, isInclusive: false, pay: .proportional(withCoefficient: true)),
        high: HighCostTerms(bands: [two], isInclusive: false, pay: .linearAdd(withCoefficient: true)))
    case "DIP-JN-EQ50", "DIP-JN-HIGH", "DIP-JN-BLANK":
      rules = try DeviationTerms(
        references: references,
        low: LowCostTerms(bound: half, isInclusive: true, pay: .proportional(withCoefficient: false)),
        high: HighCostTerms(bands: [two], isInclusive: false, pay: .linearAdd(withCoefficient: false)),
        extreme: ExtremeCostTerms(bound: PaymentTrial.factor("5"), isInclusive: false, pay: .standardOnly))
    case "DIP-CITYX-1", "DIP-CITYX-2", "DIP-CITYX-4":
      rules = try DeviationTerms(
        references: references,
        low: LowCostTerms(
          bound: PaymentTrial.factor(example.input("low")), isInclusive: true, pay: .proportional(withCoefficient: true)
        ),
        high: HighCostTerms(
          bands: [.init(below: nil, multiple: PaymentTrial.factor(example.input("high")))], isInclusive: true,
          pay: .linearAdd(withCoefficient: true)))
    default:
      Issue.record("no test knows the example \(example.id) of \(example.domain)")
      return
    }
    let mean =
      try example.inputs["reference_mean_cost"] ?? example.inputs["blank_group_mean"] ?? [example.input("reference")]
    let factor = try PaymentTrial.factor(example.inputs["hospital_factor"]?.first ?? "1")
    func pay(_ coefficient: Factor) throws -> CasePayment {
      let terms = try GroupedTerms(
        .score,
        table: GroupTable(
          edition: "trial",
          rows: [
            GroupRow(
              code: "G1", score: PaymentTrial.points(example.inputs["score"]?.first ?? "1000"),
              means: Graded(PaymentTrial.price(Need.value(mean.first))))
          ]),
        coefficients: CoefficientTerms(values: SourcedTerm(Graded(coefficient))), deviation: rules,
        blankGroup: example.id == "DIP-JN-BLANK"
          ? BlankGroupTerms(groups: [Need.value(GroupPattern("G1"))], share: PaymentTrial.factor("0.7")) : nil,
        rounding: PaymentTrial.rounding)
      return CaseEngine.pay(
        try PaymentTrial.paid(cost: example.input("case_cost")), under: PaymentTrial.contract(terms))
    }
    let payment = try pay(factor)
    for (name, text) in example.expected {
      switch name {
      case "class": #expect(payment.deviation.rawValue == text)
      case "case_score": #expect(payment.points == (try PaymentTrial.points(text)))
      case "case_score_before_factor": #expect(try pay(.one).points == (try PaymentTrial.points(text)))
      default: Issue.record("\(example.id) expects \(name), which no test compares")
      }
    }
  }

  // MARK: DRG points

  private static func bands() throws -> [HighCostTerms.Band] {
    try [("1", "3"), ("2", "2.5"), ("3", "2"), ("5", "1.5"), (nil, "1.3")].map { edge, multiple in
      try .init(below: edge.map { try PaymentTrial.factor($0) }, multiple: PaymentTrial.factor(multiple))
    }
  }

  private func checkBand(_ example: PaymentExample) throws {
    let terms = HighCostTerms(bands: try Self.bands(), isInclusive: false, pay: .deduct)
    let weight = try PaymentTrial.factor(example.input("rw"))
    #expect(
      terms.multiple(forMillionths: weight.millionths)
        == (try PaymentTrial.factor(Need.value(example.expected["high_multiplier"]))))
  }

  private func checkPoints(_ example: PaymentExample) throws {
    let known = ["DRGX-NORMAL", "DRGX-HIGH-DEDUCT", "DRGX-HIGH-LINEAR", "DRGX-HIGH-DEDUCT-F09"]
    guard known.contains(example.id) else {
      Issue.record("no test knows the example \(example.id) of \(example.domain)")
      return
    }
    let weight = try PaymentTrial.factor(example.input("rw"))
    let mean = try PaymentTrial.price(example.input("city_mean_cost"))
    let scale = try PaymentTrial.factor(example.input("point_scale"))
    let value = try PaymentTrial.price(example.input("point_value_employee"))
    let isDeducted = try example.input("high_mode") == "deduct"
    let terms = try GroupedTerms(
      .points(scale: SourcedTerm(scale)),
      table: GroupTable(edition: "trial", rows: [GroupRow(code: "GE29", weight: weight)]),
      coefficients: CoefficientTerms(values: SourcedTerm(Graded(PaymentTrial.factor(example.input("level_factor"))))),
      deviation: DeviationTerms(
        references: [CostReference(.weight(Graded(mean)))],
        low: LowCostTerms(
          bound: PaymentTrial.factor(example.input("low_rate")), isInclusive: false,
          pay: .proportional(withCoefficient: false)),
        high: HighCostTerms(
          bands: Self.bands(), isInclusive: false, pay: isDeducted ? .deduct : .linearAdd(withCoefficient: false))),
      pointValue: SourcedTerm(Graded(value)), rounding: PaymentTrial.rounding)
    let payment = CaseEngine.pay(
      try PaymentTrial.paid("GE29", cost: example.input("case_cost")), under: PaymentTrial.contract(terms))
    for (name, text) in example.expected {
      switch name {
      case "class": #expect(payment.deviation.rawValue == text)
      case "total_points": #expect(payment.points == (try PaymentTrial.points(text)))
      case "drg_pay": #expect(payment.payable == (try PaymentTrial.money(text)))
      case "ratio":
        let step = try #require(payment.steps.first { $0.code == .ratio })
        #expect(step.result == .factor(try PaymentTrial.factor(text)))
      case "control_factor":
        let control = Fraction(fenOf: value) * Fraction(scale) / Fraction(fenOf: mean)
        #expect(control.factor(.halfUp) == (try PaymentTrial.factor(text)))
      case "group_mean_cost":
        let reference = Fraction(weight) * Fraction(fenOf: mean)
        #expect(reference.price(decimals: 4, .halfUp) == (try PaymentTrial.price(text)))
        let step = try #require(payment.steps.first { $0.code == .reference })
        #expect(step.result == .money(reference.money(.halfUp)))
      default: Issue.record("\(example.id) expects \(name), which no test compares")
      }
    }
  }
}
