import Catalog
import Claims
import Kernel
import People
import Testing
import Workflows

/// An institution's own codes: mapped, resolved in fee lines, taken back.
@Suite struct MappingDeskTests {
  private func upload(
    _ own: String, _ item: String, _ first: String = "2026-01-01", _ last: String? = "2026-12-31", list: String = "101"
  ) throws -> MappingUpload {
    let (first, last) = (try #require(CalendarDate(first)), try last.map { try #require(CalendarDate($0)) })
    let period = try #require(DateRange(first, last))
    return MappingUpload(
      institutionItem: own, institutionName: "院内\(own)", listType: list, item: item, period: period)
  }

  private func page(_ number: Int = 1, _ size: Int = 100) throws -> PageRequest {
    try #require(PageRequest(number: number, size: size))
  }

  /// A fee line of an open visit that names its item as given.
  private func fee(_ trial: DeskTrial, _ item: String, own: String, message: String) async throws
    -> Result<[FeeAnswer], DeskRefusal>
  {
    let day = try trial.day("2026-03-02")
    let visit = Visit(
      id: "", person: "P0000002", institution: "H99010000001", care: .outpatient, medicalType: "11", scheme: .employee,
      institutionNumber: message, admitted: day, discharged: day)
    let open = try await trial.desk.register(.init(visit: visit), trial.message("\(message)-R", "2201")).get()
    let upload = FeeUpload(
      serial: "1", batch: "1", item: item, day: day, price: UnitPrice(microyuan: 10_000_000), quantity: Quantity(1),
      amount: Money(fen: 1_000), approval: .notSubject, institutionItem: own)
    return await trial.desk.uploadFees([upload], to: open.id, of: "P0000002", trial.message(message, "2204"))
  }

  @Test func `对照上传后可查到，重发不重复`() async throws {
    let trial = try await DeskTrial()
    let rows = [try upload("Y1", "XA001"), try upload("Y2", "FW003", list: "201")]
    let first = try await trial.desk.uploadMappings(rows, trial.message("M1", "3301")).get()
    let again = try await trial.desk.uploadMappings(rows, trial.message("M1", "3301")).get()
    #expect(first == again && first.map(\.upload) == rows)
    #expect(first.allSatisfy { $0.owner == "H99010000001" && $0.time == "2026-03-02 10:00:00" && $0.withdrawn == nil })
    let found = try await trial.desk.mappings(of: "H99010000001", MappingQuery(), page()).get()
    #expect(found.rows == first && found.total == 2)
    #expect(try await trial.desk.mappings(of: "H99010000002", MappingQuery(), page()).get().rows.isEmpty)
    let conflict = await trial.desk.uploadMappings(rows, trial.message("M1", "3301", digest: "x"))
    #expect(conflict.refusal == .desk(.messageConflict, about: "M1"))
  }

  @Test func `任一行有误则整批不收，并指出行和字段`() async throws {
    let trial = try await DeskTrial()
    let good = try upload("Y1", "XA001")
    let cases: [([MappingUpload], DeskRefusal)] = [
      ([good, try upload("Y2", "XA999")], .desk(.itemUnknown, about: "data[2].med_list_codg XA999 2026-01-01")),
      (
        [good, try upload("Y2", "XA002", "1999-01-01")],
        .desk(.itemUnknown, about: "data[2].med_list_codg XA002 1999-01-01")
      ),
      ([try upload("Y2", "XA002", list: "201")], .desk(.listTypeMismatch, about: "data[1].list_type 201 ≠ 101")),
      (
        [good, try upload("Y1", "XA002", "2026-12-31", nil)],
        .desk(.mappingOverlaps, about: "data[2].fixmedins_hilist_id Y1 → XA001 2026-01-01…2026-12-31")
      ),
    ]
    for (number, (rows, refusal)) in cases.enumerated() {
      let answer = await trial.desk.uploadMappings(rows, trial.message("M\(number)", "3301"))
      #expect(answer.refusal == refusal)
    }
    #expect(try await trial.desk.mappings(of: "H99010000001", MappingQuery(), page()).get().total == 0)
  }

  @Test func `同一院内编码期间相接可以，重叠不可以，撤销后可以再对照`() async throws {
    let trial = try await DeskTrial()
    _ = try await trial.desk.uploadMappings(
      [try upload("Y1", "XA001", "2026-01-01", "2026-06-30"), try upload("Y1", "XA002", "2026-07-01", nil)],
      trial.message("M1", "3301")
    ).get()
    let clash = [try upload("Y1", "XA003", "2026-06-30", "2026-06-30")]
    let refused = await trial.desk.uploadMappings(clash, trial.message("M2", "3301"))
    #expect(
      refused.refusal
        == .desk(.mappingOverlaps, about: "data[1].fixmedins_hilist_id Y1 → XA001 2026-01-01…2026-06-30"))
    let gone = try await trial.desk.withdrawMappings(
      of: "Y1", to: "XA001", listType: "101", trial.message("M3", "3302")
    ).get()
    #expect(gone.map(\.withdrawn) == ["2026-03-02 10:00:00"])
    let again = try await trial.desk.withdrawMappings(
      of: "Y1", to: "XA001", listType: "101", trial.message("M3", "3302")
    ).get()
    #expect(again == gone)
    let twice = await trial.desk.withdrawMappings(of: "Y1", to: "XA001", listType: "101", trial.message("M4", "3302"))
    #expect(twice.refusal == .desk(.mappingUnknown, about: "Y1 XA001"))
    _ = try await trial.desk.uploadMappings(clash, trial.message("M5", "3301")).get()
    var query = MappingQuery()
    query.isStanding = false
    #expect(try await trial.desk.mappings(of: "H99010000001", query, page()).get().rows == gone)
    query.isStanding = true
    query.institutionItem = "Y1"
    let standing = try await trial.desk.mappings(of: "H99010000001", query, page()).get().rows
    #expect(standing.map(\.upload.item) == ["XA002", "XA003"])
  }

