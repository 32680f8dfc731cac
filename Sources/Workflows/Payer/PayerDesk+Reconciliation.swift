public import Claims
public import Kernel
public import People
import Settlement

/// What an institution says it settled in a period (3201).
public struct ReconciliationRequest: Sendable {
  /// The scheme (`insutype`).
  public var scheme: InsuranceScheme
  /// The kinds of care that are cleared together (`clr_type`).
  public var kinds: Set<CareCategory>
  /// The first day (`stmt_begndate`).
  public var from: CalendarDate
  /// The last day (`stmt_enddate`).
  public var to: CalendarDate
  /// The institution's totals.
  public var totals: ReconciliationTotals

  /// Makes a request.
  public init(
    scheme: InsuranceScheme, kinds: Set<CareCategory>, from: CalendarDate, to: CalendarDate,
    totals: ReconciliationTotals
  ) {
    self.scheme = scheme
    self.kinds = kinds
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

extension PayerDesk {
  /// Compares totals of a period, scheme and kind of clearing (3201).
  public func reconcile(_ request: ReconciliationRequest, institution: String) async
    -> Result<ReconciliationAnswer, DeskRefusal>
  {
    await read { store throws(StoreError) in
      guard request.from <= request.to else {
        return .failure(.desk(.datesImpossible, about: "\(request.from)…\(request.to)"))
      }
      let records = try store.settlements(of: institution, from: request.from, to: request.to)
      var totals = ReconciliationTotals(count: 0, total: .zero, fund: .zero, account: .zero)
      for record in records
      where record.settled.cover.scheme == request.scheme && request.kinds.contains(record.visit.care) {
        let line = StatementLine(record)
        totals.count += line.isReversal ? -1 : 1
        totals.total += line.total
        totals.fund += line.fund
        totals.account += line.account
      }
      return .success(ReconciliationAnswer(payer: totals, institution: request.totals))
    }
  }

  /// The settlements and reversals of a visit, in order.
  public func settlements(ofVisit visit: String) async -> Result<[SettlementRecord], DeskRefusal> {
    await read { store throws(StoreError) in .success(try store.settlements(ofVisit: visit)) }
  }
}

extension PayerReading {
  /// Settlements and reversals that an institution made on some days, both included.
  func settlements(of institution: String, from: CalendarDate, to: CalendarDate) throws(StoreError)
    -> [SettlementRecord]
  {
    try settlements(of: institution, from: "\(from) 00:00:00", to: "\(to) 23:59:59")
  }
}
