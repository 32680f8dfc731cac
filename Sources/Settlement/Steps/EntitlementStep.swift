import Claims
import Kernel
import People

/// The benefit that a claim is settled under.
struct Benefit {
  let insurance: InsuranceScheme
  let scheme: SchemeTerms
  let plan: PlanTerms
  let quota: Cited<Money>?
  let category: PersonCategory
}

/// Which plan pays, and whether the person is entitled to it (SPEC 2 and 3).
enum EntitlementStep {
  static func decide(_ claim: Claim, _ person: InsuredPerson, _ policy: SettlementPolicy, _ cover: Cover)
    -> Result<Benefit, SettlementOutcome>
  {
    guard let scheme = policy.scheme(cover.scheme),
      let plan = policy.plan(cover.scheme, claim.care, claim.institution.level, cover.category)
    else { return .failure(.careNotOffered) }
    let quota = claim.caseKind.flatMap { plan.caseQuotas[$0] }
    if quota == nil && plan.bands.isEmpty { return .failure(.noRateAtLevel) }
    if plan.requiresFiling && !isFiled(claim, person) { return .failure(.chronicDiseaseNotFiled) }
    return .success(
      Benefit(insurance: cover.scheme, scheme: scheme, plan: plan, quota: quota, category: cover.category))
  }

  private static func isFiled(_ claim: Claim, _ person: InsuredPerson) -> Bool {
    guard let disease = claim.chronicDisease else { return false }
    return person.chronicFilings.contains { $0.disease == disease && $0.period.contains(claim.admitted) }
  }
}
