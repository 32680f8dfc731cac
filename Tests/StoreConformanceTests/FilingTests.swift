import Catalog
import Claims
import Kernel
import People
import StoreTrial
import Testing
import Workflows

/// What messages file beside money, and the pages that catalogue and institutions are read in.
@Suite struct FilingTests {
  struct Note: FiledRecord {
    static let register = "test-note"
    var id: String
    var owner: String
    var subject: String
    var time: String
    var text: String = "记"
    var isVoid: Bool?
  }

  struct Other: FiledRecord {
    static let register = "test-other"
    var id: String
    var owner: String { "H1" }
    var subject: String { "X" }
    var time: String { "2026-01-01" }
  }

  private static let notes = [
    Note(id: "3", owner: "H1", subject: "X", time: "2026-01-02"),
    Note(id: "1", owner: "H1", subject: "X", time: "2026-01-02"),
    Note(id: "2", owner: "H2", subject: "X", time: "2026-01-01 23:59:59"),
    Note(id: "4", owner: "H1", subject: "Y", time: "2026-02-01 08:00:00"),
  ]

  @Test(arguments: StoreUnderTest.available)
  func `登记事项按编号、对象和机构查到`(kind: StoreUnderTest) async throws {
    try await kind.use { store throws in
      #expect(try await store.get { try $0.filed(Note.self, "1") } == nil)
      #expect(try await store.get { try $0.filed(Note.self, about: "X") } == [])
      try await store.write { store throws(StoreError) in
        for note in Self.notes { try store.put(note) }
        try store.put(Other(id: "1"))
      }
      #expect(try await store.get { try $0.filed(Note.self, "1") } == Self.notes[1])
      #expect(try await store.get { try $0.filed(Other.self, "1") } == Other(id: "1"))
      #expect(try await store.get { try $0.filed(Other.self, "2") } == nil)
      #expect(try await store.get { try $0.filed(Note.self, about: "X").map(\.id) } == ["2", "1", "3"])
      #expect(try await store.get { try $0.filed(Other.self, about: "X").map(\.id) } == ["1"])
      func found(_ owner: String, _ from: String, _ to: String) async throws -> [String] {
        try await store.get { try $0.filed(Note.self, of: owner, from: from, to: to).map(\.id) }
      }
      #expect(try await found("H1", "2026-01-01", "2026-12-31") == ["1", "3", "4"])
      #expect(try await found("H1", "2026-01-02", "2026-01-02") == ["1", "3"])
      #expect(try await found("H1", "2026-01-03", "2026-02-01 07:59:59") == [])
      #expect(try await found("H2", "2026-01-01", "2026-01-02") == ["2"])
      #expect(try await found("H3", "", "9") == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `登记事项整体更新而失败的写入不留痕迹`(kind: StoreUnderTest) async throws {
    var changed = Self.notes[0]
    changed.subject = "Z"
    changed.isVoid = true
    changed.text = "作废\"\\\u{1}"
    let replacement = changed
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        try store.put(Self.notes[0])
        try store.put(replacement)
      }
      #expect(try await store.get { try $0.filed(Note.self, "3") } == replacement)
      #expect(try await store.get { try $0.filed(Note.self, about: "X") } == [])
      await expectRefused(store) { store throws(StoreError) in
        try store.put(Self.notes[1])
        try store.append([], to: "no visit")
      }
      #expect(try await store.get { try $0.filed(Note.self, "1") } == nil)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `目录和机构分页取完且不重不漏`(kind: StoreUnderTest) async throws {
    func item(_ code: String, _ first: String) throws -> ListedItem {
      let day = try #require(CalendarDate(first))
      let period = try #require(DateRange(day, nil))
      return ListedItem(
        code: code, name: code, listType: "101", feeCategory: "09", period: period, chargeClass: .a, ceilings: [:],
        firstSelfPay: [:])
    }
    let items = [
      try item("A", "2025-01-01"), try item("A", "2026-01-01"), try item("A1", "2024-01-01"),
      try item("B", "2020-01-01"), try item("C", "2020-01-01"),
    ]
    let institution = try StoreUnderTest.desk.get().institution
    try await kind.use { store throws in
      try await store.write { store throws(StoreError) in
        for item in items.reversed() { try store.put(item) }
        for code in ["H3", "H1", "H2"] {
          var another = institution
          another.institution.code = code
          try store.put(another)
        }
      }
      for size in 1...6 {
        var found: [ListedItem] = []
        while true {
          let place = found.last.map { CatalogPlace($0) }
          let page = try await store.get { try $0.items(after: place, limit: size) }
          #expect(page.count <= size)
          found += page
          if page.count < size { break }
        }
        #expect(found == items, "pages of \(size)")
      }
      #expect(try await store.get { try $0.institutions(after: "", limit: 2).map(\.institution.code) } == ["H1", "H2"])
      #expect(try await store.get { try $0.institutions(after: "H2", limit: 2).map(\.institution.code) } == ["H3"])
    }
  }
}
