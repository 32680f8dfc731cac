public import Kernel
public import Payment
public import People

/// What was published, to be looked up: which run of a period counts, what it corrects, whose line says what.
///
/// Nothing is calculated for a whole period: a holder's steps are made from the run's line and the holder's own cases.
public struct RunArchive: Sendable {
  let store: any PaymentStore
  let region: String

  /// Opens the archive of a region.
  public init(_ store: any PaymentStore, region: String) {
    self.store = store
    self.region = region
  }

  /// The run of a kind, scheme and period that counts: the last one published; `nil` when there is none.
  public func standing(
    _ kind: PaymentRun.Kind, _ scheme: InsuranceScheme, _ period: PaymentPeriod
  ) async throws(StoreError) -> PublishedRun? {
    try await store.runs(RunSelection(kind: kind, region: region, scheme: scheme, period: period)).last
  }

  /// The fewest characters by which a run is found.
  public static let leastCharacters = 6

  /// What came of looking for a run.
  public enum Finding: Sendable {
    /// There is none.
    case none
    /// This one.
    case one(MadeRun)
    /// Several begin like this.
    case several
  }

  /// A published run of the region by its identity or the beginning of it, with the run that it corrects.
  public func find(_ identity: String) async throws(StoreError) -> Finding {
    var found = try await store.run(identity)
    if found == nil, identity.utf8.count >= Self.leastCharacters {
      let all = try await store.runs(RunSelection(region: region)).filter { $0.run.identity.hasPrefix(identity) }
      if all.count > 1 { return .several }
      found = all.first
    }
    guard let published = found, published.run.inputs.region == region else { return .none }
    var corrected: PublishedRun?
    if let earlier = published.run.corrects { corrected = try await store.run(earlier) }
    return .one(MadeRun(run: published.run, published: published, corrected: corrected))
  }

  /// The runs of the same kind, scheme and period, in order of publishing: the chain of corrections.
  public func chain(of run: PaymentRun) async throws(StoreError) -> [PublishedRun] {
    try await store.runs(RunSelection(beside: run.inputs))
  }
}

/// One holder of a published run: the line, how it came about, and the holder's own cases.
public struct HolderAccount: Sendable {
  /// The run, as it was published.
  public let made: MadeRun
  /// The holder's line.
  public let line: PaymentRun.Line
  /// What the holder's cases come to now; `nil` where none are looked at or nothing is decided for one of them.
  public let totals: InstitutionTotals?
  /// How the line came about; empty where the run's contract is not at hand.
  public let steps: [ClearingStep]
  /// The holder's cases as they are now, under the run's contract.
  public let cases: PaidCases?
  /// Why something is left out, or no longer agrees with the line.
  public let remarks: [Remark]

  /// Something to know about an account.
  public enum Remark: Hashable, Sendable, CaseIterable {
    /// The run is of a kind whose steps are not kept.
    case noSteps
    /// The contract under which it was made is not at hand.
    case contractUnknown
    /// The inputs of the run cannot be read.
    case inputsUnreadable
    /// The steps do not come to the line's amounts: made by another version, or the files differ.
    case stepsDiffer
    /// The holder's cases have changed since.
    case casesChanged
  }

  /// What the run paid for points: the holder's share and the points that it stands for; `nil` without points.
  public var pointWorth: PointWorth? {
    guard let share = line.amounts["share"], let totals, totals.points > .zero else { return nil }
    return PointWorth(share: share, points: totals.points)
  }
}

/// What points were paid with: a share, and the points that it stands for.
public struct PointWorth: Hashable, Sendable {
  /// The share, fen.
  public let share: Money
  /// The points.
  public let points: Points

  /// What some points come to at the same price, whole cases, fen.
  public func worth(of some: Points) -> Money {
    Money(fen: Rounding.halfUp.divide(Int128(share.fen) * Int128(some.millionths), by: Int128(points.millionths)))
  }

  /// The value of a point, yuan, to show.
  public var value: UnitPrice? { PointValue.of(share, points: points, decimals: 4, rounding: .halfUp) }
}

