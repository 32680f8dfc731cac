public import Kernel

/// What a month is paid in advance, and what is withheld (月度预拨、质量保证金).
public struct AdvanceTerms: Hashable, Sendable {
  /// What a month comes to, of which a part is paid (预付基数).
  public enum Base: String, Hashable, Sendable, CaseIterable {
    /// What the fund answered for by settlement.
    case settled
    /// What the month's cases are worth under the contract: points at the month's fund, and amounts.
    case worth
  }

  /// What a month comes to.
  public var base: Sourced<Base>
  /// The part of a month's amount that is paid (月预付比例).
  public var monthlyShare: Sourced<Rate>
  /// The part that is withheld as quality deposit (质量保证金).
  public var depositShare: Sourced<Rate>
  /// What the deposit is a part of.
  public var depositBase: Sourced<DepositBase>
  /// How parts of a fen are treated.
  public var rounding: Rounding

  /// What the deposit is a part of.
  public enum DepositBase: String, Hashable, Sendable, CaseIterable {
    /// The advance as it is.
    case beforeDeductions = "before_deductions"
    /// The advance after deductions from review.
    case afterDeductions = "after_deductions"
  }

  /// Makes terms.
  public init(
    base: Sourced<Base>, monthlyShare: Sourced<Rate>, depositShare: Sourced<Rate>,
    depositBase: Sourced<DepositBase>, rounding: Rounding
  ) {
    self.base = base
    self.monthlyShare = monthlyShare
    self.depositShare = depositShare
    self.depositBase = depositBase
    self.rounding = rounding
  }
}

/// A finding of review with the amount it takes back (审核扣款).
public struct ReviewFinding: Hashable, Sendable {
  /// The finding's number, unique.
  public var id: String
  /// The institution (`fixmedins_code`).
  public var institution: String
  /// What is taken back, fen; not negative.
  public var amount: Money

  /// Makes a finding.
  public init(id: String, institution: String, amount: Money) {
    self.id = id
    self.institution = institution
    self.amount = amount
  }
}

/// One institution's pay for one month.
public struct MonthlyAdvance: Hashable, Sendable {
  /// The institution.
  public let institution: String
  /// The month.
  public let month: YearMonth
  /// What the month came to, fen.
  public let base: Money
  /// The part that is paid in advance, before anything is taken off, fen.
  public let advance: Money
  /// What review took off this month, fen; the rest is carried.
  public let deducted: Money
  /// What could not be taken off and waits for the next month, fen.
  public let carried: Money
  /// The quality deposit withheld, fen.
  public let deposit: Money
  /// What is paid, fen: advance − deducted − deposit.
  public let paid: Money
  /// How it came about.
  public let steps: [ClearingStep]

  /// Calculates a month.
  ///
  /// - Parameters:
  ///   - base: what the month came to for the fund, fen: settled by the fund, or payable by points.
  ///   - findings: what review takes back; findings of other institutions are left out; their order does not matter.
  ///   - carriedIn: what earlier months could not cover, fen.
  public init(
    _ institution: String, _ month: YearMonth, base: Money, findings: [ReviewFinding] = [], carriedIn: Money = .zero,
    under terms: AdvanceTerms
  ) {
    self.institution = institution
    self.month = month
    self.base = base
    var steps: [ClearingStep] = []
    let advance = base.orZero.share(terms.monthlyShare.value, terms.rounding)
    steps.append(
      ClearingStep(
        .advance, base: base, rate: terms.monthlyShare.value, result: advance,
        citation: terms.monthlyShare.citation))
    let own = findings.filter { $0.institution == institution }.sorted { $0.id < $1.id }
    steps += own.map { ClearingStep(.deduction, subject: $0.id, result: $0.amount) }
    let wanted = own.reduce(carriedIn) { $0 + $1.amount }
    let before = terms.depositBase.value == .beforeDeductions
    let depositBase = before ? advance : (advance - wanted).orZero
    let deposit = depositBase.share(terms.depositShare.value, terms.rounding)
    steps.append(
      ClearingStep(
        .depositWithheld, base: depositBase, rate: terms.depositShare.value, result: deposit,
        citation: terms.depositShare.citation))
    deducted = min(wanted, advance - deposit)
    carried = wanted - deducted
    if carried > .zero { steps.append(ClearingStep(.deductionCarried, result: carried)) }
    paid = advance - deducted - deposit
    steps.append(ClearingStep(.monthPaid, result: paid))
    self.advance = advance
    self.deposit = deposit
    self.steps = steps
  }
}
