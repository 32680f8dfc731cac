public import Claims
public import Kernel
import Settlement

/// One settlement or reversal in a detailed reconciliation (对明细账, 3202).
public struct StatementLine: Hashable, Sendable {
  /// The settlement (`setl_id`).
  public var settlement: String
  /// The visit (`mdtrt_id`).
  public var visit: String
  /// The person (`psn_no`).
  public var person: String
  /// The message that asked for it (`msgid`); empty on the institution's side.
  public var message: String
  /// Whether it takes a settlement back (`refd_setl_flag`).
  public var isReversal: Bool
  /// Charged; negative for a reversal (`medfee_sumamt`).
  public var total: Money
  /// Paid by funds; negative for a reversal (`fund_pay_sumamt`).
  public var fund: Money
  /// Paid from accounts; negative for a reversal (`acct_pay`).
  public var account: Money

  /// Makes a line of the institution's side.
  public init(
    settlement: String, visit: String, person: String, isReversal: Bool, total: Money, fund: Money, account: Money
  ) {
    self.settlement = settlement
    self.visit = visit
    self.person = person
    message = ""
    self.isReversal = isReversal
    self.total = total
    self.fund = fund
    self.account = account
  }

  /// The payer's line of a settlement or reversal.
  init(_ record: SettlementRecord) {
    let amounts = record.settled.amounts
    settlement = record.id
    visit = record.visit.id
    person = record.visit.person
    message = record.message
    isReversal = record.isReversal
    total = Money(fen: record.sign * amounts.total.fen)
    fund = Money(fen: record.sign * amounts.fund.fen)
    account = Money(fen: record.sign * amounts.account.fen)
  }

  /// Whether two sides mean the same; a message is known to the payer alone.
  fileprivate func agrees(with other: StatementLine) -> Bool {
    var mine = self
    mine.message = other.message
    return mine == other
  }
}

/// A line on which two sides differ.
public struct StatementDifference: Hashable, Sendable {
  /// The payer's line, when it has one.
  public let payer: StatementLine?
  /// The institution's line, when it has one.
  public let institution: StatementLine?

  /// Makes a difference.
  public init(payer: StatementLine?, institution: StatementLine?) {
    self.payer = payer
    self.institution = institution
  }
}

/// What an institution wants compared line by line (3202).
public struct StatementRequest: Sendable {
  /// The kinds of care that are cleared together (`clr_type`).
  public var kinds: Set<CareCategory>
  /// The first day (`stmt_begndate`).
  public var from: CalendarDate
  /// The last day (`stmt_enddate`).
  public var to: CalendarDate
  /// The institution's lines.
  public var lines: [StatementLine]

  /// Makes a request.
  public init(kinds: Set<CareCategory>, from: CalendarDate, to: CalendarDate, lines: [StatementLine]) {
    self.kinds = kinds
    self.from = from
    self.to = to
    self.lines = lines
  }
}

extension PayerDesk {
  /// A file that an institution uploaded.
  public func statement(_ number: String, of institution: String) async -> Result<FiledFile, DeskRefusal> {
    await read { store throws(StoreError) in
      guard let file = try store.filed(FiledFile.self, number), file.owner == institution else {
        return .failure(.desk(.statementUnknown, about: number))
      }
      return .success(file)
    }
  }

  /// Compares a period line by line, and files every line on which the two sides differ (3202).
  ///
  /// - Parameter file: makes the file of the differences: its name and its content as base64, or why it cannot be made.
  public func reconcile(
    _ request: StatementRequest, _ message: MessageContext,
    file: @escaping @Sendable ([StatementDifference]) -> Result<(name: String, contentBase64: String), DeskRefusal>
  ) async -> Result<FiledFile, DeskRefusal> {
    let desk = self
    return await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(FiledFile.self, number), or: .statementUnknown, number)
      },
      { transaction throws(StoreError) in
        guard request.from <= request.to else {
          return .failure(.desk(.datesImpossible, about: "\(request.from)…\(request.to)"))
        }
        let own = try transaction.settlements(of: message.institution, from: request.from, to: request.to)
          .filter { request.kinds.contains($0.visit.care) }
        let (name, content): (String, String)
        switch file(Self.differences(own.map(StatementLine.init), request.lines)) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let made): (name, content) = made
        }
        let number = "\(desk.region)R\(try transaction.nextNumber("statement"))"
        let filed = FiledFile(
          id: number, owner: message.institution, subject: message.transaction, time: message.time, name: name,
          contentBase64: content)
        try transaction.put(filed)
        return .success((filed, made: number))
      })
  }

  /// The payer's lines in order with what the institution has instead, then what the institution has besides; a line
  /// that stands twice on its side counts once.
  static func differences(_ own: [StatementLine], _ theirs: [StatementLine]) -> [StatementDifference] {
    var waiting: [String: [StatementLine]] = [:]
    for line in theirs { waiting[line.settlement, default: []].append(line) }
    var found: [StatementDifference] = []
    for line in own {
      let other = waiting[line.settlement]?.removeFirst()
      if waiting[line.settlement]?.isEmpty ?? false { waiting[line.settlement] = nil }
      if let other, other.agrees(with: line) { continue }
      found.append(StatementDifference(payer: line, institution: other))
    }
    for line in theirs {
      guard let rest = waiting[line.settlement], rest.contains(line) else { continue }
      waiting[line.settlement] = nil
      found += rest.map { StatementDifference(payer: nil, institution: $0) }
    }
    return found
  }
}
