import Claims
import Kernel
import Ledger
import People

/// The postings of a settlement: each share is debited, the institution is credited with the whole bill.
enum PostingStep {
  static func entry(_ claim: Claim, _ person: InsuredPerson, _ scheme: InsuranceScheme, _ amounts: SettlementAmounts)
    -> LedgerEntry
  {
    var postings: [Posting] = []
    postings.reserveCapacity(8)
    func debit(_ account: LedgerAccount, _ amount: Money) {
      if amount != .zero { postings.append(Posting(account, amount)) }
    }
    debit(.fund(scheme == .employee ? .employeePooled : .residentPooled), amounts.pooled)
    debit(.fund(.largeSum), amounts.largeSum)
    debit(.fund(SupplementLayer.catastrophic.fund(in: scheme)), amounts.catastrophic)
    debit(.fund(.civilServant), amounts.civilServant)
    debit(.fund(.enterprise), amounts.enterprise)
    debit(.fund(.assistance), amounts.assistance)
    debit(.fund(.other), amounts.other)
    debit(.personalAccount(person.number), amounts.ownAccount)
    debit(.familyAccount(person.number), amounts.familyAccount)
    debit(.personalCash(person.number), amounts.cash)
    debit(.borneByInstitution(claim.institution.code), amounts.hospital)
    debit(.institution(claim.institution.code), -amounts.total)
    return LedgerEntry(reference: claim.id, postings: postings)
  }
}
