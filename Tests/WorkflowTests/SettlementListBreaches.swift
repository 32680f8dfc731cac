import Claims
import Kernel
import People
import Testing

/// How to break one rule.
struct ListBreach: Sendable, CustomTestStringConvertible {
  let rule: SettlementListRule
  let change: @Sendable (inout SettlementList, inout SettlementListFacts) -> Void
  var testDescription: String { "\(rule.rawValue) \(rule)" }

  init(
    _ rule: SettlementListRule,
    _ change: @escaping @Sendable (inout SettlementList, inout SettlementListFacts) -> Void
  ) {
    self.rule = rule
    self.change = change
  }
}

/// A list in order, what the platform knows of it, and for each rule a change that breaks it alone.
enum ListSample {
  static func day(_ text: String) -> CalendarDate {
    guard let day = CalendarDate(text) else { preconditionFailure(text) }
    return day
  }

  static func time(_ text: String) -> Moment {
    guard let time = Moment(text) else { preconditionFailure(text) }
    return time
  }

  static let facts = SettlementListFacts(
    name: "张伟", sex: .female, birth: day("1956-03-03"), certificate: "C1", care: .inpatient,
    admitted: day("2026-02-01"),
    discharged: day("2026-02-08"), total: Money(fen: 100_000), person: Money(fen: 40_000),
    fullySelfPaid: Money(fen: 5_000), overLimit: Money(fen: 1_000), account: Money(fen: 10_000),
    cash: Money(fen: 30_000), funds: ["employee_pooled": Money(fen: 60_000)],
    fees: [.init(category: "09", amount: Money(fen: 95_000)), .init(category: "08", amount: Money(fen: 5_000))])

  /// A list in order.
  static let sound: SettlementList = {
    var list = SettlementList(settlement: "S1", visit: "V1", person: "P1", institution: "H1")
    list.recordNumber = "R1"
    list.patient.name = "张伟"
    list.patient.sex = .female
    list.patient.birth = facts.birth
    list.patient.postcode = "410000"
    list.stay.admitted = time("2026-02-01 10:00:00")
    list.stay.discharged = time("2026-02-08 09:00:00")
    list.stay.days = 7
    list.stay.admissionWay = "2"
    list.stay.admissionDepartment = "A03"
    list.stay.dischargeDepartment = "A03"
    list.stay.dischargeWay = "1"
    list.stay.treatment = "10"
    list.stay.physician.code = "D1"
    list.stay.nurse = "N1"
    list.stay.ventilation = CareDuration("1/13/24")
    list.stay.nursingTenths = [0, 25, 50, 0]
    list.stay.diagnosisCount = 2
    list.stay.procedureCount = 1
    list.diagnoses = [
      .init(kind: .western, code: "J18.900", name: "肺炎", condition: .present, isPrincipal: true),
      .init(kind: .western, code: "I10.x00", name: "高血压", condition: .present, isPrincipal: false),
    ]
    var procedure = SettlementList.Procedure(isPrincipal: true, code: "33.2400", name: "支气管镜")
    procedure.begun = time("2026-02-03 09:00:00")
    procedure.ended = time("2026-02-03 10:00:00")
    procedure.anaesthesia = "3"
    procedure.anaesthetist.code = "D2"
    procedure.anaesthesiaBegun = time("2026-02-03 08:50:00")
    procedure.anaesthesiaEnded = time("2026-02-03 10:10:00")
    list.procedures = [procedure]
    list.intensiveCare = [
      .init(
        ward: "1", entered: time("2026-02-02 00:00:00"), left: time("2026-02-03 01:30:00"),
        duration: CareDuration("1/1/30"))
    ]
    list.transfusions = [.init(kind: "1", amount: 2, unit: "U")]
    list.fees = [
      .init(
        category: "09", amount: Money(fen: 95_000), classA: Money(fen: 90_000), selfPaid: Money(fen: 4_000),
        other: Money(fen: 1_000)),
      .init(category: "08", amount: Money(fen: 5_000), classB: Money(fen: 5_000)),
    ]
    list.payment.method = "4"
    list.payment.from = day("2026-02-01")
    list.payment.to = day("2026-02-08")
    list.payment.funds = [.init(fund: "employee_pooled", amount: Money(fen: 60_000))]
    list.payment.selfPay = Money(fen: 35_000)
    list.payment.ownPay = Money(fen: 5_000)
    list.payment.account = Money(fen: 10_000)
    list.payment.cash = Money(fen: 30_000)
    return list
  }()

