/// Finding the words nearest to a mistyped one, for messages that say what was probably meant.
public enum Nearest {
  /// The candidates within an edit distance, nearest first and at most `count` of them.
  ///
  /// Looks at every candidate; for tables of more than a few thousand words use ``NearestIndex``.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - candidates: what may be written.
  ///   - within: the largest number of single-character edits that still counts as near.
  ///   - count: how many to name.
  public static func words(to word: String, among candidates: some Sequence<String>, within: Int, count: Int)
    -> [String]
  {
    let target = Array(word)
    let near = candidates.compactMap { candidate -> (String, Int)? in
      let distance = distance(target, Array(candidate), limit: within)
      return distance <= within ? (candidate, distance) : nil
    }
    return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(count).map(\.0)
  }

  /// Single-element insertions, deletions and replacements between two words; `limit + 1` when there are more.
  ///
  /// ```swift
  /// Nearest.distance(Array("XA01"), Array("XB01"), limit: 2)  // 1
  /// ```
  public static func distance<Element: Equatable>(_ first: [Element], _ second: [Element], limit: Int) -> Int {
    if abs(first.count - second.count) > limit { return limit + 1 }
    var row = Array(0...second.count)
    for (position, element) in first.enumerated() {
      var diagonal = row[0]
      row[0] = position + 1
      var least = row[0]
      for column in second.indices {
        let replaced = diagonal + (element == second[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
        least = min(least, row[column + 1])
      }
      if least > limit { return limit + 1 }
    }
    return min(row[second.count], limit + 1)
  }
}
