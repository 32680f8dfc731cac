import Kernel
import People

/// Whether insurance covers a person on a day, written a second time from S10 and the words of `People`.
enum ReferenceCoverage {
  enum Answer: Hashable {
    case covered(InsuranceScheme, PersonCategory)
    case notCovered(NoCoverage)
  }

  static func answer(_ person: InsuredPerson, on day: CalendarDate, _ policy: ReferencePolicy) -> Answer {
    if let death = person.death, death < day { return .notCovered(.deceased) }
    var covering: [Enrolment] = []
    var reasons: [NoCoverage] = []
    for enrolment in person.enrolments {
      if let reason = whyNot(enrolment, of: person, on: day, policy) {
        reasons.append(reason)
      } else {
        covering.append(enrolment)
      }
    }
    guard let first = covering.first else { return .notCovered(reasons.min() ?? .notEnrolled) }
    if covering.count == 1 { return .covered(first.kind.scheme, first.category) }
    let employee = covering.filter { $0.kind.scheme == .employee }
    guard policy.choice("enrolment.duplicate") == "employee_first", employee.count == 1 else {
      return .notCovered(.duplicateEnrolment)
    }
    return .covered(employee[0].kind.scheme, employee[0].category)
  }

  /// Why one enrolment does not cover the day; `nil` when it does.
  private static func whyNot(
    _ enrolment: Enrolment, of person: InsuredPerson, on day: CalendarDate, _ policy: ReferencePolicy
  ) -> NoCoverage? {
    let newborn = isNewborn(enrolment, person, on: day, policy)
    let wholeYear = enrolment.kind == .resident && isInTime(enrolment, year: day.year, policy)
    if enrolment.registered > day && !newborn && !wholeYear { return .notEnrolled }
    if let ended = enrolment.ended, ended < day { return .ended }
    switch enrolment.kind {
    case .employer:
      return whyNotByMonth(enrolment, on: day, policy, waiting: policy.number("enrolment.employee.waiting_months"))
    case .flexible:
      return whyNotByMonth(enrolment, on: day, policy, waiting: policy.number("enrolment.flexible.waiting_months"))
    case .retired:
      let keys = ["sex": [person.sex.rawValue]]
      guard let years = policy.number("enrolment.retirement.contribution_years", keys) else { return .notRegulated }
      if enrolment.paidOffAtRetirement || enrolment.countedMonths >= 12 * years { return nil }
      let waiting = policy.number("enrolment.employee.waiting_months")
      let payingOn = whyNotByMonth(enrolment, on: day, policy, waiting: waiting)
      return payingOn == nil ? nil : .tooFewContributionYears
    case .resident:
      return newborn ? nil : whyNotByYear(enrolment, on: day, policy)
    }
  }

  /// Paid by the month: covered from `waiting` months after the first paid month (or registration, if later) to the
  /// month after the last paid one, and through the months of grace; gaps within grace do not break a run.
  private static func whyNotByMonth(
    _ enrolment: Enrolment, on day: CalendarDate, _ policy: ReferencePolicy, waiting: Int?
  ) -> NoCoverage? {
    guard let waiting else { return .notRegulated }
    let grace = policy.number("enrolment.employee.grace_months") ?? 0
    let month = day.yearMonth.ordinal
    var runs: [(first: Int, last: Int)] = []
    for range in enrolment.paidMonths.sorted(by: { $0.first < $1.first }) {
      if let run = runs.last, range.first.ordinal <= run.last + grace + 1 {
        runs[runs.count - 1].last = max(run.last, range.last.ordinal)
      } else {
        runs.append((range.first.ordinal, range.last.ordinal))
      }
    }
    var isWaiting = false
    var isInterrupted = false
    for run in runs where run.first <= month {
      let begins = max(run.first, enrolment.registered.yearMonth.ordinal) + waiting
      let ends = run.last + 1 + grace
      if month >= begins && month <= ends { return nil }
      if month > ends {
        isInterrupted = true
      } else if month < begins {
        isWaiting = true
      }
    }
    if isWaiting { return .waiting }
    return isInterrupted ? .interrupted : .notPaid
  }

  /// Paid by the year: by the deadline of the year before, within the late deadline of the person's group, or late
  /// with a waiting time where the region grants one.
  private static func whyNotByYear(_ enrolment: Enrolment, on day: CalendarDate, _ policy: ReferencePolicy)
    -> NoCoverage?
  {
    guard policy.monthDay("enrolment.resident.payment_deadline") != nil else { return .notRegulated }
    guard let payment = enrolment.paidYears.filter({ $0.year == day.year }).min(by: { $0.paidOn < $1.paidOn }) else {
      return enrolment.paidYears.contains { $0.year < day.year } ? .interrupted : .notPaid
    }
    if isInTime(enrolment, year: day.year, policy) { return nil }
    guard let waiting = policy.number("enrolment.resident.late_waiting_days") else { return .paidLate }
    return payment.paidOn.adding(days: waiting) <= day ? nil : .waiting
  }

  /// Whether any payment for the year came by the deadline of the year before, or by the late one of the group.
  private static func isInTime(_ enrolment: Enrolment, year: Int, _ policy: ReferencePolicy) -> Bool {
    guard let deadline = policy.monthDay("enrolment.resident.payment_deadline")?.date(in: year - 1) else {
      return false
    }
    let paid = enrolment.paidYears.filter { $0.year == year }.map(\.paidOn)
    if paid.contains(where: { $0 <= deadline }) { return true }
    guard let group = enrolment.lateGroup else { return false }
    let keys = ["late_group": [group.rawValue]]
    guard let late = policy.monthDay("enrolment.resident.late_deadline", keys)?.date(in: year) else { return false }
    return paid.contains { $0 <= late }
  }

  /// A newborn registered in time, and paid for, is covered from birth to the end of the year of birth.
  private static func isNewborn(
    _ enrolment: Enrolment, _ person: InsuredPerson, on day: CalendarDate, _ policy: ReferencePolicy
  ) -> Bool {
    guard enrolment.kind == .resident, day.year == person.birth.year, day >= person.birth,
      let days = policy.number("enrolment.resident.newborn_registration_days")
    else { return false }
    let wait = person.birth.days(to: enrolment.registered)
    return wait >= 0 && wait <= days && enrolment.paidYears.contains { $0.year == person.birth.year }
  }
}
