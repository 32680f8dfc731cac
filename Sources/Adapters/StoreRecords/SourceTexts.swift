import Crypto
import Foundation
import Kernel
package import Settlement
import Synchronization

/// Where policy values come from, as stores keep it: once for all settlements, under the digest of its text.
///
/// A settlement names the sources of its steps by these digests. A source's row can thus be proved by itself, and the
/// chain over settlements covers it.
package final class SourceTexts: Sendable {
  /// A source's text and the name that follows from it.
  package struct Named: Hashable, Sendable {
    package let key: String
    package let text: String
  }

  /// What mostly tells sources apart; their titles are Chinese, and hashing those is slow.
  private struct Key: Hashable {
    let identifier: String
    let effective: CalendarDate
    let region: String
  }

  private struct State {
    var names: [Key: [(source: PolicySource, named: Named)]] = [:]
    var count = 0
    var kept: Set<String> = []
  }

  private let state = Mutex(State())
  private let limit = 100_000

  package init() {}

  /// The text of a source and its name.
  package func named(_ source: PolicySource) -> Named {
    let key = Key(identifier: source.identifier, effective: source.effective, region: source.region)
    let known = state.withLock { state in state.names[key]?.first { $0.source == source }?.named }
    if let known { return known }
    let text = RecordText.of(source)
    let named = Named(key: Self.key(of: text), text: text)
    state.withLock { state in
      if state.count >= limit { state = State(kept: state.kept) }
      state.names[key, default: []].append((source, named))
      state.count += 1
    }
    return named
  }

  /// The name of a text: the first sixteen bytes of its SHA-256, in hexadecimal digits.
  package static func key(of text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).prefix(16).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// Whether a source is stored for certain.
  package func isKept(_ key: String) -> Bool { state.withLock { $0.kept.contains(key) } }

  /// Says that sources are stored.
  package func keep(_ keys: some Sequence<String> & Sendable) { state.withLock { $0.kept.formUnion(keys) } }
}
