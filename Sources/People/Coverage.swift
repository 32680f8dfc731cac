public import Kernel

/// Whether insurance covers a person on a day, and by which scheme.
public enum Coverage: Hashable, Sendable {
  /// Covered: the scheme, the category of person, and the first day of this cover.
  case covered(InsuranceScheme, PersonCategory, since: CalendarDate)
  /// Not covered, for the given reason.
  case notCovered(NoCoverage)
}

/// Why a person is not covered on a day, in order of precedence.
public enum NoCoverage: UInt8, Sendable, CaseIterable, Comparable {
  /// The person died before that day.
  case deceased
  /// Two enrolments cover the same day and the region refuses that.
  case duplicateEnrolment
  /// Contributions were paid, but the waiting time has not passed.
  case waiting
  /// Contributions stopped.
  case interrupted
  /// The year's contribution was paid after the deadline.
  case paidLate
  /// Retired without the contribution years that are needed.
  case tooFewContributionYears
  /// The enrolment ended before that day.
  case ended
  /// Not paid for that day.
  case notPaid
  /// Registered nowhere on that day.
  case notEnrolled
  /// The region's documents say nothing about this kind of enrolment.
  case notRegulated

  /// Orders reasons by precedence.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension InsuredPerson {
  /// Whether insurance covers the person on a day (S10).
  ///
  /// Every enrolment is looked at on its own; one that covers wins over those that do not, two are a duplicate, and
  /// without any the reason of highest precedence is given.
  public func coverage(on day: CalendarDate, under rules: CoverageRules) -> Coverage {
    if let death, death < day { return .notCovered(.deceased) }
    var (covering, employee) = (Coverage?.none, Coverage?.none)
    var (count, employeeCount) = (0, 0)
    var reason: NoCoverage?
    for enrolment in enrolments {
      let cover = enrolment.coverage(on: day, of: self, under: rules)
      switch cover {
      case .notCovered(let why): reason = min(reason ?? why, why)
      case .covered(let scheme, _, _):
        (covering, count) = (cover, count + 1)
        if scheme == .employee { (employee, employeeCount) = (cover, employeeCount + 1) }
      }
    }
    guard let covering else { return .notCovered(reason ?? .notEnrolled) }
    if count == 1 { return covering }
    if rules.duplicateEnrolment == .employeeFirst, employeeCount == 1, let employee { return employee }
    return .notCovered(.duplicateEnrolment)
  }
}

extension Enrolment {
  func coverage(on day: CalendarDate, of person: InsuredPerson, under rules: CoverageRules) -> Coverage {
    let reachesBack = coversNewborn(person, on: day, under: rules) || isPaidInTime(for: day.year, under: rules)
    if day < registered && !reachesBack { return .notCovered(.notEnrolled) }
    if let ended, ended < day { return .notCovered(.ended) }
    switch kind {
    case .employer: return monthlyCoverage(on: day, waiting: rules.employeeWaitingMonths, under: rules)
    case .flexible: return monthlyCoverage(on: day, waiting: rules.flexibleWaitingMonths, under: rules)
    case .retired: return retiredCoverage(on: day, of: person, under: rules)
    case .resident: return residentCoverage(on: day, of: person, under: rules)
    }
  }

  /// Cover that follows monthly payment: a run of paid months covers from `waiting` months after its first month to
  /// the month after its last one.
  private func monthlyCoverage(on day: CalendarDate, waiting: Int?, under rules: CoverageRules) -> Coverage {
    guard let waiting else { return .notCovered(.notRegulated) }
    let month = day.yearMonth
    var reason = NoCoverage.notPaid
    for run in paidRuns(bridging: rules.employeeGraceMonths) {
      let start = max(run.first, registered.yearMonth).adding(months: waiting)
      let end = run.last.adding(months: 1 + rules.employeeGraceMonths)
      if month < run.first { continue }
      if month > end {
        reason = min(reason, .interrupted)
      } else if month < start {
        reason = min(reason, .waiting)
      } else {
        return .covered(kind.scheme, category, since: max(start.firstDay, registered))
      }
    }
    return .notCovered(reason)
  }

  /// Paid months as runs, joined across gaps of at most `grace` months.
  private func paidRuns(bridging grace: Int) -> [MonthRange] {
    guard paidMonths.count > 1 else { return paidMonths }
    var runs: [MonthRange] = []
    for range in paidMonths.sorted(by: { $0.first < $1.first }) {
      if let last = runs.last, range.first.ordinal - last.last.ordinal <= grace + 1,
        let joined = MonthRange(last.first, max(last.last, range.last))
      {
        runs[runs.count - 1] = joined
      } else {
        runs.append(range)
      }
    }
    return runs
  }

  /// Retired persons pay no more once they have the years, or paid what was missing; else they pay on monthly.
  private func retiredCoverage(on day: CalendarDate, of person: InsuredPerson, under rules: CoverageRules) -> Coverage {
    guard let years = rules.retirementYears[person.sex] else { return .notCovered(.notRegulated) }
    if countedMonths >= years * 12 || paidOffAtRetirement {
      return .covered(kind.scheme, category, since: registered)
    }
    let payingOn = monthlyCoverage(on: day, waiting: rules.employeeWaitingMonths, under: rules)
    if case .covered = payingOn { return payingOn }
    return .notCovered(.tooFewContributionYears)
  }

  private func residentCoverage(on day: CalendarDate, of person: InsuredPerson, under rules: CoverageRules)
    -> Coverage
  {
    if coversNewborn(person, on: day, under: rules) {
      return .covered(kind.scheme, category, since: person.birth)
    }
    guard rules.residentDeadline != nil, let newYear = CalendarDate(year: day.year, month: 1, day: 1) else {
      return .notCovered(.notRegulated)
    }
    guard let payment = payment(for: day.year) else {
      return .notCovered(paidYears.contains { $0.year < day.year } ? .interrupted : .notPaid)
    }
    if isPaidInTime(for: day.year, under: rules) { return .covered(kind.scheme, category, since: newYear) }
    guard let waiting = rules.lateWaitingDays else { return .notCovered(.paidLate) }
    let start = payment.paidOn.adding(days: waiting)
    return day >= start ? .covered(kind.scheme, category, since: max(start, registered)) : .notCovered(.waiting)
  }

  private func payment(for year: Int) -> PaidYear? {
    paidYears.filter { $0.year == year }.min { $0.paidOn < $1.paidOn }
  }

  /// Whether a resident paid for a year by the deadline, or by the later one of their group; that covers the year
  /// from 1 January, also when the registration came with the late payment.
  private func isPaidInTime(for year: Int, under rules: CoverageRules) -> Bool {
    guard kind == .resident, let payment = payment(for: year) else { return false }
    if let deadline = rules.residentDeadline?.date(in: year - 1), payment.paidOn <= deadline { return true }
    guard let lateGroup, let late = rules.lateDeadlines[lateGroup]?.date(in: year) else { return false }
    return rules.residentDeadline != nil && payment.paidOn <= late
  }

  /// A newborn registered and paid in time is covered from birth to the end of the year of birth.
  private func coversNewborn(_ person: InsuredPerson, on day: CalendarDate, under rules: CoverageRules) -> Bool {
    guard kind == .resident, let days = rules.newbornRegistrationDays, day.year == person.birth.year,
      day >= person.birth, person.birth.days(to: registered) <= days, registered >= person.birth
    else { return false }
    return paidYears.contains { $0.year == person.birth.year }
  }
}
