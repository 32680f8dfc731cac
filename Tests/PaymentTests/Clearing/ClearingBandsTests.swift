import Kernel
import Payment
import Policy
import PolicyFiles
import Testing

/// The bands of three provinces, from the policy folder, to the fen.
@Suite struct ClearingBandsTests {
  /// 100 million fen: an edge of 5 % is 5,000,000 fen, so that half a fen of a rate shows.
  private let budget = fen(100_000_000)

  private func terms(_ region: String) throws -> BandTerms {
    try #require(ClearingPolicies.folder.communities[region]).bands
  }

  private func clear(_ spend: Int64, _ terms: BandTerms) throws -> BandClearing {
    try BandClearing.clear(.init(budget: budget, spend: fen(spend)), under: terms).get()
  }

  @Test(
    arguments: [
      // surplus, kept: 80 % to 10 %, 60 % to 15 %, nothing above
      (0, 0), (1, 1), (2, 2), (3, 2), (9_999_999, 7_999_999), (10_000_000, 8_000_000), (10_000_001, 8_000_001),
      (10_000_002, 8_000_001), (14_999_999, 10_999_999), (15_000_000, 11_000_000), (15_000_001, 11_000_000),
      (60_000_000, 11_000_000), (100_000_000, 11_000_000),
    ] as [(Int64, Int64)])
  func `江西结余各档边界`(surplus: Int64, kept: Int64) throws {
    let cleared = try clear(100_000_000 - surplus, terms("360000"))
    #expect(cleared.kept == fen(kept))
    #expect(cleared.returned == fen(surplus - kept))
    #expect(cleared.recognised == fen(100_000_000 - surplus + kept))
    #expect(cleared.shared == .zero && cleared.borne == .zero)
  }

  @Test(arguments: ["360000", "450000"])
  func `江西广西超支各档边界`(region: String) throws {
    // overspend, borne by the fund: 80 % to 5 %, 60 % to 10 %, nothing above
    let rows: [(Int64, Int64)] = [
      (1, 1), (2, 2), (3, 2), (4_999_999, 3_999_999), (5_000_000, 4_000_000), (5_000_001, 4_000_001),
      (5_000_002, 4_000_001), (9_999_999, 6_999_999), (10_000_000, 7_000_000), (10_000_001, 7_000_000),
      (80_000_000, 7_000_000),
    ]
    for (overspend, shared) in rows {
      let cleared = try clear(100_000_000 + overspend, terms(region))
      #expect(cleared.shared == fen(shared), "\(overspend)")
      #expect(cleared.borne == fen(overspend - shared), "\(overspend)")
      #expect(cleared.recognised == fen(100_000_000 + shared), "\(overspend)")
    }
  }

  @Test func `四川结余全留超支全担`() throws {
    for difference in [Int64(1), 4_999_999, 5_000_000, 5_000_001, 10_000_000, 15_000_001, 90_000_000] {
      let surplus = try clear(100_000_000 - difference, terms("510000"))
      #expect(surplus.kept == fen(difference) && surplus.recognised == budget)
      let overspend = try clear(100_000_000 + difference, terms("510000"))
      #expect(overspend.borne == fen(difference) && overspend.recognised == budget)
    }
  }

  @Test func `广西结余没有当地规则时不予计算`() throws {
    let open = try terms("450000")
    #expect(
      BandClearing.clear(.init(budget: budget, spend: fen(99_999_999)), under: open) == .failure(.init(.localRuleOpen)))
    // Without a surplus the local rule is not needed.
    #expect(try clear(100_000_000, open).recognised == budget)
  }

  @Test(
    arguments: [
      (14_999_999, 14_999_999), (15_000_000, 15_000_000), (15_000_001, 15_000_000), (40_000_000, 15_000_000),
    ] as [(Int64, Int64)])
  func `广西留用不超过预算的百分之十五`(surplus: Int64, kept: Int64) throws {
    var local = try terms("450000")
    local.surplus = Sourced(try #require(ClearingBands.all(.one)), trial)
    let cleared = try clear(100_000_000 - surplus, local)
    #expect(cleared.kept == fen(kept) && cleared.returned == fen(surplus - kept))
  }

  @Test(arguments: ["360000", "450000", "510000", "990100"])
  func `清算额随支出连续且不减`(region: String) throws {
    var terms = try terms(region)
    if terms.surplus == nil { terms.surplus = Sourced(try #require(ClearingBands.all(percent(70))), trial) }
    // A small budget lets every fen be walked, edges inside a fen among them.
    for budget in [Int64(1_000), 997, 20] {
      var last: Int64?
      for spend in Int64(0)...(budget * 2) {
        let now = try BandClearing.clear(.init(budget: fen(budget), spend: fen(spend)), under: terms).get()
        if let last { #expect((0...1).contains(now.recognised.fen - last), "\(region) \(budget) \(spend)") }
        last = now.recognised.fen
        #expect(now.kept + now.returned == fen(max(budget - spend, 0)))
        #expect(now.shared + now.borne == fen(max(spend - budget, 0)))
      }
    }
  }

  @Test func `各段金额与合计一致并写明出处`() throws {
    let cleared = try clear(83_000_000, terms("360000"))
    let bands = cleared.steps.filter { $0.code == .surplusBand }
    #expect(bands.map(\.base) == [fen(10_000_000), fen(5_000_000), fen(2_000_000)])
    #expect(bands.map(\.result).reduce(.zero, +) == cleared.kept)
    #expect(bands.map(\.subject) == ["0%", "10%", "15%"])
    #expect(bands.first?.text.chinese == "结余超过预算 0% 的 100000.00，留用 80% = 80000.00")
    guard case .document(let document, clause: _)? = bands.first?.citation else {
      Issue.record("a band without its document")
      return
    }
    #expect(document == "jiangxi-community-clearing")
  }

  @Test func `分段须从零起并升高`() {
    #expect(ClearingBands([]) == nil)
    #expect(ClearingBands([.init(above: percent(1), rate: .one)]) == nil)
    #expect(ClearingBands([.init(above: .zero, rate: .one), .init(above: .zero, rate: .zero)]) == nil)
    #expect(ClearingBands([.init(above: .zero, rate: percent(101))]) == nil)
  }
}
