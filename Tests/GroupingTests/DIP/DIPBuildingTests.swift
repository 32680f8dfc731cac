import Catalog
import Grouping
import Kernel
import Testing

/// Building a catalogue, against a slow reckoning with fractions that is written out in the test.
@Suite struct DIPBuildingTests {
  // MARK: A slow reckoning

  /// A fraction of whole numbers, never reduced before it has to be.
  private struct Fraction {
    var top: Int128
    var bottom: Int128

    init(_ top: Int128, _ bottom: Int128 = 1) {
      func divisor(_ first: Int128, _ second: Int128) -> Int128 {
        second == 0 ? first : divisor(second, first % second)
      }
      let common = max(divisor(abs(top), bottom), 1)
      (self.top, self.bottom) = (top / common, bottom / common)
    }

    static func + (left: Fraction, right: Fraction) -> Fraction {
      Fraction(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom)
    }
    static func * (left: Fraction, right: Fraction) -> Fraction {
      Fraction(left.top * right.top, left.bottom * right.bottom)
    }
    static func / (left: Fraction, right: Fraction) -> Fraction {
      Fraction(left.top * right.bottom, left.bottom * right.top)
    }

    var rounded: Int64 { Int64((2 * top + bottom) / (2 * bottom)) }
  }

  private struct Slow {
    let terms: DIPBuildingTerms
    let history: [DIPHistoryCase]

    /// The cluster of a case: its diagnosis cut off, and its procedures.
    func cluster(_ past: DIPHistoryCase) -> String {
      let letters = past.unit.diagnoses[0].filter { $0 != "." }.prefix(terms.diagnosisLength)
      let procedures = terms.clustering == .mainProcedure ? Array(past.unit.procedures.prefix(1)) : past.unit.procedures
      let principal = letters.prefix(3) + (letters.count > 3 ? "." : "") + letters.dropFirst(3)
      return principal + ":" + (procedures.isEmpty ? "0" : Set(procedures).sorted().joined(separator: "+"))
    }

    /// The group of every case that counts.
    func groups() -> [String: [DIPHistoryCase]] {
      let counted = history.filter { terms.yearWeights[$0.year] != nil }
      let sizes = Dictionary(grouping: counted, by: cluster).mapValues(\.count)
      let core = sizes.filter { $0.value >= terms.coreThreshold }.keys.sorted()
      return Dictionary(grouping: counted) { past in
        let parts = { (code: String) in code.split(separator: ":", maxSplits: 1).map(String.init) }
        let own = past.unit.procedures
        let fitting = core.filter { code in
          let (principal, treatment) = (parts(code)[0], parts(code)[1])
          guard past.unit.diagnoses[0].hasPrefix(principal) else { return false }
          if treatment == "0" { return own.isEmpty }
          let wanted = treatment.split(separator: "+").map(String.init)
          return terms.clustering == .mainProcedure ? own.first == treatment : wanted.allSatisfy(own.contains)
        }
        let best = fitting.max { left, right in
          let rank = { (code: String) -> (Int, Int) in
            (parts(code)[0].count, parts(code)[1] == "0" ? 0 : parts(code)[1].split(separator: "+").count)
          }
          if rank(left) != rank(right) { return rank(left) < rank(right) }
          return core.firstIndex(of: left) ?? 0 > core.firstIndex(of: right) ?? 0
        }
        let kinds = ["33.2400": 2, "96.7201": 3, "47.0901": 4, "36.0700": 4]
        return best ?? "\(past.unit.diagnoses[0].prefix(3))-\(own.first.flatMap { kinds[$0] } ?? 1)"
      }
    }

    func kept(_ cases: [DIPHistoryCase]) -> [DIPHistoryCase] {
      guard let trimming = terms.trimming, cases.count >= trimming.minimumCases else { return cases }
      let costs = cases.map(\.costFen).sorted()
      let below = costs.count * trimming.lowPerMille / 1_000
      let above = costs.count * (1_000 - trimming.highPerMille) / 1_000
      return cases.filter { $0.costFen >= costs[below] && $0.costFen <= costs[costs.count - 1 - above] }
    }

    func mean(_ cases: [DIPHistoryCase]) -> Fraction {
      let years = Dictionary(grouping: cases, by: \.year).sorted { $0.key < $1.key }
      let sum = { (cases: [DIPHistoryCase]) in cases.reduce(Int128(0)) { $0 + Int128($1.costFen) } }
      var (top, bottom) = (Fraction(0), Fraction(0))
      for (year, cases) in years {
        let weight = Fraction(Int128(terms.yearWeights[year] ?? 0))
        switch terms.yearWeighting {
        case .means:
          top = top + weight * Fraction(sum(cases), Int128(cases.count))
          bottom = bottom + weight
        case .totals:
          top = top + weight * Fraction(sum(cases))
          bottom = bottom + weight * Fraction(Int128(cases.count))
        }
      }
      return top / bottom
    }

