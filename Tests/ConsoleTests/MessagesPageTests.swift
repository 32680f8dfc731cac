import Console
import Foundation
import Kernel
import StoreSQLite
import Synchronization
import Testing
import Workflows

/// The log of messages, its rates, and the page that tries transactions out.
@Suite struct MessagesPageTests {
  /// The number 313 has a meaning of the interface; three transactions can be tried.
  private struct Examples: TransactionExamples {
    var offered: [(number: String, title: LocalizedText)] {
      [("2201", LocalizedText("门诊挂号", "Register")), ("2207", LocalizedText("门诊结算", "Settle"))]
    }

    func title(of transaction: String) -> LocalizedText? { offered.first { $0.number == transaction }?.title }

    func refusal(_ outcome: Int) -> LocalizedText? {
      outcome == 313 ? LocalizedText("报文内容相互矛盾", "values contradict each other") : nil
    }

    func message(_ transaction: String, about wish: ExampleWish) async throws(StoreError) -> String? {
      guard title(of: transaction) != nil else { return nil }
      return
        #"{"infno":"\#(transaction)","msgid":"M1","input":{"data":{"mdtrt_id":"\#(wish.visit ?? "")","cnt":1.50}}}"#
    }
  }

  private static func entry(_ number: Int, outcome: Int = 0, transaction: String = "2207") -> LoggedMessage {
    LoggedMessage(
      time: "2026-11-20 08:\(number < 10 ? "0" : "")\(number):30", transaction: transaction,
      institution: number.isMultiple(of: 2) ? "H1" : "H2", message: "M\(number)", outcome: outcome,
      microseconds: Int64(number) * 1_000, bytesIn: 500, bytesOut: 900,
      input: #"{"infno":"2207","input":{"psn_name":"张**","cnt":1.50,"list":[]}}"#,
      error: outcome == 0 ? "" : "[\(outcome)] 原因")
  }

  /// A site over a log of twenty messages, a fourth of them refused.
  private func site(_ call: @escaping @Sendable ([UInt8]) async -> [UInt8] = { $0 }) async throws -> Site {
    let monitoring = try SQLiteMonitoringStore()
    let messages = (1...20).map { number in
      Self.entry(number, outcome: number.isMultiple(of: 4) ? (number > 10 ? 313 : 201) : 0)
    }
    try await monitoring.append(messages)
    var sources = try SampleWorld.sources(MemoryStore(), monitoring, MemoryPaymentStore())
    sources.examples = Examples()
    sources.call = call
    return try await Site(sources)
  }

  @Test func `报文列表按条件筛选，结果以文字说明`() async throws {
    let site = try await site()
    let reader = try await site.visitor(.reader)
    let all = try await reader.get("/api/v1/messages").rows("messages")
    #expect(all.count == 20 && all.first?["msgid"] as? String == "M20")
    let refused = try await reader.get("/api/v1/messages?result=refused").rows("messages")
    #expect(refused.compactMap { $0["msgid"] as? String } == ["M20", "M16", "M12", "M8", "M4"])
    #expect(refused.first?["outcome"] as? String == "313 报文内容相互矛盾")
    #expect((refused.last?["outcome"] as? String)?.contains("msgid") ?? false)
    for (query, count) in [
      ("outcome=201", 2), ("institution=H1", 10), ("infno=2201", 0), ("slower_than=15", 5), ("msgid=M7", 1),
      ("from=2026-11-20%2008:05:00&to=2026-11-20%2008:06:59", 2), ("result=done&institution=H2", 10),
    ] {
      #expect(try await reader.get("/api/v1/messages?\(query)").rows("messages").count == count, "\(query)")
    }
    #expect(await reader.get("/console/messages?result=other").status == 400)
    #expect(await reader.get("/console/messages?from=yesterday").status == 400)
  }

  @Test func `单条报文：脱敏原文逐行排列且数字不变，错误说明在上；序号不存在时说明`() async throws {
    let site = try await site()
    let reader = try await site.visitor(.reader)
    let page = await reader.get("/console/messages/4")
    #expect(page.status == 200 && page.text.contains("[201] 原因") && page.text.contains("张**"))
    let answer = try await reader.get("/api/v1/messages/4").object()
    let laidOut = """
      {
        "infno": "2207",
        "input": {
          "psn_name": "张**",
          "cnt": 1.50,
          "list": []
        }
      }
      """
    #expect(answer["request"] as? String == laidOut)
    #expect((answer["message"] as? [String: Any])?["milliseconds"] as? String == "4.000")
    #expect(await reader.get("/console/messages/21").status == 404)
    #expect(await reader.get("/console/messages/0").status == 400)
  }

