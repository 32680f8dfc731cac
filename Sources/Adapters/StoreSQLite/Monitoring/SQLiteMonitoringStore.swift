import GRDB
public import Workflows

/// The console's projection in a SQLite file of its own, or in memory.
///
/// A write is all or nothing, but not forced to the disk one by one (`synchronous = NORMAL`): the place that a feed
/// reads on from stands in the same transaction as what it appended, so what a power cut takes is read again. Many
/// read at a time, each on a snapshot, beside one writer.
///
/// ```swift
/// let projection = try SQLiteMonitoringStore(path: SQLiteMonitoringStore.path(besideStore: "region.sqlite"))
/// defer { projection.close() }
/// ```
public final class SQLiteMonitoringStore: MonitoringStore {
  /// How a projection is opened.
  public struct Options: Sendable {
    /// How many messages the log keeps; at least 1.
    public var messageLimit = 200_000
    /// For how many days messages are counted by minute.
    public var minuteDays = 92
    /// For how many days messages are counted by day.
    public var dayDays = 400
    /// How many read at a time; one in memory.
    public var readerCount = 4

    /// Makes the usual options.
    public init() {}
  }

  private let database: any DatabaseWriter
  let options: Options

  /// Opens a projection in a file, making the file when there is none.
  ///
  /// - Throws: `unavailable` when the file cannot be opened, `damaged` when it is another program's or a newer one's;
  ///   a projection may be deleted and is made again, but for its log.
  public init(path: String, options: Options = Options()) throws(StoreError) {
    self.options = options
    database = try StoreFailure.translate("open projection") {
      // The pool sets WAL and synchronous = NORMAL.
      let pool = try DatabasePool(path: path, configuration: Self.configuration(options))
      try pool.writeWithoutTransaction { db in try Self.check(db) }
      try MonitoringSchema.steps.migrate(pool)
      return pool
    }
  }

  /// Opens an empty projection in memory.
  public init(options: Options = Options()) throws(StoreError) {
    self.options = options
    database = try StoreFailure.translate("open projection") {
      let queue = try DatabaseQueue(configuration: Self.configuration(options))
      try MonitoringSchema.steps.migrate(queue)
      return queue
    }
  }

  /// Where the projection of a payer's store lies: beside it.
  public static func path(besideStore store: String) -> String { store + "-monitoring" }

  /// Closes the file once what was asked is done; later calls are refused as unavailable.
  public func close() throws(StoreError) {
    try StoreFailure.translate("close projection") { try database.close() }
  }

  private static func configuration(_ options: Options) -> Configuration {
    var configuration = Configuration()
    configuration.maximumReaderCount = max(options.readerCount, 1)
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -65536")
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      // Reading along an index of a million rows is half as fast again without a call for every page.
      try db.execute(sql: "PRAGMA mmap_size = 1073741824")
    }
    return configuration
  }

  /// Refuses a file that is another program's, or that a newer version of this one has changed.
  private static func check(_ db: Database) throws {
    let mark = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 { return }
    guard mark == MonitoringSchema.applicationID else {
      throw StoreError(.damaged, operation: "open projection", detail: "the file is not a projection of this platform")
    }
    if try MonitoringSchema.steps.hasBeenSuperseded(db) {
      throw StoreError(
        .damaged, operation: "open projection", detail: "a newer version of the platform has changed the projection")
    }
  }

  /// Throws everything away.
  public func reset() async throws(StoreError) {
    try await write("reset projection") { db in
      for table in MonitoringSchema.tables { try db.execute(sql: "DELETE FROM \(table)") }
    }
  }

  // MARK: Running

  /// Runs on a snapshot; no thread of the caller's waits, and no cancelled task leaves it half done.
  func read<Answer: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws(StoreError) -> Answer {
    let result: Result<Answer, any Error> = await withCheckedContinuation { continuation in
      database.asyncRead { db in continuation.resume(returning: Result { try body(db.get()) }) }
    }
    do { return try result.get() } catch { throw Self.failure(error, operation) }
  }

  /// Runs in one transaction.
  func write<Answer: Sendable>(
    _ operation: String, _ body: @escaping @Sendable (Database) throws -> Answer
  ) async throws(StoreError) -> Answer {
    let result: Result<Answer, any Error> = await withCheckedContinuation { continuation in
      database.asyncWrite(body) { _, result in continuation.resume(returning: result) }
    }
    do { return try result.get() } catch { throw Self.failure(error, operation) }
  }

  private static func failure(_ error: any Error, _ operation: String) -> StoreError {
    if let error = error as? DatabaseError, error.resultCode == .SQLITE_MISUSE {
      return StoreError(.unavailable, operation: operation, detail: "the projection is closed")
    }
    return StoreFailure.storeError(error, operation)
  }
}
