import Claims
import Kernel
import People

/// Whether and how insurance covers the day of admission (SPEC 2).
enum CoverageStep {
  static func decide(
    _ claim: Claim, _ person: InsuredPerson, _ policy: SettlementPolicy, _ recorder: inout some StepRecorder
  ) -> Result<Cover, SettlementOutcome> {
    switch person.coverage(on: claim.admitted, under: policy.coverage) {
    case .notCovered(let reason):
      return .failure(SettlementOutcome(reason))
    case .covered(let scheme, var category, let since):
      if category == .retired, let elderAge = policy.elderAge, person.birth.age(on: claim.admitted) >= elderAge {
        category = .retiredElder
      }
      recorder.record(TraceStep(.coverage, source: source(scheme, person, policy)))
      return .success(Cover(scheme: scheme, category: category, since: since))
    }
  }

  private static func source(_ scheme: InsuranceScheme, _ person: InsuredPerson, _ policy: SettlementPolicy)
    -> ValueReference?
  {
    person.enrolments.first { $0.kind.scheme == scheme }.flatMap { policy.coverageSources[$0.kind] }
  }
}
