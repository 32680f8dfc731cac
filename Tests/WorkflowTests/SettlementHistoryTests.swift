import Catalog
import Claims
import Foundation
import Kernel
import Ledger
import People
import Policy
import PolicyFiles
import Settlement
import Testing
import Workflows

/// A person's settlements in order: balances, reversal, re-settlement (peers' faults F1 to F6 among them).
@Suite struct SettlementHistoryTests {
  static let library: PolicyLibrary = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let loaded = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
    guard let book = loaded.book else { preconditionFailure(loaded.diagnostics.map { $0.text(.english) }.joined()) }
    return PolicyLibrary(book)
  }()

  private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private func history(balance: Int64 = 0) throws -> SettlementHistory {
    let (first, last) = (try #require(YearMonth("2024-01")), try #require(YearMonth("2026-12")))
    let months = try #require(MonthRange(first, last))
    let enrolment = Enrolment(
      kind: .employer, category: .inService, registered: try day("2024-01-10"), paidMonths: [months])
    let person = InsuredPerson(number: "P1", sex: .female, birth: try day("1985-06-01"), enrolments: [enrolment])
    return SettlementHistory(person: person, credit: CreditFacts(balance: Money(fen: balance)))
  }

  private func visit(_ id: String, _ from: String, _ to: String, fen: Int64) throws -> Claim {
    let line = FeeLine(
      item: "XA01AB", day: try day(from), price: UnitPrice(microyuan: fen * 10_000), quantity: Quantity(1),
      terms: ItemTerms(.a))
    return Claim(
      id: id, care: .inpatient, institution: Institution(code: "H99010000001", level: .tertiary),
      admitted: try day(from), discharged: try day(to), lines: [line])
  }

  private func settle(_ history: inout SettlementHistory, _ claim: Claim) throws -> SettledClaim {
    guard case .settled(let record) = history.settle(claim, region: "990100", library: Self.library) else {
      throw Refused(claim: claim.id)
    }
    return record.settled
  }

  struct Refused: Error { let claim: String }

  @Test func `撤销第一次住院后第二次重新结算如同从未发生`() throws {
    let first = try visit("A", "2025-02-01", "2025-02-08", fen: 1_500_000)
    let second = try visit("B", "2025-05-01", "2025-05-08", fen: 2_000_000)
    var with = try history()
    _ = try settle(&with, first)
    let repeated = try settle(&with, second)
    try with.reverse("A")
    try with.reverse("B")
    let again = try settle(&with, second)
    var without = try history()
    let alone = try settle(&without, second)
    #expect(again.amounts == alone.amounts)
    #expect(repeated.amounts.deductible < alone.amounts.deductible)
    #expect(with.accumulators(.employee, year: 2025) == without.accumulators(.employee, year: 2025))
    #expect(with.accumulatorsAreDerivable())
  }

  @Test func `任意次序的两次结算和一次撤销累计都等于存续结算之和`() throws {
    // Every interleaving of settling A, settling B and reversing A, where A comes before its reversal.
    for order in ["A B -A", "A -A B", "B A -A"] {
      var history = try history(balance: 100_000)
      for event in order.split(separator: " ") {
        switch event {
        case "A": _ = try settle(&history, try visit("A", "2025-02-01", "2025-02-08", fen: 3_000_000))
        case "B": _ = try settle(&history, try visit("B", "2025-05-01", "2025-05-08", fen: 2_000_000))
        default: try history.reverse("A")
        }
        #expect(history.accumulatorsAreDerivable(), "\(order)")
      }
      let standing = history.records.filter { $0.reversal == nil }
      let used = standing.reduce(Money.zero) { $0 + $1.settled.amounts.ownAccount }
      #expect(history.credit.balance == Money(fen: 100_000) - used, "\(order)")
    }
  }

  @Test func `同一笔结算不能撤销两次`() throws {
    var history = try history()
    _ = try settle(&history, try visit("A", "2025-02-01", "2025-02-08", fen: 1_000_000))
    try history.reverse("A")
    #expect(throws: SettlementHistory.ReversalRefusal.self) { try history.reverse("A") }
    #expect(throws: SettlementHistory.ReversalRefusal.self) { try history.reverse("Z") }
  }

  @Test func `未能结算的就诊不改变任何东西`() throws {
    var history = try history(balance: 5_000)
    let before = history.accumulators(.employee, year: 2028)
    let late = try visit("A", "2028-02-01", "2028-02-08", fen: 1_000_000)
    guard case .refused(let outcome, let message) = history.settle(late, region: "990100", library: Self.library) else {
      Issue.record("settled outside coverage")
      return
    }
    #expect(outcome == .dateNotCovered)
    #expect(message.chinese.contains("2028-02-01"))
    #expect(history.records.isEmpty)
    #expect(history.credit.balance == Money(fen: 5_000))
    #expect(history.accumulators(.employee, year: 2028) == before)
  }

  @Test func `没有的统筹区说明如何查看`() throws {
    var history = try history()
    let claim = try visit("A", "2025-02-01", "2025-02-08", fen: 1_000)
    guard case .refused(.unknownRegion, let message) = history.settle(claim, region: "000000", library: Self.library)
    else {
      Issue.record("an unknown region settled")
      return
    }
    #expect(message.english.contains("yibao policy show"))
  }

  @Test func `全部统筹区的政策没有矛盾`() {
    for region in Self.library.book.regions.keys.sorted() {
      #expect(Self.library.check(region: region).defects.map(\.message.english) == [], "\(region)")
    }
  }

  @Test func `同一政策只编译一次且与直接编译相同`() throws {
    let dates = EventDates(on: try day("2026-03-01"))
    let first = try Self.library.policy(region: "990100", dates: dates).get()
    let second = try Self.library.policy(region: "990100", dates: EventDates(on: try day("2026-03-02"))).get()
    #expect(first === second)
    let direct = try SettlementPolicy(Self.library.book.snapshot(region: "990100", dates: dates))
    #expect(direct.sources == first.sources)
  }

  // MARK: Refusals that name what is missing

  private func refusal(_ kind: Enrolment.Kind, _ care: CareCategory, _ level: InstitutionLevel, region: String) throws
    -> (SettlementOutcome, LocalizedText)
  {
    let (first, last) = (try #require(YearMonth("2024-01")), try #require(YearMonth("2026-12")))
    let months = try #require(MonthRange(first, last))
    let enrolment = Enrolment(
      kind: kind, category: .inService, registered: try day("2024-01-10"), paidMonths: [months])
    let person = InsuredPerson(number: "P1", sex: .female, birth: try day("1985-06-01"), enrolments: [enrolment])
    var history = SettlementHistory(person: person, credit: CreditFacts())
    var claim = try visit("A", "2025-02-01", "2025-02-08", fen: 1_000_000)
    claim.care = care
    claim.institution.level = level
    guard case .refused(let outcome, let message) = history.settle(claim, region: region, library: Self.library) else {
      throw Refused(claim: "A")
    }
    return (outcome, message)
  }

  @Test func `没有参保规定时说出缺少的政策值`() throws {
    let (outcome, message) = try refusal(.flexible, .inpatient, .tertiary, region: "420200")
    #expect(outcome == .notRegulated)
    #expect(message.chinese.hasSuffix("（缺少 enrolment.flexible.waiting_months）"))
    #expect(message.english.hasSuffix("(missing: enrolment.flexible.waiting_months)"))
  }

  @Test func `该级别没有支付比例时列出有比例的级别`() throws {
    let (outcome, message) = try refusal(.employer, .inpatient, .township, region: "420200")
    #expect(outcome == .noRateAtLevel)
    #expect(
      message.english.hasSuffix(
        "(levels with a rate for in_service in settlement.employee.inpatient.pay_rate: primary, secondary, tertiary)"))
  }

  // MARK: Explanations

  @Test func `个人账户步骤同时引用可支付类别和可支付范围`() throws {
    var history = try history(balance: 100_000)
    let claim = try visit("A", "2025-02-01", "2025-02-08", fen: 1_000_000)
    guard case .settled(let record) = history.settle(claim, region: "990100", library: Self.library) else {
      throw Refused(claim: "A")
    }
    let step = record.settled.explanation(under: record.policy).first { $0.word == "account" }
    #expect(
      step?.sources.map(\.identifier) == [
        "settlement.employee.account.usable_for", "settlement.employee.account.scope",
      ])
  }
}
