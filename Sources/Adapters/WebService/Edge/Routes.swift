/// Where a path leads.
enum Route: Equatable {
  /// The interface, at one of its base paths, with the transaction number if the path ends in one.
  case interface(base: String, transaction: String?)
  case health
  case readiness
  case metrics
  /// The site beside the interface: pages, and what programs ask of them.
  case site

  /// The path for logs and metrics, without what the client chose.
  var template: String {
    switch self {
    case .interface(let base, nil): base
    case .interface(let base, _): base + "/{infno}"
    case .health: "/healthz"
    case .readiness: "/readyz"
    case .metrics: "/metrics"
    case .site: "(site)"
    }
  }

  /// What may be asked there, for the Allow field.
  var methods: String {
    switch self {
    case .interface: "POST"
    case .health, .readiness, .metrics: "GET, HEAD"
    case .site: "GET, HEAD, POST"
    }
  }

  func allows(_ method: String) -> Bool {
    switch self {
    case .interface: method == "POST"
    case .health, .readiness, .metrics: method == "GET" || method == "HEAD"
    case .site: method == "GET" || method == "HEAD" || method == "POST"
    }
  }
}

/// The paths that the server answers.
struct Routes {
  private let bases: [String]
  private let hasSite: Bool

  /// - Parameters:
  ///   - furtherPaths: Base paths of the interface besides the standard one.
  ///   - hasSite: Whether a site answers every other path.
  init(furtherPaths: [String], hasSite: Bool = false) {
    self.hasSite = hasSite
    bases = [PayerServerConfiguration.standardPath] + furtherPaths.map(Self.withoutTrailingSlash)
  }

  /// Where a path leads; `nil` for nowhere.
  func route(_ path: String) -> Route? {
    switch path {
    case "/healthz": return .health
    case "/readyz": return .readiness
    case "/metrics": return .metrics
    default: break
    }
    let path = Self.withoutTrailingSlash(path)
    for base in bases where path.hasPrefix(base) {
      let rest = path.utf8.dropFirst(base.utf8.count)
      if rest.isEmpty { return .interface(base: base, transaction: nil) }
      if rest.first == UInt8(ascii: "/"), let number = Self.transaction(rest.dropFirst()) {
        return .interface(base: base, transaction: number)
      }
    }
    return hasSite ? .site : nil
  }

  /// A transaction number: letters and digits, ten at most (`1101`, `4101A`, `100001`).
  private static func transaction(_ text: Substring.UTF8View) -> String? {
    let isNumber =
      (1...10).contains(text.count)
      && text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ($0 | 0x20).isLowercaseLetter }
    return isNumber ? String(Substring(text)) : nil
  }

  private static func withoutTrailingSlash(_ path: String) -> String {
    path.hasSuffix("/") && path.utf8.count > 1 ? String(path.dropLast()) : path
  }
}