  @Test func `流量页每十五秒刷新，条数、拒绝率、耗时分位与日志一致`() async throws {
    let site = try await site()
    let reader = try await site.visitor(.reader)
    let page = await reader.get("/console/messages/rates")
    #expect(page.status == 200 && page.headers["refresh"] == "15")
    let answer = try await reader.get("/api/v1/messages/rates").object()
    #expect(answer["messages"] as? Int == 20 && answer["refused"] as? Int == 5)
    #expect(answer["refused_share"] as? String == "0.2500")
    #expect(answer["p50"] as? String == "10.000" && answer["p99"] as? String == "20.000")
    let flow = try #require(answer["flow_chart"] as? [String: Any])
    #expect((flow["messages"] as? [Int])?.reduce(0, +) == 200)
    let refusals = try await reader.get("/api/v1/messages/rates").rows("refusals")
    #expect(refusals.compactMap { $0["count"] as? Int } == [3, 2])
    #expect(await reader.get("/console/messages/rates?minutes=7").status == 400)
    #expect(await reader.get("/console/messages/rates?minutes=1440").status == 200)
  }

  @Test func `试用页填好示例，发送后给出应答和结算单链接并留痕`() async throws {
    let sent = Mutex<[String]>([])
    let site = try await site { message in
      sent.withLock { $0.append(String(decoding: message, as: UTF8.self)) }
      let answer =
        #"{"infcode":0,"inf_refmsgid":"1","err_msg":"","output":{"setlinfo":{"setl_id":"S9","mdtrt_id":"V9"}}}"#
      return Array(answer.utf8)
    }
    let handler = try await site.visitor(.handler)
    #expect(await handler.get("/console/try").text.contains("门诊挂号"))
    let form = await handler.get("/console/try/2207?visit=V7")
    #expect(form.text.contains("V7") && form.text.contains("1.50") && form.text.contains("msgid"))
    #expect(await handler.get("/console/try/9999").status == 404)
    let token = try await handler.formToken(on: "/console/try/2207")
    let message = #"{"infno": "2207", "msgid": "M1", "fixmedins_code": "H1", "input": {"data": {"mdtrt_id": "V9"}}}"#
    let result = await handler.post("/console/try/2207", ["form_token": token, "message": message])
    #expect(result.status == 200 && result.text.contains("/console/settlements/S9"))
    #expect(result.text.contains("不会重复记账") && result.text.contains("/console/try/2208?"))
    #expect(sent.withLock { $0 } == [message])
    let wrong = await handler.post(
      "/console/try/2207", ["form_token": token, "message": message.replacing("2207", with: "2201")])
    #expect(wrong.status == 400 && sent.withLock { $0.count } == 1)
    #expect(await handler.post("/console/try/2207", ["form_token": token, "message": "{"]).status == 400)
    #expect(await handler.post("/console/try/2207", ["form_token": "x", "message": message]).status == 403)
    let auditor = try await site.visitor(.auditor)
    let trail = try await auditor.get("/api/v1/trail?action=transaction").rows("trail")
    #expect(trail.count { $0["object"] as? String == "try/2207" && $0["outcome"] as? String == "ok" } == 1)
    #expect(trail.count == 4 && sent.withLock { $0.count } == 1)
  }

  @Test func `被拒绝的交易说明原因；查询员不能试用`() async throws {
    let site = try await site { _ in
      Array(#"{"infcode":-1,"err_msg":"[310] 必填但为空","output":null}"#.utf8)
    }
    let handler = try await site.visitor(.handler)
    let token = try await handler.formToken(on: "/console/try/2207")
    let answer = await handler.post("/console/try/2207", ["form_token": token, "message": #"{"infno":"2207"}"#])
    #expect(answer.status == 200 && answer.text.contains("[310] 必填但为空"))
    #expect(!answer.text.contains("/console/settlements/S"))
    let reader = try await site.visitor(.reader)
    #expect(await reader.get("/console/try").status == 403)
    #expect(await reader.get("/console/try/2207").status == 403)
    let own = try await reader.formToken(on: "/console/messages")
    #expect(await reader.post("/console/try/2207", ["form_token": own, "message": "{}"]).status == 403)
  }
}
