import Foundation
import GRDB
public import Workflows

extension SQLiteMonitoringStore {
  /// How far the chain was read.
  public func place() async throws(StoreError) -> ChainPlace {
    try await read("read place") { db in
      guard let text = try String.fetchOne(db, sql: "SELECT place FROM chain_place") else { return .beginning }
      return try JSONDecoder().decode(ChainPlace.self, from: Data(text.utf8))
    }
  }

  /// The first and last settlement.
  public func ends() async throws(StoreError) -> (first: MonitoredSettlement, last: MonitoredSettlement)? {
    try await read("read ends") { db in
      guard let first = try Int64.fetchOne(db, sql: "SELECT min(ordinal) FROM settlement"),
        let last = try Int64.fetchOne(db, sql: "SELECT max(ordinal) FROM settlement")
      else { return nil }
      return (try MonitoredRow.read(first, db), try MonitoredRow.read(last, db))
    }
  }

  /// Appends settlements and moves the place in one transaction.
  public func append(_ settlements: [MonitoredSettlement], upTo place: ChainPlace) async throws(StoreError) {
    try await write("append settlements") { db in
      let place = String(decoding: try JSONEncoder().encode(place), as: UTF8.self)
      try MonitoredRow.append(settlements, upTo: place, db)
    }
  }

  /// One page of settlements.
  public func settlements(_ filter: MonitoringFilter, order: MonitoringOrder, page: PageRequest)
    async throws(StoreError) -> Page<MonitoredSettlement>
  {
    try await read("list settlements") { db in
      try SettlementPage(SettlementSelection(filter, db), order, db).read(page)
    }
  }

  /// What settlements come to.
  public func totals(_ filter: MonitoringFilter, by dimensions: Set<MonitoringDimension>) async throws(StoreError)
    -> [MonitoringTotal]
  {
    try await read("add settlements up") { db in
      try SettlementTotals(SettlementSelection(filter, db), db).lines(by: dimensions)
    }
  }

  /// The diagnoses that come to most.
  public func diagnoses(_ filter: MonitoringFilter, by rank: MonitoringRank, limit: Int) async throws(StoreError)
    -> [DiagnosisTotal]
  {
    try await read("rank diagnoses") { db in
      try SettlementTotals(SettlementSelection(filter, db), db).diagnoses(by: rank, limit: limit)
    }
  }

  /// Persons that match.
  public func persons(_ query: MonitoredPersonQuery, limit: Int) async throws(StoreError) -> [MonitoredPerson] {
    let (column, first, last): (String, String, String) =
      switch query {
      case .number(let number): ("number", number, number)
      // Everything that begins so comes before the beginning with the last character there is.
      case .namePrefix(let name): ("name", name, name + "\u{10FFFF}")
      case .certificateEnding(let ending):
        ("ending", String(ending.reversed()), String(ending.reversed()) + "\u{10FFFF}")
      }
    return try await read("find persons") { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT number, name, ending FROM person WHERE \(column) BETWEEN ? AND ? ORDER BY \(column), number LIMIT ?
          """)
      return try Row.fetchAll(statement, arguments: [first, last, max(limit, 0)]).map {
        MonitoredPerson(number: $0[0], name: $0[1], certificateEnding: String(($0[2] as String).reversed()))
      }
    }
  }
}
