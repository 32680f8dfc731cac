import Grouping
import Kernel
import Testing

/// Small worlds in which every case is grouped, by the engine and by a slow reading of the rows.
@Suite struct DIPSmallWorldTests {
  private static let diagnoses = ["A15.0", "A15.001", "A16.2x00", "A17.000", "B20", "T20.200x001", "P07.100"]
  private static let others = ["U84.300", "T31.000", "C34.100", "A15.001"]
  private static let procedures = ["33.2400", "33.2400x001", "47.0901", "96.7201"]

  /// Every case of the world: a principal diagnosis, up to one other, up to three procedures in every order.
  private static let cases: [GroupingCase] = {
    var orders: [[String]] = [[]]
    for first in procedures {
      orders.append([first])
      for second in procedures where second != first {
        orders.append([first, second])
        for third in procedures where third != first && third != second { orders.append([first, second, third]) }
      }
    }
    return diagnoses.flatMap { principal in
      ([[]] + others.map { [$0] }).flatMap { other in
        orders.map { order in
          let isSmall = order.count != 1
          return GroupingCase(
            ageDays: isSmall ? 3 : nil, birthWeightGrams: isSmall ? 990 + order.count * 5 : nil,
            diagnoses: [principal] + other, procedures: order)
        }
      }
    }
  }()

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func `随机小目录中全部病例与逐行阅读一致`(seed: UInt64) throws {
    var random = SeededNumbers(seed)
    var seen: Set<DIPLayer> = []
    var differences = 0
    for _ in 0..<25 {
      let catalogue = Self.catalogue(&random)
      let grouper = try DIPGrouper(catalogue)
      let slow = SlowDIPMatcher(catalogue: catalogue)
      var workspace = DIPGrouper.Workspace()
      for unit in Self.cases {
        let fast = grouper.group(unit, using: &workspace)
        let expected = slow.group(unit)
        if fast.status != expected.status || fast.code != expected.code {
          differences += 1
          if differences < 4 {
            Issue.record("\(unit.diagnoses) \(unit.procedures): \(fast.code) instead of \(expected.code) \(catalogue)")
          }
        }
        if let layer = fast.layer { seen.insert(layer) }
      }
    }
    #expect(differences == 0)
    #expect(seen.count >= 8, "the worlds are too poor: \(seen)")
  }

  @Test(arguments: [UInt64(11), 12])
  func `说明的结果与分组一致且说出接收的行`(seed: UInt64) throws {
    var random = SeededNumbers(seed)
    for _ in 0..<5 {
      let catalogue = Self.catalogue(&random)
      let grouper = try DIPGrouper(catalogue)
      for unit in Self.cases where random.chance(30) {
        let explanation = grouper.explain(unit)
        #expect(explanation.grouping == grouper.group(unit))
        let taken = explanation.steps.contains { step in
          if case .taken(let row, _, _) = step { return row == explanation.grouping.row }
          return false
        }
        #expect(taken == (explanation.grouping.row != nil))
        #expect(!explanation.reason(catalogue).chinese.isEmpty)
      }
    }
  }

