/// Numbers the codes of a draft and finds the sets of each.
struct MembershipCompiler {
  let codes: CodeIndex
  let memberships: MembershipTable
  /// Sets that rules name, then exclusion tables.
  let setNames: [String]
  /// The numbers of the sets that rules name.
  let setNumbers: [String: UInt16]

  private struct Traits: Hashable {
    var sets: [UInt16] = []
    var level: UInt8 = 0
    var exclusion = MembershipTable.noTable
  }

  /// Makes the tables; `nil` when there are more sets than can be numbered.
  init?(_ draft: EditionDraft) {
    let used = Self.usedSets(draft)
    let tables = Set(draft.exclusions.map(\.table)).sorted()
    guard used.count + tables.count < Int(UInt16.max) else { return nil }
    setNames = used + tables
    let setNumbers = Dictionary(uniqueKeysWithValues: zip(used, UInt16(0)...))
    let tableNumbers = Dictionary(uniqueKeysWithValues: zip(tables, UInt16(used.count)...))
    self.setNumbers = setNumbers
    var traits: [String: Traits] = [:]
    traits.reserveCapacity(draft.members.count / 2)
    for member in draft.members {
      // A code that stands in unused sets alone is known all the same.
      traits[member.code, default: Traits()].sets += setNumbers[member.set].map { [$0] } ?? []
    }
    for row in draft.exclusions {
      traits[row.principalDiagnosis, default: Traits()].sets += tableNumbers[row.table].map { [$0] } ?? []
    }
    for row in draft.complications {
      traits[row.code, default: Traits()].level = ComplicationLevels.named(row.level)?.rawValue ?? 0
      traits[row.code, default: Traits()].exclusion = tableNumbers[row.exclusionTable] ?? MembershipTable.noTable
    }
    guard let codes = Self.numbered(Array(traits.keys), draft.manifest.codeMatching) else { return nil }
    self.codes = codes
    memberships = Self.classes(codes, traits, setCount: setNames.count)
  }

  /// The sets that rules name and that have members.
  private static func usedSets(_ draft: EditionDraft) -> [String] {
    var named: Set<String> = []
    for test in draft.entries.flatMap(\.rule.tests) {
      guard case .membership(_, let lists, _) = test.question else { continue }
      for case .set(let name) in lists.map(\.meaning) { named.insert(name) }
    }
    return named.intersection(draft.members.map(\.set)).sorted()
  }

  private static func numbered(_ codes: [String], _ matching: EditionManifest.CodeMatching) -> CodeIndex? {
    let sorted = codes.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    ends.reserveCapacity(sorted.count)
    for code in sorted {
      bytes += code
      ends.append(UInt32(bytes.count))
    }
    return CodeIndex(bytes: bytes, ends: ends, matching: matching)
  }

  private static func classes(_ codes: CodeIndex, _ own: [String: Traits], setCount: Int) -> MembershipTable {
    var traits = [Traits](repeating: Traits(), count: codes.count + CodeIndex.reserved)
    let texts = (0..<codes.count).map { codes.text(of: CodeNumber(raw: UInt32($0 + CodeIndex.reserved))) }
    // Shorter codes first, so that the beginnings of a code are complete when it takes over what they have.
    for place in texts.indices.sorted(by: { texts[$0].utf8.count < texts[$1].utf8.count }) {
      var code = texts[place]
      var trait = own[code] ?? Traits()
      if codes.matching == .prefix,
        let beginning = code.withUTF8({ codes.longestBeginning(of: $0.span, below: $0.count) })
      {
        let inherited = traits[Int(beginning.raw)]
        trait.sets += inherited.sets
        if trait.level == 0 { (trait.level, trait.exclusion) = (inherited.level, inherited.exclusion) }
      }
      trait.sets = Array(Set(trait.sets)).sorted()
      traits[place + CodeIndex.reserved] = trait
    }
    return table(of: traits, words: max(1, (setCount + 63) / 64))
  }

  private static func table(of traits: [Traits], words: Int) -> MembershipTable {
    var numbers: [Traits: UInt32] = [:]
    var classOfCode: [UInt32] = []
    var bits: [UInt64] = []
    var levels: [UInt8] = []
    var exclusions: [UInt16] = []
    for trait in traits {
      if let number = numbers[trait] {
        classOfCode.append(number)
        continue
      }
      let number = UInt32(levels.count)
      numbers[trait] = number
      classOfCode.append(number)
      var row = [UInt64](repeating: 0, count: words)
      for set in trait.sets { row[Int(set >> 6)] |= 1 << UInt64(set & 63) }
      bits += row
      levels.append(trait.level)
      exclusions.append(trait.exclusion)
    }
    return MembershipTable(
      classOfCode: classOfCode, wordsPerClass: words, bits: bits, levels: levels, exclusions: exclusions)
  }
}
