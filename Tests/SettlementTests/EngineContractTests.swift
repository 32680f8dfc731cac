import Catalog
import Claims
import Kernel
import People
import Settlement
import Testing

/// What the engine owes its callers beyond amounts.
@Suite struct EngineContractTests {
  @Test func `结果词和编号不重复且按优先次序排列`() {
    let numbers = SettlementOutcome.allCases.map(\.rawValue)
    #expect(numbers == numbers.sorted())
    #expect(Set(SettlementOutcome.allCases.map(\.word)).count == numbers.count)
    #expect(SettlementOutcome.noFirstSelfPayRate.word == "no_first_self_pay_rate")
    #expect(Set(StepCode.allCases.map(\.word)).count == StepCode.allCases.count)
  }

  @Test(arguments: SettlementOutcome.allCases)
  func `每个结果都有中英文说明`(outcome: SettlementOutcome) {
    #expect(!outcome.message.chinese.isEmpty)
    #expect(!outcome.message.english.isEmpty)
  }

  @Test(arguments: NoCoverage.allCases)
  func `不享受待遇的原因与结果编号一一对应`(reason: NoCoverage) {
    #expect(SettlementOutcome(reason).rawValue == 120 + UInt16(reason.rawValue))
  }

  @Test func `年度或险种不符的累计不予结算`() throws {
    var walk = WorldWalk(seed: 9)
    var refused = 0
    try walk.claims(300) { visit in
      guard case .success(let settled) = visit.result else { return }
      let year = visit.claim.discharged.year
      let other: InsuranceScheme = settled.cover.scheme == .employee ? .resident : .employee
      for wrong in [
        Accumulators(scheme: settled.cover.scheme, year: year - 1), Accumulators(scheme: other, year: year),
      ] {
        let again = SettlementEngine.settle(
          visit.claim, of: visit.person, under: visit.policy, after: wrong, credit: visit.credit)
        guard case .failure(.wrongYear) = again else { throw Unexpected.settled }
        refused += 1
      }
    }
    #expect(refused > 200)
  }

  @Test func `每一步都能用两种文字说明`() throws {
    var walk = WorldWalk(seed: 10)
    var words: Set<String> = []
    try walk.claims(3_000) { visit in
      guard case .success(let settled) = visit.result else { return }
      let items = visit.claim.lines.map(\.item)
      for step in settled.explanation(under: visit.policy, items: items) {
        words.insert(step.word)
        try #require(!step.text.chinese.isEmpty && !step.text.english.isEmpty)
        try #require(!step.text.english.contains("  "), "\(step.text.english)")
      }
    }
    #expect(words == Set(StepCode.allCases.map(\.word)))
  }

  enum Unexpected: Error { case settled }
}
