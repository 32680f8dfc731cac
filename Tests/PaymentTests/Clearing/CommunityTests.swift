import Kernel
import Ledger
import Payment
import People
import PolicyFiles
import Testing

@Suite struct CommunityTests {
  // MARK: Budgets

  @Test func `一按因素分配门诊总额合计相等协商调整之和为零`() throws {
    let split = FactorSplit(
      [
        .init("history", weight: percent(50)), .init("heads", weight: percent(30)),
        .init("cost_per_visit", weight: percent(20)),
      ], citation: trial)
    let communities = [
      "C1": ["history": points(6), "heads": points(100_000), "cost_per_visit": points(90)],
      "C2": ["history": points(4), "heads": points(300_000), "cost_per_visit": points(110)],
    ]
    let total = yuan(1_000_000)
    let budgets = try CommunityBudget.byFactors(
      total, method: .outpatientByFactors, communities: communities, split: split,
      negotiated: ["C1": yuan(500), "C2": -yuan(500)]
    ).get()
    // 300,000 + 75,000 + 90,000 and 200,000 + 225,000 + 110,000, then 500 moves.
    #expect(budgets.map(\.amount) == [yuan(465_500), yuan(534_500)])
    #expect(budgets.map(\.amount).reduce(.zero, +) == total)
    let unbalanced = CommunityBudget.byFactors(
      total, method: .regionTotal, communities: communities, split: split, negotiated: ["C1": yuan(1)])
    #expect(unbalanced == .failure(.init(.adjustmentsUnbalanced, "1.00")))
    let stranger = CommunityBudget.byFactors(
      total, method: .regionTotal, communities: communities, split: split, negotiated: ["C9": .zero])
    #expect(stranger == .failure(.init(.institutionUnknown, "C9")))
  }

  private let bands = sourced([
    CommunityBudget.AgeBand(from: 0, until: 6, standard: yuan(300)),
    CommunityBudget.AgeBand(from: 7, until: 59, standard: yuan(200)),
    CommunityBudget.AgeBand(from: 60, until: nil, standard: yuan(900)),
  ])

  @Test func `二按年龄段人头乘区位系数并划出住院部分`() throws {
    let heads = [0: 10, 6: 5, 7: 20, 59: 30, 60: 4, 101: 1]
    let budget = { moved in
      try CommunityBudget.perHead(
        "C1", heads: heads, bands: self.bands, location: sourced(percent(105)), movedOut: moved, rounding: .halfUp
      ).get()
    }
    // 15 × 300 + 50 × 200 + 5 × 900 = 19,000, × 1.05.
    #expect(try budget(.nothing).amount == yuan(19_950))
    #expect(try budget(.amount(yuan(9_950))).amount == yuan(10_000))
    #expect(try budget(.lastGain(yuan(10_000), growth: percent(8))).amount == yuan(9_150))
    #expect(try budget(.nothing).steps.map(\.code) == [.ageBand, .ageBand, .ageBand, .location])
  }

  @Test func `年龄段缺漏或重叠不予计算`() {
    var broken = bands
    broken.value[1].from = 8
    func refusal(_ bands: Sourced<[CommunityBudget.AgeBand]>) -> ClearingRefusal? {
      let result = CommunityBudget.perHead(
        "C1", heads: [7: 1, 59: 1], bands: bands, location: sourced(.one), rounding: .halfUp)
      guard case .failure(let refusal) = result else { return nil }
      return refusal
    }
    #expect(refusal(broken) == .init(.ageBandUnusable, "7"))
    broken.value[1].from = 7
    broken.value[2].from = 59
    #expect(refusal(broken) == .init(.ageBandUnusable, "59"))
    #expect(refusal(bands) == nil)
  }

  @Test func `三签约人头四上年增长不超过收入预算增幅`() throws {
    let contracted = try CommunityBudget.contractedHeads(
      "C1", baseCost: yuan(1_000), growth: sourced(percent(12)), rounding: .halfUp
    ).get()
    #expect(contracted.amount == yuan(1_120) && contracted.method == .contractedHeads)
    func grown(_ growth: Rate?) -> Result<CommunityBudget, ClearingRefusal> {
      CommunityBudget.lastYearGrown(
        "C1", settled: yuan(1_000), growth: growth, incomeGrowth: sourced(percent(6)), rounding: .halfUp)
    }
    #expect(try grown(percent(5)).get().amount == yuan(1_050))
    #expect(try grown(percent(6)).get().steps.map(\.code) == [.growth])
    #expect(try grown(percent(9)).get().amount == yuan(1_060))
    #expect(try grown(percent(9)).get().steps.map(\.code) == [.growthLimit, .growth])
    #expect(try grown(percent(-3)).get().amount == yuan(970))
    #expect(grown(nil) == .failure(.init(.agreementOpen, "C1")))
  }

