import Catalog
import Claims
import Foundation
import GRDB
import Kernel
import People
import Settlement
import Workflows

/// What can be read, on one connection inside one transaction.
///
/// Every statement finds its rows by primary key or index; `StatementPlanTests` holds it to that.
class SQLiteReading: PayerReading {
  let db: Database
  private let decoder: JSONDecoder
  /// Accumulators looked at in this transaction, so that settling does not read them twice.
  var accumulators: [PersonYear: Accumulators] = [:]

  struct PersonYear: Hashable {
    let person: String
    let scheme: InsuranceScheme
    let year: Int
  }

  init(_ db: Database, decoder: JSONDecoder) {
    self.db = db
    self.decoder = decoder
  }

  /// Runs something of SQLite's; a transaction remembers the failure.
  func attempt<Answer>(_ operation: String, _ body: () throws -> Answer) throws(StoreError) -> Answer {
    try StoreFailure.translate(operation, body)
  }

  func one<Record: Decodable>(
    _ operation: String, _ sql: String, _ arguments: StatementArguments
  ) throws(StoreError) -> Record? {
    try attempt(operation) {
      let statement = try db.cachedStatement(sql: sql)
      return try Data.fetchOne(statement, arguments: arguments).map { try decoder.decode(Record.self, from: $0) }
    }
  }

  func all<Record: Decodable>(
    _ operation: String, _ sql: String, _ arguments: StatementArguments
  ) throws(StoreError) -> [Record] {
    try attempt(operation) {
      // Read as one list: the decoder's beginning costs more than a fee line does.
      let cursor = try Data.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
      var list = Data("[".utf8)
      while let record = try cursor.next() {
        if list.count > 1 { list.append(UInt8(ascii: ",")) }
        list.append(record)
      }
      list.append(UInt8(ascii: "]"))
      return list.count == 2 ? [] : try decoder.decode([Record].self, from: list)
    }
  }
}

extension SQLiteReading {
  func person(_ number: String) throws(StoreError) -> PersonRecord? {
    try one("read person", SQL.person, [number])
  }

  func person(certificateType: String, number: String) throws(StoreError) -> PersonRecord? {
    try one("read person", SQL.certificate, [certificateType, number])
  }

  func balance(_ person: String) throws(StoreError) -> AccountBalance {
    try standingBalance(person) ?? AccountBalance()
  }

  func standingBalance(_ person: String) throws(StoreError) -> AccountBalance? {
    try attempt("read balance") {
      let statement = try db.cachedStatement(sql: SQL.balance)
      return try Row.fetchOne(statement, arguments: [person]).map {
        AccountBalance(own: Money(fen: $0[0]), family: Money(fen: $0[1]))
      }
    }
  }

  func institution(_ code: String) throws(StoreError) -> InstitutionRecord? {
    try one("read institution", SQL.institution, [code])
  }

  func item(_ code: String, on day: CalendarDate) throws(StoreError) -> ListedItem? {
    let latest: ListedItem? = try one("read item", SQL.item, [code, day.description])
    return latest.flatMap { $0.period.contains(day) ? $0 : nil }
  }

  func items(after place: CatalogPlace?, limit: Int) throws(StoreError) -> [ListedItem] {
    try all("read items", SQL.itemsAfter, [place?.code ?? "", place?.first.description ?? "", limit])
  }

  func institutions(after code: String, limit: Int) throws(StoreError) -> [InstitutionRecord] {
    try all("read institutions", SQL.institutionsAfter, [code, limit])
  }

  func visit(_ id: String) throws(StoreError) -> Visit? { try one("read visit", SQL.visit, [id]) }

  func visits(of person: String) throws(StoreError) -> [Visit] { try all("read visits", SQL.visitsOfPerson, [person]) }

  func lines(of visit: String) throws(StoreError) -> [UploadedLine] { try all("read lines", SQL.lines, [visit]) }

  func accumulators(_ person: String, _ scheme: InsuranceScheme, year: Int) throws(StoreError) -> Accumulators {
    let key = PersonYear(person: person, scheme: scheme, year: year)
    if let known = accumulators[key] { return known }
    let stored: Accumulators? = try one("read accumulators", SQL.accumulators, [person, scheme.rawValue, year])
    let found = stored ?? Accumulators(scheme: scheme, year: year)
    accumulators[key] = found
    return found
  }

  func settlement(_ id: String) throws(StoreError) -> SettlementRecord? {
    try one("read settlement", SQL.settlement, [id])
  }

  func reversal(of settlement: String) throws(StoreError) -> SettlementRecord? {
    try one("read reversal", SQL.reversal, [settlement])
  }

  func settlements(ofVisit visit: String) throws(StoreError) -> [SettlementRecord] {
    try all("read settlements", SQL.settlementsOfVisit, [visit])
  }

  func settlements(of institution: String, from: String, to: String) throws(StoreError) -> [SettlementRecord] {
    try all("read settlements", SQL.settlementsOfInstitution, [institution, from, to])
  }

  func settledPersons() throws(StoreError) -> [String] {
    try attempt("read persons") { try String.fetchAll(db.cachedStatement(sql: SQL.settledPersons)) }
  }

  func settlements(ofPerson person: String) throws(StoreError) -> [SettlementRecord] {
    try all("read settlements", SQL.settlementsOfPerson, [person])
  }

  func message(_ id: String) throws(StoreError) -> MessageRecord? {
    try attempt("read message") {
      let statement = try db.cachedStatement(sql: SQL.message)
      return try Row.fetchOne(statement, arguments: [id]).map {
        MessageRecord(id: id, institution: $0[0], transaction: $0[1], digest: $0[2], result: $0[3])
      }
    }
  }

  func signIn(_ number: String) throws(StoreError) -> SignIn? { try one("read sign-in", SQL.signIn, [number]) }

  func filed<Record: FiledRecord>(_ kind: Record.Type, _ id: String) throws(StoreError) -> Record? {
    try one("read \(Record.register)", SQL.filed, [Record.register, id])
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, about subject: String) throws(StoreError) -> [Record] {
    try all("read \(Record.register)", SQL.filedAbout, [Record.register, subject])
  }

  func filed<Record: FiledRecord>(_ kind: Record.Type, of owner: String, from: String, to: String)
    throws(StoreError) -> [Record]
  {
    try all("read \(Record.register)", SQL.filedOf, [Record.register, owner, from, to])
  }

  func closedYear() throws(StoreError) -> Int? {
    try attempt("read closed year") { try Int.fetchOne(db.cachedStatement(sql: SQL.closedYear)) }
  }
}
