import Kernel
import Workflows

extension View {
  /// What everybody did (操作留痕).
  static let trail = View(
    "trail", "操作留痕", "Audit trail", section: .access, isEntry: true, right: .readTrail,
    parameters: [
      Parameter("from", .day, "起始日期，默认今天", "from this day on; today when not given"),
      Parameter("to", .day, "截止日期", "to this day"), Parameter("account", .text, "账户名", "account"),
      Parameter("action", .choice(TrailAction.allCases.map(\.rawValue)), "操作", "kind of action"), .page, .size,
    ], tables: [TrailPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    let from = try inquiry.day("from") ?? inquiry.now.day
    let to = try inquiry.day("to") ?? inquiry.now.day
    let action = try inquiry.choice("action", of: TrailAction.self)
    let entries = try await AccountPages.get(
      sources.accountDesk.trail(from: "\(from) 00:00:00", to: "\(to) 23:59:59", account: inquiry["account"]))
    let request = try inquiry.pageRequest(size: 100)
    let page = Page(entries.filter { action == nil || $0.action == action }.reversed(), request)
    let filter = Form.filter([
      .init("from", "起始日期", "From", .day, value: "\(from)"), .init("to", "截止日期", "To", .day, value: "\(to)"),
      .init("account", "账户名", "Account", value: inquiry["account"] ?? ""),
      .init(
        "action", "操作", "Action",
        .choice([("", LocalizedText("全部", "all"))] + TrailAction.allCases.map { ($0.rawValue, $0.title) }),
        value: action?.rawValue ?? ""),
    ])
    return Content([
      .form(filter),
      .table(
        TrailPage.form.table(
          page.rows.map(TrailPage.row),
          of: PageOfRows(number: request.number, size: request.size, total: page.total))),
    ])
  }
}

/// The trail as a table.
enum TrailPage {
  static let form = TableForm(
    "trail", "操作留痕", "Audit trail",
    [
      .init("time", "时间", "Time"), .init("account", "账户", "Account"), .init("action", "操作", "Action"),
      .init("object", "对象", "On what"), .init("outcome", "结果", "Outcome"), .init("reason", "事由", "Reason"),
    ])

  static func row(_ entry: TrailEntry) -> [Cell] {
    [
      .text(entry.time), .text(entry.subject), Cell(.words(entry.action.title)), .text(entry.object),
      Cell(.text(entry.outcome), tone: entry.outcome == "ok" ? nil : .warning), .text(entry.reason),
    ]
  }
}
