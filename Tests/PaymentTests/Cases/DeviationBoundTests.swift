import Kernel
import Payment
import Testing

/// Every form of payment for unusual costs at its bound, a fen under it and a fen over it.
///
/// The group: weight 1, 1,000 yuan a weight, 100 points a weight, 11 yuan a point, rate 1,100 yuan, coefficient 0.9
/// unless said otherwise; very low below 0.4 (400 yuan), very high above 3 (3,000 yuan).
struct DeviationBoundTests {
  private func terms(
    points isByPoints: Bool = true, coefficient: String = "0.9", low: LowCostTerms.Pay = .actualCost,
    lowInclusive: Bool = false, falls: Bool = false, high: HighCostPay = .standardOnly, highInclusive: Bool = false,
    extreme: ExtremeCostTerms? = nil
  ) throws -> PaymentContract {
    let basis: GroupBasis =
      isByPoints
      ? .points(scale: SourcedTerm(try PaymentTrial.factor("100")))
      : .rate(SourcedTerm(Graded(try PaymentTrial.price("1100"))))
    return PaymentTrial.contract(
      try GroupedTerms(
        basis, table: GroupTable(edition: "trial", rows: [GroupRow(code: "G1", weight: .one)]),
        coefficients: CoefficientTerms(values: SourcedTerm(Graded(PaymentTrial.factor(coefficient)))),
        deviation: DeviationTerms(
          references: [CostReference(.weight(Graded(PaymentTrial.price("1000"))))],
          low: LowCostTerms(
            bound: PaymentTrial.factor("0.4"), isInclusive: lowInclusive, fallsWithCoefficient: falls, pay: low),
          high: HighCostTerms(
            bands: [.init(below: nil, multiple: PaymentTrial.factor("3"))], isInclusive: highInclusive, pay: high),
          extreme: extreme),
        pointValue: SourcedTerm(Graded(PaymentTrial.price("11"))),
        rounding: PaymentRounding(amount: .halfUp, pointDecimals: 6, points: .halfUp)))
  }

  private func pay(_ cost: String, _ contract: PaymentContract) throws -> CasePayment {
    CaseEngine.pay(try PaymentTrial.paid(cost: cost), under: contract)
  }

  // MARK: Bounds

  @Test(arguments: [
    (false, "399.99", CaseDeviation.low), (false, "400.00", .normal), (false, "400.01", .normal),
    (true, "399.99", .low), (true, "400.00", .low), (true, "400.01", .normal),
  ])
  func `低倍率界限是否包含本数`(inclusive: Bool, cost: String, expected: CaseDeviation) throws {
    #expect(try pay(cost, terms(lowInclusive: inclusive)).deviation == expected)
  }

  @Test(arguments: [
    (false, "2999.99", CaseDeviation.normal), (false, "3000.00", .normal), (false, "3000.01", .high),
    (true, "2999.99", .normal), (true, "3000.00", .high), (true, "3000.01", .high),
  ])
  func `高倍率界限是否包含本数`(inclusive: Bool, cost: String, expected: CaseDeviation) throws {
    #expect(try pay(cost, terms(highInclusive: inclusive)).deviation == expected)
  }

  @Test(arguments: [
    ("0.9", "359.99", CaseDeviation.low), ("0.9", "360.00", .normal), ("1.2", "399.99", .low),
    ("1.2", "400.00", .normal),
  ])
  func `低倍率界限取较低者时随系数下降而不上升`(coefficient: String, cost: String, expected: CaseDeviation) throws {
    #expect(try pay(cost, terms(coefficient: coefficient, falls: true)).deviation == expected)
  }

