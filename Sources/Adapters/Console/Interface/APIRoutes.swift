import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Workflows

/// The API: every view and every action under `/api/v1`, as JSON.
struct APIRoutes: Sendable {
  let gate: Gate

  func add(to router: Router<SiteContext>) {
    let document = OpenAPIDocument(views: View.all, actions: Action.all)
    router.get("api/v1/openapi.json") { _, _ in Self.json(try document.bytes()) }
    router.post("api/v1/sign-in") { request, _ in try await signIn(request) }
    router.post("api/v1/sign-out") { request, _ in try await signOut(request) }
    for view in View.all {
      router.get(RouterPath("api/v1/" + view.apiPath)) { request, context in try await show(view, request, context) }
    }
    for action in Action.all {
      router.post(RouterPath("api/v1/" + action.path)) { request, context in
        try await perform(action, request, context)
      }
    }
  }

  private func show(_ view: View, _ request: Request, _ context: SiteContext) async throws -> Response {
    guard let (token, session) = gate.session(of: request) else { return Self.notSignedIn }
    guard session.role.rights.contains(view.right) else { return Self.refused(view.right) }
    let query = try Gate.query(request)
    let language = Gate.language(request, query)
    try await gate.note(.view, request.uri.string, by: session, token: token)
    var values = query
    for (name, value) in ConsoleRoutes.parts(context) { values[name] = value }
    let content = try await view.make(gate.inquiry(values, session, language), gate.sources)
    return Self.json(try AnswerJSON(content: content, language: language).bytes())
  }

  /// Programs show the session's token in the Authorization field, which no foreign page can do; a cookie alone lets
  /// nobody change anything here.
  private func perform(_ action: Action, _ request: Request, _ context: SiteContext) async throws -> Response {
    guard Gate.isBearer(request), let (token, session) = gate.session(of: request) else { return Self.notSignedIn }
    guard session.role.rights.contains(action.right) else { return Self.refused(action.right) }
    let fields = try await Gate.form(request)
    let language = Gate.language(request, try Gate.query(request))
    let result = try await gate.perform(action, fields, ConsoleRoutes.parts(context), (token, session), language)
    switch result {
    case .content(let content): return Self.json(try AnswerJSON(content: content, language: language).bytes())
    case .done(let path), .reveal(_, let path), .changed(_, let path):
      return Self.json(try JSONEncoder().encode(["see": Address.api + "/" + path]))
    }
  }

  private struct Credentials: Decodable {
    let account: String
    let password: String
  }

  private struct Admission: Encodable {
    let token: String
    let account: String
    let role: String
    let idle_minutes: Int
  }

  private func signIn(_ request: Request) async throws -> Response {
    let buffer = try await request.body.collect(upTo: 65_536)
    guard let credentials = try? JSONDecoder().decode(Credentials.self, from: Data(buffer.readableBytesView)) else {
      return Self.problem(
        .badRequest, "bad-request",
        LocalizedText("应为 {\"account\": …, \"password\": …}", "expected {\"account\": …, \"password\": …}"))
    }
    let clock = gate.sources.clock
    switch await gate.accounts.signIn(credentials.account, password: credentials.password, at: clock()) {
    case .failure(let refusal):
      if case .store = refusal { return Self.problem(.serviceUnavailable, "store-unavailable", refusal.message) }
      return Self.problem(.unauthorized, "not-signed-in", refusal.message)
    case .success(let account):
      let (token, _) = gate.sessions.begin(account)
      return Self.json(
        try JSONEncoder().encode(
          Admission(
            token: token, account: account.id, role: account.role.rawValue,
            idle_minutes: gate.settings.idleMinutes)))
    }
  }

  private func signOut(_ request: Request) async throws -> Response {
    guard Gate.isBearer(request), let (token, session) = gate.session(of: request) else { return Self.notSignedIn }
    try await gate.note(.signOut, "", by: session, token: token)
    gate.sessions.end(token)
    return Response(status: .noContent)
  }

  // MARK: Answers

  private static func json(_ bytes: some Sequence<UInt8>) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static var notSignedIn: Response {
    var response = problem(
      .unauthorized, "not-signed-in",
      LocalizedText("请先登录（POST /api/v1/sign-in）", "sign in first (POST /api/v1/sign-in)"))
    response.headers[.wwwAuthenticate] = "Bearer"
    return response
  }

  private static func refused(_ right: Right) -> Response {
    problem(
      .forbidden, "refused",
      LocalizedText("本账户没有「\(right.title.chinese)」权限", "the account may not \(right.title.english)"))
  }

  private struct ProblemDocument: Encodable {
    let type = "about:blank"
    let status: Int
    let code: String
    let title: String
    let title_en: String
  }

  /// A problem document (RFC 9457) in Chinese and English.
  static func problem(_ status: HTTPResponse.Status, _ code: String, _ text: LocalizedText) -> Response {
    let document = ProblemDocument(status: status.code, code: code, title: text.chinese, title_en: text.english)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes: Data
    do { bytes = try encoder.encode(document) } catch { preconditionFailure("texts and a number encode: \(error)") }
    return Response(
      status: status, headers: [.contentType: "application/problem+json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension View {
  /// The path below `/api/v1`; the first page has none of its own there.
  var apiPath: String { path.isEmpty ? "overview" : path }
}
