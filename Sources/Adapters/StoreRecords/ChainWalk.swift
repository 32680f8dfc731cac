package import Foundation

/// A walk along the chain of records up to its head, noting what does not hold.
package struct ChainWalk: Sendable {
  /// The last record that was passed.
  package private(set) var sequence: Int64 = 0
  /// The record that the chain's head names.
  package let head: Int64
  /// What does not hold, in words.
  package private(set) var faults: [String] = []

  private let headHash: Data
  private var hash: Data
  /// Faults told before the walk ends: one broken link breaks nothing after it, but a lost file breaks all.
  private let limit = 100

  /// Begins before the first record.
  ///
  /// - Parameters:
  ///   - head: the last record's place, and its hash.
  ///   - first: what the first record follows.
  package init(toward head: (sequence: Int64, hash: Data), after first: Data = Data(count: 32)) {
    self.head = head.sequence
    headHash = head.hash
    hash = first
  }

  /// Whether nothing is left to follow.
  package var isOver: Bool { sequence >= head || faults.count >= limit }

  /// Passes the next record that is stored.
  package mutating func follow(_ link: ChainLink, stored: Data) {
    if link.sequence != sequence + 1 { gone(to: link.sequence - 1) }
    if link.hash(after: hash) != stored {
      faults.append("record \(link.sequence) (\(link.id)) is not what was appended")
    }
    if link.lines.reduce(Int64(0), { $0 &+ $1.amount }) != 0 {
      faults.append("the postings of record \(link.sequence) (\(link.id)) do not balance")
    }
    hash = stored
    sequence = link.sequence
  }

  /// Ends a portion: what lies before its end and was not passed is gone.
  package mutating func reach(_ end: Int64) {
    if sequence < end {
      gone(to: end)
      sequence = end
    }
  }

  /// Ends the walk at the head.
  package mutating func finish() {
    if faults.isEmpty && hash != headHash { faults.append("the last record is not the chain's head") }
  }

  private mutating func gone(to last: Int64) { faults.append("records \(sequence + 1) to \(last) are gone") }
}
