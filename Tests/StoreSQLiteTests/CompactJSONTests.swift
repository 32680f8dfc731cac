import Catalog
import Claims
import Foundation
import Kernel
import People
import Settlement
import StoreRecords
import StoreSQLite
import StoreTrial
import Testing
import Workflows

/// The stored text is JSON that Foundation reads back to the same value.
@Suite struct CompactJSONTests {
  private func again<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
    try JSONDecoder().decode(Value.self, from: Data(CompactJSON.encode(value))) == value
  }

  private enum Shape: Codable, Hashable {
    case point
    case named(String, of: Int)
  }

  private struct Nothing: Codable, Equatable {}

  private struct Mixed: Codable, Equatable {
    var texts: [String?]
    var shapes: [Shape: Int]
    var byNumber: [Int: [Nothing]]
    var missing: String?
    var flags: [[Bool]]
    var numbers: [Int64]
  }

  @Test func `各种形状写出后读回相同`() throws {
    let everyByte = String(decoding: (0..<128).map { UInt8($0) }, as: UTF8.self) + "医保🏥"
    let mixed = Mixed(
      texts: [everyByte, nil, "", "\"\\"], shapes: [.point: 1, .named("x", of: -3): 2],
      byNumber: [7: [Nothing()], 8: []],
      missing: nil, flags: [[true, false], []], numbers: [.min, -10, -1, 0, 9, 10, .max])
    #expect(try again(mixed))
    #expect(try again([mixed, mixed]))
    #expect(try again(["a": ["b": ["c": 1]], "d": [:]]))
    #expect(try String(decoding: CompactJSON.encode([1, 22]), as: UTF8.self) == "[1,22]")
    #expect(try again(7) && again("x") && again([Int]()) && again(Nothing()))
  }

  @Test func `结算记录读回相同`() async throws {
    let folder = try StoreFolder()
    let store = MemoryStore()
    try await folder.desk.enrol(["P1"], balance: Money(fen: 1_000_00), in: store)
    let record = try await folder.settle(1, in: store)
    #expect(try again(record))
    #expect(try again(Accumulators(scheme: .employee, year: 2025, uses: [.disease("M1"): Money(fen: 1)])))
  }

  /// Two writers, one text: what either makes is the same object, and reads back to the same record.
  private func same<Value: Codable & Equatable>(_ value: Value, _ text: String) throws -> Bool {
    let general = try JSONSerialization.jsonObject(with: Data(CompactJSON.encode(value))) as? NSDictionary
    let special = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    let read = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    return general != nil && general == special && read == value
  }

  @Test func `逐字段写出与通用写出是同一内容`() async throws {
    let folder = try StoreFolder()
    let store = try await folder.filled()
    let records = try await store.read { store throws(StoreError) in
      try store.settlements(ofPerson: "P1") + store.settlements(ofPerson: "P2")
    }
    #expect(records.contains { $0.reverses != nil } && records.contains { !$0.sources.isEmpty })
    for record in records {
      #expect(try same(record, RecordText.of(record)))
      #expect(try same(record.visit, RecordText.of(record.visit)))
      #expect(try RecordReader.visit(Data(RecordText.of(record.visit).utf8)) == record.visit)
      for line in record.claim.lines {
        let uploaded = UploadedLine(serial: "序\"1", batch: "\\", line: line, listType: "101", feeCategory: "09")
        #expect(try same(uploaded, RecordText.of(uploaded)))
        #expect(try RecordReader.line(Data(RecordText.of(uploaded).utf8)) == uploaded)
      }
    }
    store.close()
  }

  @Test func `少见的内容也写全`() throws {
    let day = try #require(CalendarDate("2026-03-01"))
    var visit = Visit(
      id: "V\"", person: "P", institution: "H", care: .chronic, medicalType: "14", scheme: .resident,
      institutionNumber: "\u{1}\\", admitted: day, discharged: nil, filing: .notFiled, referralChain: "链",
      chronicDisease: "M01", caseKind: "单病种", diagnoses: ["I10", "E11"], state: .withdrawn)
    #expect(try same(visit, RecordText.of(visit)))
    #expect(try RecordReader.visit(Data(RecordText.of(visit).utf8)) == visit)
    visit.discharged = day
    #expect(try same(visit, RecordText.of(visit)))
    #expect(try RecordReader.visit(CompactJSON.encode(visit).data) == visit)
    let line = FeeLine(
      item: "X", day: day, price: UnitPrice(microyuan: 1), quantity: Quantity(2), amount: Money(fen: -3),
      terms: ItemTerms(
        .b, priceCeiling: UnitPrice(microyuan: 9), firstSelfPay: Rate(millionths: 5), isLimitedUse: true,
        isTraditionalChinese: true, isSeparatelyPaid: true), approval: .refused, isSameIncisionOperation: true)
    let uploaded = UploadedLine(serial: "1", batch: "", line: line, listType: "", feeCategory: "")
    #expect(try same(uploaded, RecordText.of(uploaded)))
    #expect(try RecordReader.line(CompactJSON.encode(uploaded).data) == uploaded)
    var totals = AccumulatorTotals()
    for (place, care) in CareCategory.allCases.enumerated() { totals.pooled[care] = Money(fen: Int64(place)) }
    totals.layerPaid[.catastrophic] = Money(fen: -5)
    totals.countedInPolicy = Money(fen: 6)
    let month = try #require(YearMonth("2026-03"))
    let accumulators = Accumulators(
      scheme: .employee, year: 2026, totals: totals,
      stays: [
        StayRecord(claim: "S1", plan: .inpatient, level: .tertiary, chain: "链", standard: Money(fen: 7)),
        StayRecord(claim: "S2", plan: .daySurgery, level: .village, chain: nil, standard: .zero),
      ], uses: [.item("X1", month): Money(fen: 8), .disease("M01"): Money(fen: 9)])
    #expect(try same(accumulators, RecordText.of(accumulators)))
    #expect(try RecordReader.accumulators(CompactJSON.encode(accumulators).data) == accumulators)
  }

  @Test func `参保人读回相同`() throws {
    let (day, month) = (try #require(CalendarDate("2026-03-01")), try #require(YearMonth("2026-03")))
    let period = try #require(DateRange(day, day))
    let open = try #require(DateRange(day, nil))
    let months = try #require(MonthRange(month, month))
    let full = Enrolment(
      kind: .flexible, category: .inService, registered: day, ended: day, paidMonths: [months, months],
      paidYears: [PaidYear(year: 2026, paidOn: day)], countedMonths: 300, paidOffAtRetirement: true, lateGroup: .student
    )
    let plain = Enrolment(kind: .resident, category: .adult, registered: day)
    let person = InsuredPerson(
      number: "P1", sex: .female, birth: day, enrolments: [full, plain], death: day, beneficiaryClass: .general,
      isCivilServant: true, hasEnterpriseSupplement: true, hasFamilyDoctor: true,
      chronicFilings: [
        ChronicDiseaseFiling(disease: "M01", period: period), ChronicDiseaseFiling(disease: "M02", period: open),
      ])
    for employer in ["单位\"\\\u{1f}", nil] {
      let record = PersonRecord(
        person: person, name: "𬱖", certificateNumber: "9", nationality: "02", region: "990100", employer: employer)
      #expect(try RecordReader.person(CompactJSON.encode(record).data) == record)
    }
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "null", #"{"scheme":"employee","year":2026,"stays":[],"uses":[]"#,
    #"{"scheme":"employee","year":2026,"surprise":1}"#, #"{"scheme":"none","year":2026}"#,
    #"{"scheme":"employee","year":2026.5}"#, #"{"scheme":"employee","year":99999999999999999999}"#,
    #"{"scheme":"employee","year":2026,"uses":[{"disease":{"_0":"M"}}]}"#, #"{"scheme":"employee","year":2026} "#,
    #"{"scheme":"employee","year":-}"#, #"{"scheme":"employee","year":2026,"totals":{"pooled":[1,2,3,4,5,6,7,8,9]}}"#,
  ])
  func `损坏的文本报告损坏`(text: String) {
    #expect(throws: DecodingError.self) { try RecordReader.accumulators(Data(text.utf8)) }
  }

  @Test(arguments: [Int64.min, .max, 0, -1, 9_007_199_254_740_993])
  func `整数的两端读回相同`(number: Int64) throws {
    var totals = AccumulatorTotals()
    totals.countedPooled = Money(fen: number)
    let accumulators = Accumulators(scheme: .resident, year: 2026, totals: totals)
    #expect(try RecordReader.accumulators(Data(RecordText.of(accumulators).utf8)) == accumulators)
  }

  @Test func `拒绝浮点数`() {
    #expect(throws: EncodingError.self) { try CompactJSON.encode([1.5]) }
    #expect(throws: EncodingError.self) { try CompactJSON.encode(["x": Float(2)]) }
  }
}

extension [UInt8] {
  fileprivate var data: Data { Data(self) }
}
