import Kernel
import People

/// Random persons, mostly covered throughout 2025 and 2026.
extension RandomWorld {
  mutating func person() -> InsuredPerson {
    var enrolments: [Enrolment] = []
    let kind = dice.pick([Enrolment.Kind.employer, .employer, .flexible, .retired, .retired, .resident, .resident])
    let birth = birth(of: kind)
    enrolments.append(enrolment(kind, birth: birth))
    if dice.chance(2) { enrolments.append(enrolment(dice.pick(Enrolment.Kind.allCases), birth: birth)) }
    if dice.chance(1) { enrolments.append(enrolment(dice.pick(Enrolment.Kind.allCases), birth: birth)) }
    if dice.chance(1) { enrolments = [] }
    return InsuredPerson(
      number: "P\(dice.below(1_000_000))", sex: dice.pick(Sex.allCases), birth: birth, enrolments: enrolments,
      death: dice.chance(1) ? dayOfYear() : nil,
      beneficiaryClass: dice.chance(50) ? .general : dice.pick(BeneficiaryClass.allCases),
      isCivilServant: dice.chance(40), hasEnterpriseSupplement: dice.chance(40), hasFamilyDoctor: dice.chance(50),
      chronicFilings: filings())
  }

  private mutating func dayOfYear() -> CalendarDate { RandomWorld.firstDay.adding(days: dice.below(365)) }

  private mutating func birth(of kind: Enrolment.Kind) -> CalendarDate {
    let first: CalendarDate
    switch kind {
    case .employer, .flexible: first = day(1966, 1, 1)
    case .retired: first = day(1936, 1, 1)
    case .resident:
      if dice.chance(4) { return dayOfYear() }
      first = day(dice.pick([1930, 1960, 1990]), 1, 1)
    }
    return first.adding(days: dice.below(30 * 365))
  }

  private mutating func enrolment(_ kind: Enrolment.Kind, birth: CalendarDate) -> Enrolment {
    let category: PersonCategory =
      switch kind {
      case .employer, .flexible: .inService
      case .retired: dice.chance(90) ? .retired : .retiredElder
      case .resident: dice.pick([.adult, .elderly, .student, .minor])
      }
    var enrolment = Enrolment(kind: kind, category: category, registered: day(2019, 1 + dice.below(12), 10))
    switch kind {
    case .employer, .flexible:
      enrolment.paidMonths = paidMonths()
    case .retired:
      enrolment.countedMonths = dice.chance(93) ? 360 + dice.below(120) : dice.below(360)
      enrolment.paidOffAtRetirement = dice.chance(20)
      if dice.chance(15) { enrolment.paidMonths = paidMonths() }
    case .resident:
      payByYear(&enrolment, birth: birth)
    }
    if dice.chance(1) { enrolment.ended = dayOfYear() }
    if dice.chance(1) { enrolment.registered = dayOfYear() }
    return enrolment
  }

  /// Paid without a gap in nine cases of ten; else with gaps, a late start or an early end.
  private mutating func paidMonths() -> [MonthRange] {
    if dice.chance(93) { return [months(month(2019, 1), month(2026, 12))] }
    var ranges: [MonthRange] = []
    var first = month(2025, 1).adding(months: dice.below(20))
    for _ in 0...dice.below(4) {
      let last = first.adding(months: dice.below(6))
      ranges.append(months(first, last))
      first = last.adding(months: 1 + dice.below(5))
    }
    return dice.shuffled(ranges)
  }

  private mutating func payByYear(_ enrolment: inout Enrolment, birth: CalendarDate) {
    if birth.year == RandomWorld.year {
      enrolment.registered = birth.adding(days: dice.below(120))
      if dice.chance(90) { enrolment.paidYears = [PaidYear(year: birth.year, paidOn: enrolment.registered)] }
      return
    }
    if dice.chance(30) { enrolment.lateGroup = dice.pick(LatePayingGroup.allCases) }
    for year in 2024...RandomWorld.year where dice.chance(99) {
      let onTime = day(year - 1, 11, 1).adding(days: dice.below(45))
      let late = day(year - 1, 12, 10).adding(days: dice.below(150))
      enrolment.paidYears.append(PaidYear(year: year, paidOn: dice.chance(94) ? onTime : late))
    }
  }

  private mutating func filings() -> [ChronicDiseaseFiling] {
    var filings: [ChronicDiseaseFiling] = []
    for disease in RandomWorld.codes["disease"] ?? [] where dice.chance(85) {
      let first = dice.chance(85) ? day(2024, 1, 1) : dayOfYear()
      guard let period = DateRange(first, dice.chance(70) ? nil : first.adding(days: dice.below(900))) else { continue }
      filings.append(ChronicDiseaseFiling(disease: disease, period: period))
    }
    return filings
  }
}
