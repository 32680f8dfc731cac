import Claims
import Kernel
import People
import Policy
import Settlement

/// Random policies that the loader would accept; presence, keys and amounts vary, the form rules hold.
extension RandomWorld {
  /// A random policy of a region.
  mutating func policy() -> SnapshotBuilder {
    var builder = SnapshotBuilder()
    enrolment(&builder)
    unread(&builder)
    general(&builder)
    var layers: Set<SupplementLayer> = []
    for scheme in InsuranceScheme.allCases {
      schemeWide(scheme, &builder)
      plans(scheme, &builder)
      for layer in SupplementLayer.allCases where dice.chance(45) {
        layers.insert(layer)
        state(layer, scheme, &builder)
      }
    }
    if !layers.isEmpty {
      let others = SupplementLayer.allCases.filter { !layers.contains($0) && dice.chance(20) }
      let stated = SupplementLayer.allCases.filter { layers.contains($0) }
      builder.state("settlement.layer_order", .choices(dice.shuffled(stated + others).map(\.word)))
    }
    return builder
  }

  // MARK: Enrolment, and values that settlement does not read

  private mutating func enrolment(_ builder: inout SnapshotBuilder) {
    if dice.chance(99) { builder.state("enrolment.employee.waiting_months", .number(dice.below(3))) }
    if dice.chance(60) { builder.state("enrolment.employee.grace_months", .number(dice.below(4))) }
    if dice.chance(99) { builder.state("enrolment.flexible.waiting_months", .number(dice.below(5))) }
    let deadline = MonthDay(month: 12, day: dice.pick([15, 20, 31]))
    if dice.chance(99), let deadline { builder.state("enrolment.resident.payment_deadline", .monthDay(deadline)) }
    if dice.chance(70) {
      table("enrolment.resident.late_deadline", &builder, chance: 70) { dice in
        guard let day = MonthDay(month: dice.pick([2, 3]), day: dice.pick([28, 29])) else { return .number(0) }
        return .monthDay(day)
      }
    }
    if dice.chance(70) { builder.state("enrolment.resident.late_waiting_days", .number(dice.pick([0, 30, 60, 90]))) }
    if dice.chance(80) {
      builder.state("enrolment.resident.newborn_registration_days", .number(dice.pick([28, 90, 180])))
    }
    if dice.chance(99) {
      table("enrolment.retirement.contribution_years", &builder, chance: 98) { .number($0.pick([15, 20, 25, 30])) }
    }
    if dice.chance(70) { builder.state("enrolment.retirement.elder_age", .number(dice.pick([65, 70, 75, 80]))) }
    if dice.chance(80) {
      builder.state("enrolment.duplicate", .choice(dice.pick(CoverageRules.DuplicateEnrolment.allCases).rawValue))
    }
  }

  private mutating func unread(_ builder: inout SnapshotBuilder) {
    for definition in SettlementVocabulary.definitions
    where definition.identifier.hasPrefix("contribution.") || definition.identifier.hasPrefix("frame.") {
      guard dice.chance(50) else { continue }
      switch definition.unit {
      case .yuan: builder.state(definition.identifier, amount(1_000, 90_000))
      case .number: builder.state(definition.identifier, .number(1 + dice.below(9)))
      default: builder.state(definition.identifier, .percent(1 + dice.below(99)))
      }
    }
  }

  // MARK: Across schemes

  private mutating func general(_ builder: inout SnapshotBuilder) {
    let bearers = ["person", "hospital"]
    if dice.chance(70) {
      builder.state("settlement.second_operation.rate", .percent(dice.pick([0, 30, 50, 50, 80, 100])))
      builder.state("settlement.second_operation.excess_bearer", .choice(dice.pick(bearers)))
    }
    let prefix = "settlement.separately_paid."
    var hasCap = false
    if dice.chance(60) {
      table(prefix + "unit_price_cap", &builder, chance: 60) { RandomWorld.amount(&$0, 5, 1_500) }
      hasCap = true
    }
    if dice.chance(60) {
      table(prefix + "occasion_cap", &builder, chance: 60) { RandomWorld.amount(&$0, 100, 4_000) }
      hasCap = true
    }
    if dice.chance(60) {
      table(prefix + "monthly_cap", &builder, chance: 60) { RandomWorld.amount(&$0, 100, 6_000) }
      hasCap = true
    }
    if hasCap || dice.chance(20) { builder.state(prefix + "excess_bearer", .choice(dice.pick(bearers))) }
    if dice.chance(70) { builder.state(prefix + "counts_toward_pooled_cap", .flag(dice.chance(70))) }
  }

  // MARK: One scheme

