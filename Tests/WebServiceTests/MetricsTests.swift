import CoreMetrics
import Logging
import Synchronization
import Testing
import WebService

private let path = PayerServerConfiguration.standardPath

/// Prometheus text as a scraper reads it.
struct Exposition {
  /// Kinds by metric name.
  var kinds: [String: String] = [:]
  /// Values by name and labels, as written.
  var samples: [String: Double] = [:]

  /// Reads the text strictly: every line is a comment or a sample, every sample belongs to a TYPE line above it.
  init(_ text: String) throws {
    try #require(text.hasSuffix("\n"))
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        try #require(words.count == 4 && kinds[String(words[2])] == nil)
        kinds[String(words[2])] = String(words[3])
      } else if !line.hasPrefix("# HELP ") {
        let blank = try #require(line.lastIndex(of: " "))
        let series = String(line[..<blank])
        let value = try #require(Double(line[line.index(after: blank)...]), "\(line)")
        let name = String(series.prefix { $0 != "{" })
        let family = ["_bucket", "_sum", "_count"].compactMap { ending in
          name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
        }
        try #require(kinds[name] != nil || family.contains { kinds[$0] == "histogram" }, "\(line)")
        try #require(samples[series] == nil, "\(line)")
        samples[series] = value
      }
    }
  }
}

/// What is counted, and what is logged.
@Suite(.timeLimit(.minutes(1)))
struct MetricsTests {
  @Test func `计数与实际请求一致`() async throws {
    let handler: ServedHandler = { request in
      ServedResponse(
        contentType: "text/plain", body: request.body, transaction: request.transaction,
        resultCode: request.body.isEmpty ? "-1" : "0")
    }
    try await LoopbackServer.use(handler: handler) { server in
      let sent = try await blocking {
        let client = try server.client()
        var sent = 0
        for (path, body) in [("/2207", "a"), ("/2207", "b"), ("/2207", ""), ("/1101", "c"), ("x", "d")] {
          let text = RawClient.post(PayerServerConfiguration.standardPath + path, body)
          sent += text.utf8.count
          try client.send(text)
          _ = try client.response()
        }
        return sent
      }
      let page = try await server.get("/metrics")
      #expect(page["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
      let metrics = try Exposition(page.body)
      #expect(metrics.kinds["yibao_requests_total"] == "counter")
      #expect(metrics.kinds["yibao_request_seconds"] == "histogram")
      #expect(metrics.kinds["yibao_requests_in_flight"] == "gauge")
      let counts = metrics.samples.filter { $0.key.hasPrefix("yibao_requests_total") }
      #expect(
        counts == [
          #"yibao_requests_total{infno="2207",code="0"}"#: 2, #"yibao_requests_total{infno="2207",code="-1"}"#: 1,
          #"yibao_requests_total{infno="1101",code="0"}"#: 1,
          #"yibao_requests_total{infno="none",code="not-found"}"#: 1,
        ])
      #expect(metrics.samples[#"yibao_request_seconds_count{infno="2207"}"#] == 3)
      #expect(metrics.samples[#"yibao_request_seconds_bucket{infno="2207",le="+Inf"}"#] == 3)
      let scrape = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8.count
      #expect(metrics.samples["yibao_received_bytes_total"] == Double(sent + scrape))
    }
  }

  @Test func `直方图的桶是累计的`() throws {
    let registry = PrometheusRegistry()
    registry.describe("wait seconds", "how long\nit took")
    let timer = Timer(label: "wait seconds", dimensions: [("room", "a\"b\\c\nd")], factory: registry)
    for milliseconds in [1, 3, 40, 40_000] as [Int64] { timer.recordNanoseconds(milliseconds * 1_000_000) }
    let text = registry.text()
    let labels = #"room="a\"b\\c\nd""#
    #expect(text.hasPrefix("# HELP wait_seconds how long\\nit took\n# TYPE wait_seconds histogram\n"))
    let metrics = try Exposition(text)
    let expected: [(String, Double)] = [
      ("0.001", 1), ("0.0025", 1), ("0.005", 2), ("0.025", 2), ("0.05", 3), ("30", 3), ("+Inf", 4),
    ]
    for (bound, count) in expected {
      #expect(metrics.samples["wait_seconds_bucket{\(labels),le=\"\(bound)\"}"] == count, "\(bound)")
    }
    #expect(metrics.samples["wait_seconds_count{\(labels)}"] == 4)
    #expect(metrics.samples["wait_seconds_sum{\(labels)}"] == 40.044)
  }

  @Test func `同名同标签是同一个计数且标签组合有上限`() throws {
    let registry = PrometheusRegistry()
    for _ in 0..<3 { Counter(label: "a_total", factory: registry).increment(by: 2) }
    for number in 0..<(PrometheusRegistry.seriesLimit + 500) {
      Counter(label: "b_total", dimensions: [("n", "\(number)")], factory: registry).increment()
    }
    Meter(label: "c", factory: registry).set(1.5)
    FloatingPointCounter(label: "d_total", factory: registry).increment(by: 0.25)
    Recorder(label: "e", factory: registry).record(5)
    Recorder(label: "1 f", dimensions: [], aggregate: false, factory: registry).record(7)
    // Of another kind than the name already has: not shown, not fatal.
    Meter(label: "a_total", factory: registry).set(9)
    let metrics = try Exposition(registry.text())
    #expect(metrics.samples["a_total"] == 6)
    #expect(metrics.samples.count { $0.key.hasPrefix("b_total") } == PrometheusRegistry.seriesLimit + 1)
    #expect(metrics.samples[#"b_total{n="other"}"#] == 500)
    #expect(metrics.samples["c"] == 1.5)
    #expect(metrics.samples["d_total"] == 0.25)
    #expect(metrics.samples[#"e_bucket{le="10"}"#] == 1)
    #expect(metrics.samples["_1_f"] == 7)
  }

  @Test func `日志有交易与结果而没有报文`() async throws {
    let lines = LogLines()
    try await LoopbackServer.use(logger: Logger(label: "test") { _ in lines.handler }) { server in
      _ = try await server.ask(RawClient.post(path + "/1101?certno=110101199003070000", "{\"psn_name\":\"张三\"}"))
      _ = try await server.ask(RawClient.post("/zhangsan/110101199003070000", "张三"))
      _ = try await server.ask("张三\r\n\r\n")
    }
    let requests = lines.all.filter { $0.hasPrefix("request ") }
    #expect(requests.count == 2)
    let first = try #require(requests.first)
    for part in ["method=POST", "route=\(path)/{infno}", "infno=1101", "status=200", "code=0", "in=21", "ms="] {
      #expect(first.contains(part), "\(part)")
    }
    #expect(lines.all.contains { $0.hasPrefix("refused ") && $0.contains("code=malformed") })
    #expect(lines.all.allSatisfy { !$0.contains("张三") && !$0.contains("110101199003070000") })
  }
}

/// Keeps what is logged, at every level.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  /// A handler that writes here.
  var handler: any LogHandler { Handler(lines: self) }

  fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let own = metadata.merging(event.metadata ?? [:]) { $1 }
      let fields = own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      lines.add("\(event.message) " + fields.joined(separator: " "))
    }
  }
}
