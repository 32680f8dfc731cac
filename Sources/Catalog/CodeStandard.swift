public import Kernel

/// One of the 15 national coding standards of healthcare security (15 项医疗保障信息业务编码标准, S2).
///
/// The numbers are stable; files name a standard by its ``word`` or its Chinese name.
public enum CodeStandard: UInt8, Sendable, CaseIterable {
  /// Diagnoses and operations (医保疾病诊断、手术操作分类与代码).
  case diagnosisAndOperation = 1
  /// Medical service items (医疗服务项目分类与代码).
  case serviceItem
  /// Drugs (医保药品分类与代码).
  case drug
  /// Medical consumables (医保医用耗材分类与代码).
  case consumable
  /// Designated medical institutions (定点医疗机构代码).
  case medicalInstitution
  /// Physicians (医保医师代码).
  case physician
  /// Nurses (医保护士代码).
  case nurse
  /// Designated retail pharmacies (定点零售药店代码).
  case pharmacy
  /// Pharmacists (医保药师代码).
  case pharmacist
  /// Agencies of healthcare security (医保系统单位代码).
  case agency
  /// Staff of the agencies (医保系统工作人员代码).
  case agencyStaff
  /// Chronic and special outpatient diseases (医保门诊慢特病病种).
  case chronicOutpatientDisease
  /// Diseases settled per disease (医保按病种结算病种).
  case perDiseaseSettlement
  /// Day surgery (医保日间手术病种).
  case daySurgery
  /// The settlement list (医疗保障基金结算清单).
  case settlementList
}

extension CodeStandard {
  /// The statutory Chinese name and an English one.
  public var name: LocalizedText { terms.name }

  /// The word used in files.
  public var word: String { terms.word }

  /// The short Chinese word, as spreadsheets write it.
  public var chineseWord: String { terms.chineseWord }

  /// The standard for its word, its short Chinese word, its statutory name or its number.
  public init?(word text: some StringProtocol) {
    let wanted = text.lowercased()
    let match = Self.allCases.first { standard in
      let terms = standard.terms
      return [terms.word, terms.chineseWord, terms.name.chinese, "\(standard.rawValue)"].contains(wanted)
    }
    guard let match else { return nil }
    self = match
  }

  private var terms: (name: LocalizedText, word: String, chineseWord: String) {
    switch self {
    case .diagnosisAndOperation:
      (LocalizedText("医保疾病诊断、手术操作分类与代码", "Diagnoses and operations"), "diagnosis_operation", "诊断手术")
    case .serviceItem: (LocalizedText("医疗服务项目分类与代码", "Medical service items"), "service_item", "服务项目")
    case .drug: (LocalizedText("医保药品分类与代码", "Drugs"), "drug", "药品")
    case .consumable: (LocalizedText("医保医用耗材分类与代码", "Medical consumables"), "consumable", "医用耗材")
    case .medicalInstitution:
      (LocalizedText("定点医疗机构代码", "Designated medical institutions"), "medical_institution", "医疗机构")
    case .physician: (LocalizedText("医保医师代码", "Physicians"), "physician", "医师")
    case .nurse: (LocalizedText("医保护士代码", "Nurses"), "nurse", "护士")
    case .pharmacy: (LocalizedText("定点零售药店代码", "Designated retail pharmacies"), "pharmacy", "零售药店")
    case .pharmacist: (LocalizedText("医保药师代码", "Pharmacists"), "pharmacist", "药师")
    case .agency: (LocalizedText("医保系统单位代码", "Healthcare security agencies"), "agency", "医保单位")
    case .agencyStaff: (LocalizedText("医保系统工作人员代码", "Agency staff"), "agency_staff", "医保工作人员")
    case .chronicOutpatientDisease:
      (LocalizedText("医保门诊慢特病病种", "Chronic and special outpatient diseases"), "chronic_disease", "门诊慢特病")
    case .perDiseaseSettlement:
      (LocalizedText("医保按病种结算病种", "Diseases settled per disease"), "per_disease", "按病种结算")
    case .daySurgery: (LocalizedText("医保日间手术病种", "Day surgery"), "day_surgery", "日间手术")
    case .settlementList:
      (LocalizedText("医疗保障基金结算清单", "Settlement list"), "settlement_list", "结算清单")
    }
  }
}
