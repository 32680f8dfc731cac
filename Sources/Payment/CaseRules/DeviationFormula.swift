import Kernel

/// The one family of formulas for unusual costs, in points or in money.
///
/// `S` is the group's standard, `M` what a case at the reference counts before the coefficient, `C` what this case's
/// cost counts in the same unit, `K` the bound. In money `M` is the reference and `C` the cost; in points `M` is the
/// group's points before the coefficient and `C` is `M` times the ratio of the cost to the reference.
struct DeviationFormula {
  let worth: GroupWorth
  let reference: Fraction
  let cost: Fraction
  let isByPoints: Bool

  /// Where the cost lies.
  struct Found {
    var deviation: CaseDeviation
    /// The bound for very high costs that counts for the group's size.
    var multiple: Factor?
    var bounds: CostBounds
  }

  /// What a case at the reference counts before the coefficient.
  var meanValue: Fraction { isByPoints ? worth.raised : reference }
  /// What this case's cost counts.
  var costValue: Fraction { isByPoints ? worth.raised * cost / reference : cost }

  /// Finds the class of the cost; beyond very high goes before very high, and very high before very low.
  func classify(
    _ low: LowCostTerms?, _ high: HighCostTerms?, _ extreme: ExtremeCostTerms?, size: Int64
  ) -> Found {
    let multiple = high?.multiple(forMillionths: size)
    let lowBound = low.map { reference * Fraction($0.bound) * fall($0) }
    let highBound = multiple.map { reference * Fraction($0) }
    let extremeBound = extreme.map { reference * Fraction($0.bound) }
    var deviation = CaseDeviation.normal
    if let extreme, let bound = extremeBound, extreme.isInclusive ? cost >= bound : cost > bound {
      deviation = .extreme
    } else if let high, let bound = highBound, high.isInclusive ? cost >= bound : cost > bound {
      deviation = .high
    } else if let low, let bound = lowBound, low.isInclusive ? cost <= bound : cost < bound {
      deviation = .low
    }
    let bounds = CostBounds(
      reference: reference.money(.halfUp), low: lowBound?.money(.halfUp), high: highBound?.money(.halfUp),
      extreme: extremeBound?.money(.halfUp))
    return Found(deviation: deviation, multiple: multiple, bounds: bounds)
  }

  private func fall(_ low: LowCostTerms) -> Fraction {
    low.fallsWithCoefficient && worth.coefficient < .one ? worth.coefficient : .one
  }

  /// The cost in proportion, with the coefficient or without.
  func proportional(withCoefficient: Bool) -> Fraction {
    withCoefficient ? costValue * worth.coefficient : costValue
  }

  /// What a very high cost counts.
  func high(_ pay: HighCostPay, _ multiple: Factor) -> Fraction {
    let bound = Fraction(multiple)
    switch pay {
    case .linearAdd(let withCoefficient):
      let above = costValue - bound * meanValue
      return worth.standard + (withCoefficient ? above * worth.coefficient : above)
    case .deduct: return costValue - (bound - .one) * worth.standard
    case .cap: return bound * worth.standard
    case .standardOnly: return worth.standard
    // Paid in money before this is asked for.
    case .actualCost: return costValue
    }
  }
}
