import Foundation
import Kernel
import Ledger
import Payment
import People
import Policy
import PolicyFiles
import TabularFiles
import Testing
import Workflows

/// Communities, adjustment funds, losses and simulation: runs like months and years.
@Suite struct OtherRunTests {
  private let desk = PayingDesk(store: MemoryPaymentStore(), digest: SHA256ContentDigest())

  private func order(_ region: String = "990100", _ scheme: InsuranceScheme = .resident) -> PayingDesk.Order {
    .init(region: region, scheme: scheme, period: .year(2_026))
  }

  private func balance(_ run: PaymentRun) -> [Int64] {
    run.entries.map { $0.postings.reduce(0) { $0 + $1.amount.fen } }
  }

  @Test func `示例医共体按人头总额清算且成员加总等于医共体`() async throws {
    let file = PayingWorld.root + "/Examples/payment/communities.csv"
    let year = try #require(CommunityInputFile.read(TableReader(path: file)).value)
    let terms = try #require(PayingWorld.clearing.communities["990100"])
    let cleared = try await desk.clearCommunities(order(), year, under: terms, identity: "k").get()
    let first = try #require(cleared.budgets.first)
    // 1,200 × 520 + 2,600 × 310 + 9,800 × 640 + 4,100 × 1,860 = 15,328,000; × 105 % − 6,200,000.
    #expect(first.amount == Money(yuan: "9894400.00"))
    #expect(cleared.clearings[0].bands.input.policyChange == Money(yuan: "120000.00"))
    for clearing in cleared.clearings {
      #expect(clearing.members.reduce(.zero) { $0 + $1.kept } == clearing.bands.kept)
      #expect(clearing.members.reduce(.zero) { $0 + $1.borne } == clearing.bands.borne)
      #expect(cleared.steps[clearing.community]?.isEmpty == false)
    }
    // The second overspends: 700 × 520 + 5,200 × 640 + 2,300 × 1,860 = 7,970,000; × 98 % − 3,100,000 = 4,710,600.
    let second = cleared.clearings[1].bands
    #expect(second.input.budget == Money(yuan: "4710600.00"))
    #expect(second.shared == Money(yuan: "194700.00") && second.borne == Money(yuan: "194700.00"))
    #expect(balance(cleared.made.run).allSatisfy { $0 == 0 } && cleared.made.run.entries.count == 2)
    #expect(cleared.made.run.inputs.further["YGT01 location "] == "105% sample-2025-140 第二十五条")
    let again = try await desk.clearCommunities(order(), year, under: terms, identity: "k").get()
    #expect(again.made.run.bytes == cleared.made.run.bytes)
  }

  @Test func `医共体申报不全或重复时拒绝`() async throws {
    let file = PayingWorld.root + "/Examples/payment/communities.csv"
    let year = try #require(CommunityInputFile.read(TableReader(path: file)).value)
    let terms = try #require(PayingWorld.clearing.communities["990100"])
    var other = year
    other.communities[1].members[0].institution = other.communities[0].members[0].institution
    #expect(try await desk.clearCommunities(order(), other, under: terms, identity: "k").failure == 403)
    other = year
    other.communities[0].reserve = Money(fen: 1)
    #expect(try await desk.clearCommunities(order(), other, under: terms, identity: "k").failure == 422)
    other = year
    other.bands = nil
    #expect(try await desk.clearCommunities(order(), other, under: terms, identity: "k").failure == 507)
    var late = order()
    late.period = .year(2_027)
    #expect(try await desk.clearCommunities(late, year, under: terms, identity: "k").failure == 501)
    let sichuan = try #require(PayingWorld.clearing.communities["510000"])
    late.period = .year(2_021)
    #expect(try await desk.clearCommunities(late, year, under: sichuan, identity: "k").failure == 421)
  }

