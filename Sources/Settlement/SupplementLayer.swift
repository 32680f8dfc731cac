public import Kernel
import Ledger
import People

/// A layer of protection that pays after the pooled fund (补充保障).
public enum SupplementLayer: UInt8, Codable, Sendable, CaseIterable {
  /// Large-sum subsidy: pays what lies above the pooled fund's yearly cap (大额医疗费用补助, `hifob_pay`).
  case largeSum = 0
  /// Catastrophic insurance: pays the in-policy burden above a line (大病保险, `hifmi_pay`; employees `hifob_pay`).
  case catastrophic
  /// Civil servants' supplement (公务员医疗补助, `cvlserv_pay`).
  case civilServant
  /// Enterprise supplement (企业补充医疗保险, `hifes_pay`).
  case enterprise
  /// Medical assistance (医疗救助, `maf_pay`).
  case assistance
  /// Any other fund of the region (其他支出, `oth_pay`).
  case other

  /// The word used in policy and case files.
  public var word: String {
    switch self {
    case .largeSum: "large_sum"
    case .catastrophic: "catastrophic"
    case .civilServant: "civil_servant"
    case .enterprise: "enterprise"
    case .assistance: "assistance"
    case .other: "other"
    }
  }

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .largeSum: LocalizedText("大额医疗费用补助", "large-sum subsidy")
    case .catastrophic: LocalizedText("大病保险", "catastrophic insurance")
    case .civilServant: LocalizedText("公务员医疗补助", "civil servants' supplement")
    case .enterprise: LocalizedText("企业补充医疗保险", "enterprise supplement")
    case .assistance: LocalizedText("医疗救助", "medical assistance")
    case .other: LocalizedText("其他基金", "other fund")
    }
  }

  /// The fund that pays it in a scheme.
  func fund(in scheme: InsuranceScheme) -> Fund {
    switch self {
    case .largeSum: .largeSum
    case .catastrophic: scheme == .resident ? .catastrophic : .employeeCatastrophic
    case .civilServant: .civilServant
    case .enterprise: .enterprise
    case .assistance: .assistance
    case .other: .other
    }
  }
}
