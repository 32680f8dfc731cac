import Console
import Kernel
import Testing
import Workflows

/// Who gets in, who stays in, and what forms are accepted.
@Suite struct SignInTests {
  @Test func `未登录转到登录页，登录后回到原页`() async throws {
    let site = try await Site.empty()
    let visitor = Visitor(site: site)
    let asked = await visitor.get("/console/settlements?page=2")
    #expect(asked.status == 303)
    let signIn = try #require(asked.headers["location"])
    #expect(signIn.hasPrefix("/console/sign-in?next=%2Fconsole%2Fsettlements%3Fpage%3D2"))
    #expect(await visitor.get(signIn).text.contains("value=\"/console/settlements?page=2\""))
    let answer = await visitor.post(
      "/console/sign-in",
      ["account": "reader", "password": Site.password, "next": "/console/settlements?page=2"])
    #expect(answer.status == 303 && answer.headers["location"] == "/console/settlements?page=2")
    let cookie = try #require(answer.headers["set-cookie"])
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"))
    #expect(await visitor.get("/console/settlements").status == 200)
  }

  @Test(arguments: ["//evil.example", "https://evil.example", "/console//evil", "/console\\evil", "/other"])
  func `登录后不转到别处`(next: String) async throws {
    let visitor = Visitor(site: try await Site.empty())
    let answer = await visitor.post(
      "/console/sign-in", ["account": "reader", "password": Site.password, "next": next])
    #expect(answer.headers["location"] == "/console")
  }

  @Test func `密码错误、账户不存在、账户停用说同样的话`() async throws {
    let site = try await Site.empty()
    let desk = site.accounts
    _ = try await desk.update("auditor", isLocked: true, by: "test", time: "2026-11-20 08:00:00").get()
    var texts: Set<String> = []
    for (name, password) in [("reader", "wrong password"), ("nobody", Site.password), ("auditor", Site.password)] {
      let answer = await Visitor(site: site).post("/console/sign-in", ["account": name, "password": password])
      #expect(answer.status == 401)
      #expect(answer.headers["set-cookie"] == nil)
      texts.insert(answer.text.replacing(name, with: ""))
    }
    #expect(texts.count == 1)
    #expect(texts.first?.contains("账户名或密码不正确") == true)
  }

  @Test func `连续五次密码错误后须等待，期间正确密码也不接受`() async throws {
    let site = try await Site.empty()
    let visitor = Visitor(site: site)
    for _ in 1...5 {
      let wrong = await visitor.post("/console/sign-in", ["account": "reader", "password": "wrong"])
      #expect(wrong.status == 401)
    }
    let right = ["account": "reader", "password": Site.password]
    #expect(await visitor.post("/console/sign-in", right).text.contains("15 分钟后再试"))
    site.clock.now = try #require(Moment("2026-11-20 09:14:59"))
    #expect(await visitor.post("/console/sign-in", right).status == 401)
    site.clock.now = try #require(Moment("2026-11-20 09:15:00"))
    #expect(await visitor.post("/console/sign-in", right).status == 303)
    let trail = try await site.accounts.trail(from: "", to: "9999", account: "reader").get()
    #expect(trail.map(\.outcome).filter { $0 == "wrong password" }.count == 5)
    #expect(trail.map(\.outcome).filter { $0 == "waiting" }.count == 2)
  }

  @Test func `三十分钟无操作或满十二小时须重新登录`() async throws {
    let site = try await Site.empty()
    let visitor = try await site.visitor(.reader)
    site.clock.now = try #require(Moment("2026-11-20 09:29:59"))
    #expect(await visitor.get("/console").status == 200)
    site.clock.now = try #require(Moment("2026-11-20 09:59:59"))
    let over = await visitor.get("/console")
    #expect(over.status == 303)
    #expect(over.headers["location"]?.contains("why=expired") == true)

    let steady = try await site.visitor(.reader)
    for minute in stride(from: 20, through: 700, by: 20) {
      site.clock.now = try #require(Moment("2026-11-20 09:59:59")).later(minutes: minute)
      #expect(await steady.get("/console").status == 200)
    }
    site.clock.now = try #require(Moment("2026-11-20 09:59:59")).later(minutes: 720)
    #expect(await steady.get("/console").status == 303)
  }

  @Test func `退出后原令牌无效`() async throws {
    let site = try await Site.empty()
    let visitor = try await site.visitor(.reader)
    let token = try await visitor.formToken()
    #expect(await visitor.post("/console/sign-out", ["form_token": token]).status == 303)
    #expect(await visitor.get("/console").status == 303)
  }

  @Test func `没有令牌、令牌不符、来自别处的表单被拒，什么也不改`() async throws {
    let site = try await Site.empty()
    let admin = try await site.visitor(.administrator)
    let token = try await admin.formToken()
    let fields = ["name": "intruder", "role": "administrator", "password": "long enough password"]
    let good = fields.merging(["form_token": token]) { $1 }
    let refused = [
      await admin.post("/console/accounts", fields),
      await admin.post("/console/accounts", fields.merging(["form_token": "x"]) { $1 }),
      await admin.post("/console/accounts", good, ["origin": "http://evil.example"]),
      await admin.post("/console/accounts", good, ["sec-fetch-site": "cross-site"]),
    ]
    #expect(refused.map(\.status) == [403, 403, 403, 403])
    #expect(try await site.accounts.accounts().get().count == Role.allCases.count)
    #expect(await admin.post("/console/accounts", good, ["origin": "http://console.test"]).status == 303)
    #expect(try await site.accounts.accounts().get().count == Role.allCases.count + 1)
  }

  @Test func `密码只存加盐的scrypt散列`() async throws {
    let hashing = ScryptHashing()
    let (one, two) = (await hashing.hash("密码 password 1"), await hashing.hash("密码 password 1"))
    #expect(one != two && one.hasPrefix("scrypt$16384$8$1$") && !one.contains("password"))
    #expect(await hashing.verify("密码 password 1", against: one))
    #expect(!(await hashing.verify("密码 password 2", against: one)))
    for damaged in ["", "scrypt$16384$8$1$$", "scrypt$3$8$1$AAAA$AAAA", String(one.dropLast(8)), "md5$" + one] {
      #expect(!(await hashing.verify("密码 password 1", against: damaged)), "\(damaged)")
    }
  }

  @Test func `每个页面都带严格的响应头`() async throws {
    let site = try await Site.empty()
    let visitor = try await site.visitor(.reader)
    for path in ["/console", "/console/sign-in", "/console/nothing", "/api/v1/openapi.json", "/api/v1/nothing"] {
      let headers = await visitor.get(path).headers
      #expect(headers["content-security-policy"]?.contains("default-src 'none'") == true, "\(path)")
      #expect(headers["x-content-type-options"] == "nosniff", "\(path)")
      #expect(headers["x-frame-options"] == "DENY", "\(path)")
      #expect(headers["cache-control"] == "no-store", "\(path)")
    }
  }
}

extension Site {
  /// The site's accounts and trail.
  var accounts: AccountDesk { AccountDesk(store: sources.payer, hashing: QuickHashing()) }
}

extension Moment {
  /// The moment so many minutes later.
  func later(minutes: Int) -> Moment {
    let seconds = second + minutes * 60
    return Moment(day.adding(days: seconds / 86_400), second: seconds % 86_400) ?? self
  }
}
