public import Kernel
public import Ledger
public import People

/// What a province says of its adjustment fund (省级调剂金): contributions, distribution by factors, shared overspends.
public struct AdjustmentFundTerms: Hashable, Sendable {
  /// What happens when the province's parts of overspends exceed what is set aside for them.
  public enum Shortage: String, Hashable, Sendable, CaseIterable {
    /// All are scaled down alike; the regions' own parts grow.
    case scaleDown = "scale_down"
    /// Nothing is calculated before somebody decides.
    case refuse
  }

  /// The province's code.
  public var region: String
  /// The days on which the terms hold.
  public var covered: DateRange
  /// The most of last year's pooled income that may be contributed (上解上限).
  public var contributionMost: Sourced<Rate>
  /// What is contributed; `nil` where no document seen says so.
  public var contribution: Sourced<Rate>?
  /// The part of the fund that is distributed by factors, `nil` when open; the rest shares overspends.
  public var distributedPart: Sourced<Rate>?
  /// The factors; `nil` when open.
  public var factors: FactorSplit?
  /// The province's part of a reasonable overspend; `nil` when open.
  public var provincePart: Sourced<Rate>?
  /// What happens when claims exceed the money; `nil` when open.
  public var shortage: Sourced<Shortage>?
  /// How parts of a fen are treated.
  public var rounding: Rounding

  /// Makes terms.
  public init(
    region: String, covered: DateRange, contributionMost: Sourced<Rate>, contribution: Sourced<Rate>? = nil,
    distributedPart: Sourced<Rate>? = nil, factors: FactorSplit? = nil, provincePart: Sourced<Rate>? = nil,
    shortage: Sourced<Shortage>? = nil, rounding: Rounding
  ) {
    self.region = region
    self.covered = covered
    self.contributionMost = contributionMost
    self.contribution = contribution
    self.distributedPart = distributedPart
    self.factors = factors
    self.provincePart = provincePart
    self.shortage = shortage
    self.rounding = rounding
  }
}

/// One year of a provincial adjustment fund for one scheme.
public struct AdjustmentFund: Hashable, Sendable {
  /// A region with its numbers, fen.
  public struct Region: Hashable, Sendable {
    /// The region's code.
    public var code: String
    /// Last year's income of its pooled fund.
    public var lastIncome: Money
    /// What the factors say of it.
    public var factors: [String: Points]
    /// The overspend that was found reasonable.
    public var overspend: Money
    /// What its own reserve holds.
    public var reserve: Money

    /// Makes a region.
    public init(
      code: String, lastIncome: Money, factors: [String: Points], overspend: Money = .zero, reserve: Money = .zero
    ) {
      self.code = code
      self.lastIncome = lastIncome
      self.factors = factors
      self.overspend = overspend
      self.reserve = reserve
    }
  }

  /// What the year comes to for a region, fen.
  public struct Line: Hashable, Sendable {
    /// The region.
    public let region: String
    /// What it contributes.
    public let contribution: Money
    /// What it gets by factors.
    public let distributed: Money
    /// The province's part of its overspend.
    public let provincePart: Money
    /// What its own reserve pays of the rest.
    public let reservePart: Money
    /// What it bears beyond its reserve.
    public let ownPart: Money
    /// How it came about.
    public let steps: [ClearingStep]
  }

  /// The scheme, which has a fund of its own.
  public let scheme: InsuranceScheme
  /// What the fund held before, fen.
  public let opening: Money
  /// The lines, ascending by region.
  public let lines: [Line]
  /// Whether the province's parts were scaled down.
  public let isScaledDown: Bool
  /// What the fund holds afterwards, fen.
  public var closing: Money {
    lines.reduce(opening) { $0 + $1.contribution - $1.distributed - $1.provincePart }
  }

