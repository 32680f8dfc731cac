import Foundation

/// Paths of the site.
enum Address {
  static let console = "/console"
  static let api = "/api/v1"

  /// One part of a path, safe whatever it holds.
  static func part(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
  }

  /// A path with a query; parameters in the order of their names, empty ones left out.
  static func path(_ path: String, _ query: [String: String?] = [:]) -> String {
    let pairs = query.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
      guard let value, !value.isEmpty else { return nil }
      return "\(part(name))=\(part(value))"
    }
    return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
  }

  /// A path of the console from a link in a page.
  static func console(_ link: String) -> String { link.isEmpty ? console : console + "/" + link }

  /// Letters and digits of ASCII and four marks: what needs no escape anywhere.
  private static let allowed = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
