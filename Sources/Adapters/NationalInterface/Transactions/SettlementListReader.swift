import Claims
import Kernel
import Ledger
import People
import Workflows

/// Reads the nodes of 4101 as a settlement list.
struct SettlementListReader {
  private let input: JSONValue
  private let institution: String
  private let row: InputRow

  /// The list of a request whose form has been checked.
  ///
  /// - Throws: a refusal when a duration or a list of weights cannot be read.
  static func list(_ request: InterfaceRequest) throws(Refused) -> SettlementList {
    try list(request.envelope.input, institution: request.institution)
  }

  /// The list of an input, which an institution states.
  ///
  /// - Throws: a refusal when there is no `setlinfo`, or a duration or a list of weights cannot be read.
  static func list(_ input: JSONValue, institution: String) throws(Refused) -> SettlementList {
    guard let row = rows("setlinfo", in: input).first else {
      throw .interface(InterfaceRefusal(.nodeMissing, "节点 setlinfo 缺失或为空", "the node setlinfo is missing"))
    }
    return try SettlementListReader(input: input, institution: institution, row: row).list()
  }

  private static func rows(_ node: StaticString, in input: JSONValue) -> [InputRow] {
    (InputRows.rows(of: node, in: input) ?? []).map(InputRow.init)
  }

  private func rows(_ node: StaticString) -> [InputRow] { Self.rows(node, in: input) }

  private func list() throws(Refused) -> SettlementList {
    var list = SettlementList(
      settlement: row.text("setl_id"), visit: row.text("mdtrt_id"), person: row.text("psn_no"),
      institution: institution)
    list.recordNumber = row.text("medcasno")
    list.patient = patient
    list.newborn = try newborn()
    list.chronicCare = chronicCare
    list.stay = try stay()
    list.diagnoses = diagnoses
    list.procedures = procedures
    list.intensiveCare = try intensiveCare()
    list.transfusions = transfusions
    list.fees = try fees()
    list.payment = try payment()
    list.filling = filling
    return list
  }

  private var patient: SettlementList.Patient {
    var patient = SettlementList.Patient()
    patient.name = row.text("psn_name")
    patient.sex = ["1": Sex.male, "2": .female][row.text("gend")]
    patient.birth = row.day("brdy")
    patient.certificate = row.text("certno")
    patient.insuranceNumber = row.text("hi_no")
    patient.nationality = row.text("ntly")
    patient.occupation = row.text("prfs")
    patient.address = row.text("curr_addr")
    patient.employer = row.text("emp_name")
    patient.employerAddress = row.text("emp_addr")
    patient.employerTelephone = row.text("emp_tel")
    patient.postcode = row.text("poscode")
    patient.contact = row.text("coner_name")
    patient.contactRelation = row.text("patn_rlts")
    patient.contactAddress = row.text("coner_addr")
    patient.contactTelephone = row.text("coner_tel")
    return patient
  }

  private func newborn() throws(Refused) -> SettlementList.Newborn? {
    var newborn = SettlementList.Newborn()
    newborn.ageDays = row.count("nwb_age") ?? row.count("age_days")
    newborn.admissionType = row.text("nwb_adm_type")
    newborn.birthWeights = try row.weights("nwb_bir_wt", "mul_nwb_bir_wt")
    newborn.admissionWeights = try row.weights("nwb_adm_wt", "mul_nwb_adm_wt")
    return newborn == SettlementList.Newborn() ? nil : newborn
  }

  private var chronicCare: SettlementList.ChronicCare? {
    var care = SettlementList.ChronicCare()
    care.department = row.text("opsp_diag_caty")
    care.date = row.day("opsp_mdtrt_date")
    care.diseases = rows("opspdiseinfo").map { row in
      SettlementList.ChronicCare.Disease(
        diagnosis: row.text("diag_code"), diagnosisName: row.text("diag_name"), procedure: row.text("oprn_oprt_code"),
        procedureName: row.text("oprn_oprt_name"))
    }
    return care == SettlementList.ChronicCare() ? nil : care
  }

