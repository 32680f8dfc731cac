import Kernel
import Policy
import Settlement
import Workflows

/// What the pages about policy share: the region and day asked for, words, cells.
struct PolicyPages {
  let inquiry: Inquiry
  let sources: ConsoleSources

  var book: PolicyBook { sources.library.book }
  let words = PolicyWords(.inWords)

  /// Parameters that several pages have.
  static let region = Parameter("region", .text, "统筹区代码，默认本统筹区", "code of a region; this one when not given")

  // MARK: What is asked for

  /// The region that is asked for; the payer's own when none is.
  func region() throws(ViewFault) -> RegionPolicy {
    try region(code: inquiry["region"] ?? sources.region, "region")
  }

  /// The region of a parameter; `nil` when none is asked for.
  func region(_ name: String) throws(ViewFault) -> RegionPolicy? {
    guard let code = inquiry[name] else { return nil }
    return try region(code: code, name)
  }

  private func region(code: String, _ name: String) throws(ViewFault) -> RegionPolicy {
    guard let region = book.regions[code] else {
      let known = book.regions.keys.sorted().joined(separator: ", ")
      throw .parameter(
        name, LocalizedText("没有统筹区 \(code) 的政策数据；已有 \(known)", "no policy of region \(code); there are \(known)"))
    }
    return region
  }

  /// The day that is asked for; today, or the nearest day that the region covers.
  func day(_ name: String, in region: RegionPolicy) throws(ViewFault) -> CalendarDate {
    if let day = try inquiry.day(name) { return day }
    let today = max(inquiry.now.day, region.covered.first)
    return region.covered.last.map { min($0, today) } ?? today
  }

  /// What is in force in a region on a day.
  func snapshot(_ region: RegionPolicy, on day: CalendarDate) throws(ViewFault) -> PolicySnapshot {
    do throws(PolicyRefusal) {
      return try book.snapshot(region: region.code, dates: EventDates(on: day))
    } catch { throw .refused(error.message) }
  }

  // MARK: Forms

  /// The regions that may be chosen.
  func regionField(
    _ name: String = "region", _ chinese: String = "统筹区", _ english: String = "Region", value: String,
    none: LocalizedText? = nil
  ) -> Form.Field {
    let regions = book.regions.values.sorted { $0.code < $1.code }.map { region in
      (
        value: region.code,
        title: LocalizedText("\(region.name.chinese) \(region.code)", "\(region.name.english) \(region.code)")
      )
    }
    return Form.Field(
      name, chinese, english, .choice((none.map { [(value: "", title: $0)] } ?? []) + regions), value: value)
  }

  // MARK: Cells

  /// The content of a value, one line for each key.
  func content(_ node: PolicyNode, of entry: PolicyEntry) -> Value {
    Self.lines(words.lines(node, of: entry).map(\.text))
  }

  /// Texts below each other.
  static func lines(_ texts: [LocalizedText]) -> Value {
    texts.isEmpty
      ? .none
      : .words(
        LocalizedText(
          texts.map(\.chinese).joined(separator: "\n"), texts.map(\.english).joined(separator: "\n")))
  }

  /// Columns of where something comes from: document, clause, and whether it may be trusted.
  static let citedColumns: [TableForm.Column] = [
    .init("document", "文件", "Document"), .init("clause", "条款", "Clause"), .init("trust", "核对程度", "Trust"),
  ]

  /// Cells of where something comes from.
  func cited(_ citation: Citation?) -> [Cell] {
    switch citation {
    case nil: return [.none, .none, .none]
    case .interpretation(let name):
      return [
        Cell(
          .words(LocalizedText("释义 \(name)", "interpretation \(name)")), link: "policy/interpretations"),
        .none, Cell(.words(LocalizedText("选定的理解", "a reading chosen")), tone: .quiet),
      ]
    case .document(let identifier, let clause):
      let document = book.documents[identifier]
      let number = document?.number.map { " \($0)" } ?? ""
      return [
        .text((document?.title ?? identifier) + number, link: "policy/documents/\(Address.part(identifier))"),
        .text(clause), document.map { trust($0.trust) } ?? .none,
      ]
    }
  }

  /// How far a document can be trusted, as a mark.
  func trust(_ trust: SourceDocument.Trust) -> Cell {
    let tone: Cell.Tone? =
      switch trust {
      case .official: .good
      case .secondary: nil
      case .unverified: .warning
      case .sample: .quiet
      }
    return Cell(.words(trust.title), tone: tone)
  }

  /// Where a value is stated: the region itself, or one that it extends.
  func stated(_ code: String, for region: String) -> Cell {
    let name = book.regions[code]?.name ?? LocalizedText(code, code)
    return code == region
      ? Cell(.words(LocalizedText("\(name.chinese)（本区）", "\(name.english) (own)")))
      : Cell(.words(LocalizedText("\(name.chinese)（沿用）", "\(name.english) (inherited)")), tone: .quiet)
  }

  /// Where the page of a value is.
  static func path(_ identifier: String, region: String, on day: CalendarDate) -> String {
    Address.path("policy/values/\(Address.part(identifier))", ["region": region, "on": "\(day)"])
  }

  /// A notice when something rests on documents that nobody may be paid by.
  func unverified(_ citations: [Citation]) -> [Content.Block] {
    let names = CitationWords(book).unverified(citations)
    guard !names.isEmpty else { return [] }
    let list = names.joined(separator: ", ")
    return [
      .notice(
        Notice(
          .warning, "依据未核对（unverified）的文件 \(list)，不得据以支付",
          "this rests on unverified documents (\(list)); nobody may be paid by it"))
    ]
  }
}
