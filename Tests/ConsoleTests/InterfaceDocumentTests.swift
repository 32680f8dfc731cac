import Console
import Foundation
import Kernel
import Testing
import Workflows

/// The API says what it does, and does what it says.
@Suite struct InterfaceDocumentTests {
  private func document(_ site: Site) async throws -> [String: Any] {
    try await Visitor(site: site).get("/api/v1/openapi.json").object()
  }

  /// Every operation: path, method, description.
  private func operations(_ document: [String: Any]) throws -> [(path: String, method: String, [String: Any])] {
    let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
    return paths.sorted { $0.key < $1.key }.flatMap { path, methods in
      methods.sorted { $0.key < $1.key }.map { (path, $0.key, $0.value) }
    }
  }

  @Test func `文档中的每个操作都有路由，未登录一律401`() async throws {
    let site = try await Site.empty()
    let visitor = Visitor(site: site)
    for (path, method, _) in try operations(try await document(site)) where !path.hasPrefix("/sign-") {
      let target = "/api/v1" + path.replacing(try Regex("\\{[a-z]+\\}"), with: "x")
      let answer = method == "get" ? await visitor.get(target) : await visitor.postJSON(target, "{}")
      #expect(answer.status == 401, "\(method) \(path)")
      #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(path)")
    }
  }

  @Test func `每个读取操作的回答符合其表格说明`() async throws {
    let site = try await Site.sample()
    let visitor = Visitor(site: site)
    let token = ["authorization": "Bearer \(try await site.token(.administrator))"]
    let sample = try #require(try await site.sources.monitoring.ends()).first
    let parts = ["id": sample.id, "number": sample.person, "code": sample.institution, "name": "reader"]
    var checked = 0
    for (path, method, operation) in try operations(try await document(site)) where method == "get" {
      var target = "/api/v1" + path
      for (name, value) in parts { target = target.replacing("{\(name)}", with: value) }
      guard !target.contains("{") else { continue }
      let answer = await visitor.get(target, token)
      // What the sample world has no example of answers that it is not there.
      guard answer.status == 200 else {
        #expect(answer.status == 404 || answer.status == 400, "\(target)")
        continue
      }
      let responses = try #require(operation["responses"] as? [String: [String: Any]])
      let content = try #require(responses["200"]?["content"] as? [String: [String: Any]])
      let schema = try #require(content["application/json"]?["schema"] as? [String: Any])
      for (table, form) in try #require(schema["properties"] as? [String: [String: Any]]) {
        guard let found = try answer.object()[table] as? [String: Any] else { continue }
        let rows = try #require(found["rows"] as? [[String: Any]])
        let properties = try #require(form["properties"] as? [String: [String: Any]])
        let items = try #require(properties["rows"]?["items"] as? [String: Any])
        let fields = try #require(items["properties"] as? [String: [String: Any]])
        for row in rows.prefix(20) {
          #expect(Set(row.keys) == Set(fields.keys), "\(target) \(table)")
          for (name, value) in row {
            #expect(Self.fits(value, fields[name]?["type"] as? [String]), "\(target) \(table).\(name)")
          }
          checked += 1
        }
      }
    }
    #expect(checked > 50)
  }

  /// Whether a value is of one of the types.
  private static func fits(_ value: Any, _ types: [String]?) -> Bool {
    guard let types else { return false }
    if value is NSNull { return types.contains("null") }
    if value is String { return types.contains("string") }
    guard let number = value as? NSNumber else { return false }
    if isTruth(number) { return types.contains("boolean") }
    return types.contains("integer") && number.doubleValue.rounded() == number.doubleValue
  }

  /// Whether a number was `true` or `false` in JSON.
  private static func isTruth(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

  @Test func `凭Cookie不能经API更改，凭令牌可以`() async throws {
    let site = try await Site.empty()
    let admin = try await site.visitor(.administrator)
    let body = "{\"name\":\"robot\",\"role\":\"reader\",\"password\":\"long enough password\"}"
    #expect(await admin.postJSON("/api/v1/accounts", body).status == 401)
    let token = ["authorization": "Bearer \(try await site.token(.administrator))"]
    #expect(await Visitor(site: site).postJSON("/api/v1/accounts", body, token).status == 200)
    #expect(await Visitor(site: site).postJSON("/api/v1/accounts", "[]", token).status == 400)
    #expect(await Visitor(site: site).postJSON("/api/v1/sign-out", "", token).status == 204)
    #expect(await Visitor(site: site).get("/api/v1/accounts", token).status == 401)
  }
}
