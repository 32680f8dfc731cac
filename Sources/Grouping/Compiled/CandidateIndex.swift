/// Which categories and adjacent groups can take a case at all, by the class of its principal diagnosis and by that of
/// its main procedure.
///
/// One row of bits a class: a bit for each category, then, from a word of its own, one for each adjacent group. A bit
/// is off when the rule is false whatever else the case holds; a row of each kind, combined by "and", leaves the few
/// rules that are worth asking.
struct CandidateIndex: Hashable, Sendable {
  let categoryCount: Int
  let adjacentCount: Int
  let byPrincipalDiagnosis: [UInt64]
  let byMainProcedure: [UInt64]

  static func words(_ count: Int) -> Int { (count + 63) / 64 }

  /// Where the bits of the adjacent groups begin.
  var firstAdjacentBit: Int { Self.words(categoryCount) * 64 }
  var wordsPerClass: Int { Self.words(categoryCount) + Self.words(adjacentCount) }

  /// The next candidate bit from a place on, or the limit.
  @inline(__always)
  func next(from place: Int, before limit: Int, principalRow: Int, mainRow: Int) -> Int {
    var word = place >> 6
    var mask = UInt64.max << UInt64(place & 63)
    while word << 6 < limit {
      let bits = byPrincipalDiagnosis[principalRow &+ word] & byMainProcedure[mainRow &+ word] & mask
      if bits != 0 { return min(word << 6 &+ bits.trailingZeroBitCount, limit) }
      mask = .max
      word &+= 1
    }
    return limit
  }
}

/// The rows of one case, or every rule.
struct CandidateWalk {
  private let everyRule: Bool
  private let principalRow: Int
  private let mainRow: Int

  @inline(__always)
  init(_ facts: borrowing CaseFacts, _ edition: EditionParts, everyRule: Bool) {
    self.everyRule = everyRule
    principalRow = facts.principalClass * edition.candidates.wordsPerClass
    mainRow = facts.mainClass * edition.candidates.wordsPerClass
  }

  /// The next category worth asking; the number of categories when there is none.
  @inline(__always)
  func category(from place: Int, in edition: EditionParts) -> Int {
    if everyRule { return place }
    let limit = edition.candidates.categoryCount
    return edition.candidates.next(from: place, before: limit, principalRow: principalRow, mainRow: mainRow)
  }

  /// The next adjacent group worth asking, or the limit.
  @inline(__always)
  func adjacentGroup(from place: Int, before limit: Int, in edition: EditionParts) -> Int {
    if everyRule { return place }
    let first = edition.candidates.firstAdjacentBit
    return edition.candidates.next(
      from: first + place, before: first + limit, principalRow: principalRow, mainRow: mainRow) - first
  }
}
