public import Kernel

/// What can be wrong with a row of a mapping file, in order of precedence; the numbers are stable.
public enum MappingFault: UInt8, Sendable, CaseIterable, Comparable {
  /// The row has no local code.
  case missingLocalCode = 1
  /// The row has no national code.
  case missingNationalCode = 2
  /// An earlier row maps the same local code to the same national code for the same days.
  case duplicateLocalCode = 3
  /// An earlier row maps the same local code to another national code for the same days.
  case conflictingNationalCodes = 4
  /// The code table has no such code.
  case unknownNationalCode = 5
  /// The code belongs to another coding standard than the row says.
  case otherKind = 6
  /// The code ended before the mapping does.
  case codeExpired = 7
  /// The code begins after the mapping does.
  case codeNotYetValid = 8
  /// The national name is not the code's name.
  case nameDiffers = 9
  /// The code is right but for its form: blanks, full-width or small letters, invisible characters.
  case malformedCode = 10
  /// The national name differs from the code's name by blanks, full-width or small letters only.
  case nameFormDiffers = 11
  /// Several local codes stand for one national code.
  case manyToOne = 12

  /// Whether the fault keeps a mapping from being used.
  public var severity: Diagnostic.Severity {
    switch self {
    case .nameFormDiffers, .manyToOne: .warning
    case .missingLocalCode, .missingNationalCode, .duplicateLocalCode, .conflictingNationalCodes,
      .unknownNationalCode, .otherKind, .codeExpired, .codeNotYetValid, .nameDiffers, .malformedCode:
      .error
    }
  }

  /// What the fault is called in summaries.
  public var title: LocalizedText {
    switch self {
    case .missingLocalCode: LocalizedText("缺少院内编码", "local code missing")
    case .missingNationalCode: LocalizedText("缺少国家编码", "national code missing")
    case .duplicateLocalCode: LocalizedText("院内编码重复", "local code repeated")
    case .conflictingNationalCodes: LocalizedText("一个院内编码对应多个国家编码", "one local code, several national codes")
    case .unknownNationalCode: LocalizedText("国家编码不存在", "national code unknown")
    case .otherKind: LocalizedText("国家编码类别不符", "national code of another standard")
    case .codeExpired: LocalizedText("国家编码已失效", "national code expired")
    case .codeNotYetValid: LocalizedText("国家编码尚未生效", "national code not yet valid")
    case .nameDiffers: LocalizedText("国家名称与编码不符", "national name does not belong to the code")
    case .malformedCode: LocalizedText("编码书写不规范", "code badly written")
    case .nameFormDiffers: LocalizedText("国家名称书写不一致", "national name written differently")
    case .manyToOne: LocalizedText("多个院内编码对应一个国家编码", "several local codes, one national code")
    }
  }

  /// Orders faults by precedence.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
