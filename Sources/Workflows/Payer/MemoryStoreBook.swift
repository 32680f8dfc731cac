import Catalog
import Claims
import Kernel
import People
import Settlement

/// The state of a memory store with what can be asked of it and written to it.
final class MemoryStoreBook: PayerTransaction {
  private var state = MemoryStoreState()
  /// The first failure of the open write; it decides the write, whatever the body makes of it.
  private var failure: StoreError?

  /// Runs the body of a write, and keeps what it wrote or nothing.
  func write<Answer>(_ body: (any PayerTransaction) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
    failure = nil
    do throws(StoreError) {
      let answer = try body(self)
      if let failure { throw failure }
      state.close(keeping: true)
      return answer
    } catch {
      state.close(keeping: false)
      throw error
    }
  }

  private func refused(_ operation: String, _ detail: String) -> StoreError {
    let error = StoreError(.refused, operation: operation, detail: detail)
    failure = failure ?? error
    return error
  }
}

// MARK: - Reading

extension MemoryStoreBook {
  func person(_ number: String) -> PersonRecord? { state.persons[number] }

  func person(certificateType: String, number: String) -> PersonRecord? {
    state.certificates[.init(type: certificateType, number: number)].flatMap { state.persons[$0] }
  }

  func balance(_ person: String) -> AccountBalance { state.balances[person] ?? AccountBalance() }

  func institution(_ code: String) -> InstitutionRecord? { state.institutions[code] }

  func item(_ code: String, on day: CalendarDate) -> ListedItem? {
    state.items[code]?.last { $0.period.first <= day }.flatMap { $0.period.contains(day) ? $0 : nil }
  }

  func items(after place: CatalogPlace?, limit: Int) -> [ListedItem] {
    let codes = state.items.keys.filter { code in place.map { code >= $0.code } ?? true }.sorted()
    let versions = codes.lazy.flatMap { self.state.items[$0] ?? [] }
    let later = versions.filter { item in
      place.map { item.code > $0.code || item.period.first > $0.first } ?? true
    }
    return Array(later.prefix(limit))
  }

  func institutions(after code: String, limit: Int) -> [InstitutionRecord] {
    state.institutions.keys.filter { $0 > code }.sorted().prefix(limit).compactMap { state.institutions[$0] }
  }

  func visit(_ id: String) -> Visit? { state.visits[id] }

  func visits(of person: String) -> [Visit] { (state.visitsOfPerson[person] ?? []).compactMap { state.visits[$0] } }

  func lines(of visit: String) -> [UploadedLine] { state.lines[visit] ?? [] }

  func accumulators(_ person: String, _ scheme: InsuranceScheme, year: Int) -> Accumulators {
    state.accumulators[.init(person: person, scheme: scheme, year: year)] ?? Accumulators(scheme: scheme, year: year)
  }

  func settlement(_ id: String) -> SettlementRecord? { state.settlements[id] }

  func reversal(of settlement: String) -> SettlementRecord? {
    state.reversals[settlement].flatMap { state.settlements[$0] }
  }

  func settlements(ofVisit visit: String) -> [SettlementRecord] {
    (state.settlementsOfVisit[visit] ?? []).compactMap { state.settlements[$0] }
  }

  func settlements(of institution: String, from: String, to: String) -> [SettlementRecord] {
    all.filter { $0.visit.institution == institution && $0.time >= from && $0.time <= to }
  }

  func settledPersons() -> [String] {
    Set(state.settlementsOfPerson.keys).union(state.accumulators.keys.map(\.person)).sorted()
  }

  func settlements(ofPerson person: String) -> [SettlementRecord] {
    (state.settlementsOfPerson[person] ?? []).compactMap { state.settlements[$0] }
  }

  func settlements(after place: ChainPlace, limit: Int) -> ChainStretch {
    let first = min(Int(place.position(of: 0)), count)
    let last = min(first + max(limit, 0), count)
    let records = (first..<last).compactMap { state.order[$0] }.compactMap { state.settlements[$0] }
    return ChainStretch(records: records, place: ChainPlace(strands: [Int64(last)]))
  }

  func message(_ id: String) -> MessageRecord? { state.messages[id] }

  func signIn(_ number: String) -> SignIn? { state.signIns[number] }

  func filed<Record: FiledRecord>(_ kind: Record.Type, _ id: String) -> Record? {
    state.filed[.init(register: Record.register, id: id)] as? Record
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, about subject: String) -> [Record] {
    let ids = state.filedAbout[.init(register: Record.register, id: subject)] ?? []
    return filed(kind, ids).filter { $0.subject == subject }
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, of owner: String, from: String, to: String) -> [Record] {
    let ids = state.filedOf[.init(register: Record.register, id: owner)] ?? []
    return filed(kind, ids).filter { $0.owner == owner && $0.time >= from && $0.time <= to }
  }

