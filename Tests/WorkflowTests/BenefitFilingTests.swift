import Claims
import Kernel
import People
import Settlement
import Testing
import Workflows

/// Filings and how care elsewhere rests on them (S6, S17).
///
/// The sample region pays care elsewhere after a first self-pay of 5 % when referred, 15 % when not filed, and nothing
/// more when living there or in an emergency; stays of one chain of referrals count as one at the highest deductible.
@Suite struct BenefitFilingTests {
  private static let elsewhere = "H99020000001"

  /// A desk with a hospital in another region.
  private func open() async throws -> DeskTrial {
    let trial = try await DeskTrial()
    let hospital = InstitutionRecord(
      institution: Institution(code: Self.elsewhere, level: .tertiary), name: "外省医院", kind: "1", region: "990200",
      levelCode: "2")
    try await trial.store.write { transaction throws(StoreError) in try transaction.put(hospital) }
    return trial
  }

  private func period(_ trial: DeskTrial, _ first: String, _ last: String?) throws -> DateRange {
    try #require(DateRange(trial.day(first), last.map { try trial.day($0) }))
  }

  private func transfer(
    _ trial: DeskTrial, to destination: String = elsewhere, reach: TransferFiling.Reach = .country,
    on day: String = "2026-03-01", until last: String? = "2026-03-31", from visit: String? = nil
  ) throws -> TransferFiling {
    TransferFiling(
      person: "P0000002", destination: destination, destinationName: "外省医院", destinationRegion: "990200",
      reach: reach, date: try trial.day(day), period: try period(trial, day, last), diagnosis: "J18.900",
      diagnosisName: "肺炎", reason: "病情需要", opinion: "同意", earlierVisit: visit)
  }

  private func designation(_ trial: DeskTrial, _ business: String) throws -> DesignationFiling {
    DesignationFiling(
      person: "P0000002", business: business, order: "1", institution: Self.elsewhere, institutionName: "外省医院",
      period: try period(trial, "2026-01-01", nil))
  }

  /// Registers and discharges a stay with one class A fee of 10,000.00 yuan.
  private func stay(
    _ trial: DeskTrial, at place: String = elsewhere, from: String = "2026-03-02", to: String = "2026-03-09",
    _ name: String = "S"
  ) async throws -> String {
    let first = try trial.day(from)
    let visit = Visit(
      id: "", person: "P0000002", institution: place, care: .inpatient, medicalType: "2101", scheme: .employee,
      institutionNumber: name, admitted: first, discharged: nil)
    let open = try await trial.desk.register(.init(visit: visit), trial.message("\(name)-1", "2401", at: place)).get()
    let fee = FeeUpload(
      serial: "1", batch: "", item: "XA001", day: first, price: UnitPrice(microyuan: 10_000_000_000),
      quantity: Quantity(1), amount: Money(fen: 1_000_000), approval: .notSubject)
    _ = try await trial.desk.uploadFees([fee], to: open.id, of: nil, trial.message("\(name)-2", "2301", at: place))
      .get()
    let last = try trial.day(to)
    _ = try await trial.desk.discharge(
      open.id, of: "P0000002", on: last, trial.message("\(name)-3", "2402", at: place)
    ).get()
    return open.id
  }

  private func settle(_ trial: DeskTrial, _ visit: String, at place: String = elsewhere, _ name: String = "S")
    async throws -> SettlementRecord
  {
    try await trial.desk.settle(trial.request(visit), trial.message("\(name)-4", "2304", at: place)).get().record
  }

  @Test func `省外就医未备案按未备案先行自付`() async throws {
    let trial = try await open()
    let record = try await settle(trial, try await stay(trial))
    #expect(record.visit.filing == .notFiled && record.claim.filing == .notFiled)
    #expect(record.settled.amounts.preliminarySelfPay == Money(fen: 150_000))
  }

  @Test func `转院备案后省外住院按转诊支付，期满后不再有效`() async throws {
    let trial = try await open()
    let filed = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    #expect(filed.owner == "H99010000001" && filed.time == "2026-03-02 10:00:00" && filed.chain == filed.id)
    let record = try await settle(trial, try await stay(trial))
    #expect(record.visit.filing == .referred && record.visit.referralChain == filed.id)
    #expect(record.settled.amounts.preliminarySelfPay == Money(fen: 50_000))
    let late = try await settle(trial, try await stay(trial, from: "2026-04-01", to: "2026-04-02", "L"), "L")
    #expect(late.visit.filing == .notFiled && late.visit.referralChain == nil)
  }

  @Test func `入院之后补备案，结算时即生效`() async throws {
    let trial = try await open()
    let visit = try await stay(trial)
    #expect(try await trial.desk.visit(visit).get().visit.filing == .notFiled)
    _ = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    #expect(try await settle(trial, visit).visit.filing == .referred)
  }

  @Test(arguments: [("08", CrossRegionFiling.longTerm), ("07", .emergency), ("03", .notFiled)])
  func `异地安置和异地急诊登记按其类别支付，其他定点登记不影响支付`(business: String, filing: CrossRegionFiling) async throws {
    let trial = try await open()
    _ = try await trial.desk.file(try designation(trial, business), trial.message("D", "2505")).get()
    let record = try await settle(trial, try await stay(trial))
    #expect(record.visit.filing == filing)
    #expect(record.settled.amounts.preliminarySelfPay == Money(fen: filing == .notFiled ? 150_000 : 0))
  }

