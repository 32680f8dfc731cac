import NIOPosix

/// Threads of their own for work that blocks: a database, a file, a foreign library.
///
/// The cooperative pool has as many threads as the machine has cores; work that waits there stops every connection.
///
/// ```swift
/// let lane = BlockingLane(threads: 8)
/// let server = PayerServer(…) { request in await lane.run { answer(request) } }
/// ```
public final class BlockingLane: Sendable {
  private let pool: NIOThreadPool

  /// Starts the threads.
  ///
  /// - Parameter threads: How many pieces of work run at once; one at least.
  public init(threads: Int) {
    precondition(threads > 0, "a lane without threads does no work")
    pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
  }

  /// Runs work on one of the threads and waits for it without holding a thread of the cooperative pool.
  ///
  /// Work that was given is done even when the waiting task is cancelled: a settlement that began is finished.
  public func run<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
    await withCheckedContinuation { continuation in
      pool.submit { _ in continuation.resume(returning: work()) }
    }
  }

  /// Ends the threads after the work they have.
  public func stop() async { try? await pool.shutdownGracefully() }
}
