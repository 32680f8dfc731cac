public import Kernel

/// A person as the settlement of a visit needs to know them (参保人).
///
/// Holds facts only; whether they are covered on a day is decided by ``coverage(on:under:)``.
public struct InsuredPerson: Hashable, Codable, Sendable {
  /// The person's number in the region (人员编号, `psn_no`).
  public var number: String
  /// Sex (性别, `gend`).
  public var sex: Sex
  /// Date of birth (出生日期, `brdy`).
  public var birth: CalendarDate
  /// Date of death, when there is one.
  public var death: CalendarDate?
  /// Every enrolment the person has or had, in any order.
  public var enrolments: [Enrolment]
  /// The class of aided person (特殊人员类型, `sp_psn_type`).
  public var beneficiaryClass: BeneficiaryClass
  /// Whether the civil servants' supplement applies (公务员标志, `cvlserv_flag`).
  public var isCivilServant: Bool
  /// Whether the employer bought the enterprise supplement (企业补充医疗保险).
  public var hasEnterpriseSupplement: Bool
  /// Whether a family doctor is contracted (家庭医生签约).
  public var hasFamilyDoctor: Bool
  /// Chronic or special outpatient diseases on file (门诊慢特病备案, interface 2503).
  public var chronicFilings: [ChronicDiseaseFiling]

  /// Makes a person; everything beyond number, sex, birth and enrolments defaults to "no".
  public init(
    number: String, sex: Sex, birth: CalendarDate, enrolments: [Enrolment], death: CalendarDate? = nil,
    beneficiaryClass: BeneficiaryClass = .general, isCivilServant: Bool = false,
    hasEnterpriseSupplement: Bool = false, hasFamilyDoctor: Bool = false,
    chronicFilings: [ChronicDiseaseFiling] = []
  ) {
    self.number = number
    self.sex = sex
    self.birth = birth
    self.death = death
    self.enrolments = enrolments
    self.beneficiaryClass = beneficiaryClass
    self.isCivilServant = isCivilServant
    self.hasEnterpriseSupplement = hasEnterpriseSupplement
    self.hasFamilyDoctor = hasFamilyDoctor
    self.chronicFilings = chronicFilings
  }
}

/// Sex as the interface codes it (性别, `gend`).
public enum Sex: String, Codable, Sendable, CaseIterable {
  /// Male (男, `1`).
  case male
  /// Female (女, `2`).
  case female

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .male: LocalizedText("男", "male")
    case .female: LocalizedText("女", "female")
    }
  }
}

/// A chronic or special outpatient disease that the person may be treated for at the fund's expense.
public struct ChronicDiseaseFiling: Hashable, Codable, Sendable {
  /// The disease code (门诊慢特病病种代码, `opsp_dise_code`).
  public var disease: String
  /// When the filing holds.
  public var period: DateRange

  /// Makes a filing.
  public init(disease: String, period: DateRange) {
    self.disease = disease
    self.period = period
  }
}
