import Kernel

/// The names of a code table, searchable by likeness.
///
/// Two names are alike when they share pairs of neighbouring characters. Pairs are counted in buckets; a search reads
/// the rarest pairs of the wanted name first and stops after a fixed amount of work, so that its cost does not depend
/// on how common a word like 注射液 is. What it finds is then ranked by edit distance.
struct NameIndex {
  private static let bucketBits = 20
  /// Postings read by one search, and candidates ranked by it.
  private static let (work, ranked) = (20_000, 48)

  private let names: [[UInt32]]
  private let exact: [String: [Int]]
  private let bucketStarts: [Int32]
  private let postings: [Int32]
  private var shared: [UInt8]

  init(_ texts: [String]) {
    var exact: [String: [Int]] = [:]
    exact.reserveCapacity(texts.count)
    names = texts.enumerated().map { position, text in
      let canonical = TextForm.canonical(text)
      exact[canonical, default: []].append(position)
      return canonical.unicodeScalars.map(\.value)
    }
    self.exact = exact
    var ends = [Int32](repeating: 0, count: 1 << Self.bucketBits + 1)
    for name in names { Self.forEachPair(of: name) { ends[$0 + 1] += 1 } }
    for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
    bucketStarts = ends
    var postings = [Int32](repeating: 0, count: Int(ends[ends.count - 1]))
    for (position, name) in names.enumerated() {
      Self.forEachPair(of: name) { bucket in
        postings[Int(ends[bucket])] = Int32(position)
        ends[bucket] += 1
      }
    }
    self.postings = postings
    shared = [UInt8](repeating: 0, count: texts.count)
  }

  /// Positions of the names like a text, most alike first; those that match but for form come alone.
  mutating func positions(like text: String, count: Int, where accepts: (Int) -> Bool) -> [Int] {
    let canonical = TextForm.canonical(text)
    let same = (exact[canonical] ?? []).filter(accepts)
    if !same.isEmpty || canonical.isEmpty { return Array(same.prefix(count)) }
    let wanted = canonical.unicodeScalars.map(\.value)
    let limit = max(1, wanted.count / 3)
    var near: [(distance: Int, position: Int)] = []
    for position in candidates(for: wanted) where accepts(position) {
      let distance = Nearest.distance(wanted, names[position], limit: limit)
      if distance <= limit { near.append((distance, position)) }
    }
    return near.sorted { $0 < $1 }.prefix(count).map(\.position)
  }

  /// The edit distance between a text and a name of the table, both in canonical form.
  func distance(_ text: [UInt32], _ position: Int, limit: Int) -> Int {
    Nearest.distance(text, names[position], limit: limit)
  }

  private mutating func candidates(for wanted: [UInt32]) -> ArraySlice<Int> {
    var buckets: Set<Int> = []
    Self.forEachPair(of: wanted) { buckets.insert($0) }
    let rarestFirst = buckets.map { Int(bucketStarts[$0])..<Int(bucketStarts[$0 + 1]) }
      .sorted { ($0.count, $0.lowerBound) < ($1.count, $1.lowerBound) }
    var touched: [Int] = []
    var left = Self.work
    for list in rarestFirst where left > 0 {
      for posting in postings[list].prefix(left) {
        let position = Int(posting)
        if shared[position] == 0 { touched.append(position) }
        if shared[position] < .max { shared[position] += 1 }
      }
      left -= list.count
    }
    let best = touched.sorted { (shared[$1], $0) < (shared[$0], $1) }.prefix(Self.ranked)
    for position in touched { shared[position] = 0 }
    return best
  }

  /// The buckets of a name's pairs, its beginning and end included.
  private static func forEachPair(of name: [UInt32], _ body: (Int) -> Void) {
    var previous: UInt32 = 0
    for scalar in name {
      body(bucket(previous, scalar))
      previous = scalar
    }
    body(bucket(previous, 0))
  }

  private static func bucket(_ first: UInt32, _ second: UInt32) -> Int {
    let key = UInt64(first) << 32 | UInt64(second)
    return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bucketBits))
  }
}
