import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Workflows

/// The pages: sign-in, assets, every view and every action.
struct ConsoleRoutes: Sendable {
  let gate: Gate

  func add(to router: Router<SiteContext>) {
    router.get("/") { _, _ in Self.redirect(Address.console) }
    asset(router, "style.css", "text/css; charset=utf-8", PackageResources.style_css)
    asset(router, "icon.svg", "image/svg+xml", PackageResources.icon_svg)
    router.get("console/sign-in") { request, _ in try await signInPage(request) }
    router.post("console/sign-in") { request, _ in try await signIn(request) }
    router.post("console/sign-out") { request, _ in try await signOut(request) }
    for view in View.all {
      router.get(RouterPath("console/" + view.path)) { request, context in try await show(view, request, context) }
    }
    for action in Action.all {
      router.post(RouterPath("console/" + action.path)) { request, context in
        try await perform(action, request, context)
      }
    }
  }

  private func asset(_ router: Router<SiteContext>, _ name: String, _ type: String, _ bytes: [UInt8]) {
    router.get(RouterPath("console/" + name)) { _, _ in
      Response(
        status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=3600"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }

  // MARK: Views

  private func show(_ view: View, _ request: Request, _ context: SiteContext) async throws -> Response {
    let query = try Gate.query(request)
    let language = Gate.language(request, query)
    guard let (token, session) = gate.session(of: request) else { return Self.toSignIn(request) }
    let frame = frame(request, query, language, session, title: view.title, section: view.section)
    guard session.role.rights.contains(view.right) else {
      try await gate.note(.view, request.uri.string, by: session, token: token, outcome: "refused")
      return page(Self.refusal(view.right), frame, status: .forbidden)
    }
    let form = query["format"].flatMap(TableExport.Form.init(rawValue:))
    try await gate.note(form == nil ? .view : .export, request.uri.string, by: session, token: token)
    var values = query
    for (name, value) in Self.parts(context) { values[name] = value }
    let inquiry = gate.inquiry(values, session, language, isExport: form != nil)
    do throws(ViewFault) {
      let content = try await view.make(inquiry, gate.sources)
      if let form { return try export(content, form, query["table"], language) }
      var response = page(content, frame)
      if query["lang"] != nil { response.setCookie(Self.cookie(language, isSecure: gate.settings.isSecure)) }
      if let seconds = content.refresh { response.headers[SiteHeader.name("refresh")] = "\(seconds)" }
      return response
    } catch {
      return page(Content([.notice(Notice(.bad, error.message))]), frame, status: .init(code: error.status))
    }
  }

  /// Parts of the path, as they were before they were escaped.
  static func parts(_ context: SiteContext) -> [(String, String)] {
    context.parameters.map { (String($0.key), String($0.value).removingPercentEncoding ?? String($0.value)) }
  }

  private func export(_ content: Content, _ form: TableExport.Form, _ key: String?, _ language: Language)
    throws(ViewFault) -> Response
  {
    let tables = content.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    guard let table = tables.first(where: { key == nil || $0.form.key == key }) else {
      throw .notFound(LocalizedText("此页没有这个表", "the page has no such table"))
    }
    let sheet = TableExport.sheet(table, language)
    let bytes: [UInt8]
    do throws(Diagnostic) {
      bytes = try form == .csv ? gate.sources.files.csv(sheet) : gate.sources.files.workbook([sheet])
    } catch {
      throw .notOffered(error.message)
    }
    let name = "\(table.form.key)-\(gate.sources.clock().day).\(form.rawValue)"
    return Response(
      status: .ok,
      headers: [.contentType: form.mediaType, .contentDisposition: "attachment; filename=\"\(name)\""],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  // MARK: Actions

  private func perform(_ action: Action, _ request: Request, _ context: SiteContext) async throws -> Response {
    guard let (token, session) = gate.session(of: request) else { return Self.toSignIn(request) }
    let fields = try await Gate.form(request)
    let language = Gate.language(request, [:])
    let frame = frame(request, [:], language, session, title: action.title, section: action.section)
    guard Gate.isOwn(request), fields[Gate.formToken] == session.formToken else {
      try await gate.note(action.trail, request.uri.path, by: session, token: token, outcome: "foreign form")
      return page(Self.foreignForm, frame, status: .forbidden)
    }
    guard session.role.rights.contains(action.right) else {
      try await gate.note(action.trail, request.uri.path, by: session, token: token, outcome: "refused")
      return page(Self.refusal(action.right), frame, status: .forbidden)
    }
    do throws(ViewFault) {
      let result = try await gate.perform(action, fields, Self.parts(context), (token, session), language)
      switch result {
      case .content(let content): return page(content, frame)
      case .done(let path), .reveal(_, let path), .changed(_, let path): return Self.redirect(Address.console(path))
      }
    } catch {
      return page(Content([.notice(Notice(.bad, error.message))]), frame, status: .init(code: error.status))
    }
  }

  // MARK: Signing in and out

  private func signInPage(_ request: Request, fault: LocalizedText? = nil, name: String = "") async throws -> Response {
    let query = try Gate.query(request)
    let language = Gate.language(request, query)
    let notice =
      fault.map { Notice(.bad, $0) }
      ?? (query["why"] == "expired" ? Notice(.warning, "登录已过期，请重新登录", "the session is over; sign in again") : nil)
    let form = Form(
      .act, to: "sign-in",
      [
        Form.Field("account", "账户名", "Name", value: name, isRequired: true),
        Form.Field("password", "密码", "Password", .password, isRequired: true),
        Form.Field("next", "", "", .hidden, value: Self.local(query["next"])),
      ], submit: LocalizedText("登录", "Sign in"))
    let content = Content((notice.map { [.notice($0)] } ?? []) + [.form(form)])
    var response = page(
      content, frame(request, query, language, nil, title: LocalizedText("登录", "Sign in"), section: nil),
      status: fault == nil ? .ok : .unauthorized)
    if query["lang"] != nil { response.setCookie(Self.cookie(language, isSecure: gate.settings.isSecure)) }
    return response
  }

  private func signIn(_ request: Request) async throws -> Response {
    let fields = try await Gate.form(request)
    guard Gate.isOwn(request) else {
      let frame = frame(
        request, [:], Gate.language(request, [:]), nil, title: LocalizedText("登录", "Sign in"), section: nil)
      return page(Self.foreignForm, frame, status: .forbidden)
    }
    let name = fields["account"] ?? ""
    switch await gate.accounts.signIn(name, password: fields["password"] ?? "", at: gate.sources.clock()) {
    case .failure(let refusal): return try await signInPage(request, fault: refusal.message, name: name)
    case .success(let account):
      let (token, _) = gate.sessions.begin(account)
      var response = Self.redirect(Self.local(fields["next"]))
      response.setCookie(
        Cookie(
          name: Gate.cookie, value: token, path: "/", secure: gate.settings.isSecure, httpOnly: true, sameSite: .lax))
      return response
    }
  }

  private func signOut(_ request: Request) async throws -> Response {
    let fields = try await Gate.form(request)
    var response = Self.redirect(Address.console("sign-in"))
    guard let (token, session) = gate.session(of: request) else { return response }
    guard Gate.isOwn(request), fields[Gate.formToken] == session.formToken else {
      let frame = frame(
        request, [:], Gate.language(request, [:]), session, title: LocalizedText("退出", "Sign out"), section: nil)
      return page(Self.foreignForm, frame, status: .forbidden)
    }
    try await gate.note(.signOut, "", by: session, token: token)
    gate.sessions.end(token)
    response.setCookie(Cookie(name: Gate.cookie, value: "", maxAge: 0, path: "/", sameSite: .lax))
    return response
  }

  // MARK: Answers

  private func frame(
    _ request: Request, _ query: [String: String], _ language: Language, _ session: Session?, title: LocalizedText,
    section: Section?
  ) -> PageFrame {
    PageFrame(
      title: title, language: language, region: gate.sources.region, path: request.uri.path,
      query: query.filter { $0.key != "lang" },
      account: session.map { ($0.account, $0.role, $0.formToken) }, section: section, views: View.all)
  }

  private func page(_ content: Content, _ frame: PageFrame, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: gate.renderer.html(content, frame))))
  }

  private static func redirect(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  private static func toSignIn(_ request: Request) -> Response {
    let next = request.method == .get || request.method == .head ? request.uri.string : ""
    let hadSession = request.cookies[Gate.cookie].map { !$0.value.isEmpty } ?? false
    return redirect(
      Address.path(Address.console("sign-in"), ["next": next, "why": hadSession ? "expired" : nil]))
  }

  /// A path of the console, or its first page: nobody is sent elsewhere after signing in.
  private static func local(_ path: String?) -> String {
    guard let path, path.hasPrefix(Address.console), !path.contains("\\"), !path.contains("//"),
      path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return Address.console }
    return path
  }

  private static func cookie(_ language: Language, isSecure: Bool) -> Cookie {
    Cookie(
      name: Gate.languageCookie, value: language.rawValue, maxAge: 31_536_000, path: "/", secure: isSecure,
      httpOnly: true, sameSite: .lax)
  }

  static func refusal(_ right: Right) -> Content {
    Content([
      .notice(
        Notice(
          .bad, "本账户没有「\(right.title.chinese)」权限；请联系管理员",
          "the account may not \(right.title.english); ask an administrator"))
    ])
  }

  private static let foreignForm = Content([
    .notice(
      Notice(
        .bad, "表单不是本页发出的，或页面已过期，未做任何更改；请返回后刷新再试",
        "the form did not come from this page, or the page is too old; nothing was changed; go back and reload"))
  ])
}

extension Gate {
  /// Carries out an action that is allowed, and writes it down with how it ended.
  func perform(
    _ action: Action, _ fields: [String: String], _ parts: [(String, String)],
    _ visitor: (token: String, session: Session), _ language: Language
  ) async throws(ViewFault) -> ActionResult {
    let (token, session) = visitor
    var values = fields.filter { $0.key != Self.formToken }
    for (name, value) in parts { values[name] = value }
    let object = parts.reduce(action.path) { $0.replacing("{\($1.0)}", with: $1.1) }
    do throws(ViewFault) {
      let result = try await action.perform(inquiry(values, session, language), sources)
      try await note(action.trail, object, by: session, token: token, reason: values["reason"] ?? "")
      switch result {
      case .reveal(let person, _): sessions.reveal(person, to: token)
      case .changed(let account, _): sessions.endAll(of: account)
      case .done, .content: break
      }
      return result
    } catch {
      try await note(
        action.trail, object, by: session, token: token, outcome: error.code, reason: values["reason"] ?? "")
      throw error
    }
  }
}
