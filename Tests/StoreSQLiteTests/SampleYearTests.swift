import Claims
import Foundation
import Kernel
import Ledger
import People
import Policy
import Settlement
import StoreSQLite
import StoreTrial
import Synchronization
import Testing
import Workflows

/// A small sample region lived through the real workflows.
@Suite struct SampleYearTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  private func live(_ region: SampleRegion, _ name: String) async throws -> (SampleYearReport, [SampleTruth]) {
    let store = try SQLiteLoadingStore(path: folder.path(name))
    let desk = PayerDesk(store: store, library: folder.desk.library, region: SampleRegion.code)
    let covered = try #require(folder.desk.library.book.regions[SampleRegion.code]?.covered)
    let truths = Mutex<[SampleTruth]>([])
    let report = try await SampleYear(region, through: desk, store: store).live(over: covered) { planted in
      truths.withLock { $0.append(planted) }
    }
    try await store.finish()
    return (report, truths.withLock { $0 })
  }

  @Test func `同一种子得到同样的存储，对账无差异，真值与报告相符`() async throws {
    let region = SampleRegion(people: 160, year: 2025, seed: 11)
    let (report, truths) = try await live(region, "one.sqlite")
    let (again, truthsAgain) = try await live(region, "two.sqlite")
    #expect(report == again)
    #expect(truths == truthsAgain)
    let one = try await StoredRows.digest(folder.path("one.sqlite"))
    #expect(one == (try await StoredRows.digest(folder.path("two.sqlite"))))
    #expect(report.settlementCount > 500 && report.listCount > 10 && report.reversalCount > 0)
    #expect(report.settlementCount == report.byCare.values.reduce(0, +))
    #expect(truths.count == report.anomalies.values.reduce(0, +))
    // A carried balance each, twelve months of employees, premium and two subsidies of residents.
    #expect(report.receiptCount == 17)

    let store = try SQLitePayerStore(path: folder.path("one.sqlite"))
    let audit = try await Audit(store).run()
    #expect(audit.isClean, "\(audit.differences)")
    #expect(audit.settlementCount == report.settlementCount + report.reversalCount)
    #expect(audit.reversalCount == report.reversalCount)
    for planted in truths {
      let record = try await store.read { reading throws(StoreError) in try reading.settlement(planted.settlement) }
      #expect(record?.visit.id == planted.visit && record?.visit.person == planted.person)
    }
    store.close()
    #expect(try await SQLitePayerStore.check(path: folder.path("one.sqlite")) == [])
  }

  @Test func `基金收入按缴费政策逐人计算`() async throws {
    let region = SampleRegion(people: 120, year: 2026, seed: 8)
    _ = try await live(region, "income.sqlite")
    let store = try SQLitePayerStore(path: folder.path("income.sqlite"))
    defer { store.close() }
    let receipts = try await FundDesk(store: store).receipts(in: 2026)
    let kinds = (1...region.people).compactMap { region.person($0).record.person.enrolments.first?.kind }
    let residents = Int64(kinds.count { $0 == .resident })
    func sum(_ fund: String, _ kind: FundReceipt.Kind) -> Int64 {
      receipts.filter { $0.fund.word == fund && $0.kind == kind }.reduce(0) { $0 + $1.amount.fen }
    }
    #expect(sum("resident_pooled", .contribution) == residents * 40_000)
    #expect(sum("resident_pooled", .subsidy) == residents * 67_000)
    // Every month's base lies between 60 % and 300 % of 6,800 yuan, of which employers pay 6.5 %.
    let payers = Int64(kinds.count { $0 == .employer || $0 == .flexible })
    for receipt in receipts where receipt.kind == .contribution && receipt.fund.word == "employee_pooled" {
      #expect(receipt.amount.fen <= payers * 132_600 && receipt.amount.fen >= payers * 26_520 * 8 / 10)
    }
  }

  @Test func `清单的疏漏都由质控查出，不影响结算和分组`() async throws {
    let region = SampleRegion(people: 400, year: 2026, seed: 5)
    let (report, _) = try await live(region, "slips.sqlite")
    #expect(report.listsWithSlips > 0 && report.listsWithSlips * 5 < report.listCount, "\(report)")
    let store = try SQLitePayerStore(path: folder.path("slips.sqlite"))
    defer { store.close() }
    let codes = try await store.read { reading throws(StoreError) in
      try reading.institutions(after: "", limit: 1_000).map(\.institution.code)
    }
    var lists: [FiledSettlementList] = []
    for code in codes {
      lists += try await store.read { reading throws(StoreError) in
        try reading.filed(FiledSettlementList.self, of: code, from: "", to: "9999")
      }
    }
    #expect(lists.count == report.listCount)
    let found = lists.filter { !$0.findings.isEmpty }
    #expect(found.count == report.listsWithSlips, "\(found.map { $0.findings.map(\.rule) })")
    #expect(lists.allSatisfy { $0.findings.allSatisfy { $0.rule.severity == .warning } })
  }

  @Test func `灵活就业人员按职工参保，等待期满才能结算`() {
    let region = SampleRegion(people: 4_000, year: 2026, seed: 3)
    let rules = CoverageRules(employeeWaitingMonths: 1, flexibleWaitingMonths: 3)
    let people = (1...region.people).map { region.person($0) }
    let flexible = people.filter { $0.record.person.enrolments.first?.kind == .flexible }
    #expect((120...320).contains(flexible.count))
    var new = 0
    for person in flexible {
      guard let enrolment = person.record.person.enrolments.first else { continue }
      #expect(person.scheme == .employee && person.record.employer == nil)
      #expect(enrolment.registered >= (CalendarDate(year: 2025, month: 7, day: 1) ?? enrolment.registered))
      let start = enrolment.registered.yearMonth.adding(months: 3).firstDay
      #expect(person.record.person.coverage(on: start.adding(days: -1), under: rules) == .notCovered(.waiting))
      if person.record.person.death == nil {
        let covered = person.record.person.coverage(on: start, under: rules)
        #expect(covered == .covered(.employee, .inService, since: start))
      }
      if enrolment.registered.year == 2026 { new += 1 }
    }
    #expect(new > 5 && new < flexible.count / 3)
    let early = SampleRegion(people: 4_000, year: 2025, seed: 3)
    for number in 1...early.people {
      guard let enrolment = early.person(number).record.person.enrolments.first, enrolment.kind == .flexible else {
        continue
      }
      for month in 1...12 {
        #expect(early.visits(of: number, in: month).allSatisfy { $0.admitted >= enrolment.registered })
      }
    }
  }

  /// Newborns with a stay in their first weeks, by number.
  private func newbornStays(_ region: SampleRegion) -> [Int: SampleVisit] {
    var stays: [Int: SampleVisit] = [:]
    for number in 1...region.people where region.person(number).record.person.birth.year == region.year {
      for month in 1...12 {
        for visit in region.visits(of: number, in: month) where visit.birthWeight != nil { stays[number] = visit }
      }
    }
    return stays
  }

  @Test func `少数新生儿有自己的住院，与门诊不重叠`() {
    let region = SampleRegion(people: 40_000, year: 2026, seed: 4)
    let born = (1...region.people).count { region.person($0).record.person.birth.year == 2026 }
    let stays = newbornStays(region)
    #expect(born > 100 && stays.count * 20 > born && stays.count * 4 < born, "\(stays.count) of \(born)")
    for (number, stay) in stays {
      let birth = region.person(number).record.person.birth
      #expect((0...3).contains(birth.days(to: stay.admitted)) && birth.days(to: stay.discharged) <= 28)
      let weight = stay.birthWeight ?? 0
      #expect((1_050..<2_450).contains(weight) || (2_600..<4_100).contains(weight))
      let others = (1...12).flatMap { region.visits(of: number, in: $0) }.filter { $0.birthWeight == nil }
      #expect(others.allSatisfy { $0.admitted > stay.discharged })
    }
  }

  @Test func `新生儿的住院自出生起结算，清单写明天龄和体重`() async throws {
    // The first seed whose few people have such a stay.
    let found = (1...200).lazy.map { SampleRegion(people: 120, year: 2026, seed: UInt64($0)) }
      .first { region in newbornStays(region).count == 1 }
    let region = try #require(found)
    let (number, planned) = try #require(newbornStays(region).first)
    let person = region.person(number).record
    _ = try await live(region, "newborn.sqlite")
    let store = try SQLitePayerStore(path: folder.path("newborn.sqlite"))
    let settled = try await store.read { reading throws(StoreError) in
      try reading.settlements(ofPerson: person.person.number).filter { $0.claim.care.isStay && !$0.isReversal }
    }
    let own = try #require(settled.first)
    #expect(own.claim.admitted == planned.admitted && own.settled.cover.scheme == .resident)
    let registered = try #require(person.person.enrolments.first?.registered)
    #expect(own.claim.admitted < registered)
    let filed = try await store.read { reading throws(StoreError) in
      try reading.filed(FiledSettlementList.self, about: own.id).last
    }
    if let filed {
      #expect(filed.list.newborn?.birthWeights == [planned.birthWeight ?? 0])
      #expect(filed.list.newborn?.ageDays == person.person.birth.days(to: planned.admitted))
    }
    store.close()
  }

  @Test func `另一种子是另一些人`() {
    let (one, two) = (SampleRegion(people: 200, year: 2025, seed: 1), SampleRegion(people: 200, year: 2025, seed: 2))
    let names = { (region: SampleRegion) in (1...200).map { region.person($0).record.name } }
    #expect(names(one) != names(two))
    #expect(names(one) == names(one))
  }

  @Test func `证件号码互不相同且不会与真人相同`() {
    let region = SampleRegion(people: 2_400_000, year: 2025, seed: 5)
    var seen: Set<String> = []
    for number in Array(1...4_000) + Array(1_073_088...1_077_087) + Array(2_146_176...2_150_175) {
      let certificate = region.person(number).record.certificateNumber
      #expect(certificate.utf8.count == 18)
      #expect(certificate.last.map { !$0.isNumber && $0 != "X" } == true)
      seen.insert(certificate)
    }
    #expect(seen.count == 12_000)
  }

  @Test func `未完成的装入不能核验，完成后再写被拒`() async throws {
    let store = try SQLiteLoadingStore(path: folder.path("three.sqlite"))
    let early = await failure { _ = try await store.verifyChain() }
    #expect(early?.code == .refused)
    try await store.finish()
    let late = await failure { try await store.write { store throws(StoreError) in try store.close(year: 2024) } }
    #expect(late != nil)
  }

  @Test func `装入时失败的写入不留痕迹`() async throws {
    let store = try SQLiteLoadingStore(path: folder.path("four.sqlite"))
    let wrong = await failure {
      try await store.write { store throws(StoreError) in
        try store.close(year: 2024)
        throw StoreError(.refused, operation: "test", detail: "on purpose")
      }
    }
    #expect(wrong?.detail == "on purpose")
    #expect(try await store.read { store throws(StoreError) in try store.closedYear() } == nil)
    try await store.finish()
  }
}
