import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
import Workflows

/// Who may pass: finds the session of a request, checks rights and the form's token, writes the trail.
struct Gate: Sendable {
  let sources: ConsoleSources
  let settings: ConsoleSettings
  let sessions: SessionRegister
  let accounts: AccountDesk
  let renderer = PageRenderer()

  init(_ sources: ConsoleSources, _ settings: ConsoleSettings) {
    self.sources = sources
    self.settings = settings
    sessions = SessionRegister(settings, clock: sources.clock)
    accounts = sources.accountDesk
  }

  /// The session's token and the session, from the cookie or, for programs, the Authorization field.
  func session(of request: Request) -> (token: String, session: Session)? {
    let bearer = request.headers[.authorization].flatMap { field in
      field.hasPrefix("Bearer ") ? String(field.dropFirst("Bearer ".count)) : nil
    }
    guard let token = bearer ?? request.cookies[Self.cookie]?.value, let session = sessions.session(token) else {
      return nil
    }
    return (token, session)
  }

  /// Whether a request with a body comes from the site itself.
  ///
  /// Programs show a token that no other page can know; browsers say where they come from.
  static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[SiteHeader.fetchSite], site != "same-origin", site != "none" { return false }
    guard let origin = request.headers[.origin] else { return true }
    guard let host = request.head.authority else { return false }
    return origin == "http://\(host)" || origin == "https://\(host)"
  }

  static func isBearer(_ request: Request) -> Bool { request.headers[.authorization]?.hasPrefix("Bearer ") ?? false }

  static let cookie = "yibao_session"
  static let languageCookie = "yibao_language"
  static let formToken = "form_token"
  /// The longest form.
  static let longestBody = 1_048_576

  // MARK: Reading requests

  /// The language that is asked for: by the query, the cookie, the browser.
  static func language(_ request: Request, _ query: [String: String]) -> Language {
    if let asked = query["lang"].flatMap(Language.init(rawValue:)) { return asked }
    if let kept = request.cookies[languageCookie]?.value, let language = Language(rawValue: kept) { return language }
    // Chinese first: English only for browsers that do not name Chinese at all.
    guard let accepted = request.headers[.acceptLanguage]?.lowercased() else { return .chinese }
    return accepted.contains("zh") || !accepted.contains("en") ? .chinese : .english
  }

  /// The query's parameters; the last of those with one name.
  static func query(_ request: Request) throws(ViewFault) -> [String: String] {
    guard let query = request.uri.query, !query.isEmpty else { return [:] }
    return try values(query)
  }

  /// A form's fields, or those of a JSON object of texts.
  static func form(_ request: Request) async throws(ViewFault) -> [String: String] {
    guard let buffer = try? await request.body.collect(upTo: longestBody) else {
      throw .parameter("", LocalizedText("内容超过 1 MB", "more than 1 MB"))
    }
    if request.headers[.contentType]?.hasPrefix("application/json") ?? false {
      guard let object = try? JSONDecoder().decode([String: String].self, from: Data(buffer.readableBytesView)) else {
        throw .parameter("", LocalizedText("应为字段和文本值的 JSON 对象", "expected a JSON object of texts"))
      }
      return object.filter { !$0.value.isEmpty }
    }
    return try values(String(buffer: buffer))
  }

  private static func values(_ text: String) throws(ViewFault) -> [String: String] {
    guard let decoded = try? URLEncodedFormDecoder().decode([String: String].self, from: text) else {
      throw .parameter("", LocalizedText("不是正确的查询或表单", "not a well-formed query or form"))
    }
    return decoded.filter { !$0.value.isEmpty }
  }

  /// What is asked, with the parts of the path.
  func inquiry(
    _ values: [String: String], _ session: Session, _ language: Language, isExport: Bool = false
  ) -> Inquiry {
    Inquiry(
      values: values, language: language, account: session.account, role: session.role, now: sources.clock(),
      revealed: Set(session.revealed.keys), isExport: isExport)
  }

  // MARK: Trail

  /// Writes down what somebody does; a look at the same page within a minute is one look.
  func note(
    _ action: TrailAction, _ object: String, by session: Session, token: String, outcome: String = "ok",
    reason: String = ""
  ) async throws(ViewFault) {
    if action == .view && !sessions.isNew(object, in: token) { return }
    let entry = TrailEntry(
      account: session.account, time: "\(sources.clock())", action: action, object: String(object.prefix(500)),
      outcome: outcome, reason: String(reason.prefix(500)))
    if case .failure(.store(let error)) = await accounts.record(entry) { throw .store(error) }
  }
}
