import Catalog
import Claims
import Foundation
import GRDB
import Kernel
import People
import Settlement
import StoreRecords
import Workflows

/// What can be written, inside one savepoint of the writer's transaction.
final class SQLiteTransaction: SQLiteReading, PayerTransaction {
  /// The last number given of each sequence since the store was opened, so that one given up is not given again.
  private let given: GivenNumbers
  /// The first failure; it decides the write, whatever the body makes of it.
  private(set) var failure: StoreError?

  init(_ db: Database, decoder: JSONDecoder, given: GivenNumbers) {
    self.given = given
    super.init(db, decoder: decoder)
  }

  override func attempt<Answer>(_ operation: String, _ body: () throws -> Answer) throws(StoreError) -> Answer {
    do throws(StoreError) { return try StoreFailure.translate(operation, body) } catch {
      failure = failure ?? error
      throw error
    }
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  private func put(
    _ operation: String, _ sql: String, _ keys: [String], _ record: some Encodable
  ) throws(StoreError) {
    try attempt(operation) { try execute(sql, StatementArguments(keys + [try json(record)])) }
  }

  private func json(_ record: some Encodable) throws -> String {
    String(decoding: try CompactJSON.encode(record), as: UTF8.self)
  }

  private func refused(_ operation: String, _ detail: String) -> StoreError {
    StoreError(.refused, operation: operation, detail: detail)
  }
}

/// The last number given of each sequence; used by the writer's thread alone.
final class GivenNumbers {
  var last: [String: Int64] = [:]
}

extension SQLiteTransaction {
  func nextNumber(_ sequence: String) throws(StoreError) -> Int64 {
    let floor = given.last[sequence, default: 0] + 1
    let number = try attempt("next number") {
      try Int64.fetchOne(db.cachedStatement(sql: SQL.nextNumber), arguments: [sequence, floor]) ?? floor
    }
    given.last[sequence] = number
    return number
  }

  /// Nothing to do: one write runs at a time.
  func lock(person: String) {}

  func put(_ person: PersonRecord, balance: AccountBalance?) throws(StoreError) {
    let number = person.person.number
    try put(
      "put person", SQL.putPerson, [number, person.certificateType, person.certificateNumber], person)
    guard let balance else { return }
    try attempt("put balance") { try execute(SQL.putBalance, [number, balance.own.fen, balance.family.fen]) }
  }

  func put(_ institution: InstitutionRecord) throws(StoreError) {
    try put("put institution", SQL.putInstitution, [institution.institution.code], institution)
  }

  func put(_ item: ListedItem) throws(StoreError) {
    try put("put item", SQL.putItem, [item.code, item.period.first.description], item)
  }

  func put(_ visit: Visit) throws(StoreError) {
    try attempt("put visit") {
      let place = try Row.fetchOne(db.cachedStatement(sql: SQL.visitPlace), arguments: [visit.id])
      guard let place else { return try execute(SQL.addVisit, [visit.id, visit.person, try json(visit)]) }
      guard place[1] == visit.person else { throw refused("put visit", "a visit does not change its person") }
      let ordinal: Int64 = place[0]
      try execute(SQL.changeVisit, [try json(visit), ordinal])
    }
  }

  func append(_ lines: [UploadedLine], to visit: String) throws(StoreError) {
    try attempt("append lines") {
      guard let place = try Row.fetchOne(db.cachedStatement(sql: SQL.visitPlace), arguments: [visit]) else {
        throw refused("append lines", "no visit \(visit)")
      }
      let owner: Int64 = place[0]
      var last = try Int64.fetchOne(db.cachedStatement(sql: SQL.lastLine), arguments: [owner]) ?? 0
      for line in lines {
        last += 1
        try execute(SQL.addLine, [owner, last, line.serial, try json(line)])
      }
    }
  }

  func withdraw(_ serials: [String], from visit: String) throws(StoreError) {
    try attempt("withdraw lines") {
      for serial in serials { try execute(SQL.withdrawLine, [visit, serial]) }
    }
  }

  func append(_ settlement: SettlementRecord) throws(StoreError) {
    let operation = "append settlement \(settlement.id)"
    var original: SettlementRecord?
    if let reverses = settlement.reverses { original = try self.settlement(reverses) }
    if let fault = settlement.contradictions(original: original).first {
      return try attempt(operation) { throw refused(operation, fault) }
    }
    try appendToChain(settlement, operation)
    try moveBalance(settlement, operation)
    try moveAccumulators(settlement, operation)
  }

  private func appendToChain(_ settlement: SettlementRecord, _ operation: String) throws(StoreError) {
    try attempt(operation) {
      guard let head = try Row.fetchOne(db.cachedStatement(sql: SQL.head)) else {
        throw StoreError(.damaged, operation: operation, detail: "the head of the chain is missing")
      }
      let (last, previous): (Int64, Data) = (head[0], head[1])
      let link = try ChainLink(settlement, sequence: last + 1)
      let hash = link.hash(after: previous)
      try execute(
        SQL.addSettlement,
        [
          link.sequence, link.id, link.reverses, link.visit, link.person, link.institution, link.scheme, link.year,
          link.medfee, link.fund, link.account, link.cash, link.time, hash, link.record,
        ])
      for (ordinal, line) in link.lines.enumerated() {
        try execute(SQL.addPosting, [link.sequence, ordinal, line.account, line.holder, line.amount])
      }
      try execute(SQL.moveHead, [link.sequence, hash])
    }
  }

  private func moveBalance(_ settlement: SettlementRecord, _ operation: String) throws(StoreError) {
    let person = settlement.visit.person
    let before = try standingBalance(person)
    let after = settlement.balance(after: before ?? AccountBalance())
    try attempt(operation) {
      if let fault = settlement.fault(inBalance: after) { throw refused(operation, fault) }
      if after != before ?? AccountBalance() {
        try execute(SQL.putBalance, [person, after.own.fen, after.family.fen])
      }
    }
  }

  private func moveAccumulators(_ settlement: SettlementRecord, _ operation: String) throws(StoreError) {
    let key = PersonYear(
      person: settlement.visit.person, scheme: settlement.settled.cover.scheme, year: settlement.year)
    let before = try accumulators(key.person, key.scheme, year: key.year)
    try attempt(operation) {
      guard let after = before.after(settlement) else {
        throw StoreError(
          .damaged, operation: operation, detail: "the accumulators do not hold what the reversal takes back")
      }
      try execute(SQL.putAccumulators, [key.person, key.scheme.rawValue, key.year, try json(after)])
      accumulators[key] = after
    }
  }

  func append(_ message: MessageRecord) throws(StoreError) {
    try attempt("append message") {
      try execute(
        SQL.addMessage, [message.id, message.institution, message.transaction, message.digest, message.result])
    }
  }

  func put(_ signIn: SignIn) throws(StoreError) { try put("put sign-in", SQL.putSignIn, [signIn.number], signIn) }

  func put<Record: FiledRecord>(_ record: Record) throws(StoreError) {
    let keys = [Record.register, record.id, record.owner, record.subject, record.time]
    try put("put \(Record.register)", SQL.putFiled, keys, record)
  }

  func close(year: Int) throws(StoreError) { try attempt("close year") { try execute(SQL.close, [year]) } }
}
