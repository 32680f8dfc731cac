public import Kernel

extension ClearingStep {
  /// The step as a sentence in both languages, with its numbers.
  public var text: LocalizedText {
    let template = ClearingMessages.template(code)
    return LocalizedText(fill(template.chinese), fill(template.english))
  }

  /// Puts the numbers into the places of a template.
  private func fill(_ template: String) -> String {
    var text = ""
    for (place, part) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      guard place > 0, let end = part.firstIndex(of: "}") else {
        text += part
        continue
      }
      text += number(part[..<end]) + part[part.index(after: end)...]
    }
    return text
  }

  private func number(_ name: Substring) -> String {
    switch name {
    case "subject": subject
    case "base": base.yuan
    case "points": points.map(\.description) ?? ""
    case "price": price.map(\.yuan) ?? ""
    case "rate": rate.map(\.percent) ?? ""
    case "limit": limit.map(\.yuan) ?? ""
    default: result.yuan
    }
  }
}

/// The sentences of clearing traces, one for each step, in both languages.
enum ClearingMessages {
  static func template(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .fund, .wholeCost, .pointValue, .share, .lessOthersPaid, .timesOwnFundShare: pool(code)
    case .advance, .deduction, .deductionCarried, .depositWithheld, .monthPaid: month(code)
    case .factor, .ageBand, .location, .growth, .growthLimit, .negotiated, .movedOut, .member: community(code)
    case .contribution, .provincePart, .reservePart, .ownPart: province(code)
    default: year(code)
    }
  }

  private static func pool(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .fund: LocalizedText("本期基金 {result}", "the fund has {result} for the period")
    case .wholeCost:
      LocalizedText("{base} ÷ 基金占费用比例 {rate} = {result}", "{base} ÷ the fund's share of cost {rate} = {result}")
    case .pointValue:
      LocalizedText("{base} ÷ {points} 点，点值 {price} 元（仅供公布）", "{base} ÷ {points} points: {price} a point, to show")
    case .share: LocalizedText("{points} 点，分得 {result}", "{points} points give a share of {result}")
    case .lessOthersPaid:
      LocalizedText("{base} − 个人及其他已付 {limit} = {result}", "{base} − paid by patients and others {limit} = {result}")
    default:
      LocalizedText("{base} × 本机构基金占比 {rate} = {result}", "{base} × the fund's part of own cost {rate} = {result}")
    }
  }

  private static func month(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .advance: LocalizedText("{base} × 月预付比例 {rate} = {result}", "{base} × monthly share {rate} = {result}")
    case .deduction: LocalizedText("审核扣款（{subject}）{result}", "deduction from review ({subject}) {result}")
    case .deductionCarried:
      LocalizedText("本月不足扣减，结转下月 {result}", "not covered by this month, carried to the next: {result}")
    case .depositWithheld:
      LocalizedText("{base} × 质量保证金 {rate} = 预留 {result}", "{base} × quality deposit {rate} = {result} withheld")
    default: LocalizedText("本月拨付 {result}", "paid for the month: {result}")
    }
  }

  private static func year(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .budget: LocalizedText("年度预算（应付）{result}", "budget of the year {result}")
    case .negativeBudget:
      LocalizedText("{base} 低于零，按 {result} 计", "{base} is below nothing and counts as {result}")
    case .retentionTakenOut:
      LocalizedText("{base} 先扣集采结余留用 {limit} = {result}", "{base} less retained procurement savings {limit} = {result}")
    case .policyChange:
      LocalizedText("{base} 先剔除政策性因素 {limit} = {result}", "{base} less the effect of policy changes {limit} = {result}")
    case .spend: LocalizedText("统筹基金发生 {result}", "spent by the fund {result}")
    case .surplusBand:
      LocalizedText(
        "结余超过预算 {subject} 的 {base}，留用 {rate} = {result}", "surplus above {subject}: {base} × {rate} = {result}")
    case .keptMost: LocalizedText("留用不超过 {limit}：{result}", "kept at most {limit}: {result}")
    case .surplusKept: LocalizedText("结余 {base}，留用 {result}", "of the surplus {base}, {result} is kept")
    case .overspendBand:
      LocalizedText(
        "超支超过预算 {subject} 的 {base}，基金分担 {rate} = {result}",
        "overspend above {subject}: {base}, the fund bears {rate} = {result}")
    case .overspendShared: LocalizedText("超支 {base}，基金分担 {result}", "of the overspend {base}, the fund bears {result}")
    case .assessment:
      LocalizedText("考核得分 {points}，兑现比例 {rate}", "assessed at {points} points, which gives {rate}")
    case .assessed: LocalizedText("{base} × 考核 {rate} = {result}", "{base} × assessment {rate} = {result}")
    case .cleared: LocalizedText("年度清算应付 {result}", "recognised for the year {result}")
    case .depositReturned:
      LocalizedText("保证金 {base} × {rate} = 返还 {result}", "deposit {base} × {rate} = {result} returned")
    case .depositForfeited: LocalizedText("保证金不予返还 {result}", "deposit kept by the fund {result}")
    case .advancesPaid: LocalizedText("已预付 {result}", "paid in advance {result}")
    default: LocalizedText("清算应补（负数为应退）{result}", "still owed (to be returned when negative) {result}")
    }
  }

  private static func community(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .factor: LocalizedText("因素“{subject}”分得 {result}", "the factor \"{subject}\" gives {result}")
    case .ageBand:
      LocalizedText("{subject}：{points} 人 × {limit} = {result}", "{subject}: {points} persons × {limit} = {result}")
    case .location: LocalizedText("{base} × 区位系数 {rate} = {result}", "{base} × location coefficient {rate} = {result}")
    case .growth: LocalizedText("{base} 增长 {rate} = {result}", "{base} grown by {rate} = {result}")
    case .growthLimit: LocalizedText("增幅不超过收入预算增幅，取 {rate}", "growth is held to the income budget's: {rate}")
    case .negotiated: LocalizedText("协商调整 {limit}，为 {result}", "negotiated: {limit}, giving {result}")
    case .movedOut: LocalizedText("划入统筹区总额 {limit}，余 {result}", "{limit} moves to the regional total, leaving {result}")
    default: LocalizedText("成员单位 {subject} 分得 {result}", "member {subject}: {result}")
    }
  }

  private static func province(_ code: ClearingStepCode) -> LocalizedText {
    switch code {
    case .contribution: LocalizedText("{base} × 上解 {rate} = {result}", "{base} × contribution {rate} = {result}")
    case .provincePart:
      LocalizedText("超支 {base} × 省级分担 {rate} = {result}", "overspend {base} × the province's part {rate} = {result}")
    case .reservePart: LocalizedText("由当地储备金支付 {result}", "paid from the region's reserve {result}")
    default: LocalizedText("由当地自行承担 {result}", "borne by the region itself {result}")
    }
  }
}
