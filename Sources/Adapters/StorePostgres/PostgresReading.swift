#if PostgreSQL
  import Catalog
  import Claims
  import Foundation
  import Kernel
  import People
  import Settlement
  import StoreRecords
  import Workflows

  /// What a look-up is about; a write locks it until it ends, so that what was read is still true then.
  enum PostgresScope {
    case person(String)
    case certificate(type: String, number: String)
    case visit(String)
    case settlement(String)
    case reversal(String)
    case settlementsOfVisit(String)
    case settlementsOfPerson(String)
    case everySettlement
    case message(String)
    case institutions
    case catalogue
    case closing
    case signIn(String)
    case filed(String, String)
    case filedAbout(String, String)
    case filedOf(String, String)
    /// The cases of a region.
    case paymentCases(String)
    /// The runs of a region.
    case paymentRuns(String)
  }

  /// What can be read, on one connection inside one transaction: here a snapshot.
  class PostgresReading: PayerReading {
    let connection: PostgresConnection
    private let decoder: PostgresDecoder
    /// Whether the transaction has begun on the server.
    var isBegun = false
    /// Whether the server has answered anything in this transaction.
    private(set) var hasAnswered = false
    /// The first failure of the server's.
    private(set) var fault: PostgresFault?
    /// Money looked at in this transaction, so that settling does not read it twice.
    var accumulators: [PersonYear: Accumulators] = [:]
    var balances: [String: AccountBalance?] = [:]
    /// Whose visits are, of those looked at.
    var owners: [String: String] = [:]

    struct PersonYear: Hashable {
      let person: String
      let scheme: InsuranceScheme
      let year: Int
    }

    init(_ connection: PostgresConnection, decoder: PostgresDecoder) {
      self.connection = connection
      self.decoder = decoder
    }

    /// The statement that begins the transaction.
    var beginning: PostgresStatement { PostgresSQL.beginReading }

    /// Runs a look-up; a transaction locks what it is about before.
    func rows(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope
    ) throws(StoreError) -> PostgresRows {
      try last(of: [.init(statement, values)]) { _ in operation }
    }

    /// A record appended in this transaction that is not on the server yet.
    func appended(_ wanted: (SettlementRecord) -> Bool) -> SettlementRecord? { nil }

    /// Runs calls in one round trip, the beginning of the transaction before the first; answers with the last one's
    /// rows.
    func last(
      of calls: [PostgresConnection.Call], operation: (Int) -> String
    ) throws(StoreError) -> PostgresRows {
      let opening = isBegun ? [] : [PostgresConnection.Call(beginning)]
      isBegun = true
      do throws(PostgresFault) {
        let answers = try connection.run(opening + calls)
        hasAnswered = true
        guard let last = answers.last, answers.count == opening.count + calls.count else {
          throw PostgresFault(state: "XX000", message: "the server left statements unanswered")
        }
        return last
      } catch {
        fault = fault ?? error
        throw failed(error.storeError(operation(max(error.place - opening.count, 0))))
      }
    }

    /// Notes a failure; a transaction remembers the first.
    func failed(_ error: StoreError) -> StoreError { error }

    func one<Record: Decodable>(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope
    ) throws(StoreError) -> Record? {
      let rows = try rows(operation, statement, values, about: scope)
      return rows.count == 0 ? nil : try decode(operation, rows.data(0, 0))
    }

    func all<Record: Decodable>(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope
    ) throws(StoreError) -> [Record] {
      try records(operation, try rows(operation, statement, values, about: scope))
    }

    /// The records in the first column of rows.
    private func records<Record: Decodable>(_ operation: String, _ rows: PostgresRows) throws(StoreError) -> [Record] {
      if rows.count == 0 { return [] }
      // Read as one list: the decoder's beginning costs more than a fee line does.
      var list = Data("[".utf8)
      for row in 0..<rows.count {
        if row > 0 { list.append(UInt8(ascii: ",")) }
        rows.withBytes(row, 0) { list.append(contentsOf: $0) }
      }
      list.append(UInt8(ascii: "]"))
      return try decode(operation, list)
    }

    private func decode<Record: Decodable>(_ operation: String, _ bytes: Data) throws(StoreError) -> Record {
      try read(operation) { try decoder.decode(Record.self, from: bytes, connection) }
    }

    /// A record that `RecordReader` reads.
    func one<Record>(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope,
      _ body: (Data) throws -> Record
    ) throws(StoreError) -> Record? {
      let rows = try rows(operation, statement, values, about: scope)
      return rows.count == 0 ? nil : try read(operation) { try body(rows.data(0, 0)) }
    }

    /// Records that `RecordReader` reads.
    func all<Record>(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope,
      _ body: (Data) throws -> Record
    ) throws(StoreError) -> [Record] {
      let rows = try rows(operation, statement, values, about: scope)
      return try read(operation) { try (0..<rows.count).map { try body(rows.data($0, 0)) } }
    }

    /// Makes a value of what is stored, which may ask the server for policy sources.
    private func read<Value>(_ operation: String, _ body: () throws -> Value) throws(StoreError) -> Value {
      do { return try body() } catch let error as PostgresFault {
        fault = fault ?? error
        throw failed(error.storeError(operation))
      } catch {
        throw failed(StoreError(.damaged, operation: operation, detail: "a stored record cannot be read"))
      }
    }
  }

  extension PostgresReading {
    func person(_ number: String) throws(StoreError) -> PersonRecord? {
      try one("read person", PostgresSQL.person, [.text(number)], about: .person(number), RecordReader.person)
    }

    func person(certificateType: String, number: String) throws(StoreError) -> PersonRecord? {
      try one(
        "read person", PostgresSQL.certificate, [.text(certificateType), .text(number)],
        about: .certificate(type: certificateType, number: number), RecordReader.person)
    }

    func balance(_ person: String) throws(StoreError) -> AccountBalance {
      try standingBalance(person) ?? AccountBalance()
    }

    func standingBalance(_ person: String) throws(StoreError) -> AccountBalance? {
      if let known = balances[person] { return known }
      let rows = try rows("read balance", PostgresSQL.balance, [.text(person)], about: .person(person))
      let found: AccountBalance? =
        rows.count == 0
        ? nil : AccountBalance(own: Money(fen: rows.integer(0, 0)), family: Money(fen: rows.integer(0, 1)))
      balances[person] = .some(found)
      return found
    }

    func institution(_ code: String) throws(StoreError) -> InstitutionRecord? {
      try one("read institution", PostgresSQL.institution, [.text(code)], about: .institutions)
    }

    func item(_ code: String, on day: CalendarDate) throws(StoreError) -> ListedItem? {
      let latest: ListedItem? = try one(
        "read item", PostgresSQL.item, [.text(code), .text(day.description)], about: .catalogue)
      return latest.flatMap { $0.period.contains(day) ? $0 : nil }
    }

    func items(after place: CatalogPlace?, limit: Int) throws(StoreError) -> [ListedItem] {
      try all(
        "read items", PostgresSQL.itemsAfter,
        [.text(place?.code ?? ""), .text(place?.first.description ?? ""), .integer(Int64(limit))], about: .catalogue)
    }

    func institutions(after code: String, limit: Int) throws(StoreError) -> [InstitutionRecord] {
      try all(
        "read institutions", PostgresSQL.institutionsAfter, [.text(code), .integer(Int64(limit))], about: .institutions)
    }

    func visit(_ id: String) throws(StoreError) -> Visit? {
      let visit = try one("read visit", PostgresSQL.visit, [.text(id)], about: .visit(id), RecordReader.visit)
      if let visit { owners[id] = visit.person }
      return visit
    }

    func visits(of person: String) throws(StoreError) -> [Visit] {
      try all("read visits", PostgresSQL.visitsOfPerson, [.text(person)], about: .person(person), RecordReader.visit)
    }

    func lines(of visit: String) throws(StoreError) -> [UploadedLine] {
      try all("read lines", PostgresSQL.lines, [.text(visit)], about: .visit(visit), RecordReader.line)
    }

    func accumulators(_ person: String, _ scheme: InsuranceScheme, year: Int) throws(StoreError) -> Accumulators {
      let key = PersonYear(person: person, scheme: scheme, year: year)
      if let known = accumulators[key] { return known }
      let stored = try one(
        "read accumulators", PostgresSQL.accumulators,
        [.text(person), .text(scheme.rawValue), .integer(Int64(year))], about: .person(person),
        RecordReader.accumulators)
      let found = stored ?? Accumulators(scheme: scheme, year: year)
      accumulators[key] = found
      return found
    }

    func settlement(_ id: String) throws(StoreError) -> SettlementRecord? {
      if let mine = appended({ $0.id == id }) { return mine }
      return try one("read settlement", PostgresSQL.settlement, [.text(id)], about: .settlement(id))
    }

    func reversal(of settlement: String) throws(StoreError) -> SettlementRecord? {
      if let mine = appended({ $0.reverses == settlement }) { return mine }
      return try one("read reversal", PostgresSQL.reversal, [.text(settlement)], about: .reversal(settlement))
    }

    func settlements(ofVisit visit: String) throws(StoreError) -> [SettlementRecord] {
      try all("read settlements", PostgresSQL.settlementsOfVisit, [.text(visit)], about: .settlementsOfVisit(visit))
    }

    func settlements(of institution: String, from: String, to: String) throws(StoreError) -> [SettlementRecord] {
      try all(
        "read settlements", PostgresSQL.settlementsOfInstitution, [.text(institution), .text(from), .text(to)],
        about: .everySettlement)
    }

    func settledPersons() throws(StoreError) -> [String] {
      let rows = try rows("read persons", PostgresSQL.settledPersons, [], about: .everySettlement)
      return (0..<rows.count).map { rows.text($0, 0) }
    }

    func settlements(ofPerson person: String) throws(StoreError) -> [SettlementRecord] {
      try all("read settlements", PostgresSQL.settlementsOfPerson, [.text(person)], about: .settlementsOfPerson(person))
    }

    func settlements(after place: ChainPlace, limit: Int) throws(StoreError) -> ChainStretch {
      var strands = (0..<PostgresStrand.count).map { place.position(of: $0) }
      let operation = "read chain"
      let rows = try rows(
        operation, PostgresSQL.chainAfter, [.integers(strands), .integer(Int64(max(limit, 0)))],
        about: .everySettlement)
      // Each strand's records come in its order, so the last one seen of it is its place.
      for row in 0..<rows.count { strands[Int(rows.integer(row, 1))] = rows.integer(row, 2) }
      return ChainStretch(records: try records(operation, rows), place: ChainPlace(strands: strands))
    }

    func message(_ id: String) throws(StoreError) -> MessageRecord? {
      let rows = try rows("read message", PostgresSQL.message, [.text(id)], about: .message(id))
      guard rows.count > 0 else { return nil }
      return MessageRecord(
        id: id, institution: rows.text(0, 0), transaction: rows.text(0, 1), digest: rows.text(0, 2),
        result: rows.text(0, 3))
    }

    func signIn(_ number: String) throws(StoreError) -> SignIn? {
      try one("read sign-in", PostgresSQL.signIn, [.text(number)], about: .signIn(number))
    }

    func closedYear() throws(StoreError) -> Int? {
      let rows = try rows("read closed year", PostgresSQL.closedYear, [], about: .closing)
      return rows.count == 0 ? nil : Int(rows.integer(0, 0))
    }
  }
#endif