  private func stay() throws(Refused) -> SettlementList.Stay {
    var stay = SettlementList.Stay()
    stay.kind = row.text("ipt_med_type")
    stay.admissionWay = row.text("adm_way")
    stay.treatment = row.text("trt_type")
    stay.admitted = row.moment("adm_time")
    stay.admissionDepartment = row.filled("adm_caty") ?? row.text("adm_dept_code")
    stay.transfers = row.text("refldept_dept")
    stay.discharged = row.moment("dscg_time")
    stay.dischargeDepartment = row.filled("dscg_caty") ?? row.text("dscg_dept_code")
    stay.days = row.count("act_ipt_days")
    stay.dischargeWay = row.text("dscg_way")
    stay.receiver = row.text("acp_medins_name")
    stay.receiverCode = row.text("acp_optins_code")
    stay.returnPlanned = row.text("days_rinp_flag_31")
    stay.returnPurpose = row.text("days_rinp_pup_31")
    stay.outpatientDiagnosis = .init(code: row.text("wm_dise_code"), name: row.text("otp_wm_dise"))
    stay.outpatientChineseDiagnosis = .init(code: row.text("tcm_dise_code"), name: row.text("otp_tcm_dise"))
    stay.ventilation = try row.duration("vent_used_dura")
    stay.comaBefore = try row.duration("pwcry_bfadm_coma_dura")
    stay.comaAfter = try row.duration("pwcry_afadm_coma_dura")
    stay.nursingTenths = [
      row.tenths("spga_nurscare_days"), row.tenths("lv1_nurscare_days"), row.tenths("scd_nurscare_days"),
      row.tenths("lv3_nurscare_days"),
    ]
    stay.diagnosisCount = row.count("diag_code_cnt")
    stay.procedureCount = row.count("oprn_oprt_code_cnt")
    stay.physician = .init(code: row.text("chfpdr_code"), name: row.text("chfpdr_name"))
    stay.nurse = row.text("resp_nurs_code")
    return stay
  }

  private var diagnoses: [SettlementList.Diagnosis] {
    rows("diseinfo").map { row in
      SettlementList.Diagnosis(
        kind: .init(rawValue: row.text("diag_type")) ?? .western, code: row.text("diag_code"),
        name: row.text("diag_name"), condition: .init(rawValue: row.text("adm_cond_type")),
        isPrincipal: row.text("maindiag_flag") == "1")
    }
  }

  private var procedures: [SettlementList.Procedure] {
    rows("oprninfo").map { row in
      var procedure = SettlementList.Procedure(
        isPrincipal: row.text("oprn_oprt_type") == "1", code: row.text("oprn_oprt_code"),
        name: row.text("oprn_oprt_name"))
      procedure.begun = row.moment("oprn_oprt_begntime") ?? row.moment("oprn_oprt_date")
      procedure.ended = row.moment("oprn_oprt_endtime")
      procedure.surgeon = .init(code: row.text("oper_dr_code"), name: row.text("oper_dr_name"))
      procedure.anaesthesia = row.text("anst_way")
      procedure.anaesthetist = .init(code: row.text("anst_dr_code"), name: row.text("anst_dr_name"))
      procedure.anaesthesiaBegun = row.moment("anst_begntime")
      procedure.anaesthesiaEnded = row.moment("anst_endtime")
      return procedure
    }
  }

  private func intensiveCare() throws(Refused) -> [SettlementList.IntensiveCare] {
    var times: [SettlementList.IntensiveCare] = []
    for row in rows("icuinfo") {
      guard let entered = row.moment("scs_cutd_inpool_time") else { throw row.missing("scs_cutd_inpool_time") }
      guard let left = row.moment("scs_cutd_exit_time") else { throw row.missing("scs_cutd_exit_time") }
      times.append(
        .init(
          ward: row.text("scs_cutd_ward_type"), entered: entered, left: left,
          duration: try row.duration("scs_cutd_sum_dura")))
    }
    return times
  }

