import Claims
import Kernel
import People
import Policy
import Settlement

/// The rules of form that hold between the values of one region, to be sure that random policies keep them.
enum PolicyForm {
  static func faults(of policy: SnapshotBuilder) -> [String] {
    var faults: [String] = []
    func need(_ condition: Bool, _ fault: String) { if !condition { faults.append(fault) } }
    func needs(_ first: String, _ second: String) {
      if policy.states(first) { need(policy.states(second), "\(first) needs \(second)") }
    }
    needs("settlement.second_operation.rate", "settlement.second_operation.excess_bearer")
    for cap in ["unit_price_cap", "occasion_cap", "monthly_cap"] {
      needs("settlement.separately_paid.\(cap)", "settlement.separately_paid.excess_bearer")
    }
    let order = words(policy, "settlement.layer_order")
    need(Set(order).count == order.count, "layer_order names a layer twice")
    for scheme in InsuranceScheme.allCases {
      let prefix = "settlement.\(scheme.rawValue)."
      needs(prefix + "pooled_cap", prefix + "pooled_cap_basis")
      needs(prefix + "account.usable_for", prefix + "account.scope")
      for care in CareCategory.allCases { faults += planFaults(of: policy, prefix, care) }
      for layer in SupplementLayer.allCases.map(\.word) where policy.states(prefix + layer + ".bands") {
        needs(prefix + layer + ".bands", prefix + layer + ".band_basis")
        needs(prefix + layer + ".bands", prefix + layer + ".period")
        need(order.contains(layer), "\(layer) is not in layer_order")
      }
    }
    for (identifier, value) in policy.values where !wellFormed(value.node) { faults.append("form of \(identifier)") }
    return faults
  }

  private static func planFaults(of policy: SnapshotBuilder, _ scheme: String, _ care: CareCategory) -> [String] {
    let plan = scheme + care.word + "."
    var faults: [String] = []
    if case .choice(let target)? = policy.values[plan + "paid_as"]?.node {
      if policy.states(scheme + target + ".paid_as") { faults.append("\(plan)paid_as takes two hops") }
      let others = policy.values.keys.filter { $0.hasPrefix(plan) && $0 != plan + "paid_as" }
      if !others.isEmpty { faults.append("\(plan)paid_as stands beside \(others)") }
    }
    if policy.states(plan + "deductible"), !policy.states(plan + "deductible_period") {
      faults.append("\(plan)deductible has no period")
    }
    if policy.states(plan + "pay_rate") {
      for needed in ["band_basis", "band_period"] where !policy.states(plan + needed) {
        faults.append("\(plan)pay_rate has no \(needed)")
      }
    }
    if policy.states(plan + "deductible_repeat_factor"), policy.states(plan + "deductible_repeat_reduction") {
      faults.append("\(plan) states a factor and a reduction")
    }
    if let points = policy.values[plan + "category_points"], let share = policy.values[plan + "category_self_share"] {
      for category in PersonCategory.allCases {
        // An elder retiree falls back to retired, so both lists are asked for both words.
        let words = category == .retiredElder ? ["retired_elder", "retired"] : [category.rawValue]
        let both = [points, share].allSatisfy { value in
          words.contains { value.content(["person_category": $0]) != nil }
        }
        if both { faults.append("\(plan) states points and share for \(category)") }
      }
    }
    return faults
  }

  private static func words(_ policy: SnapshotBuilder, _ identifier: String) -> [String] {
    guard case .choices(let words)? = policy.values[identifier]?.node else { return [] }
    return words
  }

  private static func wellFormed(_ node: PolicyNode) -> Bool {
    switch node {
    case .bands(let bands):
      bands.first?.above == .zero && zip(bands, bands.dropFirst()).allSatisfy { $0.above < $1.above }
        && bands.allSatisfy { $0.rate == $0.rate.bounded }
    case .table(let table): !table.isEmpty && table.values.allSatisfy(wellFormed)
    case .amount(let amount): !amount.isNegative
    case .choices(let words): !words.isEmpty
    case .rate, .number, .flag, .choice, .monthDay: true
    }
  }
}
