public import Kernel

/// What became of a case: a closed list with numbers that never change.
///
/// A status never depends on a region or an edition; ``GroupingReason`` says more. Each has a section in
/// `Docs/Reference/grouping.md`.
public enum GroupingStatus: UInt8, Hashable, Sendable, CaseIterable {
  /// A group took the case (入组成功).
  case grouped = 0
  /// Diagnosis and operation do not go together: a row `xQY` took the case (歧义病案).
  case ambiguous = 1
  /// No adjacent group took the case: `0000`, or the row `x00` of its category (未入组).
  case ungrouped = 2
  /// An adjacent group took the case and none of its groups fits (仅入核心疾病诊断相关组).
  case adjacentGroupOnly = 3
  /// The case cannot be looked at; it has to be corrected first (病案信息无效).
  case invalidInput = 4

  /// The status as files and JSON write it.
  public var word: String {
    switch self {
    case .grouped: "grouped"
    case .ambiguous: "ambiguous"
    case .ungrouped: "ungrouped"
    case .adjacentGroupOnly: "adjacent_group_only"
    case .invalidInput: "invalid_input"
    }
  }

  /// The status for people.
  public var text: LocalizedText {
    switch self {
    case .grouped: LocalizedText("入组成功", "grouped")
    case .ambiguous: LocalizedText("歧义病案", "ambiguous")
    case .ungrouped: LocalizedText("未入组", "ungrouped")
    case .adjacentGroupOnly: LocalizedText("仅入 ADRG", "adjacent group only")
    case .invalidInput: LocalizedText("病案信息无效", "invalid input")
    }
  }
}

/// Why a case has its status: a closed list with numbers that never change.
///
/// The hundreds digit is the ``GroupingStatus``. Each has a section in `Docs/Reference/grouping.md`.
public enum GroupingReason: UInt16, Hashable, Sendable, CaseIterable {
  /// The first group in the order of evaluation whose rules all hold.
  case ruleMatched = 0
  /// Ungrouped with the main operation as stated, grouped with another one in its place; some editions do that.
  case otherProcedureTaken = 1
  /// The operation does not go with the principal diagnosis.
  case ambiguousProcedure = 100
  /// No category's rule holds.
  case noCategory = 200
  /// A category's rule holds, and the rule of none of its adjacent groups.
  case noAdjacentGroup = 201
  /// Ungrouped, and the edition knows nothing of the principal diagnosis.
  case unknownPrincipalDiagnosis = 202
  /// The adjacent group applies and the rule of none of its groups holds.
  case noGroup = 300
  /// The case has no principal diagnosis.
  case noPrincipalDiagnosis = 400
  /// An age, a weight or a number of days is below zero.
  case negativeNumber = 401

  /// What became of the case.
  public var status: GroupingStatus {
    switch self {
    case .ruleMatched, .otherProcedureTaken: .grouped
    case .ambiguousProcedure: .ambiguous
    case .noCategory, .noAdjacentGroup, .unknownPrincipalDiagnosis: .ungrouped
    case .noGroup: .adjacentGroupOnly
    case .noPrincipalDiagnosis, .negativeNumber: .invalidInput
    }
  }

  /// The reason for people, with what to do where something can be done.
  public var text: LocalizedText {
    switch self {
    case .ruleMatched:
      LocalizedText("按分组规则入组", "grouped by the rules")
    case .otherProcedureTaken:
      LocalizedText(
        "按主要手术操作未能入组，改按其他手术操作入组", "not grouped by the main operation; grouped by another operation in its place")
    case .ambiguousProcedure:
      LocalizedText(
        "手术操作与主要诊断不匹配；请核对主要诊断和主要手术操作的选择",
        "the operation does not go with the principal diagnosis; check which of each is the main one")
    case .noCategory:
      LocalizedText(
        "不符合任何主要诊断大类的规则；请核对主要诊断编码及其版本，以及性别、年龄",
        "no category's rule holds; check the principal diagnosis and its code version, sex and age")
    case .noAdjacentGroup:
      LocalizedText(
        "符合主要诊断大类，但不符合其中任何 ADRG 的规则", "a category's rule holds, but the rule of none of its adjacent groups")
    case .unknownPrincipalDiagnosis:
      LocalizedText(
        "分组方案中没有主要诊断编码；请核对编码及其版本",
        "the edition does not know the principal diagnosis; check the code and its version")
    case .noGroup:
      LocalizedText(
        "符合 ADRG 的规则，但不符合其中任何 DRG 的规则", "the adjacent group's rule holds, but the rule of none of its groups")
    case .noPrincipalDiagnosis:
      LocalizedText("没有主要诊断；请补录", "the principal diagnosis is missing; add it")
    case .negativeNumber:
      LocalizedText(
        "年龄、出生体重或天数小于 0；请更正", "an age, a birth weight or a number of days is below zero; correct it")
    }
  }
}
