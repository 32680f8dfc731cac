import Kernel
import Payment
import People
import Testing

/// Rules around the group: routes, cases without a group, special cases, coefficients, other ways of payment.
struct CaseRuleTests {
  private func table(_ rows: [GroupRow]? = nil) throws -> GroupTable {
    try GroupTable(
      edition: "trial",
      rows: rows ?? [
        GroupRow(code: "G1", weight: PaymentTrial.factor("2"), score: PaymentTrial.points("1000")),
        GroupRow(code: "B1", weight: .one, score: PaymentTrial.points("500"), isBase: true),
        GroupRow(code: "T1", weight: .one, score: PaymentTrial.points("500"), isChineseMedicine: true),
        GroupRow(code: "U1", weight: .one, score: PaymentTrial.points("500"), isStable: false),
        GroupRow(code: "Z1"), GroupRow(code: "I1", weight: .one, isPaidByItem: true),
        GroupRow(code: "0", weight: PaymentTrial.factor("0.2")),
      ])
  }

  private func rated(_ change: (inout GroupedTerms) throws -> Void = { _ in }) throws -> PaymentContract {
    var terms = try GroupedTerms(
      .rate(
        SourcedTerm(
          Graded([
            .init(level: .primary): PaymentTrial.price("5000"), .init(level: .tertiary): PaymentTrial.price("8000"),
          ]))),
      table: table(), rounding: PaymentTrial.rounding)
    try change(&terms)
    return PaymentTrial.contract(terms)
  }

  private func pay(
    _ contract: PaymentContract, _ group: String = "G1", cost: String = "10000.00",
    level: InstitutionLevel = .tertiary, days: Int = 5, marks: Set<PaymentMark> = [],
    _ determination: CaseDetermination = .none
  ) throws -> CasePayment {
    CaseEngine.pay(
      try PaymentTrial.paid(group, cost: cost, level: level, days: days, marks: marks), under: contract,
      determination: determination)
  }

  // MARK: Groups that cannot pay

  @Test(arguments: [
    ("", CaseOutcome.ungrouped), ("0000", .ungrouped), ("B000", .ungrouped), ("BQY", .ambiguous), ("XX1", .unlisted),
    ("U1", .unstable),
  ])
  func `没有可付病组的病例据实支付并说明原因`(group: String, outcome: CaseOutcome) throws {
    let contract = try rated {
      $0.withoutGroup = try WithoutGroupTerms(
        ungroupedCodes: [Need.value(GroupPattern("0000")), Need.value(GroupPattern("*000"))],
        ambiguousCodes: [Need.value(GroupPattern("*QY"))])
    }
    let payment = try pay(contract, group)
    #expect(payment.outcome == outcome)
    #expect(payment.payable == Money(yuan: "10000.00"))
    #expect(payment.points == nil)
    #expect(payment.needsReview)
  }

  @Test func `合同说明未入组如何支付时从合同`() throws {
    func contract(_ pay: WithoutGroupTerms.Pay, _ reason: WithoutGroupTerms.Reason = .ungrouped) throws
      -> PaymentContract
    {
      try rated { $0.withoutGroup = WithoutGroupTerms(pays: [reason: SourcedTerm(pay)]) }
    }
    #expect(try pay(contract(.actualCost), "").needsReview == false)
    #expect(try pay(contract(.shareOfCost(PaymentTrial.factor("0.8"))), "").payable == Money(yuan: "8000.00"))
    #expect(try pay(contract(.nothing), "").payable == .zero)
    let asRow = try pay(contract(.asGroup("0")), "")
    #expect(asRow.payable == Money(yuan: "1600.00"))
    #expect(asRow.outcome == .ungrouped)
    #expect(try pay(contract(.asListed, .unstable), "U1").outcome == .standard)
    // A row that is not there cannot pay: by item, and somebody looks.
    let lost = try pay(contract(.asGroup("NONE")), "")
    #expect(lost.payable == Money(yuan: "10000.00"))
    #expect(lost.needsReview)
  }

  @Test(arguments: ["Z1", "I1"])
  func `无权重或列明按项目的病组据实支付`(group: String) throws {
    let payment = try pay(rated(), group, cost: "321.09")
    #expect(payment.outcome == .groupPerItem)
    #expect(payment.payable == Money(yuan: "321.09"))
  }

  @Test func `合同缺少条款时不支付`() throws {
    let payment = try pay(rated(), level: .secondary)
    #expect(payment.outcome == .termMissing)
    #expect(payment.payable == nil && payment.points == nil && payment.needsReview)
    let noCoefficient = try rated {
      $0.coefficients = CoefficientTerms(values: SourcedTerm(Graded([.init(level: .primary): .one])))
    }
    #expect(try pay(noCoefficient).outcome == .termMissing)
    let noReference = try rated {
      $0.deviation = DeviationTerms(references: [CostReference(.tableMean)])
    }
    #expect(try pay(noReference).outcome == .termMissing)
  }

