import Kernel
import Workflows

extension View {
  /// One message, masked.
  static let message = View(
    "messages/{ordinal}", "接口报文", "Message", section: .messages,
    parameters: [
      Parameter("ordinal", .whole(1...Int.max), "日志序号", "place in the log", isInPath: true)
    ], summary: LocalizedText("一条报文（个人字段已脱敏）", "one message, personal fields masked")
  ) { inquiry, sources async throws(ViewFault) in
    guard let ordinal = try inquiry.whole("ordinal", in: 1...Int.max), let request = PageRequest(number: 1, size: 1)
    else { throw .notFound(LocalizedText("没有这条报文", "there is no such message")) }
    var filter = MessageFilter()
    filter.ordinal = Int64(ordinal)
    let wanted = filter
    let page = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.messages(wanted, page: request)
    }
    guard let message = page.rows.first else {
      throw .notFound(
        LocalizedText("日志中没有第 \(ordinal) 条报文；较早的报文已清除", "the log has no message \(ordinal); older ones are forgotten"))
    }
    let names = try await sources.institutionNames([message.institution])
    return MessagePage(pages: MessagePages(inquiry: inquiry, sources: sources), message: message, names: names).content
  }
}

/// One message of the log.
struct MessagePage {
  let pages: MessagePages
  let message: LoggedMessage
  let names: [String: String]

  var content: Content {
    var blocks: [Content.Block] = []
    if message.isRefused {
      let meaning = pages.meaning(message.outcome)
      blocks.append(
        .notice(
          Notice(
            .warning, "被拒绝（\(message.outcome)）：\(meaning.chinese)", "refused (\(message.outcome)): \(meaning.english)"))
      )
    }
    blocks.append(.facts(facts))
    if !message.error.isEmpty {
      blocks.append(.verbatim(title: LocalizedText("应答中的错误说明", "error"), text: message.error))
    }
    if message.isContentKept {
      blocks.append(
        .verbatim(title: LocalizedText("请求报文（已脱敏）", "request"), text: PrettyJSON.text(message.input)))
    } else {
      blocks.append(
        .notice(
          Notice(
            .quiet, "当时报文过多，只记录了结果和耗时，未保存内容",
            "too many messages came at that time: outcome and time are logged, not the content")))
    }
    var content = Content(
      blocks, title: LocalizedText("第 \(message.ordinal) 条报文", "Message \(message.ordinal)"))
    content.trail = [.init("接口报文", "Messages", "messages")]
    return content
  }

  private var facts: Facts {
    Facts(
      "message", "基本情况", "Summary",
      [
        .init("time", "收到时间", "Time", .text(message.time)),
        .init(
          "transaction", "交易", "Transaction",
          Cell(
            .words(pages.transaction(message.transaction)),
            link: MessagePages.path(["infno": message.transaction]))),
        .init(
          "institution", "机构", "Institution",
          .text(
            [names[message.institution] ?? "", message.institution].filter { !$0.isEmpty }.joined(separator: " "),
            link: message.institution.isEmpty ? nil : "institutions/\(Address.part(message.institution))")),
        .init(
          "msgid", "报文标识", "Message", .text(message.message, link: MessagePages.path(["msgid": message.message]))),
        .init(
          "outcome", "结果", "Outcome",
          pages.outcome(message.outcome, link: MessagePages.path(["outcome": "\(message.outcome)"]))),
        .init("milliseconds", "耗时（毫秒）", "Took, ms", Cell(MessagePages.milliseconds(message.microseconds))),
        .init("bytes_in", "请求（字节）", "Request, bytes", .count(message.bytesIn)),
        .init("bytes_out", "应答（字节）", "Answer, bytes", .count(message.bytesOut)),
      ])
  }
}
