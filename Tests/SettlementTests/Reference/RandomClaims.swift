import Catalog
import Claims
import Kernel
import People

/// Random claims in every kind of care; a few of them not as they should be.
extension RandomWorld {
  mutating func claim(of person: InsuredPerson, discharged: CalendarDate) -> Claim {
    let care = dice.chance(35) ? .inpatient : dice.pick(CareCategory.allCases)
    let stay = care.isStay ? dice.pick([0, 1, 3, 8, 8, 15, 40]) : 0
    let admitted = discharged.adding(days: -stay)
    let institution = Institution(
      code: "H990100000\(10 + dice.below(90))", level: dice.pick(InstitutionLevel.allCases),
      isTraditionalChinese: dice.chance(20))
    var claim = Claim(
      id: nextClaimIdentifier(), care: care, institution: institution, admitted: admitted, discharged: discharged,
      lines: [])
    // Small, middling and very large bills, so that deductibles, bands and caps all take part.
    let scale = dice.pick([30, 300, 300, 3_000, 3_000, 30_000])
    for _ in 0...dice.below(12) { claim.lines.append(line(from: admitted, to: discharged, scale: scale)) }
    if dice.chance(30) { claim.filing = dice.pick(CrossRegionFiling.allCases) }
    if dice.chance(35) { claim.referralChain = dice.pick(["R1", "R2"]) }
    if care == .chronic ? dice.chance(95) : dice.chance(10) { claim.chronicDisease = code("disease") }
    if care == .maternityInpatient || care == .maternityOutpatient ? dice.chance(50) : dice.chance(10) {
      claim.caseKind = code("case_kind")
    }
    claim.isListedDisease = dice.chance(20)
    if dice.chance(4) { spoil(&claim) }
    return claim
  }

  /// A code of the region, rarely one that no policy knows.
  private mutating func code(_ dimension: String) -> String {
    dice.chance(90) ? dice.pick(RandomWorld.codes[dimension] ?? ["X"]) : "UNKNOWN"
  }

  private mutating func line(from first: CalendarDate, to last: CalendarDate, scale: Int) -> FeeLine {
    var terms = ItemTerms(dice.pick([.a, .a, .a, .a, .b, .b, .b, .c]))
    let price = price(scale: scale)
    if dice.chance(20) { terms.priceCeiling = self.price(scale: scale) }
    if dice.chance(25) || (terms.chargeClass == .b && dice.chance(40)) {
      terms.firstSelfPay = Rate(millionths: dice.pick([0, 50_000, 100_000, 125_000, 333_333, 1_000_000]))
    }
    terms.isLimitedUse = dice.chance(12)
    terms.isTraditionalChinese = dice.chance(20)
    terms.isSeparatelyPaid = dice.chance(10)
    let item = terms.isSeparatelyPaid ? code("item") : "ITEM-\(dice.below(1_000))"
    var line = FeeLine(
      item: item, day: first.adding(days: dice.below(first.days(to: last) + 1)), price: price,
      quantity: quantity(), terms: terms)
    if terms.isLimitedUse ? dice.chance(80) : dice.chance(10) { line.approval = dice.pick(HospitalApproval.allCases) }
    if dice.chance(8) {
      line.isSameIncisionOperation = true
      if dice.chance(50) { line.amount = Money(fen: line.amount.fen / Int64(1 + dice.below(3))) }
    }
    return line
  }

  private mutating func price(scale: Int) -> UnitPrice {
    switch dice.below(10) {
    case 0: UnitPrice(microyuan: dice.pick([0, 1, 10_000, 99_990_000, 5_000, 4_999, 15_000]))
    case 1: UnitPrice(microyuan: Int64(dice.below(scale * 1_000_000)))
    default: UnitPrice(microyuan: Int64(dice.below(scale * 100)) * 10_000)
    }
  }

  private mutating func quantity() -> Quantity {
    switch dice.below(10) {
    case 0: Quantity(tenThousandths: dice.pick([0, 1, 3_333, 5_000, 25_000]))
    case 1: Quantity(Int64(dice.below(50)))
    default: Quantity(Int64(1 + dice.below(4)))
    }
  }

  // MARK: Claims that are not as they should be

  private mutating func spoil(_ claim: inout Claim) {
    guard !claim.lines.isEmpty else { return }
    let place = dice.below(claim.lines.count)
    switch dice.below(10) {
    case 0: claim.lines = []
    case 1: claim.discharged = claim.admitted.adding(days: -1 - dice.below(3))
    case 2: claim.lines[place].price.microyuan = -10_000
    case 3: claim.lines[place].quantity.tenThousandths = -1
    case 4: claim.lines[place].amount.fen = -1
    case 5: claim.lines[place].amount.fen += dice.pick([-1, 1, 100])
    case 6: makeLarge(&claim.lines[place], yuan: dice.pick([1_000_000_000, 1_000_000_001, 4_000_000_000]))
    case 7: for each in claim.lines.indices { makeLarge(&claim.lines[each], yuan: 600_000_000) }
    case 8: claim.lines[place].day = claim.discharged.adding(days: 1)
    default:
      let years = dice.pick([-1, 1]) * 365
      claim.admitted = claim.admitted.adding(days: years)
      claim.discharged = claim.discharged.adding(days: years)
      for each in claim.lines.indices { claim.lines[each].day = claim.lines[each].day.adding(days: years) }
    }
  }

  private func makeLarge(_ line: inout FeeLine, yuan: Int64) {
    line.price = UnitPrice(microyuan: yuan * 1_000_000)
    line.quantity = Quantity(1)
    line.amount = Money(fen: yuan * 100)
  }
}
