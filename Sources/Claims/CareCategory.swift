public import Kernel

/// The kind of care that benefit plans differ by (医疗类别, `med_type`).
public enum CareCategory: UInt8, Codable, Sendable, CaseIterable {
  /// Stay in hospital (住院, `2101`).
  case inpatient = 0
  /// Day surgery (日间手术, `28`).
  case daySurgery
  /// Ordinary outpatient visit (普通门诊, `11`).
  case outpatient
  /// Chronic or special outpatient disease (门诊慢特病, `14`).
  case chronic
  /// Outpatient emergency and rescue (急诊, `13`, `1301`).
  case emergency
  /// Purchase at a designated pharmacy (定点药店购药, `41`).
  case pharmacy
  /// Maternity care as an outpatient (生育门诊, `51`).
  case maternityOutpatient
  /// Stay for delivery (生育住院, `52`).
  case maternityInpatient

  /// The word used in policy and case files.
  public var word: String {
    switch self {
    case .inpatient: "inpatient"
    case .daySurgery: "day_surgery"
    case .outpatient: "outpatient"
    case .chronic: "chronic"
    case .emergency: "emergency"
    case .pharmacy: "pharmacy"
    case .maternityOutpatient: "maternity_outpatient"
    case .maternityInpatient: "maternity_inpatient"
    }
  }

  /// The category for a word of policy and case files.
  public init?(word: some StringProtocol) {
    guard let category = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = category
  }

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .inpatient: LocalizedText("住院", "inpatient")
    case .daySurgery: LocalizedText("日间手术", "day surgery")
    case .outpatient: LocalizedText("普通门诊", "outpatient")
    case .chronic: LocalizedText("门诊慢特病", "chronic outpatient disease")
    case .emergency: LocalizedText("急诊", "emergency")
    case .pharmacy: LocalizedText("定点药店购药", "pharmacy")
    case .maternityOutpatient: LocalizedText("生育门诊", "maternity outpatient")
    case .maternityInpatient: LocalizedText("生育住院", "maternity inpatient")
    }
  }

  /// Whether it is a stay that counts as an admission.
  public var isStay: Bool {
    switch self {
    case .inpatient, .daySurgery, .maternityInpatient: true
    case .outpatient, .chronic, .emergency, .pharmacy, .maternityOutpatient: false
    }
  }
}

/// How care outside the pooling region was filed (异地就医备案, interface 2501; S6).
public enum CrossRegionFiling: String, Codable, Sendable, CaseIterable {
  /// Care inside the region; nothing to file.
  case local
  /// Filed as living elsewhere for long (异地长期居住).
  case longTerm = "long_term"
  /// Filed as referred elsewhere (异地转诊).
  case referred
  /// Emergency elsewhere, which counts as filed (异地急诊抢救).
  case emergency
  /// Elsewhere without filing (未备案).
  case notFiled = "not_filed"
}
