import Claims
import Kernel
import People
import Settlement

/// The course of one sample visit at the desk, from registration to the settlement list.
struct SampleCourse {
  private let visit: SampleVisit
  private let region: SampleRegion
  private let desk: PayerDesk
  private var messageCount = 0
  private var settled: SettlementRecord?
  private var reversalCount = 0
  private var isListed = false
  private var hasSlips = false
  private var refusal: DeskRefusal?

  init(_ visit: SampleVisit, region: SampleRegion, desk: PayerDesk) {
    (self.visit, self.region, self.desk) = (visit, region, desk)
  }

  /// Goes through the visit; a refusal ends it where it stands, a failure of the store ends the year.
  mutating func run() async throws(StoreError) {
    switch await take() {
    case .success: break
    case .failure(.store(let error)): throw error
    case .failure(let refused): refusal = refused
    }
  }

  /// Adds what came of it to the report.
  func enter(_ report: inout SampleYearReport) {
    report.visitCount += 1
    report.reversalCount += reversalCount
    if isListed { report.listCount += 1 }
    if hasSlips { report.listsWithSlips += 1 }
    if let refusal {
      report.refusals[refusal.number, default: 0] += 1
      if report.reasons[refusal.number] == nil { report.reasons[refusal.number] = refusal.message }
    }
    guard let settled else { return }
    report.settlementCount += 1
    report.byCare[visit.care.word, default: 0] += 1
    report.total += settled.settled.amounts.total
    report.fund += settled.settled.amounts.fund
    if let anomaly = visit.anomaly { report.anomalies[anomaly, default: 0] += 1 }
  }

  /// What was planted, once it is settled.
  var truth: SampleTruth? {
    guard let anomaly = visit.anomaly, let settled else { return nil }
    return SampleTruth(
      anomaly: anomaly, settlement: settled.id, visit: settled.visit.id, person: settled.visit.person,
      institution: settled.visit.institution, admitted: visit.admitted, discharged: visit.discharged,
      amount: Money(fen: visit.planted))
  }

  private mutating func take() async -> Result<Void, DeskRefusal> {
    if let refused = await fileTransfer() { return .failure(refused) }
    switch visit.care {
    case .pharmacy: return await purchase()
    default: break
    }
    switch visit.care.isStay {
    case true: return await stay()
    case false: return await outpatient()
    }
  }

  // MARK: Kinds of visits

  private mutating func purchase() async -> Result<Void, DeskRefusal> {
    let message = message("2102", visit.admitted)
    switch await desk.settlePurchase(opened, uploads(visit.charges), usesAccount: true, message) {
    case .failure(let refused): return .failure(refused)
    case .success(let answer):
      settled = answer.settlement.record
      return await takeBackAndRepeat()
    }
  }

  private mutating func outpatient() async -> Result<Void, DeskRefusal> {
    let registered = await desk.register(
      RegistrationRequest(visit: opened, diagnoses: stated), message("2201", visit.admitted))
    switch registered {
    case .failure(let refused): return .failure(refused)
    case .success(let made):
      let charged = await desk.uploadFees(
        uploads(visit.charges), to: made.id, of: made.person, message("2204", visit.admitted))
      if case .failure(let refused) = charged { return .failure(refused) }
      return await settle(made, "2207")
    }
  }

  private mutating func stay() async -> Result<Void, DeskRefusal> {
    let registered = await desk.register(
      RegistrationRequest(visit: opened, diagnoses: stated), message("2401", visit.admitted))
    let made: Visit
    switch registered {
    case .failure(let refused): return .failure(refused)
    case .success(let visit): made = visit
    }
    // Fees come day by day, as hospitals upload them.
    let byDay = Dictionary(grouping: visit.charges, by: \.day)
    for (day, charges) in byDay.sorted(by: { $0.key < $1.key }) {
      let charged = await desk.uploadFees(
        uploads(charges, from: day.dayNumber), to: made.id, of: made.person, message("2301", day))
      if case .failure(let refused) = charged { return .failure(refused) }
    }
    let left = await desk.discharge(
      made.id, of: made.person, on: visit.discharged, diagnoses: stated, message("2402", visit.discharged))
    if case .failure(let refused) = left { return .failure(refused) }
    if case .failure(let refused) = await settle(made, "2304") { return .failure(refused) }
    return await fileList()
  }

  private mutating func settle(_ made: Visit, _ transaction: String) async -> Result<Void, DeskRefusal> {
    let request = SettlementRequest(visit: made.id, person: made.person, total: total, usesAccount: true)
    switch await desk.settle(request, message(transaction, visit.discharged)) {
    case .failure(let refused): return .failure(refused)
    case .success(let answer): settled = answer.record
    }
    return await takeBackAndRepeat()
  }

