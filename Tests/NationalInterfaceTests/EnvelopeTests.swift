import Kernel
import Testing

@testable import NationalInterface

/// What real clients send, and what must be refused with a word that helps.
struct EnvelopeTests {
  private let query = #"{"medinsinfo":{"fixmedins_type":"1","fixmedins_code":"H99010000001"}}"#

  @Test func `input可以是对象、JSON字符串或键名Input`() async throws {
    let trial = try await InterfaceTrial()
    let text = InterfaceTrial.envelope("1201", query)
    let escaped = query.replacing("\"", with: "\\\"")
    for body in [
      text, text.replacing(query, with: "\"\(escaped)\""), text.replacing("\"input\"", with: "\"Input\""),
      "\u{FEFF}" + text, text.replacing("\"infno\":\"1201\"", with: "\"infno\":1201"),
      text.replacing("\"medinsinfo\":{", with: "\"medinsinfo\":[{").replacing("\"}}}", with: "\"}]}}"),
    ] {
      #expect(try await trial.send(body).value("medinsinfo.fixmedins_code") == "H99010000001", "\(body)")
    }
  }

  @Test func `交易编号取报文，没有时取路径`() async throws {
    let trial = try await InterfaceTrial()
    let text = InterfaceTrial.envelope("1201", query)
    let without = text.replacing("\"infno\":\"1201\",", with: "")
    #expect(try await trial.send(without, path: "1201").code == "0")
    #expect(try await trial.send(text, path: "9999").code == "0")
    let endless = try await trial.send(without, path: String(repeating: "1201", count: 500))
    #expect(endless.number == InterfaceFault.transactionUnknown.rawValue)
    #expect(endless.reply.outcome.transaction == "120112")
    let neither = try await trial.send(without)
    #expect(neither.number == InterfaceFault.headerMissing.rawValue && neither.error.contains("infno"))
  }

  @Test(arguments: [
    ("msgid", ""), ("fixmedins_code", "null"), ("opter", "  "), ("inf_time", ""), ("mdtrtarea_admvs", ""),
    ("opter_name", ""), ("infver", ""), ("recer_sys_code", ""), ("fixmedins_name", ""), ("opter_type", ""),
  ])
  func `报文头必填项为空时指出字段`(name: String, value: String) async throws {
    let trial = try await InterfaceTrial(persons: 1)
    let text = InterfaceTrial.envelope("1201", query, msgid: "M1")
    let document = try JSONDocument(Array(text.utf8))
    let old = try #require(document.root[name: name]?.string)
    let body =
      text
      .replacing("\"\(name)\":\"\(old)\"", with: "\"\(name)\":\"\(value)\"")
    let answer = try await trial.send(body)
    #expect(answer.number == InterfaceFault.headerMissing.rawValue)
    #expect(answer.error.contains(name) && answer.error.contains("必填"))
  }

  @Test func `报文头长度、时间和代码`() async throws {
    let trial = try await InterfaceTrial(persons: 1)
    let long = try await trial.ask("1201", query, msgid: String(repeating: "7", count: 31))
    #expect(long.number == InterfaceFault.headerForm.rawValue && long.error.contains("msgid"))
    #expect(try await trial.ask("1201", query, msgid: String(repeating: "7", count: 30)).code == "0")
    let text = InterfaceTrial.envelope("1201", query)
    let time = try await trial.send(text.replacing("2026-03-02 10:00:00", with: "2026-02-30 10:00:00"))
    #expect(time.number == InterfaceFault.headerForm.rawValue && time.error.contains("inf_time"))
    let kind = try await trial.send(text.replacing("\"opter_type\":\"1\"", with: "\"opter_type\":\"7\""))
    #expect(kind.error.contains("opter_type") && kind.error.contains("1 经办人"))
  }