  @Test(arguments: [
    (false, "5000.00", CaseDeviation.high), (false, "5000.01", .extreme), (true, "4999.99", .high),
    (true, "5000.00", .extreme),
  ])
  func `费用异常界限与评审标志`(inclusive: Bool, cost: String, expected: CaseDeviation) throws {
    let extreme = ExtremeCostTerms(
      bound: try PaymentTrial.factor("5"), isInclusive: inclusive, pay: .standardOnly)
    let payment = try pay(cost, terms(high: .linearAdd(withCoefficient: false), extreme: extreme))
    #expect(payment.deviation == expected)
    #expect(payment.needsReview == (expected == .extreme))
    if expected == .extreme { #expect(payment.points == Points("90")) }
  }

  // MARK: Points

  @Test(arguments: [
    (LowCostTerms.Pay.proportional(withCoefficient: false), "399.99", "39.999", "439.99"),
    (.proportional(withCoefficient: true), "399.99", "35.9991", "395.99"),
    (.proportional(withCoefficient: false), "400.00", "90", "990.00"),
  ])
  func `低倍率按费用比例计点`(pay low: LowCostTerms.Pay, cost: String, points: String, payable: String) throws {
    let payment = try pay(cost, terms(low: low))
    #expect(payment.points == Points(points))
    #expect(payment.payable == Money(yuan: payable))
    #expect(payment.standard == Money(yuan: "990.00"))
  }

  @Test func `低倍率据实支付不计点`() throws {
    let payment = try pay("399.99", terms(low: .actualCost))
    #expect(payment.points == nil)
    #expect(payment.payable == Money(yuan: "399.99"))
    #expect(payment.outcome == .lowOutlier)
  }

  @Test(arguments: [
    // Linear add is continuous at the bound: 90 points there, and a fen more is a thousandth of a point more.
    (HighCostPay.linearAdd(withCoefficient: false), "0.9", "3000.00", "90"),
    (.linearAdd(withCoefficient: false), "0.9", "3000.01", "90.001"),
    (.linearAdd(withCoefficient: true), "0.9", "3000.01", "90.0009"),
    (.linearAdd(withCoefficient: false), "1", "3000.01", "100.001"),
    // Deduct jumps at the bound by K × (1 − f) × weight: 30 points here, and continues only with a coefficient of 1.
    (.deduct, "0.9", "3000.00", "90"), (.deduct, "0.9", "3000.01", "120.001"), (.deduct, "1", "3000.01", "100.001"),
    // The cap jumps to K standards, however much the case cost.
    (.cap, "0.9", "3000.00", "90"), (.cap, "0.9", "3000.01", "270"), (.cap, "0.9", "99999.99", "270"),
    (.standardOnly, "0.9", "3000.01", "90"),
  ])
  func `高倍率各种付费方式的点数`(pay high: HighCostPay, coefficient: String, cost: String, points: String) throws {
    let payment = try pay(cost, terms(coefficient: coefficient, high: high))
    #expect(payment.points == Points(points))
  }

  @Test func `扣减法在系数不为一时于界限处不连续`() throws {
    let contract = try terms(high: .deduct)
    let jump = try #require(pay("3000.01", contract).points) - #require(pay("3000.00", contract).points)
    #expect(jump == Points("30.001"))
    #expect(try pay("3000.01", terms(high: .actualCost)).payable == Money(yuan: "3000.01"))
  }

  // MARK: Money

  @Test(arguments: [
    (HighCostPay.linearAdd(withCoefficient: false), "3000.00", "990.00"),
    (.linearAdd(withCoefficient: false), "3000.01", "990.01"),
    (.linearAdd(withCoefficient: true), "3100.00", "1080.00"),
    (.deduct, "3000.01", "1020.01"), (.cap, "3000.01", "2970.00"), (.standardOnly, "3000.01", "990.00"),
    (.actualCost, "3000.01", "3000.01"),
  ])
  func `费率法高倍率金额`(pay high: HighCostPay, cost: String, payable: String) throws {
    let payment = try pay(cost, terms(points: false, high: high))
    #expect(payment.method == .drgRate)
    #expect(payment.points == nil)
    #expect(payment.payable == Money(yuan: payable))
  }

  @Test(arguments: [
    (LowCostTerms.Pay.actualCost, "399.99", "399.99"), (.proportional(withCoefficient: true), "399.99", "359.99"),
    (.proportional(withCoefficient: false), "399.99", "399.99"), (.actualCost, "400.00", "990.00"),
  ])
  func `费率法低倍率金额`(pay low: LowCostTerms.Pay, cost: String, payable: String) throws {
    #expect(try pay(cost, terms(points: false, low: low)).payable == Money(yuan: payable))
  }

  // MARK: The hospital's view

  @Test func `出院前可见现值与距界限的距离`() throws {
    let outlook = CaseOutlook(try PaymentTrial.paid(cost: "1234.56"), under: try terms())
    #expect(outlook.payment.payable == Money(yuan: "990.00"))
    #expect(outlook.gain == Money(yuan: "-244.56"))
    #expect(outlook.untilHigh == Money(yuan: "1765.44"))
    #expect(outlook.untilUsual == Money(yuan: "-834.56"))
    #expect(outlook.bounds?.reference == Money(yuan: "1000.00"))
  }
}
