import Kernel
import NationalInterface
import Testing
import Workflows

/// Messages of a stay.
enum StayMessages {
  static func admit(_ person: String, scheme: String, from day: String, type: String = "2101") -> String {
    """
    {"mdtrtinfo":{"psn_no":"\(person)","insutype":"\(scheme)","begntime":"\(day) 10:00:00","mdtrt_cert_type":"02",\
    "med_type":"\(type)","ipt_no":"ZY1","atddr_no":"D1","chfpdr_name":"医师甲","adm_diag_dscr":"肺炎","adm_dept_codg":\
    "A03","adm_dept_name":"内科","adm_bed":"12","dscg_maindiag_code":"J18.900","dscg_maindiag_name":"肺炎"},\
    "diseinfo":[\(diagnosis(person, "J18.900", main: "1", number: 2)),\
    \(diagnosis(person, "I10.x00", main: "0", number: 1))]}
    """
  }

  static func diagnosis(_ person: String, _ code: String, main: String, number: Int) -> String {
    """
    {"mdtrt_id":"x","psn_no":"\(person)","diag_type":"1","maindiag_flag":"\(main)","diag_srt_no":\(number),\
    "diag_code":"\(code)","diag_name":"诊断","diag_dept":"A03","dise_dor_no":"D1","dise_dor_name":"医师甲","diag_time":\
    "2026-02-01 11:00:00"}
    """
  }

  static func discharge(_ visit: String, _ person: String, scheme: String, on day: String) -> String {
    """
    {"dscginfo":{"mdtrt_id":"\(visit)","psn_no":"\(person)","insutype":"\(scheme)","endtime":"\(day) 09:00:00",\
    "dscg_dept_codg":"A03","dscg_dept_name":"内科","dscg_way":"1"},"diseinfo":\
    [\(diagnosis(person, "J18.900", main: "1", number: 1))]}
    """
  }

  static func settle(_ visit: String, _ person: String, scheme: String, total: String) -> String {
    """
    {"data":{"psn_no":"\(person)","mdtrt_cert_type":"02","medfee_sumamt":\(total),"psn_setlway":"01","mdtrt_id":\
    "\(visit)","acct_used_flag":"0","insutype":"\(scheme)","mid_setl_flag":"0","dscgTime":"2026-02-08"}}
    """
  }

  static func visitKey(_ visit: String, _ person: String) -> String {
    #"{"data":{"mdtrt_id":"\#(visit)","psn_no":"\#(person)"}}"#
  }
}

/// A stay from admission to reversal.
struct InpatientFlowTests {
  private typealias Messages = StayMessages

  private func fee(_ visit: String, _ person: String, _ serial: String, _ price: String) -> String {
    OutpatientMessages.fee(
      visit, serial, item: "XA001", price: price, count: "1", sum: price, person: person, day: "2026-02-03")
  }

