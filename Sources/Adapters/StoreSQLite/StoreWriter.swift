import Foundation
import GRDB
import Workflows

/// The one thread that writes: takes what waits, runs each body in a savepoint of one transaction, and answers once the
/// transaction is durable, so that one fsync serves many callers (group commit).
final class StoreWriter: Sendable {
  typealias Work = StoreWork<SQLiteTransaction>

  let queue: BoundedQueue<Work>
  private let connection: DatabaseQueue
  private let batchLimit: Int

  init(_ connection: DatabaseQueue, queueLimit: Int, batchLimit: Int) {
    self.connection = connection
    self.batchLimit = batchLimit
    queue = BoundedQueue(limit: queueLimit)
  }

  /// Serves until the queue is closed and empty.
  func serve() {
    let given = GivenNumbers()
    let decoder = JSONDecoder()
    var batchCount = 0
    while true {
      let batch = queue.take(atMost: batchLimit)
      if batch.isEmpty { return }
      for (work, failure) in zip(batch, commit(batch, given, decoder)) { work.answer(failure) }
      batchCount += 1
      if batchCount.isMultiple(of: 256) { shortenLog() }
    }
  }

  /// Runs a batch; says of each piece of work what undid it, or `nil` when it is durable.
  private func commit(_ batch: [Work], _ given: GivenNumbers, _ decoder: JSONDecoder) -> [StoreError?] {
    var failures = [StoreError?](repeating: nil, count: batch.count)
    do {
      try connection.writeWithoutTransaction { db in
        try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
        do {
          for (place, work) in batch.enumerated() {
            failures[place] = try run(work, SQLiteTransaction(db, decoder: decoder, given: given))
          }
          try db.cachedStatement(sql: "COMMIT").execute()
        } catch {
          // Rolling back fails when SQLite did so itself; either way nothing of the batch stays.
          try? db.rollback()
          throw error
        }
      }
      return failures
    } catch {
      let error = StoreFailure.storeError(error, "commit")
      return failures.map { $0 ?? error }
    }
  }

  /// Runs one body in a savepoint of its own; throws when the transaction around it is lost.
  private func run(_ work: Work, _ transaction: SQLiteTransaction) throws -> StoreError? {
    let db = transaction.db
    try db.cachedStatement(sql: "SAVEPOINT work").execute()
    var failure = work.run(transaction)
    failure = transaction.failure ?? failure
    guard db.isInsideTransaction else {
      throw failure ?? StoreError(.unavailable, operation: "write", detail: "the transaction was rolled back")
    }
    if failure != nil { try db.cachedStatement(sql: "ROLLBACK TO work").execute() }
    try db.cachedStatement(sql: "RELEASE work").execute()
    return failure
  }

  /// Runs SQL between two batches, outside any transaction.
  func perform(_ sql: String) async throws {
    do { try await connection.writeWithoutTransaction { try $0.execute(sql: sql) } } catch {
      throw StoreFailure.storeError(error, "perform")
    }
  }

  /// Closes the connection once nothing is served any more.
  func close() { try? connection.close() }

  /// Readers that never pause keep SQLite from starting its log over; beyond 64 MB the writer waits for them.
  private func shortenLog() {
    try? connection.writeWithoutTransaction { db in
      let state = try db.checkpoint(.passive)
      if state.walFrameCount > 16_384 { _ = try db.checkpoint(.restart) }
    }
  }
}

/// Threads that read, each on a connection of its own; every body sees one snapshot.
final class StoreReaders: Sendable {
  typealias Work = StoreWork<SQLiteReading>

  let queue: BoundedQueue<Work>

  init(queueLimit: Int) { queue = BoundedQueue(limit: queueLimit) }

  /// Serves on a connection until the queue is closed and empty.
  func serve(_ connection: DatabaseQueue) {
    let decoder = JSONDecoder()
    while let work = queue.take(atMost: 1).first {
      var failure: StoreError?
      do {
        try connection.inDatabase { db in
          try db.cachedStatement(sql: "BEGIN").execute()
          failure = work.run(SQLiteReading(db, decoder: decoder))
          try db.cachedStatement(sql: "COMMIT").execute()
        }
      } catch { failure = failure ?? StoreFailure.storeError(error, "read") }
      work.answer(failure)
    }
  }
}
