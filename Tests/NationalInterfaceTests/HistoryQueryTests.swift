import Kernel
import NationalInterface
import Testing
import Workflows

/// Queries of visits, diagnoses, medication, accumulated amounts and stays.
struct HistoryQueryTests {
  @Test func `就诊信息按期间和医疗类别查询`() async throws {
    let trial = try await ListTrial()
    let open = try await trial.trial.succeed("2201", OutpatientMessages.register()).value("data.mdtrt_id")
    let query = { (from: String, to: String, type: String) in
      """
      {"data":{"psn_no":"P0000002","begntime":"\(from) 00:00:00","endtime":"\(to) 23:59:59","med_type":"\(type)"}}
      """
    }
    let stays = try await trial.trial.succeed("5201", query("2026-01-01", "2026-12-31", "2101"))
    #expect(stays["mdtrtinfo"]?.count == 1 && stays.value("mdtrtinfo.0.mdtrt_id") == trial.visit)
    #expect(
      stays.value("mdtrtinfo.0.inhosp_stas") == "0" && stays.value("mdtrtinfo.0.endtime") == "2026-02-08 00:00:00")
    let visits = try await trial.trial.succeed("5201", query("2026-03-02", "2026-03-02", "11"))
    #expect(visits["mdtrtinfo"]?.count == 1 && visits.value("mdtrtinfo.0.mdtrt_id") == open)
    #expect(try await trial.trial.succeed("5201", query("2026-01-01", "2026-01-31", "2101"))["mdtrtinfo"]?.count == 0)
    let elsewhere = try await trial.trial.succeed(
      "5201", query("2026-01-01", "2026-12-31", "2101"), institution: "H99010000002")
    #expect(elsewhere["mdtrtinfo"]?.count == 0)
    let backwards = try await trial.trial.ask("5201", query("2026-02-01", "2026-01-01", "11"))
    #expect(backwards.number == DeskOutcome.datesImpossible.rawValue)
    let nothing = try await trial.trial.ask("5201", #"{"data":{"psn_no":"P0000002"}}"#)
    #expect(nothing.number == InterfaceFault.fieldMissing.rawValue)
  }