  private mutating func schemeWide(_ scheme: InsuranceScheme, _ builder: inout SnapshotBuilder) {
    let prefix = "settlement.\(scheme.rawValue)."
    if dice.chance(97) { builder.state(prefix + "class_b_self_pay", .percent(dice.pick([0, 5, 10, 15, 20, 100]))) }
    if dice.chance(75) {
      table(prefix + "pooled_cap", &builder, chance: 85) { RandomWorld.amount(&$0, 2_000, 120_000) }
      builder.state(prefix + "pooled_cap_basis", .choice(dice.pick(["fund_payments", "in_policy_amount"])))
    }
    if dice.chance(97) { table(prefix + "separately_paid.pay_rate", &builder, chance: 97) { RandomWorld.rate(&$0) } }
    if dice.chance(55) {
      table(prefix + "cross_region.first_self_pay", &builder, chance: 40) { .percent($0.pick([0, 5, 10, 15, 20])) }
    }
    if dice.chance(55) {
      table(prefix + "cross_region.rate_reduction", &builder, chance: 40) { .percent($0.below(21)) }
    }
    if dice.chance(45) {
      table(prefix + "cross_region.pay_factor", &builder, chance: 40) { .percent($0.pick([50, 80, 85, 90, 100])) }
    }
    if dice.chance(75) {
      builder.state(prefix + "account.usable_for", .choices(someCares(percent: 75)))
      builder.state(prefix + "account.scope", .choice(dice.pick(["all", "in_policy"])))
    } else if dice.chance(20) {
      builder.state(prefix + "account.scope", .choice(dice.pick(["all", "in_policy"])))
    }
    if dice.chance(60) { builder.state(prefix + "account.family_sharing", .flag(dice.chance(70))) }
  }

  // MARK: One layer

  private mutating func state(
    _ layer: SupplementLayer, _ scheme: InsuranceScheme, _ builder: inout SnapshotBuilder
  ) {
    let prefix = "settlement.\(scheme.rawValue).\(layer.word)."
    if dice.chance(75) { table(prefix + "line", &builder, chance: 75) { RandomWorld.amount(&$0, 0, 15_000) } }
    table(prefix + "bands", &builder, chance: 85) { RandomWorld.bands(&$0, highest: 80_000) }
    builder.state(prefix + "band_basis", .choice(dice.pick(["above_line", "absolute"])))
    builder.state(prefix + "period", .choice(dice.pick(["year", "settlement"])))
    if dice.chance(50) { table(prefix + "cap", &builder, chance: 60) { RandomWorld.amount(&$0, 500, 60_000) } }
    if dice.chance(40) {
      builder.state(prefix + "includes", .choices(dice.some(["first_self_pay", "separately_paid"], percent: 60)))
    }
    if dice.chance(30) { builder.state(prefix + "cares", .choices(someCares(percent: 80))) }
  }

  // MARK: Building blocks

  mutating func someCares(percent: Int) -> [String] {
    dice.some(CareCategory.allCases.map(\.word), percent: percent)
  }

  mutating func amount(_ low: Int, _ high: Int) -> PolicyNode { RandomWorld.amount(&dice, low, high) }

  /// An amount between two of whole yuan, mostly round, sometimes with cents.
  static func amount(_ dice: inout Dice, _ low: Int, _ high: Int) -> PolicyNode {
    let yuan = low + dice.below(high - low + 1)
    let fen = dice.chance(70) ? yuan / 10 * 1_000 : yuan * 100 + dice.below(100)
    return .amount(Money(fen: Int64(fen)))
  }

  /// A whole percentage, mostly 50 to 95.
  static func rate(_ dice: inout Dice) -> PolicyNode { .percent(wholePercent(&dice)) }

  static func wholePercent(_ dice: inout Dice) -> Int {
    switch dice.below(12) {
    case 0: 0
    case 1: 100
    case 2: dice.below(101)
    default: 50 + dice.below(46)
    }
  }

  /// One to four bands that begin at nothing and ascend.
  static func bands(_ dice: inout Dice, highest: Int) -> PolicyNode {
    var thresholds: Set<Int> = [0]
    for _ in 0..<dice.pick([0, 0, 1, 2, 3]) {
      thresholds.insert((1 + dice.below(highest)) * (dice.chance(50) ? 100 : 99))
    }
    return .bands(
      thresholds.sorted().map {
        Band(above: Money(fen: Int64($0)), rate: Rate(millionths: Int64(wholePercent(&dice)) * 10_000))
      })
  }

  /// States a value by a random selection of its dimensions and keys; `chance` is that of an `any` entry.
  mutating func table(
    _ identifier: String, _ builder: inout SnapshotBuilder, keys: [String: [String]] = [:], chance: Int,
    _ leaf: (inout Dice) -> PolicyNode
  ) {
    guard let definition = RandomWorld.definitions[identifier] else {
      preconditionFailure("no such policy value: \(identifier)")
    }
    let used = definition.dimensions.filter { _ in dice.chance(55) }
    let domains = used.map { keys[$0.name] ?? $0.keys ?? RandomWorld.codes[$0.name] ?? [] }
    builder.state(identifier, by: used.map(\.name), node(domains[...], chance: chance, leaf))
  }

  private mutating func node(_ domains: ArraySlice<[String]>, chance: Int, _ leaf: (inout Dice) -> PolicyNode)
    -> PolicyNode
  {
    guard let domain = domains.first else { return leaf(&dice) }
    var table: [String: PolicyNode] = [:]
    for key in domain where dice.chance(45) { table[key] = node(domains.dropFirst(), chance: chance, leaf) }
    if table.isEmpty || dice.chance(chance) { table["any"] = node(domains.dropFirst(), chance: chance, leaf) }
    return .table(table)
  }
}
