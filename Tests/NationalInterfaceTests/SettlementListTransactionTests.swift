import Claims
import Kernel
import Ledger
import NationalInterface
import Testing
import Workflows

/// A settled stay and the list that goes with it.
struct ListTrial: Sendable {
  let trial: InterfaceTrial
  let visit: String
  let settlement: String
  let settled: Answer

  /// A stay of person 2 from 1 to 8 February 2026 with drugs of 15,000.00 yuan, settled.
  init(_ trial: InterfaceTrial? = nil) async throws {
    if let trial { self.trial = trial } else { self.trial = try await InterfaceTrial() }
    let (person, scheme) = ("P0000002", "310")
    let admit = StayMessages.admit(person, scheme: scheme, from: "2026-02-01")
    visit = try await self.trial.succeed("2401", admit).value("result.mdtrt_id")
    let fee = OutpatientMessages.fee(
      visit, "1", item: "XA001", price: "15000", count: "1", sum: "15000", person: person, day: "2026-02-03")
    _ = try await self.trial.succeed("2301", #"{"feedetail":[\#(fee)]}"#)
    _ = try await self.trial.succeed("2402", StayMessages.discharge(visit, person, scheme: scheme, on: "2026-02-08"))
    settled = try await self.trial.succeed(
      "2304", StayMessages.settle(visit, person, scheme: scheme, total: "15000"))
    settlement = settled.value("setlinfo.setl_id")
  }

  /// The list in the form of the edition of 2024-10.
  func list(_ extra: String = "", state: String = "0") -> String {
    Self.list(visit, settlement, extra, state: state)
  }

  /// The list of a visit and a settlement.
  static func list(_ visit: String, _ settlement: String, _ extra: String = "", state: String = "0") -> String {
    """
    {"setlinfo":{"psn_no":"P0000002","mdtrt_id":"\(visit)","setl_id":"\(settlement)","medcasno":"B1","ntly":"CHN",\
    "prfs":"80","curr_addr":"某地","poscode":"410000","coner_name":"李四","patn_rlts":"20","coner_addr":"某地",\
    "coner_tel":"1","adm_way":"2","trt_type":"10","adm_time":"2026-02-01 10:00:00","adm_caty":"A03",\
    "dscg_time":"2026-02-08 09:00:00","dscg_caty":"A03","dscg_way":"1","vent_used_dura":"0/5/30",\
    "lv1_nurscare_days":"1.5","bill_code":"43","bill_no":"1","biz_sn":"BS1","days_rinp_flag_31":"1",\
    "chfpdr_code":"D1","setl_begn_date":"2026-02-01","setl_end_date":"2026-02-08","medins_fill_dept":"医保办",\
    "medins_fill_psn":"填报人","resp_nurs_code":"N1","stas_type":"\(state)","hi_paymtd":"4"\(extra)},\
    "diseinfo":[{"diag_type":"1","diag_code":"J18.900","diag_name":"肺炎","adm_cond_type":"1","maindiag_flag":"1"},\
    {"diag_type":"1","diag_code":"I10.x00","diag_name":"高血压","adm_cond_type":"1","maindiag_flag":"0"}],\
    "oprninfo":[{"oprn_oprt_type":"1","oprn_oprt_name":"支气管镜检查","oprn_oprt_code":"33.2400","anst_way":"3",\
    "oper_dr_code":"D1","anst_dr_code":"D2","oprn_oprt_begntime":"2026-02-03 09:00:00","oprn_oprt_endtime":\
    "2026-02-03 10:00:00","anst_begntime":"2026-02-03 08:50:00","anst_endtime":"2026-02-03 10:10:00"}],\
    "icuinfo":[{"scs_cutd_ward_type":"1","scs_cutd_inpool_time":"2026-02-03 11:00:00","scs_cutd_exit_time":\
    "2026-02-04 12:30:00","scs_cutd_sum_dura":"1/1/30"}],\
    "bldinfo":[{"bld_cat":"1","bld_amt":2,"bld_unt":"U"}]}
    """
  }

  /// The parts that the national baseline adds: patient, fees by category, payment.
  func baseline(total: String = "15000.00", cash: String? = nil) -> String {
    let field = { (name: String) in settled.value("setlinfo.\(name)") }
    let nodes = """
      ,"payinfo":[{"fund_pay_type":"310100","fund_payamt":"\(field("hifp_pay"))"},{"fund_pay_type":"330100",\
      "fund_payamt":"\(field("hifob_pay"))"},{"fund_pay_type":"310200","fund_payamt":"\(field("acct_pay"))"}],\
      "iteminfo":[{"med_chrgitm":"09","amt":"\(total)","claa_sumfee":"\(total)","clab_amt":0,"fulamt_ownpay_amt":0,\
      "oth_amt":0}]}
      """
    let extra = """
      ,"psn_selfpay":"\(field("psn_part_amt"))","psn_ownpay":"0","acct_pay":"\(field("acct_pay"))","psn_cashpay":\
      "\(cash ?? field("psn_cash_pay"))","act_ipt_days":7,"diag_code_cnt":2,"oprn_oprt_code_cnt":1
      """
    return list(extra).dropLast() + nodes
  }

  func change(_ state: String, person: String = "P0000002") -> String {
    #"{"data":{"stastinfo":[{"psn_no":"\#(person)","setl_id":"\#(settlement)","stas_type":"\#(state)"}]}}"#
  }

  func stored() async throws -> FiledSettlementList {
    try #require(
      try await trial.store.read { store throws(StoreError) in
        try store.filed(FiledSettlementList.self, about: settlement).last
      })
  }
}

