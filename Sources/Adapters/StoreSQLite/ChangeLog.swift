import Synchronization

/// What a write read or changed, as a number: two keys that fall together only cost a repetition, never a fault.
struct ChangeKey: Equatable, Sendable {
  /// What kind of thing is meant.
  enum Kind: UInt8, Sendable {
    /// A person's record.
    case person
    /// Who has a certificate.
    case certificate
    /// A person's balance, accumulators and settlements.
    case money
    /// The institutions and the catalogue, all of them.
    case registers
    /// A visit with its lines.
    case visit
    /// Which visits a person has.
    case visits
    /// The settlements of a visit.
    case settledVisit
    /// The settlements of an institution.
    case settledInstitution
    case settlement
    /// The reversal of a settlement.
    case reversal
    case message
    case signIn
    case filed
    /// What was filed about something, or is somebody's.
    case filedAbout
    case filedOf
    case closing
  }

  fileprivate let hash: Int

  init(_ kind: Kind, _ first: String = "", _ second: String = "") {
    var hasher = Hasher()
    hasher.combine(kind.rawValue)
    if !first.isEmpty { hasher.combine(first) }
    if !second.isEmpty { hasher.combine(second) }
    hash = hasher.finalize()
  }
}

/// Some keys, each once.
///
/// A settlement has a dozen or two, which are sooner compared than hashed again.
struct ChangeKeys: Sendable {
  private(set) var all: [ChangeKey] = []
  /// The same keys, once there are too many to compare.
  private var many: Set<Int> = []
  private static let few = 48

  func contains(_ key: ChangeKey) -> Bool {
    all.count <= Self.few ? all.contains(key) : many.contains(key.hash)
  }

  mutating func insert(_ key: ChangeKey) {
    if contains(key) { return }
    all.append(key)
    if all.count == Self.few + 1 { many = Set(all.map(\.hash)) }
    if all.count > Self.few + 1 { many.insert(key.hash) }
  }
}

/// Which commit last changed what, so that a write rehearsed on an older snapshot knows whether it still holds.
///
/// One process writes (its lock sees to that), so the log need not outlive it. The writing thread alone uses the table;
/// readers ask only for the number of the last commit.
final class ChangeLog: @unchecked Sendable {
  // Used by the writing thread alone. By the key's last bits: keys that share a place share its commit, too.
  private var commits: [UInt64]
  private let mask: Int
  private let last = Atomic<UInt64>(0)

  /// Makes an empty log of so many places, a power of two.
  init(places: Int = 1 << 20) {
    commits = [UInt64](repeating: 0, count: places)
    mask = places - 1
  }

  /// The number of the last commit; a snapshot taken after asking holds at least that much.
  var committed: UInt64 { last.load(ordering: .acquiring) }

  /// Whether nothing of this has changed since a commit.
  func holds(_ keys: ChangeKeys, since commit: UInt64) -> Bool {
    keys.all.allSatisfy { commits[$0.hash & mask] <= commit }
  }

  /// Notes what the coming commit changes, also when that fails in the end.
  func note(_ keys: ChangeKeys) {
    let coming = committed + 1
    for key in keys.all { commits[key.hash & mask] = coming }
  }

  /// Says that the coming commit is done.
  func close() { last.add(1, ordering: .releasing) }
}
