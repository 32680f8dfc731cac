import Claims
import Kernel
import Ledger
import People
import Settlement

/// Proves what is stored from what was appended: accumulators, balances, ledger, reversals and the chain (对账).
///
/// Runs while the store serves: each person is read in one consistent state, and records never change.
///
/// ```swift
/// let report = try await Audit(store).run()
/// guard report.isClean else { … }
/// ```
public struct Audit: Sendable {
  private let store: any PayerStore
  private let chunk: Int

  /// Prepares the audit of a store.
  public init(_ store: any PayerStore) { self.init(store, personsAtOnce: 32) }

  init(_ store: any PayerStore, personsAtOnce chunk: Int) {
    self.store = store
    self.chunk = chunk
  }

  /// Looks at everything.
  public func run() async throws(StoreError) -> AuditReport {
    var report = AuditReport()
    var ledger = AuditLedger()
    let persons = try await store.read { reading throws(StoreError) in try reading.settledPersons() }
    var next = 0
    while next < persons.count {
      let some = Array(persons[next..<min(next + chunk, persons.count)])
      next += some.count
      let stored = try await store.read { reading throws(StoreError) in
        var stored: [AuditPerson.Stored] = []
        for number in some { stored.append(try AuditPerson.Stored(number, in: reading)) }
        return stored
      }
      for person in stored {
        report.personCount += 1
        report.differences += AuditPerson(stored: person).differences()
        for record in person.records { ledger.add(record) }
      }
    }
    report.settlementCount = ledger.settlementCount
    report.reversalCount = ledger.reversalCount
    report.postingCount = ledger.postingCount
    report.funds = ledger.funds
    report.total = ledger.delivered
    report.differences += ledger.differences()
    report.differences += try await store.verifyChain().map {
      AuditDifference(.chain, "chain", LocalizedText("记录链不成立：\($0)", "the chain does not hold: \($0)"))
    }
    return report
  }
}

/// The ledger by account, from the postings alone, beside what the amounts of the settlements say.
struct AuditLedger {
  private(set) var settlementCount = 0
  private(set) var reversalCount = 0
  private(set) var postingCount = 0
  private var posted: [LedgerAccount: Money] = [:]
  private var settled: [LedgerAccount: Money] = [:]

  /// What each fund paid, by its postings.
  var funds: [Fund: Money] {
    posted.reduce(into: [:]) { funds, line in
      if case .fund(let fund) = line.key { funds[fund] = line.value }
    }
  }

  /// What institutions delivered, by their postings.
  var delivered: Money {
    posted.reduce(.zero) { sum, line in
      if case .institution = line.key { return sum - line.value }
      return sum
    }
  }

  mutating func add(_ record: SettlementRecord) {
    if record.isReversal { reversalCount += 1 } else { settlementCount += 1 }
    postingCount += record.entry.postings.count
    for posting in record.entry.postings {
      posted[Self.shared(posting.account), default: .zero] += posting.amount
    }
    for (account, amount) in Self.shares(of: record) {
      settled[Self.shared(account), default: .zero] += Money(fen: record.sign * amount.fen)
    }
  }

  /// Accounts whose postings are not the amounts settled, and the sum of all when it is not nothing.
  func differences() -> [AuditDifference] {
    var found: [AuditDifference] = []
    let sum = posted.values.reduce(Money.zero, +)
    if sum != .zero {
      found.append(.init(.ledger, "all", LocalizedText("总账不平：\(sum)", "the ledger is out of balance: \(sum)")))
    }
    for account in Set(posted.keys).union(settled.keys) {
      let (mine, theirs) = (posted[account] ?? .zero, settled[account] ?? .zero)
      guard mine != theirs else { continue }
      found.append(
        .init(
          .ledger, Self.word(account),
          LocalizedText("分录合计 \(mine)，结算合计 \(theirs)", "postings come to \(mine), settlements to \(theirs)")))
    }
    return found.sorted { $0.subject < $1.subject }
  }

  /// Persons share one account of each kind here; theirs are looked at person by person.
  private static func shared(_ account: LedgerAccount) -> LedgerAccount {
    switch account {
    case .personalAccount: .personalAccount("")
    case .familyAccount: .familyAccount("")
    case .personalCash: .personalCash("")
    case .fund, .borneByInstitution, .institution, .bank, .deposit, .reserve, .adjustmentFund, .region: account
    }
  }

  private static func word(_ account: LedgerAccount) -> String {
    switch account {
    case .fund(let fund): "fund \(fund.word)"
    case .personalAccount: "personal accounts"
    case .familyAccount: "family accounts"
    case .personalCash: "cash"
    case .borneByInstitution(let code): "borne by \(code)"
    case .institution, .bank, .deposit, .reserve, .adjustmentFund, .region:
      account.words.kind + " " + account.words.holder
    }
  }

  private static func shares(of record: SettlementRecord) -> [(LedgerAccount, Money)] {
    let (amounts, scheme) = (record.settled.amounts, record.settled.cover.scheme)
    let code = record.claim.institution.code
    return [
      (.fund(scheme == .employee ? .employeePooled : .residentPooled), amounts.pooled),
      (.fund(.largeSum), amounts.largeSum),
      (.fund(scheme == .employee ? .employeeCatastrophic : .catastrophic), amounts.catastrophic),
      (.fund(.civilServant), amounts.civilServant), (.fund(.enterprise), amounts.enterprise),
      (.fund(.assistance), amounts.assistance), (.fund(.other), amounts.other),
      (.personalAccount(""), amounts.ownAccount), (.familyAccount(""), amounts.familyAccount),
      (.personalCash(""), amounts.cash), (.borneByInstitution(code), amounts.hospital),
      (.institution(code), -amounts.total),
    ]
  }
}