  @Test func `合同年度和险种之外不支付`() throws {
    var contract = try rated()
    contract.schemes = [.resident]
    #expect(try pay(contract).outcome == .outsideContract)
    #expect(try pay(contract).payable == nil)
    contract.schemes = [.employee]
    contract.year = 2025
    #expect(try pay(contract).outcome == .outsideContract)
  }

  // MARK: Kinds of groups

  @Test func `基础病组按最低等级费率同病同价`() throws {
    let contract = try rated { $0.baseGroups = GroupKindTerms(.asLevel(.primary)) }
    for level in [InstitutionLevel.primary, .secondary, .tertiary] {
      #expect(try pay(contract, "B1", level: level).payable == Money(yuan: "5000.00"))
    }
    #expect(try pay(rated(), "B1").payable == Money(yuan: "8000.00"))
  }

  @Test func `中医优势病组的三种写法`() throws {
    func contract(_ rule: GroupKindTerms.Rule) throws -> PaymentContract {
      try rated {
        $0.coefficients = CoefficientTerms(values: SourcedTerm(Graded(try PaymentTrial.factor("0.9"))))
        $0.chineseMedicine = GroupKindTerms(rule)
      }
    }
    let tenth = try PaymentTrial.factor("0.1")
    #expect(try pay(contract(.coefficient(.one)), "T1").payable == Money(yuan: "8000.00"))
    #expect(try pay(contract(.addedToCoefficient(tenth)), "T1").payable == Money(yuan: "8000.00"))
    #expect(try pay(contract(.raised(tenth)), "T1").payable == Money(yuan: "7920.00"))
    #expect(try pay(contract(.raised(tenth)), "G1").payable == Money(yuan: "14400.00"))
  }

  @Test func `辅助目录取最高系数`() throws {
    let terms = try GroupedTerms(
      .score, table: table(),
      auxiliary: AuxiliaryTerms(
        factors: ["severe": PaymentTrial.factor("1.3"), "infant": PaymentTrial.factor("1.4")],
        byGroup: ["G1": ["severe": PaymentTrial.factor("1.5")]]),
      assessment: AssessmentTerms(
        support: Graded(PaymentTrial.factor("0.1")), assessment: Graded(PaymentTrial.factor("0.98"))),
      rounding: PaymentTrial.rounding)
    let contract = PaymentTrial.contract(terms)
    let both = CaseDetermination(auxiliaryTypes: ["severe", "infant"])
    // (500 × 1.4) × 1.1 × 0.98; for G1 its own factor for severe cases goes before.
    #expect(try pay(contract, "B1", both).points == Points("754.6"))
    #expect(try pay(contract, "G1", both).points == Points("1617"))
    #expect(try pay(contract, "G1").points == Points("1078"))
  }

  // MARK: Special cases

  private func special(_ pay: SpecialTerms.NewTechnologyPay?) throws -> PaymentContract {
    try rated {
      $0.special = SpecialTerms(newTechnology: pay, negotiates: true)
      $0.deviation = try DeviationTerms(
        references: [CostReference(.standard)],
        high: HighCostTerms(
          bands: [.init(below: nil, multiple: PaymentTrial.factor("3"))], isInclusive: false,
          pay: .linearAdd(withCoefficient: false)))
    }
  }

  @Test func `特病单议以专家结论为准`() throws {
    let contract = try special(nil)
    func decided(_ decision: CaseDetermination.Decision?) throws -> CasePayment {
      try pay(
        contract, cost: "50000.00", marks: [.specialNegotiation], CaseDetermination(decision: decision))
    }
    let amount = try decided(.amount(PaymentTrial.money("42000.00")))
    #expect(amount.outcome == .negotiated && amount.payable == Money(yuan: "42000.00"))
    #expect(try decided(.actualCost).payable == Money(yuan: "50000.00"))
    // Refused: as every case. Open: the same for now, and somebody looks. Both 16000 + (50000 − 3 × 16000).
    #expect(try decided(.refused).payable == Money(yuan: "18000.00"))
    #expect(try decided(.refused).needsReview == false)
    #expect(try decided(nil).payable == Money(yuan: "18000.00"))
    #expect(try decided(nil).needsReview)
  }

  @Test func `新技术在比例内另行支付`() throws {
    let own = try HighCostTerms(
      bands: [.init(below: nil, multiple: PaymentTrial.factor("1.5"))], isInclusive: false,
      pay: .linearAdd(withCoefficient: false))
    func paid(_ pay: SpecialTerms.NewTechnologyPay, _ isWithin: Bool?) throws -> CasePayment {
      try self.pay(
        special(pay), cost: "30000.00", marks: [.newTechnology], CaseDetermination(isWithinQuota: isWithin))
    }
    #expect(try paid(.actualCost, true).payable == Money(yuan: "30000.00"))
    #expect(try paid(.highCost(own), true).payable == Money(yuan: "22000.00"))
    #expect(try paid(.highCost(own), true).outcome == .newTechnology)
    #expect(try paid(.highCost(own), false).payable == Money(yuan: "16000.00"))
    #expect(try paid(.highCost(own), nil).needsReview)
  }

