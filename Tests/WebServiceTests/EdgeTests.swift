import Testing
import WebService

private let path = PayerServerConfiguration.standardPath

/// Paths, methods, media types, overload, and the stop.
@Suite(.timeLimit(.minutes(1)))
struct EdgeTests {
  @Test func `接口的各个地址`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.furtherPaths = ["/power-csb/powercsb", "/csb/"]
    try await LoopbackServer.use(configuration) { server in
      let cases = [
        (path, "-:x"), (path + "/", "-:x"), (path + "/1101", "1101:x"), (path + "/4101A?a=b", "4101A:x"),
        ("/power-csb/powercsb/1101", "1101:x"), ("/csb/2207", "2207:x"), ("/csb", "-:x"),
        ("http://example.org\(path)/9001", "9001:x"),
      ]
      for (path, body) in cases {
        let answer = try await server.ask(RawClient.post(path, "x"))
        #expect(answer.status == 200 && answer.body == body, "\(path)")
      }
      let nowhere = [
        "/", "/fsi", path + "x", path + "/11/01", path + "/12345678901", path + "/%E4%B8%80", "/csb2/1101", path + "//",
        "/healthz/x",
      ]
      for path in nowhere {
        let answer = try await server.ask(RawClient.post(path, "x"))
        #expect(answer.status == 404, "\(path)")
        #expect(answer.body.contains("\"title\":\"没有这个地址\",\"title_en\":\"there is nothing at this path\""))
      }
    }
  }

  @Test func `不该用的方法`() async throws {
    try await LoopbackServer.use { server in
      let cases = [
        ("GET \(path)", "POST"), ("PUT \(path)/1101", "POST"), ("POST /healthz", "GET, HEAD"),
        ("DELETE /metrics", "GET, HEAD"),
      ]
      for (line, allowed) in cases {
        let answer = try await server.ask("\(line) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        #expect(answer.status == 405)
        #expect(answer["Allow"] == allowed)
        #expect(answer["Connection"] == nil)
      }
      let head = try await blocking {
        let client = try server.client()
        try client.send("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        return (try client.response(hasBody: false), try client.get("/healthz").body)
      }
      #expect(head.0["Content-Length"] == "3")
      #expect(head.1 == "ok\n")
    }
  }

  @Test func `只有文本才算报文`() async throws {
    try await LoopbackServer.use { server in
      let text = [
        [], ["Content-Type: text/plain;charset=UTF-8"], ["Content-Type: Application/JSON ; charset=utf-8"],
        ["Content-Type: application/x-www-form-urlencoded"], ["Content-Type: multipart/form-data; boundary=a"],
        ["Content-Type: application/vnd.api+json"], ["Content-Encoding: identity"],
      ]
      for headers in text {
        #expect(try await server.ask(RawClient.post(path, "{}", headers: headers)).status == 200, "\(headers)")
      }
      let other = [
        "Content-Type: application/octet-stream", "Content-Type: image/png", "Content-Type: application/zip",
        "Content-Encoding: gzip",
      ]
      for header in other {
        let answer = try await server.ask(RawClient.post(path, "{}", headers: [header]))
        #expect(answer.status == 415, "\(header)")
      }
    }
  }

  @Test func `超出承受的请求立即被请稍后重发`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.maximumInFlight = 3
    let gate = Gate()
    let held: ServedHandler = { request in
      await gate.pass()
      return await LoopbackServer.echo(request)
    }
    try await LoopbackServer.use(configuration, handler: held) { server in
      let clients = try await blocking {
        try (0..<3).map { number in
          let client = try server.client()
          try client.post(path, "\(number)")
          return client
        }
      }
      await gate.holds(3)
      for _ in 0..<20 {
        let refused = try await server.ask(RawClient.post(path, "x"))
        #expect(refused.status == 503)
        #expect(refused["Retry-After"] == "1")
        #expect(refused["Connection"] == nil)
        #expect(refused.body.contains("系统繁忙，未处理"))
      }
      // Whether the process is up can be asked all the same.
      let metrics = try await server.get("/metrics").body
      #expect(metrics.contains("\nyibao_requests_in_flight 3\n"))
      #expect(try await server.get("/healthz").status == 200)
      gate.open()
      let answers = try await blocking { try clients.map { try $0.response().body } }
      #expect(answers == ["-:0", "-:1", "-:2"])
      #expect(try await server.ask(RawClient.post(path, "y")).body == "-:y")
      let after = try await server.get("/metrics").body
      #expect(after.contains("\nyibao_requests_in_flight 0\n"))
    }
  }

  @Test func `是否就绪由存储决定`() async throws {
    try await LoopbackServer.use(isReady: { false }) { server in
      let answer = try await server.get("/readyz")
      #expect(answer.status == 503)
      #expect(answer.body.contains("尚未就绪"))
      #expect(try await server.get("/healthz").status == 200)
    }
    try await LoopbackServer.use { server in
      let answer = try await server.get("/readyz")
      #expect(answer.status == 200)
    }
  }
}
