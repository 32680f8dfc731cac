import NIOCore

/// Counts the bytes of a connection, and knows whether any came since the last whole request.
final class ByteWatch: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  /// Bytes of a request that is not whole yet.
  var pendingBytes = 0
  private let count: @Sendable (_ received: Int, _ sent: Int) -> Void

  init(count: @escaping @Sendable (_ received: Int, _ sent: Int) -> Void) { self.count = count }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data).readableBytes
    pendingBytes += bytes
    count(bytes, 0)
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    count(0, unwrapOutboundIn(data).readableBytes)
    context.write(data, promise: promise)
  }
}
