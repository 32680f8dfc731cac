/// Finding the words nearest to a mistyped one, for messages that say what was probably meant.
public enum Nearest {
  /// The candidates within an edit distance, nearest first and at most `count` of them.
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
      let distance = editDistance(target, Array(candidate), limit: within)
      return distance <= within ? (candidate, distance) : nil
    }
    return near.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(count).map(\.0)
  }

  /// Single-character insertions, deletions and replacements between two words; `limit + 1` when there are more.
  static func editDistance(_ first: [Character], _ second: [Character], limit: Int) -> Int {
    if abs(first.count - second.count) > limit { return limit + 1 }
    var previous = Array(0...second.count)
    for (row, character) in first.enumerated() {
      var current = [row + 1]
      for (column, other) in second.enumerated() {
        let replaced = previous[column] + (character == other ? 0 : 1)
        current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
      }
      if let least = current.min(), least > limit { return limit + 1 }
      previous = current
    }
    return previous[second.count]
  }
}
