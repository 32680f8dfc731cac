import Claims
import Kernel
import People
import Policy

extension PolicyReader {
  private typealias Keys = [String: [String]]

  /// The care whose plan is used instead, when the region says so.
  mutating func paidAs(_ scheme: InsuranceScheme, _ care: CareCategory) -> CareCategory? {
    let prefix = "settlement.\(scheme.rawValue).\(care.word)"
    guard let word = choice("\(prefix).paid_as"), let other = CareCategory(word: word) else { return nil }
    if states("settlement.\(scheme.rawValue).\(word).paid_as") {
      report(
        "\(prefix).paid_as",
        LocalizedText(
          "参照的 \(word) 本身又参照其他类别；请直接写明最终类别", "\(word) is itself paid as something else; name the final kind of care"))
    }
    let own = snapshot.values.keys.filter { $0.hasPrefix(prefix + ".") && $0 != "\(prefix).paid_as" }
    if let first = own.sorted().first {
      report(
        first,
        LocalizedText(
          "\(care.word) 已规定参照 \(word) 支付，本值不会被使用；请删去其一",
          "\(care.word) is paid as \(word), so this value is never used; remove one of them"))
    }
    return other
  }

  /// The plan of one kind of care at one level for one category; `nil` when the scheme does not pay for the care.
  mutating func plan(
    _ scheme: InsuranceScheme, _ care: CareCategory, _ level: InstitutionLevel, _ category: PersonCategory
  ) -> PlanTerms? {
    let prefix = "settlement.\(scheme.rawValue).\(care.word)"
    guard states("\(prefix).pay_rate") || states("\(prefix).case_quota") else { return nil }
    let keys = [
      SettlementVocabulary.level.name: [level.word],
      SettlementVocabulary.category.name: PolicyReader.category(category),
    ]
    let adjustment = categoryAdjustment(prefix, keys)
    let bands = bands("\(prefix).pay_rate", keys)
    if let bands, bands.value.count > 1 {
      require("\(prefix).band_basis", by: "\(prefix).pay_rate")
      require("\(prefix).band_period", by: "\(prefix).pay_rate")
    }
    let doctor = SettlementVocabulary.doctor.name
    let isPrimaryCare = level >= .village && level <= .primary
    return PlanTerms(
      care: care,
      counters: choice("\(prefix).accumulates_with").flatMap { CareCategory(word: $0) } ?? care,
      requiresFiling: flag("\(prefix).requires_filing") ?? false,
      caseQuotas: byCode("\(prefix).case_quota", SettlementVocabulary.caseKind),
      deductible: deductible(prefix, keys),
      bands: scale(bands, prefix, adjustment),
      bandSource: bands?.source,
      measuresInPolicy: choice("\(prefix).band_basis") == "in_policy_amount",
      bandsByYear: choice("\(prefix).band_period") == "year",
      categoryAdjustment: adjustment,
      primaryCareSigned: isPrimaryCare ? rate("\(prefix).primary_care_points", [doctor: ["signed"]]) : nil,
      primaryCareUnsigned: isPrimaryCare ? rate("\(prefix).primary_care_points", [doctor: ["unsigned"]]) : nil,
      tcmInstitution: rate("\(prefix).tcm_institution_points"),
      tcmItems: rate("\(prefix).tcm_item_points"),
      visitCap: money("\(prefix).visit_cap", keys),
      annualCap: money("\(prefix).annual_cap", keys),
      diseaseCaps: byCode("\(prefix).disease_cap", SettlementVocabulary.disease),
      countsTowardCap: flag("\(prefix).counts_toward_pooled_cap") ?? false)
  }

  // MARK: Rates

  private mutating func categoryAdjustment(_ prefix: String, _ keys: Keys) -> PlanTerms.CategoryAdjustment? {
    let share = rate("\(prefix).category_self_share", keys)
    let points = rate("\(prefix).category_points", keys)
    if share != nil && points != nil {
      report(
        "\(prefix).category_self_share",
        LocalizedText(
          "同一人员类别既规定了个人负担比例系数，又规定了加成百分点；二者只能取一",
          "the same category has both a factor on its own part and added points; state only one"))
    }
    if let share { return .init(code: .categorySelfShare, value: share) }
    return points.map { .init(code: .categoryPoints, value: $0) }
  }

  private mutating func scale(
    _ bands: Cited<[Band]>?, _ prefix: String, _ adjustment: PlanTerms.CategoryAdjustment?
  ) -> [ScaleBand] {
    guard let bands else { return [] }
    var inexact = false
    let scale = PolicyReader.scale(bands.value) { rate in
      switch adjustment?.code {
      case .categorySelfShare?:
        guard let own = adjustment.flatMap({ Rate(product: rate.complement, $0.value.value) }) else {
          inexact = true
          return rate
        }
        return own.complement
      case .categoryPoints?: return rate + (adjustment?.value.value ?? .zero)
      default: return rate
      }
    }
    if inexact { reportInexact("\(prefix).category_self_share") }
    return scale
  }

  private mutating func reportInexact(_ identifier: String) {
    report(
      identifier,
      LocalizedText(
        "与支付比例相乘后超过六位小数，无法精确计算；请核对文件数值",
        "the product with a pay rate has more than six decimals and cannot be kept exact; check the value"))
  }

