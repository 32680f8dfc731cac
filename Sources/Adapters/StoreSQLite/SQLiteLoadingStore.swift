import GRDB
import StoreRecords
public import Workflows

/// A store being filled by one caller with much at once, such as a sample year: many writes to one durable transaction.
///
/// Unlike ``SQLitePayerStore`` it answers before a write is durable; ``finish()`` makes everything so. A crash before
/// that loses the last writes whole, never parts of one. It is not for serving: nobody may be told of a write yet.
///
/// ```swift
/// let store = try SQLiteLoadingStore(path: "sample.sqlite")
/// try await year.live(through: PayerDesk(store: store, library: library, region: "990100"))
/// try await store.finish()
/// ```
public actor SQLiteLoadingStore: PayerStore {
  private let connection: DatabaseQueue
  private let lock: FileLock
  private let writesPerCommit: Int
  private var statements = StoreStatements()
  private let decoder = StoreDecoder()
  private let numbers = SequenceNumbers()
  private let sources = SourceTexts()
  private let epoch = RegisterEpoch()
  private var openWrites = 0

  /// Opens a store, making the file when there is none.
  ///
  /// - Parameter writesPerCommit: how many writes share a durable transaction.
  /// - Throws: as ``SQLitePayerStore/init(path:options:)``.
  public init(path: String, writesPerCommit: Int = 20_000) throws(StoreError) {
    lock = try FileLock(besideStore: path)
    self.writesPerCommit = writesPerCommit
    connection = try StoreConnection.writer(path, leavesTransactionsOpen: true)
    let (connection, numbers) = (connection, numbers)
    try StoreFailure.translate("open store") { try connection.writeWithoutTransaction { try numbers.load($0) } }
  }

  /// Runs a body on the state that the last write left.
  public func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    try inTransaction("read") { tables throws(StoreError) in try body(self.transaction(tables)) }
  }

  /// Runs a body in a savepoint; what it wrote is durable once a later call commits, at the latest ``finish()``.
  public func write<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    let answer = try inTransaction("write") { tables throws(StoreError) in try self.carryOut(body, tables) }
    openWrites += 1
    if openWrites >= writesPerCommit { try commit() }
    return answer
  }

  /// Not offered while a store is being filled.
  public func verifyChain() async throws(StoreError) -> [String] {
    throw StoreError(.refused, operation: "verify chain", detail: "the store is still being filled")
  }

  /// Makes everything durable and closes the file; later calls are refused as unavailable.
  public func finish() async throws(StoreError) {
    try commit()
    // Its statements have to be gone before the file can be closed.
    statements = StoreStatements()
    try StoreFailure.translate("close store") {
      try connection.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
      try connection.close()
    }
    lock.release()
  }

  // MARK: Transactions

  private func transaction(_ tables: StoreTables) -> SQLiteTransaction {
    SQLiteTransaction(tables, decoder: decoder, numbers: numbers, sources: sources, epoch: epoch)
  }

  /// One savepoint, released or rolled back whole.
  private func carryOut<Answer>(
    _ body: (any PayerTransaction) throws(StoreError) -> Answer, _ tables: StoreTables
  ) throws(StoreError) -> Answer {
    let head = tables.head
    defer { epoch.end() }
    try StoreFailure.translate("write") { try tables.run("SAVEPOINT work") }
    let transaction = transaction(tables)
    do throws(StoreError) {
      let answer = try body(transaction)
      if let failure = transaction.failure { throw failure }
      try StoreFailure.translate("write") {
        if tables.head != head { try tables.saveHead() }
        try tables.run("RELEASE work")
      }
      sources.keep(tables.addedSources)
      return answer
    } catch {
      try StoreFailure.translate("write") {
        try tables.run("ROLLBACK TO work")
        try tables.run("RELEASE work")
      }
      throw error
    }
  }

  /// Runs inside the open transaction, beginning one when there is none.
  private func inTransaction<Answer>(
    _ operation: String, _ body: (StoreTables) throws(StoreError) -> Answer
  ) throws(StoreError) -> Answer {
    try StoreFailure.translate(operation) {
      try connection.writeWithoutTransaction { db in
        if !db.isInsideTransaction { try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute() }
        return try body(try StoreTables(db, statements))
      }
    }
  }

  private func commit() throws(StoreError) {
    try StoreFailure.translate("commit") {
      try connection.writeWithoutTransaction { db in
        guard db.isInsideTransaction else { return }
        try numbers.save(db, statements)
        try db.cachedStatement(sql: "COMMIT").execute()
      }
    }
    openWrites = 0
  }
}