  @Test func `明细只有院内编码时按对照取国家编码`() async throws {
    let trial = try await DeskTrial()
    _ = try await trial.desk.uploadMappings([try upload("Y1", "XA003")], trial.message("M1", "3301")).get()
    let empty = try await fee(trial, "", own: "Y1", message: "F1").get()
    #expect(empty.map(\.line.line.item) == ["XA003"])
    let unknown = try await fee(trial, "本院旧码", own: "Y1", message: "F2").get()
    #expect(unknown.map(\.line.line.item) == ["XA003"])
    let named = try await fee(trial, "XA001", own: "Y1", message: "F3").get()
    #expect(named.map(\.line.line.item) == ["XA001"])
  }

  @Test func `没有对照的院内项目被拒绝并指名`() async throws {
    let trial = try await DeskTrial()
    _ = try await trial.desk.uploadMappings(
      [try upload("Y1", "XA003", "2026-03-03")], trial.message("M1", "3301")
    ).get()
    #expect(
      try await fee(trial, "", own: "Y1", message: "F1").refusal == .desk(.itemNotMapped, about: "Y1 2026-03-02"))
    #expect(
      try await fee(trial, "", own: "Y9", message: "F2").refusal == .desk(.itemNotMapped, about: "Y9 2026-03-02"))
    #expect(
      try await fee(trial, "XA999", own: "Y9", message: "F3").refusal == .desk(.itemUnknown, about: "XA999 2026-03-02"))
  }

  @Test(arguments: [1, 2, 3, 7, 24, 25, 26, 9_999])
  func `分页不重不漏`(size: Int) async throws {
    let trial = try await DeskTrial()
    let rows = try (1...25).map { try upload("Y\($0)", $0 < 10 ? "XA00\($0)" : "XA0\($0)") }
    let all = try await trial.desk.uploadMappings(rows, trial.message("M1", "3301")).get()
    var seen: [String] = []
    var number = 1
    while true {
      let page = try await trial.desk.mappings(of: "H99010000001", MappingQuery(), page(number, size)).get()
      #expect(page.total == 25 && page.pageCount == (25 + size - 1) / size)
      if page.rows.isEmpty { break }
      #expect(page.firstRow == seen.count + 1)
      seen += page.rows.map(\.id)
      #expect(page.lastRow == seen.count)
      number += 1
    }
    #expect(Set(seen).count == 25 && Set(seen) == Set(all.map(\.id)))
    let beyond = try await trial.desk.mappings(of: "H99010000001", MappingQuery(), page(.max, .max)).get()
    #expect(beyond.rows.isEmpty && beyond.firstRow == 0)
  }
}
