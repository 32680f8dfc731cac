import Kernel
import Policy
import Workflows

extension View {
  /// Questions that the documents leave open, with the reading chosen.
  static let policyInterpretations = View(
    "policy/interpretations", "政策释义", "Readings chosen", section: .policy, isEntry: true,
    parameters: [Parameter("region", .text, "统筹区代码，默认全部", "code of a region; all when not given")],
    tables: [PolicyInterpretationsPage.form],
    summary: LocalizedText("文件未明确之处及选定的理解", "what the documents leave open, and the reading chosen")
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyInterpretationsPage(pages: PolicyPages(inquiry: inquiry, sources: sources)).content()
  }
}

/// Open questions with the readings chosen.
struct PolicyInterpretationsPage {
  let pages: PolicyPages

  static let form = TableForm(
    "interpretations", "释义", "Readings",
    [
      .init("region", "统筹区", "Region"), .init("identifier", "简称", "Short name"),
      .init("question", "文件未明确的问题", "What is left open"), .init("reading", "选定的理解及理由", "Reading chosen, and why"),
      .init("decided", "确定日期", "Decided"), .init("values", "据此的政策值", "Values that rest on it"),
    ])

  func content() throws(ViewFault) -> Content {
    let chosen = try pages.region("region")
    let regions = chosen.map { pages.book.lineage(of: $0) } ?? pages.book.regions.values.sorted { $0.code < $1.code }
    let rows = regions.flatMap { region in
      region.interpretations.values.sorted { $0.identifier < $1.identifier }.map { row($0, region) }
    }
    let table = Self.form.table(
      rows, empty: LocalizedText("没有需要释义的问题。", "The documents leave nothing open here."))
    let filter = Form.filter([
      pages.regionField(value: chosen?.code ?? "", none: LocalizedText("全部", "all"))
    ])
    return Content([
      .paragraph(
        LocalizedText(
          "文件没有写明、结算又必须有结论的问题，按下列理解处理；有新文件时以文件为准。",
          "Where documents are silent, these readings hold until a document says otherwise."
        )),
      .form(filter), .table(table),
    ])
  }

  private func row(_ interpretation: Interpretation, _ region: RegionPolicy) -> [Cell] {
    // Regions may use one name for readings of their own: a citation means the nearest one.
    let citing = pages.book.regions.values.filter { place in
      pages.book.lineage(of: place).first { $0.interpretations[interpretation.identifier] != nil }?.code == region.code
    }
    let resting = citing.flatMap { place in
      place.entries.values.filter { entry in
        entry.versions.versions.contains { $0.value?.citation == .interpretation(interpretation.identifier) }
      }.map(\.identifier)
    }
    let identifiers = Set(resting).sorted()
    return [
      Cell(.words(region.name)), .text(interpretation.identifier), .text(interpretation.question),
      .text(interpretation.reading), Cell(.time(interpretation.decided)),
      identifiers.isEmpty
        ? .none
        : .text(
          identifiers.joined(separator: "\n"),
          link: identifiers.count == 1
            ? Address.path("policy/values/\(Address.part(identifiers[0]))", ["region": region.code]) : nil),
    ]
  }
}
