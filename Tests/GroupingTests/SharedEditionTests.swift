import Grouping
import Kernel
import Testing

/// Editions under `../shared`; skipped, and so reported, where that folder is missing.
@Suite(.enabled(if: Shared.isThere, "needs ../shared/data/editions"))
struct SharedEditionTests {
  @Test(arguments: Shared.editions)
  func `各版方案全部可编译`(name: String) throws {
    let loaded = try LoadedEdition.named(name)
    #expect(!loaded.findings.contains { $0.severity == .error })
  }

  @Test(arguments: Shared.editions)
  func `两万个随机病例与规则文本逐条解释一致`(name: String) throws {
    let loaded = try LoadedEdition.named(name)
    let grouper = Grouper(loaded.edition)
    var cases = RandomCases(loaded.tables, seed: 20_260_1)
    var reached: Set<String> = []
    for _ in 0..<20_000 {
      let sample = cases.next()
      let result = grouper.group(sample)
      let naive = loaded.naive.group(sample)
      let same =
        result.category ?? "" == naive.category && result.adjacentGroup ?? "" == naive.adjacentGroup
        && result.group ?? "" == naive.group && result.status == naive.status
      guard same else {
        Issue.record("\(sample): \(result) instead of \(naive)")
        return
      }
      reached.insert(result.code)
    }
    #expect(reached.count * 10 > loaded.edition.groupCount * 8)
  }
}