  @Test(arguments: [UInt64(21), 22, 23])
  func `检查器说到不了的行确实没有病例入`(seed: UInt64) throws {
    var random = SeededNumbers(seed)
    var unreachable = 0
    for _ in 0..<30 {
      var catalogue = Self.catalogue(&random)
      catalogue.manifest.selection = .firstLayer
      let lost = DIPChecker(catalogue).check().filter { [.shadowedRow, .duplicateRow].contains($0.fault) }
      let grouper = try DIPGrouper(catalogue)
      let reached = Set(Self.cases.compactMap { grouper.group($0).row })
      for finding in lost {
        let row = try #require(
          catalogue.groups.firstIndex { $0.layer == finding.layer && $0.row == finding.row })
        #expect(!reached.contains(row), "\(finding.message.english)")
        unreachable += 1
      }
    }
    #expect(unreachable > 10)
  }

  // MARK: Catalogues

  private static func catalogue(_ random: inout SeededNumbers) -> DIPCatalogue {
    var manifest = DIPManifest(identifier: "toy", name: "toy")
    manifest.selection = random.pick([.firstLayer, .firstLayer, .kindThenLayer, .layerThenKind])
    manifest.prefersUncoveredSurgery = random.chance(30)
    manifest.rejectMatching = random.pick([.exact, .prefix])
    manifest.resistantMatching = random.pick([.exact, .prefix])
    manifest.setAside = random.pick([.mainProcedure, .everywhere])
    manifest.compositeBy = random.pick([.mainProcedure, .weightiest])
    // What no row lists is no row: which of all layers would prefer it is not asked.
    manifest.compositeCategories = random.pick([.listed, .every])
    manifest.interventional = random.pick([.surgical, .therapeutic])
    manifest.unclassified = random.pick([.conservative, .therapeutic])
    manifest.blankGroup = random.chance(30) ? "KBBZ" : nil
    manifest.layers = random.pick([
      [.pre, .merge, .burn, .tumour, .tuberculosis, .basic, .primaryCare, .composite],
      [.basic, .pre, .tuberculosis, .composite, .merge, .primaryCare, .tumour, .burn],
      [.basic, .primaryCare, .composite],
    ])
    for layer in DIPLayer.allCases where random.chance(30) {
      manifest.choice[layer] = random.pick([[.order], [.procedures, .order], [.diagnosis, .order], []])
      manifest.emptyProcedure[layer] = random.pick([.any, .conservative])
    }
    var catalogue = DIPCatalogue(manifest: manifest)
    for number in 0..<random.below(14) + 2 {
      catalogue.groups.append(row(number, &random))
    }
    if random.chance(40) { catalogue.rejects = [.init(code: random.pick(["A15.0", "B20", "A17.000"]), row: 2)] }
    for code in procedures where random.chance(25) {
      let rule = random.pick([DIPCatalogue.RestrictionRow.Rule.conservative, .next, .within])
      let scope = rule == .within ? random.pick(["A15-A16", "B20|T20.2"]) : ""
      catalogue.restrictions.append(.init(code: code, rule: rule, scope: scope, row: 2))
    }
    catalogue.resistant = [.init(code: "A15.0", row: 2), .init(code: "U84.3", amongOthers: true, row: 3)]
    for code in procedures where random.chance(80) {
      catalogue.classes.append(.init(code: code, kind: random.pick(["手术", "介入治疗", "治疗性操作", "诊断性操作"]), row: 2))
    }
    return catalogue
  }

  private static func row(_ number: Int, _ random: inout SeededNumbers) -> DIPCatalogue.GroupRow {
    let layer = random.pick(DIPLayer.allCases.filter { $0 != .blank })
    var row = DIPCatalogue.GroupRow(layer: layer, code: "G\(number)", name: "", row: number + 2)
    row.principal = random.pick([
      "A15", "A15.0", "A15-A16", "A15-A17|B20", "A15.001", "T20.2-T20.7", "B20|T20", "P07", "所有诊断", "",
    ])
    if layer == .composite { row.treatment = random.pick(DIPTreatment.allCases) }
    let cells = ["33.2400", "33.2400x001|47.0901", "33.2400+47.0901", "96.7201|33.2400+47.0901", "47.0901|96.7201"]
    if random.chance(60) { row.mainProcedure = random.pick(cells + ["保守治疗"]) }
    if random.chance(25) { row.relatedProcedures = random.pick(cells) }
    if random.chance(25) { row.procedures = random.pick(cells) }
    if random.chance(20) { row.otherDiagnoses = random.pick(["U84.3", "T31", "C00-C75|T31.0", "U84+C34"]) }
    if random.chance(15) { row.diagnoses = random.pick(["P07", "C34|A15", "A15.0+C34"]) }
    if random.chance(15) { row.ageDays = random.pick(["<29", "0-3", "4-28"]) }
    if random.chance(15) { row.birthWeight = random.pick(["0-999克", "1000-1499", "≥1005"]) }
    if random.chance(15) { row.resistant = random.pick(["是", "否"]) }
    if row.principal.isEmpty, row.mainProcedure.isEmpty { row.mainProcedure = "96.7201" }
    return row
  }
}

/// Seeded numbers (SplitMix64), the same on every machine.
struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
