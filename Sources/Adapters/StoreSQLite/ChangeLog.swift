import Synchronization

/// What a write read or changed, as a number: two keys that fall together only cost a repetition, never a fault.
struct ChangeKey: Hashable, Sendable {
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

  private let hash: Int

  init(_ kind: Kind, _ first: String = "", _ second: String = "") {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(first)
    hasher.combine(second)
    hash = hasher.finalize()
  }
}

/// Which commit last changed what, so that a write rehearsed on an older snapshot knows whether it still holds.
///
/// One process writes (its lock sees to that), so the log need not outlive it. The writing thread alone uses the table;
/// readers ask only for the number of the last commit.
final class ChangeLog: @unchecked Sendable {
  // Used by the writing thread alone.
  private var recent: [ChangeKey: UInt64] = [:]
  private var older: [ChangeKey: UInt64] = [:]
  /// Changes up to this commit may have been forgotten.
  private var forgotten: UInt64 = 0
  /// The commit with which `older` ends.
  private var turn: UInt64 = 0
  private let last = Atomic<UInt64>(0)
  private let limit = 100_000

  /// The number of the last commit; a snapshot taken after asking holds at least that much.
  var committed: UInt64 { last.load(ordering: .acquiring) }

  /// Whether nothing of this has changed since a commit.
  func holds(_ keys: Set<ChangeKey>, since commit: UInt64) -> Bool {
    guard commit >= forgotten else { return false }
    return keys.allSatisfy { (recent[$0] ?? 0) <= commit && (older[$0] ?? 0) <= commit }
  }

  /// Notes what the coming commit changes, also when that fails in the end.
  func note(_ keys: Set<ChangeKey>) {
    let coming = committed + 1
    for key in keys { recent[key] = coming }
    guard recent.count > limit else { return }
    (forgotten, turn) = (turn, coming)
    (older, recent) = (recent, [:])
  }

  /// Says that the coming commit is done.
  func close() { last.add(1, ordering: .releasing) }
}
