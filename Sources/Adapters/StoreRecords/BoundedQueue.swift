import Foundation

/// What became of an offer to a queue.
package enum QueueOffer { case taken, full, closed }

/// Where work waits for the threads that do it.
package protocol WorkQueue<Element>: Sendable {
  associatedtype Element: Sendable
  /// Adds to the end of the queue, without waiting.
  func offer(_ element: Element) -> QueueOffer
}

/// A queue between callers and the threads that serve them; what does not fit is turned away, never waited for.
package final class BoundedQueue<Element: Sendable>: WorkQueue, @unchecked Sendable {
  // Guarded by `condition`, which Synchronization has no counterpart for: a thread sleeps until there is work.
  private let condition = NSCondition()
  private var elements: [Element] = []
  private var isClosed = false
  private let limit: Int

  package init(limit: Int) { self.limit = limit }

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
    condition.signal()
    return .taken
  }

  /// Waits for work and takes what is there, at most so much, oldest first; nothing once the queue is closed and empty.
  package func take(atMost count: Int) -> [Element] {
    condition.lock()
    defer { condition.unlock() }
    while elements.isEmpty && !isClosed { condition.wait() }
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
