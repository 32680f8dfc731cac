/// How a ``PayerServer`` listens and what it bears.
public struct PayerServerConfiguration: Sendable {
  /// Where to listen, name or number; the default reaches no other machine.
  public var host = "127.0.0.1"
  /// The port; 0 takes a free one, which `onListening` tells.
  public var port = 8080
  /// Where the interface is offered besides ``standardPath``: `/power-csb/powercsb`, `/csb`.
  public var furtherPaths: [String] = []
  /// The longest body, in bytes; a longer one is answered with 413.
  public var maximumBodyBytes = 4 * 1024 * 1024
  /// How many requests may be with the handler at once; one more is answered with 503 and Retry-After.
  public var maximumInFlight = 256
  /// How many pages of the site may be in the making at once; one more is answered with 503 and Retry-After.
  public var maximumPagesInFlight = 32
  /// How many connections may be open; further ones wait in the system's queue.
  public var maximumConnections = 4096
  /// How long a request may take to arrive, from its first byte to its last; a slower one is answered with 408.
  public var arrivalTimeout = Duration.seconds(30)
  /// How long an answer may take.
  ///
  /// The client then gets 504, which says that the outcome is unknown; the handler is left to finish.
  public var answerTimeout = Duration.seconds(60)
  /// How long a connection may be silent between requests before it is closed.
  public var idleTimeout = Duration.seconds(75)
  /// How long `/readyz` says 503 on a stop before the server stops accepting, so that a load balancer looks away first.
  public var stopNotice = Duration.zero
  /// How long requests in flight may take to finish on a stop; connections are then closed.
  public var drainTimeout = Duration.seconds(30)
  /// The certificate and its key; `nil` serves plain HTTP.
  public var tls: TLSFiles?
  /// The keys that requests have to be signed with; `nil` checks no signatures.
  public var gateway: GatewayKeys?

  /// The endpoint of all ordinary transactions of the national interface.
  public static let standardPath = "/fsi/api/rsfComIfsService/callService"

  /// The defaults.
  public init() {}
}

/// The files of a TLS server.
public struct TLSFiles: Sendable {
  /// Path of the certificate chain, PEM, the server's own certificate first.
  public let certificate: String
  /// Path of the private key, PEM.
  public let key: String

  /// The two paths.
  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// Why a server could not start or stop as it should.
public enum PayerServerError: Error, CustomStringConvertible {
  /// A file of the TLS configuration cannot be used.
  case tls(file: String, reason: String)
  /// The address cannot be listened on.
  case listen(host: String, port: Int, reason: String)
  /// Requests were still running when the time for finishing them was over.
  case notDrained(requests: Int)

  /// What happened, in Chinese and English.
  public var description: String {
    switch self {
    case .tls(let file, let reason):
      "证书或私钥不可用 / certificate or key cannot be used: \(file): \(reason)"
    case .listen(let host, let port, let reason):
      "不能监听 / cannot listen on \(host):\(port): \(reason)"
    case .notDrained(let requests):
      "停止时仍有请求未完成 / requests unfinished at the stop: \(requests)"
    }
  }
}
