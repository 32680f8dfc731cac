public import Claims
public import Kernel
public import People
public import Settlement

/// A worked case: inputs and what must come out, as an official writes it in `Cases/`.
public struct WorkedCase: Sendable {
  /// What is worked out.
  public enum Body: Sendable {
    /// Visits of one person, in order.
    case visits(Visits)
    /// Cover of a person on a day.
    case coverage(person: InsuredPerson, on: CalendarDate, expected: ExpectedCoverage)
    /// A month's contribution.
    case contribution(on: CalendarDate, wage: Money, averageWage: Money?, expected: [String: Money])
    /// A plan against a province's frame.
    case frame(on: CalendarDate, InsuranceScheme, ProvincialFrame.PlanOutline, expected: [String])
    /// Cases under a payment contract.
    case payment(Payments)
  }

  /// Visits of one person.
  public struct Visits: Sendable {
    /// The person.
    public let person: InsuredPerson
    /// Balances at the beginning.
    public let credit: CreditFacts
    /// What the year held before.
    public let opening: Accumulators?
    /// What happens, in order.
    public let events: [Event]

    /// Makes visits.
    public init(person: InsuredPerson, credit: CreditFacts, opening: Accumulators?, events: [Event]) {
      self.person = person
      self.credit = credit
      self.opening = opening
      self.events = events
    }
  }

  /// Something that happens.
  public enum Event: Sendable {
    /// A visit comes to settlement.
    case settle(Claim, expected: ExpectedVisit?)
    /// A settlement is taken back.
    case reverse(String)
  }

  /// What must come out of a visit.
  public struct ExpectedVisit: Sendable {
    /// The outcome's word.
    public let outcome: String
    /// Amounts by word or interface field.
    public let amounts: [String: Money]
    /// Steps in order of first occurrence.
    public let trace: [String]?

    /// Makes an expectation.
    public init(outcome: String, amounts: [String: Money], trace: [String]?) {
      self.outcome = outcome
      self.amounts = amounts
      self.trace = trace
    }
  }

  /// What must come out of a question about cover.
  public enum ExpectedCoverage: Sendable {
    /// Covered.
    case covered(InsuranceScheme, PersonCategory?, since: CalendarDate?)
    /// Not covered, with the reason's word.
    case notCovered(String)
  }

  /// The case's name.
  public let name: String
  /// The region's code.
  public let region: String
  /// Why that must come out.
  public let reason: String
  /// The identifier of the document that the reason cites, when it cites one.
  public let document: String?
  /// What is worked out.
  public let body: Body
  /// The file.
  public let file: String

  /// Makes a case.
  public init(name: String, region: String, reason: String, document: String? = nil, body: Body, file: String) {
    self.name = name
    self.region = region
    self.reason = reason
    self.document = document
    self.body = body
    self.file = file
  }
}
