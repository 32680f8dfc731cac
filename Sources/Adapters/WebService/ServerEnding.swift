import Logging
import Synchronization

/// The end of a server's run: came once, known to whoever waits.
final class ServerEnding: Sendable {
  private enum State {
    case running([CheckedContinuation<(any Error)?, Never>])
    case ended((any Error)?)
  }

  private let state = Mutex(State.running([]))

  /// Whether the end has come.
  var hasCome: Bool {
    state.withLock { if case .ended = $0 { true } else { false } }
  }

  /// Says that the run is over; what is said later counts for nothing.
  func end(_ error: (any Error)?) {
    let waiting = state.withLock { state -> [CheckedContinuation<(any Error)?, Never>] in
      guard case .running(let waiting) = state else { return [] }
      state = .ended(error)
      return waiting
    }
    for continuation in waiting { continuation.resume(returning: error) }
  }

  /// The error the run ended with, when it has ended.
  func value() async -> (any Error)? {
    await withCheckedContinuation { continuation in
      let ended = state.withLock { state -> (any Error)?? in
        switch state {
        case .ended(let error): return .some(error)
        case .running(let waiting):
          state = .running(waiting + [continuation])
          return nil
        }
      }
      if let ended { continuation.resume(returning: ended) }
    }
  }
}

/// The order of a stop: notice, no new connections, time for what is in flight, and a limit to that time.
struct DrainOrder: Sendable {
  /// How long handlers get to notice that they were cancelled.
  static let grace = Duration.seconds(5)

  let notice: Duration
  let limit: Duration
  let admission: Admission
  let logger: Logger

  /// Goes through the steps; returns when the server has ended or was given up.
  ///
  /// - Parameters:
  ///   - stop: Stops accepting and closes connections as they fall idle.
  ///   - abort: Closes what is left.
  func run(
    _ ending: ServerEnding, stop: @escaping @Sendable () async -> Void, abort: @escaping @Sendable () -> Void
  ) async {
    admission.drain()
    logger.notice("stopping", metadata: ["in-flight": "\(admission.inFlight)"])
    if await hasEnded(ending, within: notice) { return }
    Task.detached { await stop() }
    if await hasEnded(ending, within: limit) { return }
    logger.warning("requests unfinished at the end of the drain", metadata: ["in-flight": "\(admission.inFlight)"])
    abort()
    if await hasEnded(ending, within: Self.grace) { return }
    ending.end(PayerServerError.notDrained(requests: admission.inFlight))
  }

  private func hasEnded(_ ending: ServerEnding, within time: Duration) async -> Bool {
    let end = ContinuousClock.now + time
    while !ending.hasCome {
      guard ContinuousClock.now < end else { return false }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return true
  }
}
