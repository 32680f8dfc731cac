public import Kernel

/// What a region's documents say about when insurance covers a person (S10); values, not rules.
public struct CoverageRules: Hashable, Sendable {
  /// What happens when two enrolments both cover the same day (检重).
  public enum DuplicateEnrolment: String, Sendable, CaseIterable {
    /// Nothing is settled until one enrolment is withdrawn.
    case refuse
    /// The employee scheme pays.
    case employeeFirst = "employee_first"
  }

  /// Months from the first paid month to the first covered month, employed persons.
  public var employeeWaitingMonths: Int?
  /// Months that may stay unpaid without ending the employee cover.
  public var employeeGraceMonths: Int
  /// Months from the first paid month to the first covered month, flexibly employed persons.
  public var flexibleWaitingMonths: Int?
  /// The last day of payment for the next year's resident insurance.
  public var residentDeadline: MonthDay?
  /// The last day, within the insurance year, for groups that may pay late.
  public var lateDeadlines: [LatePayingGroup: MonthDay]
  /// Days after a late payment by anybody else until cover begins; `nil` when late payment gives no cover.
  public var lateWaitingDays: Int?
  /// Days after birth within which a newborn must be registered to be covered from birth.
  public var newbornRegistrationDays: Int?
  /// Contribution years needed for retirement benefits.
  public var retirementYears: [Sex: Int]
  /// What happens when two enrolments both cover the same day.
  public var duplicateEnrolment: DuplicateEnrolment?

  /// Makes rules; whatever a region does not state is absent and the cover that needs it is not given.
  public init(
    employeeWaitingMonths: Int? = nil, employeeGraceMonths: Int = 0, flexibleWaitingMonths: Int? = nil,
    residentDeadline: MonthDay? = nil, lateDeadlines: [LatePayingGroup: MonthDay] = [:],
    lateWaitingDays: Int? = nil, newbornRegistrationDays: Int? = nil, retirementYears: [Sex: Int] = [:],
    duplicateEnrolment: DuplicateEnrolment? = nil
  ) {
    self.employeeWaitingMonths = employeeWaitingMonths
    self.employeeGraceMonths = employeeGraceMonths
    self.flexibleWaitingMonths = flexibleWaitingMonths
    self.residentDeadline = residentDeadline
    self.lateDeadlines = lateDeadlines
    self.lateWaitingDays = lateWaitingDays
    self.newbornRegistrationDays = newbornRegistrationDays
    self.retirementYears = retirementYears
    self.duplicateEnrolment = duplicateEnrolment
  }
}
