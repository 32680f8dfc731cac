import Catalog
import Claims
import Kernel
import People
import Testing
import Workflows

/// Lists of the catalogue by version, queries by page, files by owner.
@Suite struct CatalogueDeskTests {
  private func range(_ first: String, _ last: String? = nil) throws -> DateRange {
    let (first, last) = (try #require(CalendarDate(first)), try last.map { try #require(CalendarDate($0)) })
    return try #require(DateRange(first, last))
  }

  private func entry(_ code: String, _ first: String, name: String = "甲") throws -> CatalogueEntry {
    .code(CodedEntry(list: .diagnoses, code: code, name: name, period: try range(first)))
  }

  private func codes(_ edition: CatalogueEdition, after version: String) -> [String] {
    edition.changes(after: version).map(\.entry.code)
  }

  @Test func `版本由内容决定，持有最新版本者不再下载`() throws {
    let entries = [try entry("B", "2026-01-01"), try entry("A", "2026-01-01"), try entry("C", "2025-06-01")]
    let edition = CatalogueEdition(entries)
    #expect(edition.rows.map(\.entry.code) == ["C", "A", "B"])
    #expect(edition.rows[1].version == edition.rows[2].version && edition.rows[0].version != edition.rows[1].version)
    #expect(edition.version.hasPrefix("v20260101") && edition.version.utf8.count == 20)
    #expect(CatalogueEdition(entries.reversed()).version == edition.version)
    #expect(codes(edition, after: edition.version) == [])
    #expect(codes(edition, after: edition.rows[0].version) == ["A", "B"])
    for held in ["v0000", "0", "", "v20260101", "v99999999zzzzzzzzzzz"] {
      #expect(codes(edition, after: held) == ["C", "A", "B"], "\(held)")
    }
    #expect(CatalogueEdition([]).version == "v0000" && codes(CatalogueEdition([]), after: "v0000").isEmpty)
  }

  @Test func `新增只送新增，补录或更正则全部重送`() throws {
    let old = [try entry("A", "2025-01-01"), try entry("B", "2026-01-01")]
    let held = CatalogueEdition(old).version
    #expect(codes(CatalogueEdition(old + [try entry("C", "2026-02-01")]), after: held) == ["C"])
    #expect(codes(CatalogueEdition(old + [try entry("C", "2025-02-01")]), after: held) == ["A", "C", "B"])
    #expect(codes(CatalogueEdition(old + [try entry("C", "2026-01-01")]), after: held) == ["A", "B", "C"])
    #expect(codes(CatalogueEdition([old[0], try entry("B", "2026-01-01", name: "乙")]), after: held) == ["A", "B"])
    #expect(codes(CatalogueEdition([old[0]]), after: held) == ["A"])
  }

  /// An institution that keeps what it downloads, by record, and asks with the greatest version it holds has the list
  /// after every step, whatever happens to the list.
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func `按最大版本号反复下载总能得到全部`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var list: [String: CatalogueEntry] = [:]
    var copy: [String: (entry: CatalogueEntry, version: String)] = [:]
    for step in 0..<200 {
      let code = "X\(random.next() % 12)"
      let first = "2026-0\(1 + random.next() % 9)-01"
      list["\(code) \(first)"] = try entry(code, first, name: "名\(random.next() % 3)")
      if random.next() % 3 != 0 { continue }
      let edition = CatalogueEdition(Array(list.values))
      let news = edition.changes(after: copy.values.map(\.version).max() ?? "v0000")
      // Everything sent again replaces what was held.
      if news.count == edition.rows.count { copy = [:] }
      for row in news { copy["\(row.entry.code) \(row.entry.period.first)"] = row }
      #expect(copy.mapValues(\.entry) == list, "step \(step)")
    }
  }

  @Test func `每一项内容的改变都改变版本`() throws {
    let period = try range("2026-01-01")
    let item = ListedItem(
      code: "A", name: "甲", listType: "101", feeCategory: "09", period: period, chargeClass: .b)
    var changed: [ListedItem] = []
    func change(_ body: (inout ListedItem) throws -> Void) rethrows {
      var other = item
      try body(&other)
      changed.append(other)
    }
    change { $0.name = "乙" }
    change { $0.feeCategory = "11" }
    try change { $0.period = try range("2026-01-01", "2026-12-31") }
    change { $0.chargeClass = .a }
    change { $0.ceilings = [.tertiary: UnitPrice(microyuan: 1)] }
    change { $0.ceilings = [.secondary: UnitPrice(microyuan: 1)] }
    change { $0.firstSelfPay = [.employee: .zero] }
    change { $0.firstSelfPay = [.resident: .zero] }
    change { $0.isLimitedUse = true }
    change { $0.isTraditionalChinese = true }
    change { $0.isSeparatelyPaid = true }
    let versions = ([item] + changed).map { CatalogueEdition([.item($0)]).version }
    #expect(Set(versions).count == versions.count)
  }

  @Test(arguments: [1, 2, 3, 7, 10, 69, 70, 71, 9_999]) func `目录查询分页不重不漏`(size: Int) async throws {
    let trial = try await DeskTrial()
    var seen: [String] = []
    for number in 1...(70 / size + 2) {
      let request = try #require(PageRequest(number: number, size: size))
      let page = try await trial.desk.items(ItemQuery(), request).get()
      #expect(page.total == 70)
      seen += page.rows.map(\.record)
    }
    #expect(seen.count == 70 && Set(seen).count == 70 && seen == seen.sorted())
  }

