public import Kernel

/// What a region's documents say about monthly contributions to the employee scheme (S10); values, not rules.
public struct ContributionRules: Hashable, Sendable {
  /// The provincial average wage of a month.
  public var averageWage: Money
  /// The smallest base as a share of the average wage.
  public var baseFloor: Rate
  /// The largest base as a share of the average wage.
  public var baseCeiling: Rate
  /// The employer's share of the base, maternity included.
  public var employerRate: Rate
  /// The person's own share of the base.
  public var personRate: Rate

  /// Makes rules.
  public init(averageWage: Money, baseFloor: Rate, baseCeiling: Rate, employerRate: Rate, personRate: Rate) {
    self.averageWage = averageWage
    self.baseFloor = baseFloor
    self.baseCeiling = baseCeiling
    self.employerRate = employerRate
    self.personRate = personRate
  }
}

/// One month's contribution to the employee scheme.
public struct ContributionAssessment: Hashable, Sendable {
  /// The base that is assessed (缴费基数).
  public let base: Money
  /// What the employer pays.
  public let employer: Money
  /// What the person pays.
  public let person: Money

  /// Assesses one month from the person's own average wage of last year.
  ///
  /// The base is held between floor and ceiling; each amount is rounded half up to fen where it arises.
  ///
  /// ```swift
  /// ContributionAssessment(wage: Money(fen: 300_000), under: rules)  // below the floor: the floor is the base
  /// ```
  public init(wage: Money, under rules: ContributionRules) {
    let floor = rules.averageWage.multiplied(by: rules.baseFloor, rounding: .halfUp)
    let ceiling = rules.averageWage.multiplied(by: rules.baseCeiling, rounding: .halfUp)
    precondition(floor <= ceiling, "the floor of a contribution base lies above its ceiling")
    base = min(max(wage, floor), ceiling)
    employer = base.multiplied(by: rules.employerRate, rounding: .halfUp)
    person = base.multiplied(by: rules.personRate, rounding: .halfUp)
  }

  /// What both pay together.
  public var total: Money { employer + person }
}
