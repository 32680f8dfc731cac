import Kernel
import NationalInterface
import Testing
import Workflows

/// Audits of details before and during care: 3101, 3102, 3103.
struct AnalysisTransactionTests {
  static let details = """
    {"data":{"trig_scen":"1","patient_dtos":[{"patn_id":"P0000002","patn_name":"张伟","gend":"2","brdy":"1956-03-03",\
    "poolarea":"990100","curr_mdtrt_id":"V1","fsi_encounter_dtos":[{"mdtrt_id":"V1","medins_id":"H99010000001",\
    "medins_name":"示例市第一人民医院","medins_admdvs":"990100","medins_type":"1","medins_lv":"2","adm_date":\
    "2026-03-02 08:30:00","dscg_main_dise_codg":"I10.x00","dscg_main_dise_name":"高血压","dr_codg":"D1",\
    "adm_dept_codg":"A03","adm_dept_name":"内科","med_mdtrt_type":"1","med_type":"11","insutype":"310",\
    "out_setl_flag":"0","fsi_diagnose_dtos":[{"dise_id":"1","inout_dise_type":"1","maindise_flag":"1","dias_srt_no":\
    "1","dise_codg":"I10.x00","dise_name":"高血压","dise_date":"2026-03-02 08:40:00"}],"fsi_order_dtos":[{"rx_id":"1",\
    "rxno":"R1","long_drord_flag":"0","hilist_type":"101","chrg_type":"09","drord_bhvr":"1","hilist_code":"XA001",\
    "hilist_name":"示例药品1号","hilist_lv":"01","hosplist_code":"Y1","hosplist_name":"药品","cnt":"2","pric":"23.5",\
    "sumamt":"47","drord_begn_date":"2026-03-02 08:50:00","drord_dept_codg":"A03","drord_dept_name":"内科",\
    "drord_dr_codg":"D1","drord_dr_name":"医师甲","curr_drord_flag":"1"}]}]}]}}
    """

  static let feedback = """
    {"data":{"warn_type":"1","warns":[{"warn_rslt_id":"W1","dspo_way":"1","dspo_way_rea":"病情需要"},{"warn_rslt_id":\
    "W2","dspo_way":"2","dspo_way_rea":""}]}}
    """

  @Test(arguments: [("3101", AnalysisStage.before), ("3102", .during)])
  func `明细审核：留存原文，返回空结果，重发不重复留存`(infno: String, stage: AnalysisStage) async throws {
    let trial = try await InterfaceTrial()
    for _ in 0..<2 {
      let answer = try await trial.succeed(infno, Self.details, msgid: "A1")
      #expect(answer["result"]?.kind == .list && answer["result"]?.count == 0)
    }
    let kept = try await trial.store.read { store throws(StoreError) in
      try store.filed(DetailAnalysis.self, about: "V1")
    }
    #expect(kept.map(\.stage) == [stage] && kept.map(\.person) == ["P0000002"])
    #expect(kept.map(\.owner) == [InterfaceTrial.hospital])
    let document = try JSONDocument(Array(try #require(kept.first).content.utf8))
    #expect(document.root["fsi_encounter_dtos"]?.elements.first?["fsi_order_dtos"]?.count == 1)
  }

  @Test func `明细审核：嵌套节点缺失、必填为空、格式不对都指出在哪里`() async throws {
    let trial = try await InterfaceTrial()
    let ask = { (from: String, to: String) in try await trial.ask("3101", Self.details.replacing(from, with: to)) }
    let field = try await ask(#""rxno":"R1""#, #""rxno":"""#)
    #expect(field.number == InterfaceFault.fieldMissing.rawValue)
    #expect(field.error.contains("data.patient_dtos.fsi_encounter_dtos.fsi_order_dtos 字段 rxno"))
    let number = try await ask(#""cnt":"2""#, #""cnt":"两""#)
    #expect(number.number == InterfaceFault.valueForm.rawValue)
    let node = try await ask(#""fsi_diagnose_dtos""#, #""fsi_diagnoses""#)
    #expect(node.number == InterfaceFault.nodeMissing.rawValue && node.error.contains("fsi_diagnose_dtos"))
    let kind = try await ask(#""fsi_diagnose_dtos":["#, #""fsi_operation_dtos":"x","fsi_diagnose_dtos":["#)
    #expect(kind.number == InterfaceFault.nodeForm.rawValue)
  }

  @Test func `反馈：逐条留存，继续执行须写原因`() async throws {
    let trial = try await InterfaceTrial()
    #expect(try await trial.succeed("3103", Self.feedback, msgid: "F1").root["output"]?.count == 0)
    _ = try await trial.succeed("3103", Self.feedback, msgid: "F1")
    let kept = try await trial.store.read { store throws(StoreError) in
      try store.filed(AnalysisFeedback.self, about: "W1") + store.filed(AnalysisFeedback.self, about: "W2")
    }
    #expect(kept.map(\.action) == [.carriedOut, .changed] && kept.map(\.reason) == ["病情需要", ""])
    let silent = try await trial.ask("3103", Self.feedback.replacing("病情需要", with: ""))
    #expect(silent.number == InterfaceFault.fieldMissing.rawValue)
    let unknown = try await trial.ask("3103", Self.feedback.replacing(#""dspo_way":"2""#, with: #""dspo_way":"3""#))
    #expect(unknown.number == InterfaceFault.codeUnknown.rawValue)
  }
}
