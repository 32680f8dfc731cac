import Kernel
import People

/// What one case is worth: the whole order of calculation.
///
/// The engine knows no number of a document: every one comes from the contract, and a case for which the contract
/// lacks one is not payable. It looks at one case alone, so the order of cases changes nothing.
///
/// ```swift
/// let payment = CaseEngine.pay(appendicitis, under: contract)
/// payment.points  // what takes part in clearing
/// ```
public struct CaseEngine: Sendable {
  /// The contract of a region, year and scheme.
  public let contract: PaymentContract
  private let schemes: [InsuranceScheme]
  private let routes: [ReadyRoute]
  private let otherwise: ReadyRoute

  /// Makes an engine for many cases of one contract.
  public init(_ contract: PaymentContract) {
    self.contract = contract
    schemes = Array(contract.schemes)
    routes = contract.routes.map(ReadyRoute.init)
    otherwise = ReadyRoute(contract.otherwise)
  }

  /// Pays a case.
  ///
  /// - Parameters:
  ///   - paid: the case.
  ///   - determination: what others found about the case.
  ///   - tracing: whether steps are recorded; the result is the same without.
  public func pay(
    _ paid: PaymentCase, determination: CaseDetermination = .none, tracing: Bool = true
  ) -> CasePayment {
    let steps = StepRecord(isOn: tracing)
    guard schemes.contains(paid.scheme), contract.year == paid.month.year else {
      return CasePayment(paid, method: .perItem, outcome: .outsideContract, needsReview: true)
    }
    // 1. Scope: which way the case goes.
    let route = routes.first { $0.holds(for: paid) } ?? otherwise
    steps.add(.route, result: .word(route.name), source: route.source)
    // 2. The case by that way.
    switch route.method {
    case .grouped(let terms):
      var calculation = GroupedCalculation(paid, terms, determination, steps)
      return calculation.pay()
    case .perDisease(let terms): return SimpleMethods.perDisease(paid, terms, steps)
    case .perDiem(let terms): return SimpleMethods.perDiem(paid, terms, steps)
    case .perCapita: return SimpleMethods.perCapita(paid, steps)
    case .perItem: return SimpleMethods.perItem(paid, steps)
    }
  }

  /// Pays one case of a contract; many are paid by an engine of their own.
  public static func pay(
    _ paid: PaymentCase, under contract: PaymentContract, determination: CaseDetermination = .none,
    tracing: Bool = true
  ) -> CasePayment {
    CaseEngine(contract).pay(paid, determination: determination, tracing: tracing)
  }

  /// The route that a contract sends a case: the first whose conditions hold.
  public static func route(of paid: PaymentCase, under contract: PaymentContract) -> PaymentRoute {
    contract.routes.first { $0.conditions.contains { $0.holds(for: paid) } } ?? contract.otherwise
  }
}

/// A route whose terms are referred to, since copying them for every case costs more than paying it.
private final class ReadyRoute: Sendable {
  enum Method {
    case grouped(ReadyTerms)
    case perDisease(PerDiseaseTerms)
    case perDiem(PerDiemTerms)
    case perCapita
    case perItem
  }

  let name: String
  let source: Int?
  let method: Method
  private let conditions: [ReadyCondition]

  init(_ route: PaymentRoute) {
    (name, source, conditions) = (route.name, route.source, route.conditions.map(ReadyCondition.init))
    method =
      switch route.terms {
      case .grouped(let terms): .grouped(ReadyTerms(terms))
      case .perDisease(let terms): .perDisease(terms)
      case .perDiem(let terms): .perDiem(terms)
      case .perCapita: .perCapita
      case .perItem: .perItem
      }
  }

  func holds(for paid: PaymentCase) -> Bool { conditions.contains { $0.condition.holds(for: paid) } }
}

/// A condition that is referred to, for the same reason.
private final class ReadyCondition: Sendable {
  let condition: CareCondition

  init(_ condition: CareCondition) { self.condition = condition }
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
