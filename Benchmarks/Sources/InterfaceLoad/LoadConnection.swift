import NIOCore
import NIOPosix
import Synchronization

/// What all connections of a run share.
final class LoadRun: Sendable {
  let scenario: Scenario
  let envelope: Envelope
  let persons: Int
  let run: String
  let day: String
  /// How many messages may be sent in all.
  let limit: Int
  private let isOver = Atomic(false)
  private let serial = Atomic(0)
  private let sequence = Atomic(0)

  init(scenario: Scenario, envelope: Envelope, persons: Int, run: String, day: String, limit: Int) {
    (self.scenario, self.envelope, self.persons) = (scenario, envelope, persons)
    (self.run, self.day, self.limit) = (run, day, limit)
  }

  /// No connection begins anything after this.
  func end() { isOver.store(true, ordering: .relaxed) }

  var hasEnded: Bool { isOver.load(ordering: .relaxed) }

  /// The next round's number.
  func nextSerial() -> Int { serial.add(1, ordering: .relaxed).oldValue }

  /// The next message's number; `nil` when enough were sent or the time is over.
  func nextSequence() -> Int? {
    guard !hasEnded else { return nil }
    let number = sequence.add(1, ordering: .relaxed).oldValue
    return number < limit ? number : nil
  }
}

/// One connection of the load: sends a message, waits for its answer, sends the next.
final class LoadConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How long a connection rests after an answer that is no success, so that a refusing server is not hammered.
  private static let rest = TimeAmount.milliseconds(5)

  private let load: LoadRun
  private let tally: Tally
  private let worker: Int
  private var received = ByteBuffer()
  private var turn: Turn
  private var step = 0
  private var sent = NIODeadline.now()
  private var isWaiting = false

  init(load: LoadRun, worker: Int, tally: Tally) {
    (self.load, self.worker, self.tally) = (load, worker, tally)
    turn = Self.turn(load, worker)
  }

  func channelActive(context: ChannelHandlerContext) { send(context) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var part = unwrapInboundIn(data)
    if received.readableBytes == 0 { received = part } else { received.writeBuffer(&part) }
    while isWaiting, let answer = AnswerScanner.next(in: &received) { take(answer, context) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isWaiting && !load.hasEnded { tally.fail("connection closed by the server") }
    isWaiting = false
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !load.hasEnded { tally.fail("\(error)") }
    context.close(promise: nil)
  }

  private func send(_ context: ChannelHandlerContext) {
    guard let sequence = load.nextSequence() else { return context.close(promise: nil) }
    let request = load.envelope.request(
      load.scenario.messages[step], turn, sequence: sequence, allocator: context.channel.allocator)
    tally.sentBytes += request.readableBytes
    isWaiting = true
    sent = .now()
    context.writeAndFlush(wrapOutboundOut(request), promise: nil)
  }

  private func take(_ answer: AnswerScanner.Answer, _ context: ChannelHandlerContext) {
    isWaiting = false
    let message = load.scenario.messages[step]
    tally.receivedBytes += answer.bytes
    let isSuccess = answer.status == 200 && AnswerScanner.isSuccess(answer.body)
    if isSuccess {
      tally.succeed(nanoseconds: (NIODeadline.now() - sent).nanoseconds, message.transaction)
    } else {
      let said = AnswerScanner.text(of: "err_msg", in: answer.body) ?? AnswerScanner.text(of: "code", in: answer.body)
      tally.fail("\(message.transaction): HTTP \(answer.status) \(said ?? "")")
    }
    if let visit = AnswerScanner.text(of: "mdtrt_id", in: answer.body) { turn.visit = visit }
    step = isSuccess ? (step + 1) % load.scenario.messages.count : 0
    if step == 0 { turn = Self.turn(load, worker) }
    if isSuccess { return send(context) }
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.rest) {
      if context.channel.isActive { self.send(context) }
    }
  }

  private static func turn(_ load: LoadRun, _ worker: Int) -> Turn {
    Turn(worker: worker, serial: load.nextSerial(), persons: load.persons, run: load.run, day: load.day)
  }
}