  /// Refuses factors for care elsewhere whose product with any rate that can arise is not exact.
  mutating func checkFactors(plans: [PlanTerms?], schemes: [SchemeTerms?]) {
    let perScheme = plans.count / InsuranceScheme.allCases.count
    for (index, scheme) in InsuranceScheme.allCases.enumerated() {
      guard let terms = schemes[index], !terms.crossRegionFactor.isEmpty else { continue }
      let seen = Set(plans[index * perScheme..<(index + 1) * perScheme].compactMap { $0 }.flatMap(Self.possibleRates))
      for (filing, factor) in terms.crossRegionFactor {
        let reduction = terms.crossRegionReduction[filing]?.value ?? .zero
        if seen.contains(where: { Rate(product: ($0 - reduction).bounded, factor.value) == nil }) {
          reportInexact("settlement.\(scheme.rawValue).cross_region.pay_factor")
        }
      }
    }
  }

  private static func possibleRates(_ plan: PlanTerms) -> [Rate] {
    let care = [nil, plan.primaryCareSigned, plan.primaryCareUnsigned].map { $0?.value ?? .zero }
    let medicine = [.zero, plan.tcmInstitution?.value ?? .zero]
    return plan.bands.flatMap { band in
      care.flatMap { points in medicine.map { band.rate + points + $0 } }
    }
  }

  // MARK: Deductible

  private mutating func deductible(_ prefix: String, _ keys: Keys) -> PlanTerms.Deductible? {
    require("\(prefix).deductible_period", by: "\(prefix).deductible")
    if states("\(prefix).deductible_repeat_factor") && states("\(prefix).deductible_repeat_reduction") {
      report(
        "\(prefix).deductible_repeat_reduction",
        LocalizedText(
          "再次住院起付标准既规定比例又规定降低额；二者只能取一", "repeated admissions have both a factor and a reduction; state only one"))
    }
    guard let standard = money("\(prefix).deductible", keys) else { return nil }
    let classes = BeneficiaryClass.allCases.map {
      rate("\(prefix).deductible_beneficiary_factor", [SettlementVocabulary.beneficiary.name: [$0.rawValue]])
    }
    let referral = choice("\(prefix).deductible_referral")
    return PlanTerms.Deductible(
      standard: standard,
      period: period(prefix),
      repeatFactor: byAdmission("\(prefix).deductible_repeat_factor") { $0.rate($1, $2) },
      repeatReduction: byAdmission("\(prefix).deductible_repeat_reduction") { $0.money($1, $2) },
      floor: money("\(prefix).deductible_floor", keys),
      sameLevelOnly: choice("\(prefix).deductible_repeat_scope") == "same_level",
      beneficiaryFactor: classes,
      referral: self.referral(referral),
      referralSource: referral == nil ? nil : reference("\(prefix).deductible_referral"))
  }

  private func period(_ prefix: String) -> PlanTerms.Period {
    switch choice("\(prefix).deductible_period") {
    case "year": .year
    case "visit": .visit
    default: .admission
    }
  }

  private func referral(_ word: String?) -> PlanTerms.Referral {
    switch word {
    case "one_stay_highest": .oneStayHighest
    case "difference_up_none_down": .differenceUpNoneDown
    default: .eachStay
    }
  }

  /// A value by number of admission; a number not listed takes the largest listed one below it.
  private mutating func byAdmission<Value>(
    _ identifier: String, _ read: (inout PolicyReader, String, Keys) -> Cited<Value>?
  ) -> [Cited<Value>?] {
    let dimension = SettlementVocabulary.admission.name
    let listed = keys(identifier, dimension).compactMap { Int($0) }.sorted()
    // Every number up to the largest listed one; above it the last holds on. A number below all listed ones, or a table
    // without numbers, answers with its `any` entry.
    return (0...max(listed.last ?? 2, 2)).map { number in
      let key = listed.last { $0 <= number } ?? number
      return number < 2 ? nil : read(&self, identifier, [dimension: ["\(key)"]])
    }
  }

  // MARK: Tables by code

  /// Amounts by a code that only the region knows, with the one that holds for any other code.
  private mutating func byCode(_ identifier: String, _ dimension: PolicyDimension) -> AmountsByCode {
    var listed: [String: Cited<Money>] = [:]
    for code in keys(identifier, dimension.name).sorted() {
      listed[code] = money(identifier, [dimension.name: [code]])
    }
    return AmountsByCode(listed: listed, any: money(identifier, [dimension.name: [PolicyDimension.any]]))
  }

  // MARK: What is probably forgotten

  /// Absence is safe only when it makes the fund pay less; a missing deductible, or a cap that nothing counts toward,
  /// does the opposite.
  mutating func checkForgotten(plans: [PlanTerms?]) {
    let perScheme = plans.count / InsuranceScheme.allCases.count
    for (index, scheme) in InsuranceScheme.allCases.enumerated() {
      let prefix = "settlement.\(scheme.rawValue)"
      let own = plans[index * perScheme..<(index + 1) * perScheme].compactMap { $0 }
      if states("\(prefix).pooled_cap") && !own.contains(where: \.countsTowardCap) {
        remark(
          "\(prefix).pooled_cap",
          LocalizedText(
            "没有任何医疗类别计入年度限额（counts_toward_pooled_cap），该限额不起作用；请核对",
            "no kind of care counts toward this cap (counts_toward_pooled_cap), so it never cuts; check it"))
      }
      for care in CareCategory.allCases where care.isStay {
        let rate = "\(prefix).\(care.word).pay_rate"
        guard let stated = snapshot[rate], stated.entry.notes == nil,
          !states("\(prefix).\(care.word).deductible")
        else { continue }
        remark(
          rate,
          LocalizedText(
            "规定了支付比例而没有起付标准，基金将从第一分起支付；确无起付线的请在 notes 说明",
            "a pay rate without a deductible: the fund pays from the first fen; check it, or say so in notes"))
      }
    }
  }
}
