import Claims
import Kernel
import People
import Policy

extension PolicyReader {
  // MARK: Enrolment

  mutating func coverageRules() -> CoverageRules {
    var rules = CoverageRules()
    rules.employeeWaitingMonths = number("enrolment.employee.waiting_months")?.value
    rules.employeeGraceMonths = number("enrolment.employee.grace_months")?.value ?? 0
    rules.flexibleWaitingMonths = number("enrolment.flexible.waiting_months")?.value
    rules.residentDeadline = monthDay("enrolment.resident.payment_deadline")
    for group in LatePayingGroup.allCases {
      rules.lateDeadlines[group] = monthDay(
        "enrolment.resident.late_deadline", [SettlementVocabulary.lateGroup.name: [group.rawValue]])
    }
    rules.lateWaitingDays = number("enrolment.resident.late_waiting_days")?.value
    rules.newbornRegistrationDays = number("enrolment.resident.newborn_registration_days")?.value
    for sex in Sex.allCases {
      rules.retirementYears[sex] =
        number(
          "enrolment.retirement.contribution_years", [SettlementVocabulary.sex.name: [sex.rawValue]])?.value
    }
    rules.duplicateEnrolment = choice("enrolment.duplicate").flatMap(CoverageRules.DuplicateEnrolment.init)
    return rules
  }

  /// The value that a coverage step cites for each kind of enrolment.
  mutating func coverageSources() -> [Enrolment.Kind: ValueReference] {
    var found: [Enrolment.Kind: ValueReference] = [:]
    for (kind, identifier) in [
      (Enrolment.Kind.employer, "enrolment.employee.waiting_months"),
      (.flexible, "enrolment.flexible.waiting_months"),
      (.retired, "enrolment.retirement.contribution_years"),
      (.resident, "enrolment.resident.payment_deadline"),
    ] where states(identifier) {
      found[kind] = reference(identifier)
    }
    return found
  }

  // MARK: Across schemes

  mutating func secondOperation() -> SecondOperationTerms? {
    require("settlement.second_operation.excess_bearer", by: "settlement.second_operation.rate")
    guard let rate = rate("settlement.second_operation.rate") else { return nil }
    return SecondOperationTerms(
      rate: rate, excessIsHospitals: choice("settlement.second_operation.excess_bearer") == "hospital")
  }

  mutating func separateRules() -> (excessIsHospitals: Bool, countsTowardCap: Bool) {
    for cap in ["unit_price_cap", "occasion_cap", "monthly_cap"] {
      require("settlement.separately_paid.excess_bearer", by: "settlement.separately_paid.\(cap)")
    }
    return (
      choice("settlement.separately_paid.excess_bearer") == "hospital",
      flag("settlement.separately_paid.counts_toward_pooled_cap") ?? false
    )
  }

  func layerOrder() -> [SupplementLayer] {
    (choices("settlement.layer_order") ?? []).compactMap { word in
      SupplementLayer.allCases.first { $0.word == word }
    }
  }

  // MARK: One scheme

  mutating func schemeTerms(_ scheme: InsuranceScheme, order: [SupplementLayer]) -> SchemeTerms? {
    let prefix = "settlement.\(scheme.rawValue)"
    guard snapshot.values.keys.contains(where: { $0.hasPrefix(prefix + ".") }) else { return nil }
    require("\(prefix).pooled_cap_basis", by: "\(prefix).pooled_cap")
    let items = separateItems(prefix)
    let caps = PersonCategory.allCases.map {
      money("\(prefix).pooled_cap", [SettlementVocabulary.category.name: PolicyReader.category($0)])
    }
    let layers = SupplementLayer.allCases.map { layer(scheme, $0, order: order) }
    return SchemeTerms(
      classBSelfPay: rate("\(prefix).class_b_self_pay"),
      pooledCap: caps,
      pooledCapBasis: choice("\(prefix).pooled_cap_basis") == "in_policy_amount" ? .inPolicyAmount : .fundPayments,
      separateItems: items.listed,
      anySeparateItem: items.any,
      crossRegionSelfPay: byFiling("\(prefix).cross_region.first_self_pay"),
      crossRegionReduction: byFiling("\(prefix).cross_region.rate_reduction"),
      crossRegionFactor: byFiling("\(prefix).cross_region.pay_factor"),
      account: accountTerms(prefix),
      layers: layers)
  }

