import Claims
import Foundation
import Grouping
import Kernel
import Payment
import People
import Settlement
import StoreTrial
import TabularFiles
import Testing
import Workflows

/// Payment cases of settled stays: settlement, filed list and group come together, whatever the store.
@Suite struct CaseGatheringTests {
  private let desk: TrialDesk
  private let grouper: Grouper

  init() throws {
    desk = try StoreUnderTest.desk.get()
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let outline = EditionFile(root.appending(path: "Editions/chs-drg-outline").path, changes: EditionChanges())
    grouper = Grouper(try #require(EditionCache(folder: nil).open(outline).edition))
  }

  private var june: PaymentPeriod { .month(desk.day.yearMonth) }

  /// The list of a settlement of the trial desk: appendicitis of a woman of 40, discharged on advice.
  private func list(
    of number: Int, diagnosis: String = "K35.800", state: FiledSettlementList.State = .submitted
  ) -> FiledSettlementList {
    var list = SettlementList(
      settlement: "S\(number)", visit: "V\(number)", person: "P1", institution: desk.institution.institution.code)
    list.stay.dischargeWay = "2"
    list.stay.dischargeDepartment = "普通外科"
    list.stay.physician.code = "D001"
    list.diagnoses = [
      .init(kind: .chineseDisease, code: "A03", name: "", condition: nil, isPrincipal: true),
      .init(kind: .western, code: "I10.x00", name: "", condition: nil, isPrincipal: false),
      .init(kind: .western, code: diagnosis, name: "", condition: nil, isPrincipal: true),
    ]
    list.procedures = [.init(isPrincipal: true, code: "47.0901", name: "")]
    list.fees = [
      .init(category: "10", amount: Money(fen: 300)), .init(category: "09", amount: Money(fen: 500)),
      .init(category: "11", amount: Money(fen: 40)),
    ]
    return FiledSettlementList(
      id: "\(number)", owner: list.institution, settlement: list.settlement, time: "2025-06-10 08:00:00", list: list,
      state: state, findings: [])
  }

  private func file(_ lists: [FiledSettlementList], in store: any PayerStore) async throws {
    try await store.write { store throws(StoreError) in for list in lists { try store.put(list) } }
  }

  private func stays(_ count: Int, in store: any PayerStore) async throws {
    try await desk.enrol(["P1"], balance: .zero, in: store)
    for number in 1...count { #expect(try await desk.settleStay(number, person: "P1", in: store) != nil) }
  }

  private func gather(
    _ payer: any PayerStore, _ paying: any PaymentStore, _ period: PaymentPeriod? = nil
  ) async throws -> GatheringReport {
    try await CaseGathering(from: payer, into: paying, by: .drg(grouper)).gather(period ?? june, region: "990100")
  }

  @Test(arguments: StoreUnderTest.available)
  func `已结算、已提交清单、已入组的住院成为病例`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      try await stays(1, in: payer)
      try await file([list(of: 1)], in: payer)
      let report = try await gather(payer, paying)
      #expect(report.stayCount == 1 && report.caseCount == 1 && report.gaps == [])
      let record = try #require(try await payer.get { try $0.settlement("S1") })
      let expected = PaymentCase(
        id: "S1", institution: "H99010000001", level: .secondary, scheme: .employee, month: desk.day.yearMonth,
        cost: Money(fen: 500_000), fundShare: record.settled.amounts.pooled,
        group: grouper.group(
          GroupingCase(
            sex: .female, ageYears: 40, stayDays: 7, dischargeKind: 2, department: "普通外科",
            diagnoses: ["K35.800", "I10.x00"], procedures: ["47.0901"])
        ).code, stayDays: 7, ageYears: 40, dischargeKind: 2, department: "普通外科", physician: "D001",
        traditionalChinese: Money(fen: 340), marks: [.transfer])
      #expect(!expected.group.isEmpty && expected.fundShare > .zero)
      #expect(try await paying.all(june) == [expected])
      // Again: the same.
      #expect(try await gather(payer, paying, .year(2025)) == report)
      #expect(try await paying.all(.year(2025)) == [expected])
    }
  }

