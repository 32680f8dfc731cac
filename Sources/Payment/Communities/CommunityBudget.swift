public import Kernel
import Policy

/// How a medical community's yearly budget is set (医共体总额预算的五种办法); numbers are stable.
public enum CommunityBudgetMethod: UInt8, Hashable, Sendable, CaseIterable {
  /// Outpatient care only, by weights; inpatient care stays pooled in the region (浙江).
  case outpatientByFactors = 1
  /// Insured heads by age band at their standard, times a coefficient of the place (福建).
  case perHead = 2
  /// Persons contracted to family doctors: what they cost in a base year, grown (天津).
  case contractedHeads = 3
  /// Last year's settlement, grown within the growth of the region's income budget (江西).
  case lastYearGrown = 4
  /// The region's total split among counties, then negotiated (广西).
  case regionTotal = 5

  /// The word used in files.
  public var word: String { SnakeCase.word("\(self)") }

  /// The method for a word of files.
  public init?(word: String) {
    guard let method = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = method
  }
}

/// The budget of one community for one year.
public struct CommunityBudget: Hashable, Sendable {
  /// The community's code.
  public let community: String
  /// How it was set.
  public let method: CommunityBudgetMethod
  /// The budget, fen.
  public let amount: Money
  /// How it came about.
  public let steps: [ClearingStep]

  // MARK: Methods 1 and 5

  /// Splits a total among communities by factors, then applies what was negotiated.
  ///
  /// - Parameters:
  ///   - total: the outpatient budget (method 1), or the region's total (method 5), fen.
  ///   - method: 1 or 5; they differ in the total and in the factors, not in the arithmetic.
  ///   - communities: what each factor says of each community, by code.
  ///   - split: the factors with their weights: history, heads, cost per visit; balance, share.
  ///   - negotiated: adjustments by code, which come to nothing: what one gains, others give.
  /// - Returns: budgets ascending by code that sum to the total.
  public static func byFactors(
    _ total: Money, method: CommunityBudgetMethod, communities: [String: [String: Points]], split: FactorSplit,
    negotiated: [String: Money] = [:]
  ) -> Result<[CommunityBudget], ClearingRefusal> {
    precondition(method == .outpatientByFactors || method == .regionTotal, "this method does not split a total")
    let sum = negotiated.values.reduce(Money.zero, +)
    guard sum == .zero else { return .failure(.init(.adjustmentsUnbalanced, sum.yuan)) }
    if let stranger = negotiated.keys.sorted().first(where: { communities[$0] == nil }) {
      return .failure(.init(.institutionUnknown, stranger))
    }
    return split.split(total, among: communities).flatMap { shares in
      var budgets: [CommunityBudget] = []
      for (place, code) in shares.holders.enumerated() {
        var steps = zip(split.factors, shares.byFactor).map { factor, row in
          ClearingStep(
            .factor, subject: factor.name, rate: factor.weight, result: row[place], citation: split.citation)
        }
        var amount = shares.amounts[place]
        if let change = negotiated[code], change != .zero {
          amount += change
          steps.append(ClearingStep(.negotiated, base: shares.amounts[place], limit: change, result: amount))
        }
        guard !amount.isNegative else { return .failure(.init(.budgetNegative, code)) }
        steps.append(ClearingStep(.budget, result: amount))
        budgets.append(CommunityBudget(community: code, method: method, amount: amount, steps: steps))
      }
      return .success(budgets)
    }
  }

  // MARK: Method 2

  /// An age band with its standard a head.
  public struct AgeBand: Hashable, Sendable {
    /// The first age, in completed years.
    public var from: Int
    /// The last age; `nil` for all above.
    public var until: Int?
    /// A head's standard, fen a year.
    public var standard: Money

    /// Makes a band.
    public init(from: Int, until: Int?, standard: Money) {
      self.from = from
      self.until = until
      self.standard = standard
    }
  }

  /// A part of a budget per head that moves to the region's total for grouped care.
  public enum MovedOut: Hashable, Sendable {
    /// Nothing moves.
    case nothing
    /// An amount, in the first year.
    case amount(Money)
    /// What the community's institutions gained there last year, grown, in later years.
    case lastGain(Money, growth: Rate)
  }

