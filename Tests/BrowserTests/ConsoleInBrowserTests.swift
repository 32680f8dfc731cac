import Foundation
import Testing

/// The console as people meet it: a real server, a real browser, everything by the keyboard.
///
/// One server and one test for the whole way, since both take seconds to start. Pictures of the main pages are kept in
/// `out/screenshots`.
@Suite(.timeLimit(.minutes(10)))
struct ConsoleInBrowserTests {
  @Test(.enabled(if: Browser.path != nil, "chromium is not installed; `make test` installs it"))
  func `登录、查结算、看计算过程、切换语言、导出、试算、试发交易、过期、跨站提交`() async throws {
    let server = try await DemoServer(people: 200)
    let browser = try Browser()
    try wrongPassword(browser, server)
    try signIn(browser, server, as: "jingban")
    try findSettlement(browser)
    try switchLanguage(browser)
    try export(browser, server)
    try whatIf(browser, server)
    try tryOut(browser, server)
    try sideways(browser, server)
    try pictures(browser, server)
    try expiry(browser, server)
    try foreignForm(browser, server)
  }

  private func wrongPassword(_ browser: Browser, _ server: DemoServer) throws {
    try browser.visit(server.address)
    #expect(try browser.address() == "/console/sign-in?next=%2Fconsole")
    try browser.type("jingban", into: "account")
    try browser.type("not the password", into: "password")
    try browser.enter()
    #expect(try browser.text().contains("账户名或密码不正确"))
    #expect(try browser.value("document.querySelector('[name=account]').value") as? String == "jingban")
    #expect(try browser.value("document.querySelector('[name=password]').value") as? String == "")
  }

  private func signIn(_ browser: Browser, _ server: DemoServer, as name: String) throws {
    try browser.visit(server.address + "/console/sign-in")
    try browser.type(name, into: "account")
    try browser.type(server.password, into: "password")
    try browser.enter()
    #expect(try browser.address() == "/console")
    #expect(try browser.title().hasPrefix("总览"))
  }

