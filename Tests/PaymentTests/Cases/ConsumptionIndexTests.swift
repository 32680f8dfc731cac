import Kernel
import Payment
import Testing

/// Indices of institutions with hundreds of groups, whose means have no common denominator that a number holds.
@Suite struct ConsumptionIndexTests {
  /// Eight hundred groups with costs and cases that share no factor.
  private func groups(times factor: Int128) -> [ConsumptionIndex.Group] {
    (0..<800).map { number in
      let (cost, cases) = (Int128(9_876_543_211 + 7_919 * number), Int128(1_009 + 2 * number))
      return .init(cases: 3 + number % 17, own: Fraction(cost * factor, cases), region: Fraction(cost, cases))
    }
  }

  @Test func `八百个病组时两种指数仍然精确`() {
    for factor in [Int128(1), 2, 7] {
      let index = ConsumptionIndex(groups(times: factor))
      let expected = Factor(millionths: Int64(factor) * 1_000_000)
      #expect(index.byCases() == expected)
      #expect(index.byTotals() == expected)
    }
  }

  @Test func `一半病组贵一倍时按病例数加权`() {
    let (usual, dear) = (Fraction(1_000, 3), Fraction(2_000, 3))
    let index = ConsumptionIndex([
      .init(cases: 3, own: usual, region: usual), .init(cases: 1, own: dear, region: usual),
    ])
    #expect(index.byCases() == Factor("1.25"))
    #expect(index.byTotals() == Factor("1.25"))
    #expect(ConsumptionIndex([]).byCases() == nil)
  }
}
