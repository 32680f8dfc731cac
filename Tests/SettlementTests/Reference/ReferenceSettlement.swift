import Catalog
import Claims
import Kernel
import People
import Policy
import Settlement

/// A settlement worked out a second time, slowly, from `SPEC-settlement-order.md` alone; numbers in comments are its
/// sections.
struct ReferenceSettlement {
  let claim: Claim
  let person: InsuredPerson
  let policy: ReferencePolicy
  let year: ReferenceAccumulators
  let credit: ReferenceCredit
  let scheme: InsuranceScheme
  /// The plan's care (3), and the care whose counters it uses.
  let plan: CareCategory
  let group: CareCategory
  /// The beginning of identifiers of the scheme, and of the plan.
  let schemeName: String
  let planName: String
  /// Level, category, class of person and filing as keys of tables.
  let keys: ReferencePolicy.Keys

  /// Settles a claim.
  static func settle(
    _ claim: Claim, person: InsuredPerson, snapshot: PolicySnapshot, accumulators: ReferenceAccumulators,
    credit: ReferenceCredit
  ) -> ReferenceResult {
    let policy = ReferencePolicy(snapshot: snapshot)
    func refused(_ number: Int) -> ReferenceResult { ReferenceResult(number: number, accumulators: accumulators) }
    if let number = claimFault(claim) { return refused(number) }
    switch ReferenceCoverage.answer(person, on: claim.admitted, policy) {
    case .notCovered(let reason):
      return refused(120 + Int(reason.rawValue))
    case .covered(let scheme, let category):
      let settlement = ReferenceSettlement(
        claim, person, policy, accumulators, credit, scheme, settlementCategory(category, person, claim, policy))
      if let number = settlement.policyFault() { return refused(number) }
      return settlement.result()
    }
  }

  private init(
    _ claim: Claim, _ person: InsuredPerson, _ policy: ReferencePolicy, _ year: ReferenceAccumulators,
    _ credit: ReferenceCredit, _ scheme: InsuranceScheme, _ category: PersonCategory
  ) {
    self.claim = claim
    self.person = person
    self.policy = policy
    self.year = year
    self.credit = credit
    self.scheme = scheme
    schemeName = "settlement." + scheme.rawValue + "."
    let paidAs = policy.choice(schemeName + claim.care.word + ".paid_as")
    plan = paidAs.flatMap { CareCategory(word: $0) } ?? claim.care
    planName = schemeName + plan.word + "."
    let shared = policy.choice(planName + "accumulates_with")
    group = shared.flatMap { CareCategory(word: $0) } ?? plan
    keys = [
      "institution_level": [claim.institution.level.word],
      "person_category": category == .retiredElder ? ["retired_elder", "retired"] : [category.rawValue],
      "beneficiary_class": [person.beneficiaryClass.rawValue],
      "filing": [claim.filing.rawValue],
      "family_doctor": [person.hasFamilyDoctor ? "signed" : "unsigned"],
    ]
  }

  /// A retired person old enough on the admission date counts as an elder retiree (2).
  private static func settlementCategory(
    _ category: PersonCategory, _ person: InsuredPerson, _ claim: Claim, _ policy: ReferencePolicy
  ) -> PersonCategory {
    guard category == .retired, let age = policy.number("enrolment.retirement.elder_age") else { return category }
    return person.birth.age(on: claim.admitted) >= age ? .retiredElder : .retired
  }

  /// Everything after the outcomes: sections 4 to 12.
  private func result() -> ReferenceResult {
    let lines = sharesOfLines()
    let separate = separatelyPaidItems()
    let deductible = caseQuota == nil ? deductible(of: lines.inPolicy) : nil
    let bands = pooledCandidate(lines, deductible: deductible?.applied ?? 0)
    let pooled = capped(bands)
    let paidItems = pay(separate.items, after: pooled.payment)

    var result = ReferenceResult(accumulators: year)
    for line in claim.lines { result.total += line.amount.fen }
    result.fullySelfPaid = lines.fullySelfPaid
    result.preliminarySelfPay = lines.preliminary
    result.overLimit = lines.ceilingExcess + lines.operationExcess + separate.excess
    let allowed = separate.items.reduce(0) { $0 + $1.allowed }
    result.inPolicy = lines.inPolicy + allowed
    result.deductible = deductible?.applied ?? 0
    result.pooled = pooled.payment
    result.separate = paidItems
    result.aboveCap = pooled.aboveCap
    let burden = LayerBurden(
      inPolicy: lines.inPolicy - pooled.payment, aboveCap: pooled.aboveCap, firstSelfPay: lines.preliminary,
      separately: allowed - paidItems)
    let layers = payLayers(burden)
    for layer in layers { result.layers[layer.layer] = layer.pay }
    result.fund = result.pooled + result.separate + layers.reduce(0) { $0 + $1.pay }
    result.hospital = hospitalPart(lines, separate)
    result.person = result.total - result.fund - result.hospital
    payPersonalPart(&result)
    result.change = change(lines, separate, deductible, bands, result, layers)
    result.accumulators.add(result.change)
    return result
  }

  /// Over limit that the hospital bears (10).
  private func hospitalPart(_ lines: LineShares, _ separate: SeparateShares) -> Int64 {
    var part: Int64 = 0
    if policy.choice("settlement.second_operation.excess_bearer") == "hospital" { part += lines.operationExcess }
    if policy.choice("settlement.separately_paid.excess_bearer") == "hospital" { part += separate.excess }
    return part
  }

  /// Accounts, cash and credit (10).
  private func payPersonalPart(_ result: inout ReferenceResult) {
    let usableFor = policy.choices(schemeName + "account.usable_for") ?? []
    if usableFor.contains(claim.care.word), credit.useAccount {
      let personalOverLimit = result.overLimit - result.hospital
      let limit =
        policy.choice(schemeName + "account.scope") == "in_policy"
        ? result.person - result.fullySelfPaid - personalOverLimit : result.person
      result.account = min(credit.balance, limit)
      if policy.isYes(schemeName + "account.family_sharing") {
        result.familyAccount = min(credit.familyBalance, limit - result.account)
      }
    }
    result.cash = result.person - result.account - result.familyAccount
    result.credit = min(credit.creditLine ?? 0, result.cash)
  }

  /// What the settlement adds to the year (12).
  private func change(
    _ lines: LineShares, _ separate: SeparateShares, _ deductible: DeductibleShares?, _ bands: PooledCandidate,
    _ result: ReferenceResult, _ layers: [LayerShare]
  ) -> ReferenceChange {
    var change = ReferenceChange()
    change.add(result.deductible, to: "deductible/" + group.word)
    change.add(lines.inPolicy, to: "in_policy/" + group.word)
    change.add(bands.aboveDeductible, to: "above_deductible/" + group.word)
    change.add(result.pooled, to: "pooled/" + group.word)
    if planCounts {
      change.add(result.pooled, to: "pooled_counted")
      change.add(lines.inPolicy, to: "in_policy_counted")
    }
    if separateCounts { change.add(result.separate, to: "pooled_counted") }
    for layer in layers {
      change.add(layer.burden, to: "layer_burden/" + layer.layer.word)
      change.add(layer.pay, to: "layer_paid/" + layer.layer.word)
    }
    for item in separate.items { change.add(item.allowed, to: item.key) }
    if let disease = claim.chronicDisease { change.add(result.pooled, to: "disease/" + disease) }
    if claim.care.isStay {
      change.stay = ReferenceStay(
        claim: claim.id, plan: plan, level: claim.institution.level, chain: claim.referralChain,
        standard: deductible?.standard ?? 0)
    }
    return change
  }
}