  private func findSettlement(_ browser: Browser) throws {
    try browser.follow("结算")
    #expect(try browser.title() == "结算查询")
    let number = try #require(
      try browser.value("document.querySelector('#settlements tbody td a').textContent") as? String)
    try browser.type(number, into: "text")
    try browser.enter()
    #expect(try browser.value("document.querySelectorAll('#settlements tbody tr').length") as? Int == 1)
    try browser.follow(number)
    #expect(try browser.title() == "结算单 \(number)")
    let text = try browser.text()
    #expect(text.contains("待遇计算过程") && text.contains("示医保") && text.contains("medfee_sumamt"))
    let source = try #require(try browser.value("document.querySelector('#steps .source a')?.href ?? ''") as? String)
    #expect(source.contains("/console/policy/values/"))
  }

  private func switchLanguage(_ browser: Browser) throws {
    let chinese = try browser.address()
    try browser.follow("English")
    #expect(try browser.text().contains("Step by step"))
    #expect(try browser.value("document.documentElement.lang") as? String == "en")
    try browser.visit(try #require(try browser.value("location.origin") as? String) + chinese)
    #expect(try browser.text().contains("Step by step"), "the language is remembered")
    try browser.follow("中文")
    #expect(try browser.text().contains("待遇计算过程"))
  }

  private func export(_ browser: Browser, _ server: DemoServer) throws {
    try browser.visit(server.address + "/console/settlements?care=inpatient&size=5")
    let total = try #require(try browser.value("document.querySelector('.count').textContent") as? String)
    let count = try #require(Int(total.filter { $0.isASCII && $0.isNumber }))
    try browser.focus("#settlements .exports a")
    _ = try browser.value("document.activeElement.click()")
    let (name, content) = try browser.download()
    #expect(name.hasPrefix("settlements-") && name.hasSuffix(".csv"))
    let text = String(decoding: content, as: UTF8.self)
    #expect(text.hasPrefix("\u{FEFF}结算编号,"))
    #expect(text.split(whereSeparator: \.isNewline).count == count + 1)
  }

  /// From the groups to one case, and what a tenth of its cost would come to; nothing is stored by asking.
  private func whatIf(_ browser: Browser, _ server: DemoServer) throws {
    try browser.visit(server.address + "/console/groups?scheme=employee")
    for part in ["/console/groups/", "/console/cases/"] {
      try browser.focus("main tbody a[href*='\(part)']")
      try browser.enter()
    }
    let title = try browser.title()
    let before = try browser.text()
    try browser.type("123.45", into: "cost")
    try browser.enter()
    #expect(try browser.title() == title)
    #expect(try browser.address().contains("what_if=1"))
    #expect(try browser.text().contains("123.45") && !before.contains("123.45"))
    try browser.visit(server.address + String(try browser.address().prefix { $0 != "?" }))
    #expect(try !browser.text().contains("123.45"))
  }

  /// A transaction sent from its form, answered, and found in the log.
  private func tryOut(_ browser: Browser, _ server: DemoServer) throws {
    try browser.visit(server.address + "/console/try/1101")
    try browser.focus("main form.act button")
    try browser.enter()
    #expect(try browser.text().contains("\"infcode\": 0") || browser.text().contains("\"infcode\":0"))
  }

  /// Every page of the navigation, narrow and wide, in both languages: nothing sticks out, nothing fails.
  private func sideways(_ browser: Browser, _ server: DemoServer) throws {
    let paths = try links(browser, server)
    #expect(paths.count >= 12)
    for width in [320, 1280, 3840] {
      try browser.size(width, 900)
      for path in paths {
        try browser.visit(server.address + path)
        #expect(try !browser.overflows(), "\(path) at \(width)")
        #expect(try browser.value("document.querySelectorAll('[role=alert]').length") as? Int == 0, "\(path)")
      }
    }
    try browser.size(1280, 900)
  }

  /// The pages that the navigation offers.
  private func links(_ browser: Browser, _ server: DemoServer) throws -> [String] {
    try browser.visit(server.address + "/console")
    let script = "[...document.querySelectorAll('nav a')].map(a => a.pathname)"
    var all = try #require(try browser.value(script) as? [String])
    for path in all {
      try browser.visit(server.address + path)
      for more in try #require(try browser.value(script) as? [String]) where !all.contains(more) { all.append(more) }
    }
    return Array(Set(all)).sorted()
  }

  private func pictures(_ browser: Browser, _ server: DemoServer) throws {
    let folder = URL(filePath: DemoServer.root).appending(path: "out/screenshots")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for path in try links(browser, server) {
      try browser.visit(server.address + path)
      let name = path.split(separator: "/").dropFirst().joined(separator: "-")
      let picture = try browser.picture()
      #expect(picture.count > 10_000)
      try picture.write(to: folder.appending(path: (name.isEmpty ? "overview" : name) + ".png"))
    }
  }

  /// A session that the server no longer knows: an administrator changed the account meanwhile.
  private func expiry(_ browser: Browser, _ server: DemoServer) throws {
    let other = try Browser()
    try signIn(other, server, as: "admin")
    try other.visit(server.address + "/console/accounts/jingban")
    try other.focus("main form.act button")
    try other.enter()
    #expect(try other.title() == "账户 jingban")
    try browser.visit(server.address + "/console/ledger")
    #expect(try browser.address().hasPrefix("/console/sign-in"))
    #expect(try browser.text().contains("登录已过期"))
    try browser.type("jingban", into: "account")
    try browser.type(server.password, into: "password")
    try browser.enter()
    #expect(try browser.address() == "/console/ledger")
  }

  /// A form on somebody else's page cannot do anything in the name of whoever is signed in.
  private func foreignForm(_ browser: Browser, _ server: DemoServer) throws {
    let admin = try Browser()
    try signIn(admin, server, as: "admin")
    let form = """
      <form method="post" action="\(server.address)/console/accounts"><input name="name" value="intruder">
      <input name="role" value="administrator"><input name="password" value="long enough password"></form>
      """
    let page = try #require(form.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    try admin.visit("data:text/html,\(page)")
    try admin.loading { _ = try admin.value("document.forms[0].submit()") }
    try admin.visit(server.address + "/console/accounts")
    let text = try admin.text()
    #expect(text.contains("jingban") && !text.contains("intruder"))
    _ = browser
  }
}
