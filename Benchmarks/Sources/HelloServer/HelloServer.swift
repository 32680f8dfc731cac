import Logging
import ServiceLifecycle
import UnixSignals
import WebService

/// Serves the interface's address with a handler that does nothing: what the HTTP edge alone costs.
///
/// `HelloServer [PORT] [info]`; with `info` every request is logged to standard error, as in operation.
@main
struct HelloServer {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let logsRequests = arguments.contains("info")
    let logger = Logger(label: "hello") { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = logsRequests ? .info : .notice
      return handler
    }
    var configuration = PayerServerConfiguration()
    configuration.port = arguments.first.flatMap { Int($0) } ?? 8080
    // An answer that every scenario can go on from.
    let body = Array(
      #"{"infcode":0,"err_msg":"","output":{"mdtrt_id":"1","setlinfo":{"medfee_sumamt":100.00,"setl_id":"1"}}}"#.utf8)
    let server = PayerServer(
      configuration: configuration, logger: logger,
      onListening: { logger.notice("listening on \($0):\($1)") },
      handler: { request in
        ServedResponse(
          contentType: "application/json; charset=utf-8", body: body, transaction: request.transaction, resultCode: "0")
      })
    try await ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger).run()
  }
}
