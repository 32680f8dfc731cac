public import Claims
public import Kernel
public import Ledger
public import People
import Policy
public import Settlement

/// Everything settled for one person, in memory: settles, reverses, and keeps accumulators and balances right.
///
/// Accumulators are sums of what each settlement changed, so that after a reversal later visits are settled as if the
/// reversed one had never been.
public struct SettlementHistory: Sendable {
  /// One settlement and the policy it was made under.
  public struct Record: Sendable {
    /// The claim.
    public let claim: Claim
    /// The settlement.
    public let settled: SettledClaim
    /// The policy.
    public let policy: SettlementPolicy
    /// The postings that took it back, when it was reversed.
    public internal(set) var reversal: LedgerEntry?
  }

  /// What came of a claim.
  public enum Answer: Sendable {
    /// Settled.
    case settled(Record)
    /// Refused; nothing changed.
    case refused(SettlementOutcome, LocalizedText)
  }

  /// Why a reversal is refused.
  public enum ReversalRefusal: Error, Sendable {
    /// No settlement has that identifier.
    case notFound(String)
    /// The settlement was reversed before.
    case alreadyReversed(String)
  }

  private struct Year: Hashable {
    let scheme: InsuranceScheme
    let year: Int
  }

  /// The person.
  public let person: InsuredPerson
  /// Every settlement, reversed ones included, in order.
  public private(set) var records: [Record] = []
  /// What can pay the person's share now.
  public private(set) var credit: CreditFacts
  private var years: [Year: Accumulators] = [:]
  private let opening: Accumulators?

  /// Begins a history.
  ///
  /// - Parameters:
  ///   - person: the person.
  ///   - credit: balances at the beginning.
  ///   - opening: what a year held before, when the history does not begin with it.
  public init(person: InsuredPerson, credit: CreditFacts, opening: Accumulators? = nil) {
    self.person = person
    self.credit = credit
    self.opening = opening
    if let opening { years[Year(scheme: opening.scheme, year: opening.year)] = opening }
  }

  /// The accumulators of a year, empty when nothing was settled in it.
  public func accumulators(_ scheme: InsuranceScheme, year: Int) -> Accumulators {
    years[Year(scheme: scheme, year: year)] ?? Accumulators(scheme: scheme, year: year)
  }

  /// Settles a claim under the policy of a region.
  ///
  /// - Precondition: no standing settlement has the claim's identifier.
  public mutating func settle(_ claim: Claim, region: String, library: PolicyLibrary) -> Answer {
    precondition(!records.contains { $0.claim.id == claim.id && $0.reversal == nil }, "the claim is settled already")
    let policy: SettlementPolicy
    switch library.policy(region: region, dates: claim.eventDates) {
    case .success(let ready): policy = ready
    case .failure(let failure): return Self.refusal(failure)
    }
    var accumulators = Accumulators(scheme: .employee, year: claim.discharged.year)
    if case .success(let cover) = SettlementEngine.cover(for: claim, of: person, under: policy) {
      accumulators = self.accumulators(cover.scheme, year: claim.discharged.year)
    }
    switch SettlementEngine.settle(claim, of: person, under: policy, after: accumulators, credit: credit) {
    case .failure(let outcome):
      return .refused(outcome, library.message(for: outcome, of: claim, by: person, region: region))
    case .success(let settled):
      accumulators.add(settled.change)
      years[Year(scheme: accumulators.scheme, year: accumulators.year)] = accumulators
      move(settled.amounts, sign: -1)
      let record = Record(claim: claim, settled: settled, policy: policy)
      records.append(record)
      return .settled(record)
    }
  }

  /// Takes a settlement back: opposite postings, accumulators and balances as if it had never been.
  @discardableResult
  public mutating func reverse(_ id: String) throws(ReversalRefusal) -> LedgerEntry {
    guard let place = records.lastIndex(where: { $0.claim.id == id }) else { throw .notFound(id) }
    guard records[place].reversal == nil else { throw .alreadyReversed(id) }
    let settled = records[place].settled
    let key = Year(scheme: settled.cover.scheme, year: records[place].claim.discharged.year)
    years[key]?.remove(settled.change)
    move(settled.amounts, sign: 1)
    let entry = settled.reversalEntry(reference: "\(id)/reversal")
    records[place].reversal = entry
    return entry
  }

  /// Whether the accumulators equal the sum of all standing settlements; asserted by whoever keeps a history.
  public func accumulatorsAreDerivable() -> Bool {
    var derived: [Year: Accumulators] = [:]
    if let opening { derived[Year(scheme: opening.scheme, year: opening.year)] = opening }
    for record in records where record.reversal == nil {
      let key = Year(scheme: record.settled.cover.scheme, year: record.claim.discharged.year)
      derived[key, default: Accumulators(scheme: key.scheme, year: key.year)].add(record.settled.change)
    }
    return years.allSatisfy { key, value in
      value == derived[key] ?? Accumulators(scheme: key.scheme, year: key.year)
    }
  }

  private mutating func move(_ amounts: SettlementAmounts, sign: Int64) {
    credit.balance += Money(fen: sign * amounts.ownAccount.fen)
    credit.familyBalance += Money(fen: sign * amounts.familyAccount.fen)
    if let line = credit.creditLine { credit.creditLine = line + Money(fen: sign * amounts.creditAdvance.fen) }
  }

  private static func refusal(_ failure: PolicyLibrary.Failure) -> Answer {
    switch failure {
    case .refused(let refusal):
      switch refusal {
      case .unknownRegion: return .refused(.unknownRegion, refusal.message)
      case .dateNotCovered: return .refused(.dateNotCovered, refusal.message)
      }
    case .defective(let defects):
      let first = defects.list.first
      let message = SettlementOutcome.policyDefective.message
      return .refused(
        .policyDefective,
        LocalizedText(
          "\(message.chinese)：\(first?.file ?? "") \(first?.message.chinese ?? "")",
          "\(message.english): \(first?.file ?? "") \(first?.message.english ?? "")"))
    }
  }
}
