import Kernel
import People
import Settlement
import Workflows

extension View {
  /// Months beside each other, by year (S12).
  static let months = View(
    "overview/months", "月度年度比较", "Months and years", section: .overview, isEntry: true,
    parameters: [
      Parameter("year", .year, "年度，默认最近一年", "the year; the last one when not given"),
      Parameter("scheme", .choice(InsuranceScheme.allCases.map(\.rawValue)), "险种", "scheme"),
      Parameter("institution", .text, "机构编号", "institution's code"),
    ], tables: [MonthsPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try await MonthsPage(inquiry: inquiry, sources: sources).content()
  }
}

/// Months beside each other.
struct MonthsPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let form = TableForm(
    "months", "各月情况", "Months",
    [
      .init("month", "月份", "Month"), .init("visits", "人次", "Visits", .count),
      .init("reversals", "冲正", "Reversals", .count), .init("charged", "医疗费总额（元）", "Charged", .money),
      .init("in_policy", "符合政策范围（元）", "In policy", .money), .init("pooled", "统筹基金（元）", "Pooled fund", .money),
      .init("fund", "基金支付（元）", "Funds", .money), .init("account", "个人账户（元）", "Account", .money),
      .init("cash", "个人现金（元）", "Cash", .money), .init("share", "基金支付比例", "Funds' share", .share),
      .init("mean", "次均费用（元）", "Mean cost", .money),
      .init("change", "医疗费环比", "On the month before", .share),
      .init("year_change", "医疗费同比", "On the year before", .share),
    ])

  func content() async throws(ViewFault) -> Content {
    let last = try await sources.ask { () async throws(StoreError) in try await sources.monitoring.ends() }?.last.month
    let year = try inquiry.whole("year", in: 1990...2200) ?? last?.year ?? inquiry.now.day.year
    guard let first = YearMonth(year: year, month: 1) else { preconditionFailure("a year begins in January") }
    let scheme = try inquiry.choice("scheme", of: InsuranceScheme.self)
    var filter = MonitoringFilter(months: first.adding(months: -12)...first.adding(months: 11))
    filter.scheme = scheme
    filter.institution = inquiry["institution"]
    let wanted = filter
    let totals = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.totals(wanted, by: [.month])
    }
    let months = Dictionary(totals.compactMap { total in total.group.month.map { ($0, total.measures) } }) { $1 }
    let shown = (0..<12).map { first.adding(months: $0) }.filter { months[$0] != nil }
    var rows = shown.map { row("\($0)", $0, months) }
    if shown.count > 1 {
      let whole = shown.compactMap { months[$0] }.reduce(MonitoringMeasures(), +)
      rows.append(Self.row(Cell(.words(LocalizedText("合计", "total"))), whole, nil, nil))
    }
    let table = Self.form.table(
      rows, empty: LocalizedText("\(year) 年没有结算记录；请换一个年度。", "Nothing was settled in \(year); ask for another year."))
    return Content(
      [.form(filterForm(year, scheme)), .chart(chart(year, first, months)), .table(table)],
      title: LocalizedText("月度年度比较 · \(year)", "Months and years · \(year)"))
  }

  private func filterForm(_ year: Int, _ scheme: InsuranceScheme?) -> Form {
    .filter([
      .init("year", "年度", "Year", .whole, value: "\(year)"),
      .init(
        "scheme", "险种", "Scheme",
        .choice([("", LocalizedText("全部", "all"))] + InsuranceScheme.allCases.map { ($0.rawValue, $0.short) }),
        value: scheme?.rawValue ?? ""),
      .init("institution", "机构编号", "Institution", value: inquiry["institution"] ?? ""),
    ])
  }

  private func row(_ name: String, _ month: YearMonth, _ months: [YearMonth: MonitoringMeasures]) -> [Cell] {
    Self.row(
      .text(name, link: Address.path("", ["month": "\(month)"])), months[month] ?? MonitoringMeasures(),
      months[month.adding(months: -1)], months[month.adding(months: -12)])
  }

  private static func row(
    _ name: Cell, _ now: MonitoringMeasures, _ before: MonitoringMeasures?, _ lastYear: MonitoringMeasures?
  ) -> [Cell] {
    let amounts = now.amounts
    func change(_ from: MonitoringMeasures?) -> Cell {
      guard let from, from.amounts.total > .zero else { return .none }
      return Cell(.share(Int((amounts.total - from.amounts.total).fen), of: Int(from.amounts.total.fen)))
    }
    return [
      name, .count(now.netCount), .count(now.reversalCount), .money(amounts.total), .money(amounts.inPolicy),
      .money(amounts.pooled), .money(amounts.fund), .money(amounts.account), .money(amounts.cash),
      Cell(.share(Int(amounts.fund.fen), of: Int(amounts.total.fen))), OverviewPage.mean(now), change(before),
      change(lastYear),
    ]
  }

  private func chart(_ year: Int, _ first: YearMonth, _ months: [YearMonth: MonitoringMeasures]) -> Chart {
    func values(_ start: YearMonth) -> [Int64?] {
      (0..<12).map { months[start.adding(months: $0)].map(\.amounts.fund.fen) }
    }
    let isFirst = values(first.adding(months: -12)).allSatisfy { $0 == nil }
    let this = Chart.Series(key: "year_\(year)", title: LocalizedText("\(year) 年", "\(year)"), values: values(first))
    let last = Chart.Series(
      key: "year_\(year - 1)", title: LocalizedText("\(year - 1) 年", "\(year - 1)"),
      values: values(first.adding(months: -12)))
    return Chart(
      "fund", title: LocalizedText("各月基金支付", "Paid by funds, month by month"), form: .lines,
      labels: (1...12).map { LocalizedText("\($0) 月", "\($0)") }, series: isFirst ? [this] : [this, last], places: 2,
      unit: LocalizedText("元", "yuan"))
  }
}
