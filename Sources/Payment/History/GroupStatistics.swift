/// Statistics of costs that describe groups and are never paid: the one file of the room with floating point.
///
/// Results leave it as whole numbers of millionths.
enum GroupStatistics {
  /// Standard deviation over mean, of the cases themselves (population); `nil` for fewer than two or a mean of nothing.
  static func variation(_ costs: [Int64]) -> Factor? {
    guard costs.count > 1 else { return nil }
    let mean = mean(costs)
    guard mean > 0 else { return nil }
    return factor((squares(costs, around: mean) / Double(costs.count)).squareRoot() / mean)
  }

  /// The share of the squares around the mean of all that lies between groups; `nil` when costs do not differ.
  static func reduction(_ groups: [[Int64]]) -> Factor? {
    let all = groups.flatMap { $0 }
    guard !all.isEmpty else { return nil }
    let whole = squares(all, around: mean(all))
    guard whole > 0 else { return nil }
    let within = groups.reduce(0.0) { $0 + ($1.isEmpty ? 0 : squares($1, around: mean($1))) }
    return factor((whole - within) / whole)
  }

  /// Upper bounds of mortality by the logarithms of groups' mortalities: `exp(mean + k × deviation)` for each `k`.
  ///
  /// Groups without deaths have no logarithm and are left out; `nil` for fewer than two groups with deaths.
  static func mortalityBounds(_ groups: [(deaths: Int, cases: Int)], deviations: [Factor]) -> [Factor]? {
    let logs = groups.filter { $0.deaths > 0 && $0.cases > 0 }.map { logarithm(Double($0.deaths) / Double($0.cases)) }
    guard logs.count > 1 else { return nil }
    let mean = logs.reduce(0, +) / Double(logs.count)
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)).squareRoot()
    return deviations.map { factor(exponential(mean + Double($0.millionths) / 1e6 * deviation)) }
  }

  private static func mean(_ costs: [Int64]) -> Double {
    Double(costs.reduce(Int128(0)) { $0 + Int128($1) }) / Double(costs.count)
  }

  // Sorted, so that the order in which cases arrive changes nothing.
  private static func squares(_ costs: [Int64], around mean: Double) -> Double {
    costs.sorted().reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  }

  private static func factor(_ number: Double) -> Factor {
    Factor(millionths: Int64((number * 1e6).rounded(.toNearestOrAwayFromZero)))
  }

  /// The natural logarithm, by the series of the inverse hyperbolic tangent after taking out powers of two.
  static func logarithm(_ number: Double) -> Double {
    let ratio = (number.significand - 1) / (number.significand + 1)
    var (power, sum) = (ratio, 0.0)
    for place in stride(from: 1, through: 41, by: 2) {
      sum += power / Double(place)
      power *= ratio * ratio
    }
    return 2 * sum + Double(number.exponent) * 0.693147180559945309417
  }

  /// The exponential, by its series after taking out powers of two.
  static func exponential(_ number: Double) -> Double {
    let twos = (number / 0.693147180559945309417).rounded()
    let rest = number - twos * 0.693147180559945309417
    var (term, sum) = (1.0, 1.0)
    for place in 1...20 {
      term *= rest / Double(place)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(twos), significand: 1) * sum
  }
}
