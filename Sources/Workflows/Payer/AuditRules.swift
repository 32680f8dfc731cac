import Claims
import Kernel
import Ledger
public import Settlement

// What has to hold of every settlement and reversal: stores ask it before they append one, the audit asks it again.

extension SettlementRecord {
  /// Whether it takes another one back.
  public var isReversal: Bool { reverses != nil }

  /// 1 for a settlement, -1 for a reversal: the direction in which its amounts count.
  public var sign: Int64 { isReversal ? -1 : 1 }

  /// What the record says that cannot be, in words; nothing when all is well.
  ///
  /// - Parameter original: the settlement that the record takes back, when it is a reversal and the store has it.
  public func contradictions(original: SettlementRecord?) -> [String] {
    var found: [String] = []
    let amounts = settled.amounts
    if entry.postings.reduce(Money.zero, { $0 + $1.amount }) != .zero { found.append("the postings do not balance") }
    if settled.claim != claim.id { found.append("it settles another claim") }
    if amounts.total != amounts.fullySelfPaid + amounts.overLimit + amounts.preliminarySelfPay + amounts.inPolicy {
      found.append("the parts of the bill do not add up")
    }
    if entry.postings != expectedPostings { found.append("the postings are not those of its amounts") }
    guard let reverses else { return found }
    guard let original else { return found + ["it takes back \(reverses), which is not stored"] }
    if original.isReversal { found.append("it takes back a reversal") }
    if original.settled != settled || original.claim != claim { found.append("it differs from what it takes back") }
    if original.visit.person != visit.person { found.append("it takes back what another person was settled") }
    return found
  }

  private var expectedPostings: [Posting] {
    isReversal ? settled.entry.postings.map { Posting($0.account, -$0.amount) } : settled.entry.postings
  }

  /// The balances after the record, given those before.
  public func balance(after balance: AccountBalance) -> AccountBalance {
    AccountBalance(
      own: balance.own - Money(fen: sign * settled.amounts.ownAccount.fen),
      family: balance.family - Money(fen: sign * settled.amounts.familyAccount.fen))
  }

  /// What is wrong with the balances that the record leads to; `nil` when nothing is.
  public func fault(inBalance balance: AccountBalance) -> String? {
    if balance.own.isNegative || balance.family.isNegative { return "an account would fall below zero" }
    if balance.own != self.balance { return "the record's balance is not what the account holds afterwards" }
    return nil
  }
}

extension Accumulators {
  /// The accumulators after a record, or `nil` when it takes away a stay that they do not hold.
  public func after(_ record: SettlementRecord) -> Accumulators? {
    var moved = self
    if record.isReversal {
      if let stay = record.settled.change.stay, !stays.contains(stay) { return nil }
      moved.remove(record.settled.change)
    } else {
      moved.add(record.settled.change)
    }
    return moved
  }
}
