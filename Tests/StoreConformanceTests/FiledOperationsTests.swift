import Kernel
import Policy
import Testing
import Workflows

/// What the desk files beside money, over every store: mappings, stock, codes, files.
@Suite struct FiledOperationsTests {
  private static let hospital = "H99010000001"

  private func range() throws -> DateRange {
    try #require(CalendarDate("2026-01-01").flatMap { DateRange($0, CalendarDate("2026-12-31")) })
  }

  private func desk(_ store: any PayerStore) async throws -> PayerDesk {
    let covered = try range()
    try await SampleRegister.fill(store, persons: 1, over: covered)
    return PayerDesk(
      store: store, library: PolicyLibrary(PolicyBook(documents: [:], regions: [:])), region: SampleRegister.region)
  }

  private func message(_ id: String) -> MessageContext {
    MessageContext(
      id: id, institution: Self.hospital, transaction: "T", digest: "d", time: "2026-03-02 10:00:00")
  }

  @Test(arguments: StoreUnderTest.allCases) func `对照可查可撤`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = try await desk(store)
      var upload = MappingUpload(
        institutionItem: "Y1", institutionName: "院内", listType: "101", item: "XA001", period: try range())
      upload.remarks.note = "备注"
      let sent = try await desk.uploadMappings([upload], message("M1")).get()
      let page = try #require(PageRequest(number: 1, size: 10))
      #expect(try await desk.mappings(of: Self.hospital, MappingQuery(), page).get().rows == sent)
      let gone = try await desk.withdrawMappings(of: "Y1", to: "XA001", listType: "101", message("M2")).get()
      #expect(try await desk.mappings(of: Self.hospital, MappingQuery(), page).get().rows == gone)
      #expect(gone.map(\.upload) == [upload] && gone.map(\.withdrawn) == ["2026-03-02 10:00:00"])
    }
  }

  @Test(arguments: StoreUnderTest.allCases) func `流水、统计、追溯码和删除`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = try await desk(store)
      var sale = StockUpload(
        kind: .sale, goods: StockGoods(item: "XA001", institutionItem: "Y1", name: "药", batch: "B1"),
        count: Quantity(3), price: UnitPrice(microyuan: 1), time: "2026-03-02 09:00:00", serial: "S1")
      sale.visit = "V1"
      sale.traceCodes = ["T1"]
      sale.details = ["phar_name": "药师", "memo": "甲"]
      let sold = try await desk.uploadStock([sale], message("M1")).get()
      #expect(sold.map(\.upload) == [sale])
      #expect(try await desk.stockMovements(of: Self.hospital, batch: "B1").get() == sold)
      #expect(try await desk.traces(of: "T1").get().map(\.movement) == sold.map(\.id))
      var back = sale
      (back.kind, back.count, back.serial, back.traceCodes) = (.saleReturn, Quantity(2), "R1", [])
      _ = try await desk.uploadStock([back], message("M2")).get()
      back.serial = "R2"
      guard case .failure(.desk(.returnExceeds, _)) = await desk.uploadStock([back], message("M3")) else {
        Issue.record("4 of 3 came back")
        return
      }
      guard case .failure(.desk(.stockSerialUsed, _)) = await desk.uploadStock([sale], message("M4")) else {
        Issue.record("a sale was taken twice")
        return
      }
      #expect(try await desk.stock(of: Self.hospital, batch: "B1").get().map(\.count) == [Quantity(-1)])
      let gone = try await desk.deleteStock([.sale, .saleReturn], batch: "B1", message("M5")).get()
      #expect(gone.count == 2)
      #expect(try await desk.stock(of: Self.hospital, batch: "B1").get().isEmpty)
      _ = try await desk.uploadStock([sale], message("M6")).get()
    }
  }

  @Test(arguments: StoreUnderTest.allCases) func `编码条目和文件`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = try await desk(store)
      let entries = SampleRegister.codes(over: try range()).filter { $0.list == .operations }
      #expect(try await desk.edition(of: .operations).get().rows.map(\.entry) == entries.map(CatalogueEntry.code))
      #expect(try await desk.edition(of: .drugs).get().rows.count == 40)
      let bytes = [UInt8](0...255)
      let file = try await desk.uploadFile("名.zip", bytes, message("M1")).get()
      #expect(try await desk.file(file.id, name: "名.zip", of: Self.hospital, for: Self.hospital).get() == bytes)
    }
  }
}
