import Console
import Foundation
import Synchronization
import Testing

/// Somebody with a browser that keeps cookies, or a program with a token.
final class Visitor: Sendable {
  private let site: Site
  private let cookies = Mutex<[String: String]>([:])

  init(site: Site) { self.site = site }

  /// What came back.
  struct Answer {
    let status: Int
    let headers: [String: String]
    let text: String

    /// The answer's JSON as a dictionary.
    func object() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The rows of a table of the API.
    func rows(_ table: String) throws -> [[String: Any]] {
      try #require((try object()[table] as? [String: Any])?["rows"] as? [[String: Any]])
    }
  }

  func get(_ target: String, _ headers: [String: String] = [:]) async -> Answer {
    await ask("GET", target, headers, body: "")
  }

  /// Sends a form with the token of the page, unless fields hold one.
  func post(_ target: String, _ fields: [String: String], _ headers: [String: String] = [:]) async -> Answer {
    let body = fields.map { "\(Self.escaped($0.key))=\(Self.escaped($0.value))" }.joined(separator: "&")
    let type = ["content-type": "application/x-www-form-urlencoded"]
    return await ask("POST", target, headers.merging(type) { own, _ in own }, body: body)
  }

  func postJSON(_ target: String, _ json: String, _ headers: [String: String] = [:]) async -> Answer {
    await ask("POST", target, headers.merging(["content-type": "application/json"]) { own, _ in own }, body: json)
  }

  /// The token that the forms of a page carry.
  func formToken(on target: String = "/console") async throws -> String {
    let page = await get(target)
    let parts = page.text.components(separatedBy: "name=\"form_token\" value=\"")
    return try #require(parts.count > 1 ? parts[1].components(separatedBy: "\"").first : nil)
  }

  func forget() { cookies.withLock { $0 = [:] } }

  private func ask(_ method: String, _ target: String, _ headers: [String: String], body: String) async -> Answer {
    var fields = headers.map { (name: $0.key, value: $0.value) }
    let jar = cookies.withLock { $0.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
    if !jar.isEmpty { fields.append((name: "cookie", value: jar)) }
    if !headers.keys.contains("host") { fields.append((name: "host", value: "console.test")) }
    let response = await site.console.respond(
      SiteRequest(method: method, target: target, headers: fields, body: Array(body.utf8)))
    var answered: [String: String] = [:]
    for (name, value) in response.headers {
      answered[name.lowercased()] = value
      if name.lowercased() == "set-cookie" { keep(value) }
    }
    return Answer(status: response.status, headers: answered, text: String(decoding: response.body, as: UTF8.self))
  }

  private func keep(_ cookie: String) {
    let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2 else { return }
    cookies.withLock { $0[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1]) }
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