  @Test func `五种办法编号与文件用词稳定`() {
    #expect(
      CommunityBudgetMethod.allCases.map { "\($0.rawValue) \($0.word)" } == [
        "1 outpatient_by_factors", "2 per_head", "3 contracted_heads", "4 last_year_grown", "5 region_total",
      ])
    let found = ClearingPolicies.folder.communities.compactMapValues(\.method?.value)
    #expect(
      found == [
        "330000": .outpatientByFactors, "350000": .perHead, "120000": .contractedHeads, "360000": .lastYearGrown,
        "450000": .regionTotal, "990100": .perHead,
      ])
  }

  // MARK: Clearing

  private func input(spend: Int64, policyChange: Money = .zero, reserve: Money = .zero) -> CommunityClearing.Input {
    CommunityClearing.Input(
      community: "C1", bands: .init(budget: yuan(1_000_000), spend: yuan(spend), policyChange: policyChange),
      members: [
        .init("H2", part: points(3), spend: yuan(200_000)), .init("H1", part: points(6), spend: yuan(500_000)),
        .init("H3", part: points(1), spend: yuan(50_000)),
      ], reserve: reserve)
  }

  @Test func `结余按约定比例分给成员分毫不差`() throws {
    let terms = try #require(ClearingPolicies.folder.communities["360000"])
    let cleared = try CommunityClearing.clear(input(spend: 900_000), under: terms).get()
    #expect(cleared.bands.kept == yuan(80_000))
    #expect(cleared.members.map(\.institution) == ["H1", "H2", "H3"])
    #expect(cleared.members.map(\.kept) == [yuan(48_000), yuan(24_000), yuan(8_000)])
    #expect(cleared.members.map(\.total) == [yuan(548_000), yuan(224_000), yuan(58_000)])
    #expect(cleared.outsideSpend == yuan(150_000))
    let entry = cleared.entry(scheme: .resident, run: "R")
    #expect(entry.postings.first == Posting(.fund(.residentPooled), yuan(80_000)))
    #expect(entry.postings.contains(Posting(.institution("H1"), -yuan(48_000))))
  }

  @Test func `超支由成员按约定比例承担`() throws {
    let terms = try #require(ClearingPolicies.folder.communities["450000"])
    let cleared = try CommunityClearing.clear(input(spend: 1_200_000), under: terms).get()
    #expect(cleared.bands.shared == yuan(70_000) && cleared.bands.borne == yuan(130_000))
    #expect(cleared.members.map(\.borne) == [yuan(78_000), yuan(39_000), yuan(13_000)])
    let entry = cleared.entry(scheme: .resident, run: "R")
    #expect(entry.postings.contains(Posting(.fund(.residentPooled), -yuan(130_000))))
  }

  @Test func `政策性因素先剔除并由储备金支付`() throws {
    let zhejiang = try #require(ClearingPolicies.folder.communities["330000"]).completed(
      surplus: sourced(try #require(ClearingBands.all(percent(60)))),
      overspend: sourced(try #require(ClearingBands.all(percent(50)))))
    let asked = input(spend: 1_030_000, policyChange: yuan(50_000), reserve: yuan(60_000))
    let cleared = try CommunityClearing.clear(asked, under: zhejiang).get()
    // 1,030,000 less 50,000 leaves a surplus of 20,000.
    #expect(cleared.bands.kept == yuan(12_000) && cleared.bands.recognised == yuan(992_000))
    #expect(cleared.bands.fromReserve == yuan(50_000) && cleared.reserveLeft == yuan(10_000))
    let entry = cleared.entry(scheme: .resident, run: "R")
    #expect(entry.postings.contains(Posting(.reserve(.residentPooled), yuan(50_000))))
    #expect(entry.postings.contains(Posting(.fund(.residentPooled), -yuan(38_000))))
    let short = input(spend: 1_030_000, policyChange: yuan(50_000), reserve: yuan(49_999))
    #expect(CommunityClearing.clear(short, under: zhejiang) == .failure(.init(.reserveTooSmall, "C1")))
    let jiangxi = try #require(ClearingPolicies.folder.communities["360000"])
    #expect(CommunityClearing.clear(asked, under: jiangxi) == .failure(.init(.localRuleOpen, "C1")))
  }

  @Test func `地方规则只补空缺不改文件所定`() throws {
    let half = sourced(try #require(ClearingBands.all(percent(50))))
    let jiangxi = try #require(ClearingPolicies.folder.communities["360000"])
    #expect(jiangxi.completed(surplus: half, overspend: half).bands == jiangxi.bands)
    let guangxi = try #require(ClearingPolicies.folder.communities["450000"]).completed(surplus: half)
    #expect(guangxi.bands.surplus == half && guangxi.bands.keptMost?.value == percent(15))
  }

  @Test func `成员账户合计等于医共体随机检验`() throws {
    let terms = try #require(ClearingPolicies.folder.communities["990100"])
    var dice = Dice(17)
    for _ in 0..<2_000 {
      let members = (0..<Int(dice.roll(1...12))).map { place in
        CommunityClearing.Member("H\(place)", part: points(dice.roll(1...9)), spend: fen(dice.roll(0...9_999_999)))
      }
      let inside = members.reduce(Money.zero) { $0 + $1.spend }
      let spend = inside + fen(dice.roll(0...9_999_999))
      let input = CommunityClearing.Input(
        community: "C",
        bands: .init(
          budget: fen(dice.roll(0...120_000_000)), spend: spend, retention: fen(dice.roll(0...500_000)),
          policyChange: fen(dice.roll(-400_000...400_000))),
        members: members.shuffled(using: &dice), reserve: fen(400_000))
      let cleared = try CommunityClearing.clear(input, under: terms).get()
      #expect(cleared.members.reduce(Money.zero) { $0 + $1.kept } == cleared.bands.kept)
      #expect(cleared.members.reduce(Money.zero) { $0 + $1.borne } == cleared.bands.borne)
      let owed = cleared.members.reduce(Money.zero) { $0 + $1.total } + cleared.outsideSpend
      #expect(owed == cleared.bands.recognised + cleared.bands.fromReserve)
      #expect(cleared.entry(scheme: .resident, run: "R").postings.reduce(.zero) { $0 + $1.amount } == .zero)
    }
  }
}
