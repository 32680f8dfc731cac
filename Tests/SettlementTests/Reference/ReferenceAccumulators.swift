import Claims
import People

/// What the year holds for one person in one scheme, as plain named sums (spec 12).
///
/// | key | what |
/// |---|---|
/// | `deductible/G`, `in_policy/G`, `above_deductible/G`, `pooled/G` | counters of care G |
/// | `pooled_counted`, `in_policy_counted` | what counts toward the yearly pooled cap |
/// | `layer_burden/L`, `layer_paid/L` | counters of layer L |
/// | `separate/ITEM/yyyy-mm` | allowed amount of a separately paid item in a month |
/// | `disease/D` | pooled payment for a disease |
///
/// A sum of nothing is left out, so that equal states are equal values.
struct ReferenceAccumulators: Hashable, Sendable {
  var year: Int
  var scheme: InsuranceScheme
  var sums: [String: Int64] = [:]
  var stays: [ReferenceStay] = []

  init(year: Int, scheme: InsuranceScheme) {
    self.year = year
    self.scheme = scheme
  }

  subscript(key: String) -> Int64 { sums[key] ?? 0 }

  mutating func add(_ change: ReferenceChange) {
    for (key, amount) in change.sums { put(self[key] + amount, at: key) }
    if let stay = change.stay { stays.append(stay) }
  }

  /// Takes a settlement's change away again.
  mutating func take(_ change: ReferenceChange) {
    for (key, amount) in change.sums { put(self[key] - amount, at: key) }
    if let stay = change.stay, let place = stays.lastIndex(of: stay) { stays.remove(at: place) }
  }

  private mutating func put(_ amount: Int64, at key: String) {
    sums[key] = amount == 0 ? nil : amount
  }
}

/// One stay of the year.
struct ReferenceStay: Hashable, Sendable {
  var claim: String
  var plan: CareCategory
  var level: InstitutionLevel
  var chain: String?
  var standard: Int64
}

/// What one settlement adds to the accumulators.
struct ReferenceChange: Hashable, Sendable {
  var sums: [String: Int64] = [:]
  var stay: ReferenceStay?

  mutating func add(_ amount: Int64, to key: String) {
    if amount != 0 { sums[key, default: 0] += amount }
  }
}

/// The person's credit facts.
struct ReferenceCredit: Hashable, Sendable {
  var balance: Int64 = 0
  var familyBalance: Int64 = 0
  var useAccount = true
  var creditLine: Int64?
}
