import Console
import Kernel
import Testing
import Workflows

/// What each role may do, what is masked, and what the trail knows.
@Suite struct RoleTests {
  @Test func `各岗位能看的页面`() async throws {
    let site = try await Site.empty()
    let allowed: [(String, Set<Role>)] = [
      ("/console/settlements", Set(Role.allCases)), ("/console/trail", [.auditor, .administrator]),
      ("/console/accounts", [.administrator]),
    ]
    for role in Role.allCases {
      let visitor = try await site.visitor(role)
      for (path, roles) in allowed {
        #expect(await visitor.get(path).status == (roles.contains(role) ? 200 : 403), "\(role) \(path)")
      }
    }
    let refused = try await site.accounts.trail(from: "", to: "9999", account: "reader").get()
    #expect(refused.filter { $0.outcome == "refused" }.count == 2)
  }

  @Test func `个人信息默认脱敏，填写事由后显示十分钟并留痕`() async throws {
    let site = try await Site.sample()
    let record = try #require(try await site.sources.monitoring.ends()).first
    let path = "/console/persons/\(record.person)"
    let reader = try await site.visitor(.reader)
    let masked = await reader.get(path)
    #expect(masked.status == 200)
    #expect(!masked.text.contains(record.name) && !masked.text.contains("name=\"reason\""))
    let token = try await reader.formToken()
    #expect(await reader.post(path + "/reveal", ["form_token": token, "reason": "核对"]).status == 403)

    let handler = try await site.visitor(.handler)
    let handlerToken = try await handler.formToken()
    #expect(await handler.get(path).text.contains("name=\"reason\""))
    #expect(await handler.post(path + "/reveal", ["form_token": handlerToken]).status == 400)
    let revealed = await handler.post(path + "/reveal", ["form_token": handlerToken, "reason": "窗口核对身份"])
    #expect(revealed.headers["location"] == path)
    #expect(await handler.get(path).text.contains(record.name))
    #expect(await handler.get("/console/settlements/\(record.id)").text.contains(record.name))
    site.clock.now = site.clock.now.later(minutes: 11)
    #expect(!(await handler.get(path).text.contains(record.name)))
    let trail = try await site.accounts.trail(from: "", to: "9999", account: "handler").get()
    #expect(trail.contains { $0.action == .reveal && $0.reason == "窗口核对身份" && $0.outcome == "ok" })
  }

  @Test func `管理员新建、变更账户，变更后须重新登录`() async throws {
    let site = try await Site.empty()
    let admin = try await site.visitor(.administrator)
    let token = try await admin.formToken()
    func send(_ path: String, _ fields: [String: String]) async -> Visitor.Answer {
      await admin.post(path, fields.merging(["form_token": token]) { $1 })
    }
    let bad: [([String: String], String)] = [
      (["name": "x", "role": "reader", "password": "long enough"], "不可用"),
      (["name": "reader", "role": "reader", "password": "long enough"], "已存在"),
      (["name": "wang", "role": "reader", "password": "short"], "密码至少 10 个字符"),
      (["name": "wang", "role": "king", "password": "long enough"], "role"),
    ]
    for (fields, words) in bad {
      let answer = await send("/console/accounts", fields)
      #expect(answer.status == 422 || answer.status == 400, "\(fields)")
      #expect(answer.text.contains(words), "\(fields)")
    }
    #expect(
      await send("/console/accounts", ["name": "wang", "role": "reader", "password": Site.password]).status == 303)
    let wang = Visitor(site: site)
    #expect(await wang.post("/console/sign-in", ["account": "wang", "password": Site.password]).status == 303)
    #expect(await wang.get("/console").status == 200)
    #expect(await send("/console/accounts/wang", ["role": "auditor", "locked": "no"]).status == 303)
    #expect(await wang.get("/console").status == 303)
    // The last administrator stays one.
    #expect(await send("/console/accounts/administrator", ["role": "reader", "locked": "no"]).status == 422)
    #expect(await send("/console/accounts/administrator", ["role": "administrator", "locked": "yes"]).status == 422)
    #expect(await send("/console/accounts/nobody", ["role": "reader"]).status == 404)
  }

  @Test func `查看、导出、重复刷新在留痕中各有其记`() async throws {
    let site = try await Site.sample()
    let auditor = try await site.visitor(.auditor)
    for _ in 1...3 { _ = await auditor.get("/console/ledger") }
    _ = await auditor.get("/console/settlements?format=csv&size=5")
    site.clock.now = site.clock.now.later(minutes: 2)
    _ = await auditor.get("/console/ledger")
    let trail = try await site.accounts.trail(from: "", to: "9999", account: "auditor").get()
    #expect(trail.filter { $0.action == .view && $0.object == "/console/ledger" }.count == 2)
    #expect(trail.filter { $0.action == .export }.count == 1)
    let page = await auditor.get("/console/trail?account=auditor")
    #expect(page.text.contains("/console/ledger") && page.text.contains("导出"))
  }
}
