public import Kernel
public import Payment
import People

/// What is stated about a medical community's year: how its budget is set, what was spent, who its members are.
public struct CommunityStatement: Sendable {
  /// The community's code.
  public var community: String
  /// What its budget is made from.
  public var basis: Basis
  /// What the fund spent for its insured, inside and outside, fen.
  public var spend: Money
  /// Savings retained from procurement, fen.
  public var retention: Money
  /// What policy changes added to spending, fen.
  public var policyChange: Money
  /// What the reserve holds, fen.
  public var reserve: Money
  /// The members.
  public var members: [CommunityClearing.Member]

  /// What a budget is made from, by the way in which it is set.
  public enum Basis: Sendable {
    /// What each factor says of the community, and what was negotiated beside (methods 1 and 5).
    case factors([String: Points], negotiated: Money)
    /// Insured heads by age, the coefficient of the place, and what moves out (method 2).
    case heads([Int: Int], location: Sourced<Rate>, movedOut: CommunityBudget.MovedOut)
    /// What the contracted cost in the base year, and by how much it grows (method 3).
    case contracted(Money, growth: Sourced<Rate>?)
    /// What last year's settlement came to, and by how much it grows (method 4).
    case lastYear(Money, growth: Rate?, incomeGrowth: Sourced<Rate>)
  }

  /// Makes a statement.
  public init(
    community: String, basis: Basis, spend: Money, retention: Money = .zero, policyChange: Money = .zero,
    reserve: Money = .zero, members: [CommunityClearing.Member]
  ) {
    self.community = community
    self.basis = basis
    self.spend = spend
    self.retention = retention
    self.policyChange = policyChange
    self.reserve = reserve
    self.members = members
  }
}

/// What is stated for all communities of a region.
public struct CommunityYear: Sendable {
  /// The total that is split by factors, fen (methods 1 and 5).
  public var total: Money
  /// The factors (methods 1 and 5).
  public var split: FactorSplit?
  /// Standards by age band (method 2).
  public var bands: Sourced<[CommunityBudget.AgeBand]>?
  /// The communities.
  public var communities: [CommunityStatement]
  /// Everything stated, by name, for the run's inputs.
  public var stated: [String: String]

  /// Makes a year.
  public init(
    total: Money = .zero, split: FactorSplit? = nil, bands: Sourced<[CommunityBudget.AgeBand]>? = nil,
    communities: [CommunityStatement], stated: [String: String]
  ) {
    self.total = total
    self.split = split
    self.bands = bands
    self.communities = communities
    self.stated = stated
  }
}

/// Communities as they were cleared.
public struct ClearedCommunities: Sendable {
  /// The run: a line for every community, and one for every member.
  public let made: MadeRun
  /// The budgets, ascending by community.
  public let budgets: [CommunityBudget]
  /// The clearings, ascending by community.
  public let clearings: [CommunityClearing]

  /// The steps behind every line.
  public var steps: [String: [ClearingStep]] {
    var steps: [String: [ClearingStep]] = [:]
    for (budget, clearing) in zip(budgets, clearings) {
      steps[budget.community] = budget.steps + clearing.bands.steps
      for member in clearing.members { steps[member.institution] = member.steps }
    }
    return steps
  }
}

