import Claims
public import Kernel
public import Ledger
public import People

/// The cover under which a claim was settled.
public struct Cover: Hashable, Codable, Sendable {
  /// The scheme.
  public let scheme: InsuranceScheme
  /// The category of person, elder retirees told apart where the region does.
  public let category: PersonCategory
  /// The first day of the cover.
  public let since: CalendarDate
}

/// The amounts of a settlement and what it changes, without explanation.
public struct SettledAmounts: Hashable, Sendable {
  /// The cover.
  public let cover: Cover
  /// Who pays what.
  public let amounts: SettlementAmounts
  /// What the year's accumulators gain.
  public let change: AccumulatorChange
}

/// How one fee line was split; the four parts add up to the line's amount (interface 2204/2301).
public struct LineShare: Hashable, Codable, Sendable {
  /// Fully self-paid (`fulamt_ownpay_amt`).
  public internal(set) var fullySelfPaid = Money.zero
  /// Over limit (`overlmt_amt`).
  public internal(set) var overLimit = Money.zero
  /// First self-pay (`preselfpay_amt`).
  public internal(set) var preliminarySelfPay = Money.zero
  /// In-policy amount (`inscp_scp_amt`).
  public internal(set) var inPolicy = Money.zero
}

extension LineShare {
  /// The split of a line of which nothing is left.
  public static let zero = LineShare()

  /// What one split has beyond another, part by part.
  public static func - (left: LineShare, right: LineShare) -> LineShare {
    LineShare(
      fullySelfPaid: left.fullySelfPaid - right.fullySelfPaid, overLimit: left.overLimit - right.overLimit,
      preliminarySelfPay: left.preliminarySelfPay - right.preliminarySelfPay, inPolicy: left.inPolicy - right.inPolicy)
  }
}

/// A settled claim: amounts, lines, postings, changes, and every step of how it came about.
public struct SettledClaim: Hashable, Codable, Sendable {
  /// The claim's identifier.
  public let claim: String
  /// The cover.
  public let cover: Cover
  /// Who pays what.
  public let amounts: SettlementAmounts
  /// How each line was split, in the order of the claim.
  public let lineShares: [LineShare]
  /// What the year's accumulators gain; taking it away reverses the settlement.
  public let change: AccumulatorChange
  /// The postings, balanced.
  public let entry: LedgerEntry
  /// How it came about, in order of calculation.
  public let steps: [TraceStep<StepCode>]

  init(
    _ claim: Claim, _ person: InsuredPerson, _ cover: Cover, _ sheet: Worksheet, steps: [TraceStep<StepCode>],
    lineShares: [LineShare]
  ) {
    self.claim = claim.id
    self.cover = cover
    self.amounts = sheet.amounts
    self.lineShares = lineShares
    self.change = sheet.change
    self.entry = PostingStep.entry(claim, person, cover.scheme, sheet.amounts)
    self.steps = steps
  }
}

extension SettledClaim {
  /// The postings that take the settlement back.
  public func reversalEntry(reference: String) -> LedgerEntry { entry.reversed(reference: reference) }
}
