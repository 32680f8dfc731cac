import Kernel

/// Ways of payment that need no group.
enum SimpleMethods {
  static func perItem(_ paid: PaymentCase, _ steps: StepRecord) -> CasePayment {
    steps.add(.actualCost, result: .money(paid.cost))
    return CasePayment(paid, method: .perItem, outcome: .perItem, payable: paid.cost, steps: steps.steps)
  }

  static func perCapita(_ paid: PaymentCase, _ steps: StepRecord) -> CasePayment {
    steps.add(.capitation, .money(paid.cost), result: .money(.zero))
    return CasePayment(paid, method: .perCapita, outcome: .perCapita, steps: steps.steps)
  }

  static func perDisease(_ paid: PaymentCase, _ terms: PerDiseaseTerms, _ steps: StepRecord) -> CasePayment {
    guard let amounts = terms.amounts[paid.group] else {
      steps.add(.withoutGroup, .word(paid.group), result: .money(paid.cost), source: terms.source)
      return CasePayment(
        paid, method: .perDisease, outcome: .unlisted, payable: paid.cost, needsReview: true, steps: steps.steps)
    }
    guard let amount = amounts[paid] else {
      steps.add(.missingTerm, .word(paid.group), result: .word("amounts"), source: terms.source)
      return CasePayment(
        paid, method: .perDisease, outcome: .termMissing, needsReview: true, steps: steps.steps)
    }
    steps.add(.fixedAmount, .word(paid.group), result: .money(amount), source: terms.source)
    return CasePayment(
      paid, method: .perDisease, outcome: .perDisease, standard: amount, payable: amount, steps: steps.steps)
  }

  /// Adds up the bands: each day is paid at the price of the band that it lies in.
  static func perDiem(_ paid: PaymentCase, _ terms: PerDiemTerms, _ steps: StepRecord) -> CasePayment {
    var sum = Fraction.zero
    for (place, band) in terms.bands.enumerated() {
      let end = place + 1 < terms.bands.count ? min(paid.stayDays, terms.bands[place + 1].above) : paid.stayDays
      let days = end - band.above
      if days <= 0 { break }
      guard let price = band.price[paid] else {
        steps.add(.missingTerm, .days(band.above), result: .word("per_day"), source: terms.source)
        return CasePayment(paid, method: .perDiem, outcome: .termMissing, needsReview: true, steps: steps.steps)
      }
      let part = Fraction(fenOf: price) * Fraction(Int128(days))
      sum = sum + part
      steps.add(
        .dayBand, .days(band.above), .days(days), .price(price), result: .money(part.money(terms.rounding)),
        source: terms.source)
    }
    let amount = sum.money(terms.rounding)
    steps.add(.result, result: .money(amount))
    return CasePayment(
      paid, method: .perDiem, outcome: .perDiem, standard: amount, payable: amount, needsReview: paid.stayDays <= 0,
      steps: steps.steps)
  }
}
