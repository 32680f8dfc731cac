public import Kernel

/// The values by which a budget is cleared against what was spent.
public struct BandTerms: Hashable, Sendable {
  /// How savings retained from volume-based procurement stay out of the surplus (集采结余留用不重复计算).
  public enum Retention: String, Hashable, Sendable, CaseIterable {
    /// They are taken out of the budget first; what is left may be overspent.
    case fromBudget = "from_budget"
    /// They do not count in a surplus; they make no overspend.
    case fromSurplus = "from_surplus"
  }

  /// What becomes of a budget below nothing: cases that are worth less than persons paid for them.
  public enum NegativeBudget: String, Hashable, Sendable, CaseIterable {
    /// The fund recognises nothing; nobody else is charged with the difference.
    case nothing
  }

  /// What is kept of a surplus; `nil` where the document leaves it to the locality.
  public var surplus: Sourced<ClearingBands>?
  /// The most of a surplus that may be kept whatever the locality says, as a share of the budget; `nil` without one.
  public var keptMost: Sourced<Rate>?
  /// What the fund bears of an overspend; `nil` where the document leaves it to the locality.
  public var overspend: Sourced<ClearingBands>?
  /// How procurement savings stay out; `nil` where no document says so, and then none may be stated.
  public var retention: Sourced<Retention>?
  /// What becomes of a budget below nothing; `nil` where nobody has said, and then such a year is refused.
  public var negativeBudget: Sourced<NegativeBudget>?
  /// How parts of a fen are treated.
  public var rounding: Rounding

  /// Makes terms.
  public init(
    surplus: Sourced<ClearingBands>?, keptMost: Sourced<Rate>? = nil, overspend: Sourced<ClearingBands>?,
    retention: Sourced<Retention>?, negativeBudget: Sourced<NegativeBudget>? = nil, rounding: Rounding
  ) {
    self.surplus = surplus
    self.keptMost = keptMost
    self.overspend = overspend
    self.retention = retention
    self.negativeBudget = negativeBudget
    self.rounding = rounding
  }
}

/// A budget cleared against what was spent: the part kept of a surplus, the part shared of an overspend.
///
/// Order: procurement savings and the effect of policy changes come out first, then the bands, then the assessment.
public struct BandClearing: Hashable, Sendable {
  /// What goes in, fen.
  public struct Input: Hashable, Sendable {
    /// The budget, or what the year's cases are worth to the fund.
    public var budget: Money
    /// What the fund spent.
    public var spend: Money
    /// Savings retained from volume-based procurement, which are paid elsewhere.
    public var retention: Money
    /// What policy changes added to spending (less than nothing: took from it).
    public var policyChange: Money

    /// Makes an input.
    public init(budget: Money, spend: Money, retention: Money = .zero, policyChange: Money = .zero) {
      self.budget = budget
      self.spend = spend
      self.retention = retention
      self.policyChange = policyChange
    }
  }

  /// What went in.
  public let input: Input
  /// What is kept of a surplus, fen.
  public private(set) var kept = Money.zero
  /// What goes back to the fund of a surplus, procurement savings included, fen.
  public private(set) var returned = Money.zero
  /// What the fund bears of an overspend, fen.
  public private(set) var shared = Money.zero
  /// What the institution or community bears of an overspend, fen.
  public private(set) var borne = Money.zero
  /// What the fund recognises, fen: what was spent and kept, or the budget and what is shared.
  public private(set) var recognised = Money.zero
  /// What is paid from the reserve for policy changes, fen.
  public var fromReserve: Money { input.policyChange }
  /// How it came about.
  public private(set) var steps: [ClearingStep] = []

