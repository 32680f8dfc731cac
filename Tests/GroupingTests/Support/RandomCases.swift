import Grouping

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Random cases of which many fulfil some rule: the codes come from the sets that the rules name.
struct RandomCases {
  private let rules: [[String]]
  private let sets: [String: [String]]
  private let diagnoses: [String]
  private let procedures: [String]
  private let complications: [String]
  private var generator: SeededGenerator

  init(_ tables: EditionTables, seed: UInt64) {
    var sets: [String: [String]] = [:]
    for row in tables.members { sets[row.set, default: []].append(row.code) }
    self.sets = sets
    let ruleOfCategory = Dictionary(tables.categories.map { ($0.code, $0.rule) }) { first, _ in first }
    let ruleOfAdjacent = Dictionary(tables.adjacentGroups.map { ($0.code, $0) }) { first, _ in first }
    rules = tables.groups.map { group in
      let adjacent = ruleOfAdjacent[group.adjacentGroup]
      let text = [group.rule, adjacent?.rule ?? "", ruleOfCategory[adjacent?.category ?? ""] ?? ""].joined(
        separator: " ")
      let names = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      return names.filter { sets[$0] != nil }
    }
    diagnoses = sets.filter { $0.key.hasPrefix("DI") }.sorted { $0.key < $1.key }.flatMap(\.value)
    procedures = sets.filter { $0.key.hasPrefix("OP") }.sorted { $0.key < $1.key }.flatMap(\.value)
    complications = tables.complications.map(\.code)
    generator = SeededGenerator(seed: seed)
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  private mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &generator) }

  private mutating func orNil<Value>(_ values: [Value]) -> Value? { chance(12) ? nil : pick(values) }

  mutating func next() -> GroupingCase {
    var diagnoses: [String] = []
    var procedures: [String] = []
    for name in pick(rules) ?? [] where chance(85) {
      guard let code = pick(sets[name] ?? []) else { continue }
      if name.hasPrefix("OP") { procedures.append(code) } else { diagnoses.append(code) }
    }
    while chance(45) { diagnoses.append(pick(complications) ?? "") }
    while chance(25) { diagnoses.append(pick(self.diagnoses) ?? "") }
    while chance(25) { procedures.append(pick(self.procedures) ?? "") }
    if diagnoses.isEmpty || chance(3) { diagnoses.insert(pick(self.diagnoses) ?? "A00", at: 0) }
    if chance(40) { diagnoses.shuffle(using: &generator) }
    if chance(50) { procedures.shuffle(using: &generator) }
    if chance(2) { diagnoses.insert("Q99.999x999", at: 0) }
    if chance(2) { procedures.insert("00.0000x999", at: 0) }
    return GroupingCase(
      sex: orNil([.male, .female]), ageYears: orNil([0, 0, 1, 5, 17, 18, 40, 64, 70, 80]),
      ageDays: orNil([0, 3, 6, 7, 27, 28, 29, 100, 364, 365]),
      birthWeightGrams: orNil([0, 900, 999, 1000, 1499, 1500, 1999, 2000, 2499, 2500, 3300]),
      stayDays: orNil([0, 1, 2, 7, 14, 30, 60, 61, 90, 180]), dischargeKind: orNil([1, 2, 5, 9]),
      department: pick(["", "A28", "重症医学科", "内科"]) ?? "", diagnoses: diagnoses, procedures: procedures)
  }
}
