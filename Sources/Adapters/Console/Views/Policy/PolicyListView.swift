import Kernel
import Policy
import Workflows

extension View {
  /// Everything in force in a region on a day.
  static let policy = View(
    "policy", "政策库", "Policy in force", section: .policy, isEntry: true,
    parameters: [
      PolicyPages.region, Parameter("on", .day, "日期，默认今天", "day; today when not given"),
      Parameter("topic", .choice(PolicyTopic.all.map(\.word)), "主题", "topic"),
      Parameter("text", .text, "名称或标识中的文字", "part of a title or identifier"),
    ], tables: [PolicyListPage.form],
    summary: LocalizedText("某日有效的全部政策值及依据", "every value in force on a day with its source")
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyListPage(pages: PolicyPages(inquiry: inquiry, sources: sources)).content()
  }
}

/// Everything in force in a region on a day, in the order of topics.
struct PolicyListPage {
  let pages: PolicyPages
  private var inquiry: Inquiry { pages.inquiry }

  static let form = TableForm(
    "values", "有效的政策值", "Values in force",
    [
      .init("topic", "主题", "Topic"), .init("title", "名称", "Value"), .init("content", "内容", "Content"),
      .init("effective", "施行日期", "Since"), .init("stated", "规定于", "Stated by"),
    ] + PolicyPages.citedColumns + [.init("identifier", "标识", "Identifier")])

  func content() throws(ViewFault) -> Content {
    let region = try pages.region()
    let day = try pages.day("on", in: region)
    let snapshot = try pages.snapshot(region, on: day)
    let topic = try topic()
    let values = Self.sorted(snapshot).filter { value in
      (topic == nil || PolicyTopic.of(value.entry.identifier) == topic) && matches(value)
    }
    let table = Self.form.table(
      values.map { row($0, region.code, day) },
      empty: LocalizedText(
        "该日没有符合条件的政策值；请放宽条件，或换一个日期。", "No value in force fits; ask for less, or for another day."))
    return Content(
      [
        .form(filter(region, day)), .figures(figures(snapshot, region, day)),
      ] + pages.unverified(values.map(\.citation)) + [.table(table)])
  }

  /// Values in the order of topics, then as the vocabulary lists them by name.
  static func sorted(_ snapshot: PolicySnapshot) -> [PolicySnapshot.Value] {
    snapshot.values.values.map { (PolicyTopic.of($0.entry.identifier).place, $0) }
      .sorted { ($0.0, $0.1.entry.identifier) < ($1.0, $1.1.entry.identifier) }.map(\.1)
  }

  private func topic() throws(ViewFault) -> PolicyTopic? {
    guard let word = inquiry["topic"] else { return nil }
    guard let topic = PolicyTopic.all.first(where: { $0.word == word }) else {
      throw .parameter("topic", LocalizedText("没有主题 \(word)", "there is no topic \(word)"))
    }
    return topic
  }

  private func matches(_ value: PolicySnapshot.Value) -> Bool {
    guard let text = inquiry["text"]?.lowercased() else { return true }
    let entry = value.entry
    return [entry.identifier, entry.title, entry.definition.title.chinese, entry.definition.title.english].contains {
      $0.lowercased().contains(text)
    }
  }

  private func row(_ value: PolicySnapshot.Value, _ region: String, _ day: CalendarDate) -> [Cell] {
    let entry = value.entry
    return [
      Cell(.words(PolicyTopic.of(entry.identifier).title)),
      Cell(.words(entry.name), link: PolicyPages.path(entry.identifier, region: region, on: day)),
      Cell(pages.content(value.node, of: entry)), Cell(.time(value.effective)), pages.stated(value.region, for: region),
    ] + pages.cited(value.citation) + [.text(entry.identifier)]
  }

  private func figures(_ snapshot: PolicySnapshot, _ region: RegionPolicy, _ day: CalendarDate) -> [Figure] {
    let own = snapshot.values.values.count { $0.region == region.code }
    let open = pages.book.lineage(of: region).reduce(0) { $0 + $1.interpretations.count }
    let changes = Set(
      PolicyValueDefinition.EventDate.allCases.flatMap { pages.book.changes(in: region.code, appliesOn: $0) })
    return [
      Figure("value_count", "有效政策值", "Values in force", .count(snapshot.values.count)),
      Figure("own_count", "其中本区规定", "Of them its own", .count(own)),
      Figure(
        "last_change", "最近一次变化", "Last change", .title(last(changes, day)),
        link: last(changes, day).map { _ in Address.path("policy/differences", ["region": region.code, "to": "\(day)"])
        }),
      Figure(
        "covered", "数据覆盖期", "Days covered",
        .text("\(region.covered.first) – \(region.covered.last.map { "\($0)" } ?? "")")),
      Figure(
        "interpretations", "选定的理解", "Readings chosen", .count(open),
        link: Address.path("policy/interpretations", ["region": region.code])),
    ]
  }

  private func last(_ changes: Set<CalendarDate>, _ day: CalendarDate) -> LocalizedText? {
    changes.filter { $0 <= day }.max().map { LocalizedText("\($0)", "\($0)") }
  }

  private func filter(_ region: RegionPolicy, _ day: CalendarDate) -> Form {
    .filter([
      pages.regionField(value: region.code), .init("on", "日期", "On", .day, value: "\(day)"),
      .init(
        "topic", "主题", "Topic",
        .choice([("", LocalizedText("全部", "all"))] + PolicyTopic.all.map { (value: $0.word, title: $0.title) }),
        value: inquiry["topic"] ?? ""),
      .init("text", "名称或标识", "Title or identifier", value: inquiry["text"] ?? ""),
    ])
  }
}
