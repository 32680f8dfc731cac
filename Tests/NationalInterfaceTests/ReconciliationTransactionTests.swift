import Foundation
import Kernel
import NationalInterface
import Testing
import Workflows
import ZipFiles

/// Reconciliation of lines from an uploaded file (3202), and of totals by kind of clearing (3201).
struct ReconciliationTransactionTests {
  /// Uploads a text, packed as the edition asks or plain as some clients send it, and gives its query number.
  private func put(_ trial: InterfaceTrial, _ text: String, isPacked: Bool = true, by place: String = hospital)
    async throws -> String
  {
    let bytes = Array(text.utf8)
    let content = isPacked ? try ZipArchive().pack([ArchivedFile(name: "stmt.txt", bytes: bytes)]) : bytes
    let base64 = Data(content).base64EncodedString()
    let input = #"{"fsUploadIn":{"in":"\#(base64)","filename":"stmt.zip","fixmedins_code":"\#(place)"}}"#
    return try await trial.succeed("9101", input, institution: place).value("file_qury_no")
  }

  private static let hospital = InterfaceTrial.hospital

  private func request(total: String, fund: String, type: String = "21", file: String) -> String {
    """
    {"data":{"setl_optins":"990100","file_qury_no":"\(file)","stmt_begndate":"2026-03-01","stmt_enddate":"2026-03-31",\
    "medfee_sumamt":\(total),"fund_pay_sumamt":"\(fund)","cash_payamt":0,"fixmedins_setl_cnt":1,"clr_type":"\(type)",\
    "refd_setl_flag":"0"}}
    """
  }

