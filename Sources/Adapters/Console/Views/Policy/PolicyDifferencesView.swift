import Kernel
import Policy
import Workflows

extension View {
  /// What differs between two days of a region, or between two regions on a day.
  static let policyDifferences = View(
    "policy/differences", "政策对比", "Compare policies", section: .policy, isEntry: true,
    parameters: [
      PolicyPages.region,
      Parameter("against", .text, "与之对比的统筹区，默认同一统筹区", "the other region; the same when not given"),
      Parameter("from", .day, "前一日期，默认最近一次变化的前一天", "the earlier day; the one before the last change when not given"),
      Parameter("to", .day, "后一日期，默认今天", "the later day; today when not given"),
    ], tables: [PolicyDifferencesPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyDifferencesPage(pages: PolicyPages(inquiry: inquiry, sources: sources)).content()
  }
}

/// Two policies side by side, as far as they differ.
struct PolicyDifferencesPage {
  let pages: PolicyPages

  static let form = TableForm(
    "differences", "不同之处", "Differences",
    [
      .init("topic", "主题", "Topic"), .init("title", "名称", "Value"), .init("before", "前", "Before"),
      .init("after", "后", "After"), .init("effective", "后者施行日期", "The latter since"),
    ] + PolicyPages.citedColumns + [.init("identifier", "标识", "Identifier")])

  func content() throws(ViewFault) -> Content {
    let first = try pages.region()
    let second = try pages.region("against") ?? first
    let to = try pages.day("to", in: second)
    let from = try pages.inquiry.day("from") ?? (first.code == second.code ? dayBeforeChange(first, to) : to)
    let (before, after) = (try pages.snapshot(first, on: from), try pages.snapshot(second, on: to))
    let changes = PolicyChange.between(before, after).sorted {
      (PolicyTopic.of($0.identifier).place, $0.identifier) < (PolicyTopic.of($1.identifier).place, $1.identifier)
    }
    let table = Self.form.table(
      changes.map { row($0, second.code, to) },
      empty: LocalizedText("两边的政策值完全相同。", "Both policies are the same."))
    let title = LocalizedText(
      "\(first.name.chinese) \(from) 与\(first.code == second.code ? "" : second.name.chinese) \(to)："
        + "\(changes.count) 处不同",
      "\(first.name.english) \(from) and \(first.code == second.code ? "" : second.name.english + " ")\(to): "
        + "\(changes.count) differences")
    return Content(
      [.form(filter(first, second, from, to)), .paragraph(title)]
        + pages.unverified(changes.compactMap(\.after?.citation)) + [.table(table)])
  }

  /// The day before the last change up to a day, within what the region covers.
  private func dayBeforeChange(_ region: RegionPolicy, _ day: CalendarDate) -> CalendarDate {
    let changes = PolicyValueDefinition.EventDate.allCases.flatMap {
      pages.book.changes(in: region.code, appliesOn: $0)
    }
    guard let last = changes.filter({ $0 <= day && $0 > region.covered.first }).max() else {
      return region.covered.first
    }
    return last.adding(days: -1)
  }

  private func row(_ change: PolicyChange, _ region: String, _ day: CalendarDate) -> [Cell] {
    let (gone, come) = change.lines(pages.words)
    let none = Cell(.words(LocalizedText("无规定", "not stated")), tone: .quiet)
    let end = change.after == nil ? repeal(change, by: day) : nil
    return [
      Cell(.words(PolicyTopic.of(change.identifier).title)),
      Cell(.words(change.title), link: PolicyPages.path(change.identifier, region: region, on: day)),
      change.before == nil ? none : Cell(PolicyPages.lines(gone)),
      change.after == nil ? none : Cell(PolicyPages.lines(come)),
      (change.after?.effective ?? end?.day).map { Cell(.time($0)) } ?? .none,
    ] + pages.cited(change.after?.citation ?? end?.citation) + [.text(change.identifier)]
  }

  /// What ended a value that is there no longer.
  private func repeal(_ change: PolicyChange, by day: CalendarDate) -> (day: CalendarDate, citation: Citation)? {
    guard let before = change.before else { return nil }
    let ends = before.entry.repeals.filter { $0.key > before.effective && $0.key <= day }
    return ends.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func filter(_ first: RegionPolicy, _ second: RegionPolicy, _ from: CalendarDate, _ to: CalendarDate) -> Form {
    .filter([
      pages.regionField(value: first.code), .init("from", "前一日期", "Before", .day, value: "\(from)"),
      pages.regionField(
        "against", "对比统筹区", "Against", value: second.code == first.code ? "" : second.code,
        none: LocalizedText("同一统筹区", "the same region")),
      .init("to", "后一日期", "After", .day, value: "\(to)"),
    ])
  }
}
