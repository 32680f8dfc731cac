public import Kernel
public import Payment

/// What the amounts of runs' lines are called, in the order in which statements list them.
public enum AmountNames {
  private static let known: [(word: String, title: LocalizedText)] = [
    ("share", LocalizedText("点数分得", "share by points")),
    ("payable", LocalizedText("点数病例应付", "payable for cases with points")),
    ("amount_due", LocalizedText("定额与据实病例应付", "due for cases with an amount")),
    ("base", LocalizedText("预付基数", "base of the month")),
    ("advance", LocalizedText("按比例预付", "advance")),
    ("carried_in", LocalizedText("上月结转扣款", "deductions carried in")),
    ("budget", LocalizedText("年度应付（预算）", "worth of the year (budget)")),
    ("spend", LocalizedText("统筹基金记账", "spent by the fund at settlement")),
    ("retention", LocalizedText("集采结余留用", "procurement savings retained")),
    ("policy_change", LocalizedText("政策性因素（储备金支付）", "policy changes (paid from the reserve)")),
    ("kept", LocalizedText("结余留用", "kept of the surplus")),
    ("returned", LocalizedText("结余收回", "surplus returned")),
    ("shared", LocalizedText("超支基金分担", "overspend borne by the fund")),
    ("borne", LocalizedText("超支机构负担", "overspend borne by the institution")),
    ("recognised", LocalizedText("年度清算应付", "recognised for the year")),
    ("advances_paid", LocalizedText("各月已拨付", "paid by the months")),
    ("advances_deducted", LocalizedText("各月已扣款", "deducted by the months")),
    ("deducted", LocalizedText("审核扣款", "deducted")),
    ("carried", LocalizedText("结转下月扣款", "deductions carried on")),
    ("deposit", LocalizedText("预留质量保证金", "quality deposit withheld")),
    ("deposit_held", LocalizedText("已预留质量保证金", "quality deposit held")),
    ("deposit_returned", LocalizedText("保证金返还", "deposit returned")),
    ("deposit_forfeited", LocalizedText("保证金不予返还", "deposit kept by the fund")),
    ("outside_spend", LocalizedText("医共体外发生", "spent outside the community")),
    ("reserve_left", LocalizedText("储备金余额", "reserve left")),
    ("total", LocalizedText("全年应得", "total of the year")),
    ("contribution", LocalizedText("上解", "contribution")),
    ("distributed", LocalizedText("按因素分配", "distributed by factors")),
    ("province_part", LocalizedText("省级分担", "province's part")),
    ("reserve_part", LocalizedText("当地储备金支付", "paid from own reserve")),
    ("own_part", LocalizedText("当地自行承担", "borne by the region")),
    ("share_with", LocalizedText("剔除前分得", "share with the charges")),
    ("share_without", LocalizedText("剔除后分得", "share without the charges")),
    ("payable_with", LocalizedText("剔除前应付", "payable with the charges")),
    ("payable_without", LocalizedText("剔除后应付", "payable without the charges")),
    ("loss", LocalizedText("基金损失", "loss of the fund")),
    ("ordered_back", LocalizedText("责令退回", "ordered back")),
    ("fine_least", LocalizedText("罚款下限", "least fine")),
    ("fine_most", LocalizedText("罚款上限", "largest fine")),
    ("paid_by_reclearing", LocalizedText("重新清算补付", "paid by clearing again")),
    ("paid", LocalizedText("本月拨付", "paid for the month")),
    ("due", LocalizedText("清算应补（负数为应退）", "still owed (to be returned when negative)")),
  ]
  private static let places = Dictionary(
    uniqueKeysWithValues: known.enumerated().map { ($0.element.word, $0.offset) })

  /// What an amount is called.
  public static func title(_ word: String) -> LocalizedText {
    places[word].map { known[$0].title } ?? LocalizedText(word, word)
  }

  /// Amounts in the order of statements; unknown ones last, by name.
  public static func sorted(_ amounts: [String: Money]) -> [(word: String, amount: Money)] {
    amounts.map { ($0.key, $0.value) }.sorted {
      (places[$0.0] ?? known.count, $0.0) < (places[$1.0] ?? known.count, $1.0)
    }
  }

  /// Words in the order of statements.
  public static func order(_ words: some Sequence<String>) -> [String] {
    Set(words).sorted { (places[$0] ?? known.count, $0) < (places[$1] ?? known.count, $1) }
  }
}

extension PaymentRun.Kind {
  /// What such a run is called.
  public var title: LocalizedText {
    switch self {
    case .month: LocalizedText("月度拨付", "month")
    case .year: LocalizedText("年度清算", "year")
    case .community: LocalizedText("医共体清算", "community")
    case .adjustmentFund: LocalizedText("省级调剂金", "adjustment fund")
    case .fundLoss: LocalizedText("基金损失与重新清算", "fund loss")
    }
  }

  /// The amounts that are shown at a glance, the one that matters last.
  public var mainAmounts: [String] {
    switch self {
    case .month: ["base", "deducted", "deposit", "carried", "paid"]
    case .year: ["budget", "spend", "recognised", "advances_paid", "due"]
    case .community: ["budget", "spend", "kept", "borne", "total"]
    case .adjustmentFund: ["contribution", "distributed", "province_part", "reserve_part", "own_part"]
    case .fundLoss: ["payable_with", "payable_without", "loss", "ordered_back", "paid_by_reclearing"]
    }
  }
}
