import Claims
import Kernel
import People
import Settlement
import Workflows

extension View {
  /// One institution: what it settled by month and kind of care, its commonest diagnoses, who is in hospital.
  static let institution = View(
    "institutions/{code}", "定点机构", "Institution", section: .institutions,
    parameters: [
      Parameter("code", .text, "机构编号（fixmedins_code）", "institution's code (fixmedins_code)", isInPath: true),
      Parameter("year", .year, "年度，默认最近一年", "the year; the last one when not given"),
    ], tables: [OverviewPage.careForm, InstitutionPage.diagnoses]
  ) { inquiry, sources async throws(ViewFault) in
    try await InstitutionPage(inquiry: inquiry, sources: sources).content()
  }
}

/// One institution.
struct InstitutionPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let diagnoses = TableForm(
    "diagnoses", "主要诊断前二十", "Twenty commonest diagnoses",
    [
      .init("diagnosis", "诊断编码", "Diagnosis"), .init("visits", "人次", "Visits", .count),
      .init("charged", "医疗费总额（元）", "Charged", .money), .init("fund", "基金支付（元）", "Funds", .money),
      .init("mean", "次均费用（元）", "Mean cost", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    let code = try inquiry.part("code")
    guard let record = try await sources.read({ store throws(StoreError) in try store.institution(code) }) else {
      throw .notFound(DeskOutcome.institutionUnknown.message)
    }
    let ends = try await sources.ask { () async throws(StoreError) in try await sources.monitoring.ends() }
    let year = try inquiry.whole("year", in: 1990...2200) ?? ends?.last.month.year ?? inquiry.now.day.year
    guard let first = YearMonth(year: year, month: 1) else { preconditionFailure("a year begins in January") }
    var filter = MonitoringFilter(months: first...first.adding(months: 11))
    filter.institution = code
    let wanted = filter
    let monitoring = sources.monitoring
    let (months, cares, tops) = try await sources.ask { () async throws(StoreError) in
      (
        try await monitoring.totals(wanted, by: [.month]), try await monitoring.totals(wanted, by: [.scheme, .care]),
        try await monitoring.diagnoses(wanted, by: .count, limit: 20)
      )
    }
    let period = ["institution": code, "from": "\(year)-01-01", "to": "\(year)-12-31"]
    let empty = LocalizedText("\(year) 年没有结算记录。", "Nothing was settled in \(year).")
    var content = Content(
      [
        .facts(facts(record, year)), .chart(chart(months, first)),
        .table(Self.careTable(cares, period, empty: empty)),
        .table(Self.diagnoses.table(tops.map { row($0, period) }, empty: empty)),
        .links([
          .init("本机构的结算记录", "Settlements of the institution", Address.path("settlements", period)),
          .init(
            "各月情况", "Months",
            Address.path("overview/months", ["institution": code, "year": "\(year)"])),
        ]),
      ], title: LocalizedText("\(record.name) · \(year)", "\(record.name) · \(year)"))
    content.trail = [.init("定点机构", "Institutions", "institutions")]
    return content
  }

  private func facts(_ record: InstitutionRecord, _ year: Int) -> Facts {
    Facts(
      "institution", "基本信息", "Institution",
      [
        .init("code", "机构编号", "Code", .text(record.institution.code)),
        .init("name", "名称", "Name", .text(record.name)),
        .init("level", "等级", "Level", Cell(.words(record.institution.level.title))),
        .init("region", "所在地", "Region", .text(record.region)), .init("year", "年度", "Year", .text("\(year)")),
      ])
  }

  private func chart(_ totals: [MonitoringTotal], _ first: YearMonth) -> Chart {
    let months = Dictionary(totals.compactMap { total in total.group.month.map { ($0, total.measures) } }) { $1 }
    let shown = (0..<12).map { first.adding(months: $0) }.filter { months[$0] != nil }
    func values(_ value: (MonitoringMeasures) -> Money) -> [Int64?] { shown.map { months[$0].map { value($0).fen } } }
    return Chart(
      "months", title: LocalizedText("各月费用与基金支付", "Charges and payment by month"), form: .columns,
      labels: shown.map { LocalizedText("\($0)", "\($0)") },
      series: [
        .init(key: "charged", title: LocalizedText("医疗费总额", "charged"), values: values(\.amounts.total)),
        .init(key: "fund", title: LocalizedText("基金支付", "paid by funds"), values: values(\.amounts.fund)),
      ], places: 2, unit: LocalizedText("元", "yuan"))
  }

  private static func careTable(_ totals: [MonitoringTotal], _ period: [String: String], empty: LocalizedText)
    -> DataTable
  {
    let sorted = totals.sorted { $0.measures.amounts.total > $1.measures.amounts.total }
    return OverviewPage.careForm.table(
      sorted.map { total in
        let (measures, group) = (total.measures, total.group)
        var query: [String: String?] = period
        query["care"] = group.care?.word
        query["scheme"] = group.scheme?.rawValue
        return [
          Cell(.title(group.care?.title), link: Address.path("settlements", query)), Cell(.title(group.scheme?.short)),
          .count(measures.netCount), .money(measures.amounts.total), .money(measures.amounts.fund),
          Cell(.share(Int(measures.amounts.fund.fen), of: Int(measures.amounts.total.fen))),
          OverviewPage.mean(measures),
        ]
      }, empty: empty)
  }

  private func row(_ total: DiagnosisTotal, _ period: [String: String]) -> [Cell] {
    var query: [String: String?] = period
    query["diagnosis"] = total.diagnosis
    return [
      .text(total.diagnosis, link: Address.path("settlements", query)), .count(total.measures.netCount),
      .money(total.measures.amounts.total), .money(total.measures.amounts.fund), OverviewPage.mean(total.measures),
    ]
  }
}
