import Claims
import Kernel
import NationalInterface
import People
import Testing
import Workflows

/// Filings over the interface: 2501 to 2507, 5301, 5302, 5304.
struct FilingTransactionTests {
  private static let elsewhere = "H99020000001"

  private func trial() async throws -> InterfaceTrial {
    let trial = try await InterfaceTrial()
    let hospital = InstitutionRecord(
      institution: Institution(code: Self.elsewhere, level: .tertiary), name: "外省医院", kind: "1", region: "990200",
      levelCode: "2")
    try await trial.store.write { transaction throws(StoreError) in try transaction.put(hospital) }
    return trial
  }

  static let transfer = """
    {"refmedin":{"psn_no":"P0000002","insutype":"310","tel":"1","addr":"某地","insu_optins":"990100","diag_code":\
    "J18.900","diag_name":"肺炎","dise_cond_dscr":"重","reflin_medins_no":"H99020000001","reflin_medins_name":\
    "外省医院","mdtrtarea_admdvs":"990200","hosp_agre_refl_flag":"1","refl_type":"3","refl_date":"2026-03-01",\
    "refl_rea":"病情需要","refl_opnn":"同意","begndate":"2026-03-01","enddate":"2026-03-31","refl_old_mdtrt_id":"",\
    "refl_used_flag":""}}
    """

  static func designation(_ business: String) -> String {
    """
    {"data":{"psn_no":"P0000002","tel":"1","addr":"","biz_appy_type":"\(business)","begndate":"2026-01-01","enddate":\
    "","agnter_name":"代办人","agnter_cert_type":"01","agnter_certno":"1","agnter_tel":"2","agnter_addr":"",\
    "agnter_rlts":"1","fix_srt_no":"1","fixmedins_code":"H99020000001","fixmedins_name":"外省医院","memo":"备注"}}
    """
  }

  static let injury = """
    {"data":{"dcla_souc":"01","insutype":"310","psn_no":"P0000002","psn_cert_type":"01","certno":"CERT","psn_name":\
    "NAME","insu_admdvs":"990100","trum_time":"2026-02-28","trum_site":"家中","trum_rea":"跌倒","chk_pay_flag":"1",\
    "begndate":"2026-03-01","enddate":"2026-03-31"}}
    """

  private func reversal(_ number: String, memo: String = "误报") -> String {
    #"{"data":{"trt_dcla_detl_sn":"\#(number)","psn_no":"P0000002","memo":"\#(memo)"}}"#
  }

