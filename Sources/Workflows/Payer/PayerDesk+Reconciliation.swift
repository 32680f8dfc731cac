import Claims
public import Kernel
public import People
import Settlement

/// What an institution says it settled in a period (3201).
public struct ReconciliationRequest: Sendable {
  /// The scheme (`insutype`).
  public var scheme: InsuranceScheme
  /// The first day (`stmt_begndate`).
  public var from: CalendarDate
  /// The last day (`stmt_enddate`).
  public var to: CalendarDate
  /// The institution's totals.
  public var totals: ReconciliationTotals

  /// Makes a request.
  public init(scheme: InsuranceScheme, from: CalendarDate, to: CalendarDate, totals: ReconciliationTotals) {
    self.scheme = scheme
    self.from = from
    self.to = to
    self.totals = totals
  }
}

/// Totals over settlements and reversals; a reversal takes away.
public struct ReconciliationTotals: Hashable, Sendable {
  /// Settlements less reversals (`fixmedins_setl_cnt`).
  public var count: Int
  /// Charged (`medfee_sumamt`).
  public var total: Money
  /// Paid by funds (`fund_pay_sumamt`).
  public var fund: Money
  /// Paid from accounts (`acct_pay`).
  public var account: Money

  /// Makes totals.
  public init(count: Int, total: Money, fund: Money, account: Money) {
    self.count = count
    self.total = total
    self.fund = fund
    self.account = account
  }
}

/// How two sides compare.
public struct ReconciliationAnswer: Sendable {
  /// What the payer has.
  public let payer: ReconciliationTotals
  /// What the institution has.
  public let institution: ReconciliationTotals

  /// Whether both are the same.
  public var isLevel: Bool { payer == institution }
}

/// One settlement or reversal in a detailed reconciliation (3202).
public struct ReconciliationLine: Hashable, Sendable {
  /// The settlement's identifier (`setl_id`).
  public var settlement: String
  /// Charged; negative for a reversal.
  public var total: Money
  /// Paid by funds; negative for a reversal.
  public var fund: Money
  /// Paid from accounts; negative for a reversal.
  public var account: Money

  /// Makes a line.
  public init(settlement: String, total: Money, fund: Money, account: Money) {
    self.settlement = settlement
    self.total = total
    self.fund = fund
    self.account = account
  }
}

/// A line on which two sides differ.
public struct ReconciliationDifference: Hashable, Sendable {
  /// The payer's line, when it has one.
  public let payer: ReconciliationLine?
  /// The institution's line, when it has one.
  public let institution: ReconciliationLine?

  /// Makes a difference.
  public init(payer: ReconciliationLine?, institution: ReconciliationLine?) {
    self.payer = payer
    self.institution = institution
  }
}

extension PayerDesk {
  /// Compares totals of a period (3201).
  public func reconcile(_ request: ReconciliationRequest, institution: String) async
    -> Result<ReconciliationAnswer, DeskRefusal>
  {
    await lines(of: institution, request.scheme, from: request.from, to: request.to).map { lines in
      var totals = ReconciliationTotals(count: 0, total: .zero, fund: .zero, account: .zero)
      for line in lines {
        totals.count += line.isReversal ? -1 : 1
        totals.total += line.line.total
        totals.fund += line.line.fund
        totals.account += line.line.account
      }
      return ReconciliationAnswer(payer: totals, institution: request.totals)
    }
  }

  /// Compares a period line by line (3202): every line on which the two sides differ.
  public func reconcileLines(
    _ theirs: [ReconciliationLine], _ scheme: InsuranceScheme, from: CalendarDate, to: CalendarDate,
    institution: String
  ) async -> Result<[ReconciliationDifference], DeskRefusal> {
    await lines(of: institution, scheme, from: from, to: to).map { own in
      var waiting = Dictionary(theirs.map { ($0.settlement, $0) }, uniquingKeysWith: { first, _ in first })
      var differences: [ReconciliationDifference] = []
      for line in own.map(\.line) {
        let other = waiting.removeValue(forKey: line.settlement)
        if other != line { differences.append(.init(payer: line, institution: other)) }
      }
      return differences
        + waiting.values.sorted { $0.settlement < $1.settlement }.map { .init(payer: nil, institution: $0) }
    }
  }

  private struct OwnLine: Sendable {
    let line: ReconciliationLine
    let isReversal: Bool
  }

  private func lines(of institution: String, _ scheme: InsuranceScheme, from: CalendarDate, to: CalendarDate) async
    -> Result<[OwnLine], DeskRefusal>
  {
    await read { store throws(StoreError) in
      guard from <= to else { return .failure(.desk(.datesImpossible, about: "\(from)…\(to)")) }
      let records = try store.settlements(of: institution, from: "\(from) 00:00:00", to: "\(to) 23:59:59")
      return .success(
        records.filter { $0.settled.cover.scheme == scheme }.map { record in
          let sign: Int64 = record.reverses == nil ? 1 : -1
          let amounts = record.settled.amounts
          let line = ReconciliationLine(
            settlement: record.id, total: Money(fen: sign * amounts.total.fen),
            fund: Money(fen: sign * amounts.fund.fen), account: Money(fen: sign * amounts.account.fen))
          return OwnLine(line: line, isReversal: record.reverses != nil)
        })
    }
  }

  /// The settlements and reversals of a visit, in order.
  public func settlements(ofVisit visit: String) async -> Result<[SettlementRecord], DeskRefusal> {
    await read { store throws(StoreError) in .success(try store.settlements(ofVisit: visit)) }
  }
}
