public import Kernel

/// How weights come from past cases; every number is the region's.
public struct WeightTerms: Sendable, Hashable {
  /// What a year's cases are weighted by.
  public enum Averaging: String, Sendable, Hashable, CaseIterable {
    /// The mean of a group in each year, then the weighted mean of years.
    case yearlyMeans = "yearly_means"
    /// Cost and cases of each year times its weight, added up, then the mean.
    case weightedSums = "weighted_sums"
  }

  /// What a group's mean is divided by.
  public enum Base: Sendable, Hashable {
    /// The mean of all cases.
    case allCases
    /// The mean of one group (基准病种).
    case group(String)
    /// A fixed amount, fen (定额).
    case amount(Money)
  }

  /// Which cases of a group are left out, by the cost's rank among those of one year.
  public struct Trimming: Sendable, Hashable {
    /// The percentile below which costs are left out.
    public var low: Ratio
    /// The percentile above which costs are left out.
    public var high: Ratio
    /// Groups with fewer cases keep all.
    public var fromCases: Int

    /// Makes a trimming.
    public init(low: Ratio, high: Ratio, fromCases: Int) {
      self.low = low
      self.high = high
      self.fromCases = fromCases
    }
  }

  /// How much each year counts, oldest first.
  public var years: YearWeights
  /// What a year's cases are weighted by.
  public var averaging: Averaging
  /// What a group's mean is divided by.
  public var base: Base
  /// Which cases are left out; `nil` keeps all.
  public var trimming: Trimming?
  /// What a weight of 1 is as a score, as 1000; 1 for weights.
  public var scale: Factor
  /// How many decimals weights keep, 0 to 6.
  public var decimals: Int
  /// How they are rounded to them.
  public var rounding: Rounding

  /// Makes terms.
  public init(
    years: YearWeights, averaging: Averaging, base: Base, trimming: Trimming?, scale: Factor, decimals: Int,
    rounding: Rounding
  ) {
    self.years = years
    self.averaging = averaging
    self.base = base
    self.trimming = trimming
    self.scale = scale
    self.decimals = decimals
    self.rounding = rounding
  }
}

/// A past case as weights are made from it.
public struct PastCase: Sendable, Hashable {
  /// The group.
  public var group: String
  /// The year, counted from 0 for the oldest.
  public var year: Int
  /// What it cost, fen.
  public var cost: Money

  /// Makes a case.
  public init(group: String, year: Int, cost: Money) {
    self.group = group
    self.year = year
    self.cost = cost
  }
}

/// What past cases say of a group.
public struct GroupHistory: Sendable {
  /// The group.
  public var group: String
  /// Cases that count, by year.
  public var cases: [Int]
  /// Cases left out, by year.
  public var leftOut: [Int]
  /// The mean cost, fen, exact.
  public var mean: Fraction
  /// The weight or score, in the scale of the terms.
  public var weight: Factor
  /// Standard deviation over mean of the cases that count, to six decimals; `nil` for fewer than two.
  public var variation: Factor?
}

/// Weights and scores from past cases (权重与分值测算).
public struct WeightHistory: Sendable {
  /// The groups by code in order.
  public let groups: [GroupHistory]
  /// What means were divided by, fen, exact.
  public let base: Fraction
  /// The share of all differences in cost that groups explain, to six decimals (RIV); `nil` when costs do not differ.
  public let reduction: Factor?

  /// Makes weights.
  ///
  /// - Returns: `nil` when there are no cases, or the base is nothing or a group without cases.
  public init?(_ cases: [PastCase], under terms: WeightTerms) {
    let years = terms.years.weights.count
    var costs: [String: [[Int64]]] = [:]
    for past in cases {
      precondition((0..<years).contains(past.year), "every year has a weight")
      costs[past.group, default: Array(repeating: [], count: years)][past.year].append(past.cost.fen)
    }
    let kept = costs.mapValues { byYear in byYear.map { Self.kept($0, terms.trimming) } }
    var means: [String: Fraction] = [:]
    for (group, byYear) in kept { means[group] = Self.mean(byYear, terms) }
    let all = (0..<years).map { year in kept.values.flatMap { $0[year] } }
    let base: Fraction? =
      switch terms.base {
      case .allCases: Self.mean(all, terms)
      case .group(let group): means[group]
      case .amount(let amount): Fraction(amount)
      }
    guard let base, base > .zero else { return nil }
    self.base = base
    groups = costs.keys.sorted().compactMap { group in
      guard let mean = means[group], let counted = kept[group], let given = costs[group] else { return nil }
      let flat = counted.flatMap { $0 }
      return GroupHistory(
        group: group, cases: counted.map(\.count), leftOut: zip(given, counted).map { $0.count - $1.count },
        mean: mean,
        weight: (mean / base * Fraction(terms.scale)).factor(decimals: terms.decimals, terms.rounding),
        variation: GroupStatistics.variation(flat))
    }
    reduction = GroupStatistics.reduction(costs.keys.sorted().map { (kept[$0] ?? []).flatMap { $0 } })
  }

  /// The mean cost over the years; `nil` when no year that counts has a case.
  private static func mean(_ byYear: [[Int64]], _ terms: WeightTerms) -> Fraction? {
    let weights = terms.years.weights
    guard zip(byYear, weights).contains(where: { !$0.isEmpty && $1 > 0 }) else { return nil }
    let sums = byYear.map { $0.reduce(Int128(0)) { $0 + Int128($1) } }
    switch terms.averaging {
    case .yearlyMeans:
      return terms.years.mean(
        zip(byYear, sums).map { costs, sum in costs.isEmpty ? nil : Fraction(sum, Int128(costs.count)) })
    case .weightedSums:
      let sum = zip(sums, weights).reduce(Int128(0)) { $0 + $1.0 * Int128($1.1) }
      let count = zip(byYear, weights).reduce(Int128(0)) { $0 + Int128($1.0.count * $1.1) }
      return Fraction(sum, count)
    }
  }

  /// The costs of one group and year that count, between the percentiles, both included.
  ///
  /// The percentile `p` of `n` costs lies at place `(n − 1) × p` of the sorted costs, in proportion between two.
  static func kept(_ costs: [Int64], _ trimming: WeightTerms.Trimming?) -> [Int64] {
    guard let trimming, costs.count >= trimming.fromCases, costs.count > 1 else { return costs }
    let sorted = costs.sorted()
    let (low, high) = (percentile(sorted, trimming.low), percentile(sorted, trimming.high))
    return costs.filter { Fraction(Int128($0)) >= low && Fraction(Int128($0)) <= high }
  }

  private static func percentile(_ sorted: [Int64], _ share: Ratio) -> Fraction {
    let place = Fraction(Int128(sorted.count - 1)) * Fraction(share)
    let whole = Int(place.rounded(.down))
    let lower = Fraction(Int128(sorted[whole]))
    guard whole + 1 < sorted.count else { return lower }
    return lower + (Fraction(Int128(sorted[whole + 1])) - lower) * (place - Fraction(Int128(whole)))
  }
}
