import CoreMetrics
import Synchronization

/// What the server counts of its own.
final class Instruments: Sendable {
  private struct Outcome: Hashable {
    let transaction: String
    let resultCode: String
  }

  let registry: PrometheusRegistry
  private let admission: Admission
  private let requests = Mutex<[Outcome: (counter: Counter, timer: Timer)]>([:])
  private let received: Counter
  private let sent: Counter

  init(registry: PrometheusRegistry, admission: Admission) {
    self.registry = registry
    self.admission = admission
    received = Counter(label: "yibao_received_bytes_total", factory: registry)
    sent = Counter(label: "yibao_sent_bytes_total", factory: registry)
    registry.describe("yibao_requests_total", "Requests by transaction number and result code")
    registry.describe("yibao_request_seconds", "Time from the whole request to its answer")
    registry.describe("yibao_requests_in_flight", "Requests that the handler works on")
    registry.describe("yibao_received_bytes_total", "Bytes received, with header fields, without TLS")
    registry.describe("yibao_sent_bytes_total", "Bytes sent, with header fields, without TLS")
  }

  /// Counts bytes of a connection.
  func count(received: Int, sent: Int) {
    if received > 0 { self.received.increment(by: received) }
    if sent > 0 { self.sent.increment(by: sent) }
  }

  /// Counts a request that was answered.
  func count(transaction: String, resultCode: String, elapsed: Duration) {
    let outcome = Outcome(transaction: transaction, resultCode: resultCode)
    let (counter, timer) = requests.withLock { requests in
      if let found = requests[outcome] { return found }
      let made = instruments(of: outcome)
      if requests.count < PrometheusRegistry.seriesLimit { requests[outcome] = made }
      return made
    }
    counter.increment()
    let (seconds, attoseconds) = elapsed.components
    timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  /// All metrics as text.
  func text() -> String {
    let inFlight = Meter(label: "yibao_requests_in_flight", factory: registry)
    inFlight.set(admission.inFlight)
    return registry.text()
  }

  private func instruments(of outcome: Outcome) -> (counter: Counter, timer: Timer) {
    let dimensions = [("infno", outcome.transaction), ("code", outcome.resultCode)]
    return (
      Counter(label: "yibao_requests_total", dimensions: dimensions, factory: registry),
      Timer(label: "yibao_request_seconds", dimensions: [("infno", outcome.transaction)], factory: registry)
    )
  }
}
