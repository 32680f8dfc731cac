import Claims
public import Kernel
import People
public import Policy

/// Every policy value that settlement reads; a file that states anything else is refused.
///
/// The order of this list is the order of the generated reference `Docs/Reference/policy-values.md`.
public enum SettlementVocabulary {
  /// All definitions.
  public static let definitions: [PolicyValueDefinition] =
    enrolment + contribution + frame + general
    + InsuranceScheme.allCases.flatMap { scheme in
      schemeWide(scheme) + CareCategory.allCases.flatMap { plan(scheme, $0) }
        + SupplementLayer.allCases.flatMap { layer(scheme, $0) }
    }

  /// A definition with the scheme, kind of care or layer in its identifier replaced by a placeholder, as the reference
  /// page lists it once for all of them.
  public static func generic(_ definition: PolicyValueDefinition) -> (identifier: String, title: LocalizedText) {
    var words = definition.identifier.split(separator: ".").map(String.init)
    guard words.first == "settlement", InsuranceScheme.allCases.contains(where: { $0.rawValue == words[1] }) else {
      return (definition.identifier, definition.title)
    }
    words[1] = "<scheme>"
    var title = definition.title
    if cares.contains(words[2]) { words[2] = "<care>" }
    if let layer = SupplementLayer.allCases.first(where: { $0.word == words[2] }) {
      words[2] = "<layer>"
      title = LocalizedText(
        String(title.chinese.dropFirst(layer.title.chinese.count)),
        String(title.english.dropFirst(layer.title.english.count + 2)))
    }
    return (words.joined(separator: "."), title)
  }

  // MARK: Enrolment, contributions, frame (S10)

  private static let enrolment: [PolicyValueDefinition] = [
    .init(
      "enrolment.employee.waiting_months",
      LocalizedText("职工参保生效月数（登记缴费后第几个月起享受待遇）", "months from first payment to cover, employed persons"),
      .number("months")),
    .init(
      "enrolment.employee.grace_months",
      LocalizedText("职工断缴宽限月数", "months of arrears that do not end the cover"), .number("months")),
    .init(
      "enrolment.flexible.waiting_months",
      LocalizedText("灵活就业人员等待期月数", "months from first payment to cover, flexibly employed persons"),
      .number("months")),
    .init(
      "enrolment.resident.payment_deadline",
      LocalizedText("居民集中缴费截止日（参保年度上一年）", "last day of payment in the year before, residents"), .monthDay),
    .init(
      "enrolment.resident.late_deadline",
      LocalizedText("特定人群延长缴费截止日（参保年度内）", "last day of payment within the year, groups that may pay late"),
      .monthDay, by: [lateGroup]),
    .init(
      "enrolment.resident.late_waiting_days",
      LocalizedText("逾期缴费等待期天数", "days from late payment to cover"), .number("days")),
    .init(
      "enrolment.resident.newborn_registration_days",
      LocalizedText("新生儿出生后参保登记天数", "days after birth within which a newborn is registered"), .number("days")),
    .init(
      "enrolment.retirement.contribution_years",
      LocalizedText("退休享受待遇最低缴费年限", "contribution years needed for retirement benefits"), .number("years"),
      by: [sex]),
    .init(
      "enrolment.retirement.elder_age",
      LocalizedText("高龄退休人员起算年龄", "age from which a retiree counts as an elder retiree"), .number("years")),
    .init(
      "enrolment.duplicate",
      LocalizedText("重复参保处理方式", "what happens when two enrolments cover one day"),
      .choice(CoverageRules.DuplicateEnrolment.allCases.map(\.rawValue))),
  ]

  private static let contribution: [PolicyValueDefinition] = [
    .init(
      "contribution.average_wage",
      LocalizedText("全省上年度月平均工资", "provincial average wage of a month, last year"), .yuan),
    .init(
      "contribution.disposable_income",
      LocalizedText("全省上年度居民人均可支配收入", "disposable income of a resident, last year"), .yuan),
    .init(
      "contribution.base_floor", LocalizedText("缴费基数下限比例", "floor of the base, share of the average wage"), .percent),
    .init(
      "contribution.base_ceiling", LocalizedText("缴费基数上限比例", "ceiling of the base, share of the average wage"),
      .percent),
    .init("contribution.employer_rate", LocalizedText("单位缴费费率（含生育）", "employer's rate, maternity included"), .percent),
    .init("contribution.person_rate", LocalizedText("个人缴费费率", "person's own rate"), .percent),
    .init(
      "contribution.resident_person",
      LocalizedText("居民个人年缴费标准", "what a resident pays for a year"), .yuan),
    .init(
      "contribution.resident_subsidy",
      LocalizedText("居民财政补助年标准", "what public budgets add for a resident and a year"), .yuan),
  ]