  @Test func `转院备案：得到备案号，可查询，可按号撤销`() async throws {
    let trial = try await trial()
    let filed = try await trial.succeed("2501", Self.transfer, msgid: "T1")
    let number = filed.value("result.trt_dcla_detl_sn")
    #expect(number.hasPrefix("990100F") && filed["result"]?.count == 1)
    #expect(try await trial.succeed("2501", Self.transfer, msgid: "T1").value("result.trt_dcla_detl_sn") == number)
    #expect(try await trial.ask("2501", Self.transfer, msgid: "T2").number == DeskOutcome.filingState.rawValue)
    let query =
      #"{"data":{"psn_no":"P0000002","begntime":"2026-03-01 00:00:00","endtime":"2026-03-31 23:59:59"}}"#
    let found = try await trial.succeed("5304", query)
    #expect(found["refmedin"]?.count == 1)
    let expected = [
      "insutype": "310", "dcla_souc": "01", "psn_no": "P0000002", "diag_code": "J18.900", "diag_name": "肺炎",
      "dise_cond_dscr": "重", "reflin_medins_no": Self.elsewhere, "reflin_medins_name": "外省医院", "out_flag": "1",
      "refl_date": "2026-03-01", "refl_rea": "病情需要", "begndate": "2026-03-01", "enddate": "2026-03-31",
      "hosp_agre_refl_flag": "1", "tel": "1", "addr": "某地", "opt_time": "2026-03-02 10:00:00",
    ]
    for (name, value) in expected { #expect(found.value("refmedin.0.\(name)") == value, "\(name)") }
    #expect(try await trial.succeed("5304", query, institution: Self.elsewhere)["refmedin"]?.count == 1)
    #expect(try await trial.succeed("5304", query, institution: "H99010000002")["refmedin"]?.count == 0)
    let later = query.replacing("2026-03-01 00:00:00", with: "2026-03-02 00:00:00")
    #expect(try await trial.succeed("5304", later)["refmedin"]?.count == 0)
    let gone = try await trial.succeed("2502", reversal(number))
    #expect(gone.root["output"]?.kind == .object && gone.root["output"]?.count == 0)
    #expect(try await trial.ask("2502", reversal(number)).number == DeskOutcome.filingState.rawValue)
    #expect(try await trial.succeed("5304", query)["refmedin"]?.count == 0)
  }

  @Test func `转院备案：期间颠倒、转院日期不在期间内、类型不明都被拒绝`() async throws {
    let trial = try await trial()
    let backwards = Self.transfer.replacing("2026-03-31", with: "2026-02-28")
    #expect(try await trial.ask("2501", backwards).number == DeskOutcome.datesImpossible.rawValue)
    let outside = Self.transfer.replacing(#""refl_date":"2026-03-01""#, with: #""refl_date":"2026-02-01""#)
    #expect(try await trial.ask("2501", outside).number == DeskOutcome.datesImpossible.rawValue)
    let unknown = Self.transfer.replacing(#""refl_type":"3""#, with: #""refl_type":"4""#)
    #expect(try await trial.ask("2501", unknown).number == InterfaceFault.codeUnknown.rawValue)
    let nobody = Self.transfer.replacing("P0000002", with: "P9")
    #expect(try await trial.ask("2501", nobody).number == DeskOutcome.personUnknown.rawValue)
  }

  @Test func `备案后的外地住院按转诊先行自付5%`() async throws {
    let trial = try await trial()
    _ = try await trial.succeed("2501", Self.transfer)
    let admit = StayMessages.admit("P0000002", scheme: "310", from: "2026-03-02")
    let visit = try await trial.succeed("2401", admit, institution: Self.elsewhere).value("result.mdtrt_id")
    let fee = OutpatientMessages.fee(visit, "1", item: "XA001", price: "10000", count: "1", sum: "10000")
    let split = try await trial.succeed("2301", #"{"feedetail":[\#(fee)]}"#, institution: Self.elsewhere)
    #expect(split.value("result.0.preselfpay_amt") == "500.00")
    let preview = try await trial.succeed(
      "2303", StayMessages.settle(visit, "P0000002", scheme: "310", total: "10000"), institution: Self.elsewhere)
    #expect(preview.value("setlinfo.preselfpay_amt") == "500.00")
    try preview.checkMoney()
  }

  @Test func `人员定点备案：得到备案号，只列当前有效的，可撤销`() async throws {
    let trial = try await trial()
    let filed = try await trial.succeed("2505", Self.designation("03"), msgid: "D1")
    let number = filed.value("result.trt_dcla_detl_sn")
    #expect(filed.value("result.exp_content").isEmpty && filed["result"]?.count == 2)
    #expect(try await trial.ask("2505", Self.designation("03"), msgid: "D2").number == DeskOutcome.filingState.rawValue)
    let future = Self.designation("05").replacing("2026-01-01", with: "2026-03-03")
    _ = try await trial.succeed("2505", future)
    let query = { (business: String) in #"{"data":{"psn_no":"P0000002","biz_appy_type":"\#(business)"}}"# }
    let found = try await trial.succeed("5302", query("03"))
    #expect(found["psnfixmedin"]?.count == 1)
    let expected = [
      "psn_no": "P0000002", "insutype": "310", "fix_srt_no": "1", "fixmedins_code": Self.elsewhere,
      "fixmedins_name": "外省医院", "begndate": "2026-01-01", "enddate": "", "memo": "备注",
    ]
    for (name, value) in expected { #expect(found.value("psnfixmedin.0.\(name)") == value, "\(name)") }
    #expect(try await trial.succeed("5302", query("05"))["psnfixmedin"]?.count == 0)
    #expect(try await trial.ask("2502", reversal(number)).number == DeskOutcome.filingState.rawValue)
    #expect(try await trial.ask("2506", reversal(number, memo: "")).number == InterfaceFault.fieldMissing.rawValue)
    _ = try await trial.succeed("2506", reversal(number))
    #expect(try await trial.succeed("5302", query("03"))["psnfixmedin"]?.count == 0)
  }

  @Test func `人员意外伤害备案：证件须与人员相符，重复被拒绝`() async throws {
    let trial = try await trial()
    let record = try #require(try await trial.store.read { store throws(StoreError) in try store.person("P0000002") })
    #expect(try await trial.ask("2507", Self.injury).number == InterfaceFault.contradiction.rawValue)
    let input = Self.injury.replacing("NAME", with: record.name).replacing("CERT", with: record.certificateNumber)
    let filed = try await trial.succeed("2507", input, msgid: "I1")
    #expect(filed.value("result.trt_dcla_detl_sn").hasPrefix("990100F") && filed["result"]?.count == 1)
    #expect(try await trial.ask("2507", input, msgid: "I2").number == DeskOutcome.filingState.rawValue)
    let stored = try await trial.store.read { store throws(StoreError) in
      try store.filed(InjuryFiling.self, about: "P0000002")
    }
    #expect(stored.map(\.cause) == ["跌倒"] && stored.map(\.institution) == [InterfaceTrial.hospital])
  }
}
