import Testing
import WebService

private let path = PayerServerConfiguration.standardPath

/// What a connection does with requests that are whole, and with those that never become so.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
  @Test func `一条连接可以先后发送多个请求`() async throws {
    try await LoopbackServer.use { server in
      let answers = try await blocking {
        let client = try server.client()
        return try (1...5).map { number in
          try client.post(path + "/1101", "第\(number)次")
          return try client.response()
        }
      }
      #expect(answers.map(\.status) == [200, 200, 200, 200, 200])
      #expect(answers.map(\.body) == (1...5).map { "1101:第\($0)次" })
      #expect(answers.allSatisfy { $0["Connection"] == nil && $0["Date"]?.hasSuffix(" GMT") == true })
    }
  }

  @Test func `连续发出的请求按次序应答`() async throws {
    try await LoopbackServer.use { server in
      let bodies = try await blocking {
        let client = try server.client()
        try client.send((0..<50).map { RawClient.post(path + "/2207", "\($0)") }.joined())
        return try (0..<50).map { _ in try client.response().body }
      }
      #expect(bodies == (0..<50).map { "2207:\($0)" })
    }
  }

  @Test func `分块传输和逐字节发送的请求照常处理`() async throws {
    try await LoopbackServer.use { server in
      let bodies = try await blocking {
        let client = try server.client()
        try client.send(
          "POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        let chunked = try client.response().body
        for byte in Array(RawClient.post(path, "慢").utf8) { try client.send([byte]) }
        return [chunked, try client.response().body]
      }
      #expect(bodies == ["-:abcde", "-:慢"])
    }
  }

  @Test func `先发空行的客户端和一点零版的客户端`() async throws {
    try await LoopbackServer.use { server in
      let (first, isClosed) = try await blocking {
        let client = try server.client()
        try client.send("\r\nPOST \(path) HTTP/1.0\r\nContent-Length: 1\r\n\r\n1")
        return (try client.response(), client.isClosedByServer())
      }
      #expect(first.status == 200)
      #expect(first["Connection"] == "close")
      #expect(isClosed)
    }
  }

  @Test func `要求升级协议的请求得到应答并关闭连接`() async throws {
    try await LoopbackServer.use { server in
      let (answer, isClosed) = try await blocking {
        let client = try server.client()
        let upgrade = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"]
        try client.post(path, "x", headers: upgrade)
        return (try client.response(), client.isClosedByServer())
      }
      #expect(answer.status == 200)
      #expect(answer.body == "-:x")
      #expect(answer["Connection"] == "close")
      #expect(isClosed)
    }
  }

  @Test func `正文大小的界限`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.maximumBodyBytes = 100_000
    try await LoopbackServer.use(configuration) { server in
      let fits = try await server.ask(RawClient.post(path, String(repeating: "x", count: 100_000)))
      #expect(fits.status == 200)
      #expect(fits.body.utf8.count == 100_002)
      // The whole body is sent before the answer is read: it must not be lost to a reset.
      for extra in [1, 20_000_000] {
        let body = String(repeating: "x", count: 100_000 + extra)
        let declared = try await server.ask(RawClient.post(path, body))
        #expect(declared.status == 413)
        #expect(declared["Content-Type"] == "application/problem+json; charset=utf-8")
        #expect(declared.body.contains("请求体超过 100000 字节"))
        #expect(declared["Connection"] == "close")
      }
      let size = String(100_001, radix: 16)
      let chunked = try await server.ask(
        "POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(size)\r\n"
          + String(repeating: "x", count: 100_001) + "\r\n0\r\n\r\n")
      #expect(chunked.status == 413)
    }
  }

  @Test func `先问能否发送正文的客户端`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.maximumBodyBytes = 10
    try await LoopbackServer.use(configuration) { server in
      let (go, answer, refused) = try await blocking {
        let client = try server.client()
        let head = "POST \(path) HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
        try client.send(head + "2\r\n\r\n")
        let go = try client.response()
        try client.send("ok")
        let answer = try client.response()
        try client.send(head + "11\r\n\r\n")
        return (go, answer, try client.response())
      }
      #expect(go.status == 100)
      #expect(answer.body == "-:ok")
      #expect(refused.status == 413)
    }
  }

  @Test func `不成其为请求的字节得到说明`() async throws {
    try await LoopbackServer.use { server in
      let broken = [
        "hello\r\n\r\n", "POST \(path) HTTP/1.1\r\nContent-Length: x\r\n\r\n", "GET /healthz HTTP/9.7\r\n\r\n",
        "POST \(path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n",
      ]
      for text in broken {
        let answer = try await server.ask(text)
        #expect(answer.status == 400, "\(text)")
        #expect(answer.body.contains("不是正确的 HTTP 请求"))
      }
      let long = try await server.ask("GET /healthz HTTP/1.1\r\nX: \(String(repeating: "y", count: 90_000))\r\n\r\n")
      #expect(long.status == 431)
      // The requests before the broken one are answered first.
      let answers = try await blocking {
        let client = try server.client()
        try client.send(RawClient.post(path, "1") + "nonsense\r\n\r\n")
        return [try client.response(), try client.response()]
      }
      #expect(answers.map(\.status) == [200, 400])
    }
  }

  @Test func `半路停下的请求到时得到说明`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.arrivalTimeout = .seconds(2)
    try await LoopbackServer.use(configuration) { server in
      for text in ["POST \(path) HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc", "POST \(path) HT"] {
        let answer = try await server.ask(text)
        #expect(answer.status == 408)
        #expect(answer.body.contains("请求未在时限内收全"))
      }
      // A connection that was used before is no different.
      let answers = try await blocking {
        let client = try server.client()
        try client.post(path, "1")
        let first = try client.response()
        try client.send("POST ")
        return [first, try client.response()]
      }
      #expect(answers.map(\.status) == [200, 408])
    }
  }

  @Test func `闲置的连接到时关闭而不发任何字节`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.idleTimeout = .seconds(2)
    try await LoopbackServer.use(configuration) { server in
      let isClosed = try await blocking {
        let (fresh, used) = (try server.client(), try server.client())
        try used.post(path, "1")
        _ = try used.response()
        return [fresh.isClosedByServer(), used.isClosedByServer()]
      }
      #expect(isClosed == [true, true])
    }
  }

  @Test func `迟迟没有结果的请求得知结果未知`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.answerTimeout = .milliseconds(300)
    let gate = Gate()
    let held: ServedHandler = { request in
      await gate.pass()
      return await LoopbackServer.echo(request)
    }
    try await LoopbackServer.use(configuration, handler: held) { server in
      let answer = try await server.ask(RawClient.post(path, "1"))
      #expect(answer.status == 504)
      #expect(answer.body.contains("2601"))
      gate.open()
      // A busy machine may be too slow for the limit once or twice more.
      var later = try await server.ask(RawClient.post(path, "2"))
      for _ in 0..<100 where later.status == 504 { later = try await server.ask(RawClient.post(path, "2")) }
      #expect(later.body == "-:2")
    }
  }

  @Test func `发完即关写端的客户端仍得到应答`() async throws {
    try await LoopbackServer.use { server in
      let answer = try await blocking {
        let client = try server.client()
        try client.post(path, "1")
        client.finishSending()
        return try client.response()
      }
      #expect(answer.body == "-:1")
    }
  }
}
