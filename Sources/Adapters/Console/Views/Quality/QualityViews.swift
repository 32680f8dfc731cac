import Claims
import Kernel
import Workflows

extension View {
  /// How good settlement lists are: rates, rules, worst lists.
  static let quality = View(
    "quality", "清单质控", "Data quality", section: .quality, isEntry: true,
    parameters: QualityPages.parameters + [
      Parameter("rule", .whole(101...699), "规则编号", "number of a rule"), .page, .size,
    ], tables: [QualityPages.months, QualityPages.institutions, QualityPages.rules, QualityPages.lists],
    summary: LocalizedText("结算清单质控：各月各机构的问题率、各规则、问题最多的清单", "checks of settlement lists by month, institution and rule")
  ) { inquiry, sources async throws(ViewFault) in
    try await QualityPages(inquiry: inquiry, sources: sources).overview()
  }

  /// One rule: what it looks at, where it is broken.
  static let qualityRule = View(
    "quality/rules/{number}", "质控规则", "Rule", section: .quality,
    parameters: [Parameter("number", .whole(101...699), "规则编号", "number of the rule", isInPath: true)]
      + QualityPages.parameters + [.page, .size],
    tables: [QualityPages.months, QualityPages.institutions, QualityPages.lists],
    summary: LocalizedText("一条质控规则及违反它的清单", "one rule and the lists that break it")
  ) { inquiry, sources async throws(ViewFault) in
    try await QualityPages(inquiry: inquiry, sources: sources).rule()
  }
}

/// Checks of settlement lists.
struct QualityPages {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let parameters: [Parameter] = [
    Parameter("from", .month, "起始月份（上传月）", "from this month of upload on"),
    Parameter("to", .month, "截止月份", "to this month"),
    Parameter("institution", .text, "机构编号", "institution's code"),
  ]

  private static let counts: [TableForm.Column] = [
    .init("lists", "质控清单", "Lists checked", .count), .init("wanting", "有问题清单", "With findings", .count),
    .init("per_mille", "问题率（‰）", "Per mille", .count), .init("findings", "问题数", "Findings", .count),
  ]

  static let months = TableForm("months", "各月", "By month", [.init("month", "月份", "Month")] + counts)

  static let institutions = TableForm(
    "institutions", "各机构", "By institution", [.init("institution", "机构", "Institution")] + counts)

  static let rules = TableForm(
    "rules", "各规则", "By rule",
    [
      .init("rule", "规则", "Rule", .count), .init("title", "内容", "What is wrong"), .init("field", "接口字段", "Field"),
      .init("severity", "处理", "Severity"), .init("findings", "问题数", "Findings", .count),
      .init("lists", "涉及清单", "Lists", .count), .init("share", "占质控清单", "Of the lists", .share),
    ])

  static let lists = TableForm(
    "lists", "问题最多的清单", "Lists with most findings",
    [
      .init("list", "清单编号", "List"), .init("settlement", "结算编号", "Settlement"),
      .init("institution", "机构", "Institution"), .init("time", "上传时间", "Uploaded"),
      .init("count", "问题数", "Findings", .count), .init("findings", "规则及内容", "Rules and what breaks them"),
    ])

  // MARK: Pages

