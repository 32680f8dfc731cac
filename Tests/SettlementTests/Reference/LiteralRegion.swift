import Catalog
import Claims
import Kernel
import People
import Policy

/// A region written down in a test, and one person's year in it, settled by the reference.
struct LiteralRegion {
  var policy = SnapshotBuilder()
  var person: InsuredPerson
  var credit = ReferenceCredit()
  private(set) var year: ReferenceAccumulators
  private var claimCount = 0

  init(_ kind: Enrolment.Kind, category: PersonCategory, birth: CalendarDate = day(1980, 5, 1)) {
    let enrolment = Enrolment(
      kind: kind, category: category, registered: day(2020, 1, 10),
      paidMonths: kind == .employer || kind == .flexible ? [months(month(2020, 1), month(2026, 12))] : [],
      paidYears: kind == .resident ? [PaidYear(year: 2026, paidOn: day(2025, 11, 20))] : [],
      countedMonths: kind == .retired ? 372 : 0)
    person = InsuredPerson(number: "P1", sex: .male, birth: birth, enrolments: [enrolment])
    year = ReferenceAccumulators(year: 2026, scheme: kind.scheme)
    policy.state("enrolment.employee.waiting_months", .number(1))
    policy.state("enrolment.flexible.waiting_months", .number(3))
    policy.state(
      "enrolment.retirement.contribution_years", by: ["sex"], .table(["male": .number(30), "any": .number(25)]))
    if let deadline = MonthDay(month: 12, day: 31) {
      policy.state("enrolment.resident.payment_deadline", .monthDay(deadline))
    }
  }

  /// An employee in service.
  static var employee: LiteralRegion { LiteralRegion(.employer, category: .inService) }
  /// An adult resident.
  static var resident: LiteralRegion { LiteralRegion(.resident, category: .adult) }

  mutating func state(_ identifier: String, by dimensions: [String] = [], _ node: PolicyNode) {
    policy.state(identifier, by: dimensions, node)
  }

  /// A claim of one day or stay in March 2026 whose lines are given.
  mutating func claim(
    _ care: CareCategory, at level: InstitutionLevel = .tertiary, on date: CalendarDate = day(2026, 3, 1),
    _ lines: [FeeLine]
  ) -> Claim {
    claimCount += 1
    let institution = Institution(code: "H99010000001", level: level)
    return Claim(
      id: "V\(claimCount)", care: care, institution: institution, admitted: date, discharged: date, lines: lines)
  }

  /// A claim of one class A line.
  mutating func claim(
    _ care: CareCategory, at level: InstitutionLevel = .tertiary, on date: CalendarDate = day(2026, 3, 1),
    amount: String
  ) -> Claim {
    claim(care, at: level, on: date, [line(amount, on: date)])
  }

  /// Settles and keeps what the year then holds.
  mutating func settle(_ claim: Claim) -> ReferenceResult {
    let result = ReferenceSettlement.settle(
      claim, person: person, snapshot: policy.snapshot(for: claim), accumulators: year, credit: credit)
    year = result.accumulators
    return result
  }

  mutating func reverse(_ result: ReferenceResult) { year.take(result.change) }
}

/// A line of one unit.
func line(
  _ price: String, times quantity: Int64 = 1, on date: CalendarDate = day(2026, 3, 1), item: String = "ITEM",
  _ terms: ItemTerms = ItemTerms(.a)
) -> FeeLine {
  guard let price = UnitPrice(yuan: price) else { preconditionFailure("no price: \(price)") }
  return FeeLine(item: item, day: date, price: price, quantity: Quantity(quantity), terms: terms)
}
