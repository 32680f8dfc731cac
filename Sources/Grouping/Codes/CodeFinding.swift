public import Kernel

/// Something to know about a code of a case, with the place where it stands.
public struct CodeFinding: Hashable, Sendable {
  /// What there is to know, in order of precedence; the numbers are stable.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// Neither version has the code.
    case unknown = 1
    /// Only the clinical version has the code, and the case was read by the national one.
    case clinicalOnly = 2
    /// Only the national version has the code, and the case was read by the clinical one.
    case nationalOnly = 3
    /// The clinical version has the code, but no national code stands for it.
    case withoutCounterpart = 4
    /// Both versions have the code, and the clinical one means another national code by it.
    case meansSomethingElse = 5
    /// A grey code stands first.
    case greyFirst = 6
    /// A grey code stands in another place, where it is allowed.
    case grey = 7

    /// The word for programs, as in `grey_first`.
    public var word: String {
      switch self {
      case .unknown: "unknown"
      case .clinicalOnly: "clinical_only"
      case .nationalOnly: "national_only"
      case .withoutCounterpart: "without_counterpart"
      case .meansSomethingElse: "means_something_else"
      case .greyFirst: "grey_first"
      case .grey: "grey"
      }
    }

    /// What the finding is called in summaries.
    public var title: LocalizedText {
      switch self {
      case .unknown: LocalizedText("未知编码", "unknown")
      case .clinicalOnly: LocalizedText("仅临床版有", "clinical version only")
      case .nationalOnly: LocalizedText("仅医保版有", "national version only")
      case .withoutCounterpart: LocalizedText("无对应医保版编码", "without national counterpart")
      case .meansSomethingElse: LocalizedText("两版含义不同", "other meaning in the clinical version")
      case .greyFirst: LocalizedText("灰码在首位", "grey code first")
      case .grey: LocalizedText("灰码不在首位", "grey code, not first")
      }
    }

    /// Whether the code cannot be grouped by as it stands.
    public var severity: Diagnostic.Severity {
      switch self {
      case .unknown, .clinicalOnly, .withoutCounterpart, .greyFirst: .error
      case .nationalOnly, .meansSomethingElse, .grey: .warning
      }
    }
  }

  /// What there is to know.
  public let kind: Kind
  /// Diagnosis or procedure.
  public let family: CodeFamily
  /// The place in the list of the case, from 0; 0 is the principal diagnosis or the main procedure.
  public let position: Int
  /// The code, as the case has it.
  public let code: String
  /// The finding in words, with the code and what it means.
  public let message: LocalizedText

  init(_ kind: Kind, _ family: CodeFamily, at position: Int, _ code: String, _ message: LocalizedText) {
    self.kind = kind
    self.family = family
    self.position = position
    self.code = code
    self.message = message
  }
}

extension CodeFinding {
  /// What is said of a code in a place of a case, in a table of codes.
  struct Author {
    let table: CodeVersionTable
    let position: Int
    let code: String

    func finding(_ kind: Kind) -> CodeFinding {
      let text = text(kind, table[code])
      let message = LocalizedText("\(place.chinese)\(text.chinese)", "\(place.english) \(text.english)")
      return CodeFinding(kind, table.family, at: position, code, message)
    }

    private var place: LocalizedText {
      switch (table.family, position) {
      case (.diagnosis, 0): LocalizedText("主要诊断", "Principal diagnosis")
      case (.diagnosis, let n): LocalizedText("第 \(n) 个其他诊断", "Other diagnosis \(n),")
      case (.procedure, 0): LocalizedText("主要手术操作", "Main procedure")
      case (.procedure, let n): LocalizedText("第 \(n) 个其他手术操作", "Other procedure \(n),")
      }
    }

    private func text(_ kind: Kind, _ standing: CodeStanding?) -> LocalizedText {
      let (clinical, national) = (standing?.clinicalName ?? "", standing?.nationalName ?? "")
      let counterpart = standing?.counterpart
      switch kind {
      case .unknown: return unknown
      case .clinicalOnly:
        let (chinese, english) = (counterpart?.text ?? "无", counterpart?.text ?? "none")
        return LocalizedText(
          "「\(code)」只在临床版中有（\(clinical)），医保版没有；对应的医保版编码：\(chinese)。",
          "\"\(code)\" is a code of the clinical version only (\(clinical)); its national counterpart: \(english).")
      case .nationalOnly:
        return LocalizedText(
          "「\(code)」只在医保版中有（\(national)），临床版没有，未作转换。",
          "\"\(code)\" is a code of the national version only (\(national)) and was left as it is.")
      case .withoutCounterpart:
        return LocalizedText(
          "「\(code)」在临床版中是「\(clinical)」，对照表没有给出可用的医保版编码，未作转换。",
          "\"\(code)\" is \"\(clinical)\" in the clinical version; the mapping names no usable national code, "
            + "so it was left as it is.")
      case .meansSomethingElse:
        let target = counterpart?.text ?? ""
        return LocalizedText(
          "「\(code)」按医保版读作「\(national)」；若按临床版书写，它是「\(clinical)」，应转为 \(target)。",
          "\"\(code)\" was read by the national version as \"\(national)\"; written by the clinical version it is "
            + "\"\(clinical)\" and stands for \(target).")
      case .greyFirst:
        return LocalizedText(
          "「\(code) \(national)」是灰码，不能放在首位。", "\"\(code) \(national)\" is a grey code, which cannot stand first.")
      case .grey:
        return LocalizedText(
          "「\(code) \(national)」是灰码，不在首位，可以使用。",
          "\"\(code) \(national)\" is a grey code; it does not stand first, so it is allowed.")
      }
    }

    private var unknown: LocalizedText {
      let upper = code.uppercased()
      for written in [upper, upper.replacing("X", with: "x")] where written != code && !table.marks(of: written).isEmpty
      {
        return LocalizedText(
          "「\(code)」两个版本都没有；大小写不同的「\(written)」有。",
          "\"\(code)\" is in neither version; \"\(written)\", written in other case, is.")
      }
      let longer = table.codes(beginningWith: code, limit: 2)
      guard let first = longer.first else {
        return LocalizedText("「\(code)」两个版本都没有。", "\"\(code)\" is in neither version.")
      }
      let name = first.nationalName ?? first.clinicalName ?? ""
      return LocalizedText(
        "「\(code)」两个版本都没有，不是完整的编码；以它开头的有 \(first.code) \(name)\(longer.count > 1 ? " 等" : "")。",
        "\"\(code)\" is in neither version and no complete code; \(first.code) \(name)"
          + "\(longer.count > 1 ? " and others begin" : " begins") with it.")
    }
  }
}
