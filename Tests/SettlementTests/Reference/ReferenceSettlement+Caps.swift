import Claims
import Kernel
import People
import Settlement

/// What one layer bears and pays (9).
struct LayerShare {
  var layer: SupplementLayer
  var burden: Int64
  var pay: Int64
}

/// What the layers may take up (9).
struct LayerBurden {
  /// In-policy amount of ordinary lines less the pooled payment.
  var inPolicy: Int64
  /// The spec's `O`.
  var aboveCap: Int64
  var firstSelfPay: Int64
  var separately: Int64
}

/// Sections 8 and 9.
extension ReferenceSettlement {
  /// Whether the plan counts toward the yearly pooled cap.
  var planCounts: Bool { policy.isYes(planName + "counts_toward_pooled_cap") }

  /// What is left of the cap on in-policy amounts, when there is one and the plan counts toward it.
  var roomOfAmounts: Int64? {
    guard planCounts, policy.choice(schemeName + "pooled_cap_basis") == "in_policy_amount",
      let cap = policy.amount(schemeName + "pooled_cap", keys)
    else { return nil }
    return max(cap - year["in_policy_counted"], 0)
  }

  /// What is left of the cap on fund payments, when there is one.
  var roomOfPayments: Int64? {
    guard policy.choice(schemeName + "pooled_cap_basis") == "fund_payments",
      let cap = policy.amount(schemeName + "pooled_cap", keys)
    else { return nil }
    return max(cap - year["pooled_counted"], 0)
  }

  /// The pooled payment of the ordinary part, and `O`.
  func capped(_ candidate: PooledCandidate) -> (payment: Int64, aboveCap: Int64) {
    var payment = candidate.payment
    if let cap = policy.amount(planName + "visit_cap", keys) { payment = min(payment, cap) }
    if let disease = claim.chronicDisease,
      let cap = policy.amount(planName + "disease_cap", ["disease": [disease]])
    {
      payment = min(payment, max(cap - year["disease/" + disease], 0))
    }
    if let cap = policy.amount(planName + "annual_cap", keys) {
      payment = min(payment, max(cap - year["pooled/" + group.word], 0))
    }
    var aboveCap = candidate.aboveDeductible - candidate.takingPart
    if planCounts, let room = roomOfPayments {
      payment = min(payment, room)
      if caseQuota == nil, candidate.payment > room {
        aboveCap = candidate.takingPart - amountCovered(candidate, room: room)
      }
    }
    return (payment, aboveCap)
  }

  /// `C`: what the bands cover until their exact pay reaches the room less the bonus.
  private func amountCovered(_ candidate: PooledCandidate, room: Int64) -> Int64 {
    var remaining = max(Exact(room) * wholeRate - candidate.bonus, 0)
    var covered: Int64 = 0
    for part in candidate.parts {
      if remaining == 0 { break }
      let pay = Exact(part.amount) * Exact(part.rate)
      if pay > remaining { return covered + Int64(remaining / Exact(part.rate)) }
      covered += part.amount
      remaining -= pay
    }
    return covered
  }

  /// Layers by their words.
  private static let layers = Dictionary(uniqueKeysWithValues: SupplementLayer.allCases.map { ($0.word, $0) })

  /// Section 9: every layer that applies, in the region's order.
  func payLayers(_ burden: LayerBurden) -> [LayerShare] {
    var shares: [LayerShare] = []
    var paid: Int64 = 0
    for word in policy.choices("settlement.layer_order") ?? [] {
      guard let layer = Self.layers[word] else { continue }
      guard let share = pay(layer, burden, paidBefore: paid) else { continue }
      shares.append(share)
      paid += share.pay
    }
    return shares
  }

  private func pay(_ layer: SupplementLayer, _ burden: LayerBurden, paidBefore: Int64) -> LayerShare? {
    let name = schemeName + layer.word + "."
    guard policy.states(name + "bands") else { return nil }
    let ownClass = person.beneficiaryClass.rawValue
    let classes = ["beneficiary_class": claim.isListedDisease ? ["listed_disease", ownClass] : [ownClass]]
    guard let bands = policy.bands(name + "bands", classes) else { return nil }
    if let cares = policy.choices(name + "cares"), !cares.contains(claim.care.word) { return nil }
    if layer == .civilServant && !person.isCivilServant { return nil }
    if layer == .enterprise && !person.hasEnterpriseSupplement { return nil }

    let included = policy.choices(name + "includes") ?? []
    var open = burden.inPolicy - paidBefore
    if included.contains("first_self_pay") { open += burden.firstSelfPay }
    if included.contains("separately_paid") { open += burden.separately }
    open = max(open, 0)
    let own = layer == .largeSum ? burden.aboveCap : open

    let prior = policy.choice(name + "period") == "year" ? year["layer_burden/" + layer.word] : 0
    let line = policy.amount(name + "line", classes) ?? 0
    let isAbsolute = policy.choice(name + "band_basis") == "absolute"
    func roundedPay(_ reached: Int64) -> Int64 {
      let exact =
        isAbsolute ? exactPay(bands, line, max(reached, line)) : exactPay(bands, 0, max(reached - line, 0))
      return Int64(roundedQuotient(exact, by: wholeRate))
    }
    var pay = min(roundedPay(prior + own) - roundedPay(prior), own)
    if let cap = policy.amount(name + "cap", classes) {
      pay = min(pay, max(cap - year["layer_paid/" + layer.word], 0))
    }
    // The words "B = O" alone would let large-sum pay what earlier layers or a bonus have paid already; section 11
    // forbids that, so what is still open bounds it.
    if layer == .largeSum { pay = min(pay, max(burden.inPolicy - paidBefore, 0)) }
    return LayerShare(layer: layer, burden: own, pay: pay)
  }
}
