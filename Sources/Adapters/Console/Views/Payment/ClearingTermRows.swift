import Kernel
import Payment
import Policy

/// The terms by which months are paid and years cleared, in words.
struct ClearingTermRows {
  private(set) var rows: [TermRow] = []

  init(_ contract: ClearingContract) {
    if let pool = contract.pool { add(pool) }
    if let advance = contract.advance { add(advance) }
    add(contract.yearly)
    if let assessment = contract.assessment { add(assessment) }
  }

  private mutating func add(
    _ term: String, _ chinese: String, _ english: String, _ value: LocalizedText, _ citation: Citation?
  ) {
    rows.append(TermRow(term, chinese, english, value, citation))
  }

  private mutating func add(_ pool: PoolTerms) {
    let basis: LocalizedText =
      switch pool.basis.value {
      case .fund: LocalizedText("基金金额本身", "the fund's own money")
      case .wholeCost(let share):
        LocalizedText(
          "基金金额 ÷ 基金占费用比例 \(share.numerator)/\(share.denominator)",
          "the fund's money ÷ its share of cost \(share.numerator)/\(share.denominator)")
      case .wholeCostOfPeriod: LocalizedText("基金金额 ÷ 本期基金实际占费用比例", "the fund's money ÷ its share of cost in the period")
      }
    add("pool.basis", "按点数分配的总额", "what is split by points", basis, pool.basis.citation)
    let payable: LocalizedText =
      switch pool.payable.value {
      case .share: LocalizedText("分得额", "the share")
      case .lessOthersPaid: LocalizedText("分得额 − 个人及其他已付", "the share less what patients and others paid")
      case .timesOwnFundShare: LocalizedText("分得额 × 本机构基金占比", "the share times the fund's part of own cost")
      }
    add("pool.payable", "机构应得", "what an institution gets", payable, pool.payable.citation)
    add(
      "pool.decimals", "点值公布位数", "decimals of the value of a point", TermWords.word("\(pool.decimals.value)"),
      pool.decimals.citation)
    add("pool.rounding", "取舍", "rounding", TermWords.rounding(pool.rounding), nil)
  }

  private mutating func add(_ advance: AdvanceTerms) {
    let base: LocalizedText =
      switch advance.base.value {
      case .settled: LocalizedText("当月统筹基金记账", "what the fund answered for by settlement")
      case .worth: LocalizedText("当月病例按合同应付", "what the month's cases are worth under the contract")
      }
    add("advance.base", "月度预付基数", "base of a month", base, advance.base.citation)
    add(
      "advance.monthly_share", "月预付比例", "part paid in advance", TermWords.word(advance.monthlyShare.value.percent),
      advance.monthlyShare.citation)
    add(
      "advance.deposit_share", "质量保证金比例", "quality deposit", TermWords.word(advance.depositShare.value.percent),
      advance.depositShare.citation)
    let deposit: LocalizedText =
      switch advance.depositBase.value {
      case .beforeDeductions: LocalizedText("扣款前的预付额", "the advance before deductions")
      case .afterDeductions: LocalizedText("扣款后的预付额", "the advance after deductions")
      }
    add("advance.deposit_base", "保证金计算基数", "what the deposit is a part of", deposit, advance.depositBase.citation)
    add("advance.rounding", "取舍", "rounding", TermWords.rounding(advance.rounding), nil)
  }

  private mutating func add(_ yearly: YearlyTerms) {
    let bands = yearly.bands
    add("yearly.surplus", "结余留用", "what is kept of a surplus", Self.text(bands.surplus?.value), bands.surplus?.citation)
    if let most = bands.keptMost {
      add(
        "yearly.kept_most", "留用上限（占预算）", "the most that is kept, of the budget", TermWords.word(most.value.percent),
        most.citation)
    }
    add(
      "yearly.overspend", "超支基金分担", "what the fund bears of an overspend", Self.text(bands.overspend?.value),
      bands.overspend?.citation)
    if let retention = bands.retention {
      let text: LocalizedText =
        switch retention.value {
        case .fromBudget: LocalizedText("先从预算中剔除", "taken out of the budget first")
        case .fromSurplus: LocalizedText("不计入结余", "does not count in a surplus")
        }
      add("yearly.retention", "集采结余留用", "procurement savings retained", text, retention.citation)
    }
    let parts = yearly.assessed.value.sorted { $0.rawValue < $1.rawValue }.map { part -> LocalizedText in
      switch part {
      case .bands: LocalizedText("结余留用与超支分担", "surplus and overspend")
      case .deposit: LocalizedText("质量保证金", "the quality deposit")
      }
    }
    add(
      "yearly.assessed", "与考核挂钩", "tied to the assessment",
      parts.isEmpty
        ? LocalizedText("不挂钩", "nothing")
        : LocalizedText(parts.map(\.chinese).joined(separator: "、"), parts.map(\.english).joined(separator: ", ")),
      yearly.assessed.citation)
    add("yearly.rounding", "取舍", "rounding", TermWords.rounding(bands.rounding), nil)
  }

  private mutating func add(_ assessment: AssessmentScheme) {
    for dimension in assessment.dimensions {
      let items = dimension.indicators.map { "\($0.code) \($0.name) \($0.full.map { "\($0)" } ?? "–")" }
      add(
        "assessment.\(dimension.code)", "考核：\(dimension.name)", "assessment: \(dimension.name)",
        TermWords.word(items.joined(separator: "；")), assessment.citation)
    }
    let effect: LocalizedText =
      switch assessment.effect {
      case .proportional: LocalizedText("按得分比例", "in proportion to the score")
      case .steps(let steps):
        LocalizedText(
          steps.map { "得分率不低于 \($0.atLeast.percent)：\($0.rate.percent)" }.joined(separator: "；"),
          steps.map { "from \($0.atLeast.percent): \($0.rate.percent)" }.joined(separator: "; "))
      case nil: LocalizedText("文件未写明", "left open")
      }
    add("assessment.effect", "考核结果", "what a score gives", effect, assessment.citation)
  }

  private static func text(_ bands: ClearingBands?) -> LocalizedText {
    guard let bands else { return LocalizedText("文件未写明", "left open") }
    let most = bands.most.map { ($0.percent, $0.percent) }
    let chinese = bands.bands.map { "超过 \($0.above.percent) 的部分 \($0.rate.percent)" }.joined(separator: "；")
    let english = bands.bands.map { "above \($0.above.percent): \($0.rate.percent)" }.joined(separator: "; ")
    return LocalizedText(
      chinese + (most.map { "；最多 \($0.0)" } ?? ""), english + (most.map { "; at most \($0.1)" } ?? ""))
  }
}
