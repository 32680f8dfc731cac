import Kernel
import NationalInterface
import People
import Testing
import Workflows

/// Sign-in, persons, institutions, entitlement, filings and pharmacies.
struct CounterTransactionTests {
  private func range() throws -> DateRange {
    let (first, last) = (try #require(CalendarDate("2025-01-01")), try #require(CalendarDate("2026-12-31")))
    return try #require(DateRange(first, last))
  }

  @Test func `签到、凭签到号交易、签退`() async throws {
    let trial = try await InterfaceTrial(settings: InterfaceSettings(requiresSignIn: true))
    let query = #"{"medinsinfo":{"fixmedins_type":"1","fixmedins_code":"H99010000001"}}"#
    #expect(try await trial.ask("1201", query).number == DeskOutcome.signInUnknown.rawValue)
    let signIn = try await trial.succeed("9001", #"{"signIn":{"opter_no":"001","mac":"00-00","ip":"127.0.0.1"}}"#)
    let number = signIn.value("signinoutb.sign_no")
    #expect(signIn.value("signinoutb.sign_time") == "2026-03-02 10:00:00")
    #expect(try await trial.ask("1201", query, sign: number).code == "0")
    #expect(
      try await trial.ask("1201", query, institution: InterfaceTrial.pharmacy, sign: number).number
        == DeskOutcome.signInUnknown.rawValue)
    let out = try await trial.ask("9002", #"{"signOut":{"sign_no":"\#(number)","opter_no":"001"}}"#, sign: number)
    #expect(out.value("sign_time.sign_time") == "2026-03-02 10:00:00")
    #expect(try await trial.ask("1201", query, sign: number).number == DeskOutcome.signInUnknown.rawValue)
  }

  @Test func `人员信息：基本信息、每条参保、身份`() async throws {
    let trial = try await InterfaceTrial()
    let (record, balance) = SampleRegister.person(2, over: try range())
    let input =
      #"{"data":{"mdtrt_cert_type":"02","mdtrt_cert_no":"\#(record.certificateNumber)","psn_name":"\#(record.name)"}}"#
    let answer = try await trial.succeed("1101", input)
    #expect(answer.value("baseinfo.psn_no") == "P0000002")
    #expect(answer.value("baseinfo.psn_name") == record.name)
    #expect(answer.value("baseinfo.certno") == record.certificateNumber)
    let today = try #require(CalendarDate("2026-03-02"))
    #expect(answer.value("baseinfo.age") == "\(record.person.birth.age(on: today)).0")
    #expect(answer["insuinfo"]?.count == 1)
    #expect(answer.value("insuinfo.0.balc") == balance.own.yuan)
    #expect(answer.value("insuinfo.0.insutype") == "310" && answer.value("insuinfo.0.psn_insu_stas") == "1")
    #expect(answer["idetinfo"]?.kind == .list && answer["idetinfo"]?.count == 0)
    let (aided, _) = SampleRegister.person(25, over: try range())
    let other = try await trial.succeed(
      "1101", #"{"data":{"psn_cert_type":"01","certno":"\#(aided.certificateNumber)"}}"#)
    #expect(other.value("idetinfo.0.psn_idet_type") == "2303")
    #expect(other.value("insuinfo.0.insutype") == "390")
  }

  @Test func `人员信息：姓名不符、查无此人、没有证件都被拒绝`() async throws {
    let trial = try await InterfaceTrial()
    let (record, _) = SampleRegister.person(2, over: try range())
    let wrong = #"{"data":{"psn_cert_type":"01","certno":"\#(record.certificateNumber)","psn_name":"无名氏"}}"#
    let refused = try await trial.ask("1101", wrong)
    #expect(refused.number == InterfaceFault.contradiction.rawValue && !refused.text.contains(record.name))
    #expect(
      try await trial.ask("1101", #"{"data":{"certno":"990100X"}}"#).number == DeskOutcome.personUnknown.rawValue)
    #expect(try await trial.ask("1101", #"{"data":{"certno":null}}"#).number == InterfaceFault.contradiction.rawValue)
    let token = #"{"data":{"mdtrt_cert_type":"01","mdtrt_cert_no":"T"}}"#
    #expect(try await trial.ask("1101", token).error.contains("certno"))
  }

  @Test func `人员信息：社会保障卡登记为证件的可识别，否则说明怎么办`() async throws {
    let trial = try await InterfaceTrial()
    let card = #"{"data":{"mdtrt_cert_type":"03","mdtrt_cert_no":"A12345678","card_sn":"SN1"}}"#
    #expect(try await trial.ask("1101", card).error.contains("没有登记"))
    let silent = try await trial.ask("1101", card.replacing(#""card_sn":"SN1""#, with: #""card_sn":"""#))
    #expect(silent.number == InterfaceFault.fieldMissing.rawValue)
    var (record, balance) = SampleRegister.person(4, over: try range())
    (record.certificateType, record.certificateNumber) = ("90", "A12345678")
    try await trial.store.write { [record, balance] transaction throws(StoreError) in
      try transaction.put(record, balance: balance)
    }
    #expect(try await trial.succeed("1101", card).value("baseinfo.psn_no") == "P0000004")
  }

  @Test func `网关签名的机构和交易须与报文一致`() async throws {
    let trial = try await InterfaceTrial()
    let body = Array(
      InterfaceTrial.envelope("1201", #"{"medinsinfo":{"fixmedins_code":"H99010000001"}}"#).utf8)
    func ask(_ institution: String, _ transaction: String) async throws -> Answer {
      try Answer(
        await trial.service.answer(
          body, pathInfno: nil, signer: MessageSigner(institution: institution, transaction: transaction)))
    }
    #expect(try await ask(InterfaceTrial.hospital, "1201").code == "0")
    #expect(try await ask(InterfaceTrial.pharmacy, "1201").error.contains("fixmedins_code"))
    #expect(try await ask(InterfaceTrial.hospital, "2207").error.contains("infno"))
  }

  @Test func `待遇检查：享受、险种不符`() async throws {
    let trial = try await InterfaceTrial()
    let input = { (scheme: String) in
      """
      {"data":{"psn_no":"P0000002","insutype":"\(scheme)","fixmedins_code":"H99010000001","med_type":"11","begntime":\
      "2026-03-02 00:00:00"}}
      """
    }
    let entitled = try await trial.succeed("2001", input("310"))
    #expect(entitled["trtinfo"]?.count == 2)
    #expect(entitled.value("trtinfo.0.fund_pay_type") == "310100")
    #expect(entitled.value("trtinfo.0.trt_enjymnt_flag") == "1" && entitled.value("trtinfo.0.trt_chk_rslt").isEmpty)
    let other = try await trial.succeed("2001", input("390"))
    #expect(other.value("trtinfo.0.fund_pay_type") == "390100")
    #expect(other.value("trtinfo.0.trt_enjymnt_flag") == "0" && !other.value("trtinfo.0.trt_chk_rslt").isEmpty)
  }

  @Test func `慢特病备案、查询、撤销`() async throws {
    let trial = try await InterfaceTrial()
    let filing = """
      {"data":{"psn_no":"P0000002","insutype":"310","opsp_dise_code":"M03900","opsp_dise_name":"高血压","insu_optins":\
      "990100","ide_fixmedins_no":"H99010000001","ide_fixmedins_name":"示例","hosp_ide_date":"2026-01-05","diag_dr_codg":\
      "D1","diag_dr_name":"医师甲","begndate":"2026-01-06","enddate":"2026-12-31"}}
      """
    let filed = try await trial.succeed("2503", filing, msgid: "F1")
    let number = filed.value("result.trt_dcla_detl_sn")
    #expect(try await trial.succeed("2503", filing, msgid: "F1").value("result.trt_dcla_detl_sn") == number)
    #expect(try await trial.ask("2503", filing, msgid: "F2").number == DeskOutcome.filingState.rawValue)
    let listed = try await trial.succeed("5301", #"{"data":{"psn_no":"P0000002"}}"#)
    #expect(listed.value("feedetail.0.opsp_dise_code") == "M03900")
    #expect(listed.value("feedetail.0.enddate") == "2026-12-31")
    let withdraw = #"{"data":{"trt_dcla_detl_sn":"\#(number)","psn_no":"P0000002","memo":"误报"}}"#
    _ = try await trial.succeed("2504", withdraw)
    #expect(try await trial.succeed("5301", #"{"data":{"psn_no":"P0000002"}}"#)["feedetail"]?.count == 0)
    #expect(try await trial.ask("2504", withdraw).number == DeskOutcome.filingState.rawValue)
    let backwards = filing.replacing("2026-12-31", with: "2025-12-31")
    #expect(try await trial.ask("2503", backwards).number == DeskOutcome.datesImpossible.rawValue)
  }

  /// As an independent pharmacy client sends it: no certificate, no flag for outside prescriptions, no time per line.
  private func purchase(_ total: String) -> String {
    """
    {"druginfo":{"mdtrt_cert_type":"02","mdtrt_cert_no":"1","psn_no":"P0000002","med_type":"41","insutype":"310",\
    "acct_used_flag":"1","medfee_sumamt":\(total),"begntime":"2026-03-02 10:10:00"},"drugdetail":[{"feedetl_sn":"FEE1",\
    "med_list_codg":"XA001","medins_list_codg":"YD1","det_item_fee_sumamt":47,"cnt":2,"pric":23.5},{"feedetl_sn":\
    "FEE2","med_list_codg":"XA010","medins_list_codg":"YD2","det_item_fee_sumamt":"12.00","cnt":"1","pric":"12"}]}
    """
  }

  @Test func `药店购药：预结算、结算、撤销`() async throws {
    let trial = try await InterfaceTrial()
    let preview = try await trial.succeed("2101", purchase("59"), institution: InterfaceTrial.pharmacy)
    try preview.checkMoney()
    let settled = try await trial.succeed("2102", purchase("59.0"), institution: InterfaceTrial.pharmacy)
    try settled.checkMoney()
    #expect(settled.value("setlinfo.psn_cash_pay") == preview.value("setlinfo.psn_cash_pay"))
    #expect(settled["detlcutinfo"]?.count == 2)
    #expect(settled.value("detlcutinfo.1.fulamt_ownpay_amt") == "12.00")
    for answer in [preview, settled] {
      #expect(answer.value("detlcutinfo.0.med_chrgitm_type") == "09")
      #expect(answer.value("detlcutinfo.0.feedetl_sn") == "FEE1")
    }
    #expect(settled.value("setlinfo.clr_type") == "41")
    let (visit, id) = (settled.value("setlinfo.mdtrt_id"), settled.value("setlinfo.setl_id"))
    let key = OutpatientMessages.reverse(visit, id)
    #expect(try await trial.ask("2103", key).number == DeskOutcome.visitMismatch.rawValue)
    let reversed = try await trial.succeed("2103", key, institution: InterfaceTrial.pharmacy)
    try reversed.checkMoney()
    #expect(reversed.value("setlinfo.medfee_sumamt") == "-59.00")
    let wrong = try await trial.ask("2102", purchase("60"), institution: InterfaceTrial.pharmacy)
    #expect(wrong.number == DeskOutcome.totalMismatch.rawValue)
  }

  @Test func `机构信息：按编号`() async throws {
    let trial = try await InterfaceTrial()
    let found = try await trial.succeed(
      "1201", #"{"medinsinfo":{"fixmedins_type":"2","fixmedins_code":"P99010000001"}}"#)
    #expect(found.value("medinsinfo.fixmedins_name") == "示例大药房")
    #expect(found.value("medinsinfo.fixmedins_type") == "2")
    let unknown = try await trial.ask("1201", #"{"medinsinfo":{"fixmedins_code":"P1"}}"#)
    #expect(unknown.number == DeskOutcome.institutionUnknown.rawValue)
  }
}
