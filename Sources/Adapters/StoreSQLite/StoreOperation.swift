import Foundation
import GRDB
import Kernel
import StoreRecords
import Workflows

/// One change of the tables with its text made ready, so that the thread that writes has little left to do.
enum StoreOperation: Sendable {
  case addVisit(ordinal: Int64, id: String, person: String, text: String)
  case changeVisit(ordinal: Int64, text: String)
  case addLines(visit: Int64, first: Int64, lines: [(serial: String, text: String)])
  case withdraw(serials: [String], visit: String)
  case sources([SourceTexts.Named])
  case settlement(PreparedSettlement)
  case message(MessageRecord)
  case filed(keys: [String], text: String)
  /// A register's record under its keys, by the statement that keeps it.
  case register(sql: String, keys: [String], text: String)
  case balance(person: String, own: Int64, family: Int64)
  case close(year: Int)
}

/// A settlement that was checked, with every row that it makes but for its place in the chain.
struct PreparedSettlement: Sendable {
  var link: ChainLink
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

  init(_ db: Database) throws {
    self.db = db
    guard let row = try Row.fetchOne(db.cachedStatement(sql: SQL.head)) else {
      throw StoreError(.damaged, operation: "write", detail: "the head of the chain is missing")
    }
    head = ChainHead(sequence: row[0], hash: row[1])
  }

  func carryOut(_ operation: StoreOperation) throws {
    switch operation {
    case .addVisit(let ordinal, let id, let person, let text): try execute(SQL.addVisit, [ordinal, id, person, text])
    case .changeVisit(let ordinal, let text): try execute(SQL.changeVisit, [text, ordinal])
    case .addLines(let visit, let first, let lines):
      for (place, line) in lines.enumerated() {
        try execute(SQL.addLine, [visit, line.serial, first + Int64(place), line.text])
      }
    case .withdraw(let serials, let visit):
      for serial in serials { try execute(SQL.withdrawLine, [visit, serial]) }
    case .sources(let sources):
      for source in sources { try execute(SQL.addSource, [source.key, source.text]) }
      addedSources += sources.map(\.key)
    case .settlement(let settlement): try append(settlement)
    case .message(let message):
      try execute(
        SQL.addMessage, [message.id, message.institution, message.transaction, message.digest, message.result])
    case .filed(let keys, let text): try execute(SQL.putFiled, StatementArguments(keys + [text]))
    case .register(let sql, let keys, let text): try execute(sql, StatementArguments(keys + [text]))
    case .balance(let person, let own, let family): try execute(SQL.putBalance, [person, own, family])
    case .close(let year): try execute(SQL.close, [year])
    }
  }

  private func append(_ settlement: PreparedSettlement) throws {
    var link = settlement.link
    link.sequence = head.sequence + 1
    let hash = link.hash(after: head.hash)
    try execute(
      SQL.addSettlement,
      [
        link.sequence, link.id, link.reverses, link.visit, link.person, link.institution, link.scheme, link.year,
        link.medfee, link.fund, link.account, link.cash, link.time, hash, link.record,
      ])
    for (ordinal, line) in link.lines.enumerated() {
      try execute(SQL.addPosting, [link.sequence, ordinal, line.account, line.holder, line.amount])
    }
    let (person, scheme, year, text) = settlement.accumulators
    try execute(SQL.putAccumulators, [person, scheme, year, text])
    if let balance = settlement.balance { try execute(SQL.putBalance, [person, balance.own.fen, balance.family.fen]) }
    head = ChainHead(sequence: link.sequence, hash: hash)
  }

  func execute(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
