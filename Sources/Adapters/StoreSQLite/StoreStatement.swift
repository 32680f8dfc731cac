import Foundation
import GRDB
import GRDBSQLite
import Workflows

/// A statement prepared once for a connection, and bound and read by position through SQLite's own interface.
///
/// A settlement is a dozen small rows, and wrapping their values for GRDB cost more than finding and storing them
/// (measured: performance.md). Used by the connection's thread alone.
final class StoreStatement {
  private let connection: OpaquePointer
  private let statement: OpaquePointer
  /// The texts of the row at hand, one behind the other, and where each begins: SQLite reads them from here.
  private var texts: [UInt8] = []
  private var places: [(parameter: Int32, range: Range<Int>)] = []
  private var parameter: Int32 = 0

  init(_ db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else {
      throw StoreError(.unavailable, operation: "write", detail: "the connection is closed")
    }
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw Self.error(connection) }
    (self.connection, self.statement) = (connection, statement)
    texts.reserveCapacity(4_096)
  }

  deinit { sqlite3_finalize(statement) }

  /// Binds the next parameter.
  func bind(_ text: String) {
    parameter += 1
    let start = texts.count
    texts.append(contentsOf: text.utf8)
    places.append((parameter, start..<texts.count))
  }

  func bind(_ number: Int64) {
    parameter += 1
    sqlite3_bind_int64(statement, parameter, number)
  }

  func bindNull() {
    parameter += 1
    sqlite3_bind_null(statement, parameter)
  }

  /// Binds the next parameter to bytes that SQLite copies.
  func bind(_ bytes: Data) {
    parameter += 1
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    _ = bytes.withUnsafeBytes { sqlite3_bind_blob(statement, parameter, $0.baseAddress, Int32($0.count), copied) }
  }

  /// Carries the statement out with what was bound.
  func run() throws { _ = try first { _ in } }

  /// Carries the statement out with what was bound, reads its first row, `nil` when there is none, and makes the
  /// statement ready for the next time.
  func first<Answer>(_ read: (StatementRow) throws -> Answer) throws -> Answer? {
    var found: Answer?
    try rows { row in
      found = try read(row)
      return false
    }
    return found
  }

  /// Carries the statement out with what was bound, and reads all its rows.
  func all<Answer>(_ read: (StatementRow) throws -> Answer) throws -> [Answer] {
    var found: [Answer] = []
    try rows { row in
      found.append(try read(row))
      return true
    }
    return found
  }

  /// Reads rows as long as the body wants another one.
  private func rows(_ body: (StatementRow) throws -> Bool) throws {
    precondition(parameter == sqlite3_bind_parameter_count(statement), "every parameter is bound")
    defer {
      sqlite3_reset(statement)
      parameter = 0
      texts.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }
    try texts.withUnsafeBufferPointer { bytes in
      for (parameter, range) in places {
        let start = bytes.baseAddress.map { UnsafeRawPointer($0 + range.lowerBound) }
        // Without a destructor SQLite reads in place: the bytes stay where they are until the statement is reset.
        sqlite3_bind_text(
          statement, parameter, start?.assumingMemoryBound(to: CChar.self), Int32(range.count), nil)
      }
      var code = sqlite3_step(statement)
      while code == SQLITE_ROW, try body(StatementRow(statement: statement)) { code = sqlite3_step(statement) }
      guard code == SQLITE_ROW || code == SQLITE_DONE else { throw Self.error(connection) }
    }
  }

  /// What went wrong last on a connection.
  static func error(_ connection: OpaquePointer) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }
}

/// The row that a statement stands on; its values are copied out of SQLite as they are asked for.
struct StatementRow {
  fileprivate let statement: OpaquePointer

  func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func text(_ column: Int32) -> String {
    String(decoding: bytes(of: UnsafeRawPointer(sqlite3_column_text(statement, column)), column), as: UTF8.self)
  }

  /// The bytes of a text or a blob.
  func bytes(_ column: Int32) -> Data { Data(bytes(of: sqlite3_column_blob(statement, column), column)) }

  private func bytes(of start: UnsafeRawPointer?, _ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }
}

/// A value that a statement can be given.
protocol StatementBindable {
  func bind(to statement: StoreStatement)
}

extension String: StatementBindable {
  func bind(to statement: StoreStatement) { statement.bind(self) }
}

extension Int64: StatementBindable {
  func bind(to statement: StoreStatement) { statement.bind(self) }
}

extension Int: StatementBindable {
  func bind(to statement: StoreStatement) { statement.bind(Int64(self)) }
}

extension Data: StatementBindable {
  func bind(to statement: StoreStatement) { statement.bind(self) }
}

extension Optional: StatementBindable where Wrapped: StatementBindable {
  func bind(to statement: StoreStatement) {
    if let self { self.bind(to: statement) } else { statement.bindNull() }
  }
}

/// A connection's statements by their text; they have to be gone before it is closed.
final class StoreStatements {
  private var prepared: [StaticSQL: StoreStatement] = [:]

  /// A text that is told from others by where it stands in the program, which is quicker than reading it.
  private struct StaticSQL: Hashable {
    let start: UnsafePointer<UInt8>
  }

  func statement(_ sql: StaticString, _ db: Database) throws -> StoreStatement {
    let key = StaticSQL(start: sql.utf8Start)
    if let known = prepared[key] { return known }
    let made = try StoreStatement(db, sql.description)
    prepared[key] = made
    return made
  }

  /// Carries a statement out with its parameters in order.
  func run<each Value: StatementBindable>(_ sql: StaticString, _ db: Database, _ values: repeat each Value) throws {
    let statement = try statement(sql, db)
    repeat (each values).bind(to: statement)
    try statement.run()
  }

  /// Reads every row that a statement finds with its parameters in order.
  func all<each Value: StatementBindable, Answer>(
    _ sql: StaticString, _ db: Database, _ values: repeat each Value, read: (StatementRow) throws -> Answer
  ) throws -> [Answer] {
    let statement = try statement(sql, db)
    repeat (each values).bind(to: statement)
    return try statement.all(read)
  }

  /// Reads the first row that a statement finds with its parameters in order.
  func first<each Value: StatementBindable, Answer>(
    _ sql: StaticString, _ db: Database, _ values: repeat each Value, read: (StatementRow) throws -> Answer
  ) throws -> Answer? {
    let statement = try statement(sql, db)
    repeat (each values).bind(to: statement)
    return try statement.first(read)
  }
}
