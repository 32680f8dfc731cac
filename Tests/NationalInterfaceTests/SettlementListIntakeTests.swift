import Claims
import Kernel
import NationalInterface
import People
import Testing
import Workflows

/// Lists of institutions' own files: rows and messages are read alike, and what is wrong is told by rule and field.
@Suite struct SettlementListIntakeTests {
  private static let row = [
    "setl_id": "L1", "fixmedins_code": "H1", "medcasno": "R1", "gend": "女", "brdy": "1996/1/2", "insutype": "职工",
    "adm_time": "2026/3/1 9:05", "dscg_time": "20260305", "act_ipt_days": "4", "dscg_way": "医嘱离院",
    "dscg_caty": "普通外科", "diagnoses": "K35.800 | I10.x00", "diagnosis_names": "阑尾炎|高血压",
    "diagnosis_conditions": "有|情况不明", "procedures": "47.0901", "procedure_times": "2026-03-02T10:00:00",
    "setl_end_date": "2026-03-05", "fee_01": "100.5", "fee_09": "899.50", "hifp_pay": "600",
    "fund_pay_sumamt": "650.00",
    "hosp_part_amt": "20",
  ]

  private func read(_ changes: [String: String] = [:], institution: String? = nil) throws -> StatedSettlementList {
    try SettlementListIntake.read(
      fields: Self.row.merging(changes) { $1 }.filter { !$0.value.isEmpty }, institution: institution
    ).get()
  }

