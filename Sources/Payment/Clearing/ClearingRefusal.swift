public import Kernel

/// Why a budget, a clearing or a community's account cannot be calculated; nothing is guessed instead.
public struct ClearingRefusal: Error, Hashable, Sendable {
  /// The reason; numbers are stable.
  public enum Code: UInt16, Hashable, Sendable, CaseIterable {
    /// An amount to be split is below nothing.
    case budgetNegative = 401
    /// A claim is below nothing.
    case pointsNegative = 402
    /// One holder stands twice among the claims.
    case holderTwice = 403
    /// Nobody has any points.
    case noPoints = 404
    /// Institutions of several schemes in one pool.
    case schemesMixed = 405
    /// The fund's share of cost is nothing, or more than the cost.
    case fundShareUnusable = 406
    /// Weights do not come to the whole.
    case weightsNotWhole = 407
    /// An institution is not among those of the period.
    case institutionUnknown = 408
    /// A case for which the contract states no term: nothing is payable before somebody decides.
    case caseUndecided = 409
    /// An indicator has no score.
    case scoreMissing = 411
    /// A score lies outside what its indicator allows.
    case scoreOutOfRange = 412
    /// A weight that the scheme of assessment leaves open was not agreed.
    case weightOpen = 413
    /// The documents leave the rule to the locality, and the locality has not stated it.
    case localRuleOpen = 421
    /// The reserve is smaller than what has to be paid from it.
    case reserveTooSmall = 422
    /// The documents leave the number to an agreement, and none was given.
    case agreementOpen = 423
    /// No standard for an age band, or two that overlap.
    case ageBandUnusable = 424
    /// Negotiated adjustments do not come to nothing.
    case adjustmentsUnbalanced = 425
    /// A contribution is above what the province allows.
    case contributionTooHigh = 431
    /// The claims on a part of the fund exceed it.
    case claimsExceedPart = 432
    /// An institution's cases are worth less than persons paid for them, and no rule says what that means.
    case worthNegative = 433
    /// A charge to be taken out is more than the case or the institution has.
    case removalTooLarge = 441
  }

  /// The reason.
  public let code: Code
  /// Whom or what it concerns: an institution, a factor, an indicator, an amount; empty for all.
  public let subject: String

  /// Makes a refusal.
  public init(_ code: Code, _ subject: String = "") {
    self.code = code
    self.subject = subject
  }

  /// The reason in words: what, and what to do.
  public var message: LocalizedText {
    let text = Self.text(code)
    return subject.isEmpty
      ? text : LocalizedText("\(subject)：\(text.chinese)", "\(subject): \(text.english)")
  }

  private static func text(_ code: Code) -> LocalizedText {
    switch code {
    case .budgetNegative: LocalizedText("待分配金额不能为负", "an amount to be split cannot be negative")
    case .pointsNegative: LocalizedText("点数或因素值不能为负", "points or factors cannot be negative")
    case .holderTwice: LocalizedText("同一单位出现两次，请先合并", "a holder stands twice; add the two up first")
    case .noPoints: LocalizedText("没有任何点数，无法分配", "nobody has any points, so nothing can be split")
    case .schemesMixed: LocalizedText("职工与居民应分别结算", "one pool holds institutions of one scheme only")
    case .fundShareUnusable: LocalizedText("基金占费用的比例应大于 0 且不超过 1", "the fund's share of cost must lie in (0, 1]")
    case .weightsNotWhole: LocalizedText("权重之和应为 100%", "weights must come to 100%")
    case .institutionUnknown: LocalizedText("该机构不在本期机构之列", "the institution is not among those of the period")
    case .caseUndecided: LocalizedText("病例尚无支付结论，请先认定", "nothing is decided for the case; decide it first")
    case .scoreMissing: LocalizedText("该指标没有得分", "the indicator has no score")
    case .scoreOutOfRange: LocalizedText("得分超出该指标的分值范围", "the score lies outside the indicator's range")
    case .weightOpen: LocalizedText("考核方案未定该项分值，请先约定", "the scheme leaves this weight open; agree on it first")
    case .localRuleOpen: LocalizedText("文件授权当地规定，请先补录当地规则", "left to the locality; state the local rule first")
    case .reserveTooSmall: LocalizedText("储备金不足以支付政策性增支", "the reserve does not cover the effect of policy changes")
    case .agreementOpen: LocalizedText("文件未定该值，请先补录协商结果", "left to an agreement; state what was agreed first")
    case .ageBandUnusable: LocalizedText("年龄段没有标准或重叠", "an age band has no standard, or two overlap")
    case .adjustmentsUnbalanced: LocalizedText("协商调整之和应为 0", "negotiated adjustments must come to nothing")
    case .contributionTooHigh: LocalizedText("上解比例高于规定上限", "the contribution is above the province's limit")
    case .claimsExceedPart: LocalizedText("申请总额超过可用资金，且未规定如何处理", "claims exceed the money, and no rule says how")
    case .worthNegative:
      LocalizedText(
        "该机构全年病例的支付标准低于个人等已付金额，应付为负；请在清算办法的 yearly.negative_budget 中规定如何处理",
        "the year's cases are worth less than others paid for them; say in yearly.negative_budget what that means")
    case .removalTooLarge: LocalizedText("剔除金额大于原金额", "more is taken out than there is")
    }
  }
}
