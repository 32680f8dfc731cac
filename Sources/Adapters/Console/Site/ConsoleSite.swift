import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import Workflows

/// The console and the API as one site: takes a request, answers it.
///
/// It knows nothing of connections; whoever serves hands requests in. Views and actions are listed in ``View/all`` and
/// ``Action/all``: routes, navigation, exports and the API's document follow from these lists.
///
/// ```swift
/// let site = ConsoleSite(sources, logger: logger)
/// let response = await site.respond(SiteRequest(method: "GET", target: "/console", headers: [], body: []))
/// ```
public struct ConsoleSite: Sendable {
  private let responder: RouterResponder<SiteContext>
  private let logger: Logger

  /// Opens the site.
  public init(_ sources: ConsoleSources, settings: ConsoleSettings = ConsoleSettings(), logger: Logger) {
    self.logger = logger
    let gate = Gate(sources, settings)
    let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: StrictHeaders(isSecure: settings.isSecure))
    router.add(middleware: FaultPages(gate: gate))
    ConsoleRoutes(gate: gate).add(to: router)
    APIRoutes(gate: gate).add(to: router)
    responder = router.buildResponder()
  }

  /// Answers a request.
  public func respond(_ request: SiteRequest) async -> SiteResponse {
    let context = SiteContext(source: SiteContext.Source(logger: logger))
    guard let method = HTTPRequest.Method(request.method) else { return SiteResponse(status: 400) }
    var fields = HTTPFields()
    for (name, value) in request.headers {
      guard let name = HTTPField.Name(name) else { continue }
      fields.append(HTTPField(name: name, value: value))
    }
    let head = HTTPRequest(
      method: method, scheme: nil, authority: fields[SiteHeader.host], path: request.target, headerFields: fields)
    do {
      let response = try await responder.respond(
        to: Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: request.body))), context: context)
      let body = BodyCollector()
      try await response.body.write(body)
      return SiteResponse(
        status: response.status.code,
        headers: response.headers.filter { $0.name != .contentLength }.map { ($0.name.canonicalName, $0.value) },
        body: body.bytes, route: context.endpointPath)
    } catch {
      logger.error("a page failed", metadata: ["error": "\(error)"])
      return SiteResponse(status: 500)
    }
  }
}

/// A request for the site.
public struct SiteRequest: Sendable {
  /// The method, in capitals.
  public let method: String
  /// Path and query as they came.
  public let target: String
  /// The header fields.
  public let headers: [(name: String, value: String)]
  /// The body, whole.
  public let body: [UInt8]

  /// A request.
  public init(method: String, target: String, headers: [(name: String, value: String)], body: [UInt8]) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// The site's answer.
public struct SiteResponse: Sendable {
  /// The HTTP status.
  public let status: Int
  /// The header fields, without the body's length.
  public let headers: [(name: String, value: String)]
  /// The body, whole.
  public let body: [UInt8]
  /// The route, for logs and metrics: without what the client chose.
  public let route: String?

  init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], route: String? = nil) {
    self.status = status
    self.headers = headers
    self.body = body
    self.route = route
  }
}

/// What routes know of a request.
struct SiteContext: RequestContext {
  /// Where contexts come from: no channel, since the site knows none.
  struct Source: RequestContextSource {
    let logger: Logger
  }

  var coreContext: CoreRequestContextStorage

  init(source: Source) { coreContext = CoreRequestContextStorage(source: source) }
}

/// Takes a body that a response writes; one task at a time does.
private final class BodyCollector: ResponseBodyWriter {
  private(set) var bytes: [UInt8] = []

  func write(_ buffer: ByteBuffer) async throws { bytes += buffer.readableBytesView }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Header fields that the library has no names for.
enum SiteHeader {
  // The literals are tokens, which is all that the initialiser asks for.
  static let host = name("host")
  static let fetchSite = name("sec-fetch-site")

  static func name(_ token: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(token) else { preconditionFailure("\(token) is a token") }
    return name
  }
}