  @Test func `统筹区内就医一律按本地支付，报文自称的备案不作数`() async throws {
    let trial = try await open()
    let day = try trial.day("2026-03-02")
    let visit = Visit(
      id: "", person: "P0000002", institution: "H99010000001", care: .outpatient, medicalType: "11",
      scheme: .employee, institutionNumber: "V", admitted: day, discharged: day, filing: .referred)
    #expect(try await trial.desk.register(.init(visit: visit), trial.message("V", "2201")).get().filing == .local)
  }

  @Test func `市内转院的两次住院起付线按一次住院的最高级别计`() async throws {
    let trial = try await open()
    let (second, third) = ("H99010000002", "H99010000001")
    let first = try await stay(trial, at: second, from: "2026-02-20", to: "2026-03-01", "A")
    let filed = try await trial.desk.file(
      try transfer(trial, to: third, reach: .city), trial.message("T", "2501", at: second)
    ).get()
    #expect(filed.earlierVisit == first)
    let before = try await settle(trial, first, at: second, "A")
    #expect(before.settled.amounts.deductible == Money(fen: 60_000) && before.visit.filing == .local)
    let after = try await settle(trial, try await stay(trial, at: third, "B"), at: third, "B")
    #expect(after.visit.referralChain == before.visit.referralChain && after.visit.referralChain == filed.id)
    #expect(after.settled.amounts.deductible == Money(fen: 40_000))
  }

  @Test func `同一备案重复被拒绝，期间不重叠则可再备`() async throws {
    let trial = try await open()
    let first = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    let again = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    #expect(again == first)
    let twice = await trial.desk.file(try transfer(trial, on: "2026-03-31", until: nil), trial.message("U", "2501"))
    #expect(twice.refusal == .desk(.filingState, about: first.id))
    _ = try await trial.desk.file(try transfer(trial, on: "2026-04-01", until: nil), trial.message("W", "2501")).get()
    #expect(try await trial.desk.standing(TransferFiling.self, of: "P0000002").get().count == 2)
  }

  @Test func `按备案号撤销，撤销后不再有效且不能再撤`() async throws {
    let trial = try await open()
    let filed = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    func withdraw(_ name: String, _ person: String = "P0000002", at place: String = "H99010000001") async
      -> Result<TransferFiling, DeskRefusal>
    {
      await trial.desk.withdraw(
        TransferFiling.self, filed.id, of: person, because: "误报", trial.message(name, "2502", at: place))
    }
    #expect(await withdraw("X", "P0000004").refusal == .desk(.filingState, about: filed.id))
    #expect(await withdraw("Y", at: Self.elsewhere).refusal == .desk(.filingState, about: filed.id))
    let gone = try await withdraw("W").get()
    #expect(gone.withdrawal == FilingWithdrawal(time: "2026-03-02 10:00:00", reason: "误报"))
    #expect(try await withdraw("W").get() == gone)
    #expect(await withdraw("Z").refusal == .desk(.filingState, about: filed.id))
    #expect(try await settle(trial, try await stay(trial)).visit.filing == .notFiled)
    #expect(try await trial.desk.standing(TransferFiling.self, of: "P0000002").get().isEmpty)
  }

  @Test func `已有结算依据的备案不能撤销，撤销结算后可以`() async throws {
    let trial = try await open()
    let filed = try await trial.desk.file(try transfer(trial), trial.message("T", "2501")).get()
    let visit = try await stay(trial)
    let record = try await settle(trial, visit)
    let early = await trial.desk.withdraw(
      TransferFiling.self, filed.id, of: "P0000002", because: "", trial.message("W", "2502"))
    #expect(early.refusal == .desk(.filingInUse, about: visit))
    _ = try await trial.desk.reverse(record.id, of: nil, trial.message("R", "2305", at: Self.elsewhere)).get()
    _ = try await trial.desk.withdraw(
      TransferFiling.self, filed.id, of: "P0000002", because: "", trial.message("W", "2502")
    ).get()
  }

  @Test func `转院前就诊须是本人在本机构的就诊`() async throws {
    let trial = try await open()
    let visit = try await stay(trial)
    let other = await trial.desk.file(try transfer(trial, from: visit), trial.message("T", "2501"))
    #expect(other.refusal == .desk(.visitMismatch, about: visit))
    let unknown = await trial.desk.file(try transfer(trial, from: "V?"), trial.message("U", "2501"))
    #expect(unknown.refusal == .desk(.visitUnknown, about: "V?"))
  }

  @Test func `慢特病备案进入待遇依据，撤销即移出`() async throws {
    let trial = try await open()
    let filing = DiseaseFiling(
      person: "P0000002", scheme: .employee, disease: "M03900", name: "高血压",
      period: try period(trial, "2026-01-01", "2026-12-31"), establishedBy: "H99010000001",
      established: try trial.day("2026-01-01"), physician: "D1")
    let first = try await trial.desk.file(filing, trial.message("F1", "2503")).get()
    #expect(try await trial.desk.file(filing, trial.message("F1", "2503")).get() == first)
    let twice = await trial.desk.file(filing, trial.message("F2", "2503"))
    #expect(twice.refusal == .desk(.filingState, about: first.id))
    let day = try trial.day("2026-03-02")
    func diseases() async throws -> [ChronicDiseaseFiling] {
      try await trial.desk.person(.number("P0000002"), on: day).get().record.person.chronicFilings
    }
    #expect(try await diseases() == [ChronicDiseaseFiling(disease: "M03900", period: filing.period)])
    _ = try await trial.desk.withdraw(
      DiseaseFiling.self, first.id, of: "P0000002", because: "误报", trial.message("F3", "2504")
    ).get()
    #expect(try await diseases().isEmpty)
  }
}
