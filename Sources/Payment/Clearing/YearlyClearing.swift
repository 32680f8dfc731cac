public import Kernel

/// The values of a yearly clearing (年度清算).
public struct YearlyTerms: Hashable, Sendable {
  /// What the assessment scales.
  public enum AssessedPart: String, Hashable, Sendable, CaseIterable {
    /// What is kept of a surplus, and what the fund bears of an overspend.
    case bands
    /// The quality deposit.
    case deposit
  }

  /// The bands.
  public var bands: BandTerms
  /// What the assessment scales; empty where nothing is tied to it.
  public var assessed: Sourced<Set<AssessedPart>>

  /// Makes terms.
  public init(bands: BandTerms, assessed: Sourced<Set<AssessedPart>>) {
    self.bands = bands
    self.assessed = assessed
  }
}

/// What the months before a clearing paid and withheld, fen.
public struct AdvanceTotals: Hashable, Sendable {
  /// Paid in money.
  public var paid: Money
  /// Taken off by review.
  public var deducted: Money
  /// Withheld as quality deposit.
  public var deposit: Money
  /// Deductions that no month could cover.
  public var carried: Money

  /// Makes totals.
  public init(paid: Money = .zero, deducted: Money = .zero, deposit: Money = .zero, carried: Money = .zero) {
    self.paid = paid
    self.deducted = deducted
    self.deposit = deposit
    self.carried = carried
  }

  /// Adds up the months of one institution; what is carried is what the last of them left.
  public init(_ months: [MonthlyAdvance]) {
    self.init()
    for month in months.sorted(by: { $0.month < $1.month }) {
      paid += month.paid
      deducted += month.deducted
      deposit += month.deposit
      carried = month.carried
    }
  }
}

/// One institution's clearing of one year.
public struct YearlyClearing: Hashable, Sendable {
  /// What goes in for an institution.
  public struct Input: Hashable, Sendable {
    /// The institution.
    public var institution: String
    /// Budget, spending and what comes out first.
    public var bands: BandClearing.Input
    /// What the months paid.
    public var advances: AdvanceTotals
    /// Deductions from review that no month has seen.
    public var findings: [ReviewFinding]
    /// The year's assessment; needed where the terms tie anything to it.
    public var assessment: AssessmentResult?

    /// Makes an input.
    public init(
      institution: String, bands: BandClearing.Input, advances: AdvanceTotals, findings: [ReviewFinding] = [],
      assessment: AssessmentResult? = nil
    ) {
      self.institution = institution
      self.bands = bands
      self.advances = advances
      self.findings = findings
      self.assessment = assessment
    }
  }

  /// The institution.
  public let institution: String
  /// The bands' result.
  public let bands: BandClearing
  /// What the months paid.
  public let advances: AdvanceTotals
  /// Deductions taken by the clearing, carried ones included, fen.
  public let deducted: Money
  /// The quality deposit returned, fen.
  public let depositReturned: Money
  /// The quality deposit that stays with the fund, fen.
  public let depositForfeited: Money
  /// What is still owed to the institution, the deposit returned included, fen; negative: to be returned by it.
  public let due: Money
  /// How it came about, the bands' steps first.
  public let steps: [ClearingStep]

  /// Clears one institution.
  ///
  /// - Returns: the clearing; or why there is none, naming the institution.
  public static func clear(_ input: Input, under terms: YearlyTerms) -> Result<YearlyClearing, ClearingRefusal> {
    let tied = terms.assessed.value
    if !tied.isEmpty && input.assessment == nil {
      return .failure(.init(.scoreMissing, input.institution))
    }
    let scaling = tied.contains(.bands) ? input.assessment : nil
    return BandClearing.clear(input.bands, under: terms.bands, assessment: scaling)
      .mapError { ClearingRefusal($0.code, $0.subject.isEmpty ? input.institution : $0.subject) }
      .map { YearlyClearing(input, $0, terms) }
  }

  /// Clears every institution, ascending by code; one refusal refuses the year.
  public static func clear(
    _ inputs: [Input], under terms: YearlyTerms
  ) -> Result<[YearlyClearing], ClearingRefusal> {
    let sorted = inputs.sorted { $0.institution < $1.institution }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one.institution == next.institution {
      return .failure(.init(.holderTwice, one.institution))
    }
    var cleared: [YearlyClearing] = []
    for input in sorted {
      switch clear(input, under: terms) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let one): cleared.append(one)
      }
    }
    return .success(cleared)
  }

  private init(_ input: Input, _ bands: BandClearing, _ terms: YearlyTerms) {
    var steps: [ClearingStep] = []
    if let assessment = input.assessment {
      steps.append(
        ClearingStep(
          .assessment, points: assessment.score, rate: assessment.rate, result: .zero, citation: assessment.citation))
    }
    steps += bands.steps
    steps.append(ClearingStep(.cleared, result: bands.recognised + bands.fromReserve))
    let own = input.findings.filter { $0.institution == input.institution }.sorted { $0.id < $1.id }
    steps += own.map { ClearingStep(.deduction, subject: $0.id, result: $0.amount) }
    if input.advances.carried > .zero {
      steps.append(ClearingStep(.deductionCarried, result: input.advances.carried))
    }
    let deducted = own.reduce(input.advances.carried) { $0 + $1.amount }
    let scaling = terms.assessed.value.contains(.deposit) ? input.assessment : nil
    let rate = scaling?.rate ?? .one
    let held = input.advances.deposit
    let returned = held.share(rate, terms.bands.rounding)
    steps.append(
      ClearingStep(
        .depositReturned, base: held, rate: rate, result: returned, citation: terms.assessed.citation))
    if held > returned { steps.append(ClearingStep(.depositForfeited, result: held - returned)) }
    steps.append(ClearingStep(.advancesPaid, result: input.advances.paid))
    let worth = bands.recognised + bands.fromReserve - input.advances.deducted - deducted
    due = worth - (held - returned) - input.advances.paid
    steps.append(ClearingStep(.due, result: due))
    institution = input.institution
    self.bands = bands
    advances = input.advances
    self.deducted = deducted
    depositReturned = returned
    depositForfeited = held - returned
    self.steps = steps
  }
}
