import Foundation
import GRDB
import Workflows

/// What failures of SQLite mean to the caller.
enum StoreFailure {
  /// Runs something of SQLite's and says what its failure means.
  static func translate<Answer>(_ operation: String, _ body: () throws -> Answer) throws(StoreError) -> Answer {
    do { return try body() } catch { throw storeError(error, operation) }
  }

  static func storeError(_ error: any Error, _ operation: String) -> StoreError {
    switch error {
    case let error as StoreError: return error
    case let error as DatabaseError:
      // The message alone: a statement's arguments are personal data.
      let detail = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
      return StoreError(code(error), operation: operation, detail: detail)
    case is DecodingError:
      return StoreError(.damaged, operation: operation, detail: "a stored record cannot be read")
    case let error as EncodingError:
      return StoreError(.refused, operation: operation, detail: "a record cannot be stored: \(error)")
    default: return StoreError(.unavailable, operation: operation, detail: "\(type(of: error))")
    }
  }

  private static func code(_ error: DatabaseError) -> StoreError.Code {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
    case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH: .refused
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_FORMAT, .SQLITE_SCHEMA, .SQLITE_MISUSE,
      .SQLITE_RANGE:
      .damaged
    default: .unavailable  // full, read-only, input and output, cannot open, out of memory, interrupted
    }
  }
}
