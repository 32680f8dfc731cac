import Kernel
import NationalInterface
import Testing
import Workflows

/// Messages of an outpatient visit.
enum OutpatientMessages {
  static func register(_ person: String = "P0000002", scheme: String = "310") -> String {
    """
    {"data":{"psn_no":"\(person)","insutype":"\(scheme)","begntime":"2026-03-02 08:30:00","mdtrt_cert_type":"02",\
    "mdtrt_cert_no":"1","ipt_otp_no":"OP1","atddr_no":"D1","dr_name":"医师甲","dept_code":"A03","dept_name":"内科",\
    "caty":"A03"}}
    """
  }

  static func visit(_ id: String, _ person: String = "P0000002", type: String = "11") -> String {
    """
    {"mdtrtinfo":{"mdtrt_id":"\(id)","psn_no":"\(person)","med_type":"\(type)","begntime":"2026-03-02 08:30:00",\
    "dise_codg":"M03900","dise_name":"高血压"},"diseinfo":[{"diag_type":"1","diag_srt_no":2,"diag_code":"E11.900",\
    "diag_name":"糖尿病","diag_dept":"A03","dise_dor_no":"D1","dise_dor_name":"医师甲","diag_time":\
    "2026-03-02 08:40:00","vali_flag":"1"},{"diag_type":"1","diag_srt_no":"1","diag_code":"I10.x00","diag_name":\
    "高血压","diag_dept":"A03","dise_dor_no":"D1","dise_dor_name":"医师甲","diag_time":"2026-03-02 08:40:00",\
    "vali_flag":"1"}]}
    """
  }

  /// One fee line; amounts as text or number, as clients do.
  static func fee(
    _ visit: String, _ serial: String, item: String, price: String, count: String, sum: String,
    person: String = "P0000002", day: String = "2026-03-02", batch: String = "B1"
  ) -> String {
    """
    {"feedetl_sn":"\(serial)","mdtrt_id":"\(visit)","psn_no":"\(person)","chrg_bchno":"\(batch)","rx_circ_flag":"0",\
    "fee_ocur_time":"\(day) 09:00:00","med_list_codg":"\(item)","medins_list_codg":"Y1","det_item_fee_sumamt":\(sum),\
    "cnt":\(count),"pric":\(price),"bilg_dept_codg":"A03","bilg_dept_name":"内科","bilg_dr_codg":"D1","bilg_dr_name":\
    "医师甲","hosp_appr_flag":"1","med_type":"2101"}
    """
  }

  static func settle(
    _ visit: String, total: String, person: String = "P0000002", scheme: String = "310", account: String = "1"
  ) -> String {
    """
    {"data":{"psn_no":"\(person)","mdtrt_cert_type":"02","mdtrt_cert_no":"1","med_type":"11","medfee_sumamt":\(total),\
    "psn_setlway":"01","mdtrt_id":"\(visit)","chrg_bchno":"B1","acct_used_flag":"\(account)","insutype":"\(scheme)",\
    "invono":""}}
    """
  }

  static func reverse(_ visit: String, _ settlement: String, person: String = "P0000002") -> String {
    #"{"data":{"setl_id":"\#(settlement)","mdtrt_id":"\#(visit)","psn_no":"\#(person)"}}"#
  }
}

/// An outpatient visit from registration to reversal.
struct OutpatientFlowTests {
  private typealias Messages = OutpatientMessages