extension PayingDesk {
  /// Clears the medical communities of a region for a year.
  ///
  /// - Parameters:
  ///   - order: region, scheme, year; its inputs are not looked at.
  ///   - year: what is stated.
  ///   - terms: the region's terms.
  ///   - identity: the digest of the file that the terms were read from.
  public func clearCommunities(
    _ order: Order, _ year: CommunityYear, under terms: CommunityTerms, identity: String
  ) async throws(StoreError) -> Result<ClearedCommunities, PayingRefusal> {
    guard case .year = order.period, let first = order.period.firstDay, let last = order.period.lastDay,
      terms.covered.contains(first), terms.covered.contains(last)
    else { return .failure(.desk(.notCovered, "\(order.region) \(order.period)")) }
    let sorted = year.communities.sorted { $0.community < $1.community }
    let holders = sorted.map(\.community) + sorted.flatMap { $0.members.map(\.institution) }
    if let twice = holders.first(where: { holder in holders.count { $0 == holder } > 1 }) {
      return .failure(.clearing(.init(.holderTwice, twice)))
    }
    let budgets: [CommunityBudget]
    switch Self.budgets(sorted, year, terms) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): budgets = value
    }
    var clearings: [CommunityClearing] = []
    for (statement, budget) in zip(sorted, budgets) {
      let input = CommunityClearing.Input(
        community: statement.community,
        bands: .init(
          budget: budget.amount, spend: statement.spend, retention: statement.retention,
          policyChange: statement.policyChange), members: statement.members, reserve: statement.reserve)
      switch CommunityClearing.clear(input, under: terms).atDesk {
      case .failure(let refusal): return .failure(refusal)
      case .success(let value): clearings.append(value)
      }
    }
    let inputs = PaymentRun.Inputs(
      kind: .community, region: order.region, scheme: order.scheme, period: order.period, contract: identity,
      cases: "", further: year.stated)
    let made = try await make(inputs, lines: clearings.flatMap(\.lines)) { run in
      clearings.map { $0.entry(scheme: order.scheme, run: run) }
    }
    return made.map { ClearedCommunities(made: $0, budgets: budgets, clearings: clearings) }
  }

  /// The budgets by the region's method, ascending by community.
  private static func budgets(
    _ communities: [CommunityStatement], _ year: CommunityYear, _ terms: CommunityTerms
  ) -> Result<[CommunityBudget], PayingRefusal> {
    guard let method = terms.method?.value else { return .failure(.clearing(.init(.localRuleOpen, terms.region))) }
    switch method {
    case .outpatientByFactors, .regionTotal: return byFactors(communities, year, method)
    case .perHead, .contractedHeads, .lastYearGrown:
      var budgets: [CommunityBudget] = []
      for item in communities {
        switch budget(of: item, year, terms, method) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let value): budgets.append(value)
        }
      }
      return .success(budgets)
    }
  }

  private static func byFactors(
    _ communities: [CommunityStatement], _ year: CommunityYear, _ method: CommunityBudgetMethod
  ) -> Result<[CommunityBudget], PayingRefusal> {
    guard let split = year.split else { return .failure(.desk(.inputMissing, "factor")) }
    var (values, negotiated) = ([String: [String: Points]](), [String: Money]())
    for item in communities {
      guard case .factors(let own, let change) = item.basis else {
        return .failure(.desk(.inputMissing, "\(item.community) factor"))
      }
      values[item.community] = own
      if change != .zero { negotiated[item.community] = change }
    }
    return CommunityBudget.byFactors(
      year.total, method: method, communities: values, split: split, negotiated: negotiated
    ).atDesk
  }

  private static func budget(
    of item: CommunityStatement, _ year: CommunityYear, _ terms: CommunityTerms, _ method: CommunityBudgetMethod
  ) -> Result<CommunityBudget, PayingRefusal> {
    let rounding = terms.bands.rounding
    switch (method, item.basis) {
    case (.perHead, .heads(let heads, let location, let moved)):
      guard let bands = year.bands else { return .failure(.desk(.inputMissing, "standard")) }
      return CommunityBudget.perHead(
        item.community, heads: heads, bands: bands, location: location, movedOut: moved, rounding: rounding
      ).atDesk
    case (.contractedHeads, .contracted(let cost, let growth)):
      return CommunityBudget.contractedHeads(item.community, baseCost: cost, growth: growth, rounding: rounding).atDesk
    case (.lastYearGrown, .lastYear(let settled, let growth, let income)):
      return CommunityBudget.lastYearGrown(
        item.community, settled: settled, growth: growth, incomeGrowth: income, rounding: rounding
      ).atDesk
    default: return .failure(.desk(.inputMissing, "\(item.community) \(method.word)"))
    }
  }
}

extension CommunityClearing {
  /// The community's line, then its members'.
  var lines: [PaymentRun.Line] {
    let own = PaymentRun.Line(
      holder: community,
      amounts: [
        "budget": bands.input.budget, "spend": bands.input.spend, "retention": bands.input.retention,
        "policy_change": bands.fromReserve, "kept": bands.kept, "returned": bands.returned, "shared": bands.shared,
        "borne": bands.borne, "recognised": bands.recognised, "outside_spend": outsideSpend,
        "reserve_left": reserveLeft,
      ])
    return [own]
      + members.map { member in
        PaymentRun.Line(
          holder: member.institution,
          amounts: ["spend": member.spend, "kept": member.kept, "borne": member.borne, "total": member.total])
      }
  }
}
