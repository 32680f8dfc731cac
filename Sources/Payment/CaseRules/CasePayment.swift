public import Kernel
public import People

/// What one case is worth under a contract, and by which rule.
///
/// A case is cleared either by its points (`points` is set) or at an amount of money (`points` is `nil` and `payable`
/// is set); a case that the contract pays by the head has neither.
public struct CasePayment: Hashable, Sendable {
  /// The case (`setl_id`).
  public var id: String
  /// The institution (`fixmedins_code`).
  public var institution: String
  /// The scheme that pays.
  public var scheme: InsuranceScheme
  /// The month of settlement.
  public var month: YearMonth
  /// The group it was paid by, empty when there was none.
  public var group: String
  /// The way it was paid.
  public var method: PaymentMethod
  /// The rule that decided, with a stable number.
  public var outcome: CaseOutcome
  /// Where its cost lies among the group's.
  public var deviation: CaseDeviation
  /// Points that take part in clearing, rounded as the contract says; `nil` when money is paid for the case.
  public var points: Points?
  /// What a case of this group is worth here when its cost is usual, whole case, fen; nothing where no value of a point
  /// is known or the case is not paid by a group.
  public var standard: Money
  /// What the whole case is worth, fen.
  ///
  /// For a case with points this is at the contract's own value of a point and `nil` when the contract has none;
  /// clearing goes by the points.
  public var payable: Money?
  /// Everything charged, fen.
  public var cost: Money
  /// The part of the cost that patients and other funds have paid, fen: what clearing takes off the whole case's value.
  public var paidByOthers: Money
  /// Whether somebody has to look at the case before it is paid.
  public var needsReview: Bool
  /// How it came about, in order; empty when the engine was asked not to record it.
  public var steps: [PaymentStep]

  /// Makes a payment of a case.
  public init(
    _ paid: PaymentCase, method: PaymentMethod, outcome: CaseOutcome, deviation: CaseDeviation = .none,
    points: Points? = nil, standard: Money = .zero, payable: Money? = nil, needsReview: Bool = false,
    steps: [PaymentStep] = []
  ) {
    id = paid.id
    institution = paid.institution
    scheme = paid.scheme
    month = paid.month
    group = paid.group
    cost = paid.cost
    paidByOthers = paid.cost - paid.fundShare
    self.method = method
    self.outcome = outcome
    self.deviation = deviation
    self.points = points
    self.standard = standard
    self.payable = payable
    self.needsReview = needsReview
    self.steps = steps
  }
}

/// The ways in which care is paid (支付方式).
public enum PaymentMethod: String, Hashable, Sendable, CaseIterable {
  /// Weight times a rate, or a table of standards (DRG 费率法).
  case drgRate = "drg_rate"
  /// Weight as points whose value clearing finds (DRG 点数法).
  case drgPoints = "drg_points"
  /// Scores whose value clearing finds (DIP 分值).
  case dip
  /// A fixed amount for a disease (按病种).
  case perDisease = "per_disease"
  /// An amount a day (按床日).
  case perDiem = "per_diem"
  /// An amount a head, which no single case changes (按人头).
  case perCapita = "per_capita"
  /// What was charged (按项目).
  case perItem = "per_item"
}

/// Where a case's cost lies among those of its group (偏差病例).
public enum CaseDeviation: String, Hashable, Sendable, CaseIterable {
  /// Cost decides nothing.
  case none
  /// Usual (正常倍率).
  case normal
  /// Very low (低倍率, 费用极低).
  case low
  /// Very high (高倍率, 费用极高).
  case high
  /// Beyond even very high (费用异常).
  case extreme
}

/// The rule that decided what a case is worth; numbers are stable and stand in order of precedence.
public enum CaseOutcome: Int, Hashable, Sendable, CaseIterable {
  /// Another year or scheme than the contract's: nothing is payable under it.
  case outsideContract = 1
  /// An expert's decision in a special negotiation.
  case negotiated = 101
  /// A new technology within the contract's quota.
  case newTechnology = 102
  /// Paid by the day.
  case perDiem = 201
  /// Paid a fixed amount for the disease.
  case perDisease = 202
  /// Covered by the amount a head.
  case perCapita = 203
  /// Paid by item because the contract sends such care there.
  case perItem = 204
  /// No group: the contract's rule for it, else by item.
  case ungrouped = 301
  /// An ambiguous group: the contract's rule for it, else by item.
  case ambiguous = 302
  /// The group is not in the contract's table: the contract's rule for it, else by item.
  case unlisted = 303
  /// The group is not stable: the contract's rule for it, else by item.
  case unstable = 304
  /// The table says that this group is paid by item, or gives it no weight.
  case groupPerItem = 305
  /// The contract states no rate, coefficient or reference for this case: nothing is payable before somebody decides.
  case termMissing = 306
  /// The blank group (空白病组).
  case blankGroup = 307
  /// A very low cost.
  case lowOutlier = 401
  /// A very high cost.
  case highOutlier = 402
  /// A cost beyond very high.
  case extremeOutlier = 403
  /// The group's standard.
  case standard = 501
}
