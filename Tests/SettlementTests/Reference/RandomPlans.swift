import Claims
import Kernel
import People
import Policy

/// Random benefit plans, one for each scheme and kind of care.
extension RandomWorld {
  mutating func plans(_ scheme: InsuranceScheme, _ builder: inout SnapshotBuilder) {
    // A kind of care paid as another states nothing else, and the other is not itself paid as a third.
    var paidAs: Set<CareCategory> = []
    for care in CareCategory.allCases where dice.chance(15) { paidAs.insert(care) }
    let own = CareCategory.allCases.filter { !paidAs.contains($0) }
    for care in CareCategory.allCases {
      let prefix = "settlement.\(scheme.rawValue).\(care.word)."
      if paidAs.contains(care), !own.isEmpty {
        builder.state(prefix + "paid_as", .choice(dice.pick(own).word))
      } else if dice.chance(98) {
        plan(prefix, care, &builder)
      }
    }
  }

  private mutating func plan(_ prefix: String, _ care: CareCategory, _ builder: inout SnapshotBuilder) {
    if dice.chance(care == .chronic ? 60 : 4) { builder.state(prefix + "requires_filing", .flag(dice.chance(70))) }
    if dice.chance(20) {
      builder.state(prefix + "accumulates_with", .choice(dice.pick(CareCategory.allCases).word))
    }
    let hasQuota = dice.chance(30)
    if hasQuota {
      table(prefix + "case_quota", &builder, chance: 15) { RandomWorld.amount(&$0, 500, 12_000) }
    }
    if !hasQuota || dice.chance(97) { rates(prefix, &builder) }
    if dice.chance(85) { deductible(prefix, &builder) }
    if dice.chance(25) { table(prefix + "visit_cap", &builder, chance: 40) { RandomWorld.amount(&$0, 50, 20_000) } }
    if dice.chance(30) { table(prefix + "disease_cap", &builder, chance: 50) { RandomWorld.amount(&$0, 200, 9_000) } }
    if dice.chance(30) { table(prefix + "annual_cap", &builder, chance: 50) { RandomWorld.amount(&$0, 300, 40_000) } }
    if dice.chance(85) { builder.state(prefix + "counts_toward_pooled_cap", .flag(dice.chance(85))) }
  }

  private mutating func deductible(_ prefix: String, _ builder: inout SnapshotBuilder) {
    table(prefix + "deductible", &builder, chance: 80) { RandomWorld.amount(&$0, 0, $0.pick([100, 800, 2_000])) }
    builder.state(
      prefix + "deductible_period", .choice(dice.pick(["admission", "admission", "admission", "visit", "year"])))
    let repeats = dice.below(3)
    if repeats == 0 {
      table(prefix + "deductible_repeat_factor", &builder, chance: 20) { .percent($0.pick([0, 30, 50, 80, 100])) }
    } else if repeats == 1 {
      table(prefix + "deductible_repeat_reduction", &builder, chance: 20) { RandomWorld.amount(&$0, 50, 900) }
    }
    if dice.chance(40) {
      table(prefix + "deductible_floor", &builder, chance: 50) { RandomWorld.amount(&$0, 50, 1_200) }
    }
    if dice.chance(60) {
      builder.state(prefix + "deductible_repeat_scope", .choice(dice.pick(["any_level", "same_level"])))
    }
    if dice.chance(40) {
      let classes = ["beneficiary_class": BeneficiaryClass.allCases.map(\.rawValue)]
      table(prefix + "deductible_beneficiary_factor", &builder, keys: classes, chance: 20) {
        .percent($0.pick([0, 33, 50, 100]))
      }
    }
    if dice.chance(75) {
      let policies = ["each_stay", "one_stay_highest", "difference_up_none_down"]
      builder.state(prefix + "deductible_referral", .choice(dice.pick(policies)))
    }
  }

  private mutating func rates(_ prefix: String, _ builder: inout SnapshotBuilder) {
    table(prefix + "pay_rate", &builder, chance: 98) { RandomWorld.bands(&$0, highest: 40_000) }
    builder.state(prefix + "band_basis", .choice(dice.pick(["in_policy_amount", "above_deductible"])))
    builder.state(prefix + "band_period", .choice(dice.pick(["settlement", "year"])))
    categoryRates(prefix, &builder)
    if dice.chance(30) {
      table(prefix + "primary_care_points", &builder, chance: 50) { .percent($0.below(14) - 3) }
    }
    if dice.chance(30) { builder.state(prefix + "tcm_institution_points", .percent(dice.below(14) - 3)) }
    if dice.chance(35) { builder.state(prefix + "tcm_item_points", .percent(dice.below(16))) }
  }

  /// Points and own-part factors by category; where both are stated they share no category, and `retired` stays with
  /// `retired_elder`, which falls back to it.
  private mutating func categoryRates(_ prefix: String, _ builder: inout SnapshotBuilder) {
    let points: (inout Dice) -> PolicyNode = { .percent($0.below(14) - 3) }
    let share: (inout Dice) -> PolicyNode = { .percent($0.pick([0, 50, 60, 70, 80, 100])) }
    switch dice.below(5) {
    case 0: table(prefix + "category_points", &builder, chance: 40, points)
    case 1, 2: table(prefix + "category_self_share", &builder, chance: 30, share)
    case 3:
      var pointsTable: [String: PolicyNode] = [:]
      var shareTable: [String: PolicyNode] = [:]
      for categories in [["retired", "retired_elder"], ["in_service"], ["adult"], ["elderly"], ["student"], ["minor"]] {
        let toPoints = dice.chance(50)
        for category in categories where dice.chance(70) {
          if toPoints { pointsTable[category] = points(&dice) } else { shareTable[category] = share(&dice) }
        }
      }
      let dimension = ["person_category"]
      if !pointsTable.isEmpty { builder.state(prefix + "category_points", by: dimension, .table(pointsTable)) }
      if !shareTable.isEmpty { builder.state(prefix + "category_self_share", by: dimension, .table(shareTable)) }
    default: break
    }
  }
}
