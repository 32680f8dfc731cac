import Claims
import Kernel
import People
import Settlement

/// Reading accumulators.
extension RecordReader {
  static func accumulators(_ cursor: inout JSONCursor) throws(Damage) -> Accumulators {
    var (scheme, year): (InsuranceScheme?, Int64?)
    var totals = AccumulatorTotals()
    var stays: [StayRecord] = []
    var uses: [UseKey: Money] = [:]
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "scheme": scheme = try word(&cursor)
      case "year": year = try cursor.integer()
      case "totals": totals = try self.totals(&cursor)
      case "stays": stays = try cursor.list(stay)
      case "uses": uses = try self.uses(&cursor)
      default: throw cursor.damage("a member of accumulators, not \(key)")
      }
    }
    return Accumulators(
      scheme: try present(scheme, "scheme", cursor), year: Int(try present(year, "year", cursor)), totals: totals,
      stays: stays, uses: uses)
  }

  private static func totals(_ cursor: inout JSONCursor) throws(Damage) -> AccumulatorTotals {
    var totals = AccumulatorTotals()
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "deductible": totals.deductible = try byCare(&cursor)
      case "inPolicy": totals.inPolicy = try byCare(&cursor)
      case "covered": totals.covered = try byCare(&cursor)
      case "pooled": totals.pooled = try byCare(&cursor)
      case "layerBurden": totals.layerBurden = try byLayer(&cursor)
      case "layerPaid": totals.layerPaid = try byLayer(&cursor)
      case "countedPooled": totals.countedPooled = try amount(&cursor)
      case "countedInPolicy": totals.countedInPolicy = try amount(&cursor)
      default: throw cursor.damage("a member of totals, not \(key)")
      }
    }
    return totals
  }

  private static func byCare(_ cursor: inout JSONCursor) throws(Damage) -> AmountsByCare {
    let list = try cursor.list(amount)
    var amounts = AmountsByCare()
    guard list.count <= CareCategory.allCases.count else { throw cursor.damage("an amount for each kind of care") }
    for (care, amount) in zip(CareCategory.allCases, list) { amounts[care] = amount }
    return amounts
  }

  private static func byLayer(_ cursor: inout JSONCursor) throws(Damage) -> AmountsByLayer {
    let list = try cursor.list(amount)
    var amounts = AmountsByLayer()
    guard list.count <= SupplementLayer.allCases.count else { throw cursor.damage("an amount for each layer") }
    for (layer, amount) in zip(SupplementLayer.allCases, list) { amounts[layer] = amount }
    return amounts
  }

  private static func stay(_ cursor: inout JSONCursor) throws(Damage) -> StayRecord {
    var (claim, chain): (String?, String?)
    var (plan, level, standard): (CareCategory?, InstitutionLevel?, Money?)
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "claim": claim = try cursor.string()
      case "plan": plan = try code(&cursor)
      case "level": level = try code(&cursor)
      case "chain": chain = try cursor.string()
      case "standard": standard = try amount(&cursor)
      default: throw cursor.damage("a member of a stay, not \(key)")
      }
    }
    return StayRecord(
      claim: try present(claim, "claim", cursor), plan: try present(plan, "plan", cursor),
      level: try present(level, "level", cursor), chain: chain, standard: try present(standard, "standard", cursor))
  }

  /// Keys and amounts in turn.
  private static func uses(_ cursor: inout JSONCursor) throws(Damage) -> [UseKey: Money] {
    var uses: [UseKey: Money] = [:]
    var key: UseKey?
    _ = try cursor.list { cursor throws(Damage) in
      if let known = key {
        uses[known] = try amount(&cursor)
        key = nil
      } else {
        key = try useKey(&cursor)
      }
    }
    if key != nil { throw cursor.damage("an amount for each use") }
    return uses
  }

  private static func useKey(_ cursor: inout JSONCursor) throws(Damage) -> UseKey {
    var found: UseKey?
    try cursor.object { kind, cursor throws(Damage) in
      var (first, second): (String?, YearMonth?)
      try cursor.object { key, cursor throws(Damage) in
        switch key {
        case "_0": first = try cursor.string()
        case "_1": second = try month(&cursor)
        default: throw cursor.damage("a part of a use, not \(key)")
        }
      }
      switch kind {
      case "disease": found = .disease(try present(first, "_0", cursor))
      case "item": found = .item(try present(first, "_0", cursor), try present(second, "_1", cursor))
      default: throw cursor.damage("a kind of use, not \(kind)")
      }
    }
    return try present(found, "a use", cursor)
  }
}
