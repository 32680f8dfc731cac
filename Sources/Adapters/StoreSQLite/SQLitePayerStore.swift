import Foundation
import GRDB
import StoreRecords
import Synchronization
public import Workflows

/// The payer's store in one SQLite file, durable and append-only, with group commit on one writer.
///
/// Writes run on a thread of the store's own, many of them in one durable transaction; reads run on others and see
/// snapshots. No call blocks a thread of the caller's.
///
/// ```swift
/// let store = try SQLitePayerStore(path: "yibao.sqlite")
/// defer { store.close() }
/// ```
public final class SQLitePayerStore: PayerStore {
  /// How a store is opened.
  public struct Options: Sendable {
    /// Whether the store is only read: no lock is taken, and another process may write meanwhile.
    public var isReadOnly = false
    /// Writes, and as many reads, that may wait; more are turned away as busy.
    public var queueLimit = 4096
    /// Writes that share one durable transaction at most.
    public var batchLimit = 256
    /// Threads that read, and as many that rehearse writes.
    public var readerCount = 2

    /// Makes the options of a store that serves.
    public init() {}
  }

  /// The file.
  public let path: String
  private let lock: FileLock?
  private let writer: StoreWriter?
  let readers: StoreReaders
  /// Rehearses writes, apart from the readings: one thread as long as it gets on, since two that share short work cost
  /// more by waking each other (measured: performance.md).
  let rehearsers: StoreReaders
  /// Threads that still serve; whoever closes the store waits for them.
  private let serving = DispatchGroup()

  /// Opens a store, making the file unless it is only read.
  ///
  /// - Throws: `unavailable` when the file cannot be opened or another process writes to it, `damaged` when it is not a
  ///   store, or a newer version's.
  public init(path: String, options: Options = Options()) throws(StoreError) {
    self.path = path
    if options.isReadOnly {
      lock = nil
      writer = nil
    } else {
      lock = try FileLock(besideStore: path)
      writer = try StoreWriter(
        try StoreConnection.writer(path), queueLimit: options.queueLimit, batchLimit: options.batchLimit)
    }
    readers = StoreReaders(queueLimit: options.queueLimit, snapshotLimit: 4)
    rehearsers = StoreReaders(queueLimit: options.queueLimit, snapshotLimit: 8, patience: 0.002)
    var connections: [(name: String, StoreReaders, DatabaseQueue)] = []
    for _ in 0..<max(options.readerCount, 1) {
      connections.append(("store reader", readers, try StoreConnection.reader(path)))
      if !options.isReadOnly { connections.append(("store rehearser", rehearsers, try StoreConnection.reader(path))) }
    }
    for (name, readers, connection) in connections { start(name, readers, connection) }
    startWriter()
  }

  private func start(_ name: String, _ readers: StoreReaders, _ connection: DatabaseQueue) {
    let (serving, writer) = (serving, writer)
    serving.enter()
    StoreThread.start(name) {
      readers.serve(connection, beside: writer)
      try? connection.close()
      serving.leave()
    }
  }

  private func startWriter() {
    guard let writer else { return }
    let serving = serving
    serving.enter()
    StoreThread.start("store writer") {
      writer.serve()
      writer.close()
      serving.leave()
    }
  }

  deinit { stop() }

  /// Serves what was asked, then closes the file; blocks until that is done.
  ///
  /// Later calls are refused as unavailable.
  public func close() {
    stop()
    serving.wait()
    lock?.release()
  }

  private func stop() {
    writer?.queue.close()
    readers.queue.close()
    rehearsers.queue.close()
  }

  /// Runs a body on a snapshot.
  public func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    try await StoreWork.ask("read", on: readers.queue) { snapshot throws(StoreError) in try body(snapshot.reading) }
  }

  /// Rehearses a body on a snapshot, and carries out what came of it inside the next durable transaction if nothing it
  /// rests on has changed by then; if something has, the body runs again inside that transaction.
  public func write<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    let writer = try openWriter()
    return try await RehearsedWrite(body).carryOut(on: rehearsers, then: writer)
  }

  /// Runs a body inside the next durable transaction, without rehearsal.
  func onWriter<Answer: Sendable>(
    _ body: @escaping @Sendable (SQLiteTransaction) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    try await StoreWork.ask("write", on: try openWriter().queue) { transaction throws(StoreError) in
      try transaction.guardBody()
      return try body(transaction)
    }
  }

  /// The first half of a write, for tests that put others between the halves.
  func rehearse<Answer: Sendable>(_ write: RehearsedWrite<Answer>) async throws(StoreError) {
    let writer = try openWriter()
    let failure = try await StoreWork.ask("rehearse", on: rehearsers.queue) { snapshot throws(StoreError) in
      write.rehearse(on: snapshot, writer)
    }
    if let failure { throw failure }
  }

  /// The second half.
  func finish<Answer: Sendable>(_ write: RehearsedWrite<Answer>) async throws(StoreError) {
    let writer = try openWriter()
    try await StoreWork.ask("write", on: writer.queue) { transaction throws(StoreError) in
      if let failure = write.carryOut(in: transaction, writer) { throw failure }
    }
  }

  private func openWriter() throws(StoreError) -> StoreWriter {
    guard let writer else {
      throw StoreError(.unavailable, operation: "write", detail: "the store was opened to be read")
    }
    return writer
  }

  /// Follows the chain of settlements from the first to the last, and looks for what belongs to none of them.
  public func verifyChain() async throws(StoreError) -> [String] { try await ChainCheck(readers).run() }

  /// Copies the store to another file while it serves; the copy is one consistent state, durable when this returns.
  ///
  /// - Throws: `unavailable` when the file is there already or cannot be written.
  public func backUp(to target: String) async throws(StoreError) {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw StoreError(.unavailable, operation: "back up", detail: "\(target) is there already")
    }
    try await StoreWork.ask("back up", on: readers.queue) { snapshot throws(StoreError) in
      try StoreFailure.translate("back up") {
        let copy = try DatabaseQueue(path: target)
        // Begun inside the reader's snapshot: writes that come meanwhile neither disturb nor enter the copy.
        try copy.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA synchronous = FULL")
          try snapshot.db.backup(to: db)
        }
        try copy.close()
      }
    }
  }

  /// Proves that a file is a whole store: SQLite's own check, foreign keys, the chain.
  ///
  /// - Returns: what does not hold, in words; nothing when all is well.
  public static func check(path: String) async throws(StoreError) -> [String] {
    var options = Options()
    options.isReadOnly = true
    options.readerCount = 1
    let store = try SQLitePayerStore(path: path, options: options)
    defer { store.stop() }
    let faults = try await StoreWork.ask("check store", on: store.readers.queue) { snapshot throws(StoreError) in
      try StoreFailure.translate("check store") {
        let pages = try String.fetchAll(snapshot.db, sql: "PRAGMA integrity_check(10)").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(snapshot.db, sql: "PRAGMA foreign_key_check").map { row in
          "a row of \(String.fromDatabaseValue(row[0]) ?? "a table") refers to nothing"
        }
        return pages + orphans
      }
    }
    return faults + (try await store.verifyChain())
  }

  /// Runs SQL on the writer's connection between two batches, for tests that damage a store on purpose.
  package func perform(_ sql: String) async throws { try await writer?.perform(sql) }
}