  /// Registers a visit with three fee lines of 1,003.00 yuan in all.
  private func open(_ trial: InterfaceTrial) async throws -> (visit: String, fees: Answer) {
    let registered = try await trial.succeed("2201", Messages.register())
    let visit = registered.value("data.mdtrt_id")
    #expect(registered.value("data.ipt_otp_no") == "OP1")
    let changed = try await trial.succeed("2203", Messages.visit(visit))
    #expect(changed.root["output"]?.kind == .object)
    let lines = [
      Messages.fee(visit, "F1", item: "XA001", price: "23.500000", count: "2", sum: "47.00"),
      Messages.fee(visit, "F2", item: "XA003", price: "\"300\"", count: "\"3.0000\"", sum: "\"900.00\""),
      Messages.fee(visit, "F3", item: "XA010", price: "56", count: "1", sum: "56"),
    ]
    let fees = try await trial.succeed("2204", #"{"feedetail":[\#(lines.joined(separator: ","))]}"#)
    return (visit, fees)
  }

  @Test func `门诊全流程：挂号、就诊、明细、预结算、结算、撤销`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, fees) = try await open(trial)
    #expect(fees["result"]?.count == 3)
    for place in 0..<3 {
      let field = { (name: String) in try fees.money("result.\(place).\(name)") }
      let parts = try ["fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt"].map(field)
      #expect(try field("det_item_fee_sumamt") == parts.reduce(0, +))
    }
    #expect(fees.value("result.0.chrgitm_lv") == "01" && fees.value("result.0.selfpay_prop") == "0.0000")
    #expect(fees.value("result.0.pric_uplmt_amt") == "999999.000000")
    #expect(fees.value("result.1.chrgitm_lv") == "02" && fees.value("result.1.pric") == "300.000000")
    #expect(fees.value("result.2.chrgitm_lv") == "03" && fees.value("result.2.selfpay_prop") == "1.0000")
    #expect(fees.value("result.2.fulamt_ownpay_amt") == "56.00")

    let preview = try await trial.succeed("2206", Messages.settle(visit, total: "1003.00"))
    try preview.checkMoney()
    #expect(preview.value("setlinfo.setl_id") == "null" && preview.value("setlinfo.setl_time") == "null")
    let settled = try await trial.succeed("2207", Messages.settle(visit, total: "\"1003\""), msgid: "M-2207")
    try settled.checkMoney()
    for name in ["medfee_sumamt", "fund_pay_sumamt", "psn_cash_pay", "acct_pay", "balc"] {
      #expect(settled.value("setlinfo.\(name)") == preview.value("setlinfo.\(name)"))
    }
    #expect(settled.value("setlinfo.medfee_sumamt") == "1003.00")
    #expect(settled.value("setlinfo.fulamt_ownpay_amt") == "56.00")
    #expect(settled.value("setlinfo.medins_setl_id") == "M-2207")
    #expect(settled.value("setlinfo.setl_time") == "2026-03-02 10:00:00")
    #expect(settled.value("setlinfo.clr_type") == "11" && settled.value("setlinfo.insutype") == "310")
    #expect(settled.value("setldetail.0.fund_pay_type") == "310100")
    #expect(settled.value("setldetail.0.setl_proc_info").contains("符合政策范围"))
    #expect(settled["setlinfo.medfee_sumamt"]?.kind == .number)

    let id = settled.value("setlinfo.setl_id")
    let reversed = try await trial.succeed("2208", Messages.reverse(visit, id))
    try reversed.checkMoney()
    #expect(try reversed.money("setlinfo.medfee_sumamt") == -100_300)
    #expect(try reversed.money("setlinfo.fund_pay_sumamt") == -settled.money("setlinfo.fund_pay_sumamt"))
    #expect(reversed.value("setlinfo.pdn_cash_pay") == reversed.value("setlinfo.psn_cash_pay"))
    #expect(reversed.value("setlinfo.setl_id") != id && reversed.value("setlinfo.init_setl_id") == id)
    #expect(try await trial.ask("2208", Messages.reverse(visit, id)).number == DeskOutcome.settlementReversed.rawValue)
    _ = try await trial.succeed("2205", #"{"data":{"mdtrt_id":"\#(visit)","chrg_bchno":"0000","psn_no":"P0000002"}}"#)
    _ = try await trial.succeed("2202", #"{"data":{"mdtrt_id":"\#(visit)","psn_no":"P0000002","ipt_otp_no":"OP1"}}"#)
  }

  @Test func `河北编号2206A和2207A等同2206和2207`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let preview = try await trial.succeed("2206A", Messages.settle(visit, total: "1003"))
    let settled = try await trial.succeed("2207A", Messages.settle(visit, total: "1003"), msgid: "M1")
    #expect(settled.value("setlinfo.fund_pay_sumamt") == preview.value("setlinfo.fund_pay_sumamt"))
    let again = try await trial.succeed("2207", Messages.settle(visit, total: "1003"), msgid: "M1")
    #expect(again.value("setlinfo.setl_id") == settled.value("setlinfo.setl_id"))
  }

