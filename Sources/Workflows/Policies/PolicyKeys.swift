import Claims
public import Kernel
import People
import Policy
import Settlement

/// What people call the keys and choices that policy files write as words.
public enum PolicyKeys {
  /// A dimension, such as the level of an institution.
  public static func dimension(_ name: String) -> LocalizedText {
    switch name {
    case "institution_level": LocalizedText("机构等级", "level of institution")
    case "person_category": LocalizedText("人员类别", "category of person")
    case "beneficiary_class": LocalizedText("特殊人员类型", "class of beneficiary")
    case "filing": LocalizedText("异地就医备案", "filing of care elsewhere")
    case "admission_number": LocalizedText("年内住院次数", "admission of the year")
    case "family_doctor": LocalizedText("家庭医生签约", "family doctor")
    case "sex": LocalizedText("性别", "sex")
    case "late_group": LocalizedText("可延期缴费人群", "group that may pay late")
    case "scheme": LocalizedText("险种", "scheme")
    case "item": LocalizedText("项目", "item")
    case "disease": LocalizedText("病种", "disease")
    case "case_kind": LocalizedText("定额病种", "kind of case")
    default: LocalizedText(name, name)
    }
  }

  /// A key of a dimension; codes that only the region knows stand as they are.
  public static func title(_ key: String, of dimension: String) -> LocalizedText {
    if key == PolicyDimension.any { return LocalizedText("其他", "any other") }
    let title: LocalizedText? =
      switch dimension {
      case "institution_level": InstitutionLevel(word: key)?.title
      case "person_category": PersonCategory(rawValue: key)?.title
      case "beneficiary_class":
        key == "listed_disease"
          ? LocalizedText("目录内重特大疾病", "listed disease") : BeneficiaryClass(rawValue: key)?.title
      case "filing": CrossRegionFiling(rawValue: key).map(filing)
      case "admission_number": LocalizedText("第 \(key) 次住院", "admission \(key)")
      case "family_doctor":
        key == "signed" ? LocalizedText("已签约", "signed with one") : LocalizedText("未签约", "not signed")
      case "sex": Sex(rawValue: key)?.title
      case "late_group": LatePayingGroup(rawValue: key).map(group)
      case "scheme": InsuranceScheme(rawValue: key)?.title
      default: nil
      }
    return title ?? LocalizedText(key, key)
  }

  private static func filing(_ filing: CrossRegionFiling) -> LocalizedText {
    switch filing {
    case .local: LocalizedText("本地就医", "care inside the region")
    case .longTerm: LocalizedText("异地长期居住", "living elsewhere for long")
    case .referred: LocalizedText("异地转诊", "referred elsewhere")
    case .emergency: LocalizedText("异地急诊抢救", "emergency elsewhere")
    case .notFiled: LocalizedText("未备案", "not filed")
    }
  }

  private static func group(_ group: LatePayingGroup) -> LocalizedText {
    switch group {
    case .migrantWorker: LocalizedText("返乡农民工", "returning migrant workers")
    case .student: LocalizedText("学生", "students")
    }
  }

  /// A word of a closed list; one that is not known stands as it is.
  public static func choice(_ word: String) -> LocalizedText {
    if let care = CareCategory(word: word) { return care.title }
    if let layer = SupplementLayer.allCases.first(where: { $0.word == word }) { return layer.title }
    return choices[word] ?? LocalizedText(word, word)
  }

  private static let choices: [String: LocalizedText] = [
    "refuse": LocalizedText("先停保其一，之前不予结算", "nothing is settled until one is withdrawn"),
    "employee_first": LocalizedText("以职工参保为准", "the employee scheme pays"),
    "person": LocalizedText("个人承担", "the person"),
    "hospital": LocalizedText("医疗机构承担", "the institution"),
    "fund_payments": LocalizedText("按基金支付金额计", "what the fund paid"),
    "in_policy_amount": LocalizedText("按政策范围内费用计", "the in-policy amount"),
    "above_deductible": LocalizedText("按起付标准以上费用计", "what lies above the deductible"),
    "above_line": LocalizedText("按起付线以上部分计", "what lies above the line"),
    "absolute": LocalizedText("按个人负担全额计", "the burden from nothing on"),
    "all": LocalizedText("个人负担全部", "all of the person's share"),
    "in_policy": LocalizedText("个人负担中政策范围内部分", "the in-policy part of the person's share"),
    "admission": LocalizedText("每次住院", "each admission"),
    "visit": LocalizedText("每次就诊", "each visit"),
    "settlement": LocalizedText("每次结算", "each settlement"),
    "year": LocalizedText("全年累计", "over the year"),
    "any_level": LocalizedText("不分机构等级", "at any level"),
    "same_level": LocalizedText("同一等级机构", "at the same level"),
    "each_stay": LocalizedText("每次住院分别计算", "each stay on its own"),
    "one_stay_highest": LocalizedText("转诊各次视同一次，按最高等级计算", "one stay, at the highest level"),
    "difference_up_none_down": LocalizedText("上转补差，下转不再支付", "the difference upwards, nothing downwards"),
    "first_self_pay": LocalizedText("先行自付", "first self-pay"),
    "separately_paid": LocalizedText("单行支付", "separate payment"),
  ]
}
