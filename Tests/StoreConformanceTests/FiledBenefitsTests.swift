import Claims
import Kernel
import People
import StoreTrial
import Testing
import Workflows

/// Filings, settlement lists, diagnoses, refunds and audits come back from every store as they went in.
@Suite struct FiledBenefitsTests {
  private static func day(_ text: String) -> CalendarDate {
    guard let day = CalendarDate(text) else { preconditionFailure(text) }
    return day
  }

  private static let period: DateRange = {
    guard let range = DateRange(day("2026-01-01"), nil) else { preconditionFailure("no range") }
    return range
  }()

  private func keeps<Record: FiledRecord>(_ record: Record) async throws {
    for kind in StoreUnderTest.allCases {
      try await kind.use { store throws in
        try await store.write { store throws(StoreError) in try store.put(record) }
        #expect(try await store.get { try $0.filed(Record.self, record.id) } == record, "\(kind)")
        #expect(try await store.get { try $0.filed(Record.self, about: record.subject) } == [record], "\(kind)")
      }
    }
  }

  private func numbered<Filing: BenefitFiling>(_ filing: Filing) -> Filing {
    var filing = filing
    (filing.id, filing.owner, filing.time) = ("F1", "H1", "2026-03-02 10:00:00")
    filing.withdrawal = FilingWithdrawal(time: "2026-03-03 10:00:00", reason: "误报")
    return filing
  }

  @Test func `备案`() async throws {
    let contact = ContactDetails(telephone: "1", address: "某地")
    let agent = FilingAgent(
      name: "代办人", certificateType: "01", certificateNumber: "1", contact: contact, relation: "1")
    try await keeps(
      numbered(
        DiseaseFiling(
          person: "P1", scheme: .resident, disease: "M03900", name: "高血压", period: Self.period, establishedBy: "H1",
          established: Self.day("2026-01-01"), physician: "D1", contact: contact)))
    try await keeps(
      numbered(
        TransferFiling(
          person: "P1", destination: "H2", destinationName: "乙", destinationRegion: "990200", reach: .country,
          date: Self.day("2026-03-01"), period: Self.period, diagnosis: "J18.900", diagnosisName: "肺炎",
          condition: "重", reason: "需要", opinion: "同意", hospitalAgrees: false, earlierVisit: "V1", contact: contact)))
    try await keeps(
      numbered(
        DesignationFiling(
          person: "P1", business: "08", order: "1", institution: "H2", institutionName: "乙", period: Self.period,
          contact: contact, agent: agent, remark: "注")))
    try await keeps(
      numbered(
        InjuryFiling(
          person: "P1", source: "01", injured: Self.day("2026-02-28"), site: "家", cause: "跌倒", admitted: nil,
          institution: "H1", paymentMark: "1", period: Self.period, agent: agent)))
  }

  @Test func `结算清单`() async throws {
    var list = SettlementList(settlement: "S1", visit: "V1", person: "P1", institution: "H1")
    list.patient.sex = .female
    list.patient.birth = Self.day("1956-03-03")
    var newborn = SettlementList.Newborn()
    newborn.ageDays = 3
    newborn.birthWeights = [3_200, 3_100]
    list.newborn = newborn
    list.stay.admitted = Moment("2026-02-01 10:00:00")
    list.stay.ventilation = CareDuration("1/13/24")
    list.diagnoses = [.init(kind: .western, code: "J18.900", name: "肺炎", condition: .absent, isPrincipal: true)]
    var procedure = SettlementList.Procedure(isPrincipal: true, code: "33.2400", name: "支气管镜")
    procedure.begun = Moment("2026-02-03 09:00:00")
    list.procedures = [procedure]
    list.fees = [.init(category: "09", amount: Money(fen: 5), classA: Money(fen: 5))]
    list.payment.selfPay = .zero
    list.payment.funds = [.init(fund: "employee_pooled", amount: Money(fen: -1))]
    var filed = FiledSettlementList(
      id: "1", owner: "H1", settlement: "S1", time: "2026-03-02 10:00:00", list: list, state: .returned,
      findings: [SettlementListFinding(.nurseMissing, "值")])
    filed.review = "请补充"
    try await keeps(filed)
  }

  @Test func `诊断、在院、退费、审核`() async throws {
    let diagnosis = StatedDiagnosis(
      kind: "1", isPrincipal: true, number: 1, code: "I10.x00", name: "高血压", condition: "1",
      time: "2026-03-02 08:40:00")
    try await keeps(
      VisitDiagnoses(
        visit: "V1", institution: "H1", stage: .discharge, time: "2026-03-02 10:00:00", diagnoses: [diagnosis]))
    let visit = Visit(
      id: "V1", person: "P1", institution: "H1", care: .inpatient, medicalType: "21", scheme: .employee,
      institutionNumber: "Z1", admitted: Self.day("2026-03-02"), discharged: nil)
    try await keeps(StayEntry(visit))
    try await keeps(FeeRefund(visit: "V1", institution: "H1", time: "2026-03-02", serial: "2", original: "1"))
    try await keeps(DetailAnalysis(stage: .during, visit: "V1", person: "P1", content: #"{"a":[1,"二"]}"#))
    try await keeps(AnalysisFeedback(stage: .before, finding: "W1", action: .changed, reason: "调整"))
  }
}
