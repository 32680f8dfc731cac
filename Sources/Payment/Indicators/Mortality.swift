import Kernel

/// Deaths in groups in which almost nobody dies (低风险组死亡率), with the bands of risk as parameters.
public struct MortalityRisk: Sendable, Hashable {
  /// A group's deaths and cases in the region.
  public struct Group: Sendable, Hashable {
    /// The group.
    public var code: String
    /// Cases of the region.
    public var cases: Int
    /// Deaths of the region.
    public var deaths: Int

    /// Makes a group.
    public init(_ code: String, cases: Int, deaths: Int) {
      self.code = code
      self.cases = cases
      self.deaths = deaths
    }
  }

  /// Upper bounds of the bands but the last, ascending: mortality below a bound, itself not, lies in its band.
  public let bounds: [Factor]
  /// The band of each group, counted from 0 for the lowest.
  public let bands: [String: Int]

  /// Sorts groups into bands by stated bounds.
  public init(_ groups: [Group], bounds: [Factor]) {
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds ascend")
    self.bounds = bounds
    bands = Dictionary(
      groups.filter { $0.cases > 0 }.map { group in
        let mortality = Fraction(Int128(group.deaths), Int128(group.cases))
        return (group.code, bounds.firstIndex { mortality < Fraction($0) } ?? bounds.count)
      }, uniquingKeysWith: { _, last in last })
  }

  /// Sorts groups into bands by the logarithms of their mortalities: bounds at the mean and `k` deviations from it.
  ///
  /// - Parameter deviations: the `k` of each bound, ascending, as −1, 0, 1.
  /// - Returns: `nil` when fewer than two groups have deaths, or all the same mortality.
  public init?(_ groups: [Group], deviations: [Factor]) {
    guard let bounds = GroupStatistics.mortalityBounds(groups.map { ($0.deaths, $0.cases) }, deviations: deviations),
      zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self.init(groups, bounds: bounds)
  }

  /// Deaths over cases of an institution in groups of one band, to six decimals; `nil` without such cases.
  ///
  /// - Parameters:
  ///   - band: the band, 0 for the lowest.
  ///   - groups: the institution's own groups.
  public func mortality(inBand band: Int, _ groups: [Group]) -> Factor? {
    let own = groups.filter { bands[$0.code] == band }
    return Self.share(deaths: own.reduce(0) { $0 + $1.deaths }, of: own.reduce(0) { $0 + $1.cases })
  }

  /// Deaths over cases, to six decimals; `nil` without cases.
  public static func share(deaths: Int, of cases: Int) -> Factor? {
    cases == 0 ? nil : Fraction(Int128(deaths), Int128(cases)).factor(.halfUp)
  }
}
