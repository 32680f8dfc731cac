/// A table of words that finds the nearest ones to a mistyped word without looking at all of them.
///
/// The words are kept sorted, forwards and backwards, and searched as trees of common beginnings: what is already too
/// far from the word is left out with everything below it. Of two edits, either at most one falls into the first half
/// of the word or none into the second; so one tree is searched with few edits early and the other with fewer still.
/// Distances count Unicode scalars. The answer is exact.
///
/// ```swift
/// NearestIndex(["XA01", "XA02", "XB01"]).nearest(to: "XC01", within: 2, count: 3)  // ["XA01", "XB01"]
/// ```
public struct NearestIndex: Sendable {
  private let words: [String]
  private let forwards: WordTree
  private let backwards: WordTree

  /// Makes an index; duplicates count once.
  public init(_ words: some Sequence<String>) {
    let sorted = Set(words).map { (word: $0, scalars: $0.unicodeScalars.map(\.value)) }
      .sorted { WordTree.precedes($0.scalars, $1.scalars) }
    self.words = sorted.map(\.word)
    forwards = WordTree(sorted.enumerated().map { (word: $0, scalars: $1.scalars) })
    backwards = WordTree(
      sorted.enumerated().map { (word: $0, scalars: Array($1.scalars.reversed())) }
        .sorted { WordTree.precedes($0.scalars, $1.scalars) })
  }

  /// The words at the smallest distance that any word has, in order of spelling.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - within: the largest number of single-scalar edits that still counts as near.
  ///   - count: how many to name.
  public func nearest(to word: String, within: Int, count: Int) -> [String] {
    let target = word.unicodeScalars.map(\.value)
    let half = target.count / 2
    for limit in 0...max(within, 0) {
      var found = forwards.words(near: target, limit: limit, early: limit / 2, until: half)
      let rest = limit - limit / 2 - 1
      if rest >= 0 {
        let reversed = Array(target.reversed())
        found += backwards.words(near: reversed, limit: limit, early: rest, until: target.count - half - 1)
      }
      if !found.isEmpty { return Set(found).sorted().prefix(count).map { words[$0] } }
    }
    return []
  }
}

/// Words sorted by their scalars, to be walked as a tree of common beginnings.
private struct WordTree: Sendable {
  private let numbers: [Int]
  private let scalars: [UInt32]
  private let starts: [Int]

  /// The state of one search: a row of distances for each depth of the tree.
  private struct Walk {
    let target: [UInt32]
    let limit: Int
    /// Edits allowed in the first `half` scalars of the target.
    let early: Int
    let half: Int
    var cells: [Int]
    var found: [Int] = []
  }

  init(_ sorted: [(word: Int, scalars: [UInt32])]) {
    numbers = sorted.map(\.word)
    scalars = sorted.flatMap(\.scalars)
    var starts = [0]
    starts.reserveCapacity(sorted.count + 1)
    for word in sorted { starts.append(starts[starts.count - 1] + word.scalars.count) }
    self.starts = starts
  }

  static func precedes(_ first: [UInt32], _ second: [UInt32]) -> Bool {
    for position in 0..<min(first.count, second.count) where first[position] != second[position] {
      return first[position] < second[position]
    }
    return first.count < second.count
  }

  /// Numbers of the words within `limit` edits, of which at most `early` before the target's scalar `half` is passed.
  func words(near target: [UInt32], limit: Int, early: Int, until half: Int) -> [Int] {
    let width = target.count + 1
    // No word deeper than the target plus the limit can be near, and the walk computes one row beyond.
    var cells = [Int](repeating: limit + 1, count: width * (width + limit + 1))
    for column in 0..<width { cells[column] = column <= (column <= half ? early : limit) ? column : limit + 1 }
    var walk = Walk(target: target, limit: limit, early: early, half: half, cells: cells)
    visit(0..<numbers.count, depth: 0, in: &walk)
    return walk.found
  }

  private func length(_ word: Int) -> Int { starts[word + 1] - starts[word] }

  private func visit(_ range: Range<Int>, depth: Int, in walk: inout Walk) {
    let last = depth * (walk.target.count + 1) + walk.target.count
    var lower = range.lowerBound
    // A word that ends here sorts before all that go on.
    if lower < range.upperBound, length(lower) == depth {
      if walk.cells[last] <= walk.limit { walk.found.append(numbers[lower]) }
      lower += 1
    }
    while lower < range.upperBound {
      let scalar = scalars[starts[lower] + depth]
      let upper = endOfGroup(scalar, from: lower, to: range.upperBound, depth: depth)
      if extend(by: scalar, depth: depth, in: &walk) { visit(lower..<upper, depth: depth + 1, in: &walk) }
      lower = upper
    }
  }

  /// The first word after `lower` whose scalar at `depth` is another one; gallops, then halves.
  private func endOfGroup(_ scalar: UInt32, from lower: Int, to end: Int, depth: Int) -> Int {
    var known = lower
    var step = 1
    while known + step < end, scalars[starts[known + step] + depth] == scalar {
      known += step
      step *= 2
    }
    var other = min(known + step, end)
    while other - known > 1 {
      let middle = (known + other) / 2
      if scalars[starts[middle] + depth] == scalar { known = middle } else { other = middle }
    }
    return other
  }

  /// Computes the next row of distances; false when everything below is too far.
  private func extend(by scalar: UInt32, depth: Int, in walk: inout Walk) -> Bool {
    let width = walk.target.count + 1
    let (above, row, far) = (depth * width, (depth + 1) * width, walk.limit + 1)
    walk.cells[row] = depth + 1 <= (walk.half < 0 ? walk.limit : walk.early) ? depth + 1 : far
    var least = walk.cells[row]
    // Cells farther than `limit` from the diagonal cannot hold a small distance.
    let low = max(1, depth + 1 - walk.limit)
    if low > 1 { walk.cells[row + low - 1] = far }
    let high = min(width - 1, depth + 1 + walk.limit)
    guard low <= high else { return least <= walk.limit }
    for column in low...high {
      let replaced = walk.cells[above + column - 1] + (walk.target[column - 1] == scalar ? 0 : 1)
      let inserted = walk.cells[row + column - 1] + 1
      let removed = walk.cells[above + column] + 1
      var value = min(replaced, inserted, removed)
      if value > (column <= walk.half ? walk.early : walk.limit) { value = far }
      walk.cells[row + column] = value
      least = min(least, value)
    }
    // The row below looks one cell further than this one reaches.
    if high + 1 < width { walk.cells[row + high + 1] = far }
    if high < width - 1 { walk.cells[row + width - 1] = far }
    return least <= walk.limit
  }
}
