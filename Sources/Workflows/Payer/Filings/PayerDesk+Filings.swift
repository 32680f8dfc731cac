import Claims
import Kernel
import People

extension PayerDesk {
  /// Puts something about a person on file (2503, 2505, 2507).
  ///
  /// Refused when the same thing is on file for a day of the period.
  ///
  /// - Returns: the filing with its number (`trt_dcla_detl_sn`).
  public func file<Filing: BenefitFiling>(_ filing: Filing, _ message: MessageContext) async
    -> Result<Filing, DeskRefusal>
  {
    await file(filing, message) { _, _ in nil }
  }

  /// Puts a transfer to another institution on file (2501).
  ///
  /// The transfer continues the chain of referrals of the visit that the person leaves, or begins one: the visit that
  /// it names, else the stay at this institution on the day of the transfer.
  public func file(_ transfer: TransferFiling, _ message: MessageContext) async
    -> Result<TransferFiling, DeskRefusal>
  {
    let desk = self
    return await file(transfer, message) { transfer, store throws(StoreError) in
      let earlier: Visit?
      if let named = transfer.earlierVisit {
        guard let visit = try store.visit(named) else { return .desk(.visitUnknown, about: named) }
        guard visit.person == transfer.person, visit.institution == transfer.owner, visit.state != .withdrawn else {
          return .desk(.visitMismatch, about: named)
        }
        earlier = visit
      } else {
        earlier = try store.visits(of: transfer.person).last { $0.isStay(at: transfer.owner, on: transfer.date) }
      }
      transfer.chain = transfer.id
      guard let earlier else { return nil }
      transfer.earlierVisit = earlier.id
      guard let person = try store.person(earlier.person), let place = try store.institution(earlier.institution) else {
        return nil
      }
      transfer.chain = try desk.placed(earlier, person, place, store).referralChain ?? transfer.id
      return nil
    }
  }

  /// Files once; the body sees the numbered filing and may complete or refuse it.
  private func file<Filing: BenefitFiling>(
    _ filing: Filing, _ message: MessageContext,
    completing: @escaping @Sendable (inout Filing, any PayerReading) throws(StoreError) -> DeskRefusal?
  ) async -> Result<Filing, DeskRefusal> {
    let desk = self
    return await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(Filing.self, number), or: .filingState, number)
      },
      { transaction throws(StoreError) in
        try transaction.lock(person: filing.person)
        guard var record = try transaction.person(filing.person) else {
          return .failure(.desk(.personUnknown, about: filing.person))
        }
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        let standing = try transaction.filed(Filing.self, about: filing.person)
        for other in standing where other.withdrawal == nil && other.key == filing.key {
          if other.period.overlaps(filing.period) { return .failure(.desk(.filingState, about: other.id)) }
        }
        if let refusal = desk.conflict(of: filing, record) { return .failure(refusal) }
        var numbered = filing
        numbered.id = "\(desk.region)F\(try transaction.nextNumber("filing"))"
        numbered.owner = message.institution
        numbered.time = message.time
        if let refusal = try completing(&numbered, transaction) { return .failure(refusal) }
        var person = record.person
        numbered.enter(&person)
        if person != record.person {
          record.person = person
          try transaction.put(record, balance: nil)
        }
        try transaction.put(numbered)
        return .success((numbered, made: numbered.id))
      })
  }

  /// A disease that came on file with the enrolment, without a number.
  private func conflict(of filing: some BenefitFiling, _ record: PersonRecord) -> DeskRefusal? {
    guard let disease = filing as? DiseaseFiling else { return nil }
    let isOnFile = record.person.chronicFilings.contains {
      $0.disease == disease.disease && $0.period.overlaps(disease.period)
    }
    return isOnFile ? .desk(.filingState, about: disease.disease) : nil
  }

  /// Takes a filing back by its number (2502, 2504, 2506).
  ///
  /// Refused while a settlement rests on it.
  public func withdraw<Filing: BenefitFiling>(
    _ kind: Filing.Type, _ number: String, of person: String, because reason: String, _ message: MessageContext
  ) async -> Result<Filing, DeskRefusal> {
    await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(Filing.self, number), or: .filingState, number)
      },
      { transaction throws(StoreError) in
        try transaction.lock(person: person)
        guard var filing = try transaction.filed(Filing.self, number), filing.person == person,
          filing.owner == message.institution, filing.withdrawal == nil
        else { return .failure(.desk(.filingState, about: number)) }
        for visit in try transaction.visits(of: person) where visit.state == .settled && filing.bears(visit) {
          return .failure(.desk(.filingInUse, about: visit.id))
        }
        guard var record = try transaction.person(person) else {
          return .failure(.desk(.personUnknown, about: person))
        }
        filing.withdrawal = FilingWithdrawal(time: message.time, reason: reason)
        try transaction.put(filing)
        var facts = record.person
        filing.leave(&facts)
        if facts != record.person {
          record.person = facts
          try transaction.put(record, balance: nil)
        }
        return .success((filing, made: number))
      })
  }

  /// What of a kind stands on file for a person, in order of filing (5301, 5302, 5304).
  public func standing<Filing: BenefitFiling>(_ kind: Filing.Type, of person: String) async
    -> Result<[Filing], DeskRefusal>
  {
    await read { store throws(StoreError) in
      guard try store.person(person) != nil else { return .failure(.desk(.personUnknown, about: person)) }
      return .success(try store.filed(Filing.self, about: person).filter { $0.withdrawal == nil })
    }
  }
}

extension Visit {
  /// Whether it is a stay at an institution that had begun and not ended before a day.
  fileprivate func isStay(at place: String, on day: CalendarDate) -> Bool {
    care.isStay && state != .withdrawn && institution == place && admitted <= day
      && (discharged.map { day <= $0 } ?? true)
  }
}
