public import Grouping

/// How often the answers of several editions differ.
public struct ComparisonTally: BatchTally {
  /// Two answers to one case that differ, by the places of their editions.
  struct Move: Hashable, Sendable {
    let first: UInt16
    let second: UInt16
    let from: CodedResult
    let to: CodedResult
  }

  /// How many cases were compared.
  public internal(set) var total = 0
  /// Cases that a group of every edition took.
  public internal(set) var groupedCount = 0
  /// Cases with the same answer under every edition.
  public internal(set) var unanimousCount = 0
  /// How many cases have each pair of different answers.
  var moves: [Move: Int] = [:]

  /// Nothing counted yet.
  public init() {}

  /// Adds what another part of the batch counted.
  public mutating func add(_ other: ComparisonTally) {
    total += other.total
    groupedCount += other.groupedCount
    unanimousCount += other.unanimousCount
    moves.merge(other.moves, uniquingKeysWith: +)
  }
}

/// How far two editions agree on the same cases.
public struct EditionAgreement: Hashable, Sendable {
  /// Two different answers, and how many cases have them.
  public struct Move: Hashable, Sendable {
    /// The code under the first edition.
    public let from: String
    /// The code under the second edition.
    public let to: String
    /// The highest level on which they differ.
    public let level: GroupingTrace.Level
    /// How many cases.
    public let count: Int
  }

  /// The first edition, as the columns of results call it.
  public let first: String
  /// The second edition.
  public let second: String
  /// How many cases were compared.
  public let total: Int
  /// Different answers, the most frequent first.
  public let moves: [Move]

  /// Cases whose answers differ first on a level.
  public func count(_ level: GroupingTrace.Level) -> Int {
    moves.reduce(0) { $0 + ($1.level == level ? $1.count : 0) }
  }

  /// Cases with the same answer.
  public var sameCount: Int { total - moves.reduce(0) { $0 + $1.count } }
}

extension ComparisonTally {
  /// The agreement of every two editions, in their order.
  func agreements(_ editions: [Edition], _ names: [String]) -> [EditionAgreement] {
    var found: [[EditionAgreement.Move]] = Array(repeating: [], count: editions.count * editions.count)
    for (move, count) in moves {
      let from = editions[Int(move.first)].result(of: move.from)
      let to = editions[Int(move.second)].result(of: move.to)
      // Only answers that differ are counted.
      guard let level = to.difference(from: from) else { continue }
      let place = Int(move.first) * editions.count + Int(move.second)
      found[place].append(EditionAgreement.Move(from: from.code, to: to.code, level: level, count: count))
    }
    var agreements: [EditionAgreement] = []
    for first in editions.indices {
      for second in editions.indices where second > first {
        agreements.append(
          EditionAgreement(
            first: names[first], second: names[second], total: total,
            moves: Self.joined(found[first * editions.count + second])))
      }
    }
    return agreements
  }

  /// Answers that read the same are one row, whatever their reasons; the most frequent first, then by code.
  private static func joined(_ moves: [EditionAgreement.Move]) -> [EditionAgreement.Move] {
    var counts: [EditionAgreement.Move: Int] = [:]
    for move in moves {
      let key = EditionAgreement.Move(from: move.from, to: move.to, level: move.level, count: 0)
      counts[key, default: 0] += move.count
    }
    return counts.map { EditionAgreement.Move(from: $0.from, to: $0.to, level: $0.level, count: $1) }
      .sorted { ($1.count, $0.from, $0.to, $0.level.rawValue) < ($0.count, $1.from, $1.to, $1.level.rawValue) }
  }
}