  /// The rows of `bldinfo`; the national baseline has one kind of blood in `setlinfo` instead.
  private var transfusions: [SettlementList.Transfusion] {
    let rows = rows("bldinfo")
    return (rows.isEmpty ? [row] : rows).compactMap { row in
      let blood = SettlementList.Transfusion(
        kind: row.text("bld_cat"), amount: row.count("bld_amt"), unit: row.text("bld_unt"))
      return blood == SettlementList.Transfusion(kind: "", amount: nil, unit: "") ? nil : blood
    }
  }

  private func fees() throws(Refused) -> [SettlementList.FeeCategory] {
    var fees: [SettlementList.FeeCategory] = []
    for row in rows("iteminfo") {
      fees.append(
        .init(
          category: row.text("med_chrgitm"), amount: try row.money("amt") ?? .zero,
          classA: try row.money("claa_sumfee") ?? .zero, classB: try row.money("clab_amt") ?? .zero,
          selfPaid: try row.money("fulamt_ownpay_amt") ?? .zero, other: try row.money("oth_amt") ?? .zero))
    }
    return fees
  }

  private func payment() throws(Refused) -> SettlementList.PaymentSection {
    var payment = SettlementList.PaymentSection()
    payment.method = row.text("hi_paymtd")
    payment.from = row.day("setl_begn_date")
    payment.to = row.day("setl_end_date")
    payment.selfPay = try row.money("psn_selfpay")
    payment.ownPay = try row.money("psn_ownpay")
    payment.account = try row.money("acct_pay")
    payment.cash = try row.money("psn_cashpay")
    for part in rows("payinfo") {
      let code = part.text("fund_pay_type")
      // Accounts are no funds; the list has a field of its own for them.
      if [FundCode.ownAccount.code, FundCode.familyAccount.code].contains(code) { continue }
      let amount = try part.money("fund_payamt") ?? .zero
      payment.funds.append(.init(fund: FundCode.fund(code)?.word ?? code, amount: amount))
    }
    return payment
  }

  private var filling: SettlementList.Filling {
    var filling = SettlementList.Filling()
    filling.reported = row.text("dcla_time")
    filling.billCode = row.text("bill_code")
    filling.billNumber = row.text("bill_no")
    filling.serial = row.text("biz_sn")
    filling.department = row.text("medins_fill_dept")
    filling.person = row.text("medins_fill_psn")
    return filling
  }
}

extension InputRow {
  /// The moment of a field; a day alone means its beginning.
  func moment(_ name: StaticString) -> Moment? {
    guard let (day, time) = FieldText.moment(text(name)) else { return nil }
    return Moment("\(day) \(time)")
  }

  /// A whole number.
  func count(_ name: StaticString) -> Int? { FieldText.number(text(name), digits: 9, decimals: 0).map(Int.init) }

  /// A number with one decimal, in tenths; nothing is none.
  fileprivate func tenths(_ name: StaticString) -> Int {
    FieldText.number(text(name), digits: 9, decimals: 1).map(Int.init) ?? 0
  }

  /// A time as days/hours/minutes; `nil` when it is empty.
  fileprivate func duration(_ name: StaticString) throws(Refused) -> CareDuration? {
    guard let text = filled(name) else { return nil }
    guard let duration = CareDuration(text) else {
      throw .interface(
        InterfaceRefusal(
          .valueForm, "字段 \(name) 的值 \(FieldText.shortened(text)) 不是时长，格式为 天数/小时数/分钟数，如 1/13/24",
          "\(name) is no duration; write days/hours/minutes, as 1/13/24"))
    }
    return duration
  }

  /// Weights in whole grams: one, or several with commas between them; decimals are rounded half up.
  fileprivate func weights(_ one: StaticString, _ several: StaticString) throws(Refused) -> [Int] {
    guard let text = filled(several) ?? filled(one) else { return [] }
    var weights: [Int] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let hundredths = FieldText.number(String(part), digits: 8, decimals: 2), hundredths >= 0 else {
        throw .interface(
          InterfaceRefusal(
            .valueForm, "字段 \(several) 的值 \(FieldText.shortened(text)) 不是体重；多个体重用英文逗号隔开",
            "\(several) is no list of weights; put commas between them"))
      }
      weights.append(Int(Rounding.halfUp.divide(hundredths, by: 100)))
    }
    return weights
  }
}
