import Kernel
public import Payment

extension WorkedCase {
  /// Cases paid under a contract, each with what must come out.
  public struct Payments: Sendable {
    /// The contract's file.
    public let contract: String
    /// The cases, each with what others found about it and what must come out.
    public let cases: [(paid: PaymentCase, determination: CaseDetermination, expected: ExpectedPayment)]

    /// Makes a list of cases.
    public init(
      contract: String,
      cases: [(paid: PaymentCase, determination: CaseDetermination, expected: ExpectedPayment)]
    ) {
      self.contract = contract
      self.cases = cases
    }
  }

  /// What must come out of paying a case; what is left out is not compared.
  public struct ExpectedPayment: Sendable {
    /// The outcome's word.
    public var outcome: String
    /// Where the cost lies, by its word.
    public var deviation: String?
    /// The way of payment, by its word.
    public var method: String?
    /// Points; `none` when there must be none.
    public var points: String?
    /// The amount in yuan; `none` when there must be none.
    public var payable: String?
    /// Steps in order of first occurrence.
    public var trace: [String]?

    /// Makes an expectation.
    public init(
      outcome: String, deviation: String? = nil, method: String? = nil, points: String? = nil, payable: String? = nil,
      trace: [String]? = nil
    ) {
      self.outcome = outcome
      self.deviation = deviation
      self.method = method
      self.points = points
      self.payable = payable
      self.trace = trace
    }
  }
}

extension CaseOutcome {
  /// The word used in files and JSON.
  public var word: String { SnakeCase.word("\(self)") }
}

/// Pays the cases of a worked case and says where what came out differs.
enum PaidCaseRun {
  static func mismatches(_ payments: WorkedCase.Payments, under contract: PaymentContract) -> [CaseRun.Mismatch] {
    var found: [CaseRun.Mismatch] = []
    for item in payments.cases {
      let payment = CaseEngine.pay(item.paid, under: contract, determination: item.determination)
      func compare(_ place: String, _ expected: String?, _ actual: String) {
        if let expected, expected != actual {
          found.append(.init(place: "\(item.paid.id) \(place)", expected: expected, actual: actual))
        }
      }
      var seen: Set<String> = []
      let steps = payment.steps.map(\.code.word).filter { seen.insert($0).inserted }
      compare("outcome", item.expected.outcome, payment.outcome.word)
      compare("deviation", item.expected.deviation, payment.deviation.rawValue)
      compare("method", item.expected.method, payment.method.rawValue)
      compare("points", item.expected.points, payment.points?.description ?? "none")
      compare("payable", item.expected.payable, payment.payable?.yuan ?? "none")
      compare("trace", item.expected.trace?.joined(separator: ", "), steps.joined(separator: ", "))
    }
    return found
  }
}
