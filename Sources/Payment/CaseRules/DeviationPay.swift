import Kernel

extension GroupedCalculation {
  mutating func payDeviation(
    _ deviation: DeviationTerms, _ row: GroupRow, _ worth: GroupWorth, _ reference: Fraction, as outcome: CaseOutcome
  ) -> CasePayment {
    var high = deviation.high
    var isNewTechnology = false
    if paid.marks.contains(.newTechnology), let pay = terms.special?.newTechnology {
      switch (determination.isWithinQuota, pay) {
      case (true, .actualCost):
        steps.add(.actualCost, result: .money(paid.cost), source: terms.special?.source)
        return money(paid.cost, .newTechnology)
      case (true, .highCost(let own)): (high, isNewTechnology) = (own, true)
      case (false, _): break
      case (nil, _): needsReview = true
      }
    }
    let formula = DeviationFormula(
      worth: worth, reference: reference, cost: Fraction(paid.cost), isByPoints: isByPoints)
    let size = isByScore ? row.score?.millionths : row.weight?.millionths
    let found = formula.classify(deviation.low, high, deviation.extreme, size: size ?? 0)
    bounds = found.bounds
    recordClass(found, deviation, high, reference)
    switch found.deviation {
    case .extreme:
      needsReview = true
      guard let terms = deviation.extreme else { return missing }
      let pay = terms.pay
      return payHigh(pay, formula, terms.bound, terms.source, isNewTechnology ? .newTechnology : .extremeOutlier)
    case .high:
      guard let terms = high, let multiple = found.multiple else { return missing }
      return payHigh(
        terms.pay, formula, multiple, terms.source, isNewTechnology ? .newTechnology : .highOutlier)
    case .low:
      guard let low = deviation.low else { return missing }
      return payLow(low, formula)
    case .normal, .none:
      return result(worth.standard, worth, isNewTechnology ? .newTechnology : outcome, .normal)
    }
  }

  private mutating func payLow(_ low: LowCostTerms, _ formula: DeviationFormula) -> CasePayment {
    switch low.pay {
    case .actualCost:
      steps.add(.actualCost, result: .money(paid.cost), source: low.source)
      return money(paid.cost, .lowOutlier, .low, formula.worth)
    case .proportional(let withCoefficient):
      let value = formula.proportional(withCoefficient: withCoefficient)
      steps.add(
        .proportional, number(formula.costValue),
        .factor(withCoefficient ? formula.worth.coefficient.factor(.halfUp) : .one), result: number(value),
        source: low.source)
      return result(value, formula.worth, .lowOutlier, .low)
    }
  }

  private mutating func payHigh(
    _ pay: HighCostPay, _ formula: DeviationFormula, _ multiple: Factor, _ source: Int?, _ outcome: CaseOutcome
  ) -> CasePayment {
    let deviation: CaseDeviation = outcome == .extremeOutlier ? .extreme : .high
    if pay == .actualCost {
      steps.add(.actualCost, result: .money(paid.cost), source: source)
      return money(paid.cost, outcome, deviation, formula.worth)
    }
    let value = formula.high(pay, multiple)
    let code: PaymentStepCode =
      switch pay {
      case .linearAdd: .linearAdd
      case .deduct: .deduct
      case .cap: .cap
      case .standardOnly, .actualCost: .standardOnly
      }
    steps.add(
      code, number(formula.worth.standard), number(formula.costValue), .factor(multiple), result: number(value),
      source: source)
    return result(value, formula.worth, outcome, deviation)
  }

  private mutating func recordClass(
    _ found: DeviationFormula.Found, _ deviation: DeviationTerms, _ high: HighCostTerms?, _ reference: Fraction
  ) {
    let cost = StepNumber.money(paid.cost)
    let mean = StepNumber.money(reference.money(.halfUp))
    steps.add(.ratio, cost, mean, result: .factor((Fraction(paid.cost) / reference).factor(.halfUp)))
    if let low = deviation.low, let bound = found.bounds.low {
      steps.add(.lowBound, mean, .factor(low.bound), result: .money(bound), source: low.source)
    }
    if let multiple = found.multiple, let bound = found.bounds.high {
      steps.add(.highBound, mean, .factor(multiple), result: .money(bound), source: high?.source)
    }
    if let extreme = deviation.extreme, let bound = found.bounds.extreme {
      steps.add(.extremeBound, mean, .factor(extreme.bound), result: .money(bound), source: extreme.source)
    }
  }
}
