import Kernel
import Payment
import People
import Policy
import Workflows

extension View {
  /// Every term of a year's contract and clearing, each with its document and clause (付费合同与清算办法).
  static let paymentContract = View(
    "payment/contract", "付费合同", "Payment contract", section: .payment, isEntry: true,
    parameters: [.paymentYear, .paymentScheme], tables: [ContractPage.caseTerms, ContractPage.clearingTerms],
    summary: LocalizedText(
      "一年一险种的付费合同与清算办法：每一条款的值、文件与条目",
      "a year's contract and clearing of a scheme: every term with its value, document and clause")
  ) { inquiry, sources async throws(ViewFault) in
    try await ContractPage(inquiry: inquiry, sources: sources).content()
  }
}

/// A term in words.
struct TermRow {
  /// Its place in the files.
  let term: String
  let title: LocalizedText
  let value: LocalizedText
  let citation: Citation?
  /// The file and line, where they are known.
  var place: String = ""

  init(_ term: String, _ chinese: String, _ english: String, _ value: LocalizedText, _ citation: Citation?) {
    self.term = term
    title = LocalizedText(chinese, english)
    self.value = value
    self.citation = citation
  }
}

/// The page of a contract.
struct ContractPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  private static func form(_ key: String, _ chinese: String, _ english: String) -> TableForm {
    TableForm(
      key, chinese, english,
      [
        .init("title", "条款", "Term"), .init("value", "内容", "Value"), .init("source", "文件与条目", "Document and clause"),
        .init("term", "位置", "Place"), .init("file", "文件行", "File"),
      ])
  }

  static let caseTerms = form("case_terms", "病例付费条款", "How cases are paid")
  static let clearingTerms = form("clearing_terms", "拨付与清算条款", "How months are paid and years cleared")

  func content() async throws(ViewFault) -> Content {
    if let nothing = sources.withoutTerms { return nothing }
    let (scheme, year, terms) = try sources.asked(inquiry)
    let words = CitationWords(sources.library.book)
    let rows = (CaseTermRows(terms.cases).rows, ClearingTermRows(terms.clearing).rows)
    let unverified = words.unverified((rows.0 + rows.1).compactMap(\.citation))
    var blocks: [Content.Block] = [.form(.filter(sources.yearFields(scheme, year)))]
    if !unverified.isEmpty {
      let list = unverified.joined(separator: ", ")
      blocks.append(
        .notice(
          Notice(
            .warning, "依据未核对（unverified）的文件 \(list)，不得据以支付",
            "this rests on unverified documents (\(list)); nobody may be paid by it")))
    }
    blocks.append(
      .facts(
        Facts(
          "contract", "合同", "Contract",
          [
            .init("title", "名称", "Title", .text(terms.cases.title)),
            .init("clearing", "清算办法", "Clearing", .text(terms.clearing.title)),
            .init("year", "年度", "Year", .text("\(year)")),
            .init(
              "schemes", "险种", "Schemes",
              .text(
                terms.cases.schemes.sorted { $0.rawValue < $1.rawValue }.map { $0.title[inquiry.language] }
                  .joined(separator: ", "))),
            .init(
              "covered", "清算办法适用日期", "Clearing holds",
              .text("\(terms.clearing.covered.first) – \(terms.clearing.covered.last.map { "\($0)" } ?? "")")),
            .init("identity", "合同数据指纹", "Digest of the files", .text(terms.identity)),
          ])))
    for (form, rows) in [(Self.caseTerms, rows.0), (Self.clearingTerms, rows.1)] {
      blocks.append(
        .table(
          form.table(
            rows.map { row in
              [
                Cell(.words(row.title)), Cell(.words(row.value)), Self.source(row.citation, words), .text(row.term),
                .text(row.place),
              ]
            })))
    }
    blocks.append(
      .links([
        .init("按此合同的病组分析", "Groups under it", Address.path("groups", ["year": "\(year)", "scheme": scheme.rawValue])),
        .init("与另一套付费政策测算对比", "Compare with another policy", "payment/simulation"),
      ]))
    var content = Content(
      blocks,
      title: LocalizedText("\(year) 年\(scheme.title.chinese)付费合同", "Payment contract \(year), \(scheme.title.english)"))
    content.trail = [.init("拨付与清算", "Payment runs", "payment")]
    content.isPrintable = true
    return content
  }

  /// Where a term comes from, with the way to its document.
  static func source(_ citation: Citation?, _ words: CitationWords) -> Cell {
    guard let citation else { return .none }
    var link: String?
    if case .document(let identifier, _) = citation { link = "policy/documents/\(Address.part(identifier))" }
    return Cell(
      .words(words.text(citation)), link: link, tone: words.trust(citation) == .unverified ? .warning : nil)
  }
}
