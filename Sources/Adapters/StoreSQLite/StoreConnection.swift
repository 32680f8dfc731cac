import Foundation
import GRDB
import Workflows

/// Opens connections to a store's file, each in the one state that the store's promises rest on.
enum StoreConnection {
  private static let operation = "open store"

  /// The connection that writes: makes the file when there is none and brings its tables up to date.
  ///
  /// - Parameter leavesTransactionsOpen: whether a transaction may span several uses of the connection.
  static func writer(_ path: String, leavesTransactionsOpen: Bool = false) throws(StoreError) -> DatabaseQueue {
    try StoreFailure.translate(operation) {
      var configuration = configuration(isReader: false)
      configuration.allowsUnsafeTransactions = leavesTransactionsOpen
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { db in
        try check(db, isNewAllowed: true)
        try expect(db, "PRAGMA journal_mode = WAL", "wal")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        // Foreign keys and triggers hold for whatever replaces a row, too.
        try db.execute(sql: "PRAGMA recursive_triggers = ON")
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 8192")
        try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
      }
      try Schema.steps.migrate(queue)
      // Read back, because a setting that did not take is silent (and GRDB's pool changes this one behind one's back).
      try queue.writeWithoutTransaction { db in
        try expect(db, "PRAGMA synchronous", "2")
        try expect(db, "PRAGMA foreign_keys", "1")
        try expect(db, "PRAGMA journal_mode", "wal")
      }
      return queue
    }
  }

  /// A connection that only reads a file that is there.
  static func reader(_ path: String) throws(StoreError) -> DatabaseQueue {
    try StoreFailure.translate(operation) {
      let queue = try DatabaseQueue(path: path, configuration: configuration(isReader: true))
      try queue.inDatabase { try check($0, isNewAllowed: false) }
      return queue
    }
  }

  private static func configuration(isReader: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReader
    configuration.busyMode = .timeout(5)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -65536")
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Refuses a file that is another program's, or that a newer version of this one has changed.
  private static func check(_ db: Database, isNewAllowed: Bool) throws {
    let mark = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    if isEmpty && isNewAllowed { return }
    guard mark == Schema.applicationID else {
      throw StoreError(.damaged, operation: operation, detail: "the file is not a store of this platform")
    }
    if try Schema.steps.hasBeenSuperseded(db) {
      throw StoreError(.damaged, operation: operation, detail: "a newer version of the platform has changed the store")
    }
    if try !isNewAllowed && !Schema.steps.hasCompletedMigrations(db) {
      throw StoreError(.damaged, operation: operation, detail: "the store is of an older version; serve it once")
    }
  }

  private static func expect(_ db: Database, _ pragma: String, _ wanted: String) throws {
    let row = try Row.fetchOne(db, sql: pragma)
    let found = row.flatMap { String.fromDatabaseValue($0[0]) ?? Int.fromDatabaseValue($0[0]).map(String.init) }
    guard found == wanted else {
      throw StoreError(
        .unavailable, operation: operation, detail: "\(pragma) is \(found ?? "unknown"), not \(wanted)")
    }
  }
}
