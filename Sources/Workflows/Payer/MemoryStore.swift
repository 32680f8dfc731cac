import Synchronization

/// The payer's store in memory, for tests, demonstrations and simulation: the same promises as a store on disk, but for
/// durability.
///
/// A write drafts its changes and keeps them when its body returns; one write runs at a time. Settlements of an
/// institution are found by looking at all of them.
public final class MemoryStore: PayerStore {
  private let book = Mutex(MemoryStoreBook())

  /// Makes an empty store.
  public init() {}

  /// Runs a body that only reads.
  public func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    try book.withLock { book throws(StoreError) in try body(book) }
  }

  /// Runs a body that reads and writes, all of it or nothing.
  public func write<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    try book.withLock { book throws(StoreError) in try book.write(body) }
  }

  /// Checks every record against the rules and against what it takes back.
  public func verifyChain() async throws(StoreError) -> [String] {
    book.withLock { $0.chainFaults() }
  }
}
