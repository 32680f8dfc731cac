import Kernel
import People
import Workflows

/// Filings about a person's benefits, and their reversal.
extension InterfaceService {
  func fileTransfer(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("refmedin")
    let date = try row.requiredDay("refl_date")
    guard let reach = TransferFiling.Reach(rawValue: row.text("refl_type")) else { throw row.missing("refl_type") }
    let filing = TransferFiling(
      person: row.text("psn_no"), destination: row.text("reflin_medins_no"),
      destinationName: row.text("reflin_medins_name"), destinationRegion: row.text("mdtrtarea_admdvs"), reach: reach,
      date: date, period: try row.period(from: row.day("begndate") ?? date), diagnosis: row.text("diag_code"),
      diagnosisName: row.text("diag_name"), condition: row.text("dise_cond_dscr"), reason: row.text("refl_rea"),
      opinion: row.text("refl_opnn"), hospitalAgrees: row.text("hosp_agre_refl_flag") != "0",
      earlierVisit: row.filled("refl_old_mdtrt_id"), contact: row.contact)
    guard filing.period.contains(date) else {
      throw .desk(.desk(.datesImpossible, about: "refl_date \(date) ∉ \(filing.period)"))
    }
    return Self.filed(try await desk.file(filing, request.context).orRefused().id)
  }

  func fileDisease(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let filing = DiseaseFiling(
      person: row.text("psn_no"), scheme: try MedicalType.scheme(row.text("insutype")),
      disease: row.text("opsp_dise_code"), name: row.text("opsp_dise_name"),
      period: try row.period(from: try row.requiredDay("begndate")), establishedBy: row.text("ide_fixmedins_no"),
      established: try row.requiredDay("hosp_ide_date"), physician: row.text("diag_dr_codg"), contact: row.contact)
    return Self.filed(try await desk.file(filing, request.context).orRefused().id, isExtended: true)
  }

  func fileDesignation(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let filing = DesignationFiling(
      person: row.text("psn_no"), business: row.text("biz_appy_type"), order: row.text("fix_srt_no"),
      institution: row.text("fixmedins_code"), institutionName: row.text("fixmedins_name"),
      period: try row.period(from: try row.requiredDay("begndate")), contact: row.contact, agent: row.agent,
      remark: row.text("memo"))
    return Self.filed(try await desk.file(filing, request.context).orRefused().id, isExtended: true)
  }

  func fileInjury(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let answer = try await desk.person(.number(row.text("psn_no")), on: request.received.day).orRefused()
    guard answer.record.name == row.text("psn_name"), answer.record.certificateNumber == row.text("certno") else {
      throw .contradiction("姓名或证件号码与人员编号不符；请核对", "name or certificate do not match the person's number")
    }
    let filing = InjuryFiling(
      person: row.text("psn_no"), source: row.text("dcla_souc"), injured: row.day("trum_time"),
      site: row.text("trum_site"), cause: row.text("trum_rea"), admitted: row.day("adm_time"),
      institution: row.filled("fixmedins_code") ?? request.institution, paymentMark: row.text("chk_pay_flag"),
      period: try row.period(from: try row.requiredDay("begndate")), contact: row.contact, agent: row.agent,
      remark: row.text("memo"))
    return Self.filed(try await desk.file(filing, request.context).orRefused().id)
  }

  private static func filed(_ number: String, isExtended: Bool = false) -> Output {
    Output { writer in
      writer.object("result") {
        $0.text("trt_dcla_detl_sn", number)
        if isExtended { $0.text("exp_content", "") }
      }
    }
  }

  func withdraw<Filing: BenefitFiling>(_ kind: Filing.Type, _ request: InterfaceRequest) async throws(Refused)
    -> Output
  {
    let row = try request.row("data")
    _ = try await desk.withdraw(
      kind, row.text("trt_dcla_detl_sn"), of: row.text("psn_no"), because: row.text("memo"), request.context
    ).orRefused()
    return .none
  }
}

extension InputRow {
  /// A period that begins on a day and ends on `enddate`, open without one.
  func period(from first: CalendarDate) throws(Refused) -> DateRange {
    let last = day("enddate")
    guard let period = DateRange(first, last) else {
      throw .desk(.desk(.datesImpossible, about: "\(first)…\(last.map { "\($0)" } ?? "")"))
    }
    return period
  }

  /// How to reach the person.
  var contact: ContactDetails { ContactDetails(telephone: text("tel"), address: text("addr")) }

  /// Who files for the person; `nil` when nobody is named.
  var agent: FilingAgent? {
    guard let name = filled("agnter_name") else { return nil }
    return FilingAgent(
      name: name, certificateType: text("agnter_cert_type"), certificateNumber: text("agnter_certno"),
      contact: ContactDetails(telephone: text("agnter_tel"), address: text("agnter_addr")),
      relation: text("agnter_rlts"))
  }
}