  private mutating func byFiling(_ identifier: String) -> [CrossRegionFiling: Cited<Rate>] {
    var found: [CrossRegionFiling: Cited<Rate>] = [:]
    for filing in CrossRegionFiling.allCases where filing != .local {
      found[filing] = rate(identifier, [SettlementVocabulary.filing.name: [filing.rawValue]])
    }
    return found
  }

  private mutating func separateItems(_ prefix: String) -> (
    listed: [String: SeparateItemTerms], any: SeparateItemTerms?
  ) {
    let general = "settlement.separately_paid"
    let rates = "\(prefix).separately_paid.pay_rate"
    var codes = keys(rates, "item")
    for cap in ["unit_price_cap", "occasion_cap", "monthly_cap"] { codes.formUnion(keys("\(general).\(cap)", "item")) }
    var listed: [String: SeparateItemTerms] = [:]
    for code in codes.sorted() { listed[code] = separateItem(code, general, rates) }
    return (listed, separateItem(PolicyDimension.any, general, rates))
  }

  private mutating func separateItem(_ code: String, _ general: String, _ rates: String) -> SeparateItemTerms? {
    let keys = ["item": [code]]
    guard let rate = rate(rates, keys) else { return nil }
    let unit = money("\(general).unit_price_cap", keys).map {
      Cited(value: UnitPrice(microyuan: $0.value.fen * 10_000), source: $0.source)
    }
    return SeparateItemTerms(
      rate: rate, unitPriceCap: unit, occasionCap: money("\(general).occasion_cap", keys),
      monthlyCap: money("\(general).monthly_cap", keys))
  }

  private mutating func accountTerms(_ prefix: String) -> AccountTerms? {
    require("\(prefix).account.scope", by: "\(prefix).account.usable_for")
    guard let words = choices("\(prefix).account.usable_for") else { return nil }
    // Explanations cite these beside the value below.
    for part in ["scope", "family_sharing"] where states("\(prefix).account.\(part)") {
      _ = reference("\(prefix).account.\(part)")
    }
    return AccountTerms(
      cares: CareCategory.allCases.map { words.contains($0.word) },
      coversAll: choice("\(prefix).account.scope") == "all",
      sharesFamily: flag("\(prefix).account.family_sharing") ?? false,
      source: reference("\(prefix).account.usable_for"))
  }

  // MARK: One layer

  private mutating func layer(_ scheme: InsuranceScheme, _ layer: SupplementLayer, order: [SupplementLayer])
    -> LayerTerms?
  {
    let prefix = "settlement.\(scheme.rawValue).\(layer.word)"
    for part in ["line", "cap", "band_basis", "period", "includes", "cares"] {
      require("\(prefix).bands", by: "\(prefix).\(part)")
    }
    guard states("\(prefix).bands") else { return nil }
    require("\(prefix).band_basis", by: "\(prefix).bands")
    require("\(prefix).period", by: "\(prefix).bands")
    if !order.contains(layer) {
      report(
        "\(prefix).bands",
        LocalizedText(
          "settlement.layer_order 未列出 \(layer.word)，该保障没有支付次序；请补入",
          "settlement.layer_order does not name \(layer.word), so it has no place among the layers; add it"))
    }
    let includes = choices("\(prefix).includes") ?? []
    let cares = choices("\(prefix).cares")
    return LayerTerms(
      layer: layer,
      scales: BeneficiaryClass.allCases.map { scale(prefix, [$0.rawValue]) },
      listedScales: BeneficiaryClass.allCases.map { scale(prefix, [SettlementVocabulary.listedDisease, $0.rawValue]) },
      isAboveLine: choice("\(prefix).band_basis") == "above_line",
      byYear: choice("\(prefix).period") == "year",
      includesFirstSelfPay: includes.contains("first_self_pay"),
      includesSeparatelyPaid: includes.contains("separately_paid"),
      cares: CareCategory.allCases.map { cares?.contains($0.word) ?? true })
  }

  private mutating func scale(_ prefix: String, _ beneficiary: [String]) -> LayerTerms.Scale? {
    let keys = [SettlementVocabulary.beneficiary.name: beneficiary]
    guard let bands = bands("\(prefix).bands", keys) else { return nil }
    return LayerTerms.Scale(
      bands: PolicyReader.scale(bands.value), source: bands.source,
      line: money("\(prefix).line", keys)?.value.fen ?? 0, cap: money("\(prefix).cap", keys))
  }
}
