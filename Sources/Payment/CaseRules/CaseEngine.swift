import Kernel

/// What one case is worth: the whole order of calculation.
///
/// The engine knows no number of a document: every one comes from the contract, and a case for which the contract
/// lacks one is not payable. It looks at one case alone, so the order of cases changes nothing.
///
/// ```swift
/// let payment = CaseEngine.pay(appendicitis, under: contract)
/// payment.points  // what takes part in clearing
/// ```
public enum CaseEngine {
  /// Pays a case.
  ///
  /// - Parameters:
  ///   - paid: the case.
  ///   - contract: the contract of its region, year and scheme.
  ///   - determination: what others found about the case.
  ///   - tracing: whether steps are recorded; the result is the same without.
  public static func pay(
    _ paid: PaymentCase, under contract: PaymentContract, determination: CaseDetermination = .none,
    tracing: Bool = true
  ) -> CasePayment {
    let steps = StepRecord(isOn: tracing)
    guard contract.schemes.contains(paid.scheme), contract.year == paid.month.year else {
      return CasePayment(paid, method: .perItem, outcome: .outsideContract, needsReview: true)
    }
    // 1. Scope: which way the case goes.
    let route = route(of: paid, under: contract)
    steps.add(.route, result: .word(route.name), source: route.source)
    // 2. The case by that way.
    switch route.terms {
    case .grouped(let terms):
      var calculation = GroupedCalculation(paid, terms, determination, steps)
      return calculation.pay()
    case .perDisease(let terms): return SimpleMethods.perDisease(paid, terms, steps)
    case .perDiem(let terms): return SimpleMethods.perDiem(paid, terms, steps)
    case .perCapita: return SimpleMethods.perCapita(paid, steps)
    case .perItem: return SimpleMethods.perItem(paid, steps)
    }
  }

  /// The route that a contract sends a case: the first whose conditions hold.
  public static func route(of paid: PaymentCase, under contract: PaymentContract) -> PaymentRoute {
    // By place: handing routes to a closure would copy all their terms for every case.
    let place = contract.routes.indices.first { place in
      contract.routes[place].conditions.contains { $0.holds(for: paid) }
    }
    return place.map { contract.routes[$0] } ?? contract.otherwise
  }
}

/// Steps while a case is being paid; a reference, so that what a step says may look at the calculation that adds it.
final class StepRecord {
  private(set) var steps: [PaymentStep] = []
  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// Adds a step; what it says is made only when steps are recorded.
  func add(
    _ code: PaymentStepCode, _ first: @autoclosure () -> StepNumber? = nil,
    _ second: @autoclosure () -> StepNumber? = nil, _ third: @autoclosure () -> StepNumber? = nil,
    result: @autoclosure () -> StepNumber, source: Int? = nil
  ) {
    guard isOn else { return }
    steps.append(PaymentStep(code, first(), second(), third(), result: result(), source: source))
  }
}
