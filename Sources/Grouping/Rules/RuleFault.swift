import Kernel

/// Why a rule does not read: what was expected, what stands there, and where.
struct RuleFault: Error, Hashable {
  /// What the parser looked for when it stopped.
  enum Expectation: Hashable {
    case test
    case comparisonOrIn
    case wordIn
    case list
    case codeVariable
    case number
    case commaOrBrace
    case closingParenthesis
    case end
    case shallowNesting
    case diagnosesOnly
    case numberInRange
  }

  var expected: Expectation
  /// Where the unexpected stands, in characters from 0.
  var place: Range<Int>
  /// What stands there; empty at the end of the rule.
  var found: String

  /// What is wrong with the rule and how to write it.
  var message: LocalizedText {
    let chineseFound = found.isEmpty ? "规则在此结束" : "此处是「\(found)」"
    let englishFound = found.isEmpty ? "the rule ends here" : "\"\(found)\" stands here"
    let text = expected.text
    return LocalizedText("\(chineseFound)；\(text.chinese)。", "\(englishFound); \(text.english).")
  }
}

extension RuleFault.Expectation {
  /// What should stand there.
  var text: LocalizedText {
    switch self {
    case .test:
      LocalizedText(
        "应为一个条件，例如 ZYZD in DI_BB2、NL < 18 或 {ZYSS, QTSS} in OP_BB2；可用变量：\(RuleParser.variableNames)",
        "a condition is expected, such as ZYZD in DI_BB2, NL < 18 or {ZYSS, QTSS} in OP_BB2; "
          + "variables: \(RuleParser.variableNames)")
    case .comparisonOrIn:
      LocalizedText("数值变量之后应为 = < <= > >= 之一", "one of = < <= > >= is expected after a number variable")
    case .wordIn:
      LocalizedText("编码变量之后应为 in 或 not in", "\"in\" or \"not in\" is expected after a variable that holds codes")
    case .list:
      LocalizedText(
        "应为集合名称、MCC、CC，或花括号内以逗号分隔的若干个",
        "the name of a set, MCC, CC, or several of them in braces with commas, is expected")
    case .codeVariable:
      LocalizedText("花括号内应为 ZYZD、QTZD、ZYSS 或 QTSS", "ZYZD, QTZD, ZYSS or QTSS is expected inside braces")
    case .number:
      LocalizedText("应为整数", "a whole number is expected")
    case .commaOrBrace:
      LocalizedText("花括号内应为逗号或右花括号", "a comma or a closing brace is expected")
    case .closingParenthesis:
      LocalizedText("应为 and、or 或右括号", "\"and\", \"or\" or a closing parenthesis is expected")
    case .end:
      LocalizedText("应为 and、or，或规则到此结束", "\"and\", \"or\" or the end of the rule is expected")
    case .shallowNesting:
      LocalizedText(
        "括号超过 \(RuleParser.deepestNesting) 层，请改写规则",
        "more than \(RuleParser.deepestNesting) parentheses deep; rewrite the rule")
    case .diagnosesOnly:
      LocalizedText("MCC、CC 只能用于 QTZD", "MCC and CC can only be asked of QTZD")
    case .numberInRange:
      LocalizedText("数值不得超过 999999999", "a number may not be above 999999999")
    }
  }
}
