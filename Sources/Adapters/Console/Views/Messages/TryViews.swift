import Kernel
import Workflows

extension View {
  /// The transactions that can be tried out.
  static let tryList = View(
    "try", "接口试用", "Try it", section: .messages, isEntry: true, right: .handle,
    parameters: [Parameter("text", .text, "交易编号或名称中的文字", "part of a number or title")], tables: [TryPages.list],
    summary: LocalizedText("可以试用的接口交易", "transactions that can be tried out")
  ) { inquiry, sources async throws(ViewFault) in
    try TryPages(inquiry: inquiry, sources: sources).list()
  }

  /// One transaction with an example filled in, ready to be sent.
  static let tryOne = View(
    "try/{transaction}", "接口试用", "Try a transaction", section: .messages, right: .handle,
    parameters: [
      Parameter("transaction", .text, "交易编号", "transaction", isInPath: true),
      Parameter("person", .text, "人员编号", "person"), Parameter("institution", .text, "机构编号", "institution"),
      Parameter("visit", .text, "就诊编号", "visit"), Parameter("settlement", .text, "结算编号", "settlement"),
    ], summary: LocalizedText("一个交易的示例报文", "an example message of a transaction")
  ) { inquiry, sources async throws(ViewFault) in
    try await TryPages(inquiry: inquiry, sources: sources).example()
  }
}

extension Action {
  /// Sends a message to the interface, as an institution would.
  static let sendTransaction = Action(
    "try/{transaction}", "发送交易", "Send a transaction", section: .messages, right: .handle,
    parameters: [
      Parameter("transaction", .text, "交易编号", "transaction", isInPath: true),
      Parameter("message", .text, "报文（JSON）", "the message, JSON"),
    ], trail: .transaction
  ) { inquiry, sources async throws(ViewFault) in
    .content(try await TryPages(inquiry: inquiry, sources: sources).send())
  }
}

/// Trying transactions out: choose, fill in, send, see what comes of it.
struct TryPages {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let list = TableForm(
    "transactions", "可试用的交易", "Transactions",
    [.init("number", "交易编号", "Number"), .init("title", "名称", "Title")])

  /// What follows what, for visits from the first message to the last.
  static let courses: [(title: LocalizedText, numbers: [String])] = [
    (
      LocalizedText("门诊：挂号、上传费用、预结算、结算", "Outpatient: register, upload fees, work out, settle"),
      ["2201", "2204", "2206", "2207"]
    ),
    (
      LocalizedText("住院：入院、上传费用、预结算、出院、结算", "Stay: admit, upload fees, work out, discharge, settle"),
      ["2401", "2301", "2303", "2402", "2304"]
    ),
    (LocalizedText("药店购药：预结算、结算", "Pharmacy: work out, settle"), ["2101", "2102"]),
    (
      LocalizedText("查询与对账：人员、就诊、年度累计、对总账", "Queries: person, visits, the year, totals"),
      ["1101", "5201", "5206", "3201"]
    ),
  ]

  private func offered() throws(ViewFault) -> any TransactionExamples {
    guard let examples = sources.examples else {
      throw .notOffered(
        LocalizedText("本站未接入国家接口，不能试用交易", "the site is not joined to the interface; nothing can be tried"))
    }
    return examples
  }

  private var words: MessagePages { MessagePages(inquiry: inquiry, sources: sources) }

  private func link(_ number: String, _ query: [String: String?] = [:]) -> Content.Link {
    let title = words.transaction(number)
    return Content.Link(title.chinese, title.english, Address.path("try/\(Address.part(number))", query))
  }

  // MARK: Choosing

