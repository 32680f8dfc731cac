import Kernel
import Workflows

/// A page of the console and, under the same path, a resource of the API.
///
/// One file each under `Views/`: what it is called, what may be asked, what it answers. Routes, navigation, the OpenAPI
/// document and exports follow from it.
struct View: Sendable {
  /// The path below `/console` and `/api/v1`, with `{name}` for a part that is asked for: `settlements/{id}`.
  let path: String
  let title: LocalizedText
  /// Where it stands in the navigation.
  let section: Section
  /// Whether the navigation leads to it.
  let isEntry: Bool
  let right: Right
  /// What may be asked: parts of the path, and the query.
  let parameters: [Parameter]
  /// The tables that the answer can hold.
  let tables: [TableForm]
  /// What it answers, for the API's document.
  let summary: LocalizedText
  let make: @Sendable (Inquiry, ConsoleSources) async throws(ViewFault) -> Content

  init(
    _ path: String, _ chinese: String, _ english: String, section: Section, isEntry: Bool = false,
    right: Right = .view, parameters: [Parameter] = [], tables: [TableForm] = [], summary: LocalizedText? = nil,
    make: @escaping @Sendable (Inquiry, ConsoleSources) async throws(ViewFault) -> Content
  ) {
    self.path = path
    title = LocalizedText(chinese, english)
    self.section = section
    self.isEntry = isEntry
    self.right = right
    self.parameters = parameters
    self.tables = tables
    self.summary = summary ?? LocalizedText(chinese, english)
    self.make = make
  }
}

/// A part of the navigation, in its order.
enum Section: String, Sendable, CaseIterable {
  case overview, settlements, persons, institutions, ledger, groups, payment, policy, messages, quality, access

  var title: LocalizedText {
    switch self {
    case .overview: LocalizedText("总览", "Overview")
    case .settlements: LocalizedText("结算", "Settlements")
    case .persons: LocalizedText("参保人", "Persons")
    case .institutions: LocalizedText("定点机构", "Institutions")
    case .ledger: LocalizedText("基金账", "Ledger")
    case .groups: LocalizedText("病组病种", "Groups")
    case .payment: LocalizedText("支付清算", "Payment")
    case .policy: LocalizedText("政策", "Policy")
    case .messages: LocalizedText("接口", "Interface")
    case .quality: LocalizedText("数据质量", "Data quality")
    case .access: LocalizedText("账户与留痕", "Access")
    }
  }
}

/// Something that may be asked of a view.
struct Parameter: Sendable {
  enum Kind: Sendable {
    case text
    case day
    case month
    case year
    case whole(ClosedRange<Int>)
    case choice([String])
  }

  let name: String
  let kind: Kind
  let note: LocalizedText
  /// Whether it is a part of the path, and so always there.
  let isInPath: Bool

  init(_ name: String, _ kind: Kind, _ chinese: String, _ english: String, isInPath: Bool = false) {
    self.name = name
    self.kind = kind
    note = LocalizedText(chinese, english)
    self.isInPath = isInPath
  }

  /// Which page of a list.
  static let page = Parameter("page", .whole(1...1_000_000), "页码，从 1 起", "page, from 1")
  /// How many rows a page has.
  static let size = Parameter("size", .whole(1...1_000), "每页行数", "rows of a page")
}

/// Why a view does not answer.
enum ViewFault: Error, Sendable {
  /// What was asked for is not there.
  case notFound(LocalizedText)
  /// A parameter cannot be understood.
  case parameter(String, LocalizedText)
  /// What was asked for may not be done; nothing was changed.
  case refused(LocalizedText)
  /// It is known and not offered here.
  case notOffered(LocalizedText)
  /// The store cannot answer now.
  case store(StoreError)

  var status: Int {
    switch self {
    case .notFound: 404
    case .parameter: 400
    case .refused: 422
    case .notOffered: 404
    case .store: 503
    }
  }

  /// A word for programs.
  var code: String {
    switch self {
    case .notFound: "not-found"
    case .parameter: "bad-parameter"
    case .refused: "refused"
    case .notOffered: "not-offered"
    case .store: "store-unavailable"
    }
  }

  var message: LocalizedText {
    switch self {
    case .notFound(let text), .refused(let text), .notOffered(let text): text
    case .parameter(let name, let text):
      LocalizedText("查询条件 \(name)：\(text.chinese)", "parameter \(name): \(text.english)")
    case .store(let error): DeskRefusal.store(error).message
    }
  }
}
