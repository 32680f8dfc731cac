public import Kernel

/// A basic medical insurance scheme (险种, `insutype`).
public enum InsuranceScheme: String, Codable, Sendable, CaseIterable {
  /// Employee basic medical insurance (职工基本医疗保险, `310`).
  case employee
  /// Urban and rural resident basic medical insurance (城乡居民基本医疗保险, `390`).
  case resident

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .employee: LocalizedText("职工基本医疗保险", "employee basic medical insurance")
    case .resident: LocalizedText("城乡居民基本医疗保险", "resident basic medical insurance")
    }
  }

  /// The interface's code.
  public var insutype: String {
    switch self {
    case .employee: "310"
    case .resident: "390"
    }
  }
}

/// The category of person that benefits differ by (人员类别, `psn_type`).
public enum PersonCategory: String, Codable, Sendable, CaseIterable {
  /// Employee in service (在职, `11`).
  case inService = "in_service"
  /// Retired employee below the age from which a policy distinguishes older retirees (退休, `12`).
  case retired
  /// Retired employee of 70 years or more, where a policy distinguishes them (退休 70 周岁以上).
  case retiredElder = "retired_elder"
  /// Adult resident (居民（成年）, `15`).
  case adult
  /// Old resident (居民（老年）, `16`).
  case elderly
  /// Pupil or student (学生, `1403`, `1404`).
  case student
  /// Minor, newborns included (未成年, `1401`, `1402`, `1405`).
  case minor

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .inService: LocalizedText("在职", "in service")
    case .retired: LocalizedText("退休", "retired")
    case .retiredElder: LocalizedText("退休（70 周岁以上）", "retired, 70 or older")
    case .adult: LocalizedText("居民（成年）", "adult resident")
    case .elderly: LocalizedText("居民（老年）", "old resident")
    case .student: LocalizedText("学生", "pupil or student")
    case .minor: LocalizedText("未成年", "minor")
    }
  }
}

/// A class of person that assistance and preferences differ by (特殊人员类型, `sp_psn_type`).
public enum BeneficiaryClass: String, Codable, Sendable, CaseIterable {
  /// Nobody in particular.
  case general
  /// Destitute person in state support (特困人员, `1`).
  case destitute
  /// Member of a household with subsistence allowance (城乡低保对象, `2`).
  case subsistence
  /// Person in danger of returning to poverty (返贫致贫人口, `3`).
  case returningPoverty = "returning_poverty"
  /// Member of a household at the edge of subsistence allowance (低保边缘家庭成员).
  case lowIncome = "low_income"
  /// Severely disabled person in poverty (贫困重度残疾人, `4`).
  case severelyDisabled = "severely_disabled"
  /// Person poor through illness (因病致贫重病患者, `913`).
  case illnessPoverty = "illness_poverty"

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .general: LocalizedText("一般人员", "nobody in particular")
    case .destitute: LocalizedText("特困人员", "destitute person in state support")
    case .subsistence: LocalizedText("城乡低保对象", "subsistence allowance")
    case .returningPoverty: LocalizedText("返贫致贫人口", "returning to poverty")
    case .lowIncome: LocalizedText("低保边缘家庭成员", "at the edge of subsistence allowance")
    case .severelyDisabled: LocalizedText("贫困重度残疾人", "severely disabled in poverty")
    case .illnessPoverty: LocalizedText("因病致贫重病患者", "poor through illness")
    }
  }
}