extension RunArchive {
  /// One holder's account in a run; `nil` when the run has no line for it.
  ///
  /// Reads the holder's own cases of the period and nothing else.
  ///
  /// - Parameter terms: the terms of the run's scheme and year, as they are now.
  public func account(
    of holder: String, in made: MadeRun, under terms: PayingTerms?
  ) async throws(StoreError) -> HolderAccount? {
    let inputs = made.run.inputs
    guard let line = made.run.lines.first(where: { $0.holder == holder }) else { return nil }
    func bare(_ remark: HolderAccount.Remark) -> HolderAccount {
      HolderAccount(made: made, line: line, totals: nil, steps: [], cases: nil, remarks: [remark])
    }
    guard inputs.kind == .month || inputs.kind == .year else { return bare(.noSteps) }
    guard let terms, terms.identity == inputs.contract else { return bare(.contractUnknown) }
    guard let stated = PayingInputs(of: inputs) else { return bare(.inputsUnreadable) }
    let selection = CaseSelection(
      region: region, scheme: inputs.scheme, period: inputs.period, institution: holder)
    let paid = await PaidCases.pay(
      try await store.allCases(selection), under: terms.cases, determinations: stated.determinations)
    return HolderSheet(made: made, line: line, terms: terms, stated: stated, paid: paid).account()
  }
}

extension PaymentStore {
  /// Selected cases at once, ascending by identifier; for selections that are known to be small.
  package func allCases(_ selection: CaseSelection) async throws(StoreError) -> [PaymentCase] {
    let found = CollectedCases()
    try await cases(selection) { block throws(StoreError) in found.append(block) }
    return found.cases
  }
}

/// A holder's line with everything that its steps are made from.
private struct HolderSheet {
  let made: MadeRun
  let line: PaymentRun.Line
  let terms: PayingTerms
  let stated: PayingInputs
  let paid: PaidCases
  private var inputs: PaymentRun.Inputs { made.run.inputs }
  private var holder: String { line.holder }

  func account() -> HolderAccount {
    var remarks: [HolderAccount.Remark] = []
    var totals: InstitutionTotals?
    if case .success(let found) = paid.totals(inputs.scheme, inputs.period) { totals = found.first }
    let known = totals ?? InstitutionTotals(institution: holder, level: .primary, scheme: inputs.scheme)
    let worth = worthSteps(known)
    if !worth.isSame { remarks.append(.casesChanged) }
    let end = inputs.kind == .month ? monthSteps() : yearSteps()
    if end == nil { remarks.append(.stepsDiffer) }
    return HolderAccount(
      made: made, line: line, totals: totals, steps: (worth.isSame ? worth.steps : []) + (end ?? []), cases: paid,
      remarks: remarks)
  }

  /// The holder's part of the pool, and whether its cases still come to what the line says.
  private func worthSteps(_ totals: InstitutionTotals) -> (steps: [ClearingStep], isSame: Bool) {
    let amounts = line.amounts
    var isSame = totals.amountDue == amounts["amount_due"] ?? .zero
    if let spend = amounts["spend"] { isSame = isSame && spend == totals.fundPaid + totals.amountSettled }
    var steps: [ClearingStep] = []
    if let money = stated.money(inputs.scheme, inputs.period) {
      steps.append(ClearingStep(.fund, result: money.amount))
    }
    if let share = amounts["share"], let pool = terms.clearing.pool {
      steps.append(ClearingStep(.share, points: totals.points, result: share))
      let payable = PointPool.payable(of: share, totals, under: pool)
      if let step = payable.step { steps.append(step) }
      isSame = isSame && payable.amount == amounts["payable"]
    }
    return (steps, isSame)
  }

  private func monthSteps() -> [ClearingStep]? {
    guard case .month(let month) = inputs.period, let advance = terms.clearing.advance else { return nil }
    let again = MonthlyAdvance(
      holder, month, base: line.amounts["base"] ?? .zero, findings: stated.findings.map(\.finding),
      carriedIn: line.amounts["carried_in"] ?? .zero, under: advance)
    return again.paid == line.amounts["paid"] && again.carried == line.amounts["carried"] ? again.steps : nil
  }

  private func yearSteps() -> [ClearingStep]? {
    func amount(_ name: String) -> Money { line.amounts[name] ?? .zero }
    let own = stated.findings.map(\.finding).filter { $0.institution == holder }
    let advances = AdvanceTotals(
      paid: amount("advances_paid"), deducted: amount("advances_deducted"), deposit: amount("deposit_held"),
      carried: own.reduce(amount("deducted")) { $0 - $1.amount })
    let bands = BandClearing.Input(
      budget: amount("budget"), spend: amount("spend"), retention: amount("retention"),
      policyChange: amount("policy_change"))
    var assessment: AssessmentResult?
    if let scores = stated.scores[holder], let scheme = terms.clearing.assessment {
      guard case .success(let result) = AssessmentResult.assess(scores, under: scheme) else { return nil }
      assessment = result
    }
    let input = YearlyClearing.Input(
      institution: holder, bands: bands, advances: advances, findings: own, assessment: assessment)
    guard case .success(let again) = YearlyClearing.clear(input, under: terms.clearing.yearly),
      again.due == line.amounts["due"], again.bands.recognised == line.amounts["recognised"]
    else { return nil }
    return again.steps
  }
}
