import Crypto
import Foundation
import GRDB

/// Everything that the tables of a store hold, as one digest; how SQLite laid it out does not count.
enum StoredRows {
  static func digest(_ path: String) async throws -> String {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try await queue.read { db in
      var hash = SHA256()
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
      for table in tables {
        hash.update(data: Data(table.utf8))
        let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table)")
        while let row = try rows.next() {
          for value in row.databaseValues { hash.update(data: Data("\(value)\u{1F}".utf8)) }
        }
      }
      return hash.finalize().map { String($0, radix: 16) }.joined()
    }
  }
}
