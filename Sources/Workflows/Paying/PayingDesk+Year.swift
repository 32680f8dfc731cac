public import Kernel
public import Payment
import People

/// A year as it was cleared (年度清算).
public struct ClearedYear: Sendable {
  /// The run.
  public var made: MadeRun
  /// What the year is worth.
  public let worth: PeriodWorth
  /// Every institution, ascending.
  public let clearings: [YearlyClearing]
  /// The cases.
  public let cases: PaidCases
  /// Findings that the clearing itself bears.
  public let findings: [PeriodFinding]
  /// Months whose published run counts.
  public let months: [YearMonth]
  /// Months with cases, of which none was published: nothing was paid for them before.
  public let unpaidMonths: [YearMonth]
}

extension PayingDesk {
  /// Clears a year: cases, pool, bands, assessment, deductions, deposit, advances as published, what is still owed.
  public func clearYear(_ order: Order, under terms: PayingTerms) async throws(StoreError) -> Result<
    ClearedYear, PayingRefusal
  > {
    guard case .year(let year) = order.period else { return .failure(.desk(.notCovered, "\(order.period)")) }
    if let refusal = terms.refusal(order.scheme, order.period) { return .failure(refusal) }
    let found = try await cases(order)
    guard !found.isEmpty else { return .failure(.desk(.noCases, "\(order.scheme) \(year)")) }
    let months = try await publishedMonths(order.region, order.scheme, year)
    // Beside the paying: the digest goes through the cases on one core.
    async let digested = identity(of: found)
    let paid = await PaidCases.pay(
      found, under: terms.cases, determinations: order.inputs.determinations, progress: progress)
    let money = order.inputs.money(order.scheme, order.period)
    let worth: PeriodWorth
    switch paid.totals(order.scheme, order.period).flatMap({
      PeriodWorth.of(order.period, $0, fund: money?.amount, under: terms.clearing.pool)
    }) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): worth = value
    }
    var sheet = YearSheet(order: order, year: year, terms: terms.clearing, worth: worth, months: months)
    let clearings: [YearlyClearing]
    switch sheet.inputs().flatMap({ YearlyClearing.clear($0, under: terms.clearing.yearly).atDesk }) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): clearings = value
    }
    let further = Self.further(findings: sheet.findings, money: worth.pool == nil ? nil : money)
      .merging(paid.decisions) { first, _ in first }.merging(sheet.further) { first, _ in first }
    let inputs = PaymentRun.Inputs(
      kind: .year, region: order.region, scheme: order.scheme, period: order.period, contract: terms.identity,
      cases: await digested, further: further)
    let accounts = Dictionary(uniqueKeysWithValues: worth.accounts.map { ($0.totals.institution, $0) })
    let lines = clearings.map { clearing in
      PaymentRun.Line(
        holder: clearing.institution,
        amounts: clearing.amounts.merging(accounts[clearing.institution]?.amounts ?? [:]) { first, _ in first })
    }
    let made = try await make(inputs, lines: lines) { identity in
      clearings.map { ClearingPostings.entry($0, scheme: order.scheme, run: identity) }
    }
    let seen = Set(months.map(\.month))
    let unpaid = terms.clearing.advance == nil ? [] : Set(paid.cases.map(\.month)).subtracting(seen).sorted()
    return made.map {
      ClearedYear(
        made: $0, worth: worth, clearings: clearings, cases: paid, findings: sheet.findings,
        months: months.map(\.month), unpaidMonths: unpaid)
    }
  }
}

/// What goes into the clearing of each institution, gathered from a year's worth, months and inputs.
private struct YearSheet {
  let order: PayingDesk.Order
  let year: Int
  let terms: ClearingContract
  let worth: PeriodWorth
  let months: [PublishedMonth]
  /// Findings that no published month has seen.
  let findings: [PeriodFinding]
  /// What is used beside findings and the fund's money, for the run's inputs.
  private(set) var further: [String: String] = [:]

  init(
    order: PayingDesk.Order, year: Int, terms: ClearingContract, worth: PeriodWorth, months: [PublishedMonth]
  ) {
    self.order = order
    self.year = year
    self.terms = terms
    self.worth = worth
    self.months = months
    let seen = Set(months.flatMap { $0.run.inputs.further.keys })
    findings = order.inputs.findings.filter {
      $0.scheme == order.scheme && $0.period.year == year && !seen.contains("finding \($0.finding.id)")
    }
  }

  mutating func inputs() -> Result<[YearlyClearing.Input], PayingRefusal> {
    for item in months { further["month \(item.month)"] = item.run.identity }
    let advances = advances()
    let removals = order.inputs.removals.filter { $0.scheme == order.scheme && $0.year == year }
    let accounts = Dictionary(uniqueKeysWithValues: worth.accounts.map { ($0.totals.institution, $0) })
    if let stranger = removals.first(where: { accounts[$0.institution] == nil }) {
      return .failure(.desk(.subjectUnknown, stranger.institution))
    }
    let institutions = Set(accounts.keys).union(advances.keys).union(findings.map(\.finding.institution)).sorted()
    var inputs: [YearlyClearing.Input] = []
    for code in institutions {
      let removal = removals.first { $0.institution == code }
      if let removal { further["removal \(code)"] = "\(removal.retention.yuan) \(removal.policyChange.yuan)" }
      let bands = BandClearing.Input(
        budget: accounts[code]?.budget ?? .zero, spend: accounts[code]?.spend ?? .zero,
        retention: removal?.retention ?? .zero, policyChange: removal?.policyChange ?? .zero)
      switch assessment(of: code) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let assessment):
        inputs.append(
          YearlyClearing.Input(
            institution: code, bands: bands, advances: advances[code] ?? AdvanceTotals(),
            findings: findings.map(\.finding), assessment: assessment))
      }
    }
    return .success(inputs)
  }

  /// What the months paid and withheld, as published.
  private func advances() -> [String: AdvanceTotals] {
    var totals: [String: AdvanceTotals] = [:]
    for item in months {
      for line in item.run.lines {
        var own = totals[line.holder] ?? AdvanceTotals()
        own.paid += line.amounts["paid"] ?? .zero
        own.deducted += line.amounts["deducted"] ?? .zero
        own.deposit += line.amounts["deposit"] ?? .zero
        own.carried = line.amounts["carried"] ?? .zero
        totals[line.holder] = own
      }
    }
    return totals
  }

  private mutating func assessment(of code: String) -> Result<AssessmentResult?, PayingRefusal> {
    guard !terms.yearly.assessed.value.isEmpty, let scheme = terms.assessment else { return .success(nil) }
    guard let scores = order.inputs.scores[code] else { return .failure(.clearing(.init(.scoreMissing, code))) }
    for (indicator, points) in scores { further["score \(code) \(indicator)"] = points.description }
    return AssessmentResult.assess(scores, under: scheme).map { $0 }.mapError { refusal in
      .clearing(.init(refusal.code, "\(code) \(refusal.subject)"))
    }
  }
}

extension YearlyClearing {
  /// Amounts for the line of a run.
  var amounts: [String: Money] {
    [
      "budget": bands.input.budget, "spend": bands.input.spend, "retention": bands.input.retention,
      "policy_change": bands.fromReserve, "kept": bands.kept, "returned": bands.returned, "shared": bands.shared,
      "borne": bands.borne, "recognised": bands.recognised, "advances_paid": advances.paid,
      "advances_deducted": advances.deducted, "deposit_held": advances.deposit, "deducted": deducted,
      "deposit_returned": depositReturned, "deposit_forfeited": depositForfeited, "due": due,
    ]
  }
}
