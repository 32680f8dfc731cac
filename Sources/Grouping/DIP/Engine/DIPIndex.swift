/// A catalogue in the form that cases are grouped by: for every beginning of a principal diagnosis the ways in which
/// rows take it, those of all shorter beginnings included, in the order in which they are to be tried.
struct DIPIndex: Sendable {
  var arms: [DIPArm] = []
  var clauses: [DIPArm.Clause] = []
  /// Codes of clauses; with each its mask, which for procedures has all bits.
  var keys: [UInt64] = []
  var masks: [UInt64] = []

  /// The lists of all nodes, one behind the other.
  var lists: [Int32] = []
  /// With each entry of a list how narrow the diagnosis of the row is.
  var ranks: [Int8] = []
  /// Where the list of a node is.
  var nodes: [Range<Int32>] = []
  /// From the beginning of a diagnosis to its node.
  var table = PackedTable([(PackedCode, Int32)]())
  /// The node of what no row names: rows for all diagnoses.
  var root: Range<Int32> = 0..<0
  /// The lengths that beginnings have, longest first.
  var lengths: [Int] = []

  /// The ways in which rows may take a principal diagnosis.
  @inline(__always)
  func candidates(for principal: UInt64) -> Range<Int32> {
    for length in lengths {
      let node = table[principal & PackedCode.mask(length)]
      // A shorter code has no longer beginning: its own prefix is found at its own length, with the same node.
      if node >= 0 { return nodes[Int(node)] }
    }
    return root
  }
}

/// Collects the ways of rows and puts them into an index.
struct DIPIndexBuilder {
  private var index = DIPIndex()
  private var named: [(prefix: PackedCode, arm: Int32, rank: Int)] = []
  private let manifest: DIPManifest

  init(_ manifest: DIPManifest) { self.manifest = manifest }

  /// A clause that has no place in the index yet.
  struct Draft: Hashable {
    var place: DIPArm.Place
    var codes: [PackedCode]
    /// Whether it counts as a procedure that the row asks for.
    var counts = true
  }

  var armCount: Int { index.arms.count }

  /// Adds one way of a row.
  mutating func add(_ arm: DIPArm, _ drafts: [Draft], principal: [DIPCell.Term]) {
    var arm = arm
    let start = Int32(index.clauses.count)
    for draft in drafts {
      let first = Int32(index.keys.count)
      let isProcedure = [.mainProcedure, .relatedProcedures, .procedures].contains(draft.place)
      for code in draft.codes {
        index.keys.append(code.bits)
        index.masks.append(isProcedure ? .max : PackedCode.mask(code.length))
      }
      index.clauses.append(DIPArm.Clause(place: draft.place, keys: first..<Int32(index.keys.count)))
      if isProcedure {
        if arm.bits == .max { arm.bits = draft.codes.reduce(0) { $0 | PackedTable.bit($1.bits) } }
        if draft.counts { arm.procedureCount += 1 }
      }
    }
    arm.clauses = start..<Int32(index.clauses.count)
    let number = Int32(index.arms.count)
    index.arms.append(arm)
    for term in principal {
      for prefix in term.prefixes { named.append((prefix, number, term.rank)) }
    }
  }

  /// The index of everything added.
  mutating func finish() -> DIPIndex {
    var own: [PackedCode: [(arm: Int32, rank: Int)]] = [.empty: []]
    for (prefix, arm, rank) in named { own[prefix, default: []].append((arm, rank)) }
    let prefixes = own.keys.sorted()
    index.lengths = Set(prefixes.map(\.length)).subtracting([0]).sorted(by: >)
    let layers = Dictionary(uniqueKeysWithValues: manifest.layers.enumerated().map { ($1, $0) })
    var entries: [(PackedCode, Int32)] = []
    for prefix in prefixes {
      var best: [Int32: Int] = [:]
      for length in [0] + index.lengths where length <= prefix.length {
        for (arm, rank) in own[prefix.prefix(length)] ?? [] { best[arm] = max(best[arm] ?? -1, rank) }
      }
      let order = best.map { (arm: $0, rank: $1) }.sorted { precedes($0, $1, layers) }
      let start = Int32(index.lists.count)
      index.lists += order.map(\.arm)
      index.ranks += order.map { Int8($0.rank) }
      let range = start..<Int32(index.lists.count)
      if prefix == .empty {
        index.root = range
      } else {
        entries.append((prefix, Int32(index.nodes.count)))
        index.nodes.append(range)
      }
    }
    index.table = PackedTable(entries)
    return index
  }

  private func precedes(
    _ left: (arm: Int32, rank: Int), _ right: (arm: Int32, rank: Int), _ layers: [DIPLayer: Int]
  ) -> Bool {
    let (first, second) = (index.arms[Int(left.arm)], index.arms[Int(right.arm)])
    if first.layer != second.layer { return layers[first.layer] ?? 0 < layers[second.layer] ?? 0 }
    for criterion in manifest.choice[first.layer] ?? DIPManifest.usualChoice {
      switch criterion {
      case .diagnosis: if left.rank != right.rank { return left.rank > right.rank }
      case .procedures:
        if first.procedureCount != second.procedureCount { return first.procedureCount > second.procedureCount }
      case .order: if first.row != second.row { return first.row < second.row }
      }
    }
    return left.arm < right.arm
  }
}
