public import CoreMetrics
import Synchronization

/// A registry of metrics behind swift-metrics that writes them as Prometheus text (format 0.0.4).
///
/// Names and label names are brought into Prometheus' alphabet. A metric has at most ``seriesLimit`` combinations of
/// label values; what comes after is counted under `other`, so that no client can fill the memory.
///
/// ```swift
/// let registry = PrometheusRegistry()
/// Counter(label: "backups_total", factory: registry).increment()
/// print(registry.text())
/// ```
public final class PrometheusRegistry: MetricsFactory {
  /// How many combinations of label values one metric may have.
  public static let seriesLimit = 1000

  /// Upper bounds of latency buckets, in seconds.
  static let latencyBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
  /// Upper bounds of other distributions.
  static let valueBounds = [1.0, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]

  private let families = Mutex<[String: MetricFamily]>([:])

  /// An empty registry.
  public init() {}

  /// Says what a metric is, for its `# HELP` line.
  public func describe(_ label: String, _ help: String) {
    let name = PrometheusText.name(label)
    families.withLock { $0[name, default: MetricFamily()].help = help }
  }

  /// All metrics as Prometheus text, in the order of their names.
  public func text() -> String {
    let copy = families.withLock { $0 }
    return copy.keys.sorted().map { copy[$0]?.text(name: $0) ?? "" }.joined()
  }

  /// Makes or finds a counter.
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions) { CounterSeries() }
  }

  /// Makes or finds a counter of fractions.
  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions) { GaugeSeries(kind: .counter) }
  }

  /// Makes or finds a gauge.
  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions) { GaugeSeries(kind: .gauge) }
  }

  /// Makes or finds a distribution; one that does not aggregate is a gauge of the last value.
  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    if aggregate { return series(label, dimensions) { HistogramSeries(bounds: Self.valueBounds) } }
    return series(label, dimensions) { GaugeSeries(kind: .gauge) }
  }

  /// Makes or finds a distribution of durations, in seconds.
  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions) { HistogramSeries(bounds: Self.latencyBounds) }
  }

  // What was counted stays until the process ends: Prometheus takes a vanished counter for a restart.

  /// Keeps the counter.
  public func destroyCounter(_ handler: any CounterHandler) {}
  /// Keeps the counter.
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  /// Keeps the gauge.
  public func destroyMeter(_ handler: any MeterHandler) {}
  /// Keeps the distribution.
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  /// Keeps the distribution.
  public func destroyTimer(_ handler: any TimerHandler) {}

  /// The series of a name and label values; of another kind than the name has, it counts but is not shown.
  private func series<Series: MetricSeries>(
    _ label: String, _ dimensions: [(String, String)], make: () -> Series
  ) -> Series {
    let name = PrometheusText.name(label)
    return families.withLock { families in
      var family = families[name] ?? MetricFamily()
      var labels = PrometheusText.labels(dimensions)
      if family.series[labels] == nil, family.series.count >= Self.seriesLimit {
        labels = PrometheusText.labels(dimensions.map { ($0.0, "other") })
      }
      if let found = family.series[labels] { return found as? Series ?? make() }
      let made = make()
      if let kind = family.kind, kind != made.kind { return made }
      family.kind = made.kind
      family.series[labels] = made
      families[name] = family
      return made
    }
  }
}

/// What Prometheus distinguishes.
enum MetricKind: String {
  case counter
  case gauge
  case histogram
}

/// All series of one name.
struct MetricFamily {
  var help: String?
  var kind: MetricKind?
  /// By their labels as text: `infno="2207",code="0"`.
  var series: [String: any MetricSeries] = [:]

  func text(name: String) -> String {
    guard let kind else { return "" }
    var text = help.map { "# HELP \(name) \(PrometheusText.help($0))\n" } ?? ""
    text += "# TYPE \(name) \(kind.rawValue)\n"
    for labels in series.keys.sorted() { text += series[labels]?.text(name: name, labels: labels) ?? "" }
    return text
  }
}

/// The words and escapes of the text format.
enum PrometheusText {
  /// A metric's name in Prometheus' alphabet.
  static func name(_ label: String) -> String {
    let name = String(label.unicodeScalars.map { isAllowed($0) || $0 == ":" ? Character($0) : "_" })
    return name.first.map { $0.isNumber } ?? true ? "_" + name : name
  }

  /// Labels inside their braces: `infno="2207",code="0"`.
  static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.map { "\(name($0.0))=\"\(escaped($0.1))\"" }.joined(separator: ",")
  }

  /// A line of a series.
  static func line(_ name: String, _ labels: String, _ value: String) -> String {
    labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
  }

  /// A help text on one line.
  static func help(_ text: String) -> String {
    text.map { $0 == "\\" ? "\\\\" : $0 == "\n" ? "\\n" : String($0) }.joined()
  }

  /// A number without a needless fraction.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  private static func escaped(_ value: String) -> String {
    value.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }.joined()
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
  }
}
