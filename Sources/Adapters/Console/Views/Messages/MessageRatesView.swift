import Kernel
import Workflows

extension View {
  /// How much the interface does, how fast, and what it refuses.
  static let messageRates = View(
    "messages/rates", "接口流量", "Rates", section: .messages, isEntry: true,
    parameters: [
      Parameter(
        "minutes", .choice(MessageRatesPage.spans.map { "\($0)" }), "最近多少分钟，默认 60", "last minutes; 60 when not given"),
      Parameter("from", .day, "拒绝统计起始日期，默认三十天前", "refusals from this day on; thirty days ago when not given"),
      Parameter("to", .day, "拒绝统计截止日期，默认今天", "refusals to this day; today when not given"),
    ], tables: [MessageRatesPage.refusals, MessageRatesPage.institutions],
    summary: LocalizedText("每分钟报文数、拒绝率和耗时", "messages a minute, share refused, latency")
  ) { inquiry, sources async throws(ViewFault) in
    try await MessageRatesPage(pages: MessagePages(inquiry: inquiry, sources: sources)).content()
  }
}

/// The interface's pulse.
struct MessageRatesPage {
  let pages: MessagePages
  private var inquiry: Inquiry { pages.inquiry }

  /// How many minutes may be shown.
  static let spans = [15, 60, 240, 1_440]
  /// Refusals that are listed at most.
  private static let longest = 30

  static let refusals = TableForm(
    "refusals", "拒绝原因", "Refusals",
    [
      .init("outcome", "结果", "Outcome"), .init("count", "次数", "Messages", .count),
      .init("share", "占被拒绝报文", "Share of the refused", .share),
    ])

  static let institutions = TableForm(
    "institutions", "各机构拒绝率", "Refusals by institution",
    [
      .init("institution", "机构", "Institution"), .init("count", "报文数", "Messages", .count),
      .init("refused", "被拒绝", "Refused", .count), .init("share", "拒绝率", "Share", .share),
      .init("milliseconds", "平均耗时（毫秒）", "Mean time, ms", .decimal(places: 3)),
    ])

