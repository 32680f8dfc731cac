import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// A whole request on its way from the connection to the edge.
struct ArrivedRequest: Sendable {
  let head: HTTPRequestHead
  let body: ByteBuffer
}

/// One connection: its pipeline, and the loop that answers its requests one after the other.
struct PayerChannel: ServerChildChannel {
  typealias Value = NIOAsyncChannel<ArrivedRequest, ServedResponse>

  let limits: ConnectionLimits
  let edge: Edge
  /// Whether TLS lies below.
  let isSecure: Bool

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      // Under TLS the end of the bytes is the end of the connection; waiting for a farewell would take seconds.
      if isSecure { try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false) }
      let pipeline = channel.pipeline.syncOperations
      let watch = ByteWatch { [instruments = edge.instruments] in instruments.count(received: $0, sent: $1) }
      try pipeline.addHandler(watch)
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withServerUpgrade: nil, withErrorHandling: false)
      try pipeline.addHandler(ExchangeHandler(limits: limits, watch: watch) { [edge] in edge.refused($0) })
      return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    do {
      try await withTaskCancellationHandler {
        try await value.executeThenClose { inbound, outbound in
          for try await request in inbound { try await outbound.write(await edge.answer(request)) }
        }
      } onCancel: {
        value.channel.close(promise: nil)
      }
    } catch {
      logger.trace("connection ended", metadata: ["reason": "\(error)"])
    }
  }
}
