import Claims
import Kernel
import Ledger
import People
public import Settlement

extension PayerDesk {
  /// The record of a settlement that was worked out.
  func record(of work: SettlementWork, _ visit: Visit, id: String, message: String, time: String) -> SettlementRecord {
    var sources: [Int: PolicySource] = [:]
    for step in work.settled.steps {
      if let source = step.source { sources[Int(source.index)] = work.policy.source(source) }
    }
    return SettlementRecord(
      id: id, reverses: nil, visit: visit, claim: work.claim, settled: work.settled, sources: sources,
      entry: work.settled.entry, message: message, time: time,
      balance: work.balance.own - work.settled.amounts.ownAccount)
  }

  func answer(_ record: SettlementRecord, _ work: SettlementWork) -> SettlementAnswer {
    SettlementAnswer(
      record: record, person: work.person, institution: work.institution,
      explanation: record.explanation)
  }

  /// The answer of a settlement that still stands; one that was taken back since is refused, so that nobody who asks
  /// again believes it paid.
  func standing(_ id: String, _ store: any PayerReading) throws(StoreError) -> Result<SettlementAnswer, DeskRefusal> {
    if try store.reversal(of: id) != nil { return .failure(.desk(.settlementReversed, about: id)) }
    return try stored(id, store)
  }

  /// The answer of a settlement or reversal that is stored.
  func stored(_ id: String, _ store: any PayerReading) throws(StoreError) -> Result<SettlementAnswer, DeskRefusal> {
    guard let record = try store.settlement(id) else { return .failure(.desk(.settlementUnknown, about: id)) }
    return try stored(record, store)
  }

  func stored(_ record: SettlementRecord, _ store: any PayerReading) throws(StoreError)
    -> Result<SettlementAnswer, DeskRefusal>
  {
    guard let person = try store.person(record.visit.person) else {
      return .failure(.desk(.personUnknown, about: record.visit.person))
    }
    guard let institution = try store.institution(record.visit.institution) else {
      return .failure(.desk(.institutionUnknown, about: record.visit.institution))
    }
    return .success(
      SettlementAnswer(
        record: record, person: person, institution: institution, explanation: record.explanation))
  }
}

extension SettlementRecord {
  /// The trace in words, with the policy values as they were when it was made.
  public var explanation: [ExplainedStep] {
    settled.explanation(items: claim.lines.map(\.item)) { sources[Int($0.index)] }
  }
}
