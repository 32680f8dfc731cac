/// A table of words that finds the nearest ones to a mistyped word without looking at all of them.
///
/// The words are kept sorted and searched as a tree of common beginnings: a beginning that is already too far from
/// the word is left out with everything below it. Distances count Unicode scalars. The answer is exact.
///
/// ```swift
/// NearestIndex(["XA01", "XA02", "XB01"]).nearest(to: "XC01", within: 2, count: 3)  // ["XA01", "XB01"]
/// ```
public struct NearestIndex: Sendable {
  private let words: [String]
  private let scalars: [UInt32]
  private let starts: [Int]

  /// Makes an index; duplicates count once.
  public init(_ words: some Sequence<String>) {
    let spelled = Set(words).map { (word: $0, scalars: $0.unicodeScalars.map(\.value)) }
    let sorted = spelled.sorted { $0.scalars.lexicographicallyPrecedes($1.scalars) }
    self.words = sorted.map(\.word)
    self.scalars = sorted.flatMap(\.scalars)
    var starts = [0]
    starts.reserveCapacity(sorted.count + 1)
    for word in sorted { starts.append(starts[starts.count - 1] + word.scalars.count) }
    self.starts = starts
  }

  /// The words at the smallest distance that any word has, in order of spelling.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - within: the largest number of single-scalar edits that still counts as near.
  ///   - count: how many to name.
  public func nearest(to word: String, within: Int, count: Int) -> [String] {
    let target = word.unicodeScalars.map(\.value)
    for limit in 0...max(within, 0) {
      var walk = Walk(target: target, limit: limit, rows: [Array(0...target.count)], found: [])
      visit(0..<words.count, depth: 0, in: &walk)
      if !walk.found.isEmpty { return walk.found.prefix(count).map { words[$0] } }
    }
    return []
  }

  /// The state of one search: a row of distances for each depth of the tree.
  private struct Walk {
    let target: [UInt32]
    let limit: Int
    var rows: [[Int]]
    var found: [Int]
  }

  private func length(_ word: Int) -> Int { starts[word + 1] - starts[word] }

  private func visit(_ range: Range<Int>, depth: Int, in walk: inout Walk) {
    var lower = range.lowerBound
    // A word that ends here sorts before all that go on.
    if lower < range.upperBound, length(lower) == depth {
      if walk.rows[depth][walk.target.count] <= walk.limit { walk.found.append(lower) }
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
    let width = walk.target.count
    let far = walk.limit + 1
    if walk.rows.count == depth + 1 { walk.rows.append(Array(repeating: 0, count: width + 1)) }
    // Only cells within `limit` of the diagonal can hold a small distance; their neighbours are set to "far".
    let low = max(1, depth + 1 - walk.limit)
    let high = min(width, depth + 1 + walk.limit)
    walk.rows[depth + 1][low - 1] = low == 1 ? depth + 1 : far
    var least = walk.rows[depth + 1][low - 1]
    if low <= high {
      for column in low...high {
        let replaced = walk.rows[depth][column - 1] + (walk.target[column - 1] == scalar ? 0 : 1)
        let inserted = walk.rows[depth + 1][column - 1] + 1
        let removed = (column < depth + 1 + walk.limit ? walk.rows[depth][column] : far) + 1
        let value = min(replaced, inserted, removed, far)
        walk.rows[depth + 1][column] = value
        least = min(least, value)
      }
    }
    if high < width { walk.rows[depth + 1][width] = far }
    return least <= walk.limit
  }
}
