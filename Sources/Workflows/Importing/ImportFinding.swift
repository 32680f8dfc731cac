public import Catalog
public import Claims
public import Kernel

/// Where something stands in an institution's own files.
public struct ImportPlace: Hashable, Codable, Sendable {
  /// The file, below the folder that was imported.
  public var file: String
  /// The sheet of a workbook; empty for other files.
  public var sheet: String
  /// The row of the sheet or the line of the file, from 1; `nil` when the whole file is meant.
  public var row: Int?

  /// Makes a place.
  public init(file: String, sheet: String = "", row: Int? = nil) {
    self.file = file
    self.sheet = sheet
    self.row = row
  }
}

extension ImportPlace: CustomStringConvertible {
  /// The place as people write it: `lists.xlsx[Sheet1]:12`.
  public var description: String {
    file + (sheet.isEmpty ? "" : "[\(sheet)]") + (row.map { ":\($0)" } ?? "")
  }
}

/// One thing found about a row of an institution's own files: the rule, where, and what to do.
public struct ImportFinding: Hashable, Sendable {
  /// The number of the rule: ``ImportRule``, ``Claims/SettlementListRule``, or 800 and a ``Catalog/MappingFault``.
  public let number: UInt16
  /// The field or column.
  public let field: String
  /// What stands there, shortened.
  public let value: String
  /// What is wrong.
  public let reason: LocalizedText
  /// What to do.
  public let advice: LocalizedText
  /// Whether the row is left out because of it.
  public let isRefusing: Bool

  /// Characters of a value that are kept.
  static let valueLimit = 200

  private init(
    number: UInt16, field: String, value: String, reason: LocalizedText, advice: LocalizedText, isRefusing: Bool
  ) {
    self.number = number
    self.field = field
    self.value = value.count > Self.valueLimit ? value.prefix(Self.valueLimit) + "…" : value
    self.reason = reason
    self.advice = advice
    self.isRefusing = isRefusing
  }

  /// Makes a finding of a rule of importing.
  ///
  /// - Parameter detail: what exactly is wrong, behind the rule's own words.
  public init(_ rule: ImportRule, field: String = "", value: String = "", detail: LocalizedText? = nil) {
    let message = rule.message
    self.init(
      number: rule.rawValue, field: field, value: value,
      reason: detail.map {
        LocalizedText("\(message.chinese)：\($0.chinese)", "\(message.english): \($0.english)")
      } ?? message,
      advice: rule.advice, isRefusing: rule.isRefusing)
  }

  /// The finding that a rule of settlement lists gives.
  public init(_ finding: SettlementListFinding) {
    let rule = finding.rule
    let advice =
      switch rule.rawValue {
      case ..<200: LocalizedText("补填该字段", "fill the field in")
      case 605:
        LocalizedText("核对各项支付；有医院负担的补填 hosp_part_amt", "check the payments; state hosp_part_amt if there is one")
      case 600...: LocalizedText("核对金额", "check the amounts")
      default: LocalizedText("与病案核对后改正", "correct it by the medical record")
      }
    self.init(
      number: rule.rawValue, field: rule.field, value: finding.value, reason: rule.message, advice: advice,
      isRefusing: rule.severity == .refusal)
  }

  /// The finding that the checker of mappings gives.
  public init(_ finding: MappingFinding) {
    let isRefusing = finding.severity == .error
    self.init(
      number: 800 + UInt16(finding.fault.rawValue), field: finding.column.rawValue, value: finding.value,
      reason: finding.message,
      advice: LocalizedText("按国家编码表改正对照", "correct the mapping by the table of national codes"),
      isRefusing: isRefusing)
  }
}
