import Synchronization

/// How many requests are with the handler, and whether one more may be: overload is answered, not suffered.
final class Admission: Sendable {
  private let limit: Int
  private let count = Atomic<Int>(0)
  private let draining = Atomic<Bool>(false)

  /// - Parameter limit: How many may be in flight at once.
  init(limit: Int) { self.limit = limit }

  /// Requests with the handler.
  var inFlight: Int { count.load(ordering: .relaxed) }

  /// Whether the server is on its way down.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  /// Takes a place if one is free.
  func enter() -> Bool {
    if count.add(1, ordering: .acquiringAndReleasing).newValue <= limit { return true }
    leave()
    return false
  }

  /// Gives the place back.
  func leave() { count.subtract(1, ordering: .acquiringAndReleasing) }

  /// Says that the server is on its way down.
  func drain() { draining.store(true, ordering: .relaxed) }
}
