import Kernel
import Payment
import Testing

extension PaymentExampleTests {
  // MARK: Scores and values of a point

  func history(_ cases: [PastCase], base: WeightTerms.Base, scale: Factor) throws -> WeightHistory {
    try #require(
      WeightHistory(
        cases,
        under: WeightTerms(
          years: YearWeights([1, 2, 7]), averaging: .yearlyMeans, base: base, trimming: nil, scale: scale, decimals: 4,
          rounding: .halfUp)))
  }

  func checkScore(_ example: PaymentExample) throws {
    let mean = try PaymentTrial.money(example.input("group_mean_cost"))
    let base = try PaymentTrial.money(example.input("all_case_mean_cost"))
    let cases = [PastCase(group: "G1", year: 2, cost: mean)]
    let weight = try history(cases, base: .amount(base), scale: .one).groups[0].weight
    #expect(weight == (try PaymentTrial.factor(Need.value(example.expected["RW"]))))
    let scale = try PaymentTrial.factor(example.input("scale"))
    let score = try history(cases, base: .amount(base), scale: scale).groups[0].weight
    #expect(score == (try PaymentTrial.factor(Need.value(example.expected["score"]))))
  }

  func checkYears(_ example: PaymentExample) throws {
    let cases = try ["mean_cost_y-3", "mean_cost_y-2", "mean_cost_y-1"].enumerated().map { year, name in
      PastCase(group: "G1", year: year, cost: try PaymentTrial.money(example.input(name)))
    }
    let found = try history(cases, base: .allCases, scale: .one).groups[0]
    #expect(found.mean.money(.halfUp) == (try PaymentTrial.money(Need.value(example.expected["weighted_mean"]))))
  }

  func checkBudgetValue(_ example: PaymentExample) throws {
    let costs = try Need.value(example.inputs["total_cost_3y"]).map { try PaymentTrial.money($0) }
    let points = try PaymentTrial.points(example.input("sum_score_times_cases"))
    let value = PointValue.budget(costs: costs, weights: [1, 2, 7], points: points, decimals: 4, .halfUp)
    #expect(value == (try PaymentTrial.price(Need.value(example.expected["budget_point_value"]))))
    let mean = YearWeights([1, 2, 7]).mean(costs.map { Fraction($0) }).money(.halfUp)
    #expect(mean == (try PaymentTrial.money(Need.value(example.expected["weighted_total_cost"]))))
  }

  func checkSettlementValue(_ example: PaymentExample) throws {
    let value = PointValue.settlement(
      fund: try PaymentTrial.money(example.input("fund_for_dip")),
      fundShare: try Need.value(Ratio(decimal: example.input("reimbursement_ratio"))),
      points: try PaymentTrial.points(example.input("sum_score_times_cases")), decimals: 4, .halfUp)
    #expect(value == (try PaymentTrial.price(Need.value(example.expected["settlement_point_value"]))))
  }

  // MARK: Indicators

  func numbers(_ example: PaymentExample, _ name: String) throws -> [Factor] {
    try Need.value(example.inputs[name]).map { try PaymentTrial.factor($0) }
  }

  func checkCaseMix(_ example: PaymentExample) throws {
    let cases = try Need.value(example.inputs["cases"]).map { try Need.value(Int($0)) }
    let mix = CaseMix(zip(cases, try numbers(example, "rw")).map { ($0, $1) })
    #expect("\(mix.groupCount)" == example.expected["group_count"])
    #expect(mix.totalWeight == (try PaymentTrial.factor(Need.value(example.expected["total_weight"]))))
    #expect(mix.index() == (try PaymentTrial.factor(Need.value(example.expected["CMI"]))))
  }

  func checkIndexes(_ example: PaymentExample) throws {
    let cases = try Need.value(example.inputs["cases"]).map { try Need.value(Int($0)) }
    for (own, region, name) in [
      ("hospital_mean_cost", "regional_mean_cost", "cost_index"),
      ("hospital_mean_los", "regional_mean_los", "time_index"),
    ] {
      let pairs = zip(try numbers(example, own), try numbers(example, region))
      let index = ConsumptionIndex(
        zip(cases, pairs).map { .init(cases: $0, own: Fraction($1.0), region: Fraction($1.1)) })
      #expect(index.byCases() == (try PaymentTrial.factor(Need.value(example.expected[name]))))
      #expect(index.byTotals() != index.byCases(), "the two definitions differ")
    }
  }

  func checkMortality(_ example: PaymentExample) throws {
    let share = try #require(
      MortalityRisk.share(
        deaths: Need.value(Int(example.input("low_risk_deaths"))), of: Need.value(Int(example.input("low_risk_cases"))))
    )
    let percent = Factor(millionths: share.millionths * 100)
    #expect(percent == (try PaymentTrial.factor(Need.value(example.expected["low_risk_mortality_pct"]))))
  }
}
