/// The figures of a run.
struct LoadReport {
  let scenario: Scenario
  let connections: Int
  let seconds: Double
  let latencies: [UInt32]
  let byTransaction: [String: Int]
  let errors: [String: Int]
  let sentBytes: Int
  let receivedBytes: Int
  let generatorCores: Double
  let serverCores: Double?

  init(
    scenario: Scenario, tallies: [Tally], seconds: Double, generatorSeconds: Double, serverSeconds: Double?
  ) {
    self.scenario = scenario
    self.seconds = seconds
    connections = tallies.count
    latencies = tallies.flatMap(\.latencies).sorted()
    byTransaction = tallies.reduce(into: [:]) { $0.merge($1.byTransaction, uniquingKeysWith: +) }
    errors = tallies.reduce(into: [:]) { $0.merge($1.errors, uniquingKeysWith: +) }
    sentBytes = tallies.reduce(0) { $0 + $1.sentBytes }
    receivedBytes = tallies.reduce(0) { $0 + $1.receivedBytes }
    generatorCores = generatorSeconds / seconds
    serverCores = serverSeconds.map { $0 / seconds }
  }

  var errorCount: Int { errors.values.reduce(0, +) }

  var text: String {
    var lines = [
      "scenario     \(scenario.name), \(connections) connections, \(shown(seconds)) s",
      "requests/s   \(rate(latencies.count))",
    ]
    if let settlement = scenario.settlement {
      lines.append("settlements/s \(rate(byTransaction[settlement, default: 0]))")
    }
    lines.append(
      "latency ms   p50 \(percentile(50))  p90 \(percentile(90))  p99 \(percentile(99))  max \(percentile(100))")
    lines.append("bytes        sent \(sentBytes)  received \(receivedBytes)")
    lines.append(
      "cores used   generator \(shown(generatorCores))  server \(serverCores.map(shown) ?? "unknown (give --pid)")")
    lines.append("errors       \(errorCount)")
    for (reason, count) in errors.sorted(by: { $0.value > $1.value }).prefix(8) {
      lines.append("  \(count) × \(reason)")
    }
    return lines.joined(separator: "\n")
  }

  private func rate(_ count: Int) -> String { "\(Int((Double(count) / seconds).rounded()))" }

  /// The smallest latency that so many in a hundred do not exceed, in milliseconds.
  private func percentile(_ share: Int) -> String {
    guard !latencies.isEmpty else { return "-" }
    let rank = max(0, (latencies.count * share + 99) / 100 - 1)
    return shown(Double(latencies[rank]) / 1000)
  }

  private func shown(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
