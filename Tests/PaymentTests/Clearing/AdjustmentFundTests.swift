import Kernel
import Ledger
import Payment
import People
import PolicyFiles
import Testing

@Suite struct AdjustmentFundTests {
  /// Anhui's frame with what it leaves open filled in for the trial.
  private func terms(_ contribution: Rate = percent(4)) throws -> AdjustmentFundTerms {
    var terms = try #require(ClearingPolicies.folder.adjustmentFunds["340000"])
    terms.contribution = sourced(contribution)
    terms.distributedPart = sourced(percent(60))
    terms.factors = FactorSplit(
      [.init("heads", weight: percent(70)), .init("age", weight: percent(30))], citation: trial)
    terms.provincePart = sourced(percent(40))
    return terms
  }

  private let regions = [
    AdjustmentFund.Region(
      code: "B", lastIncome: yuan(3_000_000), factors: ["heads": points(3), "age": points(1)],
      overspend: yuan(50_000)),
    AdjustmentFund.Region(
      code: "A", lastIncome: yuan(2_000_000), factors: ["heads": points(1), "age": points(1)],
      overspend: yuan(100_000), reserve: yuan(45_000)),
    AdjustmentFund.Region(code: "C", lastIncome: yuan(1_000_000), factors: ["heads": points(1), "age": points(2)]),
  ]

  @Test func `上解分配与超支分担`() throws {
    let fund = try AdjustmentFund.run(.resident, regions: regions, opening: yuan(10_000), under: terms()).get()
    #expect(fund.lines.map(\.region) == ["A", "B", "C"])
    #expect(fund.lines.map(\.contribution) == [yuan(80_000), yuan(120_000), yuan(40_000)])
    // 250,000: 150,000 by factors, 105,000 of them by heads 1 : 3 : 1 and 45,000 by age 1 : 1 : 2.
    #expect(fund.lines.map(\.distributed) == [yuan(32_250), yuan(74_250), yuan(43_500)])
    #expect(fund.lines.map(\.provincePart) == [yuan(40_000), yuan(20_000), .zero])
    #expect(!fund.isScaledDown)
    // A's reserve pays 45,000 of 60,000; B has none and bears 30,000 itself.
    #expect(fund.lines.map(\.reservePart) == [yuan(45_000), .zero, .zero])
    #expect(fund.lines.map(\.ownPart) == [yuan(15_000), yuan(30_000), .zero])
    #expect(fund.closing == yuan(40_000))
    let entry = fund.entry(run: "R")
    #expect(entry.postings.first == Posting(.adjustmentFund(.residentPooled), yuan(30_000)))
    #expect(entry.postings.contains(Posting(.region("A"), -yuan(7_750))))
  }

  @Test func `上解不超过上年收入的百分之五`() throws {
    #expect(try terms().contributionMost.value == percent(5))
    let five = AdjustmentFund.run(.resident, regions: regions, opening: .zero, under: try terms(percent(5)))
    #expect(try five.get().lines.map(\.contribution) == [yuan(100_000), yuan(150_000), yuan(50_000)])
    let more = AdjustmentFund.run(
      .resident, regions: regions, opening: .zero, under: try terms(Rate(millionths: 50_001)))
    #expect(more == .failure(.init(.contributionTooHigh, "5.0001%")))
  }

  @Test func `分担额超过资金时按文件处理文件未定则不予计算`() throws {
    var poor = regions
    poor[0].overspend = yuan(900_000)
    let open = AdjustmentFund.run(.resident, regions: poor, opening: .zero, under: try terms())
    #expect(open == .failure(.init(.claimsExceedPart, "400000.00")))
    var scaled = try terms()
    scaled.shortage = sourced(.scaleDown)
    let fund = try AdjustmentFund.run(.resident, regions: poor, opening: .zero, under: scaled).get()
    // 96,000 are there for 40,000 and 360,000.
    #expect(fund.isScaledDown && fund.lines.map(\.provincePart) == [yuan(9_600), yuan(86_400), .zero])
    #expect(fund.closing == .zero)
  }

  @Test func `文件未定的参数没有默认值`() throws {
    let anhui = try #require(ClearingPolicies.folder.adjustmentFunds["340000"])
    #expect(
      AdjustmentFund.run(.resident, regions: regions, opening: .zero, under: anhui)
        == .failure(.init(.localRuleOpen, "340000")))
  }

  @Test func `调剂金随机检验收支相符`() throws {
    var dice = Dice(23)
    var scaled = try terms()
    scaled.shortage = sourced(.scaleDown)
    for _ in 0..<1_000 {
      let regions = (0..<Int(dice.roll(1...16))).map { place in
        AdjustmentFund.Region(
          code: "R\(place)", lastIncome: fen(dice.roll(0...900_000_000)),
          factors: ["heads": points(dice.roll(1...99)), "age": points(dice.roll(1...99))],
          overspend: fen(dice.roll(0...90_000_000)), reserve: fen(dice.roll(0...30_000_000)))
      }
      let fund = try AdjustmentFund.run(.employee, regions: regions, opening: fen(dice.roll(0...999)), under: scaled)
        .get()
      #expect(!fund.closing.isNegative)
      for line in fund.lines {
        let overspend = try #require(regions.first { $0.code == line.region }).overspend
        #expect(line.provincePart + line.reservePart + line.ownPart == overspend)
        #expect(!line.ownPart.isNegative)
      }
      #expect(
        try AdjustmentFund.run(
          .employee, regions: regions.shuffled(using: &dice), opening: fund.opening, under: scaled
        ).get() == fund)
    }
  }
}