  @Test func `必填字段缺失、代码错误、格式错误、过长都指出节点和字段`() async throws {
    let trial = try await InterfaceTrial()
    let valid = OutpatientMessages.register()
    let cases: [(String, String, InterfaceFault, [String])] = [
      ("\"psn_no\":\"P0000002\"", "\"psn_no\":null", .fieldMissing, ["data", "psn_no", "人员编号", "必填", "补填"]),
      ("\"insutype\":\"310\"", "\"insutype\":\"999\"", .codeUnknown, ["insutype", "999", "310 职工基本医疗保险"]),
      ("2026-03-02 08:30:00", "2026/03/02", .valueForm, ["begntime", "yyyy-MM-dd"]),
      ("2026-03-02 08:30:00", "2026-03-02 24:30:00", .valueForm, ["begntime"]),
      ("\"caty\":\"A03\"", "\"caty\":\"01234567890\"", .valueForm, ["caty", "10 个字符"]),
      ("\"caty\":\"A03\"", "\"caty\":{}", .valueForm, ["caty"]),
      ("\"data\"", "\"date\"", .nodeMissing, ["data"]),
      (valid, "{\"data\":7}", .nodeForm, ["data", "对象"]),
      (valid, "[]", .inputMissing, ["input"]),
      (valid, "\"{\\\"data\\\":\"", .inputMissing, ["input", "中途结束"]),
    ]
    for (old, new, fault, words) in cases {
      let answer = try await trial.send(InterfaceTrial.envelope("2201", valid.replacing(old, with: new)))
      #expect(answer.number == fault.rawValue, "\(new): \(answer.error)")
      for word in words { #expect(answer.error.contains(word), "\(answer.error)") }
    }
    let fee = OutpatientMessages.fee("V", "F1", item: "XA001", price: "1", count: "1", sum: "1.005")
    let answer = try await trial.ask("2204", #"{"feedetail":[\#(fee.replacing("1.005", with: "1")),\#(fee)]}"#)
    #expect(answer.number == InterfaceFault.valueForm.rawValue)
    #expect(answer.error.contains("feedetail[2]") && answer.error.contains("det_item_fee_sumamt"))
  }

  @Test func `未知交易与暂不提供的交易分别说明`() async throws {
    let trial = try await InterfaceTrial(persons: 1)
    let unknown = try await trial.ask("8888", "{}")
    #expect(unknown.number == InterfaceFault.transactionUnknown.rawValue && unknown.error.contains("8888"))
    let known = try await trial.ask("6201", "{}")
    #expect(known.number == InterfaceFault.transactionNotOffered.rawValue)
    #expect(known.error.contains("该交易暂不提供") && known.error.contains("费用明细上传"))
    #expect(TransactionTitles.byNumber.count == 212)
  }

  @Test func `空报文、坏JSON、GBK报文都得到可读的应答`() async throws {
    let trial = try await InterfaceTrial(persons: 1)
    for (body, word) in [("", "为空"), ("{", "不完整"), ("[1]", "对象"), ("{\"a\":}", "第 6 字节"), ("null", "对象")] {
      #expect(try await trial.send(body).error.contains(word), "\(body)")
    }
    let text = InterfaceTrial.envelope("1201", query).replacing("示例市第一人民医院", with: "X")
    let parts = text.split(separator: "收费员甲").map { Array($0.utf8) }
    // 收费员甲 in GBK.
    let body = try #require(parts.first) + [0xCA, 0xD5, 0xB7, 0xD1, 0xD4, 0xB1, 0xBC, 0xD7] + #require(parts.last)
    let answer = try Answer(await trial.service.answer(body, pathInfno: nil))
    #expect(answer.number == InterfaceFault.notJSON.rawValue)
    #expect(answer.error.contains("GBK"))
    #expect(answer.error.contains("UTF-8"))
  }

  @Test func `每个提供的交易都有表单和名称，每个方言编号都指向提供的交易`() {
    #expect(Set(InterfaceService.transactions.keys) == Set(TransactionForm.all.map(\.number)))
    #expect(TransactionForm.all.count == InterfaceService.transactions.count)
    for form in TransactionForm.all {
      #expect(TransactionTitles.title(of: form.number) != nil)
      for node in form.nodes {
        let names = node.fields.map { "\($0.name)" }
        #expect(Set(names).count == names.count, "\(form.number) \(node.name)")
      }
    }
    for variant in Dialect.variants {
      #expect(InterfaceService.transactions[variant.canonical] != nil)
      #expect(InterfaceService.transactions[variant.number] == nil)
    }
  }

  @Test func `日志不带个人数据`() async throws {
    let trial = try await InterfaceTrial()
    let answer = try await trial.ask("1101", #"{"data":{"certno":"990100X","psn_name":"某人"}}"#)
    #expect(answer.reply.outcome.transaction == "1101")
    #expect(answer.reply.outcome.institution == InterfaceTrial.hospital)
    #expect(!"\(answer.reply.outcome)".contains("990100X"))
  }

  @Test func `北京时间的各种写法`() throws {
    let time = try #require(WallTime(unixMilliseconds: 1_795_241_256_763))
    #expect(time.text == "2026-11-21 14:07:36")
    #expect(time.milliseconds17 == "20261121140736763")
    let before = try #require(WallTime(unixMilliseconds: -28_800_001))
    #expect(before.milliseconds17 == "19691231235959999")
    #expect(WallTime(unixMilliseconds: .max) != nil && WallTime(unixMilliseconds: .min) != nil)
  }
}
