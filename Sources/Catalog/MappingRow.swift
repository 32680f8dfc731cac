public import Kernel

/// One row of an institution's table from its own codes to the national ones (院内编码对照), as the file has it.
///
/// Codes and names are kept exactly as written, blanks included, so that the checker can point at them.
public struct MappingRow: Hashable, Sendable {
  /// The line of the file on which the row begins, from 1.
  public var line: Int
  /// The institution's own code.
  public var localCode: String
  /// The institution's own name.
  public var localName: String
  /// The national code that it stands for.
  public var nationalCode: String
  /// The name that the institution gives the national code; empty when the file has none.
  public var nationalName: String
  /// The standard that the national code must belong to, when the row says so.
  public var kind: CodeStandard?
  /// When the mapping holds.
  public var period: ValidityPeriod

  /// Makes a row.
  public init(
    line: Int, localCode: String, localName: String = "", nationalCode: String, nationalName: String = "",
    kind: CodeStandard? = nil, period: ValidityPeriod = .always
  ) {
    self.line = line
    self.localCode = localCode
    self.localName = localName
    self.nationalCode = nationalCode
    self.nationalName = nationalName
    self.kind = kind
    self.period = period
  }
}

/// A column of a mapping file.
public enum MappingColumn: String, Sendable, CaseIterable {
  /// The institution's own code (院内编码).
  case localCode = "local_code"
  /// The institution's own name (院内名称).
  case localName = "local_name"
  /// The national code (国家编码).
  case nationalCode = "national_code"
  /// The national name (国家名称).
  case nationalName = "national_name"
  /// The coding standard (类别).
  case kind
  /// The first day (生效日期).
  case validFrom = "valid_from"
  /// The last day (失效日期).
  case validUntil = "valid_until"

  /// The name of the column as it may stand in the file's first row.
  public var name: LocalizedText {
    switch self {
    case .localCode: LocalizedText("院内编码", rawValue)
    case .localName: LocalizedText("院内名称", rawValue)
    case .nationalCode: LocalizedText("国家编码", rawValue)
    case .nationalName: LocalizedText("国家名称", rawValue)
    case .kind: LocalizedText("类别", rawValue)
    case .validFrom: LocalizedText("生效日期", rawValue)
    case .validUntil: LocalizedText("失效日期", rawValue)
    }
  }
}