    /// Score in ten-thousandths, number of cases kept and mean in fen, by code.
    func result() -> [String: [Int64]] {
      let groups = groups()
      let all = groups.values.flatMap { terms.overallMean == .allCases ? $0 : kept($0) }
      let overall = mean(all)
      let fine = [1, 10, 100, 1_000, 10_000][terms.decimals]
      return groups.mapValues { cases in
        let kept = kept(cases)
        let points = mean(kept) / overall * Fraction(Int128(terms.scale * fine))
        return [points.rounded * Int64(10_000 / fine), Int64(kept.count), mean(kept).rounded, Int64(cases.count)]
      }
    }
  }

  // MARK: Random histories

  private static func terms(_ random: inout SeededNumbers) -> DIPBuildingTerms {
    DIPBuildingTerms(
      coreThreshold: 1 + random.below(8), diagnosisLength: random.pick([3, 4, 6]),
      clustering: random.pick(DIPBuildingTerms.Clustering.allCases),
      trimming: random.pick([
        nil, .init(lowPerMille: 25, highPerMille: 975, minimumCases: 25),
        .init(lowPerMille: 100, highPerMille: 800, minimumCases: 5),
        .init(lowPerMille: 0, highPerMille: 500, minimumCases: 0),
      ]),
      yearWeights: random.pick([[2023: 1, 2024: 2, 2025: 7], [2024: 3, 2025: 3], [2025: 1]]),
      yearWeighting: random.pick(DIPBuildingTerms.YearWeighting.allCases),
      overallMean: random.pick(DIPBuildingTerms.OverallMean.allCases), scale: random.pick([1_000, 1]),
      decimals: random.below(5))
  }

  private static func history(_ random: inout SeededNumbers) -> [DIPHistoryCase] {
    (0..<20 + random.below(100)).map { _ in
      let procedures = ["33.2400", "96.7201", "47.0901", "36.0700"].filter { _ in random.chance(25) }
      return DIPHistoryCase(
        unit: GroupingCase(
          diagnoses: [random.pick(["A15.001", "A15.002", "A15.101", "A15", "B20.000", "K35.800x001"])],
          procedures: random.chance(50) ? procedures : procedures.reversed()),
        year: random.pick([2022, 2023, 2024, 2025, 2025]), costFen: Int64(random.below(2_000) * random.below(50)))
    }
  }

  private static let base: DIPCatalogue = {
    var base = DIPCatalogue(manifest: DIPManifest(identifier: "toy", name: "toy"))
    base.classes = [
      .init(code: "33.2400", kind: "诊断性操作", row: 2), .init(code: "96.7201", kind: "治疗性操作", row: 3),
      .init(code: "47.0901", kind: "手术", row: 4), .init(code: "36.0700", kind: "介入治疗", row: 5),
    ]
    return base
  }()

  private static func build(
    _ terms: DIPBuildingTerms, _ history: [DIPHistoryCase]
  ) throws -> (DIPCatalogue, DIPStatistics.Summary) {
    var clustering = try DIPClustering(base: base, terms: terms)
    for past in history { clustering.add(past) }
    var statistics = try DIPStatistics(clustering.catalogue(), terms: terms)
    for past in history { statistics.add(past) }
    return (statistics.finish(), statistics.summary)
  }

