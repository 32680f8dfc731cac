import Kernel
import Workflows

extension View {
  /// The messages of the interface, latest first.
  static let messages = View(
    "messages", "接口报文", "Messages", section: .messages, isEntry: true,
    parameters: [
      Parameter("from", .text, "起始时间：2026-03-01 或 2026-03-01 08:00:00", "from this day or time on"),
      Parameter("to", .text, "截止时间", "to this day or time"), Parameter("infno", .text, "交易编号", "transaction"),
      Parameter("institution", .text, "机构编号", "institution's code"),
      Parameter("result", .choice(["refused", "done"]), "结果", "outcome: refused or done"),
      Parameter("outcome", .whole(0...65_535), "结果编号", "outcome's number"),
      Parameter("slower_than", .whole(0...3_600_000), "耗时超过（毫秒）", "took longer than, milliseconds"),
      Parameter("msgid", .text, "报文标识", "message's identifier"), .page, .size,
    ], tables: [MessageListPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try await MessageListPage(pages: MessagePages(inquiry: inquiry, sources: sources)).content()
  }
}

/// The messages of the interface.
struct MessageListPage {
  let pages: MessagePages
  private var inquiry: Inquiry { pages.inquiry }

  static let form = TableForm(
    "messages", "报文", "Messages",
    [
      .init("ordinal", "序号", "Number", .count), .init("time", "时间", "Time"),
      .init("transaction", "交易", "Transaction"), .init("institution", "机构", "Institution"),
      .init("outcome", "结果", "Outcome"), .init("milliseconds", "耗时（毫秒）", "Took, ms", .decimal(places: 3)),
      .init("bytes_in", "请求（字节）", "Request, bytes", .count), .init("bytes_out", "应答（字节）", "Answer, bytes", .count),
      .init("msgid", "报文标识", "Message"),
    ])

  func content() async throws(ViewFault) -> Content {
    let filter = try filter()
    let request = try inquiry.pageRequest()
    let sources = pages.sources
    let page = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.messages(filter, page: request)
    }
    let names = try await sources.institutionNames(Set(page.rows.map(\.institution)))
    let table = Self.form.table(
      page.rows.map { row($0, names) },
      of: PageOfRows(number: request.number, size: request.size, total: page.total),
      empty: LocalizedText(
        "没有符合条件的报文；请放宽条件，或到「接口试用」发送一笔。日志只保留最近的报文。",
        "No message fits; ask for less, or send one at Try it. The log keeps the latest messages."))
    return Content([.form(form), .table(table)])
  }

  private func filter() throws(ViewFault) -> MessageFilter {
    var filter = MessageFilter()
    filter.from = try time("from")
    filter.to = try time("to")
    filter.transaction = inquiry["infno"]
    filter.institution = inquiry["institution"]
    filter.outcome = try inquiry.whole("outcome", in: 0...65_535)
    filter.slowerThan = try inquiry.whole("slower_than", in: 0...3_600_000).map { Int64($0) * 1_000 }
    filter.message = inquiry["msgid"]
    switch inquiry["result"] {
    case nil: break
    case "refused": filter.isRefused = true
    case "done": filter.isRefused = false
    case let other?:
      throw .parameter("result", LocalizedText("没有 \(other)；应为 refused 或 done", "\(other) is neither refused nor done"))
    }
    return filter
  }

  private func time(_ name: String) throws(ViewFault) -> String? {
    guard let text = inquiry[name] else { return nil }
    guard Moment(text) != nil else {
      throw .parameter(
        name,
        LocalizedText(
          "「\(text)」应为 2026-03-01 或 2026-03-01 08:00:00", "\"\(text)\" is no day or time like 2026-03-01 08:00:00"))
    }
    return text
  }

  private func row(_ message: LoggedMessage, _ names: [String: String]) -> [Cell] {
    let link = "messages/\(message.ordinal)"
    return [
      .count(Int(message.ordinal), link: link), .text(message.time, link: link),
      Cell(.words(pages.transaction(message.transaction)), link: MessagePages.path(["infno": message.transaction])),
      .text(
        names[message.institution] ?? message.institution,
        link: message.institution.isEmpty ? nil : MessagePages.path(["institution": message.institution])),
      pages.outcome(message.outcome), Cell(MessagePages.milliseconds(message.microseconds)), .count(message.bytesIn),
      .count(message.bytesOut), .text(message.message),
    ]
  }

  private var form: Form {
    func value(_ name: String) -> String { inquiry[name] ?? "" }
    return .filter([
      .init("from", "起始时间", "From", value: value("from"), hint: LocalizedText("日期或时间", "day or time")),
      .init("to", "截止时间", "To", value: value("to")),
      pages.transactionField(value: value("infno")),
      .init("institution", "机构编号", "Institution", value: value("institution")),
      .init(
        "result", "结果", "Outcome",
        .choice([
          ("", LocalizedText("全部", "all")), ("refused", LocalizedText("被拒绝", "refused")),
          ("done", LocalizedText("成功", "carried out")),
        ]), value: value("result")),
      .init("outcome", "结果编号", "Number", .whole, value: value("outcome")),
      .init("slower_than", "耗时超过（毫秒）", "Slower than, ms", .whole, value: value("slower_than")),
      .init("msgid", "报文标识", "Message", value: value("msgid")),
    ])
  }
}
