public import Kernel

/// The layers through which a case falls (成组层次); a case stays in the first that takes it.
///
/// Numbers never change. The order in force is the catalogue's (``DIPManifest/layers``).
public enum DIPLayer: UInt8, Hashable, Sendable, CaseIterable, Codable {
  /// Groups asked for before all others (先期分组, XQ): transplants, ventilation, low birth weight.
  case pre = 1
  /// Groups made of several diagnoses or procedures (并项规则下的核心病种, BX).
  case merge = 2
  /// Burns, by depth and area (诊断辅助细分-烧伤类, FZ).
  case burn = 3
  /// Treatments of tumours, by site (诊断辅助细分-肿瘤类, FZ).
  case tumour = 4
  /// Tuberculosis, by resistance (诊断辅助细分-结核类, FZ).
  case tuberculosis = 5
  /// Diagnosis and procedure (基础规则下的核心病种, JC).
  case basic = 6
  /// Groups that cost the same at every institution (基层病种), where a region keeps them as groups of their own.
  case primaryCare = 7
  /// What no core group takes, by category and kind of treatment (综合病种).
  case composite = 8
  /// What not even a composite group takes (空白病组).
  case blank = 9

  /// The word in files and JSON.
  public var word: String {
    switch self {
    case .pre: "pre"
    case .merge: "merge"
    case .burn: "burn"
    case .tumour: "tumour"
    case .tuberculosis: "tuberculosis"
    case .basic: "basic"
    case .primaryCare: "primary_care"
    case .composite: "composite"
    case .blank: "blank"
    }
  }

  /// The layer of a word.
  public init?(word: String) {
    guard let layer = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = layer
  }

  /// What the layer is called.
  public var title: LocalizedText {
    switch self {
    case .pre: LocalizedText("先期分组", "groups asked for first")
    case .merge: LocalizedText("并项规则", "merged groups")
    case .burn: LocalizedText("诊断辅助细分·烧伤", "burns")
    case .tumour: LocalizedText("诊断辅助细分·肿瘤", "treatment of tumours")
    case .tuberculosis: LocalizedText("诊断辅助细分·结核", "tuberculosis")
    case .basic: LocalizedText("基础规则", "basic groups")
    case .primaryCare: LocalizedText("基层病种", "primary-care groups")
    case .composite: LocalizedText("综合病种", "composite groups")
    case .blank: LocalizedText("空白病组", "the blank group")
    }
  }
}

/// How a stay was treated, as composite groups tell it; the numbers are the last figure of their codes (`A09-1`).
public enum DIPTreatment: UInt8, Hashable, Sendable, CaseIterable, Comparable, Codable {
  /// Without a procedure that counts (保守治疗, 内科诊疗组).
  case conservative = 1
  /// With a diagnostic procedure (诊断性操作组).
  case diagnostic = 2
  /// With a therapeutic procedure (治疗性操作组).
  case therapeutic = 3
  /// With an operation (相关手术组); interventions (介入治疗) count as operations unless the catalogue says otherwise.
  case surgical = 4

  /// The word in files and JSON.
  public var word: String {
    switch self {
    case .conservative: "conservative"
    case .diagnostic: "diagnostic"
    case .therapeutic: "therapeutic"
    case .surgical: "surgical"
    }
  }

  /// What the kind is called.
  public var title: LocalizedText {
    switch self {
    case .conservative: LocalizedText("保守治疗", "conservative treatment")
    case .diagnostic: LocalizedText("诊断性操作", "diagnostic procedure")
    case .therapeutic: LocalizedText("治疗性操作", "therapeutic procedure")
    case .surgical: LocalizedText("手术", "surgery")
    }
  }

  /// Orders kinds by weight: surgery last.
  public static func < (left: DIPTreatment, right: DIPTreatment) -> Bool { left.rawValue < right.rawValue }
}

/// What became of a case under a DIP catalogue, in order of precedence; numbers never change.
public enum DIPStatus: UInt8, Hashable, Sendable, CaseIterable, Codable {
  /// The case belongs to the group of the result.
  case grouped = 0
  /// No principal diagnosis is stated.
  case noPrincipalDiagnosis = 1
  /// The principal diagnosis is no code of a diagnosis.
  case malformedPrincipalDiagnosis = 2
  /// The principal diagnosis is on the list of those that are not grouped (不纳入分组的主要诊断).
  case rejectedPrincipalDiagnosis = 3
  /// No group of the catalogue takes the case; the catalogue has a blank group (空白病组), which is the result.
  case blankGroup = 4
  /// No group of the catalogue takes the case, and there is no blank group.
  case notInCatalogue = 5

  /// The word in files and JSON.
  public var word: String {
    switch self {
    case .grouped: "grouped"
    case .noPrincipalDiagnosis: "no_principal_diagnosis"
    case .malformedPrincipalDiagnosis: "malformed_principal_diagnosis"
    case .rejectedPrincipalDiagnosis: "rejected_principal_diagnosis"
    case .blankGroup: "blank_group"
    case .notInCatalogue: "not_in_catalogue"
    }
  }

  /// What the status says, in one sentence.
  public var message: LocalizedText {
    switch self {
    case .grouped: LocalizedText("已入组", "grouped")
    case .noPrincipalDiagnosis: LocalizedText("没有主要诊断", "no principal diagnosis is stated")
    case .malformedPrincipalDiagnosis: LocalizedText("主要诊断不是诊断编码", "the principal diagnosis is not a code")
    case .rejectedPrincipalDiagnosis:
      LocalizedText("主要诊断不纳入分组", "the principal diagnosis is on the list of those that are not grouped")
    case .blankGroup: LocalizedText("目录无对应病种，入空白病组", "no group takes the case; it goes to the blank group")
    case .notInCatalogue: LocalizedText("目录无对应病种", "no group of the catalogue takes the case")
    }
  }
}
