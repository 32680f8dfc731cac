import Foundation
import Kernel
import Policy
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
