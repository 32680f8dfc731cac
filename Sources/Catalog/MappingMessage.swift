public import Kernel

extension MappingFinding {
  /// What is wrong, what is probably right, and what to do.
  public var message: LocalizedText {
    let (wrong, near, todo) = (whatIsWrong, suggestionText, whatToDo)
    return LocalizedText(
      "\(wrong.chinese)\(near.chinese)\(todo.chinese)", "\(wrong.english)\(near.english) \(todo.english)")
  }

  private var whatIsWrong: LocalizedText {
    let (lines, other, right) = (lineList, related ?? "", expected ?? "")
    switch fault {
    case .missingLocalCode: return LocalizedText("院内编码为空。", "The local code is empty.")
    case .missingNationalCode: return LocalizedText("国家编码为空。", "The national code is empty.")
    case .duplicateLocalCode:
      return LocalizedText(
        "院内编码「\(value)」与第 \(lines) 行重复，国家编码相同且日期重叠。",
        "Local code \"\(value)\" repeats line \(lines) with the same national code and overlapping dates.")
    case .conflictingNationalCodes:
      return LocalizedText(
        "同一院内编码在第 \(lines) 行对应「\(other)」，本行对应「\(value)」，日期重叠。",
        "Line \(lines) maps the same local code to \"\(other)\", this row to \"\(value)\", on the same days.")
    case .unknownNationalCode:
      return LocalizedText("国家编码「\(value)」不在编码表中。", "National code \"\(value)\" is not in the code table.")
    case .otherKind:
      let (actual, wanted) = (standardName(other), standardName(right))
      return LocalizedText(
        "国家编码「\(value)」属于「\(actual.chinese)」，不属于本行的类别「\(wanted.chinese)」。",
        "National code \"\(value)\" belongs to \"\(actual.english)\", not to the row's \"\(wanted.english)\".")
    case .codeExpired:
      return LocalizedText(
        "国家编码「\(value)」的最后有效日为 \(other)。", "National code \"\(value)\" was last valid on \(other).")
    case .codeNotYetValid:
      return LocalizedText("国家编码「\(value)」自 \(other) 起生效。", "National code \"\(value)\" begins on \(other).")
    case .nameDiffers:
      return LocalizedText(
        "国家名称「\(value)」与编码不符，该编码的名称是「\(right)」。",
        "\"\(value)\" is not the name of the code, which is \"\(right)\".")
    case .malformedCode:
      return LocalizedText(
        "编码「\(value)」含空格、全角、大小写不符或不可见字符，应为「\(right)」。",
        "Code \"\(value)\" has blanks, full-width, wrongly cased or invisible characters; it should be \"\(right)\".")
    case .nameFormDiffers:
      return LocalizedText(
        "国家名称「\(value)」与「\(right)」仅全角半角、空格或大小写不同。",
        "\"\(value)\" differs from \"\(right)\" in width, blanks or case only.")
    case .manyToOne:
      return LocalizedText(
        "国家编码「\(value)」还对应第 \(lines) 行的院内编码。",
        "National code \"\(value)\" also stands for the local codes of lines \(lines).")
    }
  }

  private var whatToDo: LocalizedText {
    switch fault {
    case .missingLocalCode:
      LocalizedText("请补填本院编码，或删除该行。", "Fill in the institution's own code or delete the row.")
    case .missingNationalCode:
      LocalizedText("请补填国家编码；确无对应编码的项目不要上传。", "Fill it in; leave out items without a national code.")
    case .duplicateLocalCode: LocalizedText("请只保留一行。", "Keep one of the rows.")
    case .conflictingNationalCodes:
      LocalizedText("请确认其中之一，或填写不重叠的生效、失效日期。", "Choose one, or state dates that do not overlap.")
    case .unknownNationalCode:
      LocalizedText("请核对编码；编码无误时请确认编码表版本。", "Check the code; if it is right, check the table's edition.")
    case .otherKind: LocalizedText("请改用该类别的编码，或更正类别。", "Use a code of that standard, or correct the kind.")
    case .codeExpired:
      LocalizedText("请改用现行编码，或把失效日期填至该日。", "Use a code in force, or end the mapping on that day.")
    case .codeNotYetValid:
      LocalizedText("请把生效日期改为该日或以后。", "Begin the mapping on that day or later.")
    case .nameDiffers:
      LocalizedText("请确认编码是否选错；编码无误则照此更正名称。", "Check the code; if it is right, correct the name.")
    case .malformedCode: LocalizedText("请照此更正。", "Correct it accordingly.")
    case .nameFormDiffers: LocalizedText("建议照此更正。", "Better to correct it.")
    case .manyToOne:
      LocalizedText("请确认这些院内项目确为同一项目。", "Make sure that these local items are the same thing.")
    }
  }

  private var suggestionText: LocalizedText {
    if suggestions.isEmpty { return LocalizedText("", "") }
    let chinese = suggestions.map { "\($0.code)「\($0.name)」（\($0.basis.title.chinese)）" }.joined(separator: "、")
    let english = suggestions.map { "\($0.code) \"\($0.name)\" (\($0.basis.title.english))" }.joined(separator: ", ")
    return LocalizedText("可能是：\(chinese)。", " Perhaps: \(english).")
  }

  /// The first five lines, and how many there are when there are more.
  private var lineList: String {
    let shown = otherLines.prefix(5).map(String.init).joined(separator: ", ")
    return otherLines.count > 5 ? "\(shown) … (\(otherLines.count))" : shown
  }

  private func standardName(_ word: String) -> LocalizedText {
    CodeStandard(word: word)?.name ?? LocalizedText(word, word)
  }
}

extension CodeSuggestion.Basis {
  /// Why the code is proposed, in a few words.
  public var title: LocalizedText {
    switch self {
    case .code: LocalizedText("编码相近", "similar code")
    case .name: LocalizedText("名称相近", "similar name")
    case .codeAndName: LocalizedText("编码和名称都相近", "similar code and name")
    }
  }
}
