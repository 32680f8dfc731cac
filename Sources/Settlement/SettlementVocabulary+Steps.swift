import Claims
public import Kernel
import People

extension SettlementVocabulary {
  /// The steps of a settlement that a value decides, in the order of calculation (SPEC-settlement-order); none for what
  /// is read elsewhere: contributions, the provincial frame, and which plan a claim falls under.
  public static func steps(deciding identifier: String) -> [StepCode] {
    let words = identifier.split(separator: ".").map(String.init)
    guard let first = words.first, let last = words.last, words.count > 1 else { return [] }
    switch first {
    case "enrolment": return [.coverage]
    case "settlement": break
    default: return []
    }
    guard InsuranceScheme.allCases.contains(where: { $0.rawValue == words[1] }), words.count > 2 else {
      return acrossSchemes(words[1], last)
    }
    if let layer = SupplementLayer.allCases.first(where: { $0.word == words[2] }) { return [layer.stepCode] }
    return cares.contains(words[2]) ? ofCare(last) : ofScheme(words[2], last)
  }

  private static func acrossSchemes(_ part: String, _ last: String) -> [StepCode] {
    switch part {
    case "second_operation": [.sameIncision]
    case "separately_paid": last == "counts_toward_pooled_cap" ? [.separatePooledCap] : [.separateCap]
    case "layer_order": SupplementLayer.allCases.map(\.stepCode)
    default: []
    }
  }

  private static func ofScheme(_ part: String, _ last: String) -> [StepCode] {
    switch (part, last) {
    case ("class_b_self_pay", _): [.firstSelfPay]
    case ("pooled_cap", _), ("pooled_cap_basis", _): [.inPolicyCap, .pooledCap, .separatePooledCap]
    case ("separately_paid", _): [.separatePay]
    case ("cross_region", "first_self_pay"): [.crossRegionFirstSelfPay]
    case ("cross_region", "rate_reduction"): [.crossRegionRate]
    case ("cross_region", "pay_factor"): [.crossRegionFactor]
    case ("account", "family_sharing"): [.familyAccount]
    case ("account", _): [.account, .familyAccount]
    default: []
    }
  }

  private static func ofCare(_ last: String) -> [StepCode] {
    switch last {
    case "accumulates_with": [.deductibleYearly, .band, .annualCap]
    case "case_quota": [.caseQuota]
    case "deductible": [.deductibleStandard, .deductibleYearly]
    case "deductible_period": [.deductibleYearly]
    case "deductible_repeat_factor", "deductible_repeat_reduction", "deductible_floor", "deductible_repeat_scope":
      [.deductibleRepeat]
    case "deductible_beneficiary_factor": [.deductibleBeneficiary]
    case "deductible_referral": [.deductibleReferral]
    case "pay_rate", "band_basis", "band_period": [.band]
    case "category_points": [.categoryPoints]
    case "category_self_share": [.categorySelfShare]
    case "primary_care_points": [.primaryCarePoints]
    case "tcm_institution_points": [.tcmInstitutionPoints]
    case "tcm_item_points": [.tcmItems]
    case "visit_cap": [.visitCap]
    case "disease_cap": [.diseaseCap]
    case "annual_cap": [.annualCap]
    case "counts_toward_pooled_cap": [.pooledCap]
    default: []
    }
  }
}

extension StepCode {
  /// What the step is called, without the amounts of a settlement.
  public var title: LocalizedText { bill ?? rates ?? ends }

  private var bill: LocalizedText? {
    switch self {
    case .coverage: LocalizedText("参保有效", "cover")
    case .selfPaidLine: LocalizedText("全自费项目", "fully self-paid line")
    case .priceCeiling: LocalizedText("限价", "price ceiling")
    case .sameIncision: LocalizedText("同一切口第二手术", "second operation through one incision")
    case .firstSelfPay: LocalizedText("先行自付", "first self-pay")
    case .crossRegionFirstSelfPay: LocalizedText("异地就医先行自付", "first self-pay of care elsewhere")
    case .separateCap: LocalizedText("单行支付限额", "caps of a separately paid item")
    case .separatePay: LocalizedText("单行支付", "separate payment")
    case .inPolicy: LocalizedText("政策范围内费用", "in-policy amount")
    case .caseQuota: LocalizedText("定额支付", "fixed amount")
    case .deductibleStandard: LocalizedText("起付标准", "deductible")
    case .deductibleRepeat: LocalizedText("再次住院起付标准", "deductible of a repeated admission")
    case .deductibleBeneficiary: LocalizedText("特殊人员起付标准", "deductible of aided persons")
    case .deductibleReferral: LocalizedText("转诊起付标准", "deductible within referrals")
    case .deductibleYearly: LocalizedText("年度起付标准余额", "rest of a yearly deductible")
    case .deductible: LocalizedText("本次起付标准", "deductible applied")
    default: nil
    }
  }

  private var rates: LocalizedText? {
    switch self {
    case .inPolicyCap: LocalizedText("年度限额内可计入费用", "room for in-policy amounts")
    case .categorySelfShare: LocalizedText("人员类别负担系数", "category's share of the own part")
    case .categoryPoints: LocalizedText("人员类别加成", "points for the category")
    case .primaryCarePoints: LocalizedText("基层就医加成", "points for primary care")
    case .tcmInstitutionPoints: LocalizedText("中医医疗机构加成", "points for a hospital of Chinese medicine")
    case .crossRegionRate: LocalizedText("异地就医降低比例", "points off for care elsewhere")
    case .crossRegionFactor: LocalizedText("异地就医比例系数", "factor for care elsewhere")
    case .band: LocalizedText("按支付比例分段支付", "pay rate by band")
    case .tcmItems: LocalizedText("中医药项目加成", "points for Chinese medicine")
    case .pooled: LocalizedText("统筹基金应付", "due from the pooled fund")
    case .visitCap: LocalizedText("每次支付限额", "cap of one visit")
    case .diseaseCap: LocalizedText("病种年度限额", "yearly cap of the disease")
    case .annualCap: LocalizedText("该类待遇年度限额", "yearly cap of the kind of care")
    case .pooledCap: LocalizedText("统筹基金年度限额", "yearly cap of the pooled fund")
    case .separatePooledCap: LocalizedText("统筹基金年度限额（单行支付）", "yearly cap of the pooled fund, separate payment")
    default: nil
    }
  }

  private var ends: LocalizedText {
    switch self {
    case .hospitalShare: LocalizedText("医疗机构负担", "borne by the institution")
    case .account: LocalizedText("个人账户支付", "personal account")
    case .familyAccount: LocalizedText("家庭共济账户支付", "family account")
    case .cash: LocalizedText("现金支付", "cash")
    case .credit: LocalizedText("信用就医垫付", "advanced on credit")
    default: (SupplementLayer.allCases.first { $0.stepCode == self } ?? .other).title
    }
  }
}
