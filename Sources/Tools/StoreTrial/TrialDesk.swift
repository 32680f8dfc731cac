import Catalog
package import Claims
package import Kernel
import People
import PolicyFiles
import Settlement
package import Workflows

/// Settles invented visits of the sample region through a store, the way the payer's desk does: everything is read and
/// written inside one transaction.
package struct TrialDesk: Sendable {
  /// What went wrong before anything could be settled.
  package struct Unready: Error, CustomStringConvertible {
    package let description: String
  }

  /// A claim that did not settle; the trial's claims all should.
  package struct Refused: Error {
    package let outcome: String
  }

  package let library: PolicyLibrary
  package let institution = InstitutionRecord(
    institution: Institution(code: "H99010000001", level: .secondary), name: "示例市第二医院", kind: "1", region: "990100",
    levelCode: "05")
  package let day: CalendarDate

  /// Reads the policy folder.
  package init(policies: String) throws {
    let loaded = PolicyFolder(path: policies).load(vocabulary: SettlementVocabulary.definitions)
    guard let book = loaded.book else { throw Unready(description: "no policies in \(policies)") }
    guard let day = CalendarDate(year: 2025, month: 6, day: 2) else { throw Unready(description: "no such day") }
    library = PolicyLibrary(book)
    self.day = day
  }

  /// An employee in service, paid for all of 2024 to 2026.
  package func person(_ number: String) throws -> PersonRecord {
    guard let first = YearMonth("2024-01"), let last = YearMonth("2026-12"), let months = MonthRange(first, last),
      let registered = CalendarDate("2024-01-10"), let birth = CalendarDate("1985-06-01")
    else { throw Unready(description: "no such dates") }
    let enrolment = Enrolment(kind: .employer, category: .inService, registered: registered, paidMonths: [months])
    let person = InsuredPerson(number: number, sex: .female, birth: birth, enrolments: [enrolment])
    return PersonRecord(person: person, name: "示例", certificateNumber: "C-\(number)", region: "990100")
  }

  /// A visit of one day, or a stay of a week.
  package func visit(_ id: String, of person: String, care: CareCategory = .outpatient) -> Visit {
    Visit(
      id: id, person: person, institution: institution.institution.code, care: care,
      medicalType: care.isStay ? "21" : "11", scheme: .employee, institutionNumber: "N-\(id)", admitted: day,
      discharged: care.isStay ? day.adding(days: 7) : day, state: care.isStay ? .discharged : .open)
  }

  /// Fee lines of classes A, B and C that come to a total.
  package func lines(_ count: Int, total: Money, of visit: Visit) -> [UploadedLine] {
    (0..<count).map { place in
      let share = total.fen / Int64(count) + (place == 0 ? total.fen % Int64(count) : 0)
      let kind: ChargeClass = place == 0 ? .a : [.a, .b, .a, .c][place % 4]
      let line = FeeLine(
        item: "XA0\(place)AB", day: visit.admitted, price: UnitPrice(microyuan: share * 10_000), quantity: Quantity(1),
        terms: ItemTerms(kind, firstSelfPay: kind == .b ? Rate(millionths: 100_000) : nil))
      return UploadedLine(serial: "S\(place)", batch: "B1", line: line, listType: "101", feeCategory: "09")
    }
  }

  /// Settles what was uploaded for a visit; `nil` and nothing stored when the claim is refused.
  package func settle(
    _ visitID: String, as id: String, message: String, time: String = "2025-06-02 10:00:00",
    in store: any PayerTransaction
  ) throws(StoreError) -> SettlementRecord? {
    guard var visit = try store.visit(visitID) else { return nil }
    try store.lock(person: visit.person)
    guard let person = try store.person(visit.person), let place = try store.institution(visit.institution) else {
      return nil
    }
    let claim = Claim(
      id: visitID, care: visit.care, institution: place.institution, admitted: visit.admitted,
      discharged: visit.discharged ?? visit.admitted, lines: try store.lines(of: visitID).map(\.line))
    let balance = try store.balance(visit.person)
    let before = try store.accumulators(visit.person, .employee, year: claim.discharged.year)
    guard case .success(let policy) = library.policy(region: "990100", dates: claim.eventDates),
      case .success(let settled) = SettlementEngine.settle(
        claim, of: person.person, under: policy, after: before,
        credit: CreditFacts(balance: balance.own, familyBalance: balance.family))
    else { return nil }
    visit.state = .settled
    let used = Set(settled.steps.compactMap { $0.source })
    let record = SettlementRecord(
      id: id, reverses: nil, visit: visit, claim: claim, settled: settled,
      sources: used.reduce(into: [:]) { $0[Int($1.index)] = policy.source($1) }, entry: settled.entry,
      message: message, time: time, balance: balance.own - settled.amounts.ownAccount)
    try store.append(record)
    try store.put(visit)
    try store.append(
      MessageRecord(
        id: message, institution: visit.institution, transaction: "2207", digest: "d", result: id))
    return record
  }

  /// Takes a settlement back.
  package func reverse(
    _ id: String, as reversal: String, message: String, time: String = "2025-06-03 10:00:00",
    in store: any PayerTransaction
  ) throws(StoreError) -> SettlementRecord? {
    guard let original = try store.settlement(id) else { return nil }
    let balance = try store.balance(original.visit.person)
    let record = SettlementRecord(
      id: reversal, reverses: id, visit: original.visit, claim: original.claim, settled: original.settled,
      sources: original.sources, entry: original.settled.reversalEntry(reference: reversal), message: message,
      time: time, balance: balance.own + original.settled.amounts.ownAccount)
    try store.append(record)
    try store.append(
      MessageRecord(
        id: message, institution: original.visit.institution, transaction: "2208", digest: "d", result: reversal))
    return record
  }

  /// Stores an institution, persons with a balance, so that visits can follow.
  package func enrol(_ numbers: [String], balance: Money, in store: any PayerStore) async throws {
    let persons = try numbers.map(person)
    let institution = institution
    try await store.write { store throws(StoreError) in
      try store.put(institution)
      for person in persons { try store.put(person, balance: AccountBalance(own: balance)) }
    }
  }

  /// Settles one stay of a person, registration and lines included; `nil` when the claim is refused.
  package func settleStay(_ number: Int, person: String, in store: any PayerStore) async throws(StoreError)
    -> SettlementRecord?
  {
    let visit = visit("V\(number)", of: person, care: .inpatient)
    return try await store.write { store throws(StoreError) in
      try store.put(visit)
      try store.append(lines(8, total: Money(fen: 5_000_00), of: visit), to: visit.id)
      return try settle(visit.id, as: "S\(number)", message: "M\(number)", in: store)
    }
  }

  /// Two persons, three settlements — S1, S2, S3 — and the reversal R1 of the first.
  package func fill(_ store: any PayerStore) async throws {
    try await enrol(["P1", "P2"], balance: Money(fen: 1_000_00), in: store)
    _ = try await settleStay(1, person: "P1", in: store)
    _ = try await settleStay(2, person: "P2", in: store)
    _ = try await settleStay(3, person: "P1", in: store)
    _ = try await store.write { store throws(StoreError) in
      try reverse("S1", as: "R1", message: "MR1", in: store)
    }
  }
}
