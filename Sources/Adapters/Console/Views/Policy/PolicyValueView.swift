import Kernel
import Policy
import Settlement
import Workflows

extension View {
  /// One value: all its versions, what it decides, what other regions state.
  static let policyValue = View(
    "policy/values/{identifier}", "政策值", "Policy value", section: .policy,
    parameters: [
      Parameter("identifier", .text, "政策值标识", "the value's identifier", isInPath: true), PolicyPages.region,
      Parameter("on", .day, "日期，默认今天", "day; today when not given"),
    ], tables: [PolicyValuePage.versions, PolicyValuePage.steps, PolicyValuePage.regions],
    summary: LocalizedText("一个政策值的全部版本及依据", "every version of a value with its source")
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyValuePage(pages: PolicyPages(inquiry: inquiry, sources: sources)).content()
  }
}

/// One value of a region's policy.
struct PolicyValuePage {
  let pages: PolicyPages

  static let versions = TableForm(
    "versions", "各版本", "Versions",
    [
      .init("effective", "施行日期", "Since"), .init("until", "至", "Until"), .init("content", "内容", "Content"),
      .init("state", "状态", "State"), .init("stated", "规定于", "Stated by"),
    ] + PolicyPages.citedColumns)

  static let steps = TableForm(
    "steps", "用于结算的步骤", "Steps that it decides",
    [.init("step", "步骤", "Step"), .init("word", "步骤代号", "Word")])

  static let regions = TableForm(
    "regions", "各统筹区对照", "Regions side by side",
    [
      .init("region", "统筹区", "Region"), .init("content", "内容", "Content"), .init("effective", "施行日期", "Since"),
      .init("stated", "规定于", "Stated by"),
    ] + PolicyPages.citedColumns)

  func content() throws(ViewFault) -> Content {
    let identifier = try pages.inquiry.part("identifier")
    let region = try pages.region()
    let day = try pages.day("on", in: region)
    let stating = pages.book.lineage(of: region).compactMap { place in
      place.entries[identifier].map { (region: place.code, entry: $0) }
    }
    guard let nearest = stating.first else { throw .notFound(missing(identifier, region)) }
    let held = (try? pages.book.snapshot(region: region.code, dates: EventDates(on: day)))?[identifier]
    let steps = SettlementVocabulary.steps(deciding: identifier)
    var blocks: [Content.Block] = [.form(filter(region, day))]
    blocks.append(notice(held, region, day))
    blocks += pages.unverified([held?.citation].compactMap(\.self))
    blocks.append(.facts(facts(nearest.entry, nearest.region, held, region)))
    blocks.append(.table(Self.versions.table(stating.flatMap { versions($0.entry, $0.region, held, region.code) })))
    blocks.append(
      .table(
        Self.steps.table(
          steps.map { [Cell(.words($0.title)), .text($0.word)] },
          empty: LocalizedText(
            "不直接出现在结算步骤中：用于确定适用的方案、缴费核定或对照省级框架。",
            "No step of a settlement shows it: it selects the plan, assesses contributions or bounds regions."))))
    blocks.append(.table(Self.regions.table(regions(identifier, day))))
    var content = Content(blocks, title: nearest.entry.name)
    content.trail = [
      .init("政策库", "Policy", Address.path("policy", ["region": region.code, "on": "\(day)"]))
    ]
    content.isPrintable = true
    return content
  }

  private func missing(_ identifier: String, _ region: RegionPolicy) -> LocalizedText {
    let known = Set(pages.book.lineage(of: region).flatMap(\.entries.keys))
    let near = Nearest.words(to: identifier, among: known, within: 6, count: 3).joined(separator: ", ")
    let other = pages.book.regions.values.filter { $0.entries[identifier] != nil }.map(\.code).sorted()
    let elsewhere = other.isEmpty ? near : other.joined(separator: ", ")
    guard !elsewhere.isEmpty else {
      return LocalizedText(
        "\(region.name.chinese)没有政策值 \(identifier)；请从政策库查找",
        "\(region.name.english) has no value \(identifier); look it up in the list")
    }
    return other.isEmpty
      ? LocalizedText(
        "\(region.name.chinese)没有政策值 \(identifier)；是否为 \(near)？",
        "\(region.name.english) has no value \(identifier); did you mean \(near)?")
      : LocalizedText(
        "\(region.name.chinese)没有规定 \(identifier)；规定了它的统筹区：\(elsewhere)",
        "\(region.name.english) does not state \(identifier); regions that do: \(elsewhere)")
  }

