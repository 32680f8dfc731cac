#if PostgreSQL
  import Foundation
  import StoreRecords
  import Synchronization
  import Workflows

  /// Connections that are open and idle; the one used last is used next, so that few are open when little is asked.
  final class PostgresPool: Sendable {
    let address: PostgresAddress
    private let idle: Mutex<[PostgresConnection]>

    /// Begins with a connection that is open already.
    init(_ address: PostgresAddress, _ first: PostgresConnection? = nil) {
      self.address = address
      idle = Mutex(first.map { [$0] } ?? [])
    }

    /// An idle connection or a new one.
    func take(_ operation: String) throws(StoreError) -> PostgresConnection {
      if let connection = idle.withLock({ $0.popLast() }) { return connection }
      do throws(PostgresFault) { return try PostgresConnection(address) } catch { throw error.storeError(operation) }
    }

    /// Takes a connection back; once one was lost, the idle ones are taken as lost too.
    func put(back connection: PostgresConnection) {
      idle.withLock { idle in
        if connection.isLost { idle = [] } else { idle.append(connection) }
      }
    }

    /// Closes what is idle.
    func close() { idle.withLock { $0 = [] } }
  }

  /// A thread that writes: runs each body in a transaction, and again when it has to.
  struct PostgresWriter {
    typealias Work = StoreWork<PostgresTransaction>

    /// How often a body runs again because others stood in its way.
    static let conflictLimit = 10

    private let pool: PostgresPool
    private let numbers: PostgresNumbers
    private let sources: SourceTexts
    private let decoder = PostgresDecoder()

    init(_ pool: PostgresPool, numbers: PostgresNumbers, sources: SourceTexts) {
      self.pool = pool
      self.sources = sources
      self.numbers = numbers
    }

    /// Serves until the queue is closed and empty.
    func serve(_ queue: BoundedQueue<Work>) {
      while let work = queue.take(atMost: 1).first { work.answer(perform(work)) }
    }

    /// What became of earlier attempts at a body.
    private struct History {
      var conflicts = 0
      var hasMetDuplicate = false
      var hasReconnected = false
    }

    /// Runs a body until it is durable or has failed for good; says what with.
    private func perform(_ work: Work) -> StoreError? {
      var attempt = PostgresAttempt(schema: pool.address.schema, numbers: numbers, sources: sources)
      var history = History()
      while true {
        let connection: PostgresConnection
        do throws(StoreError) { connection = try pool.take("write") } catch { return error }
        let transaction = PostgresTransaction(connection, decoder: decoder, attempt: attempt)
        let outcome = run(work, transaction)
        if outcome != nil { transaction.rollBack() }
        pool.put(back: connection)
        guard let failure = outcome else { return nil }
        if transaction.wantsToBeAlone {
          attempt.isAlone = true
        } else if !isWorthAnother(transaction, &attempt, &history) {
          return told(failure, transaction)
        }
      }
    }

    private func run(_ work: Work, _ transaction: PostgresTransaction) -> StoreError? {
      let failure = work.run(transaction)
      if let failure = transaction.failure ?? failure { return failure }
      do throws(StoreError) { try transaction.commit() } catch { return error }
      return nil
    }

    private func isWorthAnother(
      _ transaction: PostgresTransaction, _ attempt: inout PostgresAttempt, _ history: inout History
    ) -> Bool {
      guard let fault = transaction.fault else { return false }
      if fault.isConflict {
        history.conflicts += 1
        attempt.keys = Array(Set(attempt.keys).union(transaction.held.keys))
        // Those that met once should not meet again at the same moment.
        Thread.sleep(forTimeInterval: .random(in: 0...0.002) * Double(history.conflicts))
        return history.conflicts <= Self.conflictLimit
      }
      if fault.isDuplicate {
        // Somebody who takes no locks may have written the key since it was looked for: now the body would find it.
        defer { history.hasMetDuplicate = true }
        return !history.hasMetDuplicate
      }
      // The connection was gone before the first answer, a restart's trace: nothing was done, so nothing is lost.
      if fault.isLost && !transaction.hasAnswered && !transaction.isCommitSent {
        defer { history.hasReconnected = true }
        return !history.hasReconnected
      }
      return false
    }

    private func told(_ failure: StoreError, _ transaction: PostgresTransaction) -> StoreError {
      guard transaction.isCommitSent, transaction.fault?.isLost == true else { return failure }
      return StoreError(
        failure.code, operation: failure.operation,
        detail: failure.detail + "; whether it was stored shows when the same message comes again")
    }
  }

  /// A thread that reads; every body sees one snapshot.
  struct PostgresReader {
    typealias Work = StoreWork<PostgresReading>

    private let pool: PostgresPool
    private let decoder = PostgresDecoder()

    init(_ pool: PostgresPool) { self.pool = pool }

    /// Serves until the queue is closed and empty.
    func serve(_ queue: BoundedQueue<Work>) {
      while let work = queue.take(atMost: 1).first { work.answer(perform(work)) }
    }

    private func perform(_ work: Work) -> StoreError? {
      var hasReconnected = false
      while true {
        let connection: PostgresConnection
        do throws(StoreError) { connection = try pool.take("read") } catch { return error }
        let reading = PostgresReading(connection, decoder: decoder)
        let failure = work.run(reading)
        if reading.isBegun, !connection.isLost { _ = try? connection.run([.init(PostgresSQL.rollback)]) }
        pool.put(back: connection)
        guard let failure else { return nil }
        let wasStale = reading.fault?.isLost == true && !reading.hasAnswered
        guard wasStale, !hasReconnected else { return failure }
        hasReconnected = true
      }
    }
  }
#endif
