import Foundation
import GRDB
import StoreRecords
import Workflows

/// The one thread that writes: takes what waits, runs all of it in one transaction, and answers once the transaction is
/// durable, so that one fsync serves many callers (group commit).
///
/// A body runs in a savepoint of its own. A rehearsed write whose readings still hold needs none, since nothing is left
/// in it that could be refused; should one fail all the same, the batch is undone and run again with savepoints for
/// all.
final class StoreWriter: Sendable {
  typealias Work = StoreWork<SQLiteTransaction>

  let queue: BoundedQueue<Work>
  let changes = ChangeLog()
  let numbers = SequenceNumbers()
  let epoch = RegisterEpoch()
  let sources = SourceTexts()
  private let connection: DatabaseQueue
  private let batchLimit: Int

  init(_ connection: DatabaseQueue, queueLimit: Int, batchLimit: Int) throws(StoreError) {
    self.connection = connection
    self.batchLimit = batchLimit
    queue = BoundedQueue(limit: queueLimit)
    let numbers = numbers
    try StoreFailure.translate("open store") { try connection.writeWithoutTransaction { try numbers.load($0) } }
  }

  /// Serves until the queue is closed and empty.
  func serve() {
    let decoder = StoreDecoder()
    let statements = StoreStatements()
    var batchCount = 0
    while true {
      let batch = queue.take(atMost: batchLimit)
      if batch.isEmpty { return }
      for (work, failure) in zip(batch, commit(batch, decoder, statements)) { work.answer(failure) }
      batchCount += 1
      if batchCount.isMultiple(of: 2_048) { shortenLog() }
    }
  }

  /// A piece of work failed half-way with nothing to go back to but the beginning of the batch.
  private struct Unguarded: Error {}

  /// Runs a batch; says of each piece of work what undid it, or `nil` when it is durable.
  private func commit(_ batch: [Work], _ decoder: StoreDecoder, _ statements: StoreStatements) -> [StoreError?] {
    defer { epoch.end() }
    do {
      do { return try commit(batch, decoder, statements, guardingAll: false) } catch is Unguarded {
        return try commit(batch, decoder, statements, guardingAll: true)
      }
    } catch {
      let error = StoreFailure.storeError(error, "commit")
      return batch.map { _ in error }
    }
  }

  private func commit(
    _ batch: [Work], _ decoder: StoreDecoder, _ statements: StoreStatements, guardingAll: Bool
  ) throws -> [StoreError?] {
    try connection.writeWithoutTransaction { db in
      var failures = [StoreError?](repeating: nil, count: batch.count)
      try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
      do {
        let tables = try StoreTables(db, statements)
        let head = tables.head
        for (place, work) in batch.enumerated() {
          failures[place] = try run(work, tables, decoder, isGuarded: guardingAll)
        }
        try numbers.save(db, statements)
        if tables.head != head { try tables.saveHead() }
        try db.cachedStatement(sql: "COMMIT").execute()
        changes.close()
        sources.keep(tables.addedSources)
        return failures
      } catch {
        // Rolling back fails when SQLite did so itself; either way nothing of the batch stays.
        try? db.rollback()
        numbers.forgetSaving()
        throw error
      }
    }
  }

  /// Runs one piece; throws when the transaction around it is lost, or when it failed without a savepoint.
  private func run(_ work: Work, _ tables: StoreTables, _ decoder: StoreDecoder, isGuarded: Bool) throws -> StoreError?
  {
    let (db, head, added) = (tables.db, tables.head, tables.addedSources.count)
    let transaction = SQLiteTransaction(tables, decoder: decoder, numbers: numbers, sources: sources, epoch: epoch)
    if isGuarded { try transaction.guardBody() }
    var failure = work.run(transaction)
    failure = transaction.failure ?? failure
    guard db.isInsideTransaction else {
      throw failure ?? StoreError(.unavailable, operation: "write", detail: "the transaction was rolled back")
    }
    if failure == nil {
      changes.note(transaction.changed)
    } else {
      guard transaction.isGuarded else { throw Unguarded() }
      try tables.run("ROLLBACK TO work")
      tables.head = head
      tables.addedSources.removeSubrange(added...)
    }
    if transaction.isGuarded { try tables.run("RELEASE work") }
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

  /// Readers that never pause keep SQLite from starting its log over; beyond 256 MB the writer waits for them.
  private func shortenLog() {
    try? connection.writeWithoutTransaction { db in
      let state = try db.checkpoint(.passive)
      if state.walFrameCount > 65_536 { _ = try db.checkpoint(.restart) }
    }
  }
}

/// Threads that read, each on a connection of its own; every body sees one snapshot.
final class StoreReaders: Sendable {
  typealias Work = StoreWork<StoreSnapshot>

  let queue: BoundedQueue<Work>
  private let snapshotLimit: Int

  /// - Parameters:
  ///   - queueLimit: how many may wait.
  ///   - snapshotLimit: how many share a snapshot at most.
  ///   - patience: how many seconds one thread serves alone before another stands in for it; `nil` lets all serve.
  init(queueLimit: Int, snapshotLimit: Int, patience: TimeInterval? = nil) {
    queue = BoundedQueue(limit: queueLimit, patience: patience)
    self.snapshotLimit = snapshotLimit
  }

  /// Serves on a connection until the queue is closed and empty.
  ///
  /// - Parameter writer: the writer of the same process, when there is one: only then is it known what changes.
  func serve(_ connection: DatabaseQueue, beside writer: StoreWriter?) {
    let (decoder, statements, cache) = (StoreDecoder(), StoreStatements(), RegisterCache())
    var turn = BoundedQueue<Work>.Turn()
    while true {
      // A few on one snapshot: it is taken after all of them were asked.
      let batch = queue.take(atMost: snapshotLimit, &turn)
      if batch.isEmpty { return }
      var answered = 0
      do {
        try connection.inDatabase { db in
          let (commit, epoch) = (writer?.changes.committed ?? 0, writer?.epoch.now ?? 1)
          try statements.run("BEGIN", db)
          // A transaction must not be left open, whatever fails.
          defer { if db.isInsideTransaction { try? db.rollback() } }
          // The first reading fixes the snapshot; between two equal even counts no register changed.
          _ = try statements.first(SQL.head, db) { _ in }
          let isCached = epoch.isMultiple(of: 2) && writer?.epoch.now == epoch
          if isCached { cache.enter(epoch) }
          let snapshot = StoreSnapshot(
            db: db, statements: statements, decoder: decoder, cache: isCached ? cache : nil, commit: commit)
          for work in batch {
            let failure = work.run(snapshot)
            answered += 1
            work.answer(failure)
          }
          try statements.run("COMMIT", db)
        }
      } catch {
        for work in batch[answered...] { work.answer(StoreFailure.storeError(error, "read")) }
      }
    }
  }
}

/// A reader's connection inside one transaction.
struct StoreSnapshot {
  let db: Database
  let statements: StoreStatements
  let decoder: StoreDecoder
  let cache: RegisterCache?
  /// A commit that the snapshot holds for certain.
  let commit: UInt64

  var reading: SQLiteReading { SQLiteReading(db, statements, decoder: decoder, cache: cache) }
}
