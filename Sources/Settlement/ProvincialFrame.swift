public import Kernel
public import People
public import Policy

/// The frame that a province sets for the plans of its regions (S10; Anhui's seven unifications).
public struct ProvincialFrame: Hashable, Sendable {
  /// The largest inpatient deductible as a share of last year's average wage or disposable income.
  public let deductibleShare: Rate?
  /// The in-policy inpatient pay rate to keep to, about.
  public let payRate: Rate?
  /// The least gap of pay rates between two neighbouring levels.
  public let levelGapLeast: Rate?
  /// The largest gap of pay rates between two neighbouring levels.
  public let levelGapMost: Rate?
  /// The yearly cap as a multiple of wage or income, about.
  public let capMultiple: Int?
  /// The least outpatient pay rate.
  public let outpatientRate: Rate?

  /// How far a mean rate may lie from the frame's "about" before it is called off; chosen here, see `frame-about`.
  static let aboutRate = Rate(millionths: 50_000)

  /// Reads the frame of one scheme from a snapshot; parts that the province does not state are absent.
  public init(_ snapshot: PolicySnapshot, scheme: InsuranceScheme) {
    var reader = PolicyReader(snapshot)
    deductibleShare = reader.rate("frame.deductible_share")?.value
    payRate = reader.rate("frame.pay_rate", [SettlementVocabulary.scheme.name: [scheme.rawValue]])?.value
    levelGapLeast = reader.rate("frame.level_gap_least")?.value
    levelGapMost = reader.rate("frame.level_gap_most")?.value
    capMultiple = reader.number("frame.cap_multiple")?.value
    outpatientRate = reader.rate("frame.outpatient_rate")?.value
  }

  /// The plan of a region in the numbers that a frame speaks of.
  public struct PlanOutline: Hashable, Sendable {
    /// Last year's average wage (employees) or disposable income (residents) of a year.
    public var yearlyIncome: Money
    /// Inpatient deductibles by level.
    public var deductibles: [InstitutionLevel: Money]
    /// Inpatient pay rates by level.
    public var payRates: [InstitutionLevel: Rate]
    /// The yearly cap, large-sum or catastrophic insurance included.
    public var cap: Money?
    /// The outpatient pay rate.
    public var outpatientRate: Rate?

    /// Makes an outline.
    public init(
      yearlyIncome: Money, deductibles: [InstitutionLevel: Money] = [:], payRates: [InstitutionLevel: Rate] = [:],
      cap: Money? = nil, outpatientRate: Rate? = nil
    ) {
      self.yearlyIncome = yearlyIncome
      self.deductibles = deductibles
      self.payRates = payRates
      self.cap = cap
      self.outpatientRate = outpatientRate
    }
  }

  /// One way in which a plan leaves the frame.
  public enum Deviation: String, Sendable, CaseIterable {
    /// A deductible exceeds its share of income.
    case deductibleTooHigh = "deductible_too_high"
    /// The mean pay rate is more than five points away.
    case payRateOff = "pay_rate_off"
    /// Two neighbouring levels lie too close.
    case levelGapTooSmall = "level_gap_too_small"
    /// Two neighbouring levels lie too far apart.
    case levelGapTooLarge = "level_gap_too_large"
    /// The cap is more than one yearly income away from the multiple.
    case capOff = "cap_off"
    /// The outpatient rate is too low.
    case outpatientRateTooLow = "outpatient_rate_too_low"
  }

  /// Every way in which a plan leaves the frame, in the order of ``Deviation``.
  public func deviations(of plan: PlanOutline) -> [Deviation] {
    Deviation.allCases.filter { deviates($0, plan) }
  }

  private func deviates(_ kind: Deviation, _ plan: PlanOutline) -> Bool {
    let rates = plan.payRates.sorted { $0.key < $1.key }.map(\.value)
    let gaps = zip(rates, rates.dropFirst()).map { $0 - $1 }
    switch kind {
    case .deductibleTooHigh:
      guard let deductibleShare else { return false }
      let most = plan.yearlyIncome.multiplied(by: deductibleShare, rounding: .down)
      return plan.deductibles.values.contains { $0 > most }
    case .payRateOff:
      guard let payRate, !rates.isEmpty else { return false }
      let sum = rates.reduce(Rate.zero, +).millionths
      let aim = payRate.millionths * Int64(rates.count)
      return abs(sum - aim) > Self.aboutRate.millionths * Int64(rates.count)
    case .levelGapTooSmall: return levelGapLeast.map { least in gaps.contains { $0 < least } } ?? false
    case .levelGapTooLarge: return levelGapMost.map { most in gaps.contains { $0 > most } } ?? false
    case .capOff:
      guard let cap = plan.cap, let capMultiple else { return false }
      let aim = plan.yearlyIncome.fen * Int64(capMultiple)
      return abs(cap.fen - aim) > plan.yearlyIncome.fen
    case .outpatientRateTooLow:
      guard let outpatientRate, let rate = plan.outpatientRate else { return false }
      return rate < outpatientRate
    }
  }
}