  static func chronic(_ list: inout SettlementList, _ facts: inout SettlementListFacts) {
    facts.care = .chronic
    facts.admitted = day("2026-02-01")
    facts.discharged = facts.admitted
    list.stay = SettlementList.Stay()
    list.stay.treatment = "10"
    list.stay.physician.code = "D1"
    var care = SettlementList.ChronicCare()
    care.department = "A03"
    care.date = facts.admitted
    care.diseases = [.init(diagnosis: "E11.900", diagnosisName: "糖尿病", procedure: "", procedureName: "")]
    list.chronicCare = care
  }

  /// The patient is a newborn of ten days with everything that has to be said.
  static func newborn(_ list: inout SettlementList, _ facts: inout SettlementListFacts) {
    facts.birth = day("2026-01-22")
    list.patient.birth = facts.birth
    var newborn = SettlementList.Newborn()
    newborn.ageDays = 10
    newborn.admissionType = "1"
    newborn.birthWeights = [3_200]
    newborn.admissionWeights = [3_150]
    list.newborn = newborn
  }

  static func male(_ list: inout SettlementList, _ facts: inout SettlementListFacts) {
    list.patient.sex = .male
    facts.sex = .male
  }

  static let breaches: [ListBreach] = missing + dates + clinical + newborns + money

  static let missing: [ListBreach] = [
    ListBreach(.admissionTimeMissing) { list, _ in list.stay.admitted = nil },
    ListBreach(.dischargeTimeMissing) { list, _ in list.stay.discharged = nil },
    ListBreach(.dischargeWayMissing) { list, _ in list.stay.dischargeWay = "" },
    ListBreach(.dischargeDepartmentMissing) { list, _ in list.stay.dischargeDepartment = "" },
    ListBreach(.admissionDepartmentMissing) { list, _ in list.stay.admissionDepartment = "" },
    ListBreach(.admissionWayMissing) { list, _ in list.stay.admissionWay = "" },
    ListBreach(.treatmentMissing) { list, _ in list.stay.treatment = "" },
    ListBreach(.physicianMissing) { list, _ in list.stay.physician.code = "" },
    ListBreach(.nurseMissing) { list, _ in list.stay.nurse = "" },
    ListBreach(.paymentMethodMissing) { list, _ in list.payment.method = "" },
    ListBreach(.recordNumberMissing) { list, _ in list.recordNumber = "" },
    ListBreach(.anaesthetistMissing) { list, _ in list.procedures[0].anaesthetist.code = "" },
    ListBreach(.procedureTimeMissing) { list, _ in list.procedures[0].begun = nil },
    ListBreach(.bloodAmountMissing) { list, _ in list.transfusions[0].unit = "" },
    ListBreach(.receiverMissing) { list, _ in list.stay.dischargeWay = "2" },
    ListBreach(.returnPurposeMissing) { list, _ in list.stay.returnPlanned = "2" },
    ListBreach(.contactIncomplete) { list, _ in list.patient.contact = "李四" },
    ListBreach(.chronicCareMissing) { list, facts in
      chronic(&list, &facts)
      list.chronicCare?.date = nil
    },
    ListBreach(.chronicDiseaseMissing) { list, facts in
      chronic(&list, &facts)
      list.chronicCare?.diseases = []
    },
    ListBreach(.durationForm) { list, _ in list.stay.ventilation = CareDuration("0/25/0") },
    ListBreach(.postcodeForm) { list, _ in list.patient.postcode = "41000A" },
  ]

