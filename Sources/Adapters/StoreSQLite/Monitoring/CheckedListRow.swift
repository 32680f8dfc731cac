import Claims
import Foundation
import GRDB
import Kernel
import Workflows

/// Checks of settlement lists as rows, with what they add up to.
enum CheckedListRow {
  /// Adds lists, or replaces those with the same number.
  static func append(_ lists: [CheckedList], _ times: [String: String], _ db: Database) throws {
    for list in lists { try put(list, db) }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO list_time VALUES (?, ?) ON CONFLICT (institution) DO UPDATE SET time = max(time, excluded.time)
        """)
    for (institution, time) in times { try statement.execute(arguments: [institution, time]) }
  }

  private static func put(_ list: CheckedList, _ db: Database) throws {
    guard let day = CalendarDate(list.time.prefix(10)) else {
      throw StoreError(.refused, operation: "append lists", detail: "the list \(list.id) has no time")
    }
    var kept = list
    let reversed = "SELECT 1 FROM settlement WHERE id = ? AND state = 1"
    if try Int.fetchOne(db.cachedStatement(sql: reversed), arguments: [list.settlement]) != nil { kept.isVoid = true }
    let stored = try Row.fetchOne(db.cachedStatement(sql: "\(selection) WHERE id = ?"), arguments: [list.id])
    if let stored {
      let known = try read(stored)
      if known == kept { return }
      try count(known, by: -1, db)
      try db.cachedStatement(sql: "DELETE FROM list_rule WHERE list = ?").execute(arguments: [stored[0] as Int64])
    }
    let findings = String(decoding: try JSONEncoder().encode(kept.findings), as: UTF8.self)
    try db.cachedStatement(
      sql: """
        INSERT INTO checked_list (id, institution, settlement, time, month, is_void, finding_count, findings)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
          institution = excluded.institution, settlement = excluded.settlement, time = excluded.time,
          month = excluded.month, is_void = excluded.is_void, finding_count = excluded.finding_count,
          findings = excluded.findings
        """
    ).execute(
      arguments: [
        kept.id, kept.institution, kept.settlement, kept.time, MonitoringCodes.number(day.yearMonth), kept.isVoid,
        kept.findings.count, findings,
      ])
    let ordinal = stored.map { $0[0] as Int64 } ?? db.lastInsertedRowID
    for (rule, count) in rules(of: kept) {
      try db.cachedStatement(sql: "INSERT INTO list_rule VALUES (?, ?, ?)").execute(arguments: [rule, ordinal, count])
    }
    try count(kept, by: 1, db)
  }

  /// Marks the lists of a settlement that was reversed.
  static func markVoid(_ settlement: String, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "\(selection) WHERE settlement = ? AND is_void = 0"), arguments: [settlement])
    for row in rows {
      try count(try read(row), by: -1, db)
      try db.cachedStatement(sql: "UPDATE checked_list SET is_void = 1 WHERE ordinal = ?")
        .execute(arguments: [row[0] as Int64])
    }
  }

  private static func rules(of list: CheckedList) -> [UInt16: Int] {
    list.findings.reduce(into: [:]) { $0[$1.rule.rawValue, default: 0] += 1 }
  }

  /// Counts a list in its month and institution, or takes it out again; one that is void counts nowhere.
  private static func count(_ list: CheckedList, by sign: Int, _ db: Database) throws {
    if list.isVoid { return }
    guard let day = CalendarDate(list.time.prefix(10)) else { return }
    let month = MonitoringCodes.number(day.yearMonth)
    try db.cachedStatement(
      sql: """
        INSERT INTO list_cell VALUES (?, ?, ?, ?, ?) ON CONFLICT (month, institution) DO UPDATE SET
          lists = lists + excluded.lists, wanting = wanting + excluded.wanting, findings = findings + excluded.findings
        """
    ).execute(
      arguments: [
        month, list.institution, sign, list.findings.isEmpty ? 0 : sign, sign * list.findings.count,
      ])
    for (rule, findings) in rules(of: list) {
      try db.cachedStatement(
        sql: """
          INSERT INTO rule_cell VALUES (?, ?, ?, ?, ?) ON CONFLICT (month, institution, rule) DO UPDATE SET
            lists = lists + excluded.lists, findings = findings + excluded.findings
          """
      ).execute(arguments: [month, list.institution, rule, sign, sign * findings])
    }
  }

  static let selection = """
    SELECT ordinal, id, institution, settlement, time, is_void, findings FROM checked_list
    """

  static func read(_ row: Row) throws -> CheckedList {
    CheckedList(
      id: row[1], institution: row[2], settlement: row[3], time: row[4], isVoid: row[5],
      findings: try JSONDecoder().decode([SettlementListFinding].self, from: Data((row[6] as String).utf8)))
  }
}
