import Catalog
import Claims
import Kernel
import People
import Policy
import Testing

/// The reference's outcomes that settle nothing, and its second writing of cover.
@Suite struct ReferenceOutcomeTests {
  typealias Spoiling = @Sendable (inout LiteralRegion, inout Claim) -> Void

  static let spoilings: [(String, Spoiling)] = [
    ("settled", { _, _ in }),
    ("empty_claim", { _, claim in claim.lines = [] }),
    ("discharge_before_admission", { _, claim in claim.discharged = claim.admitted.adding(days: -1) }),
    ("negative_line", { _, claim in claim.lines[0].quantity.tenThousandths = -1 }),
    ("line_amount_mismatch", { _, claim in claim.lines[0].amount.fen += 1 }),
    ("settled", { _, claim in makeOperation(&claim, amount: -1) }),
    ("line_amount_mismatch", { _, claim in makeOperation(&claim, amount: 1) }),
    ("settled", { _, claim in claim.lines = [line("1000000000")] }),
    ("amount_too_large", { _, claim in claim.lines = [line("1000000000.01")] }),
    ("amount_too_large", { _, claim in claim.lines = [line("1000000000"), line("0.01")] }),
    ("line_outside_stay", { _, claim in claim.lines[0].day = claim.admitted.adding(days: 1) }),
    ("deceased", { region, claim in region.person.death = claim.admitted.adding(days: -1) }),
    ("not_enrolled", { region, _ in region.person.enrolments = [] }),
    ("care_not_offered", { _, claim in claim.care = .chronic }),
    ("no_rate_at_level", { _, claim in claim.institution.level = .pharmacy }),
    ("chronic_disease_not_filed", { region, _ in region.state(plan + "requires_filing", .flag(true)) }),
    ("no_first_self_pay_rate", { _, claim in claim.lines.append(line("1", ItemTerms(.b))) }),
    ("settled", { _, claim in claim.lines.append(line("1", ItemTerms(.b, firstSelfPay: .zero))) }),
    ("no_separate_pay_rate", { _, claim in claim.lines.append(line("1", ItemTerms(.a, isSeparatelyPaid: true))) }),
    ("settled", { _, claim in claim.lines.append(line("1", ItemTerms(.c, isSeparatelyPaid: true))) }),
    ("wrong_year", { _, claim in claim.discharged = day(2027, 1, 1) }),
  ]

  static let plan = "settlement.employee.inpatient."

  static func makeOperation(_ claim: inout Claim, amount: Int64) {
    claim.lines[0].isSameIncisionOperation = true
    claim.lines[0].amount.fen += amount
  }

  @Test(arguments: spoilings.indices)
  func `不予结算的情形`(place: Int) {
    var region = LiteralRegion.employee
    region.state(
      Self.plan + "pay_rate", by: ["institution_level"], .table(["tertiary": .bands(("0", 85))]))
    var claim = region.claim(.inpatient, amount: "100")
    Self.spoilings[place].1(&region, &claim)
    let before = region.year
    let result = region.settle(claim)
    #expect(result.word == Self.spoilings[place].0)
    if !result.isSettled {
      #expect(result.total == 0)
      #expect(result.accumulators == before)
    }
  }

  @Test func `单位职工等待期宽限期与中断`() {
    var region = LiteralRegion.employee
    region.state("enrolment.employee.grace_months", .number(1))
    region.person.enrolments[0].paidMonths = [
      months(month(2026, 6), month(2026, 6)), months(month(2026, 2), month(2026, 4)),
    ]
    let words = (1...12).map { answer(region, day(2026, $0, 15)) }
    #expect(words[0] == .notCovered(.notPaid))
    #expect(words[1] == .notCovered(.waiting))
    for covered in words[2...7] { #expect(covered == .covered(.employee, .inService)) }
    #expect(words[8] == .notCovered(.interrupted))
    // Registered later than paid for: the waiting time runs from registration.
    region.person.enrolments[0].registered = day(2026, 4, 1)
    #expect(answer(region, day(2026, 4, 30)) == .notCovered(.waiting))
    #expect(answer(region, day(2026, 5, 1)) == .covered(.employee, .inService))
  }

  @Test func `居民逾期缴费等待与特定人群延长缴费`() {
    var region = LiteralRegion.resident
    region.person.enrolments[0].paidYears = [PaidYear(year: 2026, paidOn: day(2026, 2, 10))]
    #expect(answer(region, day(2026, 3, 1)) == .notCovered(.paidLate))
    region.state("enrolment.resident.late_waiting_days", .number(60))
    #expect(answer(region, day(2026, 4, 10)) == .notCovered(.waiting))
    #expect(answer(region, day(2026, 4, 11)) == .covered(.resident, .adult))
    region.person.enrolments[0].lateGroup = .student
    if let late = MonthDay(month: 2, day: 29) { region.state("enrolment.resident.late_deadline", .monthDay(late)) }
    #expect(answer(region, day(2026, 1, 1)) == .covered(.resident, .adult))
  }

  @Test func `重复参保按规定处理且与登记顺序无关`() {
    var region = LiteralRegion.employee
    region.person.enrolments += LiteralRegion.resident.person.enrolments
    region.person.enrolments += LiteralRegion.resident.person.enrolments
    #expect(answer(region, day(2026, 3, 1)) == .notCovered(.duplicateEnrolment))
    region.state("enrolment.duplicate", .choice("employee_first"))
    #expect(answer(region, day(2026, 3, 1)) == .covered(.employee, .inService))
    region.person.enrolments.reverse()
    #expect(answer(region, day(2026, 3, 1)) == .covered(.employee, .inService))
  }

  @Test func `退休年限不足与文件未规定`() {
    var region = LiteralRegion(.retired, category: .retired)
    region.person.enrolments[0].countedMonths = 359
    #expect(answer(region, day(2026, 3, 1)) == .notCovered(.tooFewContributionYears))
    region.person.sex = .female
    #expect(answer(region, day(2026, 3, 1)) == .covered(.employee, .retired))
    let unregulated = ReferenceCoverage.answer(
      region.person, on: day(2026, 3, 1),
      ReferencePolicy(snapshot: PolicySnapshot(region: "990100", dates: EventDates(on: day(2026, 3, 1)), values: [:])))
    #expect(unregulated == .notCovered(.notRegulated))
  }

  private func answer(_ region: LiteralRegion, _ date: CalendarDate) -> ReferenceCoverage.Answer {
    let snapshot = PolicySnapshot(region: "990100", dates: EventDates(on: date), values: region.policy.values)
    return ReferenceCoverage.answer(region.person, on: date, ReferencePolicy(snapshot: snapshot))
  }
}
