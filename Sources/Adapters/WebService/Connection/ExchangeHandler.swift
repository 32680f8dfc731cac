import NIOCore
import NIOHTTP1

/// Turns the parts of HTTP/1.1 into whole requests and answers into parts.
///
/// What does not arrive whole, in time and within the limits is answered here, in its turn after the requests before
/// it; the connection is then closed in a way that lets the client read the answer. At most one timer runs per
/// connection, and none is started for a request that is answered quickly.
final class ExchangeHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = ArrivedRequest
  typealias OutboundIn = ServedResponse
  typealias OutboundOut = HTTPServerResponsePart

  private enum Reading {
    case nothing
    case body(HTTPRequestHead, ByteBuffer)
    /// The rest of a request that was refused.
    case dropped
  }

  /// What has to be remembered of a request until its answer is written.
  private struct Waiting {
    let isHead: Bool
    let keepsAlive: Bool
  }

  private let limits: ConnectionLimits
  private let watch: ByteWatch
  private let refused: @Sendable (Problem) -> Void
  private var reading = Reading.nothing
  private var waiting = CircularBuffer<Waiting>(initialCapacity: 2)
  private var refusal: Problem?
  private var isDraining = false
  private var isFinished = false
  private var deadline: Deadline?
  private var timer: (scheduled: Scheduled<Void>, time: NIODeadline)?
  private var date = HTTPDate()

  /// - Parameters:
  ///   - watch: The byte counter of the same connection.
  ///   - refused: Is told of every request that is answered here.
  init(limits: ConnectionLimits, watch: ByteWatch, refused: @escaping @Sendable (Problem) -> Void) {
    self.limits = limits
    self.watch = watch
    self.refused = refused
  }

  // MARK: Coming in

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { wait(.idle, limits.idle, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    wait(.idle, limits.idle, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    forgetTimer()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { forgetTimer() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isFinished, refusal == nil else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(let part): extend(with: part, context)
    case .end: complete(context)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // The first bytes of a head that is not whole yet.
    if deadline?.reason == .idle, watch.pendingBytes > 0 { wait(.arrival, limits.arrival, context) }
    context.fireChannelReadComplete()
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > limits.bodyBytes {
      return refuse(.tooLarge(limit: limits.bodyBytes), context)
    }
    if waiting.isEmpty {
      wait(.arrival, limits.arrival, context)
      if head.headers[canonicalForm: "expect"].contains(where: { $0.lowercased() == "100-continue" }) {
        context.writeAndFlush(
          wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
      }
    }
    reading = .body(head, ByteBuffer())
  }

  private func extend(with part: ByteBuffer, _ context: ChannelHandlerContext) {
    guard case .body(let head, var body) = reading else { return }
    // Lets go of the stored copy, so that appending does not copy.
    reading = .nothing
    guard body.readableBytes + part.readableBytes <= limits.bodyBytes else {
      return refuse(.tooLarge(limit: limits.bodyBytes), context)
    }
    if body.readableBytes == 0 {
      body = part
    } else {
      body.writeImmutableBuffer(part)
    }
    reading = .body(head, body)
  }

  private func complete(_ context: ChannelHandlerContext) {
    guard case .body(let head, let body) = reading else { return }
    reading = .nothing
    watch.pendingBytes = 0
    // The decoder reads nothing after a request to upgrade, which this server never does.
    let keepsAlive = head.isKeepAlive && !head.headers.contains(name: "upgrade")
    waiting.append(Waiting(isHead: head.method == .HEAD, keepsAlive: keepsAlive))
    if waiting.count == 1 { wait(.answer, limits.answer, context) }
    context.fireChannelRead(wrapInboundOut(ArrivedRequest(head: head, body: body)))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
    guard !isFinished, refusal == nil else { return }
    refuse(error == .headerOverflow ? .headersTooLarge : .malformed, context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      isDraining = true
      // A request whose first bytes are here is let in.
      if case .nothing = reading, waiting.isEmpty, !isFinished, watch.pendingBytes == 0 { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: Going out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    // An answer that comes after the client was told that the outcome is unknown.
    guard !isFinished, let request = waiting.popFirst() else {
      promise?.succeed()
      return
    }
    let keepsAlive = request.keepsAlive && !isDraining
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    write(unwrapOutboundIn(data), isHead: request.isHead, keepsAlive: keepsAlive, written, context)
    if !keepsAlive {
      isFinished = true
      closeAfter(written.futureResult, context)
    } else if !waiting.isEmpty {
      wait(.answer, limits.answer, context)
    } else if refusal != nil {
      answerRefusal(context)
    } else if case .body = reading {
      wait(.arrival, limits.arrival, context)
    } else {
      wait(.idle, limits.idle, context)
    }
  }

  private func write(
    _ response: ServedResponse, isHead: Bool, keepsAlive: Bool, _ promise: EventLoopPromise<Void>,
    _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders()
    headers.reserveCapacity(response.headers.count + 4)
    headers.add(name: "Content-Type", value: response.contentType)
    headers.add(name: "Content-Length", value: String(response.body.count))
    headers.add(name: "Date", value: date.text())
    if !keepsAlive { headers.add(name: "Connection", value: "close") }
    for field in response.headers { headers.add(name: field.name, value: field.value) }
    let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: response.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !isHead && !response.body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
    }
    context.write(wrapOutboundOut(.end(nil)), promise: promise)
  }

  // MARK: Refusing

  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    reading = .dropped
    refusal = problem
    if waiting.isEmpty { answerRefusal(context) }
  }

  /// Answers what was refused, then drops what still comes until the client closes, for a while.
  private func answerRefusal(_ context: ChannelHandlerContext) {
    guard let problem = refusal else { return }
    isFinished = true
    refused(problem)
    let written = context.eventLoop.makePromise(of: Void.self)
    write(problem.response, isHead: false, keepsAlive: false, written, context)
    context.flush()
    wait(.linger, limits.linger, context)
    // Closing at once would reset the connection while the client still sends, and take the answer from it.
    written.futureResult.assumeIsolated().whenSuccess { context.close(mode: .output, promise: nil) }
  }

  private func closeAfter(_ written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
    written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
  }

  // MARK: Time

  private func wait(_ reason: Deadline.Reason, _ time: TimeAmount, _ context: ChannelHandlerContext) {
    let end = NIODeadline.now() + time
    deadline = Deadline(reason: reason, time: end)
    // A timer that fires earlier looks at the deadline and starts anew, so a busy connection hardly ever starts one.
    if let timer, timer.time <= end { return }
    startTimer(end, context)
  }

  private func startTimer(_ time: NIODeadline, _ context: ChannelHandlerContext) {
    forgetTimer()
    let scheduled = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) { self.timerFired(context) }
    timer = (scheduled, time)
  }

  private func forgetTimer() {
    timer?.scheduled.cancel()
    timer = nil
  }

  private func timerFired(_ context: ChannelHandlerContext) {
    timer = nil
    guard let deadline, context.channel.isActive else { return }
    guard deadline.time <= .now() else { return startTimer(deadline.time, context) }
    self.deadline = nil
    switch deadline.reason {
    case .idle, .linger:
      context.close(promise: nil)
    case .arrival:
      refuse(.slowRequest, context)
    case .answer:
      waiting.removeAll()
      refuse(.outcomeUnknown, context)
    }
  }
}