  @Test(arguments: [(199, 0), (200, 1), (399, 1), (400, 2)])
  func `特例单议件数不超过出院人次的比例`(discharges: Int, limit: Int) throws {
    let quota = try PaymentTrial.factor("0.005")
    #expect(SpecialCaseQuota.limit(discharges: discharges, quota: quota) == limit)
    let applications = [("A", 5), ("B", 9), ("C", 9)].map {
      SpecialCaseQuota.Application(id: $0.0, excess: Money(fen: $0.1))
    }
    let expected = Set(["B", "C"].prefix(limit))
    #expect(SpecialCaseQuota.within(applications, discharges: discharges, quota: quota) == expected)
    #expect(SpecialCaseQuota.within(applications.reversed(), discharges: discharges, quota: quota) == expected)
  }

  // MARK: Other ways

  @Test(arguments: [(0, "0.00"), (1, "420.00"), (30, "12600.00"), (31, "12930.00"), (60, "22500.00"), (61, "22710.00")])
  func `床日付费按日分段累加`(days: Int, payable: String) throws {
    let terms = try PerDiemTerms(
      bands: [
        .init(above: 0, price: Graded(PaymentTrial.price("420"))),
        .init(above: 30, price: Graded(PaymentTrial.price("330"))),
        .init(above: 60, price: Graded(PaymentTrial.price("210"))),
      ], rounding: .halfUp)
    var contract = try rated()
    contract.routes = [PaymentRoute("bed_day", when: [CareCondition(marks: [.bedDay])], .perDiem(terms))]
    let payment = try pay(contract, "", days: days, marks: [.bedDay])
    #expect(payment.outcome == .perDiem)
    #expect(payment.payable == Money(yuan: payable))
    #expect(payment.needsReview == (days == 0))
  }

  @Test func `按病种、按项目与按人头`() throws {
    var contract = try rated()
    let amounts = try PerDiseaseTerms(amounts: ["G1": Graded([.init(level: .tertiary): PaymentTrial.money("9000.00")])])
    contract.otherwise = PaymentRoute("disease", .perDisease(amounts))
    #expect(try pay(contract).payable == Money(yuan: "9000.00"))
    #expect(try pay(contract, level: .primary).outcome == .termMissing)
    #expect(try pay(contract, "G2").outcome == .unlisted)
    contract.otherwise = PaymentRoute("item", .perItem)
    #expect(try pay(contract).payable == Money(yuan: "10000.00"))
    contract.otherwise = PaymentRoute("head", .perCapita)
    let head = try pay(contract)
    #expect(head.outcome == .perCapita && head.payable == nil && head.points == nil)
  }

  @Test(arguments: [(2, "out"), (3, "grouped"), (60, "grouped"), (61, "out")])
  func `住院天数决定是否入组付费`(days: Int, name: String) throws {
    var contract = try rated()
    contract.routes = [
      PaymentRoute("out", when: [CareCondition(stayAtMost: 2), CareCondition(stayAbove: 60)], .perItem)
    ]
    #expect(CaseEngine.route(of: try PaymentTrial.paid(cost: "1.00", days: days), under: contract).name == name)
  }

  // MARK: Coefficients of institutions

  @Test(arguments: [
    (CoefficientBonus.Form.steps, "1", "0"), (.steps, "1.0001", "0.01"), (.steps, "1.1999", "0.01"),
    (.steps, "1.2", "0.02"),
    (.steps, "9", "0.03"), (.linear, "1.1", "0.015"),
  ])
  func `高于均值先加一档再逐档加直至上限`(form: CoefficientBonus.Form, own: String, adds: String) throws {
    // Xiamen's L2b: above the mean +0.01, then +0.01 per 20 %, at most 0.03.
    let rule = try InstitutionCoefficientRule(
      basic: SourcedTerm(Graded(PaymentTrial.factor("0.93"))),
      bonuses: [
        CoefficientBonus(
          name: "L2b", indicator: "aged", measure: .ratio, first: PaymentTrial.factor("0.01"),
          each: PaymentTrial.factor("0.2"), adds: PaymentTrial.factor("0.01"), form: form,
          caps: Graded([.init(level: .tertiary): PaymentTrial.factor("0.03")]))
      ], decimals: 6, rounding: .halfUp)
    let standing = ["aged": PeerStanding(own: Fraction(try PaymentTrial.factor(own)), peers: .one)]
    let found = try #require(rule.coefficient(of: "H1", level: .tertiary, scheme: .employee, standings: standing))
    #expect(found.total == (try PaymentTrial.factor("0.93") + PaymentTrial.factor(adds)))
    // A level without a cap gets no bonus, and without an indicator there is none either.
    #expect(rule.coefficient(of: "H1", level: .primary, scheme: .employee, standings: standing)?.total == found.basic)
    #expect(rule.coefficient(of: "H1", level: .tertiary, scheme: .employee, standings: [:])?.total == found.basic)
  }
}
