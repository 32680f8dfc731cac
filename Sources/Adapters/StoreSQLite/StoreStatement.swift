import Foundation
import GRDB
import GRDBSQLite
import Workflows

/// A statement of the writer's, prepared once and bound by position through SQLite's own interface.
///
/// A settlement is a dozen small rows, and wrapping their values for GRDB cost more than storing them (measured:
/// performance.md). Used by the writing thread alone.
final class WriterStatement {
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

  /// Carries the statement out with what was bound, and makes it ready for the next row.
  func run() throws {
    precondition(parameter == sqlite3_bind_parameter_count(statement), "every parameter is bound")
    let code = texts.withUnsafeBufferPointer { bytes in
      for (parameter, range) in places {
        let start = bytes.baseAddress.map { UnsafeRawPointer($0 + range.lowerBound) }
        // Without a destructor SQLite reads in place: the bytes stay where they are until the statement is reset.
        sqlite3_bind_text(
          statement, parameter, start?.assumingMemoryBound(to: CChar.self), Int32(range.count), nil)
      }
      return sqlite3_step(statement)
    }
    let error = code == SQLITE_DONE || code == SQLITE_ROW ? nil : Self.error(connection)
    sqlite3_reset(statement)
    parameter = 0
    texts.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    if let error { throw error }
  }

  /// What went wrong last on a connection.
  static func error(_ connection: OpaquePointer) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
      message: String(cString: sqlite3_errmsg(connection)))
  }
}

/// A value that a row of the writer's has.
protocol WriterBindable {
  func bind(to statement: WriterStatement)
}

extension String: WriterBindable {
  func bind(to statement: WriterStatement) { statement.bind(self) }
}

extension Int64: WriterBindable {
  func bind(to statement: WriterStatement) { statement.bind(self) }
}

extension Int: WriterBindable {
  func bind(to statement: WriterStatement) { statement.bind(Int64(self)) }
}

extension Data: WriterBindable {
  func bind(to statement: WriterStatement) { statement.bind(self) }
}

extension Optional: WriterBindable where Wrapped: WriterBindable {
  func bind(to statement: WriterStatement) {
    if let self { self.bind(to: statement) } else { statement.bindNull() }
  }
}

/// The writer's statements by their text; they have to be gone before the connection is closed.
final class WriterStatements {
  private var prepared: [StaticSQL: WriterStatement] = [:]

  /// A text that is told from others by where it stands in the program, which is quicker than reading it.
  private struct StaticSQL: Hashable {
    let start: UnsafePointer<UInt8>
  }

  func statement(_ sql: StaticString, _ db: Database) throws -> WriterStatement {
    let key = StaticSQL(start: sql.utf8Start)
    if let known = prepared[key] { return known }
    let made = try WriterStatement(db, sql.description)
    prepared[key] = made
    return made
  }
}
