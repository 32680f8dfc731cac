public import Claims
import Kernel
public import People

/// Settles one claim: who pays what, why, and what it changes.
///
/// Pure: the same inputs give the same result, whatever the day. The order is that of SPEC-settlement-order; each step
/// is one file in `Steps/`.
///
/// ```swift
/// let dates = EventDates(admission: claim.admitted, discharge: claim.discharged)
/// let policy = try SettlementPolicy(book.snapshot(region: "990100", dates: dates))
/// let result = SettlementEngine.settle(
///   claim, of: person, under: policy, after: accumulators, credit: CreditFacts(balance: balance))
/// ```
public enum SettlementEngine {
  /// Settles a claim and explains every amount.
  ///
  /// - Parameters:
  ///   - claim: what was done and charged.
  ///   - person: the facts about the person.
  ///   - policy: the policy in force for the claim's dates.
  ///   - accumulators: the person's year so far, in the scheme that covers them.
  ///   - credit: what can pay the person's share.
  /// - Returns: the settlement with its trace and line shares, or the outcome that refuses it.
  public static func settle(
    _ claim: Claim, of person: InsuredPerson, under policy: SettlementPolicy, after accumulators: Accumulators,
    credit: CreditFacts
  ) -> Result<SettledClaim, SettlementOutcome> {
    var recorder = TraceRecorder(lineCount: claim.lines.count)
    return calculate(claim, person, policy, accumulators, credit, &recorder).map { sheet, cover in
      SettledClaim(claim, person, cover, sheet, steps: recorder.steps, lineShares: recorder.lineShares)
    }
  }

  /// Settles a claim without its explanation, for replay and simulation of millions of claims.
  ///
  /// Amounts and changes equal those of ``settle(_:of:under:after:credit:)``.
  public static func amounts(
    _ claim: Claim, of person: InsuredPerson, under policy: SettlementPolicy, after accumulators: Accumulators,
    credit: CreditFacts
  ) -> Result<SettledAmounts, SettlementOutcome> {
    var recorder = SilentRecorder()
    return calculate(claim, person, policy, accumulators, credit, &recorder).map { sheet, cover in
      SettledAmounts(cover: cover, amounts: sheet.amounts, change: sheet.change)
    }
  }

  /// The cover under which a claim would be settled, before its fees are looked at.
  ///
  /// Tells which accumulators to hand in.
  public static func cover(for claim: Claim, of person: InsuredPerson, under policy: SettlementPolicy)
    -> Result<Cover, SettlementOutcome>
  {
    var recorder = SilentRecorder()
    return CoverageStep.decide(claim, person, policy, &recorder)
  }

  /// The whole order of calculation.
  @inline(__always)
  private static func calculate<Recorder: StepRecorder>(
    _ claim: Claim, _ person: InsuredPerson, _ policy: SettlementPolicy, _ accumulators: Accumulators,
    _ credit: CreditFacts, _ recorder: inout Recorder
  ) -> Result<(Worksheet, Cover), SettlementOutcome> {
    var sheet = Worksheet()
    if let fault = ClaimForm.check(claim) { return .failure(fault) }
    let cover: Cover
    switch CoverageStep.decide(claim, person, policy, &recorder) {
    case .failure(let outcome): return .failure(outcome)
    case .success(let decided): cover = decided
    }
    let benefit: Benefit
    switch EntitlementStep.decide(claim, person, policy, cover) {
    case .failure(let outcome): return .failure(outcome)
    case .success(let decided): benefit = decided
    }
    if let fault = LineStep.split(claim, policy, benefit.scheme, &sheet, &recorder) { return .failure(fault) }
    if let fault = SeparatePaymentStep.split(claim, policy, benefit.scheme, accumulators, &sheet, &recorder) {
      return .failure(fault)
    }
    guard accumulators.year == claim.discharged.year, accumulators.scheme == cover.scheme else {
      return .failure(.wrongYear)
    }
    sheet.closeBill(&recorder)
    if let quota = benefit.quota {
      CaseQuotaStep.apply(quota, &sheet, &recorder)
    } else {
      DeductibleStep.apply(claim, person, benefit, accumulators, &sheet, &recorder)
      BandStep.apply(claim, person, benefit, accumulators, &sheet, &recorder)
    }
    CapStep.apply(claim, policy, benefit, accumulators, &sheet, &recorder)
    LayerStep.apply(claim, person, policy, benefit, accumulators, &sheet, &recorder)
    ShareStep.apply(claim, benefit.scheme, credit, &sheet, &recorder)
    sheet.amounts.checkIdentities()
    sheet.recordUse(claim, benefit)
    return .success((sheet, cover))
  }
}
