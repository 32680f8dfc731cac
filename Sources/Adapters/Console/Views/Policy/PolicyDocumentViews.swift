import Kernel
import Policy
import Workflows

extension View {
  /// The documents that policy comes from.
  static let policyDocuments = View(
    "policy/documents", "政策文件", "Policy documents", section: .policy, isEntry: true,
    parameters: [
      Parameter("text", .text, "标题、文号、发文单位中的文字", "part of a title, number or issuer"),
      Parameter("trust", .choice(SourceDocument.Trust.allCases.map(\.rawValue)), "核对程度", "trust"),
    ], tables: [PolicyDocumentPages.list]
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyDocumentPages(pages: PolicyPages(inquiry: inquiry, sources: sources)).list()
  }

  /// One document with what rests on it.
  static let policyDocument = View(
    "policy/documents/{id}", "政策文件", "Policy document", section: .policy,
    parameters: [Parameter("id", .text, "文件简称", "the document's short name", isInPath: true)],
    tables: [PolicyDocumentPages.values]
  ) { inquiry, sources async throws(ViewFault) in
    try PolicyDocumentPages(pages: PolicyPages(inquiry: inquiry, sources: sources)).document()
  }
}

/// Documents and what rests on them.
struct PolicyDocumentPages {
  let pages: PolicyPages

  static let list = TableForm(
    "documents", "政策文件", "Documents",
    [
      .init("id", "简称", "Short name"), .init("title", "标题", "Title"), .init("number", "文号", "Number"),
      .init("issuer", "发文单位", "Issuer"), .init("issued", "发文日期", "Issued"), .init("trust", "核对程度", "Trust"),
      .init("values", "依据它的政策值版本", "Versions that rest on it", .count),
    ])

  static let values = TableForm(
    "values", "依据此文件的政策值", "Values that rest on it",
    [
      .init("region", "统筹区", "Region"), .init("title", "名称", "Value"), .init("effective", "施行日期", "Since"),
      .init("clause", "条款", "Clause"), .init("content", "内容", "Content"), .init("identifier", "标识", "Identifier"),
    ])

  /// A version of a value, or the end of one, with the clause that it rests on.
  private struct Use {
    let region: RegionPolicy
    let entry: PolicyEntry
    let effective: CalendarDate
    let node: PolicyNode?
    let clause: String
  }

  /// What rests on each document.
  private var uses: [String: [Use]] {
    var uses: [String: [Use]] = [:]
    for region in pages.book.regions.values.sorted(by: { $0.code < $1.code }) {
      for entry in region.entries.values.sorted(by: { $0.identifier < $1.identifier }) {
        for version in entry.versions.versions {
          let citation = version.value?.citation ?? entry.repeals[version.effective]
          guard case .document(let name, let clause)? = citation else { continue }
          uses[name, default: []].append(
            Use(region: region, entry: entry, effective: version.effective, node: version.value?.node, clause: clause))
        }
      }
    }
    return uses
  }

  func list() throws(ViewFault) -> Content {
    let trust = try pages.inquiry.choice("trust", of: SourceDocument.Trust.self)
    let text = pages.inquiry["text"]?.lowercased()
    let uses = uses
    let documents = pages.book.documents.values.sorted { $0.identifier < $1.identifier }.filter { document in
      let parts = [document.identifier, document.title, document.number ?? "", document.issuer]
      return (trust == nil || document.trust == trust)
        && (text.map { text in parts.contains { $0.lowercased().contains(text) } } ?? true)
    }
    let rows = documents.map { document in
      [
        .text(document.identifier, link: "policy/documents/\(Address.part(document.identifier))"),
        .text(document.title), .text(document.number ?? ""), .text(document.issuer),
        document.issued.map { Cell(.time($0)) } ?? .none, pages.trust(document.trust),
        .count(uses[document.identifier]?.count ?? 0),
      ]
    }
    let filter = Form.filter([
      .init("text", "标题、文号、发文单位", "Title, number, issuer", value: pages.inquiry["text"] ?? ""),
      .init(
        "trust", "核对程度", "Trust",
        .choice(
          [("", LocalizedText("全部", "all"))]
            + SourceDocument.Trust.allCases.map { (value: $0.rawValue, title: $0.title) }), value: trust?.rawValue ?? ""
      ),
    ])
    return Content([
      .form(filter),
      .table(Self.list.table(rows, empty: LocalizedText("没有符合条件的文件；请放宽条件。", "No document fits; ask for less."))),
    ])
  }

  func document() throws(ViewFault) -> Content {
    let id = try pages.inquiry.part("id")
    guard let document = pages.book.documents[id] else {
      throw .notFound(LocalizedText("没有文件 \(id)；请从文件列表查找", "there is no document \(id); look it up in the list"))
    }
    let rows = (uses[id] ?? []).map { use in
      [
        Cell(.words(use.region.name)),
        Cell(
          .words(use.entry.name),
          link: PolicyPages.path(use.entry.identifier, region: use.region.code, on: use.effective)),
        Cell(.time(use.effective)), .text(use.clause),
        use.node.map { Cell(pages.content($0, of: use.entry)) }
          ?? Cell(.words(LocalizedText("废止", "repealed")), tone: .quiet), .text(use.entry.identifier),
      ]
    }
    let facts = Facts(
      "document", "基本情况", "Summary",
      [
        .init("id", "简称", "Short name", .text(document.identifier)),
        .init("number", "文号", "Number", .text(document.number ?? "")),
        .init("issuer", "发文单位", "Issuer", .text(document.issuer)),
        .init("issued", "发文日期", "Issued", document.issued.map { Cell(.time($0)) } ?? .none),
        .init("trust", "核对程度", "Trust", pages.trust(document.trust)),
        .init("address", "出处", "Where to read it", .text(document.address ?? "")),
        .init("notes", "说明", "Notes", .text(document.notes ?? "")),
      ])
    let used = Self.values.table(
      rows,
      empty: LocalizedText(
        "没有待遇政策值依据此文件；它可能用于支付、清算或监管规则。", "No benefit value rests on it; payment or clearing may."))
    var content = Content(
      (document.trust == .unverified ? pages.unverified([.document(id, clause: "")]) : [])
        + [.facts(facts), .table(used)], title: LocalizedText(document.title, document.title))
    content.trail = [.init("政策文件", "Policy documents", "policy/documents")]
    content.isPrintable = true
    return content
  }
}
