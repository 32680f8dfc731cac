public import Kernel

/// A designated institution (定点医药机构).
public struct Institution: Hashable, Codable, Sendable {
  /// The institution's code (定点医药机构编号, `fixmedins_code`), H or P and eleven digits.
  public var code: String
  /// The level that deductibles and pay rates differ by.
  public var level: InstitutionLevel
  /// Whether it is a hospital of traditional Chinese medicine (中医医院).
  public var isTraditionalChinese: Bool

  /// Makes an institution.
  public init(code: String, level: InstitutionLevel, isTraditionalChinese: Bool = false) {
    self.code = code
    self.level = level
    self.isTraditionalChinese = isTraditionalChinese
  }
}

/// The level of an institution in ascending order, as benefits differ by it (医院等级, `hosp_lv`, `dedc_hosp_lv`).
public enum InstitutionLevel: UInt8, Codable, Sendable, CaseIterable {
  /// Designated pharmacy (定点零售药店).
  case pharmacy = 0
  /// Village clinic (村卫生室).
  case village
  /// Township or community health centre (乡镇卫生院、社区卫生服务中心).
  case township
  /// Level-one hospital (一级医院).
  case primary
  /// Level-two hospital (二级医院).
  case secondary
  /// Level-three hospital (三级医院).
  case tertiary
  /// Level-three hospital run by the province or the ministry, where a policy distinguishes it (省部级三级医院).
  case provincial

  /// The word used in policy and case files.
  public var word: String {
    switch self {
    case .pharmacy: "pharmacy"
    case .village: "village"
    case .township: "township"
    case .primary: "primary"
    case .secondary: "secondary"
    case .tertiary: "tertiary"
    case .provincial: "provincial"
    }
  }

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .pharmacy: LocalizedText("定点零售药店", "pharmacy")
    case .village: LocalizedText("村卫生室", "village clinic")
    case .township: LocalizedText("乡镇卫生院、社区卫生服务中心", "township or community health centre")
    case .primary: LocalizedText("一级医院", "level-one hospital")
    case .secondary: LocalizedText("二级医院", "level-two hospital")
    case .tertiary: LocalizedText("三级医院", "level-three hospital")
    case .provincial: LocalizedText("省部级三级医院", "level-three hospital of province or ministry")
    }
  }

  /// The level for a word of policy and case files.
  public init?(word: some StringProtocol) {
    guard let level = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = level
  }
}

extension InstitutionLevel: Comparable {
  /// Orders levels upwards, as referral does.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
