package import Foundation

/// What became of an offer to a queue.
package enum QueueOffer { case taken, full, closed }

/// A queue between callers and the threads that serve them; what does not fit is turned away, never waited for.
///
/// All threads serve at a time, or one of them with others to stand in for it. Two threads that share short work wake
/// each other all the time, which costs more than it brings (measured: performance.md); one thread alone would be
/// stopped by a single piece of work that takes long. So whoever serves goes on serving, and another takes over once
/// nothing was taken for a while although something waits.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
  /// What a thread remembers of its turn.
  package struct Turn {
    fileprivate var epoch: Int?

    package init() {}
  }

  // Guarded by `condition`, which Synchronization has no counterpart for: a thread sleeps until there is work.
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var isClosed = false
  private let limit: Int
  private let patience: TimeInterval?
  /// Whether a thread serves and is not known to be held up.
  private var isServed = false
  /// Counts the times that a thread was found to be held up; what it does afterwards is no turn any more.
  private var epoch = 0
  private var takeCount = 0
  /// Threads that look again after a while, and threads that sleep until they are woken.
  private var (watching, sleeping) = (0, 0)

  /// - Parameters:
  ///   - limit: how many may wait.
  ///   - patience: how many seconds pass before another thread stands in, twice that at most; `nil` lets all serve at a
  ///     time.
  package init(limit: Int, patience: TimeInterval? = nil) {
    self.limit = limit
    self.patience = patience
  }

  /// How many wait.
  package var waiting: Int {
    condition.lock()
    defer { condition.unlock() }
    return elements.count
  }

  package func offer(_ element: Element) -> QueueOffer {
    condition.lock()
    defer { condition.unlock() }
    if isClosed { return .closed }
    if elements.count >= limit { return .full }
    elements.append(element)
    if patience == nil || !isServed || (watching == 0 && sleeping > 0) { condition.signal() }
    return .taken
  }

  /// Waits for work and takes what is there, where all threads serve at a time.
  package func take(atMost count: Int) -> [Element] {
    var turn = Turn()
    return take(atMost: count, &turn)
  }

  /// Ends the thread's turn if it had one, waits for the next, and takes what is there, at most so much, oldest first;
  /// nothing once the queue is closed and empty.
  package func take(atMost count: Int, _ turn: inout Turn) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    if turn.epoch == epoch { isServed = false }
    turn.epoch = nil
    // Busy until a whole wait has passed in which nothing was taken.
    var (seen, isBusy) = (takeCount, true)
    while elements.isEmpty || isServed && patience != nil {
      if elements.isEmpty && isClosed {
        // Whoever still waits shall find it closed, too.
        condition.broadcast()
        return []
      }
      guard let patience, isBusy || isServed && !elements.isEmpty else {
        sleeping += 1
        condition.wait()
        sleeping -= 1
        isBusy = true
        continue
      }
      watching += 1
      let isWoken = condition.wait(until: Date(timeIntervalSinceNow: patience))
      watching -= 1
      if isWoken { continue }
      isBusy = takeCount != seen
      if isServed && !isBusy && !elements.isEmpty {
        epoch += 1
        isServed = false
      }
      seen = takeCount
    }
    (isServed, turn.epoch) = (true, epoch)
    takeCount += 1
    let taken = Array(elements.prefix(count))
    elements.removeFirst(taken.count)
    return taken
  }

  /// Takes no more; what is there is still served.
  package func close() {
    condition.lock()
    isClosed = true
    condition.broadcast()
    condition.unlock()
  }
}
