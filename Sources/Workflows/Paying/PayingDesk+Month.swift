import Kernel
public import Payment
import People

/// A month as it was paid (月度拨付).
public struct PaidMonth: Sendable {
  /// The run.
  public var made: MadeRun
  /// What the month is worth; `nil` where months are paid on what settlement came to.
  public let worth: PeriodWorth?
  /// What each institution is paid, ascending.
  public let advances: [MonthlyAdvance]
  /// The cases.
  public let cases: PaidCases
  /// The findings that the month bears.
  public let findings: [PeriodFinding]
}

extension PayingDesk {
  /// Pays a month: cases, pool, deductions, deposit, advance.
  ///
  /// Deductions that earlier months could not cover come from the published run of the month before.
  ///
  /// - Returns: the month, or why it is not paid.
  public func payMonth(_ order: Order, under terms: PayingTerms) async throws(StoreError) -> Result<
    PaidMonth, PayingRefusal
  > {
    guard case .month(let month) = order.period else {
      return .failure(.desk(.notCovered, "\(order.period)"))
    }
    if let refusal = terms.refusal(order.scheme, order.period) { return .failure(refusal) }
    guard let advance = terms.clearing.advance else { return .failure(.desk(.noAdvance, terms.clearing.title)) }
    let found = try await cases(order)
    let carried = try await carriedIn(order, month)
    guard !found.isEmpty || !carried.isEmpty else { return .failure(.desk(.noCases, "\(order.scheme) \(month)")) }
    // Beside the paying: the digest goes through the cases on one core.
    async let digested = identity(of: found)
    let paid = await PaidCases.pay(
      found, under: terms.cases, determinations: order.inputs.determinations, progress: progress)
    let money = order.inputs.money(order.scheme, order.period)
    let worth: PeriodWorth
    switch paid.totals(order.scheme, order.period).flatMap({ totals in
      // What settlement came to needs no pool; points stand there for information only.
      advance.base.value == .worth
        ? PeriodWorth.of(order.period, totals, fund: money?.amount, under: terms.clearing.pool)
        : .success(
          PeriodWorth(
            period: order.period, pool: nil,
            accounts: totals.map { .init(totals: $0, share: nil, payable: .zero, steps: []) }))
    }) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let value): worth = value
    }
    let findings = order.inputs.findings.filter { $0.scheme == order.scheme && $0.period == order.period }
    let bases = Dictionary(
      uniqueKeysWithValues: worth.accounts.map {
        ($0.totals.institution, advance.base.value == .worth ? $0.budget : $0.spend)
      })
    let institutions = Set(bases.keys).union(carried.keys).union(findings.map(\.finding.institution)).sorted()
    let advances = institutions.map { code in
      MonthlyAdvance(
        code, month, base: bases[code] ?? .zero, findings: findings.map(\.finding),
        carriedIn: carried[code] ?? .zero, under: advance)
    }
    let further = Self.further(findings: findings, money: worth.pool == nil ? nil : money)
      .merging(paid.decisions) { first, _ in first }
      .merging(carried.map { ("carried \($0.key)", $0.value.yuan) }) { first, _ in first }
    let inputs = PaymentRun.Inputs(
      kind: .month, region: order.region, scheme: order.scheme, period: order.period, contract: terms.identity,
      cases: await digested, further: further)
    let made = try await make(inputs, lines: Self.lines(advances, worth, carried)) { identity in
      advances.map { ClearingPostings.entry($0, scheme: order.scheme, run: identity) }
    }
    let hasPool = advance.base.value == .worth
    return made.map {
      PaidMonth(made: $0, worth: hasPool ? worth : nil, advances: advances, cases: paid, findings: findings)
    }
  }

  /// What the month before could not cover, by institution.
  private func carriedIn(_ order: Order, _ month: YearMonth) async throws(StoreError) -> [String: Money] {
    // A year's clearing takes what its last month carries.
    guard month.month > 1 else { return [:] }
    let months = try await publishedMonths(order.region, order.scheme, month.year)
    guard let before = months.last(where: { $0.month < month }) else { return [:] }
    return before.run.lines.reduce(into: [:]) { found, line in
      if let carried = line.amounts["carried"], carried > .zero { found[line.holder] = carried }
    }
  }

  private static func lines(
    _ advances: [MonthlyAdvance], _ worth: PeriodWorth, _ carried: [String: Money]
  ) -> [PaymentRun.Line] {
    let accounts = Dictionary(uniqueKeysWithValues: worth.accounts.map { ($0.totals.institution, $0) })
    return advances.map { month in
      var amounts = [
        "base": month.base, "advance": month.advance, "deducted": month.deducted, "deposit": month.deposit,
        "carried": month.carried, "paid": month.paid,
      ]
      if let before = carried[month.institution] { amounts["carried_in"] = before }
      if let account = accounts[month.institution] { amounts.merge(account.amounts) { first, _ in first } }
      return .init(holder: month.institution, amounts: amounts)
    }
  }

  /// Findings and the fund's money as a run's inputs state them.
  static func further(findings: [PeriodFinding], money: FundMoney?) -> [String: String] {
    var further: [String: String] = [:]
    if let money { further["fund"] = money.text }
    for item in findings {
      further["finding \(item.finding.id)"] =
        "\(item.finding.institution) \(item.finding.amount.yuan) \(item.reason)"
    }
    return further
  }
}

/// A month's published run that counts: the last one of its period.
struct PublishedMonth {
  let month: YearMonth
  let run: PaymentRun
}

extension PayingDesk {
  /// The published months of a year, ascending; of several runs of a month the last counts.
  func publishedMonths(_ region: String, _ scheme: InsuranceScheme, _ year: Int) async throws(StoreError)
    -> [PublishedMonth]
  {
    var found: [YearMonth: PaymentRun] = [:]
    for published in try await store.runs(RunSelection(kind: .month, region: region, scheme: scheme)) {
      if case .month(let month) = published.run.inputs.period, month.year == year { found[month] = published.run }
    }
    return found.map { PublishedMonth(month: $0.key, run: $0.value) }.sorted { $0.month < $1.month }
  }
}

extension PeriodWorth.Account {
  /// Amounts for the line of a run.
  var amounts: [String: Money] {
    var amounts = ["spend": spend, "amount_due": totals.amountDue]
    if let share {
      amounts["share"] = share
      amounts["payable"] = payable
    }
    return amounts
  }
}