  private static let frame: [PolicyValueDefinition] = [
    .init(
      "frame.deductible_share",
      LocalizedText("住院起付标准占上年平均工资或可支配收入的上限", "largest inpatient deductible, share of last year's wage or income"),
      .percent),
    .init(
      "frame.pay_rate", LocalizedText("政策范围内住院支付比例（约）", "in-policy inpatient pay rate, about"), .percent, by: [scheme]),
    .init("frame.level_gap_least", LocalizedText("不同级别医疗机构支付比例最小差距", "least gap of pay rates between levels"), .points),
    .init(
      "frame.level_gap_most", LocalizedText("不同级别医疗机构支付比例最大差距", "largest gap of pay rates between levels"), .points),
    .init(
      "frame.cap_multiple",
      LocalizedText(
        "最高支付限额（含大额、大病）为上年平均工资或可支配收入的倍数（约）",
        "yearly cap with large-sum or catastrophic insurance, multiple of wage or income, about"),
      .number("times")),
    .init("frame.outpatient_rate", LocalizedText("门诊统筹支付比例下限", "least outpatient pay rate"), .percent),
  ]

  // MARK: Across schemes

  private static let bearers = ["person", "hospital"]

  private static let general: [PolicyValueDefinition] = [
    .init(
      "settlement.second_operation.rate",
      LocalizedText("同一切口第二手术计价比例", "share of the price that counts for a second operation through one incision"),
      .percent),
    .init(
      "settlement.second_operation.excess_bearer",
      LocalizedText("同一切口第二手术超出部分承担方", "who bears what is charged beyond that share"), .choice(bearers)),
    .init(
      "settlement.separately_paid.unit_price_cap",
      LocalizedText("单行支付项目单价限额", "unit price cap of a separately paid item"), .yuan, by: [item]),
    .init(
      "settlement.separately_paid.occasion_cap",
      LocalizedText("单行支付项目每次限额", "cap of a separately paid item on one day"), .yuan, by: [item]),
    .init(
      "settlement.separately_paid.monthly_cap",
      LocalizedText("单行支付项目每月限额", "cap of a separately paid item in one month"), .yuan, by: [item]),
    .init(
      "settlement.separately_paid.excess_bearer",
      LocalizedText("单行支付项目超限部分承担方", "who bears what is charged beyond the caps"), .choice(bearers)),
    .init(
      "settlement.separately_paid.counts_toward_pooled_cap",
      LocalizedText("单行支付是否计入统筹年度限额", "whether separate payment counts toward the yearly pooled cap"), .flag),
    .init(
      "settlement.layer_order",
      LocalizedText("补充保障支付次序", "order in which the supplementary layers pay"),
      .choices(SupplementLayer.allCases.map(\.word))),
  ]

  // MARK: One scheme

  private static func schemeWide(_ of: InsuranceScheme) -> [PolicyValueDefinition] {
    let prefix = "settlement.\(of.rawValue)"
    return [
      .init(
        "\(prefix).class_b_self_pay", LocalizedText("乙类项目先行自付比例", "first self-pay share of class B items"), .percent),
      .init(
        "\(prefix).pooled_cap", LocalizedText("统筹基金年度最高支付限额", "yearly cap of the pooled fund"), .yuan,
        by: [category]),
      .init(
        "\(prefix).pooled_cap_basis", LocalizedText("统筹基金限额口径", "what the yearly cap is measured on"),
        .choice(["fund_payments", "in_policy_amount"])),
      .init(
        "\(prefix).separately_paid.pay_rate",
        LocalizedText("单行支付比例", "pay rate of separately paid items"), .percent, by: [item]),
      .init(
        "\(prefix).cross_region.first_self_pay",
        LocalizedText("异地就医先行自付比例", "first self-pay share of care elsewhere"), .percent, by: [filing]),
      .init(
        "\(prefix).cross_region.rate_reduction",
        LocalizedText("异地就医支付比例降低百分点", "points taken from the pay rate of care elsewhere"), .points, by: [filing]),
      .init(
        "\(prefix).cross_region.pay_factor",
        LocalizedText("异地就医支付比例系数", "factor on the pay rate of care elsewhere"), .percent, by: [filing]),
      .init(
        "\(prefix).account.usable_for",
        LocalizedText("个人账户可支付的医疗类别", "kinds of care that the personal account may pay for"), .choices(cares)),
      .init(
        "\(prefix).account.scope",
        LocalizedText("个人账户可支付的范围", "which part of the person's share the account may pay"),
        .choice(["all", "in_policy"])),
      .init(
        "\(prefix).account.family_sharing",
        LocalizedText("个人账户家庭共济", "whether family members' accounts may pay"), .flag),
    ]
  }

  // MARK: One kind of care

