public import Kernel
public import Payment
public import People

/// What people state beside cases and contracts: the fund's money, findings, scores, decisions.
///
/// Everything that a run uses of it stands in the run's inputs by name.
public struct PayingInputs: Sendable {
  /// What the fund has for periods.
  public var fund: [FundMoney]
  /// What review takes back.
  public var findings: [PeriodFinding]
  /// Scores by institution and indicator.
  public var scores: [String: [String: Points]]
  /// What comes out of a year first, by institution.
  public var removals: [YearlyRemoval]
  /// What others found about cases, by settlement.
  public var determinations: [String: CaseDetermination]

  /// Makes inputs; what is left out is nothing.
  public init(
    fund: [FundMoney] = [], findings: [PeriodFinding] = [], scores: [String: [String: Points]] = [:],
    removals: [YearlyRemoval] = [], determinations: [String: CaseDetermination] = [:]
  ) {
    self.fund = fund
    self.findings = findings
    self.scores = scores
    self.removals = removals
    self.determinations = determinations
  }

  /// What the fund has for a scheme and period; `nil` when nobody stated it.
  func money(_ scheme: InsuranceScheme, _ period: PaymentPeriod) -> FundMoney? {
    fund.first { $0.scheme == scheme && $0.period == period }
  }
}

/// What a scheme's fund has for a month or year (基金预算).
public struct FundMoney: Hashable, Sendable {
  /// The scheme.
  public var scheme: InsuranceScheme
  /// The month or year.
  public var period: PaymentPeriod
  /// The money for cases with points, fen.
  public var amount: Money
  /// The decision that it rests on, as people cite it.
  public var basis: String

  /// Makes a statement.
  public init(scheme: InsuranceScheme, period: PaymentPeriod, amount: Money, basis: String) {
    self.scheme = scheme
    self.period = period
    self.amount = amount
    self.basis = basis
  }

  var text: String { "\(amount.yuan) \(basis)" }
}

/// A finding of review with the period that bears it.
public struct PeriodFinding: Hashable, Sendable {
  /// The finding.
  public var finding: ReviewFinding
  /// The scheme.
  public var scheme: InsuranceScheme
  /// The month that bears it, or the year where only its clearing can.
  public var period: PaymentPeriod
  /// What was found.
  public var reason: String

  /// Makes a finding.
  public init(finding: ReviewFinding, scheme: InsuranceScheme, period: PaymentPeriod, reason: String) {
    self.finding = finding
    self.scheme = scheme
    self.period = period
    self.reason = reason
  }
}

/// What comes out of an institution's year before the bands.
public struct YearlyRemoval: Hashable, Sendable {
  /// The institution.
  public var institution: String
  /// The scheme.
  public var scheme: InsuranceScheme
  /// The year.
  public var year: Int
  /// Savings retained from volume-based procurement, fen.
  public var retention: Money
  /// What policy changes added to spending, fen.
  public var policyChange: Money

  /// Makes a removal.
  public init(
    institution: String, scheme: InsuranceScheme, year: Int, retention: Money = .zero, policyChange: Money = .zero
  ) {
    self.institution = institution
    self.scheme = scheme
    self.year = year
    self.retention = retention
    self.policyChange = policyChange
  }
}

extension CaseDetermination {
  /// The determination as a run's inputs state it.
  var text: String {
    let decided =
      switch decision {
      case .amount(let amount): "amount \(amount.yuan)"
      case .actualCost: "actual_cost"
      case .refused: "refused"
      case nil: ""
      }
    let quota = isWithinQuota.map { $0 ? "within" : "beyond" } ?? ""
    return "\(auxiliaryTypes.sorted().joined(separator: "|")); \(quota); \(decided)"
  }
}