  private func filed<Record: FiledRecord>(_ kind: Record.Type, _ ids: [String]) -> [Record] {
    Set(ids).compactMap { state.filed[.init(register: Record.register, id: $0)] as? Record }
      .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  func closedYear() -> Int? { state.numbers["closed year"] }

  private var count: Int { state.numbers["records"] ?? 0 }

  private var all: [SettlementRecord] {
    (0..<count).compactMap { state.order[$0] }.compactMap { state.settlements[$0] }
  }

  /// What does not hold among the records in order: each follows the rules and comes after what it takes back.
  func chainFaults() -> [String] {
    var seen: [String: SettlementRecord] = [:]
    var faults: [String] = []
    for record in all {
      faults += record.contradictions(original: record.reverses.flatMap { seen[$0] }).map { "\(record.id): \($0)" }
      seen[record.id] = record
    }
    if seen.count != count { faults.append("\(count) records were appended, \(seen.count) are stored") }
    return faults
  }
}

// MARK: - Writing

extension MemoryStoreBook {
  func nextNumber(_ sequence: String) -> Int64 {
    state.sequences[sequence, default: 0] += 1
    return state.sequences[sequence] ?? 0
  }

  func lock(person: String) {}

  func put(_ person: PersonRecord, balance: AccountBalance?) throws(StoreError) {
    let number = person.person.number
    let key = MemoryStoreState.Certificate(type: person.certificateType, number: person.certificateNumber)
    if let owner = state.certificates[key], owner != number {
      throw refused("put person", "the certificate belongs to another person")
    }
    if let balance, balance.own.isNegative || balance.family.isNegative {
      throw refused("put person", "a balance is below zero")
    }
    if let old = state.persons[number] {
      state.certificates[.init(type: old.certificateType, number: old.certificateNumber)] = nil
    }
    state.certificates[key] = number
    state.persons[number] = person
    if let balance { state.balances[number] = balance }
  }

  func put(_ institution: InstitutionRecord) { state.institutions[institution.institution.code] = institution }

  func put(_ item: ListedItem) {
    var versions = (state.items[item.code] ?? []).filter { $0.period.first != item.period.first }
    let place = versions.firstIndex { $0.period.first > item.period.first } ?? versions.endIndex
    versions.insert(item, at: place)
    state.items[item.code] = versions
  }

  func add(_ visit: Visit) throws(StoreError) {
    if state.visits[visit.id] != nil { throw refused("add visit", "the number \(visit.id) is used") }
    try put(visit)
  }

  func put(_ visit: Visit) throws(StoreError) {
    if let old = state.visits[visit.id] {
      guard old.person == visit.person else { throw refused("put visit", "a visit does not change its person") }
    } else {
      state.visitsOfPerson[visit.person] = (state.visitsOfPerson[visit.person] ?? []) + [visit.id]
    }
    state.visits[visit.id] = visit
  }

  func append(_ lines: [UploadedLine], to visit: String) throws(StoreError) {
    guard state.visits[visit] != nil else { throw refused("append lines", "no visit \(visit)") }
    var standing = state.lines[visit] ?? []
    var serials = Set(standing.map(\.serial))
    for line in lines {
      guard serials.insert(line.serial).inserted else { throw refused("append lines", "serial \(line.serial) is used") }
      standing.append(line)
    }
    state.lines[visit] = standing
  }

  func withdraw(_ serials: [String], from visit: String) {
    let gone = Set(serials)
    state.lines[visit] = (state.lines[visit] ?? []).filter { !gone.contains($0.serial) }
  }

  func append(_ settlement: SettlementRecord) throws(StoreError) {
    let operation = "append settlement \(settlement.id)"
    guard state.settlements[settlement.id] == nil else { throw refused(operation, "the identifier is used") }
    if let reverses = settlement.reverses, state.reversals[reverses] != nil {
      throw refused(operation, "\(reverses) was reversed before")
    }
    let original = settlement.reverses.flatMap { state.settlements[$0] }
    if let fault = settlement.contradictions(original: original).first { throw refused(operation, fault) }
    let person = settlement.visit.person
    let balance = settlement.balance(after: balance(person))
    if let fault = settlement.fault(inBalance: balance) { throw refused(operation, fault) }
    let key = MemoryStoreState.PersonYear(
      person: person, scheme: settlement.settled.cover.scheme, year: settlement.year)
    guard let moved = accumulators(person, key.scheme, year: key.year).after(settlement) else {
      throw refused(operation, "the accumulators do not hold what it takes back")
    }
    state.accumulators[key] = moved
    if state.balances[person] != nil { state.balances[person] = balance }
    state.settlements[settlement.id] = settlement
    state.order[count] = settlement.id
    state.numbers["records"] = count + 1
    if let reverses = settlement.reverses { state.reversals[reverses] = settlement.id }
    state.settlementsOfVisit[settlement.visit.id] = settlements(idsOf: settlement.visit.id) + [settlement.id]
    state.settlementsOfPerson[person] = (state.settlementsOfPerson[person] ?? []) + [settlement.id]
  }

  private func settlements(idsOf visit: String) -> [String] { state.settlementsOfVisit[visit] ?? [] }

  func append(_ message: MessageRecord) throws(StoreError) {
    guard state.messages[message.id] == nil else { throw refused("append message", "the identifier is used") }
    state.messages[message.id] = message
  }

  func put(_ signIn: SignIn) { state.signIns[signIn.number] = signIn }

  func put<Record: FiledRecord>(_ record: Record) {
    let earlier = filed(Record.self, record.id)
    state.filed[.init(register: Record.register, id: record.id)] = record
    if earlier?.subject != record.subject {
      state.filedAbout.append(record.id, to: .init(register: Record.register, id: record.subject))
    }
    if earlier?.owner != record.owner {
      state.filedOf.append(record.id, to: .init(register: Record.register, id: record.owner))
    }
  }

  func close(year: Int) { state.numbers["closed year"] = max(year, closedYear() ?? year) }
}
