import Kernel
import People

/// Terms that many cases refer to.
final class ReadyTerms: Sendable {
  let terms: GroupedTerms

  init(_ terms: GroupedTerms) { self.terms = terms }
}

/// One case paid by its group, step after step.
struct GroupedCalculation {
  let paid: PaymentCase
  private let ready: ReadyTerms
  let determination: CaseDetermination
  let steps: StepRecord
  /// Whether somebody has to look at it, found on the way.
  var needsReview = false
  /// The bounds of the case's cost; known after ``pay()`` where the contract has some.
  var bounds: CostBounds?

  init(
    _ paid: PaymentCase, _ ready: ReadyTerms, _ determination: CaseDetermination, _ steps: StepRecord
  ) {
    self.paid = paid
    self.ready = ready
    self.determination = determination
    self.steps = steps
  }

  /// The contract's terms for cases that are paid by group.
  var terms: GroupedTerms {
    _read { yield ready.terms }
  }

  /// The whole order: decided cases, cases without a usable group, the group's worth, the cost's deviation.
  mutating func pay() -> CasePayment {
    if let decided = payDecision() { return decided }
    if let blank = terms.blankGroup, blank.groups.contains(where: { $0.matches(paid.group) }) {
      return payBlankGroup(blank)
    }
    switch usableRow() {
    case .group(let row): return pay(row, deviates: true, as: .standard)
    case .insteadOf(let row, let outcome): return pay(row, deviates: false, as: outcome)
    case .paid(let payment): return payment
    }
  }

  private mutating func pay(_ row: GroupRow, deviates: Bool, as outcome: CaseOutcome) -> CasePayment {
    guard let worth = worth(of: row) else { return missing }
    guard deviates, let deviation = terms.deviation else { return result(worth.standard, worth, outcome, .none) }
    guard let reference = reference(deviation, row, worth) else { return missing }
    return payDeviation(deviation, row, worth, reference, as: outcome)
  }

  // MARK: Decided elsewhere

  /// What experts decided; a decision that is still open is noted and the case paid as every other until then.
  private mutating func payDecision() -> CasePayment? {
    guard paid.marks.contains(.specialNegotiation), let special = terms.special, special.negotiates else { return nil }
    switch determination.decision {
    case .amount(let amount):
      steps.add(.decision, .money(paid.cost), result: .money(amount), source: special.source)
      return money(amount, .negotiated)
    case .actualCost:
      steps.add(.decision, .money(paid.cost), result: .money(paid.cost), source: special.source)
      return money(paid.cost, .negotiated)
    case .refused: return nil
    case nil:
      needsReview = true
      return nil
    }
  }

  // MARK: Results

  var isByPoints: Bool { terms.basis.method != .drgRate }
  var isByScore: Bool { terms.basis.method == .dip }

  /// A value of the basis as a number of a step.
  func number(_ value: Fraction) -> StepNumber {
    isByPoints
      ? .points(value.points(decimals: 6, terms.rounding.points)) : .money(value.money(terms.rounding.amount))
  }

  mutating func result(
    _ value: Fraction, _ worth: GroupWorth, _ outcome: CaseOutcome, _ deviation: CaseDeviation
  ) -> CasePayment {
    let rounding = terms.rounding
    guard isByPoints else {
      let amount = value.money(rounding.amount)
      steps.add(.result, result: .money(amount), source: rounding.source)
      return CasePayment(
        paid, method: terms.basis.method, outcome: outcome, deviation: deviation, standard: standard(worth),
        payable: amount, needsReview: needsReview, steps: steps.steps)
    }
    let value = value * worth.assessment
    let points = value.points(decimals: rounding.pointDecimals, rounding.points)
    steps.add(.result, result: .points(points), source: rounding.source)
    var payable: Money?
    if let price = terms.pointValue?.value[paid] {
      let amount = (value * Fraction(fenOf: price)).money(rounding.amount)
      steps.add(
        .pointValue, .points(points), .price(price), result: .money(amount), source: terms.pointValue?.source)
      payable = amount
    }
    return CasePayment(
      paid, method: terms.basis.method, outcome: outcome, deviation: deviation, points: points,
      standard: standard(worth), payable: payable, needsReview: needsReview, steps: steps.steps)
  }

  mutating func money(
    _ amount: Money, _ outcome: CaseOutcome, _ deviation: CaseDeviation = .none, _ worth: GroupWorth? = nil
  ) -> CasePayment {
    steps.add(.result, result: .money(amount))
    return CasePayment(
      paid, method: terms.basis.method, outcome: outcome, deviation: deviation,
      standard: worth.map { standard($0) } ?? .zero, payable: amount, needsReview: needsReview, steps: steps.steps)
  }

  var missing: CasePayment {
    CasePayment(
      paid, method: terms.basis.method, outcome: .termMissing, needsReview: true, steps: steps.steps)
  }

  func standard(_ worth: GroupWorth) -> Money {
    guard isByPoints else { return worth.standard.money(terms.rounding.amount) }
    guard let price = terms.pointValue?.value[paid] else { return .zero }
    return (worth.standard * worth.assessment * Fraction(fenOf: price)).money(terms.rounding.amount)
  }
}