  /// Clears a budget.
  ///
  /// - Parameters:
  ///   - input: budget and spending.
  ///   - terms: the values.
  ///   - assessment: scales what is kept and what is shared, where the contract ties them to it.
  /// - Returns: the clearing, or why there is none: a negative budget, a rule left open that this case needs.
  public static func clear(
    _ input: Input, under terms: BandTerms, assessment: AssessmentResult? = nil
  ) -> Result<BandClearing, ClearingRefusal> {
    guard !input.budget.isNegative || terms.negativeBudget != nil else {
      return .failure(.init(.worthNegative, input.budget.yuan))
    }
    guard !input.retention.isNegative else { return .failure(.init(.budgetNegative, input.retention.yuan)) }
    guard input.retention == .zero || terms.retention != nil else { return .failure(.init(.localRuleOpen)) }
    var clearing = BandClearing(input: input)
    let budget = clearing.startingBudget(terms)
    let spend = clearing.startingSpend()
    let done: Result<Void, ClearingRefusal> =
      spend <= budget
      ? clearing.keep(budget - spend, of: budget, terms, assessment)
      : clearing.share(spend - budget, of: budget, terms, assessment)
    return done.map {
      clearing.recognised = spend <= budget ? spend + clearing.kept : budget + clearing.shared
      return clearing
    }
  }

  private init(input: Input) { self.input = input }

  private mutating func startingBudget(_ terms: BandTerms) -> Money {
    steps.append(ClearingStep(.budget, result: input.budget))
    let budget = input.budget.orZero
    if input.budget.isNegative {
      steps.append(
        ClearingStep(.negativeBudget, base: input.budget, result: budget, citation: terms.negativeBudget?.citation))
    }
    guard let rule = terms.retention, rule.value == .fromBudget, input.retention > .zero else { return budget }
    let rest = (budget - input.retention).orZero
    steps.append(
      ClearingStep(
        .retentionTakenOut, base: budget, limit: input.retention, result: rest, citation: rule.citation))
    return rest
  }

  private mutating func startingSpend() -> Money {
    steps.append(ClearingStep(.spend, result: input.spend))
    guard input.policyChange != .zero else { return input.spend }
    let rest = input.spend - input.policyChange
    steps.append(ClearingStep(.policyChange, base: input.spend, limit: input.policyChange, result: rest))
    return rest
  }

  private mutating func keep(
    _ surplus: Money, of budget: Money, _ terms: BandTerms, _ assessment: AssessmentResult?
  ) -> Result<Void, ClearingRefusal> {
    guard surplus > .zero else { return .success(()) }
    guard let bands = terms.surplus else { return .failure(.init(.localRuleOpen)) }
    var counted = surplus
    if let rule = terms.retention, rule.value == .fromSurplus, input.retention > .zero {
      counted = (surplus - input.retention).orZero
      steps.append(
        ClearingStep(
          .retentionTakenOut, base: surplus, limit: input.retention, result: counted, citation: rule.citation))
    }
    kept = bands.value.apply(to: counted, of: budget, rounding: terms.rounding, .surplusBand, bands.citation, &steps)
    if let most = terms.keptMost {
      let ceiling = budget.share(most.value, terms.rounding)
      if kept > ceiling {
        kept = ceiling
        steps.append(
          ClearingStep(.keptMost, rate: most.value, limit: ceiling, result: kept, citation: most.citation))
      }
    }
    kept = assessed(kept, assessment, terms.rounding)
    returned = surplus - kept
    steps.append(ClearingStep(.surplusKept, base: surplus, result: kept, citation: bands.citation))
    return .success(())
  }

  private mutating func share(
    _ overspend: Money, of budget: Money, _ terms: BandTerms, _ assessment: AssessmentResult?
  ) -> Result<Void, ClearingRefusal> {
    guard let bands = terms.overspend else { return .failure(.init(.localRuleOpen)) }
    shared = bands.value.apply(
      to: overspend, of: budget, rounding: terms.rounding, .overspendBand, bands.citation, &steps)
    shared = assessed(shared, assessment, terms.rounding)
    borne = overspend - shared
    steps.append(ClearingStep(.overspendShared, base: overspend, result: shared, citation: bands.citation))
    return .success(())
  }

  private mutating func assessed(_ amount: Money, _ assessment: AssessmentResult?, _ rounding: Rounding) -> Money {
    guard let assessment, amount > .zero else { return amount }
    let result = amount.share(assessment.rate, rounding)
    steps.append(
      ClearingStep(
        .assessed, base: amount, rate: assessment.rate, result: result, citation: assessment.citation))
    return result
  }
}
