public import Kernel

/// One step of what a case is worth: what was done, with which numbers, and what came out.
public struct PaymentStep: Hashable, Sendable {
  /// What was done.
  public var code: PaymentStepCode
  /// The numbers that went in, in the order in which the sentence names them; at most three.
  public var first: StepNumber?
  /// The second number.
  public var second: StepNumber?
  /// The third number.
  public var third: StepNumber?
  /// What came out.
  public var result: StepNumber
  /// The contract's term that was used, as a place in ``PaymentContract/sources``.
  public var source: Int?

  /// Makes a step.
  public init(
    _ code: PaymentStepCode, _ first: StepNumber? = nil, _ second: StepNumber? = nil, _ third: StepNumber? = nil,
    result: StepNumber, source: Int? = nil
  ) {
    self.code = code
    self.first = first
    self.second = second
    self.third = third
    self.result = result
    self.source = source
  }
}

/// A number of a step in its own unit; a fraction that has no end is shown to six decimals, and only shown so.
public enum StepNumber: Hashable, Sendable {
  /// Fen.
  case money(Money)
  /// Points.
  case points(Points)
  /// A weight, coefficient, multiple or ratio.
  case factor(Factor)
  /// Yuan for one weight, point or day.
  case price(UnitPrice)
  /// Days.
  case days(Int)
  /// A group, a type or a route.
  case word(String)
}

/// What a step of a case's payment did: the words of traces.
public enum PaymentStepCode: UInt8, Hashable, Sendable, CaseIterable {
  /// The route that the contract sends the case.
  case route
  /// The group's weight.
  case weight
  /// The group's score.
  case score
  /// The rate for one weight.
  case rate
  /// The standard that a table prints.
  case tableStandard
  /// The level's or institution's coefficient.
  case coefficient
  /// A base group, the same for all.
  case baseGroup
  /// A group in which Chinese medicine is strong.
  case chineseMedicineGroup
  /// The highest auxiliary factor.
  case auxiliary
  /// A case with a support or assessment coefficient.
  case assessment
  /// What the group's standard comes to.
  case standard
  /// The cost that the case is measured against.
  case reference
  /// How many times that cost the case cost.
  case ratio
  /// The bound below which a cost is very low.
  case lowBound
  /// The bound above which a cost is very high.
  case highBound
  /// The bound above which a cost is beyond very high.
  case extremeBound
  /// Paid what it cost.
  case actualCost
  /// Paid in proportion to its cost.
  case proportional
  /// The standard and the cost above the bound.
  case linearAdd
  /// The cost less what the bound leaves out.
  case deduct
  /// The bound itself.
  case cap
  /// The standard in spite of the cost.
  case standardOnly
  /// A day's amount in one band of days.
  case dayBand
  /// A fixed amount for the disease.
  case fixedAmount
  /// An expert's decision.
  case decision
  /// What the contract says of a case without a usable group.
  case withoutGroup
  /// The blank group's share.
  case blankGroup
  /// Covered by the amount a head.
  case capitation
  /// A term that the contract does not state.
  case missingTerm
  /// Points at their value.
  case pointValue
  /// What is payable or counted.
  case result

  /// The word used in files and JSON.
  public var word: String { Self.words[Int(rawValue)] }

  private static let words = allCases.map { SnakeCase.word("\($0)") }
}
