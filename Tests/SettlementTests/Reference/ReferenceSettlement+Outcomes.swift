import Catalog
import Claims
import Kernel
import People
import Policy

/// Section 2: outcomes that settle nothing.
extension ReferenceSettlement {
  /// The largest amount of a line, and of a claim: 1,000,000,000.00 yuan.
  static let largestAmount: Int64 = 100_000_000_000

  /// What is wrong with the claim itself, 110 to 115.
  static func claimFault(_ claim: Claim) -> Int? {
    if claim.lines.isEmpty { return 110 }
    if claim.discharged < claim.admitted { return 111 }
    for line in claim.lines {
      if line.price.microyuan < 0 || line.quantity.tenThousandths < 0 || line.amount.fen < 0 { return 112 }
    }
    for line in claim.lines {
      let expected = roundedTotal(line.price, line.quantity)
      let amount = Exact(line.amount.fen)
      if line.isSameIncisionOperation ? amount > expected : amount != expected { return 113 }
    }
    var total: Exact = 0
    for line in claim.lines {
      if line.amount.fen > largestAmount { return 114 }
      total += Exact(line.amount.fen)
    }
    if total > Exact(largestAmount) { return 114 }
    for line in claim.lines where line.day < claim.admitted || line.day > claim.discharged { return 115 }
    return nil
  }

  /// What the region's policy leaves open for the claim, 130 to 134, and accumulators of another year, 140.
  func policyFault() -> Int? {
    if !policy.states(planName + "pay_rate") && !policy.states(planName + "case_quota") { return 130 }
    if caseQuota == nil && policy.bands(planName + "pay_rate", keys) == nil { return 131 }
    if policy.isYes(planName + "requires_filing") && !isFiled { return 132 }
    let defaultRate = policy.rate(schemeName + "class_b_self_pay")
    for line in claim.lines
    where line.terms.chargeClass == .b && line.terms.firstSelfPay == nil && defaultRate == nil
      && !line.terms.isSeparatelyPaid && !isSelfPaid(line)
    {
      return 133
    }
    for line in claim.lines where line.terms.isSeparatelyPaid && !isSelfPaid(line) {
      if separateRate(of: line.item) == nil { return 134 }
    }
    if year.year != claim.discharged.year || year.scheme != scheme { return 140 }
    return nil
  }

  /// The fixed amount for the claim's kind of case, when it names one and the plan states one for it (7).
  var caseQuota: Int64? {
    guard let kind = claim.caseKind else { return nil }
    return policy.amount(planName + "case_quota", ["case_kind": [kind]])
  }

  private var isFiled: Bool {
    guard let disease = claim.chronicDisease else { return false }
    return person.chronicFilings.contains { $0.disease == disease && $0.period.contains(claim.admitted) }
  }
}
