import Catalog
import Claims
import Foundation
import GRDB
import Kernel
import People
import Settlement
import StoreRecords
import Workflows

/// What can be read, on one connection inside one transaction.
///
/// Every statement finds its rows by primary key or index; `StatementPlanTests` holds it to that.
class SQLiteReading: PayerReading {
  let db: Database
  let statements: StoreStatements
  private let decoder: StoreDecoder
  /// Institutions and items of the snapshot's epoch, when there is a cache.
  let cache: RegisterCache?
  /// Persons looked at in this transaction, so that a settlement does not read its person three times.
  var persons: [String: PersonRecord] = [:]
  /// Accumulators looked at in this transaction, so that settling does not read them twice.
  var accumulators: [PersonYear: Accumulators] = [:]
  /// Balances looked at in this transaction; `nil` for a person who has none.
  var balances: [String: AccountBalance?] = [:]

  struct PersonYear: Hashable {
    let person: String
    let scheme: InsuranceScheme
    let year: Int
  }

  init(_ db: Database, _ statements: StoreStatements, decoder: StoreDecoder, cache: RegisterCache? = nil) {
    self.db = db
    self.statements = statements
    self.decoder = decoder
    self.cache = cache
  }

  /// Runs something of SQLite's; a transaction remembers the failure.
  func attempt<Answer>(_ operation: String, _ body: () throws -> Answer) throws(StoreError) -> Answer {
    try StoreFailure.translate(operation, body)
  }

  /// Notes what an answer rests on; a rehearsal needs it.
  func note(_ key: ChangeKey) throws(StoreError) {}

  /// Notes that an answer rests on all settlements there are, which no rehearsal can.
  func noteEverySettlement() throws(StoreError) {}

  /// A visit that the open write changed itself.
  func own(visit id: String) -> Visit? { nil }

  /// Lines that the open write added itself, and whether the visit has no others.
  func own(linesOf visit: String) -> (lines: [UploadedLine], isNew: Bool)? { nil }

  /// The first row that a statement finds.
  func first<each Value: StatementBindable, Answer>(
    _ operation: String, _ sql: StaticString, _ values: repeat each Value, read: (StatementRow) throws -> Answer
  ) throws(StoreError) -> Answer? {
    try attempt(operation) { try statements.first(sql, db, repeat each values, read: read) }
  }

  /// The record in the first column of the first row.
  func record<each Value: StatementBindable, Record: Decodable>(
    _ operation: String, _ sql: StaticString, _ values: repeat each Value
  ) throws(StoreError) -> Record? {
    try first(operation, sql, repeat each values) { try decoder.decode(Record.self, from: $0.bytes(0), db) }
  }

  func all<Record: Decodable>(
    _ operation: String, _ sql: String, _ arguments: StatementArguments
  ) throws(StoreError) -> [Record] {
    let rows = try attempt(operation) { try Data.fetchAll(db.cachedStatement(sql: sql), arguments: arguments) }
    return try records(operation, rows)
  }

  /// Reads records, decoded as one list: the decoder's beginning costs more than most records do.
  func records<Record: Decodable>(_ operation: String, _ texts: some Sequence<Data>) throws(StoreError) -> [Record] {
    try attempt(operation) {
      var list = Data("[".utf8)
      for text in texts {
        if list.count > 1 { list.append(UInt8(ascii: ",")) }
        list.append(text)
      }
      list.append(UInt8(ascii: "]"))
      return list.count == 2 ? [] : try decoder.decode([Record].self, from: list, db)
    }
  }

  func lines(of visit: String) throws(StoreError) -> [UploadedLine] {
    let own = own(linesOf: visit)
    if let own, own.isNew { return own.lines }
    if own == nil { try note(ChangeKey(.visit, visit)) }
    let stored = try attempt("read lines") {
      try statements.all(SQL.lines, db, visit) { try RecordReader.lines($0.bytes(0)) }.flatMap(\.self)
    }
    return stored + (own?.lines ?? [])
  }

  func institution(_ code: String) throws(StoreError) -> InstitutionRecord? {
    try note(ChangeKey(.registers))
    guard let cache else { return try record("read institution", SQL.institution, code) }
    return try cache.institution(code) { () throws(StoreError) in
      try record("read institution", SQL.institution, code)
    }
  }

  func item(_ code: String, on day: CalendarDate) throws(StoreError) -> ListedItem? {
    try note(ChangeKey(.registers))
    let read = { [self] () throws(StoreError) -> ListedItem? in
      let latest: ListedItem? = try record("read item", SQL.item, code, day.description)
      return latest.flatMap { $0.period.contains(day) ? $0 : nil }
    }
    guard let cache else { return try read() }
    return try cache.item(code, day, read: read)
  }
}

// MARK: - Looking up

extension SQLiteReading {
  func person(_ number: String) throws(StoreError) -> PersonRecord? {
    if let known = persons[number] { return known }
    try note(ChangeKey(.person, number))
    let read = { [self] () throws(StoreError) -> PersonRecord? in
      try first("read person", SQL.person, number) { try RecordReader.person($0.bytes(0)) }
    }
    let found = if let cache { try cache.person(number, read: read) } else { try read() }
    persons[number] = found
    return found
  }

  func person(certificateType: String, number: String) throws(StoreError) -> PersonRecord? {
    try note(ChangeKey(.certificate, certificateType, number))
    let found = try first("read person", SQL.certificate, certificateType, number) {
      try RecordReader.person($0.bytes(0))
    }
    if let found {
      try note(ChangeKey(.person, found.person.number))
      persons[found.person.number] = found
    }
    return found
  }

