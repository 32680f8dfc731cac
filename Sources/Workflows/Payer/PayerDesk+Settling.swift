import Claims
public import Kernel
import Ledger
import People
import Policy
public import Settlement

/// What a settlement request says (2206, 2207, 2303, 2304).
public struct SettlementRequest: Sendable {
  /// The visit (`mdtrt_id`).
  public var visit: String
  /// The person (`psn_no`), when the request names one.
  public var person: String?
  /// The total that the institution expects (`medfee_sumamt`); compared when given.
  public var total: Money?
  /// Whether accounts may be used (`acct_used_flag`).
  public var usesAccount: Bool
  /// The batch that alone is to be settled (`chrg_bchno`); `nil` for all fees of the visit.
  public var batch: String?

  /// Makes a request.
  public init(visit: String, person: String?, total: Money?, usesAccount: Bool, batch: String? = nil) {
    self.batch = batch
    self.visit = visit
    self.person = person
    self.total = total
    self.usesAccount = usesAccount
  }
}

/// A settlement, a preview or a reversal with everything an answer shows.
public struct SettlementAnswer: Sendable {
  /// The settlement; for a preview its identifier and time are empty.
  public let record: SettlementRecord
  /// The person.
  public let person: PersonRecord
  /// The institution.
  public let institution: InstitutionRecord
  /// The trace in words.
  public let explanation: [ExplainedStep]
}

/// A settlement that was worked out but not stored.
struct SettlementWork: Sendable {
  /// The visit as the filings on its first day place it.
  let visit: Visit
  let claim: Claim
  let settled: SettledClaim
  let policy: SettlementPolicy
  let person: PersonRecord
  let institution: InstitutionRecord
  let balance: AccountBalance
}

