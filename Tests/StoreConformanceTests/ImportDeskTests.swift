import Claims
import Foundation
import Grouping
import Kernel
import Payment
import People
import StoreRecords
import StoreTrial
import TabularFiles
import Testing
import Workflows

/// A hospital's own lists are filed once, replaced while their month is open, and refused beside what is known.
@Suite struct ImportDeskTests {
  private let grouper: Grouper
  private static let region = "990100"

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let outline = EditionFile(root.appending(path: "Editions/chs-drg-outline").path, changes: EditionChanges())
    grouper = Grouper(try #require(EditionCache(folder: nil).open(outline).edition))
  }

  private func desk(
    _ payer: any PayerStore, _ paying: any PaymentStore, storing: Bool = true
  ) async throws -> ImportDesk {
    let engines = Dictionary(
      uniqueKeysWithValues: InsuranceScheme.allCases.map { ($0, CaseGathering.Engine.drg(grouper)) })
    let desk = try await ImportDesk(
      payer: payer, paying: paying, region: Self.region, engines: engines, isStoring: storing)
    let hospital = InstitutionRecord(
      institution: Institution(code: "H1", level: .secondary), name: "医院", kind: "1", region: Self.region,
      levelCode: "5")
    _ = try await desk.take([.init(hospital, at: ImportPlace(file: "i.csv", row: 2))])
    return desk
  }

  /// Appendicitis of a woman of 30, 1,000 yuan, discharged on the fifth of a month.
  private func stated(_ number: String, month: String = "2026-03", fund: Int64 = 60_000) -> StatedSettlementList {
    var list = SettlementList(settlement: number, visit: "V", person: "", institution: "H1")
    list.recordNumber = "R\(number)"
    list.patient.sex = .female
    list.patient.birth = CalendarDate("1996-01-01")
    list.stay.admitted = Moment("\(month)-01 09:00:00")
    list.stay.discharged = Moment("\(month)-05 10:00:00")
    list.stay.dischargeWay = "2"
    list.stay.receiver = "上级医院"
    list.stay.dischargeDepartment = "普通外科"
    list.stay.physician.code = "D1"
    list.diagnoses = [.init(kind: .western, code: "K35.800", name: "", condition: .present, isPrincipal: true)]
    list.procedures = [.init(isPrincipal: true, code: "47.0901", name: "")]
    list.fees = [
      .init(category: "09", amount: Money(fen: 90_000), other: Money(fen: 90_000)),
      .init(category: "10", amount: Money(fen: 10_000), other: Money(fen: 10_000)),
    ]
    list.payment.funds = [.init(fund: "employee_pooled", amount: Money(fen: fund))]
    return StatedSettlementList(list, care: .inpatient, scheme: .employee)
  }

  private func rows(_ lists: [StatedSettlementList]) -> [ImportDesk.Row<StatedSettlementList>] {
    lists.enumerated().map { .init($1, at: ImportPlace(file: "l.csv", row: $0 + 2)) }
  }

  private func outcomes(_ answers: [ImportDesk.Answer]) -> [String] {
    answers.map { answer in
      let numbers = answer.findings.filter(\.isRefusing).map { "\($0.number)" }
      return ([answer.outcome.rawValue] + numbers).joined(separator: " ")
    }
  }

  private var march: PaymentPeriod { .month(PayingSample.month("2026-03")) }

