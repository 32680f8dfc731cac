import Kernel
import Ledger
import Testing

private let entry = LedgerEntry(
  reference: "S1",
  postings: [
    Posting(.fund(.employeePooled), Money(fen: 7_000)), Posting(.personalAccount("P1"), Money(fen: 2_500)),
    Posting(.personalCash("P1"), Money(fen: 500)), Posting(.institution("H00000000001"), Money(fen: -10_000)),
  ])

@Test func `冲正分录科目不变金额相反且合计为零`() {
  let reversal = entry.reversed(reference: "R1")
  #expect(reversal.reference == "R1")
  #expect(reversal.postings.map(\.account) == entry.postings.map(\.account))
  #expect(zip(entry.postings, reversal.postings).allSatisfy { ($0.amount + $1.amount) == .zero })
  #expect(reversal.reversed(reference: "S1") == entry)
}

@Test func `分录合计为零`() {
  #expect(entry.postings.reduce(Money.zero) { $0 + $1.amount } == .zero)
  #expect(LedgerEntry(reference: "S2", postings: []).postings.isEmpty)
}

@Test func `不平的分录不能成立`() async {
  await #expect(processExitsWith: .failure) {
    _ = LedgerEntry(reference: "S3", postings: [Posting(.fund(.other), Money(fen: 1))])
  }
}

@Test func `基金的文件用词互不相同`() {
  #expect(Set(Fund.allCases.map(\.word)).count == Fund.allCases.count)
}

@Test func `每种科目的存储用词双向一致`() throws {
  let accounts: [LedgerAccount] = [
    .fund(.assistance), .personalAccount("P1"), .familyAccount("P1"), .personalCash("P1"), .borneByInstitution("H1"),
    .institution("H1"), .bank(.employeePooled), .deposit("H1"), .reserve(.residentPooled),
    .adjustmentFund(.employeePooled), .region("340100"),
  ]
  #expect(Set(accounts.map(\.words.kind)).count == accounts.count)
  for account in accounts {
    #expect(LedgerAccount(kind: account.words.kind, holder: account.words.holder) == account)
  }
  #expect(LedgerAccount(kind: "bank", holder: "H1") == nil)
  #expect(LedgerAccount(kind: "banks", holder: "employee_pooled") == nil)
}