  @Test func `表格的一行成为清单，名称、日期和代码都认得`() throws {
    let stated = try read()
    #expect(stated.findings.filter(\.isRefusing) == [])
    let list = stated.list
    #expect(stated.number == "L1" && list.institution == "H1" && stated.scheme == .employee)
    #expect(list.patient.sex == .female && list.patient.birth == CalendarDate("1996-01-02"))
    #expect(list.stay.admitted == Moment("2026-03-01 09:05:00") && list.stay.discharged == Moment("2026-03-05"))
    #expect(list.stay.dischargeWay == "1" && list.stay.days == 4)
    #expect(
      list.diagnoses.map(\.code) == ["K35.800", "I10.x00"] && list.diagnoses.map(\.isPrincipal) == [true, false])
    #expect(list.diagnoses.map(\.condition) == [.present, .unknown])
    #expect(list.procedures.map(\.begun) == [Moment("2026-03-02 10:00:00")])
    #expect(list.fees.map(\.category) == ["01", "09"])
    #expect(list.fees.map(\.amount) == [Money(fen: 10_050), Money(fen: 89_950)])
    let funds = list.payment.funds.map { "\($0.fund) \($0.amount)" }
    #expect(funds == ["employee_pooled 600.00", "other 50.00"])
    #expect(stated.hospitalPart == Money(fen: 2_000) && stated.care == .inpatient)
  }

  @Test func `编号的诊断列与竖线连接的相同`() throws {
    let joined = try read(["diagnosis_names": "", "diagnosis_conditions": ""]).list.diagnoses
    let numbered = try read([
      "diagnoses": "", "diagnosis_names": "", "diagnosis_conditions": "", "principal_diagnosis": "K35.800",
      "diagnosis_1": "I10.x00",
    ]).list.diagnoses
    #expect(joined == numbered)
    // A first code that is empty does not let the next one take its place.
    let headless = try read(["diagnoses": "|I10.x00"]).list.diagnoses
    #expect(headless.map(\.isPrincipal) == [false])
  }

  @Test func `不写险种的行不猜基金属于谁`() throws {
    let stated = try read(["insutype": ""])
    #expect(stated.scheme == nil && stated.list.payment.funds.first?.fund == "pooled")
    #expect(try read(["insutype": "390"]).list.payment.funds.first?.fund == "resident_pooled")
    for text in ["310", "employee", "职工基本医疗保险", "城镇职工基本医疗保险"] {
      #expect(try read(["insutype": text]).scheme == .employee, "\(text)")
    }
  }

  @Test(arguments: [
    ("brdy", "1996-13-01", 713), ("adm_time", "三月一日", 713), ("dscg_way", "回家", 714), ("act_ipt_days", "四", 713),
    ("gend", "不详", 714), ("hifp_pay", "一百", 713), ("medfee_sumamt", "1,000", 713), ("fund_pay_sumamt", "100", 726),
    ("fund_pay_sumamt", "x", 713), ("fee_09", "12.345", 713), ("nwb_bir_wt", "重", 713),
    ("diagnoses", "K35.800超过二十个字符的编码是不成立的编码", 713),
  ])
  func `分组和付费需要的值有误，整行不能使用`(field: String, value: String, number: Int) throws {
    let refusing = try read([field: value]).findings.filter(\.isRefusing)
    #expect(refusing.map { Int($0.number) } == [number], "\(refusing)")
    #expect(refusing.allSatisfy { !$0.value.isEmpty && !$0.field.isEmpty })
  }

  @Test(arguments: [("prfs", "宇航员"), ("poscode", "4100000"), ("dscg_caty", "心血管内科二病区东楼"), ("trt_type", "仪器")])
  func `其他值有误只作提示`(field: String, value: String) throws {
    let stated = try read([field: value])
    #expect(stated.findings.map(\.number) == [715] && !stated.findings.contains(where: \.isRefusing))
  }

  private func message(
    _ extra: String = "", dises: String = #"{"diag_type":"1","diag_code":"K35.800","maindiag_flag":"1"}"#
  )
    -> [UInt8]
  {
    Array(
      """
      {"infno":"4101","fixmedins_code":"H2","input":{"setlinfo":{"setl_id":"L1","gend":"2","brdy":"1996-01-02",\
      "adm_time":"2026-03-01 09:05:00","dscg_time":"2026-03-05 10:00:00"\(extra)},"diseinfo":[\(dises)],\
      "payinfo":[{"fund_pay_type":"310100","fund_payamt":600.00}],"iteminfo":[{"med_chrgitm":"09","amt":1000}]}}
      """.utf8)
  }

  @Test func `报文与表格同一个读法，规范必填而此处不需要的只作提示`() throws {
    let stated = try SettlementListIntake.read(message(), institution: "H9").get()
    #expect(stated.list.institution == "H2" && stated.number == "L1")
    #expect(stated.findings.filter(\.isRefusing) == [])
    #expect(Set(stated.findings.map(\.number)) == [716])
    #expect(Set(stated.findings.map(\.field)).isSuperset(of: ["ntly", "bill_no", "iteminfo.claa_sumfee"]))
    let named = try SettlementListIntake.read(message(#","fixmedins_code":"H3""#), institution: nil).get()
    #expect(named.list.institution == "H3")
    let day = try SettlementListIntake.read(message(#","ipt_med_type":"2""#), institution: nil).get()
    #expect(day.care == .daySurgery)
  }

  @Test func `不是清单的报文说明原因`() throws {
    for text in ["{", "[1]", "{}", #"{"input":{"setlinfo":[{},{}]}}"#] {
      guard case .failure(let refusal) = SettlementListIntake.read(Array(text.utf8), institution: nil) else {
        Issue.record("\(text) was read")
        continue
      }
      #expect(refusal.finding.number == 705, "\(text)")
    }
    let codeless = try SettlementListIntake.read(
      message(dises: #"{"diag_type":"1","maindiag_flag":"1"}"#), institution: nil
    ).get()
    #expect(codeless.findings.filter(\.isRefusing).map(\.number) == [712])
    #expect(codeless.findings.filter(\.isRefusing).map(\.field) == ["diseinfo.diag_code"])
    let late = try SettlementListIntake.read(message(#","vent_used_dura":"很久""#), institution: nil).get()
    #expect(late.findings.filter(\.isRefusing).map(\.number) == [713])
  }

  @Test func `没有结算ID的用机构、病案号和出院日命名`() throws {
    #expect(try read(["setl_id": ""]).number == "H1-R1-2026-03-05")
    #expect(try read(["setl_id": "", "fixmedins_code": ""], institution: "H7").number == "H7-R1-2026-03-05")
    #expect(try read(["setl_id": "", "medcasno": ""]).number == nil)
  }

  @Test func `一个列名只指一列`() {
    var owner: [String: String] = [:]
    for column in ListColumn.all {
      for name in [column.name] + column.titles {
        let earlier = owner.updateValue(column.name, forKey: name.lowercased())
        #expect(earlier == nil || earlier == column.name, "\(name): \(earlier ?? "") and \(column.name)")
      }
    }
    #expect(owner.count > 400)
  }
}