  @Test func `诊断信息：入院和出院诊断都可查，出院撤销后只剩入院诊断`() async throws {
    let trial = try await InterfaceTrial()
    let admit = StayMessages.admit("P0000002", scheme: "310", from: "2026-02-01")
    let visit = try await trial.succeed("2401", admit).value("result.mdtrt_id")
    let key = StayMessages.visitKey(visit, "P0000002")
    _ = try await trial.succeed("2402", StayMessages.discharge(visit, "P0000002", scheme: "310", on: "2026-02-08"))
    let found = try await trial.succeed("5202", key)
    #expect(found["diseinfo"]?.count == 3)
    let field = { (place: Int, name: String) in found.value("diseinfo.\(place).\(name)") }
    #expect((0..<3).map { field($0, "inout_diag_type") } == ["1", "1", "2"])
    #expect((0..<3).map { field($0, "diag_code") } == ["J18.900", "I10.x00", "J18.900"])
    #expect((0..<3).map { field($0, "maindiag_flag") } == ["1", "0", "1"])
    #expect((0..<3).map { field($0, "diag_srt_no") } == ["2", "1", "1"])
    let expected = [
      "diag_info_id": "\(visit)-1-1", "mdtrt_id": visit, "psn_no": "P0000002", "diag_type": "1", "diag_name": "诊断",
      "diag_dept": "A03", "dise_dor_no": "D1", "dise_dor_name": "医师甲", "diag_time": "2026-02-01 11:00:00",
    ]
    for (name, value) in expected { #expect(field(0, name) == value, "\(name)") }
    _ = try await trial.succeed("2405", key)
    #expect(try await trial.succeed("5202", key)["diseinfo"]?.count == 2)
    let elsewhere = try await trial.ask("5202", key, institution: "H99010000002")
    #expect(elsewhere.number == DeskOutcome.visitMismatch.rawValue)
  }

  @Test func `门诊诊断重传即更新，有效标志为0即作废，未重传的保留`() async throws {
    let trial = try await InterfaceTrial()
    let visit = try await trial.succeed("2201", OutpatientMessages.register()).value("data.mdtrt_id")
    _ = try await trial.succeed("2203", OutpatientMessages.visit(visit))
    let void = """
      {"mdtrtinfo":{"mdtrt_id":"\(visit)","psn_no":"P0000002","med_type":"11","begntime":"2026-03-02 08:30:00"},\
      "diseinfo":[{"diag_type":"1","diag_srt_no":"1","diag_code":"I10.x00","diag_name":"高血压","diag_dept":"A03",\
      "dise_dor_no":"D1","dise_dor_name":"医师甲","diag_time":"2026-03-02 08:40:00","vali_flag":"0"}]}
      """
    _ = try await trial.succeed("2203", void)
    let found = try await trial.succeed("5202", StayMessages.visitKey(visit, "P0000002"))
    #expect(found["diseinfo"]?.count == 1 && found.value("diseinfo.0.diag_code") == "E11.900")
  }

  @Test func `在院信息：只列在院的，按入院日期，可按人员`() async throws {
    let trial = try await InterfaceTrial()
    var visits: [String] = []
    for (person, scheme, day) in [
      ("P0000002", "310", "2026-02-03"), ("P0000003", "390", "2026-02-01"), ("P0000004", "310", "2026-02-02"),
    ] {
      let admit = StayMessages.admit(person, scheme: scheme, from: day)
      visits.append(try await trial.succeed("2401", admit).value("result.mdtrt_id"))
    }
    _ = try await trial.succeed(
      "2402", StayMessages.discharge(visits[2], "P0000004", scheme: "310", on: "2026-02-05"))
    let query = { (person: String, to: String) in
      #"{"data":{"psn_no":"\#(person)","begntime":"2026-02-01 00:00:00","endtime":"\#(to) 23:59:59"}}"#
    }
    let found = try await trial.succeed("5303", query("", "2026-02-28"))
    #expect(found["data"]?.count == 2)
    #expect([0, 1].map { found.value("data.\($0).mdtrt_id") } == [visits[1], visits[0]])
    let expected = [
      "psn_no": "P0000003", "insutype": "390", "begndate": "2026-02-01", "med_type": "2101", "ipt_otp_no": "ZY1",
      "out_flag": "0",
    ]
    for (name, value) in expected { #expect(found.value("data.0.\(name)") == value, "\(name)") }
    #expect(try await trial.succeed("5303", query("P0000002", "2026-02-28"))["data"]?.count == 1)
    #expect(try await trial.succeed("5303", query("", "2026-02-02"))["data"]?.count == 1)
    #expect(try await trial.succeed("5303", query("", "2026-02-28"), institution: "H99010000002")["data"]?.count == 0)
    _ = try await trial.succeed("2404", StayMessages.visitKey(visits[0], "P0000002"))
    #expect(try await trial.succeed("5303", query("", "2026-02-28"))["data"]?.count == 1)
  }

  @Test func `累计信息：结算后有累计，撤销后为空，年月可指定`() async throws {
    let trial = try await ListTrial()
    let query = #"{"data":{"psn_no":"P0000002","cum_ym":"202602"}}"#
    let found = try await trial.trial.succeed("5206", query)
    let rows = (0..<(found["cuminfo"]?.count ?? 0)).map { place in
      (found.value("cuminfo.\(place).cum_type_code"), found.value("cuminfo.\(place).cum"))
    }
    let sums = Dictionary(uniqueKeysWithValues: rows)
    #expect(sums["C0000"] == "1.00")
    #expect(sums["Q0000"] == trial.settled.value("setlinfo.act_pay_dedc"))
    #expect(sums["D310101"] == trial.settled.value("setlinfo.hifp_pay"))
    #expect(found.value("cuminfo.0.insutype") == "310" && found.value("cuminfo.0.year") == "2026")
    #expect(found.value("cuminfo.0.cum_ym") == "202602")
    #expect(try await trial.trial.succeed("5206", query.replacing("202602", with: "202512"))["cuminfo"]?.count == 0)
    let open = try await trial.trial.succeed("5206", #"{"data":{"psn_no":"P0000002"}}"#)
    #expect(open.value("cuminfo.0.cum_ym") == "202603")
    let wrong = try await trial.trial.ask("5206", query.replacing("202602", with: "2026-2"))
    #expect(wrong.number == InterfaceFault.valueForm.rawValue)
    let key = #"{"data":{"psn_no":"P0000002","mdtrt_id":"\#(trial.visit)","setl_id":"\#(trial.settlement)"}}"#
    _ = try await trial.trial.succeed("2305", key)
    #expect(try await trial.trial.succeed("5206", query)["cuminfo"]?.count == 0)
  }

  @Test func `慢特病用药记录：只列已结算的慢特病药品`() async throws {
    let trial = try await InterfaceTrial()
    let filing = """
      {"data":{"psn_no":"P0000002","insutype":"310","opsp_dise_code":"M03900","opsp_dise_name":"高血压","insu_optins":\
      "990100","ide_fixmedins_no":"H99010000001","ide_fixmedins_name":"示例","hosp_ide_date":"2026-01-05","diag_dr_codg":\
      "D1","diag_dr_name":"医师甲","begndate":"2026-01-06","enddate":"2026-12-31"}}
      """
    _ = try await trial.succeed("2503", filing)
    let visit = try await trial.succeed("2201", OutpatientMessages.register()).value("data.mdtrt_id")
    _ = try await trial.succeed("2203", OutpatientMessages.visit(visit, type: "14"))
    let lines = [
      OutpatientMessages.fee(visit, "1", item: "XA001", price: "23.5", count: "2", sum: "47"),
      OutpatientMessages.fee(visit, "2", item: "FW001", price: "10", count: "1", sum: "10"),
    ]
    _ = try await trial.succeed("2204", #"{"feedetail":[\#(lines.joined(separator: ","))]}"#)
    let query = { (day: String) in
      #"{"data":{"psn_no":"P0000002","begntime":"\#(day) 00:00:00","endtime":"\#(day) 23:59:59"}}"#
    }
    #expect(try await trial.succeed("5205", query("2026-03-02"))["feedetail"]?.count == 0)
    let settle = OutpatientMessages.settle(visit, total: "57").replacing(#""med_type":"11""#, with: #""med_type":"14""#)
    _ = try await trial.succeed("2207", settle)
    let found = try await trial.succeed("5205", query("2026-03-02"), institution: "H99010000002")
    #expect(found["feedetail"]?.count == 1)
    let expected = [
      "feedetl_sn": "1", "fixmedins_code": "H99010000001", "fixmedins_name": "示例市第一人民医院", "psn_no": "P0000002",
      "med_type": "14", "fee_ocur_time": "2026-03-02 00:00:00", "cnt": "2.0000", "pric": "23.500000",
      "chrgitm_lv": "01",
      "hilist_code": "XA001", "hilist_name": "示例药品1号", "list_type": "101", "med_list_codg": "XA001",
      "med_chrgitm_type": "09", "lmt_used_flag": "0", "hosp_appr_flag": "1",
    ]
    for (name, value) in expected { #expect(found.value("feedetail.0.\(name)") == value, "\(name)") }
    #expect(try await trial.succeed("5205", query("2026-03-03"))["feedetail"]?.count == 0)
  }
}
