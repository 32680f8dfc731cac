import Kernel
import People
import Settlement
import Workflows

extension View {
  /// Institutions with what they settled in a year.
  static let institutions = View(
    "institutions", "定点机构", "Institutions", section: .institutions, isEntry: true,
    parameters: [
      Parameter("year", .year, "年度，默认最近一年", "the year; the last one when not given"),
      Parameter("text", .text, "编号开头或名称中的文字", "beginning of the code, or words of the name"), .page, .size,
    ], tables: [InstitutionListPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try await InstitutionListPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The list of institutions.
struct InstitutionListPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let form = TableForm(
    "institutions", "定点机构", "Institutions",
    [
      .init("code", "机构编号", "Code"), .init("name", "名称", "Name"), .init("level", "等级", "Level"),
      .init("region", "所在地", "Region"), .init("visits", "人次", "Visits", .count),
      .init("charged", "医疗费总额（元）", "Charged", .money), .init("fund", "基金支付（元）", "Funds", .money),
      .init("mean", "次均费用（元）", "Mean cost", .money),
      .init("mean_stay", "平均住院日", "Mean stay", .decimal(places: 1)),
    ])

  func content() async throws(ViewFault) -> Content {
    let ends = try await sources.ask { () async throws(StoreError) in try await sources.monitoring.ends() }
    let year = try inquiry.whole("year", in: 1990...2200) ?? ends?.last.month.year ?? inquiry.now.day.year
    guard let first = YearMonth(year: year, month: 1) else { preconditionFailure("a year begins in January") }
    let filter = MonitoringFilter(months: first...first.adding(months: 11))
    let totals = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.totals(filter, by: [.institution])
    }
    let measures = Dictionary(totals.compactMap { total in total.group.institution.map { ($0, total.measures) } }) {
      $1
    }
    let all = try await institutions()
    let text = inquiry["text"] ?? ""
    let matching = all.filter {
      text.isEmpty || $0.institution.code.hasPrefix(text) || $0.name.contains(text)
    }
    // Those with most spending first; the order of codes among the rest.
    let spending = matching.map { ($0, measures[$0.institution.code] ?? MonitoringMeasures()) }
      .sorted { ($1.1.amounts.fund, $0.0.institution.code) < ($0.1.amounts.fund, $1.0.institution.code) }
    let request = try inquiry.pageRequest()
    let page = Page(spending, request)
    let table = Self.form.table(
      page.rows.map { row($0.0, $0.1) },
      of: PageOfRows(number: request.number, size: request.size, total: page.total),
      empty: LocalizedText("没有符合条件的机构。", "No institution fits."))
    let filterForm = Form.filter([
      .init("year", "年度", "Year", .whole, value: "\(year)"),
      .init("text", "编号或名称", "Code or name", value: text),
    ])
    return Content(
      [.form(filterForm), .table(table)], title: LocalizedText("定点机构 · \(year)", "Institutions · \(year)"))
  }

  private func institutions() async throws(ViewFault) -> [InstitutionRecord] {
    try await sources.read { store throws(StoreError) in
      var all: [InstitutionRecord] = []
      while true {
        let some = try store.institutions(after: all.last?.institution.code ?? "", limit: 500)
        all += some
        if some.count < 500 { return all }
      }
    }
  }

  private func row(_ record: InstitutionRecord, _ measures: MonitoringMeasures) -> [Cell] {
    [
      .text(record.institution.code, link: "institutions/\(Address.part(record.institution.code))"),
      .text(record.name), Cell(.words(record.institution.level.title)), .text(record.region),
      .count(measures.netCount), .money(measures.amounts.total), .money(measures.amounts.fund),
      OverviewPage.mean(measures), Cell(measures.meanStayTenths.map { .decimal($0, places: 1) } ?? .none),
    ]
  }
}
