import NIOCore

/// What one connection may take, in the event loop's units.
struct ConnectionLimits: Sendable {
  let bodyBytes: Int
  let arrival: TimeAmount
  let answer: TimeAmount
  let idle: TimeAmount
  /// How long the rest of a refused request is read and dropped, so that the client gets to read the answer.
  let linger = TimeAmount.seconds(2)

  init(_ configuration: PayerServerConfiguration) {
    bodyBytes = configuration.maximumBodyBytes
    arrival = TimeAmount(configuration.arrivalTimeout)
    answer = TimeAmount(configuration.answerTimeout)
    idle = TimeAmount(configuration.idleTimeout)
  }
}

/// What a connection is waiting for, and until when.
struct Deadline {
  enum Reason {
    case idle
    case arrival
    case answer
    case linger
  }

  let reason: Reason
  let time: NIODeadline
}