  static let dates: [ListBreach] = [
    ListBreach(.birthDiffers) { list, _ in list.patient.birth = day("1956-03-04") },
    ListBreach(.sexDiffers) { list, _ in list.patient.sex = .male },
    ListBreach(.nameDiffers) { list, _ in list.patient.certificate = "C2" },
    ListBreach(.birthAfterAdmission) { list, facts in
      facts.birth = day("2026-02-02")
      list.patient.birth = facts.birth
    },
    ListBreach(.dischargeBeforeAdmission) { list, facts in
      facts.discharged = facts.admitted
      list.stay.discharged = time("2026-02-01 09:00:00")
      list.stay.days = 1
    },
    ListBreach(.admissionDiffers) { list, _ in
      list.stay.admitted = time("2026-01-31 10:00:00")
      list.stay.days = 8
    },
    ListBreach(.dischargeDiffers) { list, _ in
      list.stay.discharged = time("2026-02-09 09:00:00")
      list.stay.days = 8
    },
    ListBreach(.stayDaysDiffer) { list, _ in list.stay.days = 8 },
    ListBreach(.procedureBackwards) { list, _ in list.procedures[0].ended = time("2026-02-03 08:59:59") },
    ListBreach(.procedureOutsideStay) { list, _ in
      list.procedures[0].begun = time("2026-02-09 00:00:00")
      list.procedures[0].ended = nil
    },
    ListBreach(.anaesthesiaOutsideStay) { list, _ in list.procedures[0].anaesthesiaBegun = time("2026-02-01 09:59:59")
    },
    ListBreach(.intensiveCareBackwards) { list, _ in
      list.intensiveCare[0].left = time("2026-02-01 23:59:00")
      list.intensiveCare[0].duration = nil
    },
    ListBreach(.intensiveCareOutsideStay) { list, _ in
      list.intensiveCare[0].left = time("2026-02-08 09:00:01")
      list.intensiveCare[0].duration = nil
    },
    ListBreach(.intensiveCareDurationDiffers) { list, _ in list.intensiveCare[0].duration = CareDuration("1/1/31") },
    ListBreach(.periodBackwards) { list, _ in
      list.payment.from = day("2026-02-07")
      list.payment.to = day("2026-02-06")
    },
    ListBreach(.periodOutsideStay) { list, _ in list.payment.to = day("2026-02-09") },
    ListBreach(.nursingTooLong) { list, _ in list.stay.nursingTenths = [0, 81, 0, 0] },
    ListBreach(.ventilationTooLong) { list, _ in list.stay.ventilation = CareDuration("7/0/0") },
  ]

  static let clinical: [ListBreach] = [
    ListBreach(.principalDiagnosisMissing) { list, _ in list.diagnoses[0].isPrincipal = false },
    ListBreach(.principalDiagnosisTwice) { list, _ in list.diagnoses[1].isPrincipal = true },
    ListBreach(.diagnosisRepeated) { list, _ in list.diagnoses[1].code = "J18.900" },
    ListBreach(.sexAgainstObstetricDiagnosis) { list, facts in
      male(&list, &facts)
      list.diagnoses[1].code = "O80.000"
    },
    ListBreach(.sexAgainstDiagnosis) { list, facts in
      male(&list, &facts)
      list.diagnoses[1].code = "C53.900"
    },
    ListBreach(.perinatalDiagnosisLate) { list, _ in list.diagnoses[1].code = "P22.000" },
    ListBreach(.admissionConditionMissing) { list, _ in list.diagnoses[1].condition = nil },
    ListBreach(.diagnosisCountDiffers) { list, _ in list.stay.diagnosisCount = 3 },
    ListBreach(.principalProcedureTwice) { list, _ in
      list.procedures.append(list.procedures[0])
      list.stay.procedureCount = 2
    },
    ListBreach(.principalProcedureNotFirst) { list, _ in
      var other = list.procedures[0]
      other.isPrincipal = false
      list.procedures.insert(other, at: 0)
      list.stay.procedureCount = 2
    },
    ListBreach(.procedureCountDiffers) { list, _ in list.stay.procedureCount = 0 },
  ]

  static let newborns: [ListBreach] = [
    ListBreach(.birthWeightMissing) { list, facts in
      newborn(&list, &facts)
      list.newborn?.birthWeights = []
    },
    ListBreach(.admissionWeightMissing) { list, facts in
      newborn(&list, &facts)
      list.newborn?.admissionWeights = []
    },
    ListBreach(.weightOutOfRange) { list, facts in
      newborn(&list, &facts)
      list.newborn?.birthWeights = [3_200, 199]
    },
    ListBreach(.newbornAdmissionMissing) { list, facts in
      newborn(&list, &facts)
      list.newborn?.admissionType = ""
    },
    ListBreach(.ageDaysDiffer) { list, facts in
      newborn(&list, &facts)
      list.newborn?.ageDays = 11
    },
  ]

  static let money: [ListBreach] = [
    ListBreach(.categoryPartsDiffer) { list, _ in list.fees[0].other = .zero },
    ListBreach(.categoriesDifferFromTotal) { list, facts in
      facts.total = Money(fen: 100_001)
      facts.fees[0].amount = list.fees[0].amount
    },
    ListBreach(.categoryDiffers) { _, facts in facts.fees[0].category = "10" },
    ListBreach(.fundsDiffer) { list, _ in list.payment.funds[0].amount = Money(fen: 59_999) },
    ListBreach(.personDiffers) { list, _ in list.payment.selfPay = Money(fen: 35_001) },
    ListBreach(.ownPayDiffers) { list, _ in
      list.payment.ownPay = Money(fen: 5_001)
      list.payment.selfPay = Money(fen: 34_999)
    },
    ListBreach(.accountDiffers) { list, _ in list.payment.account = .zero },
    ListBreach(.cashDiffers) { list, _ in list.payment.cash = .zero },
  ]
}