  private static func plan(_ of: InsuranceScheme, _ care: CareCategory) -> [PolicyValueDefinition] {
    let prefix = "settlement.\(of.rawValue).\(care.word)"
    return [
      .init("\(prefix).paid_as", LocalizedText("参照支付的医疗类别", "kind of care it is paid as"), .choice(cares)),
      .init(
        "\(prefix).requires_filing", LocalizedText("是否须慢特病备案", "whether the disease must be on file"), .flag),
      .init(
        "\(prefix).accumulates_with",
        LocalizedText("与何种医疗类别合并累计", "kind of care whose yearly counters it shares"), .choice(cares)),
      .init(
        "\(prefix).case_quota", LocalizedText("定额支付标准", "fixed amount paid for a kind of case"), .yuan, by: [caseKind]),
    ] + deductible(prefix) + rates(prefix) + [
      .init("\(prefix).visit_cap", LocalizedText("每次支付限额", "cap of one visit"), .yuan, by: [level, category]),
      .init("\(prefix).disease_cap", LocalizedText("病种年度支付限额", "yearly cap of a disease"), .yuan, by: [disease]),
      .init("\(prefix).annual_cap", LocalizedText("年度支付限额", "yearly cap of this kind of care"), .yuan, by: [category]),
      .init(
        "\(prefix).counts_toward_pooled_cap",
        LocalizedText("是否计入统筹年度限额", "whether it counts toward the yearly pooled cap"), .flag),
    ]
  }

  private static func deductible(_ prefix: String) -> [PolicyValueDefinition] {
    [
      .init("\(prefix).deductible", LocalizedText("起付标准", "deductible"), .yuan, by: [level, category]),
      .init(
        "\(prefix).deductible_period", LocalizedText("起付标准计算周期", "what the deductible is counted by"),
        .choice(["admission", "visit", "year"])),
      .init(
        "\(prefix).deductible_repeat_factor",
        LocalizedText("年内再次住院起付标准比例", "share of the deductible from the n-th admission of the year"), .percent,
        by: [admission]),
      .init(
        "\(prefix).deductible_repeat_reduction",
        LocalizedText("年内再次住院起付标准降低额", "amount off the deductible from the n-th admission of the year"), .yuan,
        by: [admission]),
      .init(
        "\(prefix).deductible_floor", LocalizedText("起付标准最低额", "least deductible after reductions"), .yuan,
        by: [level]),
      .init(
        "\(prefix).deductible_repeat_scope",
        LocalizedText("住院次数计算范围", "which admissions count"), .choice(["any_level", "same_level"])),
      .init(
        "\(prefix).deductible_beneficiary_factor",
        LocalizedText("特殊人员起付标准比例", "share of the deductible for a class of person"), .percent,
        by: [beneficiary]),
      .init(
        "\(prefix).deductible_referral",
        LocalizedText("转诊起付标准计算方式", "deductible within a chain of referrals"),
        .choice(["each_stay", "one_stay_highest", "difference_up_none_down"])),
    ]
  }

  private static func rates(_ prefix: String) -> [PolicyValueDefinition] {
    [
      .init("\(prefix).pay_rate", LocalizedText("支付比例", "pay rate"), .bands, by: [level, category]),
      .init(
        "\(prefix).band_basis", LocalizedText("分段计算口径", "what the bands are measured on"),
        .choice(["in_policy_amount", "above_deductible"])),
      .init(
        "\(prefix).band_period", LocalizedText("分段累计周期", "whether bands start anew with each settlement"),
        .choice(["settlement", "year"])),
      .init(
        "\(prefix).category_points", LocalizedText("人员类别加成百分点", "points added for a category of person"), .points,
        by: [category]),
      .init(
        "\(prefix).category_self_share",
        LocalizedText("个人负担比例系数", "share of the person's own part for a category of person"), .percent,
        by: [category]),
      .init(
        "\(prefix).primary_care_points", LocalizedText("基层就医加成百分点", "points added in primary care"), .points,
        by: [doctor]),
      .init(
        "\(prefix).tcm_institution_points",
        LocalizedText("中医医疗机构加成百分点", "points added in a hospital of Chinese medicine"), .points),
      .init(
        "\(prefix).tcm_item_points", LocalizedText("中医药项目加成百分点", "points added for Chinese medicine items"), .points),
    ]
  }

  // MARK: One supplementary layer

  private static func layer(_ of: InsuranceScheme, _ layer: SupplementLayer) -> [PolicyValueDefinition] {
    let prefix = "settlement.\(of.rawValue).\(layer.word)"
    let name = layer.title
    func title(_ chinese: String, _ english: String) -> LocalizedText {
      LocalizedText(name.chinese + chinese, "\(name.english): \(english)")
    }
    return [
      .init("\(prefix).line", title("起付线", "line above which it pays"), .yuan, by: [beneficiary]),
      .init("\(prefix).bands", title("分段支付比例", "pay rates by band"), .bands, by: [beneficiary]),
      .init(
        "\(prefix).band_basis", title("分段口径", "what the bands are measured on"), .choice(["above_line", "absolute"])),
      .init(
        "\(prefix).period", title("累计周期", "whether the burden adds up over the year"),
        .choice(["year", "settlement"])),
      .init("\(prefix).cap", title("年度限额", "yearly cap"), .yuan, by: [beneficiary]),
      .init(
        "\(prefix).includes", title("计入负担的其他部分", "parts that enter the burden besides the in-policy remainder"),
        .choices(["first_self_pay", "separately_paid"])),
      .init("\(prefix).cares", title("适用医疗类别", "kinds of care it pays for; all when not stated"), .choices(cares)),
    ]
  }
}