  @Test func `同一msgid重发得首次应答，换内容则拒绝`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let first = try await trial.succeed("2207", Messages.settle(visit, total: "1003.00"), msgid: "M1")
    // Blanks are no content.
    let spaced = Messages.settle(visit, total: "1003.00").replacing(",", with: " ,\n ")
    let again = try await trial.succeed("2207", spaced, msgid: "M1")
    #expect(again.value("setlinfo.setl_id") == first.value("setlinfo.setl_id"))
    #expect(again.value("setlinfo.psn_cash_pay") == first.value("setlinfo.psn_cash_pay"))
    let other = try await trial.ask("2207", Messages.settle(visit, total: "1003.00", account: "0"), msgid: "M1")
    #expect(other.number == DeskOutcome.messageConflict.rawValue)
  }

  @Test func `应答丢失后冲正，再冲正仍成功，撤销类交易不可冲正`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let settled = try await trial.succeed("2207", Messages.settle(visit, total: "1003.00"), msgid: "M1")
    let undo = #"{"data":{"psn_no":"P0000002","omsgid":"M1","oinfno":"2207"}}"#
    _ = try await trial.succeed("2601", undo, msgid: "U1")
    _ = try await trial.succeed("2601", undo, msgid: "U1")
    _ = try await trial.succeed("2601", undo, msgid: "U2")
    let query =
      #"{"data":{"psn_no":"P0000002","mdtrt_id":"\#(visit)","setl_id":"\#(settled.value("setlinfo.setl_id"))"}}"#
    let found = try await trial.succeed("5203", query)
    #expect(found.value("setlinfo.medfee_sumamt") == "1003.00")
    let again = try await trial.succeed("2207", Messages.settle(visit, total: "1003.00"), msgid: "M2")
    #expect(again.value("setlinfo.psn_cash_pay") == settled.value("setlinfo.psn_cash_pay"))
    let refused = try await trial.ask("2601", #"{"data":{"psn_no":"P0000002","omsgid":"M1","oinfno":"2208"}}"#)
    #expect(refused.number == InterfaceFault.contradiction.rawValue && refused.error.contains("原 msgid"))
    let other = try await trial.ask("2601", #"{"data":{"psn_no":"P0000002","omsgid":"M1","oinfno":"2204"}}"#)
    #expect(other.number == InterfaceFault.contradiction.rawValue && !other.error.contains("原 msgid"))
  }

  @Test func `退费明细：负数量冲减，结算和明细查询按净额`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let refund = Messages.fee(visit, "F4", item: "XA003", price: "300", count: "-1", sum: "-300.00")
    let split = try await trial.succeed("2204", #"{"feedetail":[\#(refund)]}"#)
    #expect(split.value("result.0.det_item_fee_sumamt") == "-300.00" && split.value("result.0.cnt") == "-1.0000")
    let field = { (name: String) in try split.money("result.0.\(name)") }
    let parts = try ["fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt"].map(field)
    #expect(parts.reduce(0, +) == -30_000 && parts[2] < 0)
    let over = Messages.fee(visit, "F5", item: "XA003", price: "300", count: "-3", sum: "-900.00")
    #expect(
      try await trial.ask("2204", #"{"feedetail":[\#(over)]}"#).number == DeskOutcome.refundUnmatched.rawValue)
    let named = over.replacing(#""med_type""#, with: #""init_feedetl_sn":"F1","med_type""#)
    #expect(
      try await trial.ask("2204", #"{"feedetail":[\#(named)]}"#).number == DeskOutcome.refundUnmatched.rawValue)
    let settled = try await trial.succeed("2207", Messages.settle(visit, total: "703.00"))
    try settled.checkMoney()
    let id = settled.value("setlinfo.setl_id")
    let lines = try await trial.succeed("5204", Messages.reverse(visit, id))
    #expect(lines.root["output"]?.count == 3 && lines.value("1.cnt") == "2.0000")
    #expect(lines.value("1.det_item_fee_sumamt") == "600.00")
  }

  @Test func `只结算一个批次、中途结算都说明不提供`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let more = Messages.fee(visit, "F9", item: "XA001", price: "1", count: "1", sum: "1", batch: "B2")
    _ = try await trial.succeed("2204", #"{"feedetail":[\#(more)]}"#)
    for infno in ["2206", "2207"] {
      let refused = try await trial.ask(infno, Messages.settle(visit, total: "1003.00"))
      #expect(refused.number == DeskOutcome.batchNotAlone.rawValue && refused.error.contains("B2"))
    }
    let stay = StayMessages.settle("V1", "P0000002", scheme: "310", total: "1")
      .replacing(#""mid_setl_flag":"0""#, with: #""mid_setl_flag":"1""#)
    for infno in ["2303", "2304"] {
      let refused = try await trial.ask(infno, stay)
      #expect(refused.number == InterfaceFault.transactionNotOffered.rawValue && refused.error.contains("中途结算"))
    }
  }

  @Test func `总额不符、流水号重复、目录外项目、结算后再传都被拒绝`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    #expect(
      try await trial.ask("2207", Messages.settle(visit, total: "1003.01")).number
        == DeskOutcome.totalMismatch.rawValue)
    let again = Messages.fee(visit, "F1", item: "XA001", price: "1", count: "1", sum: "1")
    #expect(
      try await trial.ask("2204", #"{"feedetail":[\#(again)]}"#).number == DeskOutcome.feeSerialUsed.rawValue)
    let unknown = Messages.fee(visit, "F9", item: "XX999", price: "1", count: "1", sum: "1")
    #expect(
      try await trial.ask("2204", #"{"feedetail":[\#(unknown)]}"#).number == DeskOutcome.itemUnknown.rawValue)
    _ = try await trial.succeed("2207", Messages.settle(visit, total: "1003.00"))
    let late = Messages.fee(visit, "F9", item: "XA001", price: "1", count: "1", sum: "1")
    #expect(
      try await trial.ask("2204", #"{"feedetail":[\#(late)]}"#).number == DeskOutcome.visitState.rawValue)
  }

  @Test func `传入的拆分金额与中心不同时结算并提示`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let input = Messages.settle(visit, total: "1003.00")
      .replacing(#""invono":"""#, with: #""invono":"","fulamt_ownpay_amt":"55.00""#)
    let answer = try await trial.succeed("2206", input)
    #expect(answer.warning.contains("fulamt_ownpay_amt") && answer.warning.contains("56.00"))
    let other = try await trial.succeed("2206", input.replacing(#""med_type":"11""#, with: #""med_type":"13""#))
    #expect(other.warning.contains("11"))
  }

  @Test func `对总账：平与不平`() async throws {
    let trial = try await InterfaceTrial()
    let (visit, _) = try await open(trial)
    let settled = try await trial.succeed("2207", Messages.settle(visit, total: "1003.00"))
    let statement = { (total: String) in
      """
      {"data":{"insutype":"310","clr_type":"11","setl_optins":"990100","stmt_begndate":"2026-03-01","stmt_enddate":\
      "2026-03-31","medfee_sumamt":\(total),"fund_pay_sumamt":"\(settled.value("setlinfo.fund_pay_sumamt"))",\
      "acct_pay":\(settled.value("setlinfo.acct_pay")),"fixmedins_setl_cnt":1,"refd_setl_flag":"0"}}
      """
    }
    let level = try await trial.succeed("3201", statement("1003"))
    #expect(level.value("stmtinfo.stmt_rslt") == "0")
    let uneven = try await trial.succeed("3201", statement("1004"))
    #expect(uneven.value("stmtinfo.stmt_rslt") == "1")
    #expect(uneven.value("stmtinfo.stmt_rslt_dscr").contains("中心 1003.00、机构 1004.00"))
  }
}
