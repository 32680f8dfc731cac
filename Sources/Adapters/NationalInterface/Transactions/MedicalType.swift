import Claims
import People
import Settlement

/// How codes of the interface stand for the payer's own words.
enum MedicalType {
  /// The kind of care of a `med_type`, national baseline and provincial codes alike; `nil` for those not settled here.
  static func care(_ code: String) -> CareCategory? { careByCode[code] }

  private static let careByCode: [String: CareCategory] = [
    "11": .outpatient, "12": .outpatient, "9903": .outpatient,
    "13": .emergency, "1301": .emergency,
    "14": .chronic, "9901": .chronic,
    "21": .inpatient, "2101": .inpatient, "2102": .inpatient, "2105": .inpatient, "22": .inpatient,
    "28": .daySurgery, "41": .pharmacy, "51": .maternityOutpatient,
    "52": .maternityInpatient, "2106": .maternityInpatient, "2107": .maternityInpatient,
  ]

  /// The kind of care of a `med_type`, refused when it is not settled here or of another sort than the transaction.
  static func care(_ code: String, where isRight: (CareCategory) -> Bool, _ sort: String) throws(Refused)
    -> CareCategory
  {
    guard let care = care(code) else {
      throw .interface(
        InterfaceRefusal(
          .careNotOffered, "医疗类别 \(code) 暂不支持联网结算；请联系经办机构", "the kind of care \(code) is not settled here"))
    }
    guard isRight(care) else {
      throw .contradiction("医疗类别 \(code) 不是\(sort)；请核对 med_type 和交易编号", "the kind of care \(code) does not belong here")
    }
    return care
  }

  /// How a kind of care is cleared (清算类别, `clr_type`).
  static func clearing(_ care: CareCategory) -> String {
    switch care {
    case .inpatient: "21"
    case .daySurgery: "28"
    case .outpatient: "11"
    case .chronic: "14"
    case .emergency: "13"
    case .pharmacy: "41"
    case .maternityOutpatient: "53"
    case .maternityInpatient: "99940"
    }
  }

  /// The kinds of care that a `clr_type` clears; none for those that nothing here is cleared under.
  static func kinds(_ clearing: String) -> Set<CareCategory> {
    Set(CareCategory.allCases.filter { Self.clearing($0) == clearing })
  }

  /// The scheme of an `insutype`, refused when it is none of the two basic ones.
  static func scheme(_ code: String) throws(Refused) -> InsuranceScheme {
    guard let scheme = InsuranceScheme.allCases.first(where: { $0.insutype == code }) else {
      throw .contradiction(
        "险种 \(code) 不能单独结算；请按 1101 返回的基本医保险种（310 或 390）填写", "the scheme \(code) is not settled; use 310 or 390")
    }
    return scheme
  }

  /// The category of person (人员类别, `psn_type`).
  static func personType(_ category: PersonCategory) -> String {
    switch category {
    case .inService: "11"
    case .retired, .retiredElder: "12"
    case .adult: "15"
    case .elderly: "16"
    case .student: "1403"
    case .minor: "1402"
    }
  }

  /// The class of aided person (人员身份类别, `psn_idet_type`), `nil` for nobody in particular.
  static func identity(_ beneficiary: BeneficiaryClass) -> String? {
    switch beneficiary {
    case .general: nil
    case .destitute: "2304"
    case .subsistence: "2303"
    case .returningPoverty: "2302"
    case .lowIncome: "2305"
    case .severelyDisabled: "2308"
    case .illnessPoverty: "2306"
    }
  }
}
