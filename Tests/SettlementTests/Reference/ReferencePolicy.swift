import Kernel
import People
import Policy

/// Policy values by identifier, looked up in the snapshot each time (spec: `v(id, keys…)`).
struct ReferencePolicy {
  /// For each dimension the keys to try, in order; a table without any of them answers with `any`.
  typealias Keys = [String: [String]]

  let snapshot: PolicySnapshot

  func states(_ identifier: String) -> Bool { snapshot[identifier] != nil }

  func node(_ identifier: String, _ keys: Keys = [:]) -> PolicyNode? {
    guard let value = snapshot[identifier] else { return nil }
    var node = value.node
    for dimension in value.entry.dimensions {
      guard case .table(let table) = node else { return node }
      let key = keys[dimension]?.first { table[$0] != nil } ?? "any"
      guard let next = table[key] else { return nil }
      node = next
    }
    return node
  }

  func amount(_ identifier: String, _ keys: Keys = [:]) -> Int64? {
    guard case .amount(let money)? = node(identifier, keys) else { return nil }
    return money.fen
  }

  func rate(_ identifier: String, _ keys: Keys = [:]) -> Int64? {
    guard case .rate(let rate)? = node(identifier, keys) else { return nil }
    return rate.millionths
  }

  func number(_ identifier: String, _ keys: Keys = [:]) -> Int? {
    guard case .number(let number)? = node(identifier, keys) else { return nil }
    return number
  }

  func choice(_ identifier: String) -> String? {
    guard case .choice(let word)? = node(identifier) else { return nil }
    return word
  }

  func choices(_ identifier: String) -> [String]? {
    guard case .choices(let words)? = node(identifier) else { return nil }
    return words
  }

  func monthDay(_ identifier: String, _ keys: Keys = [:]) -> MonthDay? {
    guard case .monthDay(let day)? = node(identifier, keys) else { return nil }
    return day
  }

  /// Whether a flag is stated and says yes.
  func isYes(_ identifier: String) -> Bool {
    guard case .flag(true)? = node(identifier) else { return false }
    return true
  }

  func bands(_ identifier: String, _ keys: Keys) -> [ReferenceBand]? {
    guard case .bands(let stated)? = node(identifier, keys) else { return nil }
    var bands: [ReferenceBand] = []
    for (place, band) in stated.enumerated() {
      let next = place + 1 < stated.count ? stated[place + 1].above.fen : nil
      bands.append(ReferenceBand(from: band.above.fen, upTo: next, rate: band.rate.millionths))
    }
    return bands
  }
}
