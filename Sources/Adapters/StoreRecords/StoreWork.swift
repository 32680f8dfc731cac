import Foundation
import Synchronization
package import Workflows

/// Something to do on a connection, and somebody who waits for it.
package final class StoreWork<Subject>: Sendable {
  /// Does it, more than once when the store retries; nothing is answered yet.
  package let run: @Sendable (Subject) -> StoreError?
  /// Answers with what was done, or with the failure that undid it.
  package let answer: @Sendable (StoreError?) -> Void

  package init(
    run: @escaping @Sendable (Subject) -> StoreError?, answer: @escaping @Sendable (StoreError?) -> Void
  ) {
    self.run = run
    self.answer = answer
  }

  /// Puts work on a queue and waits, without holding a thread, until it is answered.
  package static func ask<Answer: Sendable>(
    _ operation: String, on queue: BoundedQueue<StoreWork>,
    _ body: @escaping @Sendable (Subject) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer {
    let result: Result<Answer, StoreError> = await withCheckedContinuation { continuation in
      let done = Mutex<Answer?>(nil)
      let work = StoreWork(
        run: { subject in
          do throws(StoreError) {
            let value = try body(subject)
            done.withLock { $0 = value }
            return nil
          } catch { return error }
        },
        answer: { failure in
          if let failure { return continuation.resume(returning: .failure(failure)) }
          guard let value = done.withLock({ $0 }) else {
            preconditionFailure("work is answered before it is done")
          }
          continuation.resume(returning: .success(value))
        })
      work.enter(queue, operation)
    }
    return try result.get()
  }

  /// Waits in a queue, or is answered at once when it may not.
  package func enter(_ queue: BoundedQueue<StoreWork>, _ operation: String) {
    switch queue.offer(self) {
    case .taken: break
    case .full: answer(StoreError(.busy, operation: operation, detail: "too many requests wait"))
    case .closed: answer(StoreError(.unavailable, operation: operation, detail: "the store is closed"))
    }
  }
}

/// Threads of the store's own: databases block, and the cooperative pool must not.
package enum StoreThread {
  package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.name = name
    thread.stackSize = 4 << 20
    thread.start()
  }
}
