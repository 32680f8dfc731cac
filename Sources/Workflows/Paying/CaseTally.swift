public import Kernel
public import Payment
import People
import Synchronization

/// Cases added up by institution and group, one after another: what it holds grows with groups, not with cases.
public struct CaseTally: Hashable, Sendable {
  /// Whose sum it is.
  public struct Key: Hashable, Sendable {
    /// The institution.
    public let institution: String
    /// The group; empty for cases without one.
    public let group: String
  }

  /// What cases come to.
  public struct Sum: Hashable, Sendable {
    /// How many.
    public internal(set) var cases = 0
    /// What they cost, fen.
    public internal(set) var cost = Money.zero
    /// Days of their stays.
    public internal(set) var days = 0
    /// What the fund answered for by settlement, fen.
    public internal(set) var fundShare = Money.zero
    /// Points of those with points.
    public internal(set) var points = Points.zero
    /// What those with points are worth at the contract's own value of a point, fen.
    public internal(set) var worthAtContract = Money.zero
    /// How many with points have no value by the contract itself.
    public internal(set) var withoutOwnValue = 0
    /// What those are worth that are paid an amount, fen.
    public internal(set) var amount = Money.zero
    /// How many have no worth of their own: paid by the head, or a term is missing.
    public internal(set) var open = 0
    /// How many cost very little.
    public internal(set) var low = 0
    /// How many cost very much, or beyond that.
    public internal(set) var high = 0
    /// How many somebody has to look at.
    public internal(set) var reviews = 0

    static func += (sum: inout Sum, more: Sum) {
      sum.cases += more.cases
      sum.cost += more.cost
      sum.days += more.days
      sum.fundShare += more.fundShare
      sum.points += more.points
      sum.worthAtContract += more.worthAtContract
      sum.withoutOwnValue += more.withoutOwnValue
      sum.amount += more.amount
      sum.open += more.open
      sum.low += more.low
      sum.high += more.high
      sum.reviews += more.reviews
    }
  }

  /// The sums.
  public private(set) var sums: [Key: Sum] = [:]

  /// Begins with no case.
  public init() {}

  /// Adds a case with its payment.
  public mutating func add(_ item: PaymentCase, _ payment: CasePayment) {
    var sum = Sum()
    sum.cases = 1
    sum.cost = item.cost
    sum.days = item.stayDays
    sum.fundShare = item.fundShare
    if let points = payment.points {
      sum.points = points
      if let own = payment.payable { sum.worthAtContract = own } else { sum.withoutOwnValue = 1 }
    } else if let amount = payment.payable {
      sum.amount = amount
    } else {
      sum.open = 1
    }
    switch payment.deviation {
    case .low: sum.low = 1
    case .high, .extreme: sum.high = 1
    case .none, .normal: break
    }
    if payment.needsReview { sum.reviews = 1 }
    sums[Key(institution: item.institution, group: item.group), default: Sum()] += sum
  }

  /// Adds up the cases of a selection under a contract; reads each once and keeps none.
  public static func of(
    _ selection: CaseSelection, in store: any PaymentStore, under contract: PaymentContract,
    determinations: [String: CaseDetermination] = [:]
  ) async throws(StoreError) -> CaseTally {
    let (tally, engine) = (Running(), CaseEngine(contract))
    try await store.cases(selection) { block throws(StoreError) in
      tally.add(block, paidBy: engine, determinations)
    }
    return tally.value
  }

  private final class Running: Sendable {
    private let tally = Mutex(CaseTally())

    func add(_ block: [PaymentCase], paidBy engine: CaseEngine, _ known: [String: CaseDetermination]) {
      tally.withLock { tally in
        for item in block {
          tally.add(item, engine.pay(item, determination: known[item.id] ?? .none, tracing: false))
        }
      }
    }

    var value: CaseTally { tally.withLock { $0 } }
  }
}

extension PaymentContract {
  /// What the contract's tables say of a group; the first table that lists it counts, the usual route's before others.
  public func row(of group: String) -> GroupRow? {
    for route in [otherwise] + routes {
      if case .grouped(let terms) = route.terms, let row = terms.table[group] { return row }
    }
    return nil
  }

  /// The way in which most cases are paid: that of cases without a route of their own.
  public var usualMethod: PaymentMethod {
    switch otherwise.terms {
    case .grouped(let terms): terms.basis.method
    case .perDisease: .perDisease
    case .perDiem: .perDiem
    case .perCapita: .perCapita
    case .perItem: .perItem
    }
  }
}
