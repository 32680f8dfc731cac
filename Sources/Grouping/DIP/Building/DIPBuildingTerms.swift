import Kernel

/// By which definitions a DIP catalogue is built from a history.
///
/// None of them has a value here: places differ, and whoever builds says what is meant. ``Docs/Reference/dip.md`` gives
/// the exact formulas.
public struct DIPBuildingTerms: Hashable, Sendable {
  /// How many cases of one diagnosis and treatment make a core group (核心病种临界值).
  public var coreThreshold: Int
  /// How many characters of the principal diagnosis a core group names, the point not counted: 4 for the subcategory.
  public var diagnosisLength: Int
  /// Which procedures tell core groups apart.
  public var clustering: Clustering
  /// How outliers are taken off; `nil` when none are.
  public var trimming: Trimming?
  /// What each year of the history weighs; cases of other years are left out.
  public var yearWeights: [Int: Int]
  /// How the years are put together.
  public var yearWeighting: YearWeighting
  /// Which cases the mean of all is taken of.
  public var overallMean: OverallMean
  /// What the mean of all is worth in points; 1,000 as scores are published.
  public var scale: Int
  /// To how many decimals scores are rounded, 0 to 4.
  public var decimals: Int

  /// Makes terms; every number must be stated.
  public init(
    coreThreshold: Int, diagnosisLength: Int, clustering: Clustering, trimming: Trimming?, yearWeights: [Int: Int],
    yearWeighting: YearWeighting, overallMean: OverallMean, scale: Int, decimals: Int
  ) {
    precondition(coreThreshold > 0 && scale > 0, "a threshold and a scale are positive")
    precondition((3...PackedCode.capacity).contains(diagnosisLength), "a diagnosis has 3 to 10 characters")
    precondition((0...4).contains(decimals), "scores have 0 to 4 decimals")
    precondition(
      !yearWeights.isEmpty && yearWeights.values.allSatisfy { (1...1_000).contains($0) },
      "there is a year, and weights are 1 to 1,000")
    self.coreThreshold = coreThreshold
    self.diagnosisLength = diagnosisLength
    self.clustering = clustering
    self.trimming = trimming
    self.yearWeights = yearWeights
    self.yearWeighting = yearWeighting
    self.overallMean = overallMean
    self.scale = scale
    self.decimals = decimals
  }

  /// Which procedures tell core groups apart.
  public enum Clustering: String, Hashable, Sendable, CaseIterable {
    /// All that count, as a set.
    case allProcedures = "all"
    /// The main one.
    case mainProcedure = "main"
  }

  /// How outliers are taken off the costs of a group.
  public struct Trimming: Hashable, Sendable {
    /// The share of the cases below the lower bound, in thousandths.
    public var lowPerMille: Int
    /// The share of the cases up to the upper bound, in thousandths.
    public var highPerMille: Int
    /// Smaller groups are not trimmed.
    public var minimumCases: Int

    /// Makes terms of trimming; `nil` when the bounds are not in order.
    public init?(lowPerMille: Int, highPerMille: Int, minimumCases: Int) {
      guard 0 <= lowPerMille, lowPerMille < highPerMille, highPerMille <= 1_000, minimumCases >= 0 else { return nil }
      self.lowPerMille = lowPerMille
      self.highPerMille = highPerMille
      self.minimumCases = minimumCases
    }

    /// The smallest and the largest cost that stay, of costs in ascending order, at least one.
    ///
    /// Of n costs the ⌊n · low⌋ smallest and the ⌊n · (1 − high)⌋ largest lie outside; costs equal to a bound stay.
    func bounds(_ costs: [Int64]) -> ClosedRange<Int64> {
      let (first, last) = (costs[0], costs[costs.count - 1])
      guard costs.count >= minimumCases else { return first...last }
      let low = costs.count * lowPerMille / 1_000
      let high = costs.count - 1 - costs.count * (1_000 - highPerMille) / 1_000
      // Shares that leave nothing leave the case in the middle.
      return low <= high ? costs[low]...costs[high] : costs[high]...costs[low]
    }
  }

  /// How the years are put together.
  public enum YearWeighting: String, Hashable, Sendable, CaseIterable {
    /// The weighted mean of the yearly means; years without a case do not count.
    case means
    /// The weighted costs of all years by the weighted cases of all years.
    case totals
  }

  /// Which cases the mean of all is taken of.
  public enum OverallMean: String, Hashable, Sendable, CaseIterable {
    /// All that belong to a group.
    case allCases = "all"
    /// Those left after trimming.
    case keptCases = "kept"
  }
}

/// A case of the past with what it cost.
public struct DIPHistoryCase: Hashable, Sendable {
  /// The case.
  public var unit: GroupingCase
  /// The year of discharge.
  public var year: Int
  /// What it cost in all, in fen (医疗总费用).
  public var costFen: Int64

  /// The most that a case may cost, ten thousand million yuan; more is a mistake of the data.
  public static let highestCostFen: Int64 = 1_000_000_000_000

  /// Whether the cost is neither negative nor beyond the bound.
  var hasPlausibleCost: Bool { (0...Self.highestCostFen).contains(costFen) }

  /// Makes a case.
  public init(unit: GroupingCase, year: Int, costFen: Int64) {
    self.unit = unit
    self.year = year
    self.costFen = costFen
  }
}

extension DIPBuildingTerms {
  /// The definitions in words, for the manifest of what is built by them.
  public var notes: [String] {
    let years = yearWeights.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let outliers = trimming.map {
      "\(Self.permille($0.lowPerMille))%–\(Self.permille($0.highPerMille))%，\($0.minimumCases) 例及以上"
    }
    return [
      "核心病种：主要诊断前 \(diagnosisLength) 位 × 手术操作（\(clustering.rawValue)），\(coreThreshold) 例及以上",
      "裁剪：\(outliers ?? "无")", "年度权重：\(years)（\(yearWeighting.rawValue)）",
      "分值 = 病种均次费用 ÷ 全部病例均次费用（\(overallMean.rawValue)）× \(scale)，四舍五入到 \(decimals) 位小数",
      "definitions: Docs/Reference/dip.md",
    ]
  }

  private static func permille(_ number: Int) -> String {
    FixedPoint.print(Int64(number), decimals: 1, trimmed: true)
  }
}