  /// The result file, fetched with 9102 and unpacked.
  private func text(_ trial: InterfaceTrial, _ answer: Answer) async throws -> String {
    let (number, name) = (answer.value("fileinfo.file_qury_no"), answer.value("fileinfo.filename"))
    let input =
      #"{"fsDownloadIn":{"file_qury_no":"\#(number)","filename":"\#(name)","fixmedins_code":"\#(Self.hospital)"}}"#
    let reply = await trial.service.answer(Array(InterfaceTrial.envelope("9102", input).utf8), pathInfno: nil)
    #expect(reply.isFile && name.hasSuffix(".txt.zip"))
    let files = try ZipArchive().unpack(reply.bytes, limit: 1_000_000)
    #expect(files.map(\.name) == [String(name.dropLast(4))])
    return String(decoding: try #require(files.first).bytes, as: UTF8.self)
  }

  @Test func `对明细账：相符为空文件，金额不同、机构缺少、机构多出逐笔列出`() async throws {
    let list = try await ListTrial()
    let trial = list.trial
    let field = { (name: String) in list.settled.value("setlinfo.\(name)") }
    let row = [list.settlement, list.visit, "P0000002", "15000.00", field("fund_pay_sumamt"), field("acct_pay"), "0"]
    let file = try await put(trial, "\u{FEFF}" + row.joined(separator: "\t") + "\r\n\r\n")
    let level = try await trial.succeed("3202", request(total: "15000", fund: row[4], file: file), msgid: "Q1")
    #expect(level.warning.isEmpty && level.value("fileinfo.dld_endtime") == "2026-04-01 23:59:59")
    #expect(try await text(trial, level).isEmpty)
    let again = try await trial.succeed("3202", request(total: "15000", fund: row[4], file: file), msgid: "Q1")
    #expect(again.value("fileinfo.file_qury_no") == level.value("fileinfo.file_qury_no"))

    var off = row
    off[3] = "15000.01"
    let extra = ["S?", "null", "P0000003", "1", "0", "0", "0"]
    let wrong = try await put(
      trial, [off, extra].map { $0.joined(separator: "\t") }.joined(separator: "\n"), isPacked: false)
    let uneven = try await trial.succeed("3202", request(total: "15000", fund: row[4], file: wrong))
    #expect(uneven.warning.contains("15001.01"))
    let message = field("medins_setl_id")
    let lines = try await text(trial, uneven).split(separator: "\n").map { $0.components(separatedBy: "\t") }
    #expect(
      lines == [
        [
          "P0000002", list.visit, list.settlement, message, "1", "0", "医疗费总额 中心 15000.00、机构 15000.01", "15000.00",
          row[4],
          row[5],
        ],
        ["P0000003", "null", "S?", "null", "1", "0", "中心无此结算，或文件中重复", "1.00", "0.00", "0.00"],
      ])

    let empty = try await put(trial, "")
    let lost = try await trial.succeed("3202", request(total: "0", fund: "0", file: empty))
    #expect(
      try await text(trial, lost)
        == ["P0000002", "null", "null", message, "1", "0", "机构无此结算", "15000.00", row[4], row[5]]
        .joined(separator: "\t") + "\n")
    let other = try await trial.succeed("3202", request(total: "0", fund: "0", type: "11", file: empty))
    #expect(try await text(trial, other).isEmpty)
  }

  @Test func `对明细账：退费须正反两笔`() async throws {
    let list = try await ListTrial()
    let trial = list.trial
    let key = #"{"data":{"psn_no":"P0000002","mdtrt_id":"\#(list.visit)","setl_id":"\#(list.settlement)"}}"#
    let reversed = try await trial.succeed("2305", key)
    let rows = [(list.settled, "0"), (reversed, "1")].map { answer, flag in
      [
        answer.value("setlinfo.setl_id"), list.visit, "P0000002", answer.value("setlinfo.medfee_sumamt"),
        answer.value("setlinfo.fund_pay_sumamt"), answer.value("setlinfo.acct_pay"), flag,
      ].joined(separator: "\t")
    }
    let ask = { (text: String) in
      let file = try await put(trial, text)
      return try await self.text(trial, try await trial.succeed("3202", request(total: "0", fund: "0", file: file)))
    }
    #expect(try await ask(rows.joined(separator: "\n")).isEmpty)
    let one = try await ask(rows[0])
    #expect(one.split(separator: "\n").count == 1 && one.contains("\t-15000.00\t"))
  }

  @Test func `对明细账：文件不存在、别家的、格式不对都拒绝`() async throws {
    let trial = try await InterfaceTrial()
    let ask = { (file: String) in try await trial.ask("3202", request(total: "0", fund: "0", file: file)) }
    #expect(try await ask("F?").number == DeskOutcome.statementUnknown.rawValue)
    let foreign = try await put(trial, "", by: InterfaceTrial.pharmacy)
    #expect(try await ask(foreign).number == DeskOutcome.statementUnknown.rawValue)
    for (text, line) in [
      ("1\t2\t3", "第 1 行"), ("S\tV\tP\t1\t1\t1\t0\nS\tV\tP\t一\t1\t1\t0", "第 2 行"), ("S\tV\tP\t1\t1\t1\t2", "第 1 行"),
    ] {
      let refused = try await ask(try await put(trial, text))
      #expect(refused.number == DeskOutcome.statementForm.rawValue && refused.error.contains(line), "\(text)")
    }
    let broken = try await ask(try await put(trial, "PK?", isPacked: false))
    #expect(broken.number == DeskOutcome.statementForm.rawValue && broken.error.contains("压缩包"))
  }

  @Test func `对总账按清算类别分开`() async throws {
    let list = try await ListTrial()
    let statement = { (type: String, total: String, count: Int) in
      let field = { (name: String) in count == 0 ? "0" : list.settled.value("setlinfo.\(name)") }
      return """
        {"data":{"insutype":"310","clr_type":"\(type)","setl_optins":"990100","stmt_begndate":"2026-03-01",\
        "stmt_enddate":"2026-03-31","medfee_sumamt":\(total),"fund_pay_sumamt":"\(field("fund_pay_sumamt"))",\
        "acct_pay":\(field("acct_pay")),"fixmedins_setl_cnt":\(count)}}
        """
    }
    #expect(try await list.trial.succeed("3201", statement("21", "15000", 1)).value("stmtinfo.stmt_rslt") == "0")
    for type in ["11", "41", "99"] {
      #expect(try await list.trial.succeed("3201", statement(type, "0", 0)).value("stmtinfo.stmt_rslt") == "0")
      #expect(try await list.trial.succeed("3201", statement(type, "15000", 1)).value("stmtinfo.stmt_rslt") == "1")
    }
  }
}