  @Test func `按险种归集时另一险种的病例不动`() async throws {
    try await StoreUnderTest.memory.use { payer in
      let paying = MemoryPaymentStore()
      try await stays(1, in: payer)
      try await file([list(of: 1)], in: payer)
      let residents = CaseGathering(from: payer, into: paying, by: .drg(grouper), schemes: [.resident])
      let none = try await residents.gather(june, region: "990100")
      #expect(none.stayCount == 0 && none.caseCount == 0 && none.gaps == [])
      let employees = CaseGathering(from: payer, into: paying, by: .drg(grouper), schemes: [.employee])
      #expect(try await employees.gather(june, region: "990100").caseCount == 1)
      _ = try await residents.gather(june, region: "990100")
      #expect(try await paying.all(june).map(\.id) == ["S1"])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `无清单、未提交、未入组逐笔说明`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      try await stays(5, in: payer)
      try await file(
        [
          list(of: 2, state: .uploaded), list(of: 3, state: .returned), list(of: 4, diagnosis: ""),
          list(of: 5, state: .passed),
        ], in: payer)
      let report = try await gather(payer, paying)
      #expect(report.stayCount == 5 && report.caseCount == 2)
      #expect(report.gaps.map(\.settlement) == ["S1", "S2", "S3", "S4"])
      #expect(report.gaps.map(\.kind.word) == ["no_list", "list_not_submitted", "list_not_submitted", "no_group"])
      let cases = try await paying.all(june)
      #expect(cases.map(\.id) == ["S4", "S5"] && cases[0].group.isEmpty && !cases[1].group.isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `撤销的结算退出，先前归集的病例被撤回`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let desk = desk
      let paying = MemoryPaymentStore()
      try await stays(2, in: payer)
      try await file([list(of: 1), list(of: 2)], in: payer)
      #expect(try await gather(payer, paying).caseCount == 2)
      // The reversal falls into the next month; the settlement falls out of its own.
      _ = try await payer.write { store throws(StoreError) in
        try desk.reverse("S1", as: "R1", message: "MR1", time: "2025-07-01 08:00:00", in: store)
      }
      let report = try await gather(payer, paying)
      #expect(report.stayCount == 1 && report.reversedCount == 1 && report.gaps == [])
      #expect(try await paying.all(.year(2025)).map(\.id) == ["S2"])
      let july = try await gather(payer, paying, YearMonth("2025-07").map { .month($0) })
      #expect(july.stayCount == 0 && july.reversedCount == 0)
    }
  }

  @Test func `只归集统筹区及其下辖地的机构`() async throws {
    let payer = MemoryStore()
    try await stays(1, in: payer)
    for (region, count) in [("990100", 1), ("990000", 1), ("990101", 0), ("990200", 0)] {
      let report = try await CaseGathering(from: payer, into: MemoryPaymentStore(), by: .drg(grouper))
        .gather(june, region: region)
      #expect(report.stayCount == count && report.institutionCount == count, "\(region)")
    }
  }

  @Test func `按DIP目录归集`() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let tables = try #require(DIPCatalogueFolder.read(root.appending(path: "Editions/dip-outline").path).value)
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    try await stays(2, in: payer)
    try await file([list(of: 1), list(of: 2, diagnosis: "")], in: payer)
    let report = try await CaseGathering(from: payer, into: paying, by: .dip(try DIPGrouper(tables)))
      .gather(june, region: "990100")
    let groups = try await paying.all(june).map(\.group)
    #expect(groups.count == 2 && groups[0].hasPrefix("K35"), "\(groups)")
    #expect(report.gaps.map(\.settlement).contains("S2"))
  }
}
