#if PostgreSQL
  import Foundation
  import StoreRecords
  public import Workflows

  /// The payer's store on PostgreSQL: many writers at a time, durable and append-only; several servers may share it.
  ///
  /// Bodies run on threads of the store's own; no call blocks a thread of the caller's.
  ///
  /// ```swift
  /// let store = try PostgresPayerStore(url: "postgresql://yibao@localhost/region")
  /// defer { store.close() }
  /// ```
  public final class PostgresPayerStore: PayerStore {
    /// How a store is opened.
    public struct Options: Sendable {
      /// The schema that holds the tables; lower-case letters, digits and underscores.
      public var schema = "yibao"
      /// Whether the store is only read; it may then be a standby.
      public var isReadOnly = false
      /// Writes, and as many reads, that may wait; more are turned away as busy.
      public var queueLimit = 4096
      /// Threads that write, each on a connection while it does.
      public var writerCount = 16
      /// Threads that read, likewise.
      public var readerCount = 4

      /// Makes the options of a store that serves.
      public init() {}
    }

    let address: PostgresAddress
    let readers: BoundedQueue<PostgresReader.Work>
    let writers: BoundedQueue<PostgresWriter.Work>?
    private let pool: PostgresPool
    private let numbers: PostgresNumbers
    /// Threads that still serve; whoever closes the store waits for them.
    private let serving = DispatchGroup()

    /// Opens a store, making the schema and its tables unless it is only read.
    ///
    /// - Parameter url: `postgresql://user@host/database`, or `host=… dbname=…`.
    /// - Throws: `unavailable` when the server is not reached or what is answered would not be durable there, `damaged`
    ///   when the schema is no store, or a newer version's.
    public init(url: String, options: Options = Options()) throws(StoreError) {
      address = PostgresAddress(url: url, schema: options.schema, isReadOnly: options.isReadOnly)
      let first = try PostgresOpening.open(address)
      pool = PostgresPool(address, first)
      numbers = PostgresNumbers(address)
      readers = BoundedQueue(limit: options.queueLimit)
      writers = options.isReadOnly ? nil : BoundedQueue(limit: options.queueLimit)
      let (pool, numbers, sources, readers) = (pool, numbers, SourceTexts(), readers)
      if let writers {
        for _ in 0..<max(options.writerCount, 1) {
          serve("store writer") { PostgresWriter(pool, numbers: numbers, sources: sources).serve(writers) }
        }
      }
      for _ in 0..<max(options.readerCount, 1) {
        serve("store reader") { PostgresReader(pool).serve(readers) }
      }
    }

    private func serve(_ name: String, _ body: @escaping @Sendable () -> Void) {
      let serving = serving
      serving.enter()
      StoreThread.start(name) {
        body()
        serving.leave()
      }
    }

    deinit { stop() }

    /// Serves what was asked, then closes the connections; blocks until that is done.
    ///
    /// Later calls are refused as unavailable.
    public func close() {
      stop()
      serving.wait()
      numbers.close()
      pool.close()
    }

    private func stop() {
      writers?.close()
      readers.close()
    }

    /// Runs a body on a snapshot.
    public func read<Answer: Sendable>(
      _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
    ) async throws(StoreError) -> Answer {
      try await StoreWork.ask("read", on: readers) { reading throws(StoreError) in try body(reading) }
    }

    /// Runs a body in a transaction, again when others stood in its way.
    public func write<Answer: Sendable>(
      _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Answer
    ) async throws(StoreError) -> Answer {
      guard let writers else {
        throw StoreError(.unavailable, operation: "write", detail: "the store was opened to be read")
      }
      return try await StoreWork.ask("write", on: writers) { transaction throws(StoreError) in try body(transaction) }
    }

    /// Follows the chain of settlements from the first to the last, and looks for what belongs to none of them.
    public func verifyChain() async throws(StoreError) -> [String] { try await PostgresChainCheck(readers).run() }

    /// Runs SQL on a connection of its own, for tests that damage a store or take its schema away; answers with the
    /// first column as text.
    @discardableResult
    package static func perform(_ sql: String, url: String, schema: String) throws(StoreError) -> [String] {
      let address = PostgresAddress(url: url, schema: schema, isReadOnly: false)
      do throws(PostgresFault) { return try PostgresConnection(address).words(sql) } catch {
        throw error.storeError("perform")
      }
    }
  }
#endif
