/// The second reading of a history: groups every case by the catalogue that the first reading made, and works out what
/// each group is worth (病种分值) and how much its costs vary.
///
/// Everything is exact: sums of whole fen, quotients of whole numbers, each rounded once, half up.
public struct DIPStatistics {
  private let grouper: DIPGrouper
  private let terms: DIPBuildingTerms
  private let years: [Int]
  private var groups: [String: Group] = [:]
  private var workspace = DIPGrouper.Workspace()
  /// What came of the cases, so far.
  public private(set) var summary = Summary()

  /// What came of the cases of a history.
  public struct Summary: Hashable, Sendable {
    /// Cases that were looked at.
    public var cases = 0
    /// Cases of years that have no weight.
    public var otherYears = 0
    /// Cases whose cost is negative or beyond ``DIPHistoryCase/highestCostFen``.
    public var strangeCosts = 0
    /// Cases by what became of them.
    public var statuses: [DIPStatus: Int] = [:]
    /// Cases that belong to core groups of any layer.
    public var core = 0
    /// Cases that were taken off as outliers.
    public var trimmed = 0
    /// The mean cost of all cases in fen, by which scores are worked out; 0 when there is none.
    public var meanFen: Int64 = 0
  }

  private struct Group {
    var row: Int?
    var treatment: DIPTreatment?
    var costs: [(fen: Int64, year: Int)] = []
  }

  /// Costs and numbers of cases, by year.
  struct Totals {
    var fen: [UInt128]
    var cases: [UInt64]

    init(_ years: Int) {
      fen = Array(repeating: 0, count: years)
      cases = Array(repeating: 0, count: years)
    }

    mutating func add(_ cost: Int64, _ year: Int) {
      fen[year] += UInt128(cost)
      cases[year] += 1
    }
  }

  /// Makes statistics without a case.
  ///
  /// - Throws: ``DIPGrouper/Refusal`` when the catalogue does not read.
  public init(_ catalogue: DIPCatalogue, terms: DIPBuildingTerms) throws(DIPGrouper.Refusal) {
    grouper = try DIPGrouper(catalogue)
    self.terms = terms
    years = terms.yearWeights.keys.sorted()
  }

  /// Groups a case and notes its cost.
  public mutating func add(_ past: DIPHistoryCase) {
    guard let year = years.firstIndex(of: past.year) else {
      summary.otherYears += 1
      return
    }
    guard past.hasPlausibleCost else {
      summary.strangeCosts += 1
      return
    }
    summary.cases += 1
    let grouping = grouper.group(past.unit, using: &workspace)
    summary.statuses[grouping.status, default: 0] += 1
    guard !grouping.code.isEmpty else { return }
    if let layer = grouping.layer, layer != .composite, layer != .blank { summary.core += 1 }
    let key = "\(grouping.layer?.rawValue ?? 0) \(grouping.row ?? -1) \(grouping.code)"
    groups[key, default: Group(row: grouping.row, treatment: grouping.treatment)].costs.append((past.costFen, year))
  }

