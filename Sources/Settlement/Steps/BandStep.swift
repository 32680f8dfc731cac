import Claims
import Kernel
import People

/// A fixed amount for a kind of case (SPEC 7).
enum CaseQuotaStep {
  static func apply(_ quota: Cited<Money>, _ sheet: inout Worksheet, _ recorder: inout some StepRecorder) {
    sheet.covered = sheet.ordinary
    sheet.counted = sheet.ordinary
    sheet.candidate = min(sheet.ordinary, quota.value)
    recorder.record(
      TraceStep(
        .caseQuota, base: sheet.ordinary, limit: quota.value, result: sheet.candidate, source: quota.source))
    recorder.record(TraceStep(.pooled, base: sheet.counted, result: sheet.candidate))
  }
}

/// Pays what is above the deductible by bands (SPEC 7).
enum BandStep {
  static func apply(
    _ claim: Claim, _ person: InsuredPerson, _ benefit: Benefit, _ accumulators: Accumulators,
    _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) {
    countWithinCap(benefit, accumulators, &sheet, &recorder)
    sheet.adjustment = RateAdjustment(claim, person, benefit, &recorder)
    sheet.bandStart = start(benefit.plan, accumulators, sheet)
    let exact = payBands(benefit.plan, sheet, &recorder)
    let bonus = payMedicine(benefit.plan, &sheet, &recorder)
    let rounded = Money(fen: Rounding.halfUp.divide(exact + bonus, by: Rate.one.millionths))
    sheet.candidate = min(rounded, sheet.counted)
    recorder.record(TraceStep(.pooled, base: sheet.counted, result: sheet.candidate))
  }

  /// A cap on in-policy amounts cuts what takes part at all.
  private static func countWithinCap(
    _ benefit: Benefit, _ accumulators: Accumulators, _ sheet: inout Worksheet, _ recorder: inout some StepRecorder
  ) {
    sheet.counted = sheet.covered
    guard benefit.scheme.pooledCapBasis == .inPolicyAmount, benefit.plan.countsTowardCap,
      let cap = benefit.scheme.pooledCap[benefit.category.index]
    else { return }
    let room = (cap.value - accumulators.totals.countedInPolicy).orZero
    sheet.counted = (min(sheet.ordinary, room) - sheet.amounts.deductible).orZero
    sheet.aboveCap = sheet.covered - sheet.counted
    if sheet.aboveCap > .zero {
      recorder.record(
        TraceStep(.inPolicyCap, base: sheet.covered, limit: room, result: sheet.counted, source: cap.source))
    }
  }

  /// Where on the scale the amounts of this claim begin.
  private static func start(_ plan: PlanTerms, _ accumulators: Accumulators, _ sheet: Worksheet) -> Int64 {
    let totals = accumulators.totals
    if plan.measuresInPolicy {
      return (plan.bandsByYear ? totals.inPolicy[plan.counters].fen : 0) + sheet.amounts.deductible.fen
    }
    return plan.bandsByYear ? totals.covered[plan.counters].fen : 0
  }

  /// The exact pay of all bands, in fen times millionths.
  private static func payBands(_ plan: PlanTerms, _ sheet: Worksheet, _ recorder: inout some StepRecorder) -> Int64 {
    let end = sheet.bandStart + sheet.counted.fen
    var exact: Int64 = 0
    for (index, band) in plan.bands.enumerated() {
      let amount = min(end, band.to) - max(sheet.bandStart, band.from)
      guard amount > 0 else { continue }
      let rate = sheet.adjustment.apply(to: band.rate)
      exact += amount * rate.millionths
      recorder.record(
        TraceStep(
          .band, subject: Int32(truncatingIfNeeded: index), base: Money(fen: amount), rate: rate,
          limit: Money(fen: band.from),
          result: Money(fen: Rounding.halfUp.divide(amount * rate.millionths, by: Rate.one.millionths)),
          source: plan.bandSource))
    }
    return exact
  }

  /// What items of Chinese medicine are paid more, in fen times millionths.
  private static func payMedicine(_ plan: PlanTerms, _ sheet: inout Worksheet, _ recorder: inout some StepRecorder)
    -> Int64
  {
    guard let points = plan.tcmItems, sheet.chineseMedicine > .zero else { return 0 }
    let amount = min(sheet.chineseMedicine, sheet.counted)
    sheet.medicineBonus = amount.fen * points.value.millionths
    recorder.record(
      TraceStep(
        .tcmItems, base: amount, rate: points.value,
        result: Money(fen: Rounding.halfUp.divide(sheet.medicineBonus, by: Rate.one.millionths)),
        source: points.source))
    return sheet.medicineBonus
  }
}

/// How a band's rate changes for this claim: points added and taken, then a factor.
struct RateAdjustment {
  private var points = Rate.zero
  private var factor: Rate?

  /// Changes nothing.
  init() {}

  init(_ claim: Claim, _ person: InsuredPerson, _ benefit: Benefit, _ recorder: inout some StepRecorder) {
    let plan = benefit.plan
    if let category = plan.categoryAdjustment {
      // Already in the plan's bands; the trace names it.
      recorder.record(TraceStep(category.code, rate: category.value.value, source: category.value.source))
    }
    add(person.hasFamilyDoctor ? plan.primaryCareSigned : plan.primaryCareUnsigned, .primaryCarePoints, &recorder)
    if claim.institution.isTraditionalChinese { add(plan.tcmInstitution, .tcmInstitutionPoints, &recorder) }
    guard claim.filing != .local else { return }
    if let reduction = benefit.scheme.crossRegionReduction[claim.filing] {
      points = points - reduction.value
      recorder.record(TraceStep(.crossRegionRate, rate: reduction.value, source: reduction.source))
    }
    if let factor = benefit.scheme.crossRegionFactor[claim.filing] {
      self.factor = factor.value
      recorder.record(TraceStep(.crossRegionFactor, rate: factor.value, source: factor.source))
    }
  }

  private mutating func add(_ value: Cited<Rate>?, _ code: StepCode, _ recorder: inout some StepRecorder) {
    guard let value else { return }
    points = points + value.value
    recorder.record(TraceStep(code, rate: value.value, source: value.source))
  }

  /// The rate of a band for this claim.
  func apply(to rate: Rate) -> Rate {
    let adjusted = (rate + points).bounded
    guard let factor else { return adjusted }
    guard let product = Rate(product: adjusted, factor) else {
      preconditionFailure("a factor that is not exact was let through when the policy was compiled")
    }
    return product
  }
}
