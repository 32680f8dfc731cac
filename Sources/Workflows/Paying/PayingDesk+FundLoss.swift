public import Kernel
public import Payment
import People

/// An unlawful charge as it was filed (违规收费线索).
public struct FiledCharge: Hashable, Sendable {
  /// Its number, unique.
  public var id: String
  /// The case that it stands in.
  public var settlement: String
  /// What was charged unlawfully, fen.
  public var cost: Money
  /// The fund's part of it, fen.
  public var fundPaid: Money
  /// When it was filed.
  public var filed: CalendarDate
  /// When the fund paid for the month; `nil` when it has not.
  public var paid: CalendarDate?
  /// When and how the money came back; `nil` when it has not.
  public var returned: FundLoss.Facts.Dated?
  /// Whether the patient was charged by disease.
  public var isChargedByDisease: Bool

  /// Makes a charge.
  public init(
    id: String, settlement: String, cost: Money, fundPaid: Money, filed: CalendarDate, paid: CalendarDate?,
    returned: FundLoss.Facts.Dated? = nil, isChargedByDisease: Bool = false
  ) {
    self.id = id
    self.settlement = settlement
    self.cost = cost
    self.fundPaid = fundPaid
    self.filed = filed
    self.paid = paid
    self.returned = returned
    self.isChargedByDisease = isChargedByDisease
  }

  /// The charge as a run's inputs state it.
  var text: String {
    let back = returned.map { "\($0.day) \($0.how.rawValue)" } ?? ""
    let paid = paid.map { "\($0)" } ?? ""
    return "\(settlement) \(cost.yuan) \(fundPaid.yuan) \(filed); \(paid); \(back); \(isChargedByDisease)"
  }
}

/// A year with and without a set of charges, and what the fund lost.
public struct JudgedLosses: Sendable {
  /// One charge with what it comes to.
  public struct Judged: Hashable, Sendable {
    /// The charge.
    public let charge: FiledCharge
    /// The institution.
    public let institution: String
    /// What it comes to.
    public let loss: FundLoss
  }

  /// The run: a line for every institution.
  public let made: MadeRun
  /// The year both ways.
  public let reclearing: Reclearing
  /// The charges, ascending by number.
  public let judged: [Judged]

  /// The steps behind every line: the pool without the charges.
  public var steps: [String: [ClearingStep]] {
    Dictionary(uniqueKeysWithValues: reclearing.without.lines.map { ($0.totals.institution, $0.steps) })
  }
}

