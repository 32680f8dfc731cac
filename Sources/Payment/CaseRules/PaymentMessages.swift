public import Kernel
import People

/// One step of a case's payment in words, with what it rests on.
public struct ExplainedPaymentStep: Hashable, Sendable {
  /// The step's word.
  public var word: String
  /// What was done, with the numbers.
  public var text: LocalizedText
  /// The term of the contract that was used, with its citation.
  public var source: ContractSource?
}

extension CasePayment {
  /// The trace in words (支付计算过程).
  ///
  /// - Parameter contract: the contract under which the case was paid.
  public func explanation(under contract: PaymentContract) -> [ExplainedPaymentStep] {
    steps.map { step in
      ExplainedPaymentStep(
        word: step.code.word, text: PaymentMessages.text(step), source: step.source.map { contract.sources[$0] })
    }
  }
}

extension StepNumber {
  /// The number as sentences print it.
  public var text: String {
    switch self {
    case .money(let amount): amount.yuan
    case .points(let points): points.description
    case .factor(let factor): factor.description
    case .price(let price): price.yuan
    case .days(let days): String(days)
    case .word(let word): word
    }
  }
}

extension CaseOutcome {
  /// What the outcome is called.
  public var title: LocalizedText {
    switch self {
    case .outsideContract: LocalizedText("不属于本合同的年度或险种", "outside the contract's year or scheme")
    case .negotiated: LocalizedText("特病单议", "special negotiation")
    case .newTechnology: LocalizedText("新技术", "new technology")
    case .perDiem: LocalizedText("按床日付费", "paid by the day")
    case .perDisease: LocalizedText("按病种付费", "paid for the disease")
    case .perCapita: LocalizedText("按人头付费", "covered by the amount a head")
    case .perItem: LocalizedText("按项目付费", "paid by item")
    case .ungrouped: LocalizedText("未入组", "without a group")
    case .ambiguous: LocalizedText("歧义组", "ambiguous group")
    case .unlisted: LocalizedText("病组不在权重表中", "the group is not in the table")
    case .unstable: LocalizedText("不稳定病组", "the group is not stable")
    case .groupPerItem: LocalizedText("病组按项目付费", "the group is paid by item")
    case .termMissing: LocalizedText("合同缺少条款，暂不支付", "the contract lacks a term; not payable yet")
    case .blankGroup: LocalizedText("空白病组", "blank group")
    case .lowOutlier: LocalizedText("低倍率", "very low cost")
    case .highOutlier: LocalizedText("高倍率", "very high cost")
    case .extremeOutlier: LocalizedText("费用异常", "cost beyond very high")
    case .standard: LocalizedText("病组标准", "the group's standard")
    }
  }
}

/// The sentences of traces, one for each step code, in both languages.
enum PaymentMessages {
  static func text(_ step: PaymentStep) -> LocalizedText {
    switch step.code {
    case .route, .weight, .score, .rate, .tableStandard, .coefficient, .baseGroup, .chineseMedicineGroup, .auxiliary,
      .assessment, .standard:
      worth(step)
    case .reference, .ratio, .lowBound, .highBound, .extremeBound, .actualCost, .proportional, .linearAdd, .deduct,
      .cap, .standardOnly:
      deviation(step)
    case .dayBand, .fixedAmount, .decision, .withoutGroup, .blankGroup, .capitation, .missingTerm, .pointValue,
      .result:
      rest(step)
    }
  }

  private static func numbers(_ step: PaymentStep) -> (String, String, String, String) {
    (step.first?.text ?? "", step.second?.text ?? "", step.third?.text ?? "", step.result.text)
  }

  private static func worth(_ step: PaymentStep) -> LocalizedText {
    let (first, second, third, result) = numbers(step)
    switch step.code {
    case .route: return LocalizedText("支付路径：\(result)", "route: \(result)")
    case .weight:
      return LocalizedText(
        "病组 \(first) 权重 \(second) × \(third) = \(result) 点",
        "group \(first): weight \(second) × \(third) = \(result) points")
    case .score: return LocalizedText("病种 \(first) 分值 \(result)", "disease \(first): score \(result)")
    case .rate:
      return LocalizedText(
        "病组 \(first) 权重 \(second) × 费率 \(third) = \(result) 元",
        "group \(first): weight \(second) × rate \(third) = \(result)")
    case .tableStandard:
      return LocalizedText("病组 \(first) 公布的支付标准 \(result) 元", "group \(first): published standard \(result)")
    case .coefficient:
      // A level's or an institution's.
      let holder = InstitutionLevel(word: first)?.title ?? LocalizedText(first, first)
      return LocalizedText("\(holder.chinese)系数 \(result)", "coefficient of \(holder.english): \(result)")
    case .baseGroup:
      return step.first == nil
        ? LocalizedText("基础病组，同病同价：按 \(result)", "base group, the same for all: \(result)")
        : LocalizedText("基础病组：\(first) 加成 \(second) 后为 \(result)", "base group: \(first) with \(second) is \(result)")
    case .chineseMedicineGroup:
      return step.first == nil
        ? LocalizedText("中医优势病组，按 \(result)", "group strong in Chinese medicine: \(result)")
        : LocalizedText(
          "中医优势病组：\(first) 加成 \(second) 后为 \(result)",
          "group strong in Chinese medicine: \(first) with \(second) is \(result)")
    case .auxiliary:
      return LocalizedText(
        "辅助目录最高系数：\(first) × \(second) = \(result)", "highest auxiliary factor: \(first) × \(second) = \(result)")
    case .assessment:
      return LocalizedText(
        "扶持系数 \(first)、考核系数 \(second)，合计 × \(result)", "support \(first) and assessment \(second): × \(result)")
    default:
      return LocalizedText(
        "标准：\(first) × 系数 \(second) = \(result)", "standard: \(first) × coefficient \(second) = \(result)")
    }
  }