  func overview() async throws(ViewFault) -> Content {
    let number = try inquiry.whole("rule", in: 101...699)
    let filter = try filter(number.map { (number: Int) throws(ViewFault) in try Self.rule(number) } ?? nil)
    let broken = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.brokenRules(filter)
    }
    let all = try await total(filter)
    var blocks: [Content.Block] = [.form(form(withRule: true))]
    guard all.listCount > 0 else {
      blocks.append(.notice(Self.nothing))
      return Content(blocks)
    }
    blocks.append(.figures(figures(all, broken)))
    blocks += try await parts(filter, all, bars: broken)
    return Content(blocks)
  }

  func rule() async throws(ViewFault) -> Content {
    guard let number = try inquiry.whole("number", in: 101...699) else { throw .notFound(Self.nothing.text) }
    let rule = try Self.rule(number)
    let filter = try filter(rule)
    let all = try await total(filter)
    let facts = Facts(
      "rule", "规则", "Rule",
      [
        .init("number", "编号", "Number", .count(number)),
        .init("title", "内容", "What is wrong", Cell(.words(rule.message))),
        .init("field", "接口字段", "Field", .text(rule.field)), .init("severity", "处理", "Severity", Self.severity(rule)),
        .init("family", "类别", "Family", Cell(.words(Self.family(rule)))),
      ])
    var blocks: [Content.Block] = [.facts(facts), .form(form(withRule: false))]
    if all.listCount == 0 {
      blocks.append(.notice(Self.nothing))
    } else {
      blocks.append(.figures(figures(all, [])))
      blocks += try await parts(filter, all, bars: nil)
    }
    var content = Content(
      blocks, title: LocalizedText("规则 \(number)：\(rule.message.chinese)", "Rule \(number): \(rule.message.english)"))
    content.trail = [.init("清单质控", "Data quality", "quality")]
    return content
  }

  private static let nothing = Notice(
    .quiet, "没有质控过的结算清单：医疗机构上传清单（4101）后即可看到；也可放宽月份或机构",
    "no settlement list was checked: they come with 4101; or ask for other months or institutions")

  /// Charts and tables of a filter; with rules when all of them are asked for.
  private func parts(_ filter: QualityFilter, _ all: QualityTotal, bars broken: [RuleTotal]?) async throws(ViewFault)
    -> [Content.Block]
  {
    let byMonth = try await totals(filter, by: .month)
    let byInstitution = try await totals(filter, by: .institution)
    let request = try inquiry.pageRequest(size: 20)
    let page = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.worstLists(filter, page: request)
    }
    let names = try await sources.institutionNames(
      Set(byInstitution.compactMap(\.institution) + page.rows.map(\.institution)))
    var blocks: [Content.Block] = [.chart(chart(byMonth))]
    if let broken { blocks.append(.table(Self.rules.table(broken.map { row($0, all) }, empty: Self.clean))) }
    blocks.append(
      .table(
        Self.lists.table(
          page.rows.map { row($0, names, filter.rule) },
          of: PageOfRows(number: request.number, size: request.size, total: page.total), empty: Self.clean)))
    blocks.append(
      .table(
        Self.institutions.table(
          byInstitution.sorted { ($1.perMille ?? 0, $0.institution ?? "") < ($0.perMille ?? 0, $1.institution ?? "") }
            .map { total in
              let code = total.institution ?? ""
              return [.text(names[code] ?? code, link: here(["institution": code]))] + Self.cells(total)
            })))
    blocks.append(
      .table(
        Self.months.table(
          byMonth.map { total in
            let month = total.month.map { "\($0)" } ?? ""
            return [.text(month, link: here(["from": month, "to": month]))] + Self.cells(total)
          })))
    return blocks
  }

  private static let clean = LocalizedText("没有发现问题。", "Nothing was found.")

  // MARK: Reading

  static func rule(_ number: Int) throws(ViewFault) -> SettlementListRule {
    guard let rule = UInt16(exactly: number).flatMap(SettlementListRule.init(rawValue:)) else {
      throw .notFound(LocalizedText("没有质控规则 \(number)", "there is no rule \(number)"))
    }
    return rule
  }

  private func filter(_ rule: SettlementListRule?) throws(ViewFault) -> QualityFilter {
    var filter = QualityFilter()
    let (from, to) = (try inquiry.month("from"), try inquiry.month("to"))
    if from != nil || to != nil {
      guard let first = from ?? YearMonth(year: 1_900, month: 1), let last = to ?? YearMonth(year: 9_999, month: 12),
        first <= last
      else { throw .parameter("to", LocalizedText("截止月份早于起始月份", "the last month lies before the first one")) }
      filter.months = first...last
    }
    filter.institution = inquiry["institution"]
    filter.rule = rule
    return filter
  }

  private func total(_ filter: QualityFilter) async throws(ViewFault) -> QualityTotal {
    try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.quality(filter, by: [])
    }.first ?? QualityTotal()
  }

  private func totals(_ filter: QualityFilter, by dimension: QualityDimension) async throws(ViewFault) -> [QualityTotal]
  {
    try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.quality(filter, by: [dimension])
    }
  }
}
