import Logging
import NIOCore
import NIOHTTP1

/// Decides what becomes of a whole request: its path, its method, its signature, whether there is room for it; then
/// hands it to the handler, counts it and logs it.
struct Edge: Sendable {
  let routes: Routes
  let gateway: GatewayKeys?
  let admission: Admission
  let instruments: Instruments
  let logger: Logger
  let isReady: @Sendable () async -> Bool
  let handler: ServedHandler
  /// Answers the paths of the site, when there is one, and how many of its pages may be in the making: they never take
  /// the interface's places.
  let site: ServedHandler?
  let siteAdmission: Admission

  /// The answer to a request.
  func answer(_ arrived: ArrivedRequest) async -> ServedResponse {
    let start = ContinuousClock.now
    let (path, query) = Self.split(arrived.head.uri)
    guard let route = routes.route(path) else {
      return finish(Problem.notFound.response, arrived, "(unknown)", start)
    }
    let method = arrived.head.method.rawValue
    guard route.allows(method) else {
      return finish(Problem.wrongMethod(allowed: route.methods).response, arrived, route.template, start)
    }
    switch route {
    case .interface(_, let transaction):
      let response = await call(arrived, path: path, query: query, transaction: transaction)
      return finish(response, arrived, route.template, start)
    case .site:
      let response = await page(arrived, path: path, query: query)
      return finish(response, arrived, response.route ?? route.template, start)
    case .health: return Self.plain("ok\n")
    case .readiness: return await readiness()
    case .metrics:
      return ServedResponse(
        contentType: "text/plain; version=0.0.4; charset=utf-8", body: Array(instruments.text().utf8))
    }
  }

  /// Counts and logs a request that the connection refused before it was whole.
  func refused(_ problem: Problem) {
    instruments.count(transaction: "none", resultCode: problem.name, elapsed: .zero)
    logger.info("refused", metadata: ["status": "\(problem.status)", "code": "\(problem.name)"])
  }

  private func call(
    _ arrived: ArrivedRequest, path: String, query: String, transaction: String?
  ) async -> ServedResponse {
    guard Self.isText(arrived.head.headers) else { return Problem.notText.response }
    let headers = ServedHeaders(arrived.head.headers.map { (name: $0.name, value: $0.value) })
    var identity: GatewayIdentity?
    if let gateway {
      switch gateway.check(headers, transaction: transaction) {
      case .success(let checked): identity = checked
      case .failure(let refusal): return refusal.response
      }
    }
    guard admission.enter() else { return Problem.overloaded.response }
    defer { admission.leave() }
    return await handler(
      ServedRequest(
        method: arrived.head.method.rawValue, path: path, query: query, transaction: transaction, headers: headers,
        body: Array(arrived.body.readableBytesView), gateway: identity))
  }

  private func page(_ arrived: ArrivedRequest, path: String, query: String) async -> ServedResponse {
    guard let site else { return Problem.notFound.response }
    guard siteAdmission.enter() else { return Problem.overloaded.response }
    defer { siteAdmission.leave() }
    return await site(
      ServedRequest(
        method: arrived.head.method.rawValue, path: path, query: query,
        headers: ServedHeaders(arrived.head.headers.map { (name: $0.name, value: $0.value) }),
        body: Array(arrived.body.readableBytesView)))
  }

  private func readiness() async -> ServedResponse {
    if admission.isDraining { return Problem.draining.response }
    return await isReady() ? Self.plain("ready\n") : Problem.notReady.response
  }

  private func finish(
    _ response: ServedResponse, _ arrived: ArrivedRequest, _ template: String, _ start: ContinuousClock.Instant
  ) -> ServedResponse {
    let elapsed = ContinuousClock.now - start
    let transaction = response.transaction ?? "none"
    let code = response.resultCode ?? "\(response.status)"
    instruments.count(transaction: transaction, resultCode: code, elapsed: elapsed)
    logger.info(
      "request",
      metadata: [
        "method": "\(arrived.head.method.rawValue)", "route": "\(template)", "infno": "\(transaction)",
        "status": "\(response.status)", "code": "\(code)", "in": "\(arrived.body.readableBytes)",
        "out": "\(response.body.count)", "ms": "\(elapsed.milliseconds)",
      ])
    return response
  }

  /// Path and query of a request target; what a proxy would send (`http://host/path`) is cut to its path.
  static func split(_ target: String) -> (path: String, query: String) {
    var rest = target[...]
    if !rest.hasPrefix("/"), let colon = rest.firstRange(of: "://") {
      rest = rest[colon.upperBound...]
      rest = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
    }
    guard let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (String(rest), "") }
    return (String(rest[..<mark]), String(rest[rest.index(after: mark)...]))
  }

  /// Whether a body may be text: clients send JSON as `text/plain`, as a form or with no type at all.
  static func isText(_ headers: HTTPHeaders) -> Bool {
    if let coding = headers.first(name: "content-encoding"), coding.lowercased() != "identity" { return false }
    guard let field = headers.first(name: "content-type"), !field.isEmpty else { return true }
    // What nearly every client sends, before anything is taken apart.
    if field.hasPrefix("application/json") && (field.utf8.count == 16 || field.utf8.dropFirst(16).first == 0x3B) {
      return true
    }
    let type = field.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    return type.hasPrefix("text/") || type.hasSuffix("+json")
      || ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"].contains(type)
  }

  private static func plain(_ text: String) -> ServedResponse {
    ServedResponse(contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
  }
}

extension Duration {
  /// Milliseconds with three decimals: `12.345`.
  var milliseconds: String {
    let micros = components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    let rest = String(micros % 1000)
    return "\(micros / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
