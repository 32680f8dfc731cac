import Grouping
import Kernel
import Testing

/// Editions under `../shared`; skipped, and so reported, where that folder is missing.
@Suite(.enabled(if: Shared.isThere, "needs ../shared/data/editions"))
struct SharedEditionTests {
  /// What the checker finds in each edition; every row that the manifests call a known defect is among them.
  static let expected: [(name: String, counts: [EditionFinding.Kind: Int])] = [
    ("chs_drg_10", [.keptOutByCategory: 7, .unreachable: 14]),
    ("chs_drg_11", [.unknownExclusionTable: 168, .keptOutByCategory: 17]),
    ("corrected/chs_drg_11", [.unknownExclusionTable: 168, .keptOutByCategory: 17]),
    (
      "beijing_2022",
      [.unknownExclusionTable: 166, .unreachable: 4, .keptOutByCategory: 2, .noUnconditionalGroup: 3]
    ),
    ("wuhan_2022", [.keptOutByCategory: 7, .unreachable: 14]),
    ("zhejiang_2022", [.neverTrue: 2, .unreachable: 15, .keptOutByCategory: 112, .noUnconditionalGroup: 1]),
    ("chongqing_2022", [.keptOutByCategory: 4]),
    ("suzhou_2023", [.unknownExclusionTable: 168, .keptOutByCategory: 18]),
  ]

  @Test(arguments: expected)
  func `各版方案全部可编译，已知缺陷逐一查出`(name: String, counts: [EditionFinding.Kind: Int]) throws {
    let findings = try LoadedEdition.named(name).findings
    #expect(!findings.contains { $0.severity == .error })
    #expect(Dictionary(grouping: findings, by: \.kind).mapValues(\.count) == counts)
  }

  @Test func `清单所列缺陷`() throws {
    func codes(_ name: String, _ kind: EditionFinding.Kind) throws -> Set<String> {
      Set(
        try LoadedEdition.named(name).findings.filter { $0.kind == kind }.compactMap { finding in
          finding.message.chinese.split(separator: " ").first.map(String.init)
        })
    }
    #expect(try codes("beijing_2022", .unreachable) == ["CD1D", "DC2D", "IT2B", "IT2C"])
    #expect(try codes("beijing_2022", .noUnconditionalGroup) == ["RC1", "RC2", "RE1"])
    #expect(try codes("beijing_2022", .keptOutByCategory) == ["AG1", "AG2"])
    #expect(try codes("zhejiang_2022", .neverTrue) == ["DA1", "RB1"])
    #expect(try codes("zhejiang_2022", .keptOutByCategory).contains("AH1"))
    #expect(
      try codes("zhejiang_2022", .unreachable) == [
        "BR19", "BR29", "ES19", "ES29", "EW19", "FR19", "FR29", "FU19", "GE19", "HL29", "OC19", "OR19", "RE19", "SR19",
        "VS29",
      ])
    let behindLost = try codes("chs_drg_10", .unreachable)
    #expect(behindLost.isSuperset(of: ["YR1", "YR2", "WC1", "WJ1", "WR1", "WZ1"]))
    #expect(behindLost.filter { $0.hasPrefix("P") }.count == 8, "PB1 lost its list and takes every newborn")
    #expect(try codes("wuhan_2022", .unreachable) == behindLost)
  }

  @Test(arguments: Shared.editions)
  func `两万个随机病例与规则文本逐条解释一致`(name: String) throws {
    let loaded = try LoadedEdition.named(name)
    let grouper = Grouper(loaded.edition)
    var cases = RandomCases(loaded.tables, seed: 20_260_1)
    var reached: Set<String> = []
    for _ in 0..<20_000 {
      let stated = cases.next()
      let result = grouper.group(stated)
      let naive = loaded.naive.group(stated)
      guard result.isSame(as: naive) else {
        Issue.record("\(stated): \(result) instead of \(naive)")
        return
      }
      reached.insert(result.code)
    }
    // The cases are worth something only if they reach most groups.
    #expect(reached.count * 10 > loaded.edition.groupCount * 8)
  }
}
