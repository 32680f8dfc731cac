public import Payment
import People
import Synchronization

/// Cases of a period with what each is worth, ascending by settlement.
public struct PaidCases: Sendable {
  /// The cases.
  public let cases: [PaymentCase]
  /// What each is worth, in the order of the cases; without steps, which ``explained(at:)`` makes when asked.
  public let payments: [CasePayment]
  /// The contract.
  public let contract: PaymentContract
  private let determinations: [String: CaseDetermination]

  /// Pays cases on all cores; neither their order nor the number of cores changes anything.
  ///
  /// - Parameters:
  ///   - cases: the cases, in any order.
  ///   - contract: how they are paid.
  ///   - determinations: what others found about them, by settlement.
  ///   - progress: told how many are paid, now and then.
  public static func pay(
    _ cases: [PaymentCase], under contract: PaymentContract, determinations: [String: CaseDetermination] = [:],
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async -> PaidCases {
    let ordered =
      zip(cases, cases.dropFirst()).allSatisfy { $0.id < $1.id } ? cases : cases.sorted { $0.id < $1.id }
    let block = 8_192
    let starts = Array(stride(from: 0, to: ordered.count, by: block))
    let done = PaidCount()
    let blocks = await withTaskGroup(of: (Int, [CasePayment]).self) { group in
      for (place, start) in starts.enumerated() {
        group.addTask {
          // An engine of its own: cores that count references to the same terms wait for each other.
          let engine = CaseEngine(contract)
          let part = (start..<min(start + block, ordered.count)).map { place in
            engine.pay(
              ordered[place], determination: determinations[ordered[place].id] ?? .none, tracing: false)
          }
          progress(done.add(part.count))
          return (place, part)
        }
      }
      return await group.reduce(into: [[CasePayment]](repeating: [], count: starts.count)) { $0[$1.0] = $1.1 }
    }
    var payments: [CasePayment] = []
    payments.reserveCapacity(ordered.count)
    for block in blocks { payments += block }
    return PaidCases(
      cases: ordered, payments: payments, contract: contract, determinations: determinations)
  }

  /// What one case is worth, with its steps.
  public func explained(at place: Int) -> CasePayment {
    let item = cases[place]
    return CaseEngine.pay(item, under: contract, determination: determinations[item.id] ?? .none)
  }

  /// What a case of the set is worth when it is other than it was, without steps.
  func payment(of item: PaymentCase) -> CasePayment {
    CaseEngine.pay(item, under: contract, determination: determinations[item.id] ?? .none, tracing: false)
  }

  /// Places of an institution's cases, ascending.
  public var placesByInstitution: [String: [Int]] {
    Dictionary(grouping: cases.indices) { cases[$0].institution }
  }

  /// Payments that somebody has to look at.
  public var reviews: [CasePayment] { payments.filter(\.needsReview) }

  /// What is used of determinations, for a run's inputs.
  var decisions: [String: String] {
    guard !determinations.isEmpty else { return [:] }
    return cases.reduce(into: [:]) { found, item in
      if let known = determinations[item.id] { found["decision \(item.id)"] = known.text }
    }
  }

  /// What the cases come to by institution, or which of them nothing is decided for.
  func totals(_ scheme: InsuranceScheme, _ period: PaymentPeriod) -> Result<[InstitutionTotals], PayingRefusal> {
    var values: [InstitutionTotals.CaseValue] = []
    values.reserveCapacity(payments.count)
    var open: [String] = []
    for payment in payments {
      switch payment.clearingValue {
      case .success(let value): values.append(value)
      case .failure: open.append(payment.id)
      }
    }
    guard open.isEmpty else {
      let more = open.count > 10 ? " … (\(open.count))" : ""
      return .failure(.desk(.casesUndecided, open.prefix(10).joined(separator: ", ") + more))
    }
    // The store hands out cases of one scheme and period only, so that values stand beside their cases.
    var place = -1
    let totals = InstitutionTotals.sum(cases, scheme: scheme, period: period) { _ in
      place += 1
      return values[place]
    }
    precondition(place == values.count - 1, "a case of another scheme or period is among those to be paid")
    return .success(totals)
  }
}

/// How many cases are paid.
private final class PaidCount: Sendable {
  private let count = Mutex(0)

  func add(_ more: Int) -> Int {
    count.withLock { count in
      count += more
      return count
    }
  }
}