  private static func deviation(_ step: PaymentStep) -> LocalizedText {
    let (first, second, third, result) = numbers(step)
    switch step.code {
    case .reference: return LocalizedText("参照费用 \(result) 元", "reference cost \(result)")
    case .ratio:
      return LocalizedText(
        "费用 \(first) 元 ÷ 参照费用 \(second) 元 = \(result) 倍", "cost \(first) ÷ reference \(second) = \(result)")
    case .lowBound:
      return LocalizedText("低倍率界限：\(first) × \(second) = \(result) 元", "very low: \(first) × \(second) = \(result)")
    case .highBound:
      return LocalizedText("高倍率界限：\(first) × \(second) = \(result) 元", "very high: \(first) × \(second) = \(result)")
    case .extremeBound:
      return LocalizedText("费用异常界限：\(first) × \(second) = \(result) 元", "beyond: \(first) × \(second) = \(result)")
    case .actualCost: return LocalizedText("据实支付 \(result) 元", "paid what it cost: \(result)")
    case .proportional:
      return LocalizedText(
        "按费用比例：\(first) × \(second) = \(result)", "in proportion to cost: \(first) × \(second) = \(result)")
    case .linearAdd:
      return LocalizedText(
        "标准 \(first) 加上费用 \(second) 超过 \(third) 倍的部分 = \(result)",
        "standard \(first) and what of the cost \(second) lies above \(third) times = \(result)")
    case .deduct:
      return LocalizedText(
        "费用 \(second) 减去（\(third) 倍 − 1）× 标准 \(first) = \(result)",
        "cost \(second) less (\(third) − 1) × standard \(first) = \(result)")
    case .cap:
      return LocalizedText(
        "标准 \(first) × \(third) 封顶 = \(result)", "capped at standard \(first) × \(third) = \(result)")
    default: return LocalizedText("按标准 \(result)", "the standard: \(result)")
    }
  }

  private static func rest(_ step: PaymentStep) -> LocalizedText {
    let (first, second, third, result) = numbers(step)
    switch step.code {
    case .dayBand:
      return LocalizedText(
        "第 \(first) 天之后 \(second) 天 × \(third) 元 = \(result) 元",
        "behind day \(first): \(second) days × \(third) = \(result)")
    case .fixedAmount: return LocalizedText("病种 \(first) 定额 \(result) 元", "fixed amount for \(first): \(result)")
    case .decision:
      return LocalizedText("费用 \(first) 元，专家评审结论 \(result) 元", "cost \(first), decided by experts: \(result)")
    case .withoutGroup:
      return LocalizedText(
        "病组“\(first)”不能付费，按合同支付 \(result)", "group \"\(first)\" cannot pay; the contract's rule gives \(result)")
    case .blankGroup:
      return step.third == nil
        ? LocalizedText("空白病组：\(first) × \(second) = \(result) 元", "blank group: \(first) × \(second) = \(result)")
        : LocalizedText(
          "空白病组：\(first) × \(second) 倍 × \(third) = \(result)",
          "blank group: \(first) × \(second) × \(third) = \(result)")
    case .capitation:
      return LocalizedText("费用 \(first) 元，由人头定额支付", "cost \(first), covered by the amount a head")
    case .missingTerm:
      return LocalizedText(
        "合同没有 \(first) 的 \(result)，暂不支付", "the contract has no \(result) for \(first); not payable yet")
    case .pointValue:
      return LocalizedText("\(first) 点 × \(second) 元 = \(result) 元", "\(first) points × \(second) = \(result)")
    default: return LocalizedText("结果 \(result)", "result \(result)")
    }
  }
}
