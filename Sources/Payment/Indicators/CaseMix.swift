public import Kernel

/// How many groups an institution treats and how heavy its cases are: number of groups, total weight, CMI.
public struct CaseMix: Sendable, Hashable {
  /// Groups with at least one case (DRG 组数).
  public let groupCount: Int
  /// Cases in groups with a weight.
  public let cases: Int
  /// Cases without a weight, which count nothing.
  public let casesWithoutWeight: Int
  /// The sum of weights (总权重).
  public let totalWeight: Factor

  /// Adds cases by group up.
  public init(_ cases: [String: Int], in table: GroupTable) {
    self.init(cases.map { ($0.value, table[$0.key]?.weight) })
  }

  /// Adds groups up, each with its cases and weight.
  public init(_ groups: [(cases: Int, weight: Factor?)]) {
    var (weight, counted, without, number) = (Int64(0), 0, 0, 0)
    for group in groups where group.cases > 0 {
      guard let own = group.weight else {
        without += group.cases
        continue
      }
      number += 1
      counted += group.cases
      weight += own.millionths * Int64(group.cases)
    }
    groupCount = number
    self.cases = counted
    casesWithoutWeight = without
    totalWeight = Factor(millionths: weight)
  }

  /// The mean weight of a case (CMI), rounded; `nil` without cases.
  public func index(decimals: Int = 4, _ rounding: Rounding = .halfUp) -> Factor? {
    cases == 0 ? nil : (Fraction(totalWeight) / Fraction(Int128(cases))).factor(decimals: decimals, rounding)
  }
}

/// How much cost or time an institution's cases take against the region's (费用消耗指数, 时间消耗指数).
///
/// About 1 is usual, below 1 cheaper or shorter. Both definitions in use are here; they give different numbers.
public struct ConsumptionIndex: Sendable {
  /// One group.
  public struct Group: Sendable {
    /// The institution's cases.
    public var cases: Int
    /// The institution's mean, in any unit.
    public var own: Fraction
    /// The region's mean, in the same unit, more than nothing.
    public var region: Fraction

    /// Makes a group.
    public init(cases: Int, own: Fraction, region: Fraction) {
      self.cases = cases
      self.own = own
      self.region = region
    }

    /// The institution's mean over the region's.
    public var ratio: Fraction { own / region }
  }

  /// The groups that both have cases of.
  public var groups: [Group]

  /// Makes an index; groups without cases or without a mean of the region do not count.
  public init(_ groups: [Group]) {
    self.groups = groups.filter { $0.cases > 0 && $0.region > .zero }
  }

  /// The mean of groups' ratios by cases, Σ kᵢnᵢ / Σ nᵢ; `nil` without cases.
  public func byCases(decimals: Int = 4, _ rounding: Rounding = .halfUp) -> Factor? {
    guard !groups.isEmpty else { return nil }
    let sum = groups.reduce(Int128(0)) { $0 + Self.trillionths($1.ratio * Fraction(Int128($1.cases))) }
    let count = groups.reduce(Int128(0)) { $0 + Int128($1.cases) }
    return Fraction(sum, count * 1_000_000_000_000).factor(decimals: decimals, rounding)
  }

  /// What the institution's cases took over what they would at the region's means; `nil` without cases.
  public func byTotals(decimals: Int = 4, _ rounding: Rounding = .halfUp) -> Factor? {
    guard !groups.isEmpty else { return nil }
    let own = groups.reduce(Int128(0)) { $0 + Self.trillionths($1.own * Fraction(Int128($1.cases))) }
    let region = groups.reduce(Int128(0)) { $0 + Self.trillionths($1.region * Fraction(Int128($1.cases))) }
    return Fraction(own, region).reduced.factor(decimals: decimals, rounding)
  }

  /// A group's term in whole trillionths.
  ///
  /// Terms of hundreds of groups have no common denominator that a number of the machine holds, so each is rounded
  /// here, eight digits behind what an index is shown with.
  private static func trillionths(_ term: Fraction) -> Int128 {
    let term = term.reduced
    let (whole, rest) = term.numerator.quotientAndRemainder(dividingBy: term.denominator)
    let (digits, left) = (rest * 1_000_000_000_000).quotientAndRemainder(dividingBy: term.denominator)
    return whole * 1_000_000_000_000 + digits + (left * 2 >= term.denominator ? 1 : 0)
  }
}