  /// A budget by heads, age bands and the coefficient of the place.
  ///
  /// - Parameters:
  ///   - heads: insured persons at the end of last year, by age in completed years.
  ///   - bands: the standards; every age that occurs lies in exactly one.
  ///   - location: the coefficient of the place (区位系数), as a share: 105 %.
  ///   - movedOut: what moves to the region's total.
  ///   - rounding: applied once to the budget, and once to what moves.
  public static func perHead(
    _ community: String, heads: [Int: Int], bands: Sourced<[AgeBand]>, location: Sourced<Rate>,
    movedOut: MovedOut = .nothing, rounding: Rounding
  ) -> Result<CommunityBudget, ClearingRefusal> {
    var sum = Money.zero
    var counts = [Int](repeating: 0, count: bands.value.count)
    for (age, count) in heads.sorted(by: { $0.key < $1.key }) where count != 0 {
      let places = bands.value.indices.filter {
        bands.value[$0].from <= age && age <= bands.value[$0].until ?? Int.max
      }
      guard let place = places.first, places.count == 1, count > 0 else {
        return .failure(.init(.ageBandUnusable, "\(age)"))
      }
      counts[place] += count
    }
    var steps: [ClearingStep] = []
    for (band, count) in zip(bands.value, counts) where count > 0 {
      let amount = Money(fen: band.standard.fen * Int64(count))
      sum += amount
      steps.append(
        ClearingStep(
          .ageBand, subject: "\(band.from)–\(band.until.map(String.init) ?? "")",
          points: Points(millionths: Int64(count) * 1_000_000), limit: band.standard, result: amount,
          citation: bands.citation))
    }
    let located = sum.share(location.value, rounding)
    steps.append(
      ClearingStep(.location, base: sum, rate: location.value, result: located, citation: location.citation))
    let moved: Money
    switch movedOut {
    case .nothing: moved = .zero
    case .amount(let amount): moved = amount
    case .lastGain(let gain, let growth): moved = gain.share(.one + growth, rounding)
    }
    let rest = located - moved
    guard !rest.isNegative else { return .failure(.init(.budgetNegative, community)) }
    if moved != .zero { steps.append(ClearingStep(.movedOut, base: located, limit: moved, result: rest)) }
    return .success(CommunityBudget(community: community, method: .perHead, amount: rest, steps: steps))
  }

  // MARK: Methods 3 and 4

  /// A budget of what contracted persons cost in the base year, grown.
  ///
  /// - Parameters:
  ///   - baseCost: what the fund paid for them in the base year for the care that the contract covers so far, fen;
  ///     the documents begin with outpatient care.
  ///   - growth: the growth of the city's purchase, agreed; `nil` when nobody has stated it.
  public static func contractedHeads(
    _ community: String, baseCost: Money, growth: Sourced<Rate>?, rounding: Rounding
  ) -> Result<CommunityBudget, ClearingRefusal> {
    guard let growth else { return .failure(.init(.agreementOpen, community)) }
    return grown(community, .contractedHeads, baseCost, growth.value, growth.citation, [], rounding)
  }

  /// A budget of last year's settlement, grown by what was agreed, but not more than the income budget grows.
  ///
  /// - Parameters:
  ///   - settled: last year's settlement, fen.
  ///   - growth: agreed from the growth of three years and of the volume of services; `nil` when it is not agreed.
  ///   - incomeGrowth: the growth of the region's income budget.
  public static func lastYearGrown(
    _ community: String, settled: Money, growth: Rate?, incomeGrowth: Sourced<Rate>, rounding: Rounding
  ) -> Result<CommunityBudget, ClearingRefusal> {
    guard let growth else { return .failure(.init(.agreementOpen, community)) }
    var steps: [ClearingStep] = []
    if growth > incomeGrowth.value {
      steps.append(
        ClearingStep(.growthLimit, rate: incomeGrowth.value, result: .zero, citation: incomeGrowth.citation))
    }
    return grown(
      community, .lastYearGrown, settled, min(growth, incomeGrowth.value), incomeGrowth.citation, steps, rounding)
  }

  private static func grown(
    _ community: String, _ method: CommunityBudgetMethod, _ base: Money, _ growth: Rate, _ citation: Citation,
    _ earlier: [ClearingStep], _ rounding: Rounding
  ) -> Result<CommunityBudget, ClearingRefusal> {
    let amount = base.share(.one + growth, rounding)
    guard !base.isNegative, !amount.isNegative else { return .failure(.init(.budgetNegative, community)) }
    let step = ClearingStep(.growth, base: base, rate: growth, result: amount, citation: citation)
    return .success(
      CommunityBudget(community: community, method: method, amount: amount, steps: earlier + [step]))
  }
}
