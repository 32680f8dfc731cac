public import Kernel
public import Payment

/// Why a month is not paid or a year not cleared; nothing is guessed instead.
public enum PayingRefusal: Error, Hashable, Sendable {
  /// The calculation has no answer; the numbers are those of the rooms (4xx).
  case clearing(ClearingRefusal)
  /// The order cannot be carried out; whom or what it concerns, empty for all.
  case desk(Code, String)

  /// Why an order cannot be carried out; numbers are stable and stand in order of precedence.
  public enum Code: UInt16, Hashable, Sendable, CaseIterable {
    /// The contracts do not hold for the scheme or the days.
    case notCovered = 501
    /// There is no case.
    case noCases = 502
    /// Cases for which the contract lacks a term.
    case casesUndecided = 503
    /// Nobody stated what the fund has for the period.
    case fundMissing = 504
    /// The contract pays no months.
    case noAdvance = 505
    /// An input names somebody or something that is not of the period.
    case subjectUnknown = 506
    /// A number that has to be stated is missing.
    case inputMissing = 507
    /// The published run has the same inputs and another result.
    case resultDiffers = 508
    /// A run of the same subject was published with other inputs; only a correction can follow it.
    case publishedOtherwise = 509
  }

  /// The stable number.
  public var number: UInt16 {
    switch self {
    case .clearing(let refusal): refusal.code.rawValue
    case .desk(let code, _): code.rawValue
    }
  }

  /// The reason in words: what, and what to do.
  public var message: LocalizedText {
    switch self {
    case .clearing(let refusal): return refusal.message
    case .desk(let code, let subject):
      let text = Self.text(code)
      return subject.isEmpty
        ? text : LocalizedText("\(subject)：\(text.chinese)", "\(subject): \(text.english)")
    }
  }

  private static func text(_ code: Code) -> LocalizedText {
    switch code {
    case .notCovered:
      LocalizedText(
        "支付合同或清算办法不适用于该险种或期间，请先录入政策", "no contract holds for this scheme and period; state the policy first")
    case .noCases: LocalizedText("没有该期间的病例", "there is no case of this period")
    case .casesUndecided:
      LocalizedText("合同缺少这些病例的条款，请先补录或认定", "the contract lacks a term for these cases; state it or decide them first")
    case .fundMissing:
      LocalizedText("未写明本期基金金额，请在预算文件中补录", "nobody stated what the fund has for it; add a row to the budget file")
    case .noAdvance: LocalizedText("清算办法没有月度预拨条款", "the clearing contract pays no months in advance")
    case .subjectUnknown: LocalizedText("输入文件所列对象不在本期之列", "an input names what is not of this period")
    case .inputMissing: LocalizedText("缺少必须写明的值", "a value that has to be stated is missing")
    case .resultDiffers:
      LocalizedText(
        "与已公布结果输入相同而结果不同，请核对软件版本", "same inputs as the published run, another result; check the software's version")
    case .publishedOtherwise:
      LocalizedText("已按其他输入公布，须以更正方式公布", "published with other inputs before; publish it as a correction")
    }
  }
}

extension Result where Failure == ClearingRefusal {
  /// The same result with the desk's kind of refusal.
  var atDesk: Result<Success, PayingRefusal> { mapError { .clearing($0) } }
}
