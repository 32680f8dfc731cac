import Synchronization
import Testing
import WebService

private let path = PayerServerConfiguration.standardPath

/// What a stop lets finish, what it refuses, and in which order.
@Suite(.timeLimit(.minutes(1)))
struct StopTests {
  @Test func `停止时先让已收到的请求完成再关闭存储`() async throws {
    let gate = Gate()
    let events = Mutex<[String]>([])
    let held: ServedHandler = { request in
      await gate.pass()
      events.withLock { $0.append("answered") }
      return await LoopbackServer.echo(request)
    }
    let close: @Sendable () async -> Void = { events.withLock { $0.append("store closed") } }
    try await LoopbackServer.use(onStopped: close, handler: held) { server in
      let (busy, idle) = try await blocking {
        let (busy, idle) = (try server.client(), try server.client())
        _ = try idle.get("/healthz")
        try busy.post(path, "1")
        return (busy, idle)
      }
      await gate.holds(1)
      await server.beginStop()
      // An idle connection is closed at once, and nothing new gets in.
      let isIdleClosed = try await blocking { idle.isClosedByServer() }
      #expect(isIdleClosed)
      await #expect(throws: RawClientError.connect(111)) { try await server.get("/healthz") }
      #expect(events.withLock { $0 } == [])
      gate.open()
      let (answer, isClosed) = try await blocking { (try busy.response(), busy.isClosedByServer()) }
      #expect(answer.body == "-:1")
      #expect(answer["Connection"] == "close")
      #expect(isClosed)
      try await server.run.value
      #expect(events.withLock { $0 } == ["answered", "store closed"])
    }
    #expect(events.withLock { $0 } == ["answered", "store closed"])
  }

  @Test func `停止时已发出一半的请求仍得到应答`() async throws {
    try await LoopbackServer.use { server in
      let client = try await blocking {
        let client = try server.client()
        _ = try client.get("/healthz")
        try client.send("POST \(path) HTTP/1.1\r\nContent-")
        return client
      }
      // Time for the half to be read.
      try await Task.sleep(for: .milliseconds(100))
      await server.beginStop()
      // The stop has begun once nobody is let in any more.
      for _ in 0..<200 where (try? await blocking({ _ = try server.client() })) != nil {
        try await Task.sleep(for: .milliseconds(10))
      }
      let answer = try await blocking {
        try client.send("Length: 1\r\n\r\n1")
        return try client.response()
      }
      #expect(answer.body == "-:1")
      #expect(answer["Connection"] == "close")
    }
  }

  @Test func `停止前的预告期内仍受理但不再就绪`() async throws {
    var configuration = PayerServerConfiguration()
    // Longer than any machine takes for two requests; the cancellation at the end cuts it short.
    configuration.stopNotice = .seconds(50)
    try await LoopbackServer.use(configuration) { server in
      await server.beginStop()
      var ready = try await server.get("/readyz")
      for _ in 0..<20 where ready.status == 200 { ready = try await server.get("/readyz") }
      #expect(ready.status == 503)
      #expect(ready.body.contains("正在停止服务"))
      let answer = try await server.ask(RawClient.post(path, "1"))
      #expect(answer.body == "-:1")
      server.run.cancel()
    }
  }

  @Test func `超过停止时限的请求被断开而存储仍会关闭`() async throws {
    var configuration = PayerServerConfiguration()
    configuration.drainTimeout = .milliseconds(200)
    let isStoreClosed = Mutex(false)
    let gate = Gate()
    // It heeds the cancellation, as a handler that waits for a lock would.
    let held: ServedHandler = { request in
      await withTaskCancellationHandler {
        await gate.pass()
      } onCancel: {
        gate.open()
      }
      return await LoopbackServer.echo(request)
    }
    let close: @Sendable () async -> Void = { isStoreClosed.withLock { $0 = true } }
    try await LoopbackServer.use(configuration, onStopped: close, handler: held) { server in
      let client = try await blocking {
        let client = try server.client()
        try client.post(path, "1")
        return client
      }
      await gate.holds(1)
      await server.beginStop()
      try await server.run.value
      let isCut = try await blocking { client.isClosedByServer() }
      #expect(isCut)
    }
    #expect(isStoreClosed.withLock { $0 })
  }

  @Test func `占用的端口和坏证书说明原因`() async throws {
    try await LoopbackServer.use { server in
      var configuration = PayerServerConfiguration()
      configuration.port = server.port
      let isStoreClosed = Mutex(false)
      let second = PayerServer(
        configuration: configuration, logger: .silent, onStopped: { isStoreClosed.withLock { $0 = true } },
        handler: LoopbackServer.echo)
      let error = await #expect(throws: PayerServerError.self) { try await second.run() }
      #expect(error.map { "\($0)" }?.hasPrefix("不能监听 / cannot listen on 127.0.0.1:\(server.port)") == true)
      #expect(isStoreClosed.withLock { $0 })
    }
    var configuration = PayerServerConfiguration()
    configuration.tls = TLSFiles(certificate: "/nowhere/chain.pem", key: "/nowhere/key.pem")
    let server = PayerServer(configuration: configuration, logger: .silent, handler: LoopbackServer.echo)
    let error = await #expect(throws: PayerServerError.self) { try await server.run() }
    #expect(error.map { "\($0)" }?.contains("/nowhere/chain.pem") == true)
  }
}
