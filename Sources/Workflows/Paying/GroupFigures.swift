public import Kernel
public import Payment

/// What groups and institutions of a year come to: cases, weight, cost, stay, worth, indices (病组运行分析).
///
/// Worth is what a published run paid, where there is one: every institution's share of the run goes to its groups by
/// points, so that groups, institutions and the run agree to the fen. Without a run it is the contract's own value of a
/// point; without either, cases with points have no worth.
public struct GroupFigures: Sendable {
  /// One group or one institution.
  public struct Line: Sendable {
    /// Its code.
    public let code: String
    /// What its cases come to.
    public let sum: CaseTally.Sum
    /// What they are worth, whole cases, fen; `nil` where that is not known of one of them.
    public let worth: Money?
    /// Groups, cases with a weight and their weights.
    public let mix: CaseMix
    /// How much cost its cases take against the region's, group by group.
    public let cost: ConsumptionIndex
    /// How much time.
    public let time: ConsumptionIndex

    /// What is gained, or lost when negative, fen.
    public var gain: Money? { worth.map { $0 - sum.cost } }
    /// The mean cost, fen; `nil` without cases.
    public var meanCost: Money? {
      sum.cases == 0 ? nil : Money(fen: Rounding.halfUp.divide(Int128(sum.cost.fen), by: Int128(sum.cases)))
    }
    /// The mean stay in hundredths of a day; `nil` without cases.
    public var meanStay: Int? {
      sum.cases == 0 ? nil : Int(Rounding.halfUp.divide(Int128(sum.days) * 100, by: Int128(sum.cases)))
    }
  }

  /// Where worth comes from.
  public enum Valuation: Hashable, Sendable {
    /// The shares of this published run.
    case run(PublishedRun)
    /// The contract's own value of a point.
    case contract
    /// Cases with points have no value yet.
    case none
  }

  /// Where worth comes from.
  public let valuation: Valuation
  /// Institutions whose cases no longer come to what the run says was spent.
  public let changedInstitutions: Int
  private let tally: CaseTally
  private let contract: PaymentContract
  private let worths: [CaseTally.Key: Money]
  private let region: [String: CaseTally.Sum]

  /// Joins a tally with what was paid.
  ///
  /// - Parameters:
  ///   - tally: the cases of a scheme and year.
  ///   - contract: how they are paid.
  ///   - run: the year's run that counts; `nil` when none was published.
  public init(_ tally: CaseTally, under contract: PaymentContract, run: PublishedRun?) {
    (self.tally, self.contract) = (tally, contract)
    region = tally.sums.reduce(into: [:]) { $0[$1.key.group, default: CaseTally.Sum()] += $1.value }
    let byInstitution = Dictionary(grouping: tally.sums) { $0.key.institution }
    let lines = Dictionary(
      uniqueKeysWithValues: (run?.run.lines ?? []).map { ($0.holder, $0.amounts) })
    var (worths, changed, hasOwn): ([CaseTally.Key: Money], Int, Bool) = ([:], 0, false)
    for (institution, own) in byInstitution {
      let spent = own.reduce(Money.zero) { $0 + $1.value.fundShare }
      if let line = lines[institution], let spend = line["spend"], spend != spent { changed += 1 }
      let sorted = own.sorted { $0.key.group < $1.key.group }
      let shares = run == nil ? nil : Self.shares(sorted.map(\.value.points), lines[institution]?["share"])
      for (place, item) in sorted.enumerated() where item.value.open == 0 {
        if item.value.points == .zero {
          worths[item.key] = item.value.amount
        } else if let shares {
          worths[item.key] = item.value.amount + shares[place]
        } else if run == nil, item.value.withoutOwnValue == 0 {
          hasOwn = true
          worths[item.key] = item.value.amount + item.value.worthAtContract
        }
      }
    }
    self.worths = worths
    changedInstitutions = changed
    valuation = run.map { .run($0) } ?? (hasOwn ? .contract : .none)
  }

  /// A share among groups by points.
  private static func shares(_ points: [Points], _ share: Money?) -> [Money]? {
    guard let share else { return nil }
    let claims = points.enumerated().map { BudgetShares.Claim(Self.padded($0.offset), $0.element) }
    guard case .success(let shares) = BudgetShares.split(share, among: claims) else { return nil }
    return shares
  }

  /// Numbers as names whose order is theirs.
  private static func padded(_ number: Int) -> String { String(1_000_000 + number) }

  /// The weight of a group, or its score where groups have scores; `nil` when the contract's tables give none.
  public func weight(of group: String) -> Factor? {
    guard let row = contract.row(of: group) else { return nil }
    return row.weight ?? row.score.map { Factor(millionths: $0.millionths) }
  }

  /// The published run that values cases; `nil` without one.
  public var run: PublishedRun? { if case .run(let run) = valuation { run } else { nil } }

  /// All cases.
  public var whole: Line { line("", tally.sums.map { ($0.key, $0.value) }) }

  /// The codes of institutions, ascending.
  public var institutionCodes: [String] { Set(tally.sums.keys.map(\.institution)).sorted() }

  /// By group, most cases first.
  ///
  /// - Parameter institution: one institution only; `nil` for all.
  public func groups(of institution: String? = nil) -> [Line] {
    lines(\.group) { institution == nil || $0.institution == institution }
  }

  /// By institution, most cases first.
  ///
  /// - Parameter group: one group only; `nil` for all.
  public func institutions(in group: String? = nil) -> [Line] {
    lines(\.institution) { group == nil || $0.group == group }
  }

  /// A group of the contract's tables without a case.
  public func empty(_ group: String) -> Line { line(group, []) }

  private func lines(_ name: KeyPath<CaseTally.Key, String>, where isWanted: (CaseTally.Key) -> Bool) -> [Line] {
    Dictionary(grouping: tally.sums.filter { isWanted($0.key) }) { $0.key[keyPath: name] }
      .map { line($0.key, $0.value.map { ($0.key, $0.value) }) }
      .sorted { ($1.sum.cases, $0.code) < ($0.sum.cases, $1.code) }
  }

  private func line(_ code: String, _ parts: [(key: CaseTally.Key, value: CaseTally.Sum)]) -> Line {
    var (sum, worth): (CaseTally.Sum, Money?) = (.init(), .zero)
    var byGroup: [String: CaseTally.Sum] = [:]
    for part in parts {
      sum += part.value
      byGroup[part.key.group, default: CaseTally.Sum()] += part.value
      if let before = worth, let own = worths[part.key] { worth = before + own } else { worth = nil }
    }
    let groups = byGroup.sorted { $0.key < $1.key }.filter { !$0.key.isEmpty }
    func index(_ value: (CaseTally.Sum) -> Int64) -> ConsumptionIndex {
      ConsumptionIndex(
        groups.compactMap { group, own in
          region[group].map { all in
            .init(
              cases: own.cases, own: Fraction(Int128(value(own)), Int128(own.cases)),
              region: Fraction(Int128(value(all)), Int128(all.cases)))
          }
        })
    }
    return Line(
      code: code, sum: sum, worth: worth, mix: CaseMix(groups.map { ($0.value.cases, weight(of: $0.key)) }),
      cost: index(\.cost.fen), time: index { Int64($0.days) })
  }
}
