import Glibc
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import ServiceLifecycle

/// The HTTP server of the payer: takes the interface's calls, hands them to a handler, and answers everything else.
///
/// It knows nothing of messages. Bodies and personal data are never logged.
///
/// ```swift
/// let server = PayerServer(configuration: .init(), logger: logger) { request in await answer(request) }
/// try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
/// ```
public struct PayerServer: Service {
  private let configuration: PayerServerConfiguration
  private let admission: Admission
  private let edge: Edge
  private let logger: Logger
  private let onListening: @Sendable (String, Int) -> Void
  private let onStopped: @Sendable () async -> Void

  /// A server that is not running yet.
  ///
  /// - Parameters:
  ///   - registry: Where metrics are kept; `/metrics` shows all of it.
  ///   - isReady: Whether what the handler needs, the store above all, can be used: `/readyz`.
  ///   - onListening: Is told host and port once connections are taken.
  ///   - onStopped: Runs after the last request is answered, or given up: closes the store.
  ///   - site: Answers every path that is not the interface's or the server's own; without it they are not found.
  ///   - handler: Answers the calls of the interface.
  public init(
    configuration: PayerServerConfiguration, registry: PrometheusRegistry = PrometheusRegistry(), logger: Logger,
    isReady: @escaping @Sendable () async -> Bool = { true },
    onListening: @escaping @Sendable (_ host: String, _ port: Int) -> Void = { _, _ in },
    onStopped: @escaping @Sendable () async -> Void = {}, site: ServedHandler? = nil,
    handler: @escaping ServedHandler
  ) {
    self.configuration = configuration
    self.logger = logger
    self.onListening = onListening
    self.onStopped = onStopped
    admission = Admission(limit: configuration.maximumInFlight)
    edge = Edge(
      routes: Routes(furtherPaths: configuration.furtherPaths, hasSite: site != nil), gateway: configuration.gateway,
      admission: admission,
      instruments: Instruments(registry: registry, admission: admission), logger: logger, isReady: isReady,
      handler: handler, site: site, siteAdmission: Admission(limit: configuration.maximumPagesInFlight))
  }

  /// Listens until the service group stops, finishes what is in flight, then runs `onStopped`.
  ///
  /// - Throws: ``PayerServerError``.
  public func run() async throws {
    do {
      let channel = PayerChannel(
        limits: ConnectionLimits(configuration), edge: edge, isSecure: configuration.tls != nil)
      if let tls = configuration.tls {
        try await serve(TLSChannel(channel, tlsConfiguration: Self.configuration(of: tls)))
      } else {
        try await serve(channel)
      }
    } catch {
      await onStopped()
      throw error
    }
    await onStopped()
  }

  private func serve(_ channel: some ServerChildChannel) async throws {
    let admission = admission
    let server = Server(
      childChannelSetup: channel,
      configuration: ServerConfiguration(
        address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
      onServerRunning: { [onListening] in
        onListening($0.localAddress?.ipAddress ?? "", $0.localAddress?.port ?? 0)
      },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    let ending = ServerEnding()
    // Detached, because the stop has steps of its own before the server's: the notice, and the time limit.
    let serving = Task.detached {
      do {
        try await server.run()
        ending.end(nil)
      } catch {
        ending.end(admission.isDraining ? nil : error)
      }
    }
    let drain = DrainOrder(
      notice: configuration.stopNotice, limit: configuration.drainTimeout, admission: admission, logger: logger)
    let error = await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await ending.value()
      } onGracefulShutdown: {
        Task.detached {
          await drain.run(ending, stop: { try? await server.shutdownGracefully() }, abort: { serving.cancel() })
        }
      }
    } onCancel: {
      serving.cancel()
    }
    if let error = error as? PayerServerError { throw error }
    if let error {
      let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
      throw PayerServerError.listen(host: configuration.host, port: configuration.port, reason: reason)
    }
  }

  private static func configuration(of files: TLSFiles) throws(PayerServerError) -> TLSConfiguration {
    let chain: [NIOSSLCertificateSource]
    do {
      chain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) }
    } catch {
      throw .tls(file: files.certificate, reason: "\(error)")
    }
    do {
      let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      // A key of another certificate is found here, not at the first connection.
      _ = try NIOSSLContext(configuration: configuration)
      return configuration
    } catch {
      throw .tls(file: files.key, reason: "\(error)")
    }
  }
}