extension PayingDesk {
  /// Clears a year's pool again without a set of charges, and judges what the fund lost by them.
  ///
  /// A charge is taken out of its case, and the case paid anew: its points change only when its cost then lies in
  /// another band. What clearing again pays to an institution is given to its charges whose loss pay's rise decides, in
  /// order of number.
  ///
  /// - Parameters:
  ///   - order: region, scheme, year; the fund's money stands in its inputs.
  ///   - charges: the charges.
  ///   - terms: the contracts.
  ///   - fines: what fines are multiples of.
  public func judgeLosses(
    _ order: Order, _ charges: [FiledCharge], under terms: PayingTerms, fines: LossOutcome.FineTerms
  ) async throws(StoreError) -> Result<JudgedLosses, PayingRefusal> {
    if let refusal = terms.refusal(order.scheme, order.period) { return .failure(refusal) }
    let found = try await cases(order)
    let paid = await PaidCases.pay(
      found, under: terms.cases, determinations: order.inputs.determinations, progress: progress)
    let money = order.inputs.money(order.scheme, order.period)
    let sorted = charges.sorted { $0.id < $1.id }
    let reclearing: Reclearing
    switch Self.reclear(order, sorted, paid, money, terms) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): reclearing = value
    }
    let judged = Self.judge(sorted, paid, reclearing, fines)
    var further = Self.further(findings: [], money: money).merging(paid.decisions) { first, _ in first }
    for charge in sorted { further["charge \(charge.id)"] = charge.text }
    further["fine_least"] = fines.least.value.percent
    further["fine_most"] = fines.most.value.percent
    let inputs = PaymentRun.Inputs(
      kind: .fundLoss, region: order.region, scheme: order.scheme, period: order.period, contract: terms.identity,
      cases: identity(of: paid.cases), further: further)
    let lines = reclearing.lines.map { line in
      let own = judged.filter { $0.institution == line.institution }
      func sum(_ part: KeyPath<FundLoss, Money>) -> Money { own.reduce(.zero) { $0 + $1.loss[keyPath: part] } }
      return PaymentRun.Line(
        holder: line.institution,
        amounts: [
          "share_with": line.shareWith, "share_without": line.shareWithout, "payable_with": line.payableWith,
          "payable_without": line.payableWithout, "loss": sum(\.loss), "ordered_back": sum(\.orderedBack),
          "fine_least": sum(\.fineLeast), "fine_most": sum(\.fineMost),
          "paid_by_reclearing": sum(\.paidByReclearing),
        ])
    }
    let made = try await make(inputs, lines: lines) { run in
      judged.map {
        ClearingPostings.entry(
          $0.loss, institution: $0.institution, scheme: order.scheme, reference: "\(run) \($0.charge.id)")
      }
    }
    return made.map { JudgedLosses(made: $0, reclearing: reclearing, judged: judged) }
  }

  private static func reclear(
    _ order: Order, _ charges: [FiledCharge], _ paid: PaidCases, _ money: FundMoney?, _ terms: PayingTerms
  ) -> Result<Reclearing, PayingRefusal> {
    guard let pool = terms.clearing.pool else { return .failure(.clearing(.init(.localRuleOpen, "pool"))) }
    guard let money else { return .failure(.desk(.fundMissing, "\(order.scheme.rawValue) \(order.period)")) }
    return paid.totals(order.scheme, order.period).flatMap { totals in
      removals(charges, paid).flatMap {
        Reclearing.compare(order.period, fund: money.amount, totals: totals, removing: $0, under: pool).atDesk
      }
    }
  }

  /// What the charges take out of institutions' totals, each case paid anew without all charges that stand in it.
  private static func removals(
    _ charges: [FiledCharge], _ paid: PaidCases
  ) -> Result<[ChargeRemoval], PayingRefusal> {
    let places = Dictionary(uniqueKeysWithValues: paid.cases.enumerated().map { ($0.element.id, $0.offset) })
    var removals: [ChargeRemoval] = []
    var left: [String: PaymentCase] = [:]
    for charge in charges {
      guard let place = places[charge.settlement], let points = paid.payments[place].points else {
        return .failure(.desk(.subjectUnknown, "\(charge.id) \(charge.settlement)"))
      }
      var item = left[charge.settlement] ?? paid.cases[place]
      let before = left[charge.settlement].map { paid.payment(of: $0).points ?? .zero } ?? points
      item.cost -= charge.cost
      item.fundShare -= charge.fundPaid
      guard !item.cost.isNegative, !item.fundShare.isNegative, item.fundShare <= item.cost,
        let after = paid.payment(of: item).points
      else { return .failure(.clearing(.init(.removalTooLarge, charge.id))) }
      left[charge.settlement] = item
      removals.append(
        ChargeRemoval(
          id: charge.id, institution: item.institution, cost: charge.cost, fundPaid: charge.fundPaid,
          pointsLost: before - after))
    }
    return .success(removals)
  }

  private static func judge(
    _ charges: [FiledCharge], _ paid: PaidCases, _ reclearing: Reclearing, _ fines: LossOutcome.FineTerms
  ) -> [JudgedLosses.Judged] {
    let institutions = Dictionary(uniqueKeysWithValues: paid.cases.map { ($0.id, $0.institution) })
    var rises = Dictionary(
      uniqueKeysWithValues: reclearing.lines.map { ($0.institution, $0.change.orZero) })
    return charges.map { charge in
      let institution = institutions[charge.settlement] ?? ""
      let facts = FundLoss.Facts(
        amount: charge.fundPaid, filed: charge.filed, fundPaid: charge.paid, returned: charge.returned,
        isChargedByDisease: charge.isChargedByDisease, rise: rises[institution] ?? .zero)
      let loss = FundLoss(facts, fines: fines)
      // A rise is paid once, with the first charge that it decides.
      if loss.outcome == .payRises { rises[institution] = .zero }
      return JudgedLosses.Judged(charge: charge, institution: institution, loss: loss)
    }
  }
}