  private func notice(_ held: PolicySnapshot.Value?, _ region: RegionPolicy, _ day: CalendarDate) -> Content.Block {
    guard region.covered.contains(day) else {
      return .notice(
        Notice(.warning, PolicyRefusal.dateNotCovered(region: region.code, date: day, covered: region.covered).message))
    }
    guard let held else {
      return .notice(
        Notice(
          .warning, "\(day) 没有有效的版本：尚未施行或已废止", "no version is in force on \(day): it has not begun or was repealed"))
    }
    let text = pages.words.text(held.node, of: held.entry)
    return .notice(
      Notice(
        .quiet, "\(region.name.chinese) \(day) 有效：\(text.chinese)（自 \(held.effective) 起）",
        "in force in \(region.name.english) on \(day): \(text.english) (since \(held.effective))"))
  }

  private func facts(_ entry: PolicyEntry, _ code: String, _ held: PolicySnapshot.Value?, _ region: RegionPolicy)
    -> Facts
  {
    let dimensions = entry.dimensions.map(PolicyKeys.dimension)
    let definition = entry.definition
    return Facts(
      "value", "基本情况", "Summary",
      [
        .init("identifier", "标识", "Identifier", .text(entry.identifier)),
        .init("meaning", "含义", "Meaning", Cell(.words(definition.title))),
        .init(
          "topic", "主题", "Topic",
          Cell(
            .words(PolicyTopic.of(entry.identifier).title),
            link: Address.path("policy", ["topic": PolicyTopic.of(entry.identifier).word, "region": region.code]))),
        .init(
          "differs_by", "随何而异", "Differs by",
          Cell(
            dimensions.isEmpty
              ? .words(LocalizedText("不区分", "nothing"))
              : .words(
                LocalizedText(
                  dimensions.map(\.chinese).joined(separator: "、"), dimensions.map(\.english).joined(separator: ", "))))
        ),
        .init(
          "applies_on", "按何日期取值", "Selected by",
          Cell(
            .words(
              entry.appliesOn == .admission
                ? LocalizedText("入院（就诊）日期", "day of admission or visit")
                : LocalizedText("出院（就诊）日期", "day of discharge or visit")))),
        .init("stated", "规定于", "Stated by", pages.stated(code, for: region.code)),
        .init("covered_since", "数据起自", "Known since", Cell(.time(entry.coveredSince))),
        .init("reviewed", "最近核对", "Last compared with its documents", Cell(.time(entry.reviewed))),
        .init("notes", "说明", "Notes", entry.notes.map { .text($0) } ?? .none),
        .init("file", "数据文件", "File", .text(entry.file)),
      ])
  }

  private func versions(_ entry: PolicyEntry, _ code: String, _ held: PolicySnapshot.Value?, _ region: String)
    -> [[Cell]]
  {
    let versions = entry.versions.versions
    return versions.indices.reversed().map { place in
      let version = versions[place]
      let next = place + 1 < versions.count ? versions[place + 1].effective.adding(days: -1) : nil
      let isHeld = held?.region == code && held?.effective == version.effective
      let state: Cell =
        version.value == nil
        ? Cell(.words(LocalizedText("废止", "repealed")), tone: .quiet)
        : isHeld ? Cell(.words(LocalizedText("该日有效", "in force that day")), tone: .good) : .none
      return [
        Cell(.time(version.effective)), next.map { Cell(.time($0)) } ?? .none,
        version.value.map { Cell(pages.content($0.node, of: entry)) } ?? .none, state, pages.stated(code, for: region),
      ] + pages.cited(version.value?.citation ?? entry.repeals[version.effective])
    }
  }

  private func regions(_ identifier: String, _ day: CalendarDate) -> [[Cell]] {
    pages.book.regions.values.sorted { $0.code < $1.code }.compactMap { region -> [Cell]? in
      guard pages.book.lineage(of: region).contains(where: { $0.entries[identifier] != nil }) else { return nil }
      let name = Cell(.words(region.name), link: PolicyPages.path(identifier, region: region.code, on: day))
      guard region.covered.contains(day) else {
        return [name, Cell(.words(LocalizedText("该日未覆盖", "day not covered")), tone: .quiet)] + Self.blank(5)
      }
      guard let held = (try? pages.book.snapshot(region: region.code, dates: EventDates(on: day)))?[identifier] else {
        return [name, Cell(.words(LocalizedText("该日无规定", "nothing in force")), tone: .quiet)] + Self.blank(5)
      }
      return [
        name, Cell(pages.content(held.node, of: held.entry)), Cell(.time(held.effective)),
        pages.stated(held.region, for: region.code),
      ] + pages.cited(held.citation)
    }
  }

  private static func blank(_ count: Int) -> [Cell] { Array(repeating: .none, count: count) }

  private func filter(_ region: RegionPolicy, _ day: CalendarDate) -> Form {
    .filter([pages.regionField(value: region.code), .init("on", "日期", "On", .day, value: "\(day)")])
  }
}
