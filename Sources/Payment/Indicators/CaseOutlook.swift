public import Kernel

/// A case as its hospital sees it before discharge: what it is worth and costs now, and how far its bounds are.
public struct CaseOutlook: Sendable, Hashable {
  /// What it is worth if it ended now.
  public let payment: CasePayment
  /// What it has cost so far, fen.
  public let cost: Money
  /// The bounds of its cost, where the contract has some for its group.
  public let bounds: CostBounds?

  /// Looks at a case with the cost and stay it has now.
  public init(
    _ paid: PaymentCase, under contract: PaymentContract, determination: CaseDetermination = .none
  ) {
    payment = CaseEngine.pay(paid, under: contract, determination: determination)
    cost = paid.cost
    guard case .grouped(let terms) = CaseEngine.route(of: paid, under: contract).terms,
      payment.outcome != .outsideContract
    else {
      bounds = nil
      return
    }
    var calculation = GroupedCalculation(paid, ReadyTerms(terms), determination, StepRecord(isOn: false))
    _ = calculation.pay()
    bounds = calculation.bounds
  }

  /// What is gained, or lost when negative, fen; `nil` where the worth is not known in money.
  public var gain: Money? { payment.payable.map { $0 - cost } }

  /// What may still be spent before the cost is very high, fen; negative when it is beyond.
  public var untilHigh: Money? { bounds?.high.map { $0 - cost } }

  /// What is missing for a cost that is not very low, fen; nothing or negative when it is reached.
  public var untilUsual: Money? { bounds?.low.map { $0 - cost } }
}
