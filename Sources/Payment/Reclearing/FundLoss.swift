public import Kernel

/// Whether an unlawful charge made the fund lose money under payment by groups (基金损失认定).
///
/// Loss is judged at the day on which the case was filed, by whether the fund had been paid. The hundreds digit is the
/// case of the source, 6 what it does not list: paid and not given back.
public enum LossOutcome: UInt16, Hashable, Sendable, CaseIterable {
  /// The fund had not paid for the month when the case was filed, or the money came back before: nothing was lost.
  case beforePayment = 101
  /// Given back by the institution, or taken off by monthly review, after payment and before filing: nothing is lost.
  case returnedBeforeFiling = 201
  /// The same, but after filing: the loss stands, the penalty is milder.
  case returnedAfterFiling = 202
  /// Taken back in the yearly clearing: the loss stands, it is not ordered back twice.
  case takenBackInClearing = 301
  /// Pay rises once the charges are out: the loss stands, it is ordered back, and clearing again pays the rise.
  case payRises = 401
  /// The patient is charged by disease: orders that stand twice are not charges that stand twice.
  case chargedByDisease = 501
  /// Paid and not given back: the loss stands and is ordered back.
  case paidAndKept = 601

  /// Whether the fund lost money.
  public var isLoss: Bool {
    switch self {
    case .beforePayment, .returnedBeforeFiling, .chargedByDisease: false
    case .returnedAfterFiling, .takenBackInClearing, .payRises, .paidAndKept: true
    }
  }

  /// Whether the amount still has to be ordered back.
  public var isOrderedBack: Bool { self == .payRises || self == .paidAndKept }

  /// Whether the penalty is milder.
  public var isMilder: Bool { self == .returnedAfterFiling }

  /// What a fine is a multiple of: at least and at most (条例第三十八条).
  public struct FineTerms: Hashable, Sendable {
    /// The least multiple of the loss.
    public var least: Sourced<Rate>
    /// The largest multiple of the loss.
    public var most: Sourced<Rate>

    /// Makes terms.
    public init(least: Sourced<Rate>, most: Sourced<Rate>) {
      self.least = least
      self.most = most
    }
  }

  /// What the outcome says, in words.
  public var message: LocalizedText {
    switch self {
    case .beforePayment: LocalizedText("立案时尚未拨付，或拨付前已退回，未造成损失", "not paid when filed, or given back before: no loss")
    case .returnedBeforeFiling: LocalizedText("立案前已退回或扣回，未造成损失", "given back before filing: no loss")
    case .returnedAfterFiling:
      LocalizedText("立案后退回或扣回，损失成立，从轻处罚", "given back after filing: loss stands, milder penalty")
    case .takenBackInClearing:
      LocalizedText("年终清算已扣回，损失成立，不重复责令退回", "taken back in clearing: loss stands, not ordered back twice")
    case .payRises:
      LocalizedText(
        "剔除后应付反增：损失成立，责令退回并处罚，重新清算后按政策补付",
        "pay rises without them: loss stands, ordered back and fined; clearing again pays the rise")
    case .chargedByDisease:
      LocalizedText("按病种向患者收费，重复医嘱不等于重复收费，未造成损失", "charged by disease: no duplicate charge, no loss")
    case .paidAndKept: LocalizedText("基金已支付且未退回，损失成立，责令退回", "paid and kept: loss stands, ordered back")
    }
  }
}

/// An unlawful charge as its facts stand, and what it comes to.
public struct FundLoss: Hashable, Sendable {
  /// How the money came back.
  public enum Return: String, Hashable, Sendable, CaseIterable {
    /// The institution gave it back.
    case byInstitution = "by_institution"
    /// Monthly review took it off.
    case byReview = "by_review"
    /// The yearly clearing took it back.
    case byClearing = "by_clearing"
  }

  /// The facts.
  public struct Facts: Hashable, Sendable {
    /// What was charged unlawfully to the fund, fen.
    public var amount: Money
    /// When the case was filed (立案).
    public var filed: CalendarDate
    /// When the fund paid for the month; `nil` when it has not.
    public var fundPaid: CalendarDate?
    /// When and how the money came back, all of it; `nil` when it has not.
    public var returned: Dated?
    /// Whether the patient was charged by disease, so that orders make no charges.
    public var isChargedByDisease: Bool
    /// By how much pay rises when the charges are taken out, fen, from ``Reclearing``.
    public var rise: Money

    /// A return with its day.
    public struct Dated: Hashable, Sendable {
      /// The day.
      public var day: CalendarDate
      /// How.
      public var how: Return

      /// Makes a return.
      public init(_ day: CalendarDate, _ how: Return) {
        self.day = day
        self.how = how
      }
    }

    /// Makes facts.
    public init(
      amount: Money, filed: CalendarDate, fundPaid: CalendarDate?, returned: Dated? = nil,
      isChargedByDisease: Bool = false, rise: Money = .zero
    ) {
      self.amount = amount
      self.filed = filed
      self.fundPaid = fundPaid
      self.returned = returned
      self.isChargedByDisease = isChargedByDisease
      self.rise = rise
    }
  }

  /// The outcome.
  public let outcome: LossOutcome
  /// What the fund lost, fen.
  public let loss: Money
  /// What is still to be ordered back, fen.
  public let orderedBack: Money
  /// The least fine, fen.
  public let fineLeast: Money
  /// The largest fine, fen.
  public let fineMost: Money
  /// What clearing again pays by policy, fen.
  public let paidByReclearing: Money

  /// Judges the facts; what comes first in the list decides.
  ///
  /// 1. Charged by disease. 2. Taken back in clearing. 3. Given back before payment, or not paid by the day of filing.
  /// 4. Given back before, else after filing. 5. Pay rises. 6. Paid and kept.
  /// A return on the day of filing itself counts as after it.
  public init(_ facts: Facts, fines: LossOutcome.FineTerms) {
    outcome = Self.outcome(facts)
    loss = outcome.isLoss ? facts.amount : .zero
    orderedBack = outcome.isOrderedBack ? facts.amount : .zero
    // A part of a fen never makes a fine larger than the multiple.
    fineLeast = loss.share(fines.least.value, .down)
    fineMost = loss.share(fines.most.value, .down)
    paidByReclearing = outcome == .payRises ? facts.rise : .zero
  }

  private static func outcome(_ facts: Facts) -> LossOutcome {
    if facts.isChargedByDisease { return .chargedByDisease }
    if facts.returned?.how == .byClearing { return .takenBackInClearing }
    guard let paid = facts.fundPaid, paid <= facts.filed else { return .beforePayment }
    if let returned = facts.returned {
      if returned.day < paid { return .beforePayment }
      return returned.day < facts.filed ? .returnedBeforeFiling : .returnedAfterFiling
    }
    return facts.rise > .zero ? .payRises : .paidAndKept
  }
}
