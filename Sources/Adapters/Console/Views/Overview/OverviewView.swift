import Claims
import Kernel
import People
import Settlement
import Workflows

extension View {
  /// The first page: the month at a glance, live (S9, S12).
  static let overview = View(
    "", "总览", "Overview", section: .overview, isEntry: true,
    parameters: [Parameter("month", .month, "月份，默认有结算的最近一月", "the month; the last with settlements when not given")],
    tables: [OverviewPage.alarmForm, FundBlocks.form, OverviewPage.careForm],
    summary: LocalizedText(
      "一个月的运行情况：人次、费用、基金收支结余、同比环比、预警、接口速率和耗时",
      "a month at a glance: visits, charges, funds received, spent and left, comparisons, alarms, rate of the interface"
    )
  ) { inquiry, sources async throws(ViewFault) in
    try await OverviewPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The first page.
struct OverviewPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let alarmForm = TableForm(
    "alarms", "预警", "Alarms",
    [
      .init("rule", "规则", "Rule"), .init("institution", "机构", "Institution"), .init("care", "医疗类别", "Care"),
      .init("value", "指标值（‰）", "Value, per mille", .count), .init("threshold", "阈值（‰）", "Threshold", .count),
      .init("count", "笔数", "Count", .count), .init("month", "月份", "Month"),
    ])
  static let careForm = TableForm(
    "care", "分医疗类别", "By kind of care",
    [
      .init("care", "医疗类别", "Care"), .init("scheme", "险种", "Scheme"), .init("visits", "人次", "Visits", .count),
      .init("charged", "医疗费总额（元）", "Charged", .money), .init("fund", "基金支付（元）", "Fund", .money),
      .init("share", "基金支付比例", "Fund's share", .share), .init("mean", "次均费用（元）", "Mean cost", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    guard let month = try await month() else {
      return Content([
        .notice(
          Notice(
            .quiet, "还没有结算记录。可以用“接口 · 试一试”发送一笔交易，或用 yibao sample create 生成示例年度。",
            "Nothing is settled yet. Send a transaction from \"Interface\", or make a year with yibao sample create."
          ))
      ])
    }
    let months = try await totals(of: month.adding(months: -12)...month, by: [.month])
    let byMonth = Dictionary(months.compactMap { total in total.group.month.map { ($0, total.measures) } }) { $1 }
    let cells = try await totals(of: month...month, by: [.scheme, .care])
    var blocks: [Content.Block] = [.form(form(month))]
    let funds = try await FundBlocks(sources: sources).sheet(month.firstDay...month.lastDay)
    blocks.append(.figures(figures(month, byMonth) + FundBlocks.figures(funds) + (try await rate())))
    blocks += try await alarms(month)
    blocks.append(.chart(monthly(month, byMonth)))
    blocks += FundBlocks.blocks(funds)
    blocks.append(.table(Self.careForm.table(cells.sorted(by: Self.inOrder).map { row($0, month) })))
    blocks.append(.chart(try await largest(month)))
    blocks.append(.links([.init("历年各月比较", "Months and years compared", "overview/months")]))
    var content = Content(blocks, title: LocalizedText("总览 · \(month)", "Overview · \(month)"))
    content.refresh = 30
    return content
  }

  private func month() async throws(ViewFault) -> YearMonth? {
    if let month = try inquiry.month("month") { return month }
    let ends = try await sources.ask { () async throws(StoreError) in try await sources.monitoring.ends() }
    return ends?.last.month
  }

  private func totals(of months: ClosedRange<YearMonth>, by dimensions: Set<MonitoringDimension>)
    async throws(ViewFault) -> [MonitoringTotal]
  {
    try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.totals(MonitoringFilter(months: months), by: dimensions)
    }
  }

  private func form(_ month: YearMonth) -> Form {
    .filter([.init("month", "月份", "Month", .month, value: "\(month)")])
  }

  // MARK: Figures

  private func figures(_ month: YearMonth, _ months: [YearMonth: MonitoringMeasures]) -> [Figure] {
    let now = months[month] ?? MonitoringMeasures()
    let (before, lastYear) = (months[month.adding(months: -1)], months[month.adding(months: -12)])
    func figure(
      _ key: String, _ chinese: String, _ english: String, _ value: (MonitoringMeasures) -> Int64,
      _ show: (Int64) -> Value
    ) -> Figure {
      Figure(
        key, chinese, english, show(value(now)),
        note: Self.comparison(value(now), before.map(value), lastYear.map(value)),
        link: Address.path("settlements", ["from": "\(month)-01", "to": "\(month.lastDay)"]))
    }
    let money: (Int64) -> Value = { .money(Money(fen: $0)) }
    return [
      figure("visits", "结算人次（净）", "Visits settled, net", { Int64($0.netCount) }, { .count(Int($0)) }),
      figure("charged", "医疗费总额（元）", "Charged, yuan", { $0.amounts.total.fen }, money),
      figure("fund", "基金支付（元）", "Paid by funds, yuan", { $0.amounts.fund.fen }, money),
      figure("account", "个人账户支出（元）", "Paid from accounts, yuan", { $0.amounts.account.fen }, money),
      figure("cash", "个人现金支出（元）", "Paid in cash, yuan", { $0.amounts.cash.fen }, money),
      Figure(
        "fund_share", "基金支付比例", "Funds' share", .share(Int(now.amounts.fund.fen), of: Int(now.amounts.total.fen))),
      figure("reversals", "冲正笔数", "Reversals", { Int64($0.reversalCount) }, { .count(Int($0)) }),
      Figure(
        "mean_stay", "平均住院日", "Mean stay, days", now.meanStayTenths.map { .decimal($0, places: 1) } ?? .none),
    ]
  }

  /// How many messages a minute the interface answered in the last full minutes, and how fast (S9).
  private func rate() async throws(ViewFault) -> [Figure] {
    let minute = "\(inquiry.now)".prefix(16)
    let rates = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.messageRates(minutes: 5, until: String(minute))
    }
    let count = rates.reduce(0) { $0 + $1.count }
    guard count > 0 else {
      return [
        Figure(
          "messages", "近五分钟接口报文", "Messages in five minutes", .count(0), link: "messages/rates")
      ]
    }
    let slowest = rates.map(\.slowest).max() ?? 0
    let mean = rates.reduce(0) { $0 + $1.microseconds } / Int64(count)
    return [
      Figure("messages", "近五分钟接口报文", "Messages in five minutes", .count(count), link: "messages/rates"),
      Figure(
        "latency", "平均应答（毫秒）", "Mean answer, ms", .decimal(Int((mean + 50) / 100), places: 1),
        note: LocalizedText(
          "最慢 \(FixedPoint.print((slowest + 50) / 100, decimals: 1)) 毫秒",
          "slowest \(FixedPoint.print((slowest + 50) / 100, decimals: 1)) ms"), link: "messages/rates"),
    ]
  }

  /// 环比 and 同比: against the month before and the same month of the year before.
  static func comparison(_ now: Int64, _ before: Int64?, _ lastYear: Int64?) -> LocalizedText? {
    func change(_ from: Int64?) -> String? {
      guard let from, from > 0 else { return nil }
      let tenths = (Int(now - from) * 2_000 / Int(from) + (now >= from ? 1 : -1)) / 2
      return (tenths >= 0 ? "+" : "−") + FixedPoint.print(Int64(abs(tenths)), decimals: 1) + "%"
    }
    let parts = [
      change(before).map { LocalizedText("环比 \($0)", "\($0) on the month before") },
      change(lastYear).map { LocalizedText("同比 \($0)", "\($0) on the year before") },
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return LocalizedText(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }

  // MARK: Tables and charts

  private static func inOrder(_ left: MonitoringTotal, _ right: MonitoringTotal) -> Bool {
    let (one, other) = (left.group, right.group)
    return (one.care?.rawValue ?? 0, one.scheme?.rawValue ?? "") < (
      other.care?.rawValue ?? 0, other.scheme?.rawValue ?? ""
    )
  }

  private func row(_ total: MonitoringTotal, _ month: YearMonth) -> [Cell] {
    let measures = total.measures
    let query = [
      "from": "\(month)-01", "to": "\(month.lastDay)", "care": total.group.care?.word,
      "scheme": total.group.scheme?.rawValue,
    ]
    return [
      Cell(.title(total.group.care?.title), link: Address.path("settlements", query)),
      Cell(.title(total.group.scheme?.short)), .count(measures.netCount), .money(measures.amounts.total),
      .money(measures.amounts.fund),
      Cell(.share(Int(measures.amounts.fund.fen), of: Int(measures.amounts.total.fen))), Self.mean(measures),
    ]
  }

  static func mean(_ measures: MonitoringMeasures) -> Cell {
    guard measures.netCount > 0 else { return .none }
    let ratio = Ratio(1, Int64(measures.netCount))
    return .money(measures.amounts.total.multiplied(by: ratio, rounding: .halfUp))
  }

  private func monthly(_ month: YearMonth, _ months: [YearMonth: MonitoringMeasures]) -> Chart {
    let shown = (0...12).reversed().map { month.adding(months: -$0) }.filter { months[$0] != nil || $0 == month }
    func values(_ value: (MonitoringMeasures) -> Money) -> [Int64?] { shown.map { months[$0].map { value($0).fen } } }
    return Chart(
      "monthly", title: LocalizedText("近十三个月费用与基金支付", "Charges and payment, thirteen months"), form: .columns,
      labels: shown.map { LocalizedText("\($0)", "\($0)") },
      series: [
        .init(key: "charged", title: LocalizedText("医疗费总额", "charged"), values: values(\.amounts.total)),
        .init(key: "fund", title: LocalizedText("基金支付", "paid by funds"), values: values(\.amounts.fund)),
      ], places: 2, unit: LocalizedText("元", "yuan"), links: shown.map { Address.path("", ["month": "\($0)"]) })
  }

  private func largest(_ month: YearMonth) async throws(ViewFault) -> Chart {
    let totals = try await totals(of: month...month, by: [.institution])
      .sorted { $0.measures.amounts.fund > $1.measures.amounts.fund }.prefix(10)
    let names = try await sources.institutionNames(Set(totals.compactMap(\.group.institution)))
    let codes = totals.map { $0.group.institution ?? "" }
    return Chart(
      "institutions", title: LocalizedText("基金支付前十机构", "Institutions by what funds paid"), form: .bars,
      labels: codes.map { LocalizedText(names[$0] ?? $0, names[$0] ?? $0) },
      series: [
        .init(
          key: "fund", title: LocalizedText("基金支付", "paid by funds"),
          values: totals.map { $0.measures.amounts.fund.fen })
      ], places: 2, unit: LocalizedText("元", "yuan"), links: codes.map { "institutions/\(Address.part($0))" })
  }

  private func alarms(_ month: YearMonth) async throws(ViewFault) -> [Content.Block] {
    guard !sources.alarms.isEmpty else { return [] }
    let alarms = try await sources.ask { () async throws(StoreError) in
      try await AlarmWatch(sources.monitoring).alarms(sources.alarms, in: month)
    }
    let names = try await sources.institutionNames(Set(alarms.map(\.institution)))
    let rows = alarms.map { alarm in
      [
        Cell(.words(alarm.rule.title), tone: .bad),
        .text(names[alarm.institution] ?? alarm.institution, link: "institutions/\(Address.part(alarm.institution))"),
        Cell(.title(alarm.care?.title)), .count(alarm.value), .count(alarm.rule.threshold), .count(alarm.count),
        .text("\(alarm.month)"),
      ]
    }
    return [
      .table(Self.alarmForm.table(rows, empty: LocalizedText("本月没有机构触发预警。", "No institution is marked this month.")))
    ]
  }
}

extension YearMonth {
  /// The last day of the month.
  var lastDay: CalendarDate { firstDay.adding(days: dayCount - 1) }
}