  @Test func `限价和先自付逐行给出，乙类未定比例的取统筹区的规定`() async throws {
    let trial = try await DeskTrial()
    let all = try #require(PageRequest(number: 1, size: 1_000))
    let levels = InstitutionLevel.allCases
    let ceilings = try await trial.desk.ceilings(ItemQuery(), at: levels, all).get().rows
    #expect(ceilings.map(\.item.code) == ["FW005", "FW005", "FW010", "FW010", "FW015", "FW015", "FW020", "FW020"])
    #expect(ceilings.prefix(2).map(\.level) == [.secondary, .tertiary])
    #expect(ceilings.prefix(2).map(\.price.yuan) == ["60", "80"])
    #expect(try await trial.desk.ceilings(ItemQuery(), at: [.primary], all).get().rows.isEmpty)
    var query = ItemQuery()
    let shares = { (code: String) async throws -> [InsuranceScheme: Int64] in
      query.code = code
      let rows = try await trial.desk.firstSelfPay(query, in: InsuranceScheme.allCases, all).get().rows
      return Dictionary(uniqueKeysWithValues: rows.map { ($0.scheme, $0.share.millionths) })
    }
    #expect(try await shares("XA001") == [.employee: 0, .resident: 0])
    #expect(try await shares("XA010") == [.employee: 1_000_000, .resident: 1_000_000])
    #expect(try await shares("HC001") == [.employee: 100_000, .resident: 150_000])
    // The share that a fee line of the item is settled with, for the employee; the resident's is the region's.
    let own = try await shares("XA006")
    #expect(own[.employee] == 50_000)
    let usual = try await shares("XA003")
    #expect(usual[.resident] == own[.resident] && usual[.employee] != nil && usual[.employee] != 0)
  }

  @Test func `目录在书架上放一会儿，过期后看到新内容`() async throws {
    let trial = try await DeskTrial()
    let fresh = PayerDesk(
      store: trial.store, library: SettlementHistoryTests.library, region: SampleRegister.region, catalogueAge: .zero)
    let one = try #require(PageRequest(number: 1, size: 1))
    for desk in [trial.desk, fresh] { #expect(try await desk.items(ItemQuery(), one).get().total == 70) }
    let item = ListedItem(
      code: "XA900", name: "新", listType: "101", feeCategory: "09", period: try range("2026-01-01"), chargeClass: .a)
    let entry = CodedEntry(list: .diagnoses, code: "SLA900", name: "新", period: try range("2026-01-01"))
    #expect(try await trial.desk.edition(of: .diagnoses).get().rows.count == 5)
    try await trial.store.write { transaction throws(StoreError) in
      try transaction.put(item)
      try transaction.put(entry)
    }
    #expect(try await trial.desk.items(ItemQuery(), one).get().total == 70)
    #expect(try await fresh.items(ItemQuery(), one).get().total == 71)
    #expect(try await trial.desk.edition(of: .diagnoses).get().rows.count == 5)
    #expect(try await fresh.edition(of: .diagnoses).get().rows.count == 6)
    #expect(try await fresh.edition(of: .drugs).get().rows.count == 41)
    #expect(try await fresh.edition(of: .herbalPieces).get().rows.isEmpty)
  }

  @Test func `文件只有本机构取得到，重发不重复，大小有限`() async throws {
    let trial = try await DeskTrial()
    let desk = trial.desk
    let bytes = Array("一\t二\n".utf8)
    let file = try await desk.uploadFile("a.zip", bytes, trial.message("M1", "9101")).get()
    #expect(try await desk.uploadFile("a.zip", bytes, trial.message("M1", "9101")).get() == file)
    let own = "H99010000001"
    #expect(try await desk.file(file.id, name: "a.zip", of: own, for: own).get() == bytes)
    let refused: [(String, String, String, String)] = [
      (file.id, "b.zip", own, own), (file.id, "a.zip", own, "H99010000002"),
      (file.id, "a.zip", "H99010000002", "H99010000002"), (file.id, "a.zip", "plc", own), ("U9", "a.zip", own, own),
    ]
    for (number, name, owner, asking) in refused {
      let answer = await desk.file(number, name: name, of: owner, for: asking)
      #expect(answer.refusal == .desk(.fileUnknown, about: number))
    }
    let most = PayerDesk.largestFile
    let empty = await desk.uploadFile("a", [], trial.message("M2", "9101"))
    #expect(empty.refusal == .desk(.fileSize, about: "0 / \(most)"))
    let large = [UInt8](repeating: 0, count: most + 1)
    let tooLarge = await desk.uploadFile("a", large, trial.message("M3", "9101"))
    #expect(tooLarge.refusal == .desk(.fileSize, about: "\(most + 1) / \(most)"))
    let full = try await desk.uploadFile("a", Array(large.dropLast()), trial.message("M4", "9101")).get()
    #expect(try await desk.file(full.id, name: "a", of: own, for: own).get().count == most)
    let public1 = try await desk.publishFile("N1", "c.zip", bytes, about: "1301", time: "2026-03-02 10:00:00").get()
    #expect(public1.owner == "plc")
    #expect(try await desk.publishedFile("N1").get() == public1)
    for number in ["N2", file.id] { #expect(try await desk.publishedFile(number).get() == nil) }
    #expect(try await desk.file("N1", name: "c.zip", of: "plc", for: "H99010000002").get() == bytes)
  }
}