  func list() throws(ViewFault) -> Content {
    guard let examples = sources.examples else {
      return Content([
        .notice(
          Notice(
            .warning, "本站未接入国家接口，不能试用交易；请用 yibao serve 启动",
            "the site is not joined to the interface, so nothing can be tried; start it with yibao serve"))
      ])
    }
    let text = inquiry["text"]?.lowercased()
    let rows = examples.offered.filter { one in
      text.map { text in
        [one.number, one.title.chinese, one.title.english].contains { $0.lowercased().contains(text) }
      } ?? true
    }.map { one in [Cell.text(one.number, link: "try/\(Address.part(one.number))"), Cell(.words(one.title))] }
    var blocks: [Content.Block] = [
      .notice(
        Notice(
          .warning, "这里发送的交易由平台真实处理并记账，请只在试用环境使用，或只发查询和预结算",
          "what is sent here is carried out and booked; use it where nothing depends on it, or for queries alone"))
    ]
    if text == nil {
      for course in Self.courses { blocks += [.heading(course.title), .links(course.numbers.map { link($0) })] }
    }
    blocks.append(
      .form(.filter([.init("text", "编号或名称", "Number or title", value: inquiry["text"] ?? "")])))
    blocks.append(
      .table(
        Self.list.table(rows, empty: LocalizedText("没有符合条件的交易；请放宽条件。", "No transaction fits; ask for less."))))
    return Content(blocks)
  }

  // MARK: Filling in

  func example() async throws(ViewFault) -> Content {
    let number = try inquiry.part("transaction")
    let examples = try offered()
    var wish = ExampleWish()
    (wish.person, wish.institution) = (inquiry["person"], inquiry["institution"])
    (wish.visit, wish.settlement) = (inquiry["visit"], inquiry["settlement"])
    let wanted = wish
    let message = try await sources.ask { () async throws(StoreError) in
      try await examples.message(number, about: wanted)
    }
    guard let message else {
      throw .notFound(
        LocalizedText("接口不提供交易 \(number)；请从「接口试用」选择", "the interface does not offer \(number); choose one at Try it"))
    }
    let prefill = Form(
      .ask, title: LocalizedText("换一个对象", "About somebody else"),
      [
        .init("person", "人员编号", "Person", value: inquiry["person"] ?? ""),
        .init("institution", "机构编号", "Institution", value: inquiry["institution"] ?? ""),
        .init("visit", "就诊编号", "Visit", value: inquiry["visit"] ?? ""),
        .init("settlement", "结算编号", "Settlement", value: inquiry["settlement"] ?? ""),
      ], submit: LocalizedText("重新填写示例", "Fill in again"))
    let form = Form(
      .act, to: "try/\(Address.part(number))", title: LocalizedText("发送", "Send"),
      [
        .init(
          "message", "报文", "Message", .lines(rows: 28), value: PrettyJSON.text(message), isRequired: true,
          hint: LocalizedText(
            "msgid 每次打开本页都是新的；空白的编号须先填写，可从上一步的结果页进入自动带入。",
            "Each look at this page has a new msgid; fill in numbers that are empty, or come from the step before."))
      ], submit: LocalizedText("发送", "Send"))
    var content = Content([.form(prefill), .form(form)], title: words.transaction(number))
    content.trail = [.init("接口试用", "Try it", "try")]
    return content
  }

  // MARK: Sending

  func send() async throws(ViewFault) -> Content {
    let number = try inquiry.part("transaction")
    _ = try offered()
    let message = try inquiry.part("message")
    let named = try JSONFacts(message, "message")
    guard named.text("infno") == number else {
      throw .parameter(
        "message",
        LocalizedText(
          "报文的 infno 是「\(named.text("infno") ?? "")」，本页是 \(number)；请从对应交易的页面发送",
          "infno is \"\(named.text("infno") ?? "")\" and this page is \(number); send it from that transaction's page"))
    }
    let answer = String(decoding: await sources.call(Array(message.utf8)), as: UTF8.self)
    guard let facts = try? JSONFacts(answer, "answer") else {
      // A file (9102) is no envelope.
      return result(
        number,
        [
          .notice(
            Notice(.good, "应答是文件，共 \(answer.utf8.count) 字节", "the answer is a file of \(answer.utf8.count) bytes"))
        ], message)
    }
    return result(number, outcome(facts, number, named), message, answer)
  }

