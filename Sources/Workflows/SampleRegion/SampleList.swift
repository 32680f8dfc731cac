import Claims
import Kernel
import People

/// Fills in the settlement list of a sample stay, as a records office would.
struct SampleList {
  private let visit: SampleVisit

  init(_ visit: SampleVisit) { self.visit = visit }

  func list(of settled: SettlementRecord) -> SettlementList {
    let record = visit.person.record
    var list = SettlementList(
      settlement: settled.id, visit: settled.visit.id, person: record.person.number,
      institution: visit.institution.institution.code)
    list.recordNumber = "BA\(visit.number)-\(visit.discharged.dayNumber)"
    list.patient.name = record.name
    list.patient.sex = record.person.sex
    list.patient.birth = record.person.birth
    list.patient.certificate = record.certificateNumber
    list.patient.insuranceNumber = record.person.number
    list.patient.employer = record.employer ?? ""
    list.newborn = newborn
    list.stay = stay
    list.diagnoses = visit.diagnoses.enumerated().map { place, code in
      SettlementList.Diagnosis(
        kind: .western, code: code, name: SampleDiagnoses.name(code), condition: .present, isPrincipal: place == 0)
    }
    list.procedures = visit.procedures.enumerated().map { place, code in procedure(code, place) }
    list.payment.method = "4"
    list.payment.from = visit.admitted
    list.payment.to = visit.discharged
    list.filling.department = "医保办"
    list.filling.person = "示例填报人"
    list.filling.serial = list.recordNumber
    return list
  }

  /// What a list says of a newborn: the age in days, why it came, and its weights.
  private var newborn: SettlementList.Newborn? {
    guard let weight = visit.birthWeight else { return nil }
    var newborn = SettlementList.Newborn()
    newborn.ageDays = visit.person.record.person.birth.days(to: visit.admitted)
    newborn.admissionType = weight < 2_500 ? "2" : "3"
    newborn.birthWeights = [weight]
    // In the first days of life a twentieth is lost.
    newborn.admissionWeights = [weight - weight * (newborn.ageDays ?? 0) / 60]
    return newborn
  }

  private var stay: SettlementList.Stay {
    var stay = SettlementList.Stay()
    stay.kind = "1"
    stay.admissionWay = visit.referral == nil ? "2" : "3"
    stay.treatment = visit.institution.institution.isTraditionalChinese ? "2.2" : "1"
    stay.admitted = Moment(visit.admitted, second: 9 * 3_600)
    stay.discharged = Moment(visit.discharged, second: 15 * 3_600)
    stay.admissionDepartment = visit.department
    stay.dischargeDepartment = visit.department
    stay.days = max(visit.admitted.days(to: visit.discharged), 1)
    stay.dischargeWay = visit.person.death == visit.discharged ? "5" : "1"
    stay.returnPlanned = "1"
    stay.diagnosisCount = visit.diagnoses.count
    stay.procedureCount = visit.procedures.count
    stay.physician = SettlementList.CodedName(code: "D\(physician)", name: "示例医师\(physician)号")
    stay.nurse = "N\(physician)"
    return stay
  }

  /// Each department of a hospital has a few physicians.
  private var physician: Int {
    100 + visit.department.unicodeScalars.reduce(0) { $0 + Int($1.value) } % 89 * 10 + visit.number % 4
  }

  private func procedure(_ code: String, _ place: Int) -> SettlementList.Procedure {
    var procedure = SettlementList.Procedure(isPrincipal: place == 0, code: code, name: SampleDiagnoses.name(code))
    let day = visit.admitted.adding(days: visit.admitted.days(to: visit.discharged) / 2)
    let morning = day == visit.admitted ? 11 : 10
    procedure.begun = Moment(day, second: morning * 3_600)
    procedure.ended = Moment(day, second: (morning + 1) * 3_600)
    procedure.surgeon = SettlementList.CodedName(code: "D\(physician)", name: "示例医师\(physician)号")
    procedure.anaesthesia = "01"
    procedure.anaesthetist = SettlementList.CodedName(code: "D900", name: "示例麻醉医师")
    procedure.anaesthesiaBegun = procedure.begun
    procedure.anaesthesiaEnded = procedure.ended
    return procedure
  }
}
