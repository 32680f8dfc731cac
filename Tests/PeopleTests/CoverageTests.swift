import Kernel
import People
import Testing

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func months(_ first: String, _ last: String) throws -> MonthRange {
  let (start, end) = (try #require(YearMonth(first)), try #require(YearMonth(last)))
  return try #require(MonthRange(start, end))
}

/// Rules of the shape of S10.
private func rules() -> CoverageRules {
  CoverageRules(
    employeeWaitingMonths: 1, flexibleWaitingMonths: 3, residentDeadline: MonthDay(month: 12, day: 31),
    lateDeadlines: [.migrantWorker: MonthDay(month: 2, day: 29), .student: MonthDay(month: 2, day: 29)].compactMapValues
    { $0 },
    lateWaitingDays: 90, newbornRegistrationDays: 90, retirementYears: [.male: 30, .female: 25],
    duplicateEnrolment: .refuse)
}

private func person(_ enrolments: [Enrolment], sex: Sex = .female, birth: String = "1980-05-01", death: String? = nil)
  throws -> InsuredPerson
{
  InsuredPerson(
    number: "示例1", sex: sex, birth: try day(birth), enrolments: enrolments, death: try death.map { try day($0) })
}

private func employed(_ registered: String, _ paid: [MonthRange], kind: Enrolment.Kind = .employer) throws -> Enrolment
{
  Enrolment(kind: kind, category: .inService, registered: try day(registered), paidMonths: paid)
}

private func resident(_ registered: String, _ paid: [(Int, String)], late: LatePayingGroup? = nil) throws -> Enrolment {
  Enrolment(
    kind: .resident, category: .adult, registered: try day(registered),
    paidYears: try paid.map { PaidYear(year: $0.0, paidOn: try day($0.1)) }, lateGroup: late)
}

/// Cover in a few words, so that a table of days can be compared.
private func word(_ person: InsuredPerson, _ text: String, _ rules: CoverageRules) throws -> String {
  switch person.coverage(on: try day(text), under: rules) {
  case .covered(let scheme, _, let since): "\(scheme.rawValue) \(since)"
  case .notCovered(let why): "\(why)"
  }
}

@Test(arguments: [
  ("2025-03-14", "notEnrolled"), ("2025-03-15", "waiting"), ("2025-03-31", "waiting"),
  ("2025-04-01", "employee 2025-04-01"), ("2025-07-31", "employee 2025-04-01"), ("2025-08-01", "interrupted"),
])
func `职工参保缴费次月起享受且停缴次月后中断`(text: String, expected: String) throws {
  let person = try person([try employed("2025-03-15", [try months("2025-03", "2025-06")])])
  #expect(try word(person, text, rules()) == expected)
}

@Test(arguments: [
  ("2025-01-10", "waiting"), ("2025-03-31", "waiting"), ("2025-04-01", "employee 2025-04-01"),
  ("2025-05-31", "employee 2025-04-01"), ("2025-06-01", "interrupted"),
])
func `灵活就业人员缴满三个月后享受`(text: String, expected: String) throws {
  let person = try person([try employed("2025-01-01", [try months("2025-01", "2025-04")], kind: .flexible)])
  #expect(try word(person, text, rules()) == expected)
}

@Test func `等待期内停缴即为中断而非等待`() throws {
  let person = try person([try employed("2025-01-01", [try months("2025-01", "2025-01")], kind: .flexible)])
  #expect(try word(person, "2025-02-28", rules()) == "waiting")
  #expect(try word(person, "2025-03-01", rules()) == "interrupted")
  #expect(try word(person, "2025-04-01", rules()) == "interrupted")
}

@Test func `中断后重新缴费重新等待`() throws {
  let paid = [try months("2025-07", "2025-12"), try months("2025-01", "2025-03")]
  let person = try person([try employed("2025-01-01", paid)])
  #expect(try word(person, "2025-04-30", rules()) == "employee 2025-02-01")
  #expect(try word(person, "2025-06-30", rules()) == "interrupted")
  #expect(try word(person, "2025-07-31", rules()) == "waiting")
  #expect(try word(person, "2025-08-01", rules()) == "employee 2025-08-01")
}

@Test func `宽限月内补缴视为连续`() throws {
  var rules = rules()
  rules.employeeGraceMonths = 2
  let bridged = try person([
    try employed("2025-01-01", [try months("2025-01", "2025-03"), try months("2025-06", "2025-06")])
  ])
  #expect(try word(bridged, "2025-05-31", rules) == "employee 2025-02-01")
  #expect(try word(bridged, "2025-09-30", rules) == "employee 2025-02-01")
  #expect(try word(bridged, "2025-10-01", rules) == "interrupted")
  let broken = try person([
    try employed("2025-01-01", [try months("2025-01", "2025-03"), try months("2025-07", "2025-07")])
  ])
  #expect(try word(broken, "2025-06-30", rules) == "employee 2025-02-01")
  #expect(try word(broken, "2025-07-01", rules) == "waiting")
  #expect(try word(broken, "2025-08-01", rules) == "employee 2025-08-01")
}

@Test(arguments: [
  ("2024-12-31", "2025-01-01", "resident 2025-01-01"), ("2024-12-31", "2025-12-31", "resident 2025-01-01"),
  ("2025-01-01", "2025-01-02", "waiting"), ("2025-01-01", "2025-03-31", "waiting"),
  ("2025-01-01", "2025-04-01", "resident 2025-04-01"), ("2024-12-31", "2026-01-01", "interrupted"),
  ("2024-12-31", "2024-12-31", "notPaid"),
])
func `居民年底前缴费次年全年享受逾期等待九十天`(paid: String, text: String, expected: String) throws {
  let person = try person([try resident("2024-10-01", [(2025, paid)])])
  #expect(try word(person, text, rules()) == expected)
}

@Test(arguments: [
  (2025, "2025-02-28", "resident 2025-01-01"), (2025, "2025-03-01", "waiting"),
  (2024, "2024-02-29", "resident 2024-01-01"), (2024, "2024-03-01", "waiting"),
])
func `学生和返乡农民工可缴至二月末`(year: Int, paid: String, expected: String) throws {
  for group in LatePayingGroup.allCases {
    let person = try person([try resident("2023-01-01", [(year, paid)], late: group)])
    #expect(try word(person, "\(year)-03-10", rules()) == expected)
  }
}

@Test func `逾期缴费无等待期规定时不享受`() throws {
  var rules = rules()
  rules.lateWaitingDays = nil
  let person = try person([try resident("2024-10-01", [(2025, "2025-01-01")])])
  #expect(try word(person, "2025-12-31", rules) == "paidLate")
}

@Test func `同一年度多次缴费以最早一次为准`() throws {
  let person = try person([try resident("2024-10-01", [(2025, "2025-05-01"), (2025, "2024-12-30")])])
  #expect(try word(person, "2025-01-15", rules()) == "resident 2025-01-01")
}

@Test func `居民按期缴费的从一月一日起享受全年而逾期的不早于登记日`() throws {
  let student = try person([try resident("2025-01-20", [(2025, "2025-01-20")], late: .student)])
  #expect(try word(student, "2025-01-01", rules()) == "resident 2025-01-01")
  #expect(try word(student, "2024-12-31", rules()) == "notEnrolled")
  let adult = try person([try resident("2025-01-20", [(2025, "2025-01-20")])])
  #expect(try word(adult, "2025-01-19", rules()) == "notEnrolled")
}

@Test func `新生儿九十天内参保自出生之日享受`() throws {
  // Born 2025-06-01: day 90 is 2025-08-30.
  let inTime = try person([try resident("2025-08-30", [(2025, "2025-08-30")])], birth: "2025-06-01")
  #expect(try word(inTime, "2025-05-31", rules()) == "notEnrolled")
  #expect(try word(inTime, "2025-06-01", rules()) == "resident 2025-06-01")
  #expect(try word(inTime, "2025-12-31", rules()) == "resident 2025-06-01")
  #expect(try word(inTime, "2026-01-01", rules()) == "interrupted")
  let late = try person([try resident("2025-08-31", [(2025, "2025-08-31")])], birth: "2025-06-01")
  #expect(try word(late, "2025-06-01", rules()) == "notEnrolled")
  #expect(try word(late, "2025-08-31", rules()) == "waiting")
  #expect(try word(late, "2025-11-29", rules()) == "resident 2025-11-29")
  let unpaid = try person([try resident("2025-06-10", [])], birth: "2025-06-01")
  #expect(try word(unpaid, "2025-06-05", rules()) == "notEnrolled")
  #expect(try word(unpaid, "2025-06-10", rules()) == "notPaid")
}

@Test(arguments: [
  (Sex.male, 359, false), (.male, 360, true), (.female, 299, false), (.female, 300, true),
])
func `退休缴费年限男三十年女二十五年`(sex: Sex, counted: Int, covered: Bool) throws {
  var enrolment = Enrolment(
    kind: .retired, category: .retired, registered: try day("2025-03-15"), countedMonths: counted)
  let short = try person([enrolment], sex: sex)
  #expect(try word(short, "2025-03-15", rules()) == (covered ? "employee 2025-03-15" : "tooFewContributionYears"))
  enrolment.paidOffAtRetirement = true
  #expect(try word(try person([enrolment], sex: sex), "2025-03-15", rules()) == "employee 2025-03-15")
  enrolment.paidOffAtRetirement = false
  enrolment.paidMonths = [try months("2025-03", "2025-03")]
  let payingOn = try person([enrolment], sex: sex)
  #expect(try word(payingOn, "2025-04-30", rules()) == "employee \(covered ? "2025-03-15" : "2025-04-01")")
  #expect(try word(payingOn, "2025-05-01", rules()) == (covered ? "employee 2025-03-15" : "tooFewContributionYears"))
}

@Test func `重复参保按地方规定拒付或职工优先`() throws {
  let employee = try employed("2024-01-01", [try months("2024-01", "2025-12")])
  let citizen = try resident("2024-10-01", [(2025, "2024-12-01")])
  for order in [[employee, citizen], [citizen, employee]] {
    let person = try person(order)
    var rules = rules()
    #expect(try word(person, "2025-06-01", rules) == "duplicateEnrolment")
    rules.duplicateEnrolment = .employeeFirst
    #expect(try word(person, "2025-06-01", rules) == "employee 2024-02-01")
    rules.duplicateEnrolment = nil
    #expect(try word(person, "2025-06-01", rules) == "duplicateEnrolment")
  }
  var rules = rules()
  rules.duplicateEnrolment = .employeeFirst
  #expect(try word(try person([employee, employee]), "2025-06-01", rules) == "duplicateEnrolment")
}

@Test func `死亡次日起不享受`() throws {
  let person = try person([try employed("2024-01-01", [try months("2024-01", "2025-12")])], death: "2025-06-10")
  #expect(try word(person, "2025-06-10", rules()) == "employee 2024-02-01")
  #expect(try word(person, "2025-06-11", rules()) == "deceased")
}

@Test func `终止参保次日起不享受`() throws {
  var enrolment = try employed("2024-01-01", [try months("2024-01", "2025-12")])
  enrolment.ended = try day("2025-06-10")
  let person = try person([enrolment])
  #expect(try word(person, "2025-06-10", rules()) == "employee 2024-02-01")
  #expect(try word(person, "2025-06-11", rules()) == "ended")
}

@Test(arguments: Enrolment.Kind.allCases)
func `地方未作规定的参保类型给出未规定`(kind: Enrolment.Kind) throws {
  let enrolment = Enrolment(kind: kind, category: .adult, registered: try day("2024-01-01"))
  #expect(try word(try person([enrolment]), "2025-01-01", CoverageRules()) == "notRegulated")
}

@Test func `无任何登记为未参保`() throws {
  #expect(try word(try person([]), "2025-01-01", rules()) == "notEnrolled")
}

@Test func `多个原因取优先级最高者`() throws {
  let stopped = try employed("2024-01-01", [try months("2024-01", "2024-03")])
  let unpaid = try resident("2024-10-01", [])
  #expect(try word(try person([unpaid, stopped]), "2025-01-01", rules()) == "interrupted")
  #expect(try word(try person([stopped, unpaid]), "2025-01-01", rules()) == "interrupted")
}

@Test(arguments: [
  (100_000, 480_000, 33_600, 9_600), (480_000, 480_000, 33_600, 9_600), (800_001, 800_001, 56_000, 16_000),
  (2_400_000, 2_400_000, 168_000, 48_000), (9_000_000, 2_400_000, 168_000, 48_000),
])
func `缴费基数限于平均工资的六成至三倍`(wage: Int64, base: Int64, employer: Int64, own: Int64) {
  let rules = ContributionRules(
    averageWage: Money(fen: 800_000), baseFloor: Rate(millionths: 600_000), baseCeiling: Rate(millionths: 3_000_000),
    employerRate: Rate(millionths: 70_000), personRate: Rate(millionths: 20_000))
  let assessed = ContributionAssessment(wage: Money(fen: wage), under: rules)
  #expect(assessed.base.fen == base)
  #expect(assessed.employer.fen == employer)
  #expect(assessed.person.fen == own)
  #expect(assessed.total.fen == employer + own)
}