  @Test(arguments: [("P0000002", "310"), ("P0000003", "390")])
  func `住院全流程：入院、变更、明细、预结算、出院、结算、撤销`(person: String, scheme: String) async throws {
    let trial = try await InterfaceTrial()
    let admitted = try await trial.succeed("2401", Messages.admit(person, scheme: scheme, from: "2026-02-01"))
    let visit = admitted.value("result.mdtrt_id")
    let overlapping = try await trial.ask("2401", Messages.admit(person, scheme: scheme, from: "2026-02-05"))
    #expect(overlapping.number == DeskOutcome.stayOverlaps.rawValue)

    let lines = [fee(visit, person, "1", "12000.00"), fee(visit, person, "2", "3000.55"), fee(visit, person, "3", "9")]
    _ = try await trial.succeed("2301", #"{"feedetail":[\#(lines.joined(separator: ","))]}"#)
    let withdrawn = #"{"data":[{"feedetl_sn":"3","mdtrt_id":"\#(visit)","psn_no":"\#(person)"}]}"#
    _ = try await trial.succeed("2302", withdrawn)
    let preview = try await trial.succeed("2303", Messages.settle(visit, person, scheme: scheme, total: "15000.55"))
    try preview.checkMoney()
    let early = try await trial.ask("2304", Messages.settle(visit, person, scheme: scheme, total: "15000.55"))
    #expect(early.number == DeskOutcome.notDischarged.rawValue)

    let inside = try await trial.succeed(
      "5201", #"{"data":{"psn_no":"\#(person)","mdtrt_id":"\#(visit)","med_type":"2101"}}"#)
    #expect(inside.value("mdtrtinfo.0.inhosp_stas") == "1")
    #expect(inside.value("mdtrtinfo.0.dscg_maindiag_code") == "J18.900")
    _ = try await trial.succeed("2402", Messages.discharge(visit, person, scheme: scheme, on: "2026-02-08"))
    _ = try await trial.succeed("2405", Messages.visitKey(visit, person))
    _ = try await trial.succeed("2402", Messages.discharge(visit, person, scheme: scheme, on: "2026-02-08"))
    let settled = try await trial.succeed("2304", Messages.settle(visit, person, scheme: scheme, total: "15000.55"))
    try settled.checkMoney()
    #expect(settled.value("setlinfo.fund_pay_sumamt") == preview.value("setlinfo.fund_pay_sumamt"))
    #expect(try settled.money("setlinfo.hifp_pay") > 0)
    #expect(try settled.money("setlinfo.act_pay_dedc") > 0)
    #expect(settled.value("setldetail.0.fund_pay_type") == (scheme == "310" ? "310100" : "390100"))
    #expect(settled.value("setlinfo.clr_type") == "21" && settled.value("setlinfo.clr_way") == "null")
    #expect(settled.value("setlinfo.enddate") == "2026-02-08")

    let id = settled.value("setlinfo.setl_id")
    let key = #"{"data":{"psn_no":"\#(person)","mdtrt_id":"\#(visit)","setl_id":"\#(id)"}}"#
    #expect(try await trial.succeed("5203", key).value("setlinfo.hifp_pay") == settled.value("setlinfo.hifp_pay"))
    let fees = try await trial.succeed("5204", key)
    #expect(fees.root["output"]?.kind == .list && fees.root["output"]?.count == 2)
    #expect(fees.value("1.det_item_fee_sumamt") == "3000.55" && fees.value("1.feedetl_sn") == "2")
    let reversed = try await trial.succeed("2305", key)
    try reversed.checkMoney()
    #expect(try reversed.money("setlinfo.hifp_pay") == -settled.money("setlinfo.hifp_pay"))
    #expect(reversed["setlinfo.pdn_cash_pay"] == nil)
  }

  @Test func `门诊医疗类别不能办理入院，未支持的类别说明不支持`() async throws {
    let trial = try await InterfaceTrial()
    let outpatient = Messages.admit("P0000002", scheme: "310", from: "2026-02-01", type: "11")
    #expect(try await trial.ask("2401", outpatient).number == InterfaceFault.contradiction.rawValue)
    let unsupported = Messages.admit("P0000002", scheme: "310", from: "2026-02-01", type: "71")
    #expect(try await trial.ask("2401", unsupported).number == InterfaceFault.careNotOffered.rawValue)
    let scheme = Messages.admit("P0000002", scheme: "330", from: "2026-02-01")
    #expect(try await trial.ask("2401", scheme).number == InterfaceFault.contradiction.rawValue)
    let other = Messages.admit("P0000002", scheme: "390", from: "2026-02-01")
    #expect(try await trial.ask("2401", other).number == DeskOutcome.schemeMismatch.rawValue)
  }

  @Test func `入院应答丢失后冲正即撤销登记`() async throws {
    let trial = try await InterfaceTrial()
    let admit = Messages.admit("P0000002", scheme: "310", from: "2026-02-01")
    _ = try await trial.succeed("2401", admit, msgid: "A1")
    _ = try await trial.succeed("2601", #"{"data":{"psn_no":"P0000002","omsgid":"A1","oinfno":"2401"}}"#)
    _ = try await trial.succeed("2401", admit, msgid: "A2")
  }
}
