import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WebService

extension Logger {
  /// A logger that says nothing.
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// Runs blocking work on a thread of its own: the cooperative pool belongs to the server under test.
func blocking<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}

/// A server on a free port of the loopback.
struct LoopbackServer: Sendable {
  let port: Int
  let group: ServiceGroup
  let run: Task<Void, any Error>

  /// Asks the server to stop, as SIGTERM does.
  func beginStop() async { await group.triggerGracefulShutdown() }

  /// A new connection.
  func client() throws -> RawClient { try RawClient(port: port) }

  /// Sends one request on a connection of its own.
  func ask(_ text: String) async throws -> RawResponse {
    try await blocking { [self] in
      let client = try client()
      try client.send(text)
      return try client.response()
    }
  }

  /// Asks for a page on a connection of its own.
  func get(_ path: String) async throws -> RawResponse {
    try await blocking { [self] in try client().get(path) }
  }

  /// Starts a server, hands it to the test, and stops it; the stop has to end without an error.
  static func use(
    _ configuration: PayerServerConfiguration = PayerServerConfiguration(),
    registry: PrometheusRegistry = PrometheusRegistry(), logger: Logger? = nil,
    isReady: @escaping @Sendable () async -> Bool = { true },
    onStopped: @escaping @Sendable () async -> Void = {},
    handler: @escaping ServedHandler = echo, body: (LoopbackServer) async throws -> Void
  ) async throws {
    var configuration = configuration
    configuration.port = 0
    let logger = logger ?? .silent
    let (ports, known) = AsyncStream<Int>.makeStream()
    let server = PayerServer(
      configuration: configuration, registry: registry, logger: logger, isReady: isReady,
      onListening: { _, port in known.yield(port) }, onStopped: onStopped, handler: handler)
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)], logger: logger))
    let run = Task {
      defer { known.finish() }
      try await group.run()
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await run.value
      Issue.record("the server ended before it listened")
      return
    }
    do {
      try await body(LoopbackServer(port: port, group: group, run: run))
    } catch {
      await group.triggerGracefulShutdown()
      try? await run.value
      throw error
    }
    await group.triggerGracefulShutdown()
    try await run.value
  }

  /// Answers with the transaction number and the body.
  static let echo: ServedHandler = { request in
    ServedResponse(
      contentType: "text/plain; charset=utf-8", body: Array("\(request.transaction ?? "-"):".utf8) + request.body,
      transaction: request.transaction, resultCode: "0")
  }
}

/// Holds requests until it is opened.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var held: [CheckedContinuation<Void, Never>] = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  /// Waits until the gate is open.
  func pass() async {
    await withCheckedContinuation { continuation in
      let due = state.withLock { state -> [CheckedContinuation<Void, Never>] in
        if state.isOpen { return [continuation] }
        state.held.append(continuation)
        let reached = state.watchers.filter { $0.count <= state.held.count }
        state.watchers.removeAll { $0.count <= state.held.count }
        return reached.map(\.continuation)
      }
      for one in due { one.resume() }
    }
  }

  /// Waits until so many are held.
  func holds(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        if state.held.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isReached { continuation.resume() }
    }
  }

  /// Lets all pass, those held and those to come.
  func open() {
    let held = state.withLock { state in
      state.isOpen = true
      defer { state.held = [] }
      return state.held
    }
    for one in held { one.resume() }
  }
}
