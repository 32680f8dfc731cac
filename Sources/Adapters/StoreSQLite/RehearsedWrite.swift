import StoreRecords
import Synchronization
import Workflows

/// A write on its way: first rehearsed on a reader's snapshot, then carried out by the writer.
///
/// The reader works everything out and makes every text ready, beside the writer. The writer only asks whether what
/// was read still holds, and stores; when it does not, or when the body asks for what a rehearsal cannot do, the writer
/// runs the body itself.
final class RehearsedWrite<Answer: Sendable>: Sendable {
  typealias Body = @Sendable (any PayerTransaction) throws(StoreError) -> Answer

  private struct Rehearsal {
    let changes: RehearsedChanges
    let commit: UInt64
  }

  private struct State {
    var answer: Answer?
    var rehearsal: Rehearsal?
  }

  private let body: Body
  private let state = Mutex(State())

  init(_ body: @escaping Body) { self.body = body }

  func carryOut(on rehearsers: StoreReaders, then writer: StoreWriter) async throws(StoreError) -> Answer {
    let failure: StoreError? = await withCheckedContinuation { continuation in
      let write = StoreWriter.Work(
        run: { [self] transaction in carryOut(in: transaction, writer) }, answer: { continuation.resume(returning: $0) }
      )
      let rehearsal = StoreReaders.Work(
        run: { [self] snapshot in rehearse(on: snapshot, writer) },
        answer: { [self] failure in
          // Nothing to be carried out: the answer holds as of the snapshot.
          if failure != nil || isAnswered { return continuation.resume(returning: failure) }
          write.enter(writer.queue, "write")
        })
      rehearsal.enter(rehearsers.queue, "write")
    }
    if let failure { throw failure }
    guard let answer = takeAnswer() else { preconditionFailure("a write ends without an answer") }
    return answer
  }

  /// What the body answered, once it did; it is given away once.
  func takeAnswer() -> Answer? { state.withLock { $0.answer.take() } }

  private var isAnswered: Bool {
    state.withLock { $0.answer != nil && $0.rehearsal?.changes.operations.isEmpty == true }
  }

  func rehearse(on snapshot: StoreSnapshot, _ writer: StoreWriter) -> StoreError? {
    let transaction = SQLiteTransaction(rehearsing: snapshot, numbers: writer.numbers, sources: writer.sources)
    var answer: Answer?
    var failure: StoreError?
    do throws(StoreError) { answer = try body(transaction) } catch { failure = error }
    failure = transaction.failure ?? failure
    // What only the writer can do, it does.
    if transaction.isUnsuitable { return nil }
    if let failure { return failure }
    let rehearsal = Rehearsal(changes: transaction.rehearsed, commit: snapshot.commit)
    state.withLock { $0 = State(answer: answer, rehearsal: rehearsal) }
    return nil
  }

  func carryOut(in transaction: SQLiteTransaction, _ writer: StoreWriter) -> StoreError? {
    do throws(StoreError) {
      if let rehearsal = state.withLock({ $0.rehearsal }),
        try transaction.carryOut(rehearsal.changes, unlessChangedIn: writer.changes, since: rehearsal.commit)
      {
        return nil
      }
      try transaction.guardBody()
      let answer = try body(transaction)
      state.withLock { $0.answer = answer }
      return nil
    } catch { return error }
  }
}