  @Test(arguments: Array(UInt64(1)...6))
  func `小历史的病种分值例数均费与手算分数完全一致`(seed: UInt64) throws {
    var random = SeededNumbers(seed)
    var composites = 0
    for _ in 0..<120 {
      let (terms, history) = (Self.terms(&random), Self.history(&random))
      let (built, summary) = try Self.build(terms, history)
      let expected = Slow(terms: terms, history: history).result()
      let hasCost = history.contains { terms.yearWeights[$0.year] != nil && $0.costFen > 0 }
      var found: [String: [Int64]] = [:]
      for row in built.groups {
        guard let figures = row.figures else { continue }
        let score = try #require(row.score)
        found[row.code] = [score.tenThousandths, Int64(figures.kept), figures.meanFen, Int64(figures.cases)]
        if row.layer == .composite { composites += 1 }
      }
      if hasCost { #expect(found == expected, "\(terms)") }
      #expect(summary.cases == history.count { terms.yearWeights[$0.year] != nil })
      #expect(summary.cases + summary.otherYears == history.count)
      #expect(DIPChecker(built).check().allSatisfy { !$0.isError })
    }
    #expect(composites > 100)
  }

  @Test func `变异系数按总体标准差四舍五入`() throws {
    let terms = DIPBuildingTerms(
      coreThreshold: 1, diagnosisLength: 3, clustering: .allProcedures, trimming: nil, yearWeights: [2025: 1],
      yearWeighting: .totals, overallMean: .allCases, scale: 1_000, decimals: 4)
    func variation(_ costs: [Int64]) throws -> Int64? {
      let history = costs.map {
        DIPHistoryCase(unit: GroupingCase(diagnoses: ["A15"]), year: 2025, costFen: $0)
      }
      return try Self.build(terms, history).0.groups.first?.figures?.variation
    }
    #expect(try variation([100]) == 0)
    #expect(try variation([100, 300]) == 5_000)
    // √(2/3) ÷ 2 = 0.408248…
    #expect(try variation([1, 2, 3]) == 4_082)
    // √1.5 ÷ 2 = 0.612372…
    #expect(try variation([1, 2, 1, 4]) == 6_124)
    #expect(try variation([0, 0]) == 0)
    let highest = DIPHistoryCase.highestCostFen
    #expect(try variation([highest, 0, highest, 0]) == 10_000)
  }

  @Test func `一年例子十二元比八元为一千五百分`() throws {
    let terms = DIPBuildingTerms(
      coreThreshold: 2, diagnosisLength: 4, clustering: .allProcedures, trimming: nil, yearWeights: [2025: 1],
      yearWeighting: .means, overallMean: .allCases, scale: 1_000, decimals: 0)
    let costs: [(String, Int64)] = [
      ("A15.000", 1_200_000), ("A15.000", 1_200_000), ("B20.000", 400_000), ("B20.000", 400_000),
    ]
    let history = costs.map { DIPHistoryCase(unit: GroupingCase(diagnoses: [$0.0]), year: 2025, costFen: $0.1) }
    let (built, summary) = try Self.build(terms, history)
    #expect(summary.meanFen == 800_000)
    #expect(built.groups.map { $0.score?.tenThousandths } == [15_000_000, 5_000_000])
  }

  @Test func `三年一比二比七按年均加权`() throws {
    let terms = DIPBuildingTerms(
      coreThreshold: 1, diagnosisLength: 4, clustering: .allProcedures, trimming: nil,
      yearWeights: [2023: 1, 2024: 2, 2025: 7], yearWeighting: .means, overallMean: .allCases, scale: 1_000, decimals: 4
    )
    let history = [(2023, 1_000), (2024, 2_000), (2025, 3_000), (2025, 5_000)].map {
      DIPHistoryCase(unit: GroupingCase(diagnoses: ["A15.0"]), year: $0.0, costFen: Int64($0.1))
    }
    // 0.1 · 1,000 + 0.2 · 2,000 + 0.7 · 4,000
    #expect(try Self.build(terms, history).0.groups.first?.figures?.meanFen == 3_300)
  }

  @Test func `费用异常和其他年度的病例不计入并说明数目`() throws {
    var random = SeededNumbers(5)
    var history = Self.history(&random)
    for index in history.indices { history[index].year = 2025 }
    history[0].costFen = -1
    history[1].costFen = DIPHistoryCase.highestCostFen + 1
    history[2].year = 1999
    let terms = DIPBuildingTerms(
      coreThreshold: 2, diagnosisLength: 4, clustering: .mainProcedure, trimming: nil, yearWeights: [2025: 1],
      yearWeighting: .totals, overallMean: .keptCases, scale: 1_000, decimals: 2)
    let (_, summary) = try Self.build(terms, history)
    #expect(summary.strangeCosts == 2 && summary.otherYears == 1 && summary.cases == history.count - 3)
  }

  @Test func `示例历史每例只由种子和序号决定`() {
    let (long, short) = (DIPSampleHistory(cases: 500, seed: 9), DIPSampleHistory(cases: 20, seed: 9))
    #expect(Array(long).prefix(20) == Array(short)[...])
    #expect(Array(short) != Array(DIPSampleHistory(cases: 20, seed: 10)))
    #expect(long.allSatisfy { (2_023...2_025).contains($0.year) && $0.costFen > 0 && !$0.unit.diagnoses.isEmpty })
  }
}