  /// A settlement that was wrong is reversed and made again; a purchase is only given back.
  private mutating func takeBackAndRepeat() async -> Result<Void, DeskRefusal> {
    guard visit.isReversed, let wrong = settled else { return .success(()) }
    let person = visit.person.record.person.number
    let reversed = await desk.reverse(
      wrong.id, of: person,
      message(visit.care == .pharmacy ? "2103" : visit.care.isStay ? "2305" : "2208", visit.discharged))
    if case .failure(let refused) = reversed { return .failure(refused) }
    (settled, reversalCount) = (nil, reversalCount + 1)
    guard visit.care != .pharmacy else { return .success(()) }
    let request = SettlementRequest(visit: wrong.visit.id, person: person, total: total, usesAccount: true)
    switch await desk.settle(request, message(visit.care.isStay ? "2304" : "2207", visit.discharged)) {
    case .failure(let refused): return .failure(refused)
    case .success(let answer):
      settled = answer.record
      return .success(())
    }
  }

  // MARK: Filings

  /// Puts the transfer on file under which a stay elsewhere, or the second of a chain, takes place.
  private mutating func fileTransfer() async -> DeskRefusal? {
    let sender: InstitutionRecord
    let reach: TransferFiling.Reach
    switch visit.referral {
    case nil, .elsewhereNotFiled: return nil
    case .sentOn(let from): (sender, reach) = (from, .city)
    case .elsewhereFiled: (sender, reach) = (region.institutions.tertiary[0], .country)
    }
    guard let period = DateRange(visit.admitted, visit.admitted.adding(days: 30)) else { return nil }
    let transfer = TransferFiling(
      person: visit.person.record.person.number, destination: visit.institution.institution.code,
      destinationName: visit.institution.name, destinationRegion: visit.institution.region, reach: reach,
      date: visit.admitted, period: period, diagnosis: visit.diagnoses.first ?? "", diagnosisName: "",
      reason: "病情需要", opinion: "同意转院")
    let message = message("2501", visit.admitted, of: sender.institution.code)
    if case .failure(let refused) = await desk.file(transfer, message) { return refused }
    return nil
  }

  private mutating func fileList() async -> Result<Void, DeskRefusal> {
    guard let delay = visit.listDelay, let settled else { return .success(()) }
    let message = message("4101", visit.discharged.adding(days: delay))
    var list = SampleList(visit).list(of: settled)
    var slips = SampleSlips(visit, seed: region.seed)
    let slipped = slips.enter(into: &list)
    switch await desk.uploadSettlementList(list, isSubmitted: true, message) {
    case .failure(let refused): return .failure(refused)
    case .success:
      (isListed, hasSlips) = (true, slipped)
      return .success(())
    }
  }

  // MARK: What is sent

  private var total: Money { Money(fen: visit.charges.reduce(0) { $0 + $1.amount }) }

  private var opened: Visit {
    Visit(
      id: "", person: visit.person.record.person.number, institution: visit.institution.institution.code,
      care: visit.care, medicalType: medicalType, scheme: visit.person.scheme,
      institutionNumber: "\(visit.number)-\(visit.discharged.dayNumber)-\(visit.serial)", admitted: visit.admitted,
      discharged: visit.care.isStay ? nil : visit.discharged, chronicDisease: visit.chronicDisease)
  }

  private var medicalType: String {
    switch visit.care {
    case .pharmacy: "41"
    case .chronic: "14"
    case .emergency: "13"
    case .maternityInpatient: "52"
    case .inpatient: "21"
    default: "11"
    }
  }

  private var stated: [StatedDiagnosis] {
    visit.diagnoses.enumerated().map { place, code in
      StatedDiagnosis(
        kind: "1", isPrincipal: place == 0, number: place + 1, code: code, name: SampleDiagnoses.name(code),
        condition: "1", department: visit.department)
    }
  }

  private func uploads(_ charges: [SampleCharge], from first: Int = 0) -> [FeeUpload] {
    charges.enumerated().map { place, charge in
      FeeUpload(
        serial: "\(first)-\(place + 1)", batch: "", item: charge.item.code, day: charge.day,
        price: UnitPrice(microyuan: charge.item.price(in: charge.day.month) * 10_000),
        quantity: Quantity(tenThousandths: charge.quantity * 10_000), amount: Money(fen: charge.amount),
        approval: charge.item.isLimitedUse ? .approved : .notSubject)
    }
  }

  /// The next message of the visit, a few minutes after the one before.
  private mutating func message(_ transaction: String, _ day: CalendarDate, of sender: String? = nil)
    -> MessageContext
  {
    var hours = SampleNumbers(region.seed, .hours, visit.number, visit.discharged.dayNumber, visit.serial)
    let begun = 8 * 3_600 + hours.below(8 * 3_600) + messageCount * 150
    messageCount += 1
    let clock = [begun / 3_600, begun / 60 % 60, begun % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    let institution = sender ?? visit.institution.institution.code
    let id = "\(institution)-\(visit.number)-\(visit.discharged.dayNumber)-\(visit.serial)-\(messageCount)"
    return MessageContext(
      id: id, institution: institution, transaction: transaction, digest: id, time: "\(day) \(clock)")
  }
}