  func balance(_ person: String) throws(StoreError) -> AccountBalance {
    try note(ChangeKey(.money, person))
    return try standingBalance(person) ?? AccountBalance()
  }

  func standingBalance(_ person: String) throws(StoreError) -> AccountBalance? {
    if let known = balances[person] { return known }
    let found = try first("read balance", SQL.balance, person) {
      AccountBalance(own: Money(fen: $0.number(0)), family: Money(fen: $0.number(1)))
    }
    balances[person] = .some(found)
    return found
  }

  func items(after place: CatalogPlace?, limit: Int) throws(StoreError) -> [ListedItem] {
    try note(ChangeKey(.registers))
    return try all("read items", SQL.itemsAfter, [place?.code ?? "", place?.first.description ?? "", limit])
  }

  func institutions(after code: String, limit: Int) throws(StoreError) -> [InstitutionRecord] {
    try note(ChangeKey(.registers))
    return try all("read institutions", SQL.institutionsAfter, [code, limit])
  }

  func visit(_ id: String) throws(StoreError) -> Visit? {
    if let own = own(visit: id) { return own }
    try note(ChangeKey(.visit, id))
    return try first("read visit", SQL.visit, id) { try RecordReader.visit($0.bytes(0)) }
  }

  func visits(of person: String) throws(StoreError) -> [Visit] {
    try note(ChangeKey(.visits, person))
    return try all("read visits", SQL.visitsOfPerson, [person])
  }

  func accumulators(_ person: String, _ scheme: InsuranceScheme, year: Int) throws(StoreError) -> Accumulators {
    let key = PersonYear(person: person, scheme: scheme, year: year)
    if let known = accumulators[key] { return known }
    try note(ChangeKey(.money, person))
    let stored = try first("read accumulators", SQL.accumulators, person, scheme.rawValue, year) {
      try RecordReader.accumulators($0.bytes(0))
    }
    let found = stored ?? Accumulators(scheme: scheme, year: year)
    accumulators[key] = found
    return found
  }

  func settlement(_ id: String) throws(StoreError) -> SettlementRecord? {
    try note(ChangeKey(.settlement, id))
    return try record("read settlement", SQL.settlement, id)
  }

  func reversal(of settlement: String) throws(StoreError) -> SettlementRecord? {
    try note(ChangeKey(.reversal, settlement))
    return try record("read reversal", SQL.reversal, settlement)
  }

  func settlements(ofVisit visit: String) throws(StoreError) -> [SettlementRecord] {
    try note(ChangeKey(.settledVisit, visit))
    return try all("read settlements", SQL.settlementsOfVisit, [visit])
  }

  func settlements(of institution: String, from: String, to: String) throws(StoreError) -> [SettlementRecord] {
    try note(ChangeKey(.settledInstitution, institution))
    return try all("read settlements", SQL.settlementsOfInstitution, [institution, from, to])
  }

  func settledPersons() throws(StoreError) -> [String] {
    try noteEverySettlement()
    return try attempt("read persons") { try String.fetchAll(db.cachedStatement(sql: SQL.settledPersons)) }
  }

  func settlements(ofPerson person: String) throws(StoreError) -> [SettlementRecord] {
    try note(ChangeKey(.money, person))
    return try all("read settlements", SQL.settlementsOfPerson, [person])
  }

  func settlements(after place: ChainPlace, limit: Int) throws(StoreError) -> ChainStretch {
    try noteEverySettlement()
    var last = place.position(of: 0)
    let rows = try attempt("read chain") {
      try Row.fetchAll(db.cachedStatement(sql: SQL.chainAfter), arguments: [last, max(limit, 0)])
        .map { (sequence: $0[0] as Int64, record: $0[1] as Data) }
    }
    if let end = rows.last { last = end.sequence }
    return ChainStretch(
      records: try records("read chain", rows.lazy.map(\.record)), place: ChainPlace(strands: [last]))
  }

  func message(_ id: String) throws(StoreError) -> MessageRecord? {
    try note(ChangeKey(.message, id))
    return try first("read message", SQL.message, id) {
      MessageRecord(
        id: id, institution: $0.text(0), transaction: $0.text(1), digest: $0.text(2), result: $0.text(3))
    }
  }

  func signIn(_ number: String) throws(StoreError) -> SignIn? {
    try note(ChangeKey(.signIn, number))
    return try record("read sign-in", SQL.signIn, number)
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, _ id: String) throws(StoreError) -> Record? {
    try note(ChangeKey(.filed, Record.register, id))
    return try record("read \(Record.register)", SQL.filed, Record.register, id)
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, about subject: String) throws(StoreError) -> [Record] {
    try note(ChangeKey(.filedAbout, Record.register, subject))
    return try all("read \(Record.register)", SQL.filedAbout, [Record.register, subject])
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, of owner: String, from: String, to: String)
    throws(StoreError) -> [Record]
  {
    try note(ChangeKey(.filedOf, Record.register, owner))
    return try all("read \(Record.register)", SQL.filedOf, [Record.register, owner, from, to])
  }

  /// Whose and about what a filed record is.
  func place(ofFiled register: String, _ id: String) throws(StoreError) -> (owner: String, subject: String)? {
    try note(ChangeKey(.filed, register, id))
    return try first("read \(register)", SQL.filedPlace, register, id) { ($0.text(0), $0.text(1)) }
  }

  func closedYear() throws(StoreError) -> Int? {
    try note(ChangeKey(.closing))
    let read = { [self] () throws(StoreError) -> Int? in
      try first("read closed year", SQL.closedYear) { Int($0.number(0)) }
    }
    guard let cache else { return try read() }
    return try cache.closedYear(read: read)
  }
}
