import Claims
import Kernel
import People

/// A deductible: the standard that is recorded for a stay (`D₂`) and what is applied (`act_pay_dedc`).
struct DeductibleShares {
  var standard: Int64
  var applied: Int64
}

/// What of one band's stretch a settlement takes up, at the rate of the claim.
struct BandPart {
  var amount: Int64
  var rate: Int64
}

/// What the bands give before any cap on payments (7).
struct PooledCandidate {
  /// The spec's `candidate`.
  var payment: Int64
  /// The spec's `E`.
  var aboveDeductible: Int64
  /// The spec's `E'`.
  var takingPart: Int64
  /// The spec's `bonus`.
  var bonus: Exact = 0
  /// The bands with an overlap, in order; none with a case quota.
  var parts: [BandPart] = []
}

extension ReferenceSettlement {
  /// Section 6; `nil` when the plan states no deductible for the level and category.
  func deductible(of inPolicy: Int64) -> DeductibleShares? {
    guard let stated = policy.amount(planName + "deductible", keys) else { return nil }
    let period = policy.choice(planName + "deductible_period")
    let referral = policy.choice(planName + "deductible_referral") ?? "each_stay"
    let earlier = year.stays.filter { $0.plan == plan }

    var standard = stated
    if period == "admission" {
      let number = admissionNumber(after: earlier, referral: referral)
      if number >= 2 { standard = repeated(stated, number: number) }
    }
    if let factor = policy.rate(planName + "deductible_beneficiary_factor", keys) {
      standard = roundedShare(standard, factor)
    }

    var due = standard
    if period == "admission", let chain = claim.referralChain {
      let linked = earlier.filter { $0.chain == chain }
      if let latest = linked.last {
        if referral == "one_stay_highest" {
          due = max(standard - linked.reduce(0) { max($0, $1.standard) }, 0)
        } else if referral == "difference_up_none_down" {
          due = claim.institution.level > latest.level ? max(standard - latest.standard, 0) : 0
        }
      }
    } else if period == "year" {
      due = max(standard - year["deductible/" + group.word], 0)
    }
    return DeductibleShares(standard: standard, applied: min(inPolicy, due))
  }

  /// `n`: which admission of the year this is.
  private func admissionNumber(after earlier: [ReferenceStay], referral: String) -> Int {
    let sameLevel = policy.choice(planName + "deductible_repeat_scope") == "same_level"
    var number = 1
    var chains: Set<String> = []
    for stay in earlier where !sameLevel || stay.level == claim.institution.level {
      if referral != "each_stay", let chain = stay.chain {
        if chain != claim.referralChain && chains.insert(chain).inserted { number += 1 }
      } else {
        number += 1
      }
    }
    return number
  }

  /// `D₁` from the second admission on: the value at the largest stated number up to this one.
  private func repeated(_ stated: Int64, number: Int) -> Int64 {
    let numbers = ["admission_number": (2...number).reversed().map { String($0) }]
    var amount = stated
    if let factor = policy.rate(planName + "deductible_repeat_factor", numbers) {
      amount = roundedShare(stated, factor)
    } else if let reduction = policy.amount(planName + "deductible_repeat_reduction", numbers) {
      amount = max(stated - reduction, 0)
    }
    if let floor = policy.amount(planName + "deductible_floor", keys) { amount = max(amount, min(floor, stated)) }
    return amount
  }

  /// Section 7.
  func pooledCandidate(_ lines: LineShares, deductible: Int64) -> PooledCandidate {
    let inPolicy = lines.inPolicy
    if let caseQuota {
      return PooledCandidate(payment: min(inPolicy, caseQuota), aboveDeductible: inPolicy, takingPart: inPolicy)
    }
    let above = inPolicy - deductible
    var takingPart = above
    if let room = roomOfAmounts { takingPart = max(min(inPolicy, room) - deductible, 0) }

    let ofYear = policy.choice(planName + "band_period") == "year"
    let isOnAmounts = policy.choice(planName + "band_basis") == "in_policy_amount"
    let counter = (isOnAmounts ? "in_policy/" : "above_deductible/") + group.word
    let prior = ofYear ? year[counter] : 0
    let start = isOnAmounts ? prior + deductible : prior
    let bands = claimBands()
    var bonus: Exact = 0
    if let points = policy.rate(planName + "tcm_item_points") {
      bonus = Exact(min(lines.chineseMedicine, takingPart)) * Exact(points)
    }
    let exact = exactPay(bands, start, start + takingPart) + bonus
    let payment = min(Int64(roundedQuotient(exact, by: wholeRate)), takingPart)
    var parts: [BandPart] = []
    for band in bands {
      let amount = band.overlap(start, start + takingPart)
      if amount > 0 { parts.append(BandPart(amount: amount, rate: band.rate)) }
    }
    return PooledCandidate(
      payment: payment, aboveDeductible: above, takingPart: takingPart, bonus: bonus, parts: parts)
  }

  /// The plan's bands with the rates of this claim: for the category, the place, and care elsewhere.
  private func claimBands() -> [ReferenceBand] {
    let level = claim.institution.level
    let isPrimaryCare = level == .village || level == .township || level == .primary
    let isElsewhere = claim.filing != .local
    let selfShare = policy.rate(planName + "category_self_share", keys)
    let categoryPoints = policy.rate(planName + "category_points", keys) ?? 0
    let carePoints = isPrimaryCare ? policy.rate(planName + "primary_care_points", keys) ?? 0 : 0
    let placePoints =
      claim.institution.isTraditionalChinese ? policy.rate(planName + "tcm_institution_points") ?? 0 : 0
    let reduction = isElsewhere ? policy.rate(schemeName + "cross_region.rate_reduction", keys) ?? 0 : 0
    let factor = isElsewhere ? policy.rate(schemeName + "cross_region.pay_factor", keys) : nil
    var bands = policy.bands(planName + "pay_rate", keys) ?? []
    for place in bands.indices {
      var rate = bands[place].rate
      if let selfShare { rate = 1_000_000 - exactProduct(1_000_000 - rate, selfShare) } else { rate += categoryPoints }
      rate += carePoints + placePoints - reduction
      rate = min(max(rate, 0), 1_000_000)
      if let factor { rate = exactProduct(rate, factor) }
      bands[place].rate = rate
    }
    return bands
  }

  /// A product of two rates; more than six decimals are refused when policy is loaded, so here they are a defect.
  private func exactProduct(_ first: Int64, _ second: Int64) -> Int64 {
    let (product, rest) = (Exact(first) * Exact(second)).quotientAndRemainder(dividingBy: wholeRate)
    precondition(rest == 0, "a product of rates needs more than six decimals")
    return Int64(product)
  }
}
