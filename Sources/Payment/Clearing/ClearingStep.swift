public import Kernel
public import Policy

/// One step of sharing or clearing: what was done, with which numbers and which clause, and what came out.
public struct ClearingStep: Hashable, Sendable {
  /// What was done.
  public let code: ClearingStepCode
  /// What it was done for: a member, an indicator, a factor, a finding; empty for the line as a whole.
  public let subject: String
  /// The amount that went in, fen.
  public let base: Money
  /// Points that took part.
  public let points: Points?
  /// The value of a point.
  public let price: UnitPrice?
  /// The rate applied.
  public let rate: Rate?
  /// The amount compared with or taken off, fen.
  public let limit: Money?
  /// The amount that came out, fen.
  public let result: Money
  /// The clause it rests on.
  public let citation: Citation?

  /// Makes a step.
  public init(
    _ code: ClearingStepCode, subject: String = "", base: Money = .zero, points: Points? = nil,
    price: UnitPrice? = nil, rate: Rate? = nil, limit: Money? = nil, result: Money, citation: Citation? = nil
  ) {
    self.code = code
    self.subject = subject
    self.base = base
    self.points = points
    self.price = price
    self.rate = rate
    self.limit = limit
    self.result = result
    self.citation = citation
  }
}

/// What a step did: the words of clearing traces, in the order of calculation.
public enum ClearingStepCode: UInt8, Hashable, Sendable, CaseIterable {
  // The pool of a period.
  /// The fund's money for a period.
  case fund
  /// What it stands for in whole cases.
  case wholeCost
  /// The value of a point, for display.
  case pointValue
  /// An institution's share by points.
  case share
  /// A share less what patients and other funds paid.
  case lessOthersPaid
  /// A share times the fund's part of the institution's own cost.
  case timesOwnFundShare
  // The months.
  /// The monthly part that is paid in advance.
  case advance
  /// A deduction from review.
  case deduction
  /// A deduction that the month's pay does not cover and that waits for the next.
  case deductionCarried
  /// The quality deposit withheld.
  case depositWithheld
  /// What is paid for the month.
  case monthPaid
  // The year.
  /// The budget, or what the year is worth.
  case budget
  /// A budget below nothing counts as nothing.
  case negativeBudget
  /// Savings retained from volume-based procurement, taken out first.
  case retentionTakenOut
  /// The effect of policy changes, taken out first.
  case policyChange
  /// What the budget is measured against.
  case spend
  /// One band of a surplus.
  case surplusBand
  /// The most of a surplus that may be kept.
  case keptMost
  /// What is kept of a surplus.
  case surplusKept
  /// One band of an overspend.
  case overspendBand
  /// What the fund bears of an overspend.
  case overspendShared
  /// The result of the assessment.
  case assessment
  /// An amount after the assessment.
  case assessed
  /// What the fund recognises for the year.
  case cleared
  /// The quality deposit returned.
  case depositReturned
  /// The quality deposit that stays with the fund.
  case depositForfeited
  /// What was paid in advance.
  case advancesPaid
  /// What is still owed, or to be returned.
  case due
  // Communities.
  /// The part of one factor.
  case factor
  /// Insured persons of an age band at their standard.
  case ageBand
  /// The coefficient of the place.
  case location
  /// Last year's amount, grown.
  case growth
  /// A growth above the limit is cut to it.
  case growthLimit
  /// An amount that was negotiated.
  case negotiated
  /// A part that moves to the regional total.
  case movedOut
  /// A member's part.
  case member
  // The provincial adjustment fund.
  /// A region's contribution.
  case contribution
  /// The province's part of an overspend.
  case provincePart
  /// What a region pays from its own reserve.
  case reservePart
  /// What a region bears without a reserve.
  case ownPart

  /// The word used in files and JSON.
  public var word: String { Self.words[Int(rawValue)] }

  private static let words = allCases.map { SnakeCase.word("\($0)") }
}