/// Settlement lists over the interface: 4101, 4101A, 4102.
struct SettlementListTransactionTests {
  /// A list to begin mutations with.
  static let seed = ListTrial.list("9901001", "990100S1")

  @Test(arguments: ["4101", "4101A"])
  func `结算清单上传：每个节点都读入，费用分类取自已结算明细`(number: String) async throws {
    let trial = try await ListTrial()
    let answer = try await trial.trial.succeed(number, trial.list(), msgid: "L1")
    #expect(answer.value("data.setl_list_id") == "1" && answer.warning.isEmpty)
    #expect(try await trial.trial.succeed("4101", trial.list(), msgid: "L1").value("data.setl_list_id") == "1")
    let filed = try await trial.stored()
    let list = filed.list
    #expect(filed.state == .uploaded && filed.findings.isEmpty && filed.owner == InterfaceTrial.hospital)
    #expect(list.settlement == trial.settlement && list.visit == trial.visit && list.person == "P0000002")
    #expect(list.stay.admitted?.description == "2026-02-01 10:00:00" && list.stay.dischargeWay == "1")
    #expect(list.stay.ventilation?.minuteCount == 330 && list.stay.nursingTenths == [0, 15, 0, 0])
    #expect(
      list.diagnoses.map(\.code) == ["J18.900", "I10.x00"] && list.diagnoses.map(\.isPrincipal) == [true, false])
    #expect(list.diagnoses.allSatisfy { $0.condition == .present })
    let procedure = try #require(list.procedures.first)
    #expect(procedure.isPrincipal && procedure.code == "33.2400" && procedure.surgeon.code == "D1")
    #expect(procedure.begun?.description == "2026-02-03 09:00:00" && procedure.anaesthetist.code == "D2")
    #expect(list.intensiveCare.map(\.duration?.minuteCount) == [1_530])
    #expect(list.transfusions == [.init(kind: "1", amount: 2, unit: "U")])
    #expect(list.feesAreDerived)
    let all = Money(fen: 1_500_000)
    #expect(list.fees == [SettlementList.FeeCategory(category: "09", amount: all, classA: all)])
    #expect(list.patient.occupation == "80" && list.filling.serial == "BS1" && list.payment.method == "4")
  }

  @Test func `国家基线的清单：费用分类和支付与结算核对`() async throws {
    let trial = try await ListTrial()
    let answer = try await trial.trial.succeed("4101", trial.baseline())
    #expect(answer.warning.isEmpty)
    let list = try await trial.stored().list
    #expect(!list.feesAreDerived && list.stay.days == 7)
    #expect(list.payment.funds.map(\.fund) == [Fund.employeePooled.word, Fund.largeSum.word])
    let off = try await trial.trial.ask("4101", trial.baseline(total: "14999.99"))
    #expect(off.number == DeskOutcome.listRefused.rawValue && off.error.contains("[602]"))
    let cash = try await trial.trial.ask("4101", trial.baseline(cash: "0.01"))
    #expect(cash.number == DeskOutcome.listRefused.rawValue && cash.error.contains("[608]"))
  }

  @Test func `质控不通过的不收，可提示的收下并提示`() async throws {
    let trial = try await ListTrial()
    let none = trial.list().replacing(#""maindiag_flag":"1""#, with: #""maindiag_flag":"0""#)
    let refused = try await trial.trial.ask("4101", none)
    #expect(refused.number == DeskOutcome.listRefused.rawValue && refused.error.contains("[401]"))
    let early = trial.list().replacing("2026-02-03 09:00:00", with: "2026-01-31 09:00:00")
    #expect(try await trial.trial.ask("4101", early).error.contains("[310]"))
    #expect(
      try await trial.trial.store.read { store throws(StoreError) in
        try store.filed(FiledSettlementList.self, about: trial.settlement)
      }.isEmpty)
    let warned = try await trial.trial.succeed("4101", trial.list().replacing(#""resp_nurs_code":"N1","#, with: ""))
    #expect(warned.warning.contains("[109]") && warned.warning.hasPrefix("质控提示 1 条"))
    #expect(try await trial.stored().findings == [SettlementListFinding(.nurseMissing)])
  }

  @Test func `表单：代码不在表内、时长和体重格式不对、缺必填都被拒绝`() async throws {
    let trial = try await ListTrial()
    let ask = { (from: String, to: String) in
      try await trial.trial.ask("4101", trial.list().replacing(from, with: to)).number
    }
    #expect(try await ask(#""dscg_way":"1""#, #""dscg_way":"7""#) == InterfaceFault.codeUnknown.rawValue)
    #expect(
      try await ask(#""vent_used_dura":"0/5/30""#, #""vent_used_dura":"5:30""#) == InterfaceFault.valueForm.rawValue)
    #expect(try await ask(#""medcasno":"B1""#, #""mul_nwb_bir_wt":"3200，3100""#) == InterfaceFault.valueForm.rawValue)
    #expect(try await ask(#""bill_no":"1""#, #""bill_no":"""#) == InterfaceFault.fieldMissing.rawValue)
    #expect(try await ask(#""stas_type":"0""#, #""stas_type":"2""#) == InterfaceFault.contradiction.rawValue)
    let weights = trial.list().replacing(#""medcasno":"B1""#, with: #""medcasno":"B1","mul_nwb_bir_wt":"3200.5,3100""#)
    _ = try await trial.trial.succeed("4101", weights)
    #expect(try await trial.stored().list.newborn?.birthWeights == [3_201, 3_100])
  }

  @Test func `结算不存在、属于别人、已撤销都不收清单`() async throws {
    let trial = try await ListTrial()
    let unknown = trial.list().replacing(trial.settlement, with: "990100S999")
    #expect(try await trial.trial.ask("4101", unknown).number == DeskOutcome.settlementUnknown.rawValue)
    let elsewhere = try await trial.trial.ask("4101", trial.list(), institution: "H99010000002")
    #expect(elsewhere.number == DeskOutcome.visitMismatch.rawValue)
    let person = trial.list().replacing("P0000002", with: "P0000004")
    #expect(try await trial.trial.ask("4101", person).number == DeskOutcome.visitMismatch.rawValue)
    let key = #"{"data":{"psn_no":"P0000002","mdtrt_id":"\#(trial.visit)","setl_id":"\#(trial.settlement)"}}"#
    _ = try await trial.trial.succeed("2305", key)
    #expect(try await trial.trial.ask("4101", trial.list()).number == DeskOutcome.settlementReversed.rawValue)
  }

  @Test func `未提交可重传，提交后不可，审核不通过可退回再传，审核通过不可动`() async throws {
    let trial = try await ListTrial()
    let ask = { (infno: String, input: String) in try await trial.trial.ask(infno, input).number }
    #expect(try await ask("4102", trial.change("1")) == DeskOutcome.listUnknown.rawValue)
    _ = try await trial.trial.succeed("4101", trial.list())
    _ = try await trial.trial.succeed("4101", trial.list().replacing("BS1", with: "BS2"))
    let replaced = try await trial.stored()
    #expect(replaced.list.filling.serial == "BS2" && replaced.id == "1")
    #expect(try await ask("4102", trial.change("2")) == DeskOutcome.listState.rawValue)
    #expect(try await ask("4102", trial.change("1", person: "P0000004")) == DeskOutcome.visitMismatch.rawValue)
    let done = try await trial.trial.succeed("4102", trial.change("1"), msgid: "C1")
    #expect(done.root["output"]?.count == 0)
    _ = try await trial.trial.succeed("4102", trial.change("1"), msgid: "C1")
    #expect(try await ask("4102", trial.change("1")) == DeskOutcome.listState.rawValue)
    #expect(try await ask("4102", trial.change("0")) == DeskOutcome.listState.rawValue)
    #expect(try await ask("4101", trial.list()) == DeskOutcome.listState.rawValue)
    try await trial.review(passes: false, "R1")
    _ = try await trial.trial.succeed("4101", trial.list())
    #expect(try await trial.stored().state == .uploaded)
    let flat = #"{"data":{"psn_no":"","setl_id":"\#(trial.settlement)","stas_type":"1"}}"#
    _ = try await trial.trial.succeed("4102", flat)
    try await trial.review(passes: true, "R2")
    #expect(try await ask("4102", trial.change("0")) == DeskOutcome.listState.rawValue)
    #expect(try await ask("4101", trial.list()) == DeskOutcome.listState.rawValue)
  }

  @Test func `一次修改多份清单，有一份不行就都不改`() async throws {
    let trial = try await ListTrial()
    _ = try await trial.trial.succeed("4101", trial.list())
    let both = """
      {"data":{"stastinfo":[{"setl_id":"\(trial.settlement)","stas_type":"1"},{"setl_id":"284004","stas_type":"1"}]}}
      """
    #expect(try await trial.trial.ask("4102", both).number == DeskOutcome.listUnknown.rawValue)
    #expect(try await trial.stored().state == .uploaded)
    let empty = try await trial.trial.ask("4102", #"{"data":{"stastinfo":[]}}"#)
    #expect(empty.number == InterfaceFault.fieldMissing.rawValue)
  }

  @Test func `撤销结算即作废清单，重新结算须重新上传`() async throws {
    let trial = try await ListTrial()
    _ = try await trial.trial.succeed("4101", trial.list(state: "1"))
    #expect(try await trial.stored().state == .submitted)
    let key = #"{"data":{"psn_no":"P0000002","mdtrt_id":"\#(trial.visit)","setl_id":"\#(trial.settlement)"}}"#
    _ = try await trial.trial.succeed("2305", key)
    #expect(try await trial.stored().isVoid)
    #expect(try await trial.trial.ask("4102", trial.change("1")).number == DeskOutcome.settlementReversed.rawValue)
  }
}

extension ListTrial {
  /// What the handling centre does with a list that was handed in.
  func review(passes: Bool, _ message: String) async throws {
    let desk = PayerDesk(store: trial.store, library: InterfaceTrial.library, region: SampleRegister.region)
    let context = MessageContext(
      id: message, institution: "990100", transaction: "review", digest: "", time: "2026-03-03 10:00:00")
    _ = try await desk.reviewSettlementList(of: settlement, passes: passes, remark: "", context).get()
  }
}
