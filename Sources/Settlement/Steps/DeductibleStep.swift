import Claims
import Kernel
import People

/// The deductible: standard, repetition, class of person, referral chain, year (SPEC 6; S17).
enum DeductibleStep {
  static func apply(
    _ claim: Claim, _ person: InsuredPerson, _ benefit: Benefit, _ accumulators: Accumulators,
    _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) {
    guard let terms = benefit.plan.deductible else {
      sheet.covered = sheet.ordinary
      return
    }
    let stays = accumulators.stays.filter { $0.plan == benefit.plan.care }
    recorder.record(
      TraceStep(.deductibleStandard, result: terms.standard.value, source: terms.standard.source))
    var due = terms.standard.value
    if terms.period == .admission { due = repeated(due, claim, terms, stays, &recorder) }
    if let factor = terms.beneficiaryFactor[person.beneficiaryClass.index] {
      let reduced = due.multiplied(by: factor.value, rounding: .halfUp)
      recorder.record(
        TraceStep(.deductibleBeneficiary, base: due, rate: factor.value, result: reduced, source: factor.source))
      due = reduced
    }
    sheet.standard = due
    switch terms.period {
    case .admission: due = afterReferral(due, claim, terms, stays, &recorder)
    case .year:
      let used = accumulators.totals.deductible[benefit.plan.counters]
      if used > .zero {
        recorder.record(
          TraceStep(
            .deductibleYearly, base: due, limit: used, result: (due - used).orZero, source: terms.standard.source))
      }
      due = (due - used).orZero
    case .visit: break
    }
    sheet.amounts.deductible = min(sheet.ordinary, due)
    sheet.covered = sheet.ordinary - sheet.amounts.deductible
    recorder.record(
      TraceStep(.deductible, base: sheet.ordinary, limit: due, result: sheet.amounts.deductible))
  }

  // MARK: Repeated admissions

  private static func repeated(
    _ standard: Money, _ claim: Claim, _ terms: PlanTerms.Deductible, _ stays: [StayRecord],
    _ recorder: inout some StepRecorder
  ) -> Money {
    let number = 1 + earlierAdmissions(claim, terms, stays)
    guard number >= 2 else { return standard }
    var due = standard
    let source: ValueReference
    if let factor = value(at: number, in: terms.repeatFactor) {
      due = standard.multiplied(by: factor.value, rounding: .halfUp)
      source = factor.source
    } else if let reduction = value(at: number, in: terms.repeatReduction) {
      due = (standard - reduction.value).orZero
      source = reduction.source
    } else {
      return standard
    }
    if let floor = terms.floor { due = max(due, min(floor.value, standard)) }
    recorder.record(
      TraceStep(
        .deductibleRepeat, subject: Int32(truncatingIfNeeded: number), base: standard, result: due, source: source))
    return due
  }

  private static func value<Value>(at number: Int, in table: [Cited<Value>?]) -> Cited<Value>? {
    table.isEmpty ? nil : table[min(number, table.count - 1)]
  }

  /// Stays before this one; where a rule for referrals is stated, a chain counts once and the claim's own not at all.
  private static func earlierAdmissions(_ claim: Claim, _ terms: PlanTerms.Deductible, _ stays: [StayRecord]) -> Int {
    var chains: Set<String> = []
    var count = 0
    for stay in stays where !terms.sameLevelOnly || stay.level == claim.institution.level {
      guard terms.referral != .eachStay, let chain = stay.chain else {
        count += 1
        continue
      }
      if chain != claim.referralChain, chains.insert(chain).inserted { count += 1 }
    }
    return count
  }

  // MARK: Referral

  private static func afterReferral(
    _ standard: Money, _ claim: Claim, _ terms: PlanTerms.Deductible, _ stays: [StayRecord],
    _ recorder: inout some StepRecorder
  ) -> Money {
    guard let chain = claim.referralChain, terms.referral != .eachStay else { return standard }
    let earlier = stays.filter { $0.chain == chain }
    guard let latest = earlier.last else { return standard }
    let due: Money
    switch terms.referral {
    case .eachStay: due = standard
    case .oneStayHighest:
      let highest = earlier.reduce(Money.zero) { max($0, $1.standard) }
      due = (standard - highest).orZero
    case .differenceUpNoneDown:
      due = claim.institution.level > latest.level ? (standard - latest.standard).orZero : .zero
    }
    recorder.record(TraceStep(.deductibleReferral, base: standard, result: due, source: terms.referralSource))
    return due
  }
}