  /// The catalogue with score and figures of every group that has cases, and with a row for each composite group.
  public mutating func finish(names: DIPNames = DIPNames()) -> DIPCatalogue {
    var catalogue = grouper.catalogue
    var all = Totals(years.count)
    var found: [(key: String, group: Group, kept: Totals, figures: DIPFigures)] = []
    summary.trimmed = 0
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
      let sorted = group.costs.map(\.fen).sorted()
      let bounds = terms.trimming?.bounds(sorted) ?? sorted[0]...sorted[sorted.count - 1]
      var kept = Totals(years.count)
      for cost in group.costs {
        if bounds.contains(cost.fen) { kept.add(cost.fen, cost.year) }
        if terms.overallMean == .allCases || bounds.contains(cost.fen) { all.add(cost.fen, cost.year) }
      }
      let count = Int(kept.cases.reduce(0, +))
      summary.trimmed += sorted.count - count
      let figures = DIPFigures(
        cases: sorted.count, kept: count, meanFen: mean(kept).rounded,
        variation: Self.variation(sorted.filter(bounds.contains)))
      found.append((key, group, kept, figures))
    }
    let overall = mean(all)
    summary.meanFen = all.cases.allSatisfy { $0 == 0 } ? 0 : overall.rounded
    for (key, group, kept, figures) in found {
      let score = score(mean(kept), overall)
      if let row = group.row {
        (catalogue.groups[row].score, catalogue.groups[row].figures) = (score, figures)
      } else if var row = compositeRow(key, group, names) {
        (row.score, row.figures) = (score, figures)
        row.row = catalogue.groups.count(where: { $0.layer == .composite }) + 2
        catalogue.groups.append(row)
      }
    }
    return catalogue
  }

  private func compositeRow(_ key: String, _ group: Group, _ names: DIPNames) -> DIPCatalogue.GroupRow? {
    guard let code = key.split(separator: " ").last, let dash = code.lastIndex(of: "-"),
      let category = PackedCode(String(code[..<dash]), .diagnosis), let treatment = group.treatment
    else { return nil }
    var row = DIPCatalogue.GroupRow(
      layer: .composite, code: String(code), name: names.name(category, treatment), row: 0)
    row.principal = category.text(.diagnosis)
    row.treatment = treatment
    return row
  }

  // MARK: Exact numbers

  /// A quotient that is not worked out yet.
  struct Quotient {
    var dividend: WideNumber
    var divisor: WideNumber

    /// Rounded half up.
    var rounded: Int64 { WideNumber.quotient(dividend, divisor) }
  }

  /// The mean of several years; the divisor is 1 when there is no case.
  func mean(_ totals: Totals) -> Quotient {
    let weights = years.map { UInt128(terms.yearWeights[$0] ?? 0) }
    let present = years.indices.filter { totals.cases[$0] > 0 }
    var dividend = WideNumber(0)
    var divisor = WideNumber(present.isEmpty ? 1 : 0)
    switch terms.yearWeighting {
    case .totals:
      for year in present {
        dividend = dividend + WideNumber(totals.fen[year]) * WideNumber(weights[year])
        divisor = divisor + WideNumber(UInt128(totals.cases[year]) * weights[year])
      }
    case .means:
      // Σ w·S/n over Σ w, brought to the common divisor Σ w · Π n.
      for year in present {
        let others = present.filter { $0 != year }.map { WideNumber(UInt128(totals.cases[$0])) }
        dividend =
          dividend + others.reduce(WideNumber(totals.fen[year]) * WideNumber(weights[year])) { $0 * $1 }
      }
      let weight = WideNumber(present.map { weights[$0] }.reduce(0, +))
      if !present.isEmpty {
        divisor = present.reduce(weight) { $0 * WideNumber(UInt128(totals.cases[$1])) }
      }
    }
    return Quotient(dividend: dividend, divisor: divisor)
  }

  /// Mean ÷ mean of all × scale; `nil` when all cases cost nothing.
  func score(_ mean: Quotient, _ overall: Quotient) -> DIPScore? {
    guard !overall.dividend.isZero else { return nil }
    let (fine, coarse) = ([1, 10, 100, 1_000, 10_000][terms.decimals], [10_000, 1_000, 100, 10, 1][terms.decimals])
    let unit = WideNumber(UInt128(terms.scale * fine))
    let rounded = WideNumber.quotient(
      mean.dividend * overall.divisor * unit, mean.divisor * overall.dividend)
    return DIPScore(tenThousandths: rounded * Int64(coarse))
  }

  /// The coefficient of variation (standard deviation of all, not of a sample, by mean) in ten-thousandths.
  static func variation(_ costs: [Int64]) -> Int64 {
    let sum = costs.reduce(UInt128(0)) { $0 + UInt128($1) }
    guard sum > 0 else { return 0 }
    let squares = costs.reduce(WideNumber(0)) { $0 + WideNumber(UInt128($1) * UInt128($1)) }
    let squaredSum = WideNumber(sum) * WideNumber(sum)
    // v = 10⁴·√(n·Σx² − (Σx)²) ÷ Σx, and v rounds to c when (2c − 1)² ≤ 4v²; without the subtraction.
    let scale = WideNumber(400_000_000)
    let right = scale * WideNumber(UInt128(costs.count)) * squares
    return WideNumber.largest { candidate in
      if candidate == 0 { return true }
      let odd = WideNumber(UInt128(candidate) * 2 - 1)
      return odd * odd * squaredSum + scale * squaredSum <= right
    }
  }
}
