import Dispatch
import Synchronization

/// Work done by several threads whose answers come back in the order in which the work was handed in.
///
/// No more than a few pieces are under way at a time, so that memory stays bounded: handing in another one waits for
/// the oldest. Each thread has a worker of its own while it works.
final class OrderedLanes<Worker: Sendable, Job: Sendable, Answer: Sendable> {
  private final class Ticket: Sendable {
    let done = DispatchSemaphore(value: 0)
    let answer = Mutex<Answer?>(nil)
  }

  private final class Bench: Sendable {
    let idle = Mutex<[Worker]>([])
  }

  private let queue = DispatchQueue(label: "lanes", attributes: .concurrent)
  private let bench = Bench()
  private let window: Int
  private let worker: Worker
  private let work: @Sendable (inout Worker, Job) -> Answer
  private let settle: (Answer) throws -> Void
  private var tickets: [Ticket] = []

  /// Makes lanes.
  ///
  /// - Parameters:
  ///   - window: how many pieces may be under way.
  ///   - worker: what a thread works with, copied for each.
  ///   - work: done by any thread.
  ///   - settle: receives the answers in order, on the thread that hands work in.
  init(
    window: Int, worker: Worker, work: @escaping @Sendable (inout Worker, Job) -> Answer,
    settle: @escaping (Answer) throws -> Void
  ) {
    precondition(window > 0, "at least one piece has to be under way")
    (self.window, self.worker, self.work, self.settle) = (window, worker, work, settle)
  }

  /// Hands in a piece of work; waits for the oldest one when too many are under way.
  func submit(_ job: Job) throws {
    if tickets.count >= window { try settleOldest() }
    let ticket = Ticket()
    tickets.append(ticket)
    queue.async { [bench, worker, work] in
      var own = bench.idle.withLock { $0.popLast() } ?? worker
      let answer = work(&own, job)
      bench.idle.withLock { [own] in $0.append(own) }
      ticket.answer.withLock { $0 = answer }
      ticket.done.signal()
    }
  }

  /// Waits for everything that is under way.
  func finish() throws {
    while !tickets.isEmpty { try settleOldest() }
  }

  private func settleOldest() throws {
    let ticket = tickets.removeFirst()
    ticket.done.wait()
    if let answer = ticket.answer.withLock({ $0.take() }) { try settle(answer) }
  }
}