  private func outcome(_ facts: JSONFacts, _ number: String, _ sent: JSONFacts) -> [Content.Block] {
    let isDone = facts.text("infcode") == "0"
    let error = facts.text("err_msg") ?? ""
    let warning = facts.text("warn_msg") ?? ""
    var blocks: [Content.Block] = [
      .notice(
        isDone
          ? Notice(
            .good, "\(words.transaction(number).chinese) 成功", "\(words.transaction(number).english): carried out")
          : Notice(.bad, "被拒绝：\(error)", "refused: \(error)"))
    ]
    if !warning.isEmpty { blocks.append(.notice(Notice(.warning, "提示：\(warning)", "the payer says: \(warning)"))) }
    let (visit, settlement) = (facts.found("mdtrt_id") ?? sent.found("mdtrt_id"), facts.found("setl_id"))
    let stored = settlement.flatMap { number.hasPrefix("5") || Self.settling.contains(number) ? $0 : nil }
    blocks.append(
      .facts(
        Facts(
          "result", "结果", "Result",
          [
            .init("code", "返回码 infcode", "infcode", .text(facts.text("infcode") ?? "")),
            .init("answer", "应答编号", "Answer", .text(facts.text("inf_refmsgid") ?? "")),
            .init(
              "msgid", "报文标识", "Message",
              .text(sent.text("msgid") ?? "", link: MessagePages.path(["msgid": sent.text("msgid")]))),
            .init("visit", "就诊编号", "Visit", .text(visit ?? "")),
            .init(
              "settlement", "结算单", "Settlement",
              stored.map { .text($0, link: "settlements/\(Address.part($0))") } ?? .none),
          ])))
    if isDone { blocks += next(number, sent, visit: visit, settlement: stored) }
    return blocks
  }

  /// Transactions whose answer names a settlement that was stored.
  private static let settling: Set = ["2102", "2103", "2207", "2208", "2304", "2305"]

  /// What may follow, with what came out filled in.
  private func next(_ number: String, _ sent: JSONFacts, visit: String?, settlement: String?) -> [Content.Block] {
    var numbers: [String] = []
    for course in Self.courses {
      if let place = course.numbers.firstIndex(of: number) { numbers += course.numbers[(place + 1)...].prefix(2) }
    }
    switch number {
    case "2102": numbers += ["2103", "5203"]
    case "2207": numbers += ["2208", "2601", "5203", "5204"]
    case "2304": numbers += ["2305", "2601", "5203", "5204"]
    default: break
    }
    guard !numbers.isEmpty else { return [] }
    let query: [String: String?] = [
      "visit": visit, "settlement": settlement, "person": sent.found("psn_no"),
      "institution": sent.text("fixmedins_code"),
    ]
    return [
      .heading(LocalizedText("接着可以", "What may follow")), .links(numbers.map { link($0, query) }),
    ]
  }

  private func result(_ number: String, _ blocks: [Content.Block], _ message: String, _ answer: String? = nil)
    -> Content
  {
    var blocks = blocks
    blocks.append(
      .notice(
        Notice(
          .quiet, "重新载入本页只会以同一 msgid 重发，平台返回首次应答，不会重复记账；要再办一笔请回到示例页，取新的 msgid",
          "to reload this page is to send the same msgid, which gets the first answer again and books nothing twice; "
            + "for another one go back to the example, which has a new msgid")))
    blocks.append(.links([link(number)]))
    if let answer { blocks.append(.verbatim(title: LocalizedText("应答报文", "answer"), text: PrettyJSON.text(answer))) }
    blocks.append(.verbatim(title: LocalizedText("请求报文", "request"), text: PrettyJSON.text(message)))
    var content = Content(blocks, title: words.transaction(number))
    content.trail = [.init("接口试用", "Try it", "try")]
    return content
  }
}