  @Test(arguments: StoreUnderTest.available)
  func `清单成为记录和病例，再导入什么都不变`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      let first = try await desk(payer, paying).take(rows([stated("L1"), stated("L2")]))
      #expect(outcomes(first) == ["added", "added"])
      let expected = PaymentCase(
        id: "L1", institution: "H1", level: .secondary, scheme: .employee, month: PayingSample.month("2026-03"),
        cost: Money(fen: 100_000), fundShare: Money(fen: 60_000),
        group: grouper.group(
          GroupingCase(
            sex: .female, ageYears: 30, stayDays: 4, dischargeKind: 2, department: "普通外科", diagnoses: ["K35.800"],
            procedures: ["47.0901"])
        ).code, stayDays: 4, ageYears: 30, dischargeKind: 2, department: "普通外科", physician: "D1",
        traditionalChinese: Money(fen: 10_000), marks: [.transfer])
      #expect(try await paying.all(march).first == expected && expected.group == "GD29")
      let record = try #require(try await payer.get { try $0.filed(ImportedSettlementList.self, "L1") })
      #expect(record.group == "GD29" && record.category == "MDCG" && record.place.row == 2)
      #expect(record.time == "2026-03-05" && record.owner == "H1" && record.content.ageYears == 30)
      let cases = try await paying.all(march)
      let again = try await desk(payer, paying)
      #expect(try await outcomes(again.take(rows([stated("L1"), stated("L2")]))) == ["same", "same"])
      #expect(try await paying.all(march) == cases)
      let report = await again.report
      #expect(report.lists.same == 2 && report.caseCount == 2)
      let filed = try await payer.get {
        try $0.filed(ImportedSettlementList.self, of: "H1", from: "2026-01-01", to: "2026-12-31")
      }
      #expect(filed.map(\.id) == ["L1", "L2"])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `内容变化的替换原来的，换了月份病例随之移动`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      _ = try await desk(payer, paying).take(rows([stated("L1"), stated("L2")]))
      let next = try await desk(payer, paying)
      let answers = try await next.take(rows([stated("L1", fund: 50_000), stated("L2", month: "2026-04")]))
      #expect(outcomes(answers) == ["replaced", "replaced"])
      #expect(try await paying.all(march).map(\.fundShare) == [Money(fen: 50_000)])
      #expect(try await paying.all(.year(2026)).map(\.id) == ["L1", "L2"])
      let changes = await next.report.changes
      #expect(changes.map(\.id) == ["L1", "L2"] && changes.allSatisfy { $0.isContent })
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `所在月份公布后内容不再替换，新的清单仍可导入`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      _ = try await desk(payer, paying).take(rows([stated("L1"), stated("L2", month: "2026-04")]))
      let inputs = PaymentRun.Inputs(
        kind: .month, region: Self.region, scheme: .employee, period: march, contract: "c", cases: "x")
      let run = PaymentRun(inputs, lines: [], digest: RunDigest.of) { _ in [] }
      try await paying.publish(PayingSample.published(run))
      let answers = try await desk(payer, paying).take(
        rows([
          stated("L1"), stated("L2", month: "2026-03"), stated("L3"), stated("L1", fund: 50_000),
        ]))
      // The last contradicts the first of this import before anything else.
      #expect(outcomes(answers) == ["same", "unusable 731", "added", "unusable 728"])
      let changed = try await desk(payer, paying).take(rows([stated("L1", fund: 50_000)]))
      #expect(outcomes(changed) == ["unusable 731"])
      #expect(try await paying.all(march).map(\.fundShare) == [Money(fen: 60_000), Money(fen: 60_000)])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `试运行什么都不存储`(kind: StoreUnderTest) async throws {
    try await kind.use { payer in
      let paying = MemoryPaymentStore()
      let dry = try await desk(payer, paying, storing: false)
      #expect(try await outcomes(dry.take(rows([stated("L1"), stated("L1")]))) == ["added", "same"])
      #expect(await dry.report.caseCount == 1)
      #expect(try await paying.all(.year(2026)) == [])
      #expect(try await payer.get { try $0.filed(ImportedSettlementList.self, "L1") } == nil)
      #expect(try await payer.get { try $0.institution("H1") } == nil)
    }
  }

  @Test func `与已知情况不符的行不能使用，各有编号`() async throws {
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    let trial = try StoreUnderTest.desk.get()
    try await trial.enrol(["P1"], balance: .zero, in: payer)
    #expect(try await trial.settleStay(1, person: "P1", in: payer) != nil)
    let own = trial.institution.institution.code
    func changed(_ number: String, _ change: (inout StatedSettlementList) -> Void) -> StatedSettlementList {
      var list = stated(number)
      change(&list)
      return list
    }
    let cases: [(String, StatedSettlementList)] = [
      ("711", changed("") { $0.list.recordNumber = "" }), ("713", stated("有 空格")),
      ("721", changed("A1") { $0.list.institution = "H9" }),
      (
        "722",
        changed("A2") {
          $0.scheme = nil; $0.list.payment.funds[0].fund = "other"
        }
      ),
      ("722", changed("A3") { $0.scheme = .resident }), ("723", changed("A4") { $0.list.patient.sex = nil }),
      ("724", changed("A5") { $0.list.patient.birth = nil }), ("725", changed("A6") { $0.list.payment.funds = [] }),
      ("726", changed("A7") { $0.list.fees = [] }),
      ("726", changed("A8") { $0.list.payment.funds[0].amount = Money(fen: 200_000) }),
      ("726", changed("A9") { $0.total = Money(fen: -1) }),
      (
        "726",
        changed("B1") {
          $0.list.fees[0].amount = Money(fen: .max); $0.list.fees[1].amount = Money(fen: .max)
        }
      ),
      ("602", changed("B2") { $0.total = Money(fen: 100_001) }),
      (
        "605",
        changed("B3") {
          $0.list.payment.selfPay = Money(fen: 1); $0.list.payment.ownPay = .zero
        }
      ),
      ("101", changed("B4") { $0.list.stay.admitted = nil }), ("102", changed("B5") { $0.list.stay.discharged = nil }),
      ("729", stated("S1")), ("730", changed("S1") { $0.list.institution = own }),
    ]
    let desk = try await desk(payer, paying)
    let answers = try await desk.take(rows(cases.map(\.1)))
    for (answer, expected) in zip(answers, cases) {
      let numbers = answer.findings.filter(\.isRefusing).map { "\($0.number)" }
      #expect(answer.outcome == .unusable && numbers == [expected.0], "\(expected.1.list.settlement)")
      #expect(answer.findings.allSatisfy { !$0.reason.chinese.isEmpty && !$0.advice.english.isEmpty })
    }
    #expect(await desk.report.lists.unusable == cases.count)
    #expect(try await paying.all(.year(2026)) == [])
    // What the hospital bears explains what the person does not.
    let borne = changed("C1") {
      $0.list.payment.selfPay = Money(fen: 30_000)
      $0.list.payment.ownPay = .zero
      $0.hospitalPart = Money(fen: 10_000)
    }
    #expect(try await outcomes(desk.take(rows([borne]))) == ["added"])
  }

  @Test func `没有医保登记时性别和年龄取自清单，年龄可以代替出生日期`() async throws {
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    var byAge = stated("L1")
    byAge.list.patient.birth = nil
    byAge.ageYears = 30
    var infant = stated("L2")
    infant.list.patient.birth = nil
    infant.ageYears = 0
    let answers = try await desk(payer, paying).take(rows([byAge, infant]))
    // An age of no years alone does not make somebody a newborn.
    #expect(outcomes(answers) == ["added", "added"])
    #expect(try await paying.all(march).map(\.ageYears) == [30, 0])
  }

  @Test func `门诊慢特病清单存档而不成为病例`() async throws {
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    var chronic = stated("L1")
    chronic.care = .chronic
    chronic.list.stay.admitted = nil
    chronic.list.stay.discharged = nil
    chronic.list.payment.to = CalendarDate("2026-03-09")
    #expect(try await outcomes(desk(payer, paying).take(rows([chronic]))) == ["added"])
    #expect(try await paying.all(.year(2026)) == [])
    #expect(try await payer.get { try $0.filed(ImportedSettlementList.self, "L1")?.time } == "2026-03-09")
  }

  @Test func `质量报告按规则和月份计数，病组按类和组合计`() async throws {
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    var odd = stated("L3")
    odd.list.diagnoses[0].code = "ZZ9.900"
    let desk = try await desk(payer, paying)
    _ = try await desk.take(rows([stated("L1"), stated("L2", month: "2026-04"), odd]))
    let report = await desk.report
    let noGroup = report.breaches.filter { $0.key.number == ImportRule.noGroup.rawValue }
    #expect(noGroup.map(\.key.month) == ["2026-03"] && noGroup.first?.value.examples == ["L3"])
    #expect(report.months == ["2026-03": 2, "2026-04": 1])
    let groups = report.groups.sorted { $0.key < $1.key }.map { "\($0.key.category) \($0.key.group) \($0.value.count)" }
    #expect(groups == ["  1", "MDCG GD29 2"])
    #expect(report.groups.values.reduce(Money.zero) { $0 + $1.cost } == Money(fen: 300_000))
    #expect(Set(report.work.keys.map(\.month)) == ["2026-03", "2026-04"])
  }

  @Test func `同一机构两种写法只用第一种`() async throws {
    let (payer, paying) = (MemoryStore(), MemoryPaymentStore())
    let desk = try await desk(payer, paying)
    func record(_ name: String) -> ImportDesk.Row<InstitutionRecord> {
      .init(
        InstitutionRecord(
          institution: Institution(code: "H2", level: .primary), name: name, kind: "1", region: Self.region,
          levelCode: "8"), at: ImportPlace(file: "i.csv"))
    }
    let answers = try await desk.take([record("甲"), record("甲"), record("乙")])
    // Rows of one block see each other.
    #expect(outcomes(answers) == ["added", "same", "unusable 744"])
    let changed = try await self.desk(payer, paying).take([record("乙")])
    #expect(outcomes(changed) == ["replaced"])
    #expect(try await payer.get { try $0.institution("H2")?.name } == "乙")
  }

  @Test func `规则编号互不相同，双语说明和处理办法齐全`() {
    let numbers = ImportRule.allCases.map(\.rawValue) + SettlementListRule.allCases.map(\.rawValue)
    #expect(Set(numbers).count == numbers.count)
    for rule in ImportRule.allCases {
      for text in [rule.message, rule.advice] { #expect(!text.chinese.isEmpty && !text.english.isEmpty, "\(rule)") }
    }
  }
}
