import Foundation
import Kernel
import Payment
import Testing

/// Weights from history against a slow calculation in decimal numbers, and negotiated adjustments.
struct HistoryTests {
  /// A generator that gives the same cases every time.
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }

  private func cases(_ seed: UInt64) -> [PastCase] {
    var random = Sequence(state: seed)
    return (0..<600).map { _ in
      let group = Int.random(in: 1...5, using: &random)
      return PastCase(
        group: "G\(group)", year: Int.random(in: 0...2, using: &random),
        cost: Money(fen: Int64.random(in: 100_000...900_000, using: &random) * Int64(group)))
    }
  }

  private func terms(
    _ averaging: WeightTerms.Averaging, trimming: WeightTerms.Trimming? = nil
  ) -> WeightTerms {
    WeightTerms(
      years: YearWeights([1, 2, 7]), averaging: averaging, base: .allCases, trimming: trimming, scale: .one,
      decimals: 4,
      rounding: .halfUp)
  }

  private func slowMean(_ cases: [PastCase], _ averaging: WeightTerms.Averaging) -> Decimal {
    let weights: [Decimal] = [1, 2, 7]
    var (above, below) = (Decimal(0), Decimal(0))
    for year in 0..<3 {
      let costs = cases.filter { $0.year == year }.map { Decimal($0.cost.fen) }
      if costs.isEmpty { continue }
      let sum = costs.reduce(0, +)
      let count = Decimal(costs.count)
      above += weights[year] * (averaging == .yearlyMeans ? sum / count : sum)
      below += weights[year] * (averaging == .yearlyMeans ? 1 : count)
    }
    return above / below
  }

  @Test(arguments: [1, 2, 3], WeightTerms.Averaging.allCases)
  func `权重与逐例慢算一致且与病例次序无关`(seed: UInt64, averaging: WeightTerms.Averaging) throws {
    let cases = cases(seed)
    let found = try #require(WeightHistory(cases, under: terms(averaging)))
    let whole = slowMean(cases, averaging)
    for group in found.groups {
      let own = cases.filter { $0.group == group.group }
      var weight = slowMean(own, averaging) / whole
      var rounded = Decimal()
      NSDecimalRound(&rounded, &weight, 4, .plain)
      #expect(Decimal(group.weight.millionths) / 1_000_000 == rounded)
      #expect(group.cases.reduce(0, +) == own.count)
      // Coefficient of variation by its definition.
      let costs = own.map { Double($0.cost.fen) }
      let mean = costs.reduce(0, +) / Double(costs.count)
      let variance = costs.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(costs.count)
      let variation = try #require(group.variation)
      #expect(abs(Double(variation.millionths) / 1e6 - variance.squareRoot() / mean) < 1e-6)
    }
    let reversed = try #require(WeightHistory(cases.reversed(), under: terms(averaging)))
    #expect(reversed.groups.map(\.weight) == found.groups.map(\.weight))
    #expect(reversed.reduction == found.reduction)
    let reduction = try #require(found.reduction)
    #expect(reduction > .zero && reduction < .one)
  }

  @Test func `两种加权口径结果不同`() throws {
    let cases = cases(4)
    let means = try #require(WeightHistory(cases, under: terms(.yearlyMeans)))
    let sums = try #require(WeightHistory(cases, under: terms(.weightedSums)))
    #expect(means.groups.map(\.weight) != sums.groups.map(\.weight))
  }

  @Test func `裁剪保留百分位之间的病例`() throws {
    let costs = (1...41).map { PastCase(group: "G1", year: 2, cost: Money(fen: Int64($0) * 100)) }
    let trimming = WeightTerms.Trimming(
      low: try Need.value(Ratio(decimal: "0.025")), high: try Need.value(Ratio(decimal: "0.975")), fromCases: 25)
    let found = try #require(WeightHistory(costs, under: terms(.yearlyMeans, trimming: trimming)))
    // The percentiles lie at places 1 and 39 of 40: the first and the last case are left out.
    #expect(found.groups[0].leftOut == [0, 0, 2])
    #expect(found.groups[0].mean == Fraction(2_100))
    let few = try #require(WeightHistory(Array(costs.prefix(24)), under: terms(.yearlyMeans, trimming: trimming)))
    #expect(few.groups[0].leftOut == [0, 0, 0])
  }

  @Test func `同一病组费用全同时变异为零`() throws {
    let cases = (0..<3).flatMap { year in
      [
        PastCase(group: "A", year: year, cost: Money(fen: 100)),
        PastCase(group: "B", year: year, cost: Money(fen: 300)),
      ]
    }
    let found = try #require(WeightHistory(cases, under: terms(.yearlyMeans)))
    #expect(found.groups.map(\.variation) == [.zero, .zero])
    #expect(found.reduction == .one)
    #expect(found.groups.map(\.weight) == [Factor("0.5"), Factor("1.5")])
    #expect(WeightHistory([], under: terms(.yearlyMeans)) == nil)
  }

  // MARK: Negotiation

  private func table() throws -> GroupTable {
    try GroupTable(
      edition: "before",
      rows: ["A", "B", "C"].map { GroupRow(code: $0, weight: try PaymentTrial.factor("1.5")) })
  }

  @Test func `谈判调整逐条记录并整体生效`() throws {
    let round = try WeightNegotiation(
      [
        WeightAdjustment(group: "A", old: PaymentTrial.factor("1.5"), new: PaymentTrial.factor("1.7"), reason: "儿科"),
        WeightAdjustment(group: "B", old: PaymentTrial.factor("1.5"), new: PaymentTrial.factor("1.2"), reason: "集采"),
        WeightAdjustment(group: "C", old: PaymentTrial.factor("1.5"), new: PaymentTrial.factor("1.4"), reason: "集采"),
      ], on: table(), edition: "after")
    #expect(round.raised == 1)
    #expect(round.lowered == 2)
    let cases = ["A": 10, "B": 20, "C": 30]
    #expect(WeightNegotiation.totalWeight(cases, in: try table()) == Factor("90"))
    #expect(WeightNegotiation.totalWeight(cases, in: round.table) == Factor("83"))
  }

  @Test func `与权重表不符的调整整体拒绝`() throws {
    func carryOut(_ adjustments: [WeightAdjustment]) throws {
      _ = try WeightNegotiation(adjustments, on: table(), edition: "x")
    }
    let half = try PaymentTrial.factor("1.5")
    let other = try PaymentTrial.factor("1.4")
    let good = WeightAdjustment(group: "A", old: half, new: other, reason: "")
    #expect(throws: WeightNegotiation.Fault.unknownGroup("D")) {
      try carryOut([WeightAdjustment(group: "D", old: half, new: other, reason: "")])
    }
    #expect(throws: WeightNegotiation.Fault.otherWeight(group: "B", stated: other, found: half)) {
      try carryOut([good, WeightAdjustment(group: "B", old: other, new: half, reason: "")])
    }
    #expect(throws: WeightNegotiation.Fault.changedTwice("A")) { try carryOut([good, good]) }
    #expect(throws: WeightNegotiation.Fault.badWeight(group: "A", .zero)) {
      try carryOut([WeightAdjustment(group: "A", old: half, new: .zero, reason: "")])
    }
  }

  // MARK: Mortality

  @Test func `死亡风险分级的界限是参数`() throws {
    let groups =
      [(1, 10_000), (10, 10_000), (100, 10_000), (1_000, 10_000)].enumerated().map {
        MortalityRisk.Group("G\($0)", cases: $1.1, deaths: $1.0)
      } + [MortalityRisk.Group("NONE", cases: 50, deaths: 0)]
    let stated = try MortalityRisk(groups, bounds: [PaymentTrial.factor("0.0002"), PaymentTrial.factor("0.02")])
    #expect(stated.bands == ["G0": 0, "G1": 1, "G2": 1, "G3": 2, "NONE": 0])
    #expect(stated.mortality(inBand: 0, [MortalityRisk.Group("G0", cases: 4_000, deaths: 3)]) == Factor("0.00075"))
    #expect(stated.mortality(inBand: 2, [MortalityRisk.Group("G0", cases: 4_000, deaths: 3)]) == nil)
    // Logarithms of 1e-4 … 1e-1 have the mean ln(10^-2.5) and the deviation √1.25 × ln 10.
    let deviations = try [Factor(millionths: -1_000_000), .zero, PaymentTrial.factor("1")]
    let found = try #require(MortalityRisk(groups, deviations: deviations))
    for (bound, exponent) in zip(found.bounds, [-2.5 - 1.25.squareRoot(), -2.5, -2.5 + 1.25.squareRoot()]) {
      #expect(abs(Double(bound.millionths) / 1e6 - pow(10, exponent)) < 1e-6)
    }
    #expect(found.bands == ["G0": 0, "G1": 1, "G2": 2, "G3": 3, "NONE": 0])
    #expect(MortalityRisk(Array(groups.prefix(1)), deviations: deviations) == nil)
  }
}