  /// Calculates a year.
  public static func run(
    _ scheme: InsuranceScheme, regions: [Region], opening: Money, under terms: AdjustmentFundTerms
  ) -> Result<AdjustmentFund, ClearingRefusal> {
    guard let rate = terms.contribution, let distributedPart = terms.distributedPart, let factors = terms.factors,
      let province = terms.provincePart
    else { return .failure(.init(.localRuleOpen, terms.region)) }
    guard rate.value <= terms.contributionMost.value else {
      return .failure(.init(.contributionTooHigh, rate.value.percent))
    }
    let sorted = regions.sorted { $0.code < $1.code }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one.code == next.code {
      return .failure(.init(.holderTwice, one.code))
    }
    if let bad = sorted.first(where: { $0.lastIncome.isNegative || $0.overspend.isNegative || $0.reserve.isNegative }) {
      return .failure(.init(.budgetNegative, bad.code))
    }
    let contributions = sorted.map { $0.lastIncome.share(rate.value, terms.rounding) }
    let whole = contributions.reduce(opening, +)
    let distributed = whole.share(distributedPart.value, .down)
    let wanted = sorted.map { $0.overspend.share(province.value, terms.rounding) }
    let values = Dictionary(uniqueKeysWithValues: sorted.map { ($0.code, $0.factors) })
    return factors.split(distributed, among: values).flatMap { shares in
      parts(wanted, sorted, room: whole - distributed, terms).map { parts in
        AdjustmentFund(
          scheme: scheme, opening: opening,
          lines: sorted.indices.map { place in
            line(sorted[place], contributions[place], shares, place, parts[place], terms, rate, province)
          },
          isScaledDown: parts != wanted)
      }
    }
  }

  /// The province's parts, scaled down where they exceed the room and the terms say so.
  private static func parts(
    _ wanted: [Money], _ regions: [Region], room: Money, _ terms: AdjustmentFundTerms
  ) -> Result<[Money], ClearingRefusal> {
    let sum = wanted.reduce(Money.zero, +)
    guard sum > room else { return .success(wanted) }
    guard terms.shortage?.value == .scaleDown else { return .failure(.init(.claimsExceedPart, sum.yuan)) }
    return BudgetShares.split(
      room, among: zip(regions, wanted).map { BudgetShares.Claim($0.code, Points(millionths: $1.fen)) })
  }

  private static func line(
    _ region: Region, _ contribution: Money, _ shares: FactorSplit.Shares, _ place: Int, _ provincePart: Money,
    _ terms: AdjustmentFundTerms, _ rate: Sourced<Rate>, _ province: Sourced<Rate>
  ) -> Line {
    let rest = region.overspend - provincePart
    let reservePart = min(rest, region.reserve)
    var steps = [
      ClearingStep(
        .contribution, base: region.lastIncome, rate: rate.value, result: contribution, citation: rate.citation)
    ]
    steps += zip(terms.factors?.factors ?? [], shares.byFactor).map { factor, row in
      ClearingStep(
        .factor, subject: factor.name, rate: factor.weight, result: row[place], citation: terms.factors?.citation)
    }
    if region.overspend > .zero {
      steps += [
        ClearingStep(
          .provincePart, base: region.overspend, rate: province.value, result: provincePart,
          citation: province.citation),
        ClearingStep(.reservePart, base: rest, limit: region.reserve, result: reservePart),
        ClearingStep(.ownPart, base: rest, result: rest - reservePart),
      ]
    }
    return Line(
      region: region.code, contribution: contribution, distributed: shares.amounts[place],
      provincePart: provincePart, reservePart: reservePart, ownPart: rest - reservePart, steps: steps)
  }

  /// The entry of the year: what regions give and get, against the adjustment fund.
  public func entry(run: String) -> LedgerEntry {
    ClearingPostings.entry(
      run,
      [(.adjustmentFund(ClearingPostings.fund(of: scheme)), closing - opening)]
        + lines.map { (.region($0.region), $0.distributed + $0.provincePart - $0.contribution) })
  }
}
