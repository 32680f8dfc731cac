import Foundation
import Kernel
import NationalInterface
import Policy
import PolicyFiles
import Settlement
import Testing
import Workflows
import ZipFiles

/// The interface over a desk in memory with the sample register, spoken to as institutions do.
struct InterfaceTrial: Sendable {
  static let hospital = "H99010000001"
  static let pharmacy = "P99010000001"

  static let library: PolicyLibrary = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let loaded = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
    guard let book = loaded.book else { preconditionFailure(loaded.diagnostics.map { $0.text(.english) }.joined()) }
    return PolicyLibrary(book)
  }()

  let service: InterfaceService
  let store: MemoryStore

  init(persons: Int = 40, settings: InterfaceSettings = InterfaceSettings()) async throws {
    store = MemoryStore()
    let region = try #require(Self.library.book.regions[SampleRegister.region])
    try await SampleRegister.fill(store, persons: persons, over: region.covered)
    let desk = PayerDesk(
      store: store, library: Self.library, region: SampleRegister.region, catalogueAge: .zero)
    let day = try #require(CalendarDate("2026-03-02"))
    service = InterfaceService(desk: desk, settings: settings, archive: ZipArchive()) {
      WallTime(day: day, milliseconds: 36_000_123)
    }
  }

  /// An envelope around an input.
  static func envelope(
    _ infno: String, _ input: String, msgid: String = "", institution: String = hospital, sign: String = "null"
  ) -> String {
    let message = msgid.isEmpty ? "\(institution)\(UInt64.random(in: 100_000...999_999_999_999))" : msgid
    return """
      {"infno":"\(infno)","msgid":"\(message)","mdtrtarea_admvs":"990100","insuplc_admdvs":"990100",\
      "recer_sys_code":"99","dev_no":"null","dev_safe_info":"null","cainfo":"null","signtype":"","infver":"1.0.0",\
      "opter_type":"1","opter":"001","opter_name":"收费员甲","inf_time":"2026-03-02 10:00:00",\
      "fixmedins_code":"\(institution)","fixmedins_name":"示例市第一人民医院","sign_no":"\(sign)","input":\(input)}
      """
  }

  /// Sends a body and reads the answer.
  func send(_ body: String, path: String? = nil) async throws -> Answer {
    let reply = await service.answer(Array(body.utf8), pathInfno: path)
    return try Answer(reply)
  }

  /// Sends a transaction and reads the answer.
  func ask(
    _ infno: String, _ input: String, msgid: String = "", institution: String = hospital, sign: String = "null"
  ) async throws -> Answer {
    try await send(Self.envelope(infno, input, msgid: msgid, institution: institution, sign: sign))
  }

  /// Sends a transaction that has to succeed.
  func succeed(
    _ infno: String, _ input: String, msgid: String = "", institution: String = hospital,
    at location: SourceLocation = #_sourceLocation
  ) async throws -> Answer {
    let answer = try await ask(infno, input, msgid: msgid, institution: institution)
    #expect(answer.error == "", sourceLocation: location)
    try #require(answer.code == "0", sourceLocation: location)
    return answer
  }
}

/// An answer with its envelope checked.
struct Answer: Sendable {
  let reply: InterfaceReply
  let root: JSONValue

  init(_ reply: InterfaceReply) throws {
    self.reply = reply
    root = try JSONDocument(reply.bytes).root
    let number = root["inf_refmsgid"]?.string ?? ""
    #expect(root["infcode"]?.kind == .number)
    #expect(number.count == 30 && number.hasPrefix("990100"))
    #expect(number.allSatisfy { $0.isASCII && $0.isNumber })
    #expect(root["refmsg_time"]?.string?.count == 17)
    #expect(root["respond_time"]?.string?.count == 17)
    #expect((root["err_msg"]?.string?.unicodeScalars.count ?? 999) <= 200)
    #expect(root["output"] != nil)
    #expect(code == "\(reply.outcome.code)")
    #expect((reply.outcome.number == 0) == (code == "0"))
    #expect(error.isEmpty == (code == "0"))
  }

  var code: String { root["infcode"]?.plainText ?? "" }
  var error: String { root["err_msg"]?.string ?? "" }
  var warning: String { root["warn_msg"]?.string ?? "" }
  var number: UInt16 { reply.outcome.number }
  /// The answer as text.
  var text: String { String(decoding: reply.bytes, as: UTF8.self) }

  /// A value of the output by its path; numbers are places in arrays.
  subscript(path: String) -> JSONValue? {
    var value = root["output"]
    for part in path.split(separator: ".") {
      if let place = Int(part) {
        let elements = value?.elements ?? []
        value = elements.indices.contains(place) ? elements[place] : nil
      } else {
        value = value?[name: String(part)]
      }
    }
    return value
  }

  /// The text of a value of the output; "null" for `null`, "" when it is absent.
  func value(_ path: String) -> String {
    guard let value = self[path] else { return "" }
    return value.kind == .null ? "null" : value.plainText ?? ""
  }

  /// An amount of the output in fen.
  func money(_ path: String) throws -> Int64 { try #require(Money(yuan: value(path))).fen }

  /// The identities of money of `setlinfo`, and of every row in `detlcutinfo`.
  func checkMoney(at location: SourceLocation = #_sourceLocation) throws {
    let field = { (name: String) in try money("setlinfo.\(name)") }
    let total = try field("medfee_sumamt")
    let split = try field("fulamt_ownpay_amt") + field("overlmt_selfpay") + field("preselfpay_amt")
    #expect(total == (try split + field("inscp_scp_amt")), sourceLocation: location)
    let sides = try field("fund_pay_sumamt") + field("psn_part_amt") + field("hosp_part_amt")
    #expect(total == sides, sourceLocation: location)
    #expect(try field("psn_part_amt") == field("acct_pay") + field("psn_cash_pay"), sourceLocation: location)
    let funds = ["hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "hifdm_pay", "oth_pay"]
    #expect(try field("fund_pay_sumamt") == funds.map(field).reduce(0, +), sourceLocation: location)
    var rows: Int64 = 0
    for place in 0..<(self["setldetail"]?.count ?? 0) {
      if !value("setldetail.\(place).fund_pay_type").hasPrefix("3102") {
        rows += try money("setldetail.\(place).fund_payamt")
      }
      #expect(value("setldetail.\(place).setl_proc_info").unicodeScalars.count <= 4_000, sourceLocation: location)
    }
    #expect(try field("fund_pay_sumamt") == rows, sourceLocation: location)
  }
}
