import CoreMetrics
import Synchronization

/// One metric with one combination of label values.
protocol MetricSeries: AnyObject, Sendable {
  var kind: MetricKind { get }

  /// Its lines of Prometheus text.
  func text(name: String, labels: String) -> String
}

/// A count that only grows.
final class CounterSeries: MetricSeries, CounterHandler {
  private let value = Atomic<Int64>(0)

  var kind: MetricKind { .counter }

  func increment(by amount: Int64) { value.wrappingAdd(amount, ordering: .relaxed) }

  func reset() { value.store(0, ordering: .relaxed) }

  func text(name: String, labels: String) -> String {
    PrometheusText.line(name, labels, "\(value.load(ordering: .relaxed))")
  }
}

/// A value that goes up and down, or a count of fractions.
final class GaugeSeries: MetricSeries, MeterHandler, RecorderHandler, FloatingPointCounterHandler {
  private let value = Mutex(0.0)
  let kind: MetricKind

  init(kind: MetricKind) { self.kind = kind }

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func reset() { set(0.0) }

  func text(name: String, labels: String) -> String {
    PrometheusText.line(name, labels, PrometheusText.number(value.withLock { $0 }))
  }
}

/// How values are distributed over buckets; durations are given in nanoseconds and shown in seconds.
final class HistogramSeries: MetricSeries, TimerHandler, RecorderHandler {
  private struct State {
    var counts: [Int]
    var sum = 0.0
  }

  private let bounds: [Double]
  private let state: Mutex<State>

  var kind: MetricKind { .histogram }

  /// - Parameter bounds: Upper bounds of the buckets, rising; one more is open to the top.
  init(bounds: [Double]) {
    self.bounds = bounds
    state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    state.withLock {
      $0.counts[bucket] += 1
      $0.sum += value
    }
  }

  func text(name: String, labels: String) -> String {
    let state = state.withLock { $0 }
    let comma = labels.isEmpty ? "" : ","
    var text = ""
    var below = 0
    for (bound, count) in zip(bounds + [.infinity], state.counts) {
      below += count
      let bucket = "\(labels)\(comma)le=\"\(PrometheusText.number(bound))\""
      text += PrometheusText.line("\(name)_bucket", bucket, "\(below)")
    }
    text += PrometheusText.line("\(name)_sum", labels, PrometheusText.number(state.sum))
    return text + PrometheusText.line("\(name)_count", labels, "\(below)")
  }
}