  @Test(arguments: [
    ("community,item,key,value\nY1,spnd,,5\n", "did you mean spend"),
    ("community,item,key,value\nY1,spend,,5\nY1,spend,,6\n", "stated before"),
    ("community,item,key,value\nY1,spend,,x\n", "yuan"),
    ("community,item,key,value\nY1,spend,,5\nY1,factor,heads,1\n", "member is missing"),
    ("community,item,key,value\nY1,spend,,5\nY1,member,,1\n", "needs a key"),
    ("community,item,key,value\nY1,spend,,5\nY1,member,H1,1\nY1,heads,5,1\nY1,location,,105%\n", "needs"),
    ("community,item,key,value,document,clause\n,standard,5,1.00,d,c\nY1,spend,,5\nY1,member,H1,1\n", "0-5"),
  ])
  func `医共体申报表的错误`(text: String, word: String) {
    let found = CommunityInputFile.read(CSVReader(bytes: Array(text.utf8), name: "c.csv")).diagnostics
    // A missing column of clauses is said by the row that needs it.
    #expect(!found.isEmpty)
    #expect(
      found.contains { $0.message.english.contains(word) || word == "needs" && $0.message.english.contains("clause") })
  }

  @Test func `五种总额办法都可由申报表计算`() async throws {
    let tables: [(method: CommunityBudgetMethod, text: String, budget: String)] = [
      (
        .regionTotal,
        ",total,,1000.00,,\n,weight,heads,60%,d,c\n,weight,age,40%,d,c\nY1,factor,heads,3,,\nY1,factor,age,1,,\n"
          + "Y1,negotiated,,10.00,,\nY2,factor,heads,1,,\nY2,factor,age,1,,\nY2,negotiated,,-10.00,,\n",
        "660.00"
      ),
      (.contractedHeads, "Y1,base_cost,,1000.00,,\nY1,growth,,4%,d,c\n", "1040.00"),
      (.lastYearGrown, ",income_growth,,5%,d,c\nY1,settled,,1000.00,,\nY1,growth,,8%,,\n", "1050.00"),
      (
        .perHead,
        ",standard,0-,100.00,d,c\nY1,heads,40,10,,\nY1,location,,90%,d,c\nY1,last_gain,,100.00,,\n"
          + "Y1,gain_growth,,50%,,\n",
        "750.00"
      ),
    ]
    var terms = try #require(PayingWorld.clearing.communities["990100"])
    for table in tables {
      let member = "Y1,spend,,100.00,,\nY1,member,H1,1,,\n"
      let other = table.text.contains("Y2") ? "Y2,spend,,100.00,,\nY2,member,H2,1,,\n" : ""
      let text = "community,item,key,value,document,clause\n" + table.text + member + other
      let reading = CommunityInputFile.read(CSVReader(bytes: Array(text.utf8), name: "c.csv"))
      #expect(reading.diagnostics.map { $0.text(.english) } == [])
      terms.method = Sourced(table.method, .interpretation("test"))
      let cleared = try await desk.clearCommunities(
        order(), try #require(reading.value), under: terms, identity: "k"
      ).get()
      #expect(cleared.budgets.first?.amount == Money(yuan: table.budget), "\(table.method)")
    }
  }

  @Test func `示例调剂金收支相抵且未定条款拒绝`() async throws {
    let file = PayingWorld.root + "/Examples/payment/adjustment-fund.csv"
    let year = try #require(AdjustmentFundInputFile.read(TableReader(path: file)).value)
    let terms = try #require(PayingWorld.clearing.adjustmentFunds["990100"])
    let run = try await desk.runAdjustmentFund(order("990100", .employee), year, under: terms, identity: "k").get()
    #expect(run.made.sum("contribution") == Money(yuan: "47700000.00"))
    #expect(run.made.sum("distributed") == Money(yuan: "35820000.00"))
    #expect(
      run.fund.closing + run.made.sum("distributed") + run.made.sum("province_part")
        == year.opening + run.made.sum("contribution"))
    #expect(balance(run.made.run) == [0])
    let anhui = try #require(PayingWorld.clearing.adjustmentFunds["340000"])
    var other = order("340000", .employee)
    other.period = .year(2_025)
    #expect(try await desk.runAdjustmentFund(other, year, under: anhui, identity: "k").failure == 421)
    #expect(
      try await desk.runAdjustmentFund(order("340000"), year, under: anhui, identity: "k").failure == 501)
    let bad = "region,item,key,value\nR1,reserve,,1\n"
    #expect(AdjustmentFundInputFile.read(CSVReader(bytes: Array(bad.utf8), name: "f.csv")).value == nil)
  }

  @Test func `剔除违规费用前后分文可比且损失入账平衡`() async throws {
    let world = try PayingWorld(count: 400, seed: 31)
    let (desk, _) = try await world.desk()
    let fines = try #require(PayingWorld.clearing.fines["national"])
    let whole = try await desk.clearYear(world.order(.year(2_026)), under: world.terms).get()
    let places = whole.cases.cases.indices.filter {
      whole.cases.payments[$0].outcome == .standard && whole.cases.payments[$0].points != nil
    }
    let day = try #require(CalendarDate("2026-09-01"))
    let paidOn = try #require(CalendarDate("2026-05-01"))
    let charges = try places.prefix(6).enumerated().map { number, place in
      let item = whole.cases.cases[place]
      let cost = Money(fen: item.cost.fen / 20)
      return FiledCharge(
        id: "C\(number)", settlement: item.id, cost: cost, fundPaid: Money(fen: cost.fen * 9 / 10), filed: day,
        paid: number == 0 ? nil : paidOn,
        returned: number == 1 ? .init(try #require(CalendarDate("2026-06-01")), .byInstitution) : nil,
        isChargedByDisease: number == 2)
    }
    let judged = try await desk.judgeLosses(
      world.order(.year(2_026)), charges, under: world.terms, fines: fines
    ).get()
    #expect(judged.judged.map(\.loss.outcome).prefix(3) == [.beforePayment, .returnedBeforeFiling, .chargedByDisease])
    #expect(judged.judged.dropFirst(3).allSatisfy { $0.loss.outcome.isLoss })
    // The year as it was cleared is one of the two sides.
    #expect(judged.made.sum("share_with") == whole.made.sum("share"))
    #expect(judged.reclearing.with.lines.map(\.share) == whole.worth.accounts.map { $0.share ?? .zero })
    // Points of the cases do not change: their cost stays in the same band.
    #expect(judged.reclearing.without.points == judged.reclearing.with.points)
    // The fund bore more of the charges than of cost on the whole, so that the value of a point rises (S15).
    #expect(judged.reclearing.without.gross > judged.reclearing.with.gross)
    let expected = charges.dropFirst(3).reduce(Money.zero) { $0 + $1.fundPaid }
    #expect(judged.made.sum("loss") == expected && judged.made.sum("ordered_back") == expected)
    #expect(judged.made.sum("fine_most") == judged.made.sum("fine_least") + judged.made.sum("fine_least"))
    #expect(balance(judged.made.run).allSatisfy { $0 == 0 })
    var strange = charges
    strange[0].settlement = "nobody"
    let refused = try await desk.judgeLosses(world.order(.year(2_026)), strange, under: world.terms, fines: fines)
    #expect(refused.failure == 506)
    strange = charges
    strange[0].cost = Money(fen: .max / 4)
    let large = try await desk.judgeLosses(world.order(.year(2_026)), strange, under: world.terms, fines: fines)
    #expect(large.failure == 441)
  }

  @Test func `线索表读入与错误`() throws {
    let good =
      "charge,case,cost,fund_paid,filed,paid,returned,returned_by,by_disease\n"
      + "C1,S1,10.00,8.00,2026-03-01,,2026-02-01,by_review,yes\n"
    let charges = try #require(ChargeFile.read(CSVReader(bytes: Array(good.utf8), name: "c.csv")).value)
    #expect(charges[0].returned?.how == .byReview && charges[0].paid == nil && charges[0].isChargedByDisease)
    let bad = good + "C1,S2,10.00,8.00,2026-13-01,,2026-02-01,by_police,\n"
    let found = ChargeFile.read(CSVReader(bytes: Array(bad.utf8), name: "c.csv")).diagnostics
    #expect(found.compactMap(\.line) == [3, 3])
  }

  @Test func `模拟三种加总分文不差且同一政策无增减`() async throws {
    let world = try PayingWorld(count: 700, seed: 15)
    let fund = try #require(world.inputs.fund.last?.amount)
    let side = PaymentSimulation.Side(terms: world.terms, fund: fund)
    let same = try await PaymentSimulation.compare(world.sample.cases, .employee, 2_026, side, side).get()
    #expect((same.institutions + same.groups + [same.whole]).allSatisfy { $0.gain == .zero })
    var other = side
    guard case .grouped(var terms) = other.terms.cases.otherwise.terms else {
      Issue.record("the sample contract does not pay by group")
      return
    }
    // Everybody is paid alike: level three loses, level one gains.
    terms.coefficients = .none
    other.terms.cases.otherwise.terms = .grouped(terms)
    let simulation = try await PaymentSimulation.compare(
      world.sample.cases, .employee, 2_026, side, other
    ).get()
    for lines in [simulation.institutions, simulation.groups] {
      #expect(lines.reduce(.zero) { $0 + $1.before } == simulation.whole.before)
      #expect(lines.reduce(.zero) { $0 + $1.after } == simulation.whole.after)
      #expect(lines.reduce(0) { $0 + $1.cases } == world.sample.cases.count)
      #expect(lines.reduce(.zero) { $0 + $1.pointsAfter } == simulation.whole.pointsAfter)
      #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.gain <= $1.gain })
    }
    let levels = Dictionary(uniqueKeysWithValues: SamplePaymentCases.places.map { ($0.code, $0.level) })
    for line in simulation.institutions where line.gain != .zero {
      if levels[line.name] == .tertiary { #expect(line.gain.isNegative, "\(line.name)") }
      if levels[line.name] == .primary { #expect(!line.gain.isNegative, "\(line.name)") }
    }
    other.fund = nil
    let refused = await PaymentSimulation.compare(world.sample.cases, .employee, 2_026, side, other)
    #expect(refused.failure == 504)
  }
}
