import Claims
import Kernel
import People
import Workflows

/// Registration, admission and discharge.
extension InterfaceService {
  func registerOutpatient(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    // The kind of care follows with 2203; until then it is an ordinary visit, open until its last fee.
    let visit = Visit(
      id: "", person: row.text("psn_no"), institution: request.institution, care: .outpatient, medicalType: "11",
      scheme: try MedicalType.scheme(row.text("insutype")), institutionNumber: row.text("ipt_otp_no"),
      admitted: try row.requiredDay("begntime"), discharged: nil)
    let registered = try await desk.register(RegistrationRequest(visit: visit), request.context).orRefused()
    return Output { writer in
      writer.object("data") {
        $0.text("mdtrt_id", registered.id)
        $0.text("psn_no", registered.person)
        $0.text("ipt_otp_no", registered.institutionNumber)
        $0.text("exp_content", "")
      }
    }
  }

  func admit(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("mdtrtinfo")
    let type = row.text("med_type")
    let visit = Visit(
      id: "", person: row.text("psn_no"), institution: request.institution,
      care: try MedicalType.care(type, where: \.isStay, "住院类"), medicalType: type,
      scheme: try MedicalType.scheme(row.text("insutype")), institutionNumber: row.text("ipt_no"),
      admitted: try row.requiredDay("begntime"), discharged: nil)
    let registered = try await desk.register(
      RegistrationRequest(visit: visit, diagnoses: Self.diagnoses(request)), request.context
    ).orRefused()
    return Output { writer in
      writer.object("result") {
        $0.text("mdtrt_id", registered.id)
        $0.text("exp_content", "")
      }
    }
  }

  func withdrawRegistration(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    _ = try await desk.withdrawRegistration(row.text("mdtrt_id"), of: row.text("psn_no"), request.context).orRefused()
    return .none
  }

  func changeOutpatient(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("mdtrtinfo")
    let type = row.text("med_type")
    let care = try MedicalType.care(type, where: { !$0.isStay }, "门诊类")
    var change = VisitChange()
    change.care = (care, type)
    change.diagnoses = Self.diagnoses(request)
    // A diagnosis of a visit stands until it is sent again with `vali_flag` 0.
    change.keepsDiagnoses = true
    change.admitted = try row.requiredDay("begntime")
    if care == .chronic {
      guard let disease = row.filled("dise_codg") else { throw row.missing("dise_codg") }
      change.chronicDisease = disease
    }
    _ = try await desk.change(row.text("mdtrt_id"), of: row.text("psn_no"), to: change, request.context).orRefused()
    return .none
  }

  func changeStay(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("adminfo")
    let type = row.text("med_type")
    var change = VisitChange()
    change.care = (try MedicalType.care(type, where: \.isStay, "住院类"), type)
    change.diagnoses = Self.diagnoses(request)
    change.admitted = try row.requiredDay("begntime")
    _ = try await desk.change(row.text("mdtrt_id"), of: row.text("psn_no"), to: change, request.context).orRefused()
    return .none
  }

  func discharge(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("dscginfo")
    _ = try await desk.discharge(
      row.text("mdtrt_id"), of: row.text("psn_no"), on: try row.requiredDay("endtime"),
      diagnoses: Self.diagnoses(request), request.context
    ).orRefused()
    return .none
  }

  func undoDischarge(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    _ = try await desk.undoDischarge(row.text("mdtrt_id"), of: row.text("psn_no"), request.context).orRefused()
    return .none
  }

  /// The diagnoses of a request, void ones marked.
  private static func diagnoses(_ request: InterfaceRequest) -> [StatedDiagnosis] {
    request.rows("diseinfo").map { row in
      StatedDiagnosis(
        kind: row.text("diag_type"), isPrincipal: row.text("maindiag_flag") == "1",
        number: row.count("diag_srt_no") ?? 99, code: row.text("diag_code"), name: row.text("diag_name"),
        condition: row.text("adm_cond"), department: row.text("diag_dept"), physician: row.text("dise_dor_no"),
        physicianName: row.text("dise_dor_name"), time: row.moment("diag_time").map { "\($0)" } ?? "",
        isVoid: row.text("vali_flag") == "0")
    }
  }
}
