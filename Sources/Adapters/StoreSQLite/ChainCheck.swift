import Foundation
import GRDB
import StoreRecords
import Workflows

/// Follows the chain in portions, each on a snapshot of its own, so that a long check does not hold the log back.
///
/// Rows never change, so the portions together are one consistent state up to the head that was read first.
struct ChainCheck {
  private let readers: StoreReaders
  private let portion: Int64 = 2_000

  init(_ readers: StoreReaders) { self.readers = readers }

  func run() async throws(StoreError) -> [String] {
    let head: ChainWalk? = try await ask { db in
      try Row.fetchOne(db, sql: SQL.head.description).map { ChainWalk(toward: (sequence: $0[0], hash: $0[1])) }
    }
    guard var walk = head else { return ["the head of the chain is missing"] }
    while !walk.isOver {
      let from = walk
      let until = min(from.sequence + portion, from.head)
      walk = try await ask { db in try Self.follow(from, until: until, db) }
    }
    walk.finish()
    let strays = try await ask { db in try Self.strays(db) }
    let changed = try await ask { db in try Self.changedSources(db) }
    return walk.faults + strays + changed
  }

  private func ask<Answer: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws(StoreError) -> Answer {
    try await StoreWork.ask("verify chain", on: readers.queue) { snapshot throws(StoreError) in
      try StoreFailure.translate("verify chain") { try body(snapshot.db) }
    }
  }

  private static func follow(_ start: ChainWalk, until: Int64, _ db: Database) throws -> ChainWalk {
    var walk = start
    let rows = try Row.fetchCursor(db.cachedStatement(sql: SQL.link), arguments: [start.sequence, until])
    while let row = try rows.next() { walk.follow(ChainLink(row), stored: row[15]) }
    walk.reach(until)
    return walk
  }

  /// Sources of policy values whose text is not the one that gave them their name.
  private static func changedSources(_ db: Database) throws -> [String] {
    var faults: [String] = []
    let rows = try Row.fetchCursor(db, sql: SQL.policySources)
    while let row = try rows.next() {
      let (key, text): (String, String) = (row[0], row[1])
      if SourceTexts.key(of: text) != key { faults.append("the policy source \(key) is not what was stored") }
    }
    return faults
  }

  /// What is stored beside the chain: accumulators that no settlement of it stands for.
  private static func strays(_ db: Database) throws -> [String] {
    var faults: [String] = []
    let lonely = try Row.fetchAll(
      db,
      sql: """
        SELECT person, scheme, year FROM accumulator a WHERE NOT EXISTS (
          SELECT 1 FROM visit v JOIN settlement s ON s.visit = v.id
          WHERE v.person = a.person AND s.scheme = a.scheme AND s.year = a.year)
        LIMIT 10
        """)
    for row in lonely {
      let (person, scheme, year): (String, String, Int) = (row[0], row[1], row[2])
      faults.append("\(MaskedNumber.of(person)) has accumulators of \(year), \(scheme), without a settlement")
    }
    return faults
  }
}

extension ChainLink {
  /// The row as `SQL.link` reads it; postings that are no list of postings are none, which the hash tells.
  fileprivate init(_ row: Row) {
    let lines = try? RecordReader.postings(row[14])
    self.init(
      sequence: row[0], id: row[1], reverses: row[2], visit: row[3], person: row[4], institution: row[5],
      scheme: row[6], year: row[7], medfee: row[8], fund: row[9], account: row[10], cash: row[11], time: row[12],
      record: row[13], lines: lines ?? [])
  }
}
