import Kernel
public import People

/// What became of a claim: a closed vocabulary with numbers that never change, in order of precedence.
///
/// Every outcome but ``settled`` leaves money and accumulators as they were. Each has a section in
/// `Docs/Reference/outcomes.md`.
public enum SettlementOutcome: UInt16, Error, Sendable, CaseIterable {
  /// Settled; amounts, trace and postings follow.
  case settled = 0
  /// No policy of the region covers the claim's dates.
  case dateNotCovered = 101
  /// No region has that code.
  case unknownRegion = 102
  /// The policy in force contradicts itself; `yibao policy check` names the files.
  case policyDefective = 103
  /// The claim has no fee line.
  case emptyClaim = 110
  /// Discharge lies before admission.
  case dischargeBeforeAdmission = 111
  /// A price, quantity or amount is below zero.
  case negativeLine = 112
  /// An amount is not price times quantity, rounded half up.
  case lineAmountMismatch = 113
  /// A line or the total is beyond what one settlement may hold.
  case amountTooLarge = 114
  /// A line's day lies outside the stay.
  case lineOutsideStay = 115
  /// The person died before admission.
  case deceased = 120
  /// Two enrolments cover the same day and the region refuses that.
  case duplicateEnrolment = 121
  /// Contributions were paid, but the waiting time has not passed.
  case waiting = 122
  /// Contributions stopped.
  case interrupted = 123
  /// The year's contribution was paid after the deadline.
  case paidLate = 124
  /// Retired without the contribution years that are needed.
  case tooFewContributionYears = 125
  /// The enrolment ended before admission.
  case ended = 126
  /// Not paid for that day.
  case notPaid = 127
  /// Registered nowhere on that day.
  case notEnrolled = 128
  /// The region's documents say nothing about this kind of enrolment.
  case notRegulated = 129
  /// The scheme does not pay for this kind of care.
  case careNotOffered = 130
  /// The scheme states no pay rate for this level of institution and category of person.
  case noRateAtLevel = 131
  /// The chronic disease is not on file for the day of admission.
  case chronicDiseaseNotFiled = 132
  /// A class B item has no first self-pay share and the region states no default.
  case noFirstSelfPayRate = 133
  /// A separately paid item has no pay rate in this scheme.
  case noSeparatePayRate = 134
  /// The accumulators handed in are not those of the year of discharge and the scheme of the cover.
  case wrongYear = 140

  /// The outcome for a reason why insurance does not cover.
  public init(_ reason: NoCoverage) {
    switch reason {
    case .deceased: self = .deceased
    case .duplicateEnrolment: self = .duplicateEnrolment
    case .waiting: self = .waiting
    case .interrupted: self = .interrupted
    case .paidLate: self = .paidLate
    case .tooFewContributionYears: self = .tooFewContributionYears
    case .ended: self = .ended
    case .notPaid: self = .notPaid
    case .notEnrolled: self = .notEnrolled
    case .notRegulated: self = .notRegulated
    }
  }

  /// The word used in case files and JSON.
  public var word: String { SnakeCase.word("\(self)") }

  /// Whether the same claim may settle later without being changed: a payment or a filing may still arrive.
  public var isTransient: Bool {
    switch self {
    case .waiting, .notPaid, .notEnrolled, .interrupted, .chronicDiseaseNotFiled, .duplicateEnrolment, .wrongYear,
      .dateNotCovered:
      true
    case .settled, .unknownRegion, .policyDefective, .emptyClaim, .dischargeBeforeAdmission, .negativeLine,
      .lineAmountMismatch,
      .amountTooLarge, .lineOutsideStay, .deceased, .paidLate, .tooFewContributionYears, .ended, .notRegulated,
      .careNotOffered, .noRateAtLevel, .noFirstSelfPayRate, .noSeparatePayRate:
      false
    }
  }
}