  func content() async throws(ViewFault) -> Content {
    let minutes = try minutes()
    let now = "\(inquiry.now)"
    let sources = pages.sources
    let rates = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.messageRates(minutes: minutes, until: String(now.prefix(16)))
    }
    let to = try inquiry.day("to") ?? inquiry.now.day
    let from = try inquiry.day("from") ?? to.adding(days: -30)
    let stretches = try await stretches(rates)
    let outcomes = try await totals(from, to, by: .outcome)
    let institutions = try await totals(from, to, by: .institution)
    let names = try await sources.institutionNames(Set(institutions.compactMap(\.institution)))
    var blocks: [Content.Block] = [.form(form(minutes, from, to)), .figures(figures(rates))]
    if rates.allSatisfy({ $0.count == 0 }) {
      blocks.append(
        .notice(
          Notice(
            .quiet, "最近 \(minutes) 分钟没有报文。可到「接口试用」发送一笔。",
            "no message in the last \(minutes) minutes; send one at Try it")))
    }
    blocks += charts(stretches)
    blocks.append(.table(refusals(outcomes, from, to)))
    blocks.append(.table(self.institutions(institutions, names, from, to)))
    var content = Content(blocks)
    content.refresh = 15
    return content
  }

  private func minutes() throws(ViewFault) -> Int {
    guard let text = inquiry["minutes"] else { return 60 }
    guard let minutes = Int(text), Self.spans.contains(minutes) else {
      throw .parameter("minutes", LocalizedText("应为 15、60、240 或 1440", "expected 15, 60, 240 or 1440"))
    }
    return minutes
  }

  private func totals(_ from: CalendarDate, _ to: CalendarDate, by dimension: MessageDimension) async throws(ViewFault)
    -> [MessageTotal]
  {
    let sources = pages.sources
    return try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.messageTotals(from: from, to: to, by: [dimension])
    }
  }

  /// A stretch of minutes, one place of the charts.
  private struct Stretch {
    let first: String
    let last: String
    let minutes: Int
    let rate: MessageRate
    var settlementCount = 0

    /// So many of something in the stretch as so many a minute, with one decimal.
    func perMinute(_ count: Int) -> Int64 { Int64(count) * 10 / Int64(minutes) }
  }

  /// The minutes in at most some seventy stretches, with what was settled in each.
  private func stretches(_ rates: [MessageRate]) async throws(ViewFault) -> [Stretch] {
    let size = max(1, rates.count / 60)
    var stretches: [Stretch] = []
    for start in stride(from: 0, to: rates.count, by: size) {
      let part = Array(rates[start..<min(start + size, rates.count)])
      guard let first = part.first?.minute, let last = part.last?.minute else { continue }
      var stretch = Stretch(first: first, last: last, minutes: part.count, rate: Self.together(part))
      stretch.settlementCount = try await settlementCount(from: first, to: last)
      stretches.append(stretch)
    }
    return stretches
  }

  private func settlementCount(from first: String, to last: String) async throws(ViewFault) -> Int {
    guard let page = PageRequest(number: 1, size: 1) else { return 0 }
    var filter = MonitoringFilter()
    (filter.from, filter.to) = ("\(first):00", "\(last):59")
    let (wanted, sources) = (filter, pages.sources)
    return try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.settlements(wanted, order: .oldest, page: page)
    }.total
  }

  // MARK: Figures and charts

  private func figures(_ rates: [MessageRate]) -> [Figure] {
    let all = Self.together(rates)
    func quantile(_ percent: Int) -> Value { all.quantile(percent: percent).map(MessagePages.milliseconds) ?? .none }
    return [
      Figure("messages", "报文", "Messages", .count(all.count), link: "messages"),
      Figure(
        "refused", "被拒绝", "Refused", .count(all.refusedCount), link: MessagePages.path(["result": "refused"]),
        tone: all.refusedCount > 0 ? .warning : nil),
      Figure("refused_share", "拒绝率", "Share refused", .share(all.refusedCount, of: all.count)),
      Figure("p50", "一半不超过（毫秒）", "Median, ms", quantile(50)),
      Figure("p95", "95% 不超过（毫秒）", "95th percentile, ms", quantile(95)),
      Figure("p99", "99% 不超过（毫秒）", "99th percentile, ms", quantile(99)),
    ]
  }

  /// Many minutes as one.
  static func together(_ rates: [MessageRate]) -> MessageRate {
    rates.reduce(into: MessageRate(minute: "")) { sum, rate in
      sum.count += rate.count
      sum.refusedCount += rate.refusedCount
      sum.microseconds += rate.microseconds
      sum.slowest = max(sum.slowest, rate.slowest)
      for (place, count) in rate.distribution.enumerated() { sum.distribution[place] += count }
    }
  }

  private func charts(_ stretches: [Stretch]) -> [Content.Block] {
    let labels = stretches.map { stretch in
      let clock = String(stretch.first.suffix(5))
      return LocalizedText(clock, clock)
    }
    func line(_ key: String, _ chinese: String, _ english: String, _ value: (Stretch) -> Int64?) -> Chart.Series {
      .init(key: key, title: LocalizedText(chinese, english), values: stretches.map(value))
    }
    let flow = Chart(
      "flow_chart", title: LocalizedText("每分钟报文和结算", "Messages and settlements a minute"), form: .lines, labels: labels,
      series: [
        line("messages", "报文", "messages") { $0.perMinute($0.rate.count) },
        line("settlements", "结算（含冲正）", "settlements and reversals") { $0.perMinute($0.settlementCount) },
        line("refused", "被拒绝", "refused") { $0.perMinute($0.rate.refusedCount) },
      ], places: 1, unit: LocalizedText("笔/分钟", "a minute"))
    let share = Chart(
      "refused_share_chart", title: LocalizedText("拒绝率", "Share refused"), form: .lines, labels: labels,
      series: [
        line("share", "拒绝率", "share refused") { stretch in
          stretch.rate.count == 0 ? nil : Int64(stretch.rate.refusedCount) * 1_000 / Int64(stretch.rate.count)
        }
      ], places: 1, unit: LocalizedText("%", "%"))
    let latency = Chart(
      "latency_chart", title: LocalizedText("应答耗时", "Time of an answer"), form: .lines, labels: labels,
      series: [50, 95, 99].map { percent in
        line("p\(percent)", "\(percent)% 不超过", "\(percent) % within") { $0.rate.quantile(percent: percent) }
      }, places: 3, unit: LocalizedText("毫秒", "ms"))
    return [.chart(flow), .chart(share), .chart(latency)]
  }

  // MARK: What is refused

  private func refusals(_ totals: [MessageTotal], _ from: CalendarDate, _ to: CalendarDate) -> DataTable {
    let refused = totals.filter { ($0.outcome ?? 0) != 0 }.sorted {
      ($1.count, $0.outcome ?? 0) < ($0.count, $1.outcome ?? 0)
    }
    let all = refused.reduce(0) { $0 + $1.count }
    return Self.refusals.table(
      refused.prefix(inquiry.isExport ? Int.max : Self.longest).map { total in
        let outcome = total.outcome ?? 0
        return [
          pages.outcome(
            outcome, link: MessagePages.path(["outcome": "\(outcome)", "from": "\(from)", "to": "\(to)"])),
          .count(total.count), Cell(.share(total.count, of: all)),
        ]
      }, empty: LocalizedText("这段时间没有被拒绝的报文。", "Nothing was refused in these days."))
  }

  private func institutions(
    _ totals: [MessageTotal], _ names: [String: String], _ from: CalendarDate, _ to: CalendarDate
  ) -> DataTable {
    let rows = totals.sorted { ($1.refusedCount, $1.count) < ($0.refusedCount, $0.count) }
    return Self.institutions.table(
      rows.prefix(inquiry.isExport ? Int.max : Self.longest).map { total in
        let code = total.institution ?? ""
        let name: Cell =
          code.isEmpty
          ? Cell(.words(LocalizedText("（未识别的机构）", "(no institution known)")), tone: .quiet)
          : .text(
            names[code] ?? code,
            link: MessagePages.path(["institution": code, "result": "refused", "from": "\(from)", "to": "\(to)"]))
        return [
          name, .count(total.count), .count(total.refusedCount), Cell(.share(total.refusedCount, of: total.count)),
          total.count == 0 ? .none : Cell(MessagePages.milliseconds(total.microseconds / Int64(total.count))),
        ]
      }, empty: LocalizedText("这段时间没有报文。", "There were no messages in these days."))
  }

  private func form(_ minutes: Int, _ from: CalendarDate, _ to: CalendarDate) -> Form {
    .filter([
      .init(
        "minutes", "最近", "Last",
        .choice(
          Self.spans.map { span in
            let hours = span / 60
            return (
              value: "\(span)",
              title: span < 60
                ? LocalizedText("\(span) 分钟", "\(span) minutes") : LocalizedText("\(hours) 小时", "\(hours) h")
            )
          }), value: "\(minutes)"),
      .init("from", "拒绝统计自", "Refusals from", .day, value: "\(from)"),
      .init("to", "至", "To", .day, value: "\(to)"),
    ])
  }
}
