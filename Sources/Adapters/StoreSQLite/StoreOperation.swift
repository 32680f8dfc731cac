import Foundation
import GRDB
import Kernel
import StoreRecords
import Workflows

/// One change of the tables with its text made ready, so that the thread that writes has little left to do.
enum StoreOperation: Sendable {
  case addVisit(ordinal: Int64, id: String, person: String, text: String)
  case changeVisit(ordinal: Int64, text: String)
  case addUpload(visit: Int64, ordinal: Int64, text: String)
  case withdraw(serials: [String], visit: Int64)
  case sources([SourceTexts.Named])
  case settlement(PreparedSettlement)
  case message(MessageRecord)
  case filed(keys: [String], text: String)
  /// A register's record under its keys, by the statement that keeps it.
  case register(sql: StaticString, keys: [String], text: String)
  case balance(person: String, own: Int64, family: Int64)
  case close(year: Int)
}

/// A settlement that was checked, with every row that it makes but for its place in the chain.
struct PreparedSettlement: Sendable {
  var link: ChainLink
  /// The text of its postings.
  var postings: String
  var accumulators: (person: String, scheme: String, year: Int, text: String)
  /// The balance afterwards, where it moves.
  var balance: AccountBalance?
}

/// The writer's hold on the tables: what is carried out here is durable once the batch is committed.
final class StoreTables {
  let db: Database
  /// The head of the chain as the open batch leaves it.
  var head: ChainHead
  /// Sources of policy values that the open batch stores.
  var addedSources: [String] = []

  struct ChainHead: Equatable {
    var sequence: Int64
    var hash: Data
  }

  let statements: StoreStatements

  init(_ db: Database, _ statements: StoreStatements) throws {
    self.db = db
    self.statements = statements
    let head = try statements.first(SQL.head, db) { ChainHead(sequence: $0.number(0), hash: $0.bytes(1)) }
    guard let head else { throw StoreError(.damaged, operation: "write", detail: "the head of the chain is missing") }
    self.head = head
  }

  func carryOut(_ operation: StoreOperation) throws {
    switch operation {
    case .addVisit(let ordinal, let id, let person, let text): try run(SQL.addVisit, ordinal, id, person, text)
    case .changeVisit(let ordinal, let text): try run(SQL.changeVisit, text, ordinal)
    case .addUpload(let visit, let ordinal, let text): try run(SQL.addUpload, visit, ordinal, text)
    case .withdraw(let serials, let visit): try withdraw(Set(serials), from: visit)
    case .sources(let sources):
      for source in sources { try run(SQL.addSource, source.key, source.text) }
      addedSources += sources.map(\.key)
    case .settlement(let settlement): try append(settlement)
    case .message(let message):
      try run(SQL.addMessage, message.id, message.institution, message.transaction, message.digest, message.result)
    case .filed(let keys, let text): try run(SQL.putFiled, keys: keys, text: text)
    case .register(let sql, let keys, let text): try run(sql, keys: keys, text: text)
    case .balance(let person, let own, let family): try run(SQL.putBalance, person, own, family)
    case .close(let year): try run(SQL.close, year)
    }
  }

  /// Takes lines out of the uploads that hold them.
  private func withdraw(_ serials: Set<String>, from visit: Int64) throws {
    let uploads = try statements.all(SQL.uploads, db, visit) { ($0.number(0), try RecordReader.lines($0.bytes(1))) }
    for (ordinal, lines) in uploads {
      let standing = lines.filter { !serials.contains($0.serial) }
      if standing.count == lines.count { continue }
      if standing.isEmpty {
        try run(SQL.removeUpload, visit, ordinal)
      } else {
        try run(SQL.changeUpload, RecordText.of(standing), visit, ordinal)
      }
    }
  }

  private func append(_ settlement: PreparedSettlement) throws {
    var link = settlement.link
    link.sequence = head.sequence + 1
    let hash = link.hash(after: head.hash)
    try run(
      SQL.addSettlement, link.sequence, link.id, link.reverses, link.visit, link.person, link.institution, link.scheme,
      link.year, link.medfee, link.fund, link.account, link.cash, link.time, hash, link.record, settlement.postings)
    let (person, scheme, year, text) = settlement.accumulators
    try run(SQL.putAccumulators, person, scheme, year, text)
    if let balance = settlement.balance { try run(SQL.putBalance, person, balance.own.fen, balance.family.fen) }
    head = ChainHead(sequence: link.sequence, hash: hash)
  }

  /// Stores the head of the chain as it stands.
  func saveHead() throws { try run(SQL.moveHead, head.sequence, head.hash) }

  /// Carries a statement out with its parameters in order.
  func run<each Value: StatementBindable>(_ sql: StaticString, _ values: repeat each Value) throws {
    try statements.run(sql, db, repeat each values)
  }

  private func run(_ sql: StaticString, keys: [String], text: String) throws {
    let statement = try statements.statement(sql, db)
    for key in keys { statement.bind(key) }
    statement.bind(text)
    try statement.run()
  }
}