extension PayerDesk {
  /// Works out what a settlement would be; nothing is stored (2206, 2303).
  public func preSettle(_ request: SettlementRequest, institution: String) async
    -> Result<SettlementAnswer, DeskRefusal>
  {
    let desk = self
    return await read { store throws(StoreError) in
      let states: [Visit.State] = [.open, .discharged]
      switch try Self.visit(request.visit, of: request.person, at: institution, in: states, store) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let visit):
        return try desk.prepare(visit, request, claim: visit.id, store).map { work in
          desk.answer(desk.record(of: work, work.visit, id: "", message: "", time: ""), work)
        }
      }
    }
  }

  /// Settles a visit (2207, 2304).
  ///
  /// A stay must be discharged first. The visit's fees are fixed from then on.
  public func settle(_ request: SettlementRequest, _ message: MessageContext) async
    -> Result<SettlementAnswer, DeskRefusal>
  {
    let desk = self
    return await once(
      message, again: { store, id throws(StoreError) in try desk.standing(id, store) },
      { transaction throws(StoreError) in
        let visit: Visit
        switch try Self.visit(
          request.visit, of: request.person, at: message.institution, in: [.open, .discharged], transaction)
        {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): visit = found
        }
        if visit.care.isStay && visit.state != .discharged { return .failure(.desk(.notDischarged, about: visit.id)) }
        try transaction.lock(person: visit.person)
        let id = "\(desk.region)S\(try transaction.nextNumber("settlement"))"
        switch try desk.prepare(visit, request, claim: id, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let work):
          var settled = work.visit
          settled.state = .settled
          return .success((try desk.commit(work, settled, id: id, message, transaction), made: id))
        }
      })
  }

  /// Takes a settlement back (2208, 2305): opposite postings, accumulators and balances as if it had never been.
  public func reverse(_ settlement: String, of person: String?, _ message: MessageContext) async
    -> Result<SettlementAnswer, DeskRefusal>
  {
    let desk = self
    return await once(
      message, again: { store, id throws(StoreError) in try desk.stored(id, store) },
      { transaction throws(StoreError) in
        guard let record = try transaction.settlement(settlement), record.reverses == nil else {
          return .failure(.desk(.settlementUnknown, about: settlement))
        }
        guard record.visit.institution == message.institution, person == nil || record.visit.person == person else {
          return .failure(.desk(.visitMismatch, about: settlement))
        }
        return try desk.takeBack(record, message, transaction).map { ($0, made: $0.record.id) }
      })
  }

  /// Undoes what an earlier message did, when its reply was lost (2601).
  ///
  /// - Returns: the reversal, or `nil` when the message never arrived or was undone before: either way nothing of it
  ///   stands now.
  public func undo(message lost: String, transaction infno: String, of person: String, _ message: MessageContext) async
    -> Result<SettlementAnswer?, DeskRefusal>
  {
    let desk = self
    return await once(
      message,
      again: { store, id throws(StoreError) in
        id.isEmpty ? .success(nil) : try desk.stored(id, store).map(Optional.some)
      },
      { transaction throws(StoreError) in
        guard let earlier = try transaction.message(lost) else {
          // The lost message may still be on its way: from now on it finds its identifier used.
          try transaction.append(
            MessageRecord(
              id: lost, institution: message.institution, transaction: infno, digest: "undone", result: ""))
          return .success((nil, made: ""))
        }
        guard earlier.institution == message.institution else {
          return .failure(.desk(.visitMismatch, about: lost))
        }
        guard let record = try transaction.settlement(earlier.result), record.reverses == nil,
          try transaction.reversal(of: record.id) == nil
        else { return try desk.undoVisit(earlier, person, transaction) }
        guard record.visit.person == person else { return .failure(.desk(.visitMismatch, about: lost)) }
        return try desk.takeBack(record, message, transaction).map { (Optional.some($0), made: $0.record.id) }
      })
  }

  /// Undoes a registration of which the reply was lost (2601 for 2401).
  private func undoVisit(_ earlier: MessageRecord, _ person: String, _ transaction: any PayerTransaction)
    throws(StoreError) -> Result<(SettlementAnswer?, made: String), DeskRefusal>
  {
    guard var visit = try transaction.visit(earlier.result), visit.state == .open else {
      return .success((nil, made: ""))
    }
    guard visit.person == person else { return .failure(.desk(.visitMismatch, about: earlier.id)) }
    guard try transaction.lines(of: visit.id).isEmpty else {
      return .failure(.desk(.visitState, about: visit.id))
    }
    visit.state = .withdrawn
    try transaction.put(visit)
    return .success((nil, made: ""))
  }

  // MARK: Working out and storing

  /// Checks the request and works the settlement out.
  func prepare(_ visit: Visit, _ request: SettlementRequest, claim id: String, _ store: any PayerReading)
    throws(StoreError) -> Result<SettlementWork, DeskRefusal>
  {
    let lines = try store.netLines(of: visit.id)
    // A visit is settled once, with all its fees.
    if let batch = request.batch, let other = lines.first(where: { $0.batch != batch }) {
      return .failure(.desk(.batchNotAlone, about: other.batch))
    }
    if let total = request.total {
      let sum = lines.reduce(Money.zero) { $0 + $1.line.amount }
      if sum != total { return .failure(.desk(.totalMismatch, about: "\(total) ≠ \(sum)")) }
    }
    let balance = try store.balance(visit.person)
    let credit = CreditFacts(
      balance: balance.own, familyBalance: balance.family, usesAccount: request.usesAccount)
    return try calculate(visit, lines, credit, claim: id, store)
  }

  /// Works a visit out under the policy of its dates; a stay that is not discharged ends with its last fee.
  func calculate(
    _ visit: Visit, _ lines: [UploadedLine], _ credit: CreditFacts, claim id: String, _ store: any PayerReading
  ) throws(StoreError) -> Result<SettlementWork, DeskRefusal> {
    guard let person = try store.person(visit.person) else {
      return .failure(.desk(.personUnknown, about: visit.person))
    }
    guard let institution = try store.institution(visit.institution) else {
      return .failure(.desk(.institutionUnknown, about: visit.institution))
    }
    let visit = try placed(visit, person, institution, store)
    let last = visit.discharged ?? lines.map(\.line.day).max() ?? visit.admitted
    let claim = Claim(
      id: id, care: visit.care, institution: institution.institution, admitted: visit.admitted,
      discharged: max(last, visit.admitted), lines: lines.map(\.line), filing: visit.filing,
      referralChain: visit.referralChain, chronicDisease: visit.chronicDisease, caseKind: visit.caseKind)
    if let closed = try store.closedYear(), claim.discharged.year <= closed {
      return .failure(.desk(.yearClosed, about: "\(claim.discharged.year)"))
    }
    let policy: SettlementPolicy
    switch library.policy(region: region, dates: claim.eventDates) {
    case .failure(let failure): return .failure(Self.refusal(failure))
    case .success(let ready): policy = ready
    }
    let accumulators = try store.accumulators(visit.person, visit.scheme, year: claim.discharged.year)
    switch SettlementEngine.settle(claim, of: person.person, under: policy, after: accumulators, credit: credit) {
    case .failure(.wrongYear): return .failure(.desk(.schemeMismatch, about: visit.scheme.insutype))
    case .failure(let outcome): return .failure(.settlement(outcome, outcome.message))
    case .success(let settled):
      return .success(
        SettlementWork(
          visit: visit, claim: claim, settled: settled, policy: policy, person: person, institution: institution,
          balance: try store.balance(visit.person)))
    }
  }

  /// Stores a settlement that was worked out.
  func commit(
    _ work: SettlementWork, _ visit: Visit, id: String, _ message: MessageContext, _ transaction: any PayerTransaction
  ) throws(StoreError) -> SettlementAnswer {
    let record = record(of: work, visit, id: id, message: message.id, time: message.time)
    try transaction.put(visit)
    try transaction.append(record)
    return answer(record, work)
  }

  /// Stores the reversal of a settlement; the visit is open again, a stay discharged.
  private func takeBack(_ record: SettlementRecord, _ message: MessageContext, _ transaction: any PayerTransaction)
    throws(StoreError) -> Result<SettlementAnswer, DeskRefusal>
  {
    try transaction.lock(person: record.visit.person)
    if try transaction.reversal(of: record.id) != nil {
      return .failure(.desk(.settlementReversed, about: record.id))
    }
    if let closed = try transaction.closedYear(), record.year <= closed {
      return .failure(.desk(.yearClosed, about: "\(record.year)"))
    }
    let id = "\(region)S\(try transaction.nextNumber("settlement"))"
    var visit = record.visit
    visit.state = visit.care.isStay ? .discharged : .open
    var reversal = record
    reversal.id = id
    reversal.reverses = record.id
    reversal.visit = visit
    reversal.entry = record.settled.reversalEntry(reference: id)
    reversal.message = message.id
    reversal.time = message.time
    let balance = try transaction.balance(visit.person)
    reversal.balance = balance.own + record.settled.amounts.ownAccount
    try transaction.put(visit)
    try transaction.append(reversal)
    try voidSettlementList(of: record.id, transaction)
    return try stored(reversal, transaction)
  }
}
