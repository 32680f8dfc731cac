import Console
import Foundation
import Kernel
import Policy
import Testing
import Workflows

/// The pages about policy show what the files state, all of it and nothing else.
@Suite struct PolicyPageTests {
  private let site: Site
  private let reader: Visitor
  private let book: PolicyBook
  private let day: CalendarDate

  init() async throws {
    site = try await Site.empty()
    reader = try await site.visitor(.reader)
    book = site.sources.library.book
    day = try #require(CalendarDate("2026-03-01"))
  }

  private static func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private func snapshot(_ region: String = SampleRegion.code, on day: CalendarDate? = nil) throws -> PolicySnapshot {
    try book.snapshot(region: region, dates: EventDates(on: day ?? self.day))
  }

  @Test func `政策库列出某日有效的每个值，内容、日期、出处与数据一致`() async throws {
    let snapshot = try snapshot()
    let rows = try await reader.get("/api/v1/policy?on=2026-03-01").rows("values")
    #expect(rows.count == snapshot.values.count && rows.count > 150)
    let words = PolicyWords(.inWords)
    for row in rows {
      let identifier = try #require(row["identifier"] as? String)
      let value = try #require(snapshot[identifier])
      let lines = words.lines(value.node, of: value.entry).map(\.text.chinese)
      #expect(row["content"] as? String == lines.joined(separator: "\n"))
      #expect(row["effective"] as? String == "\(value.effective)")
      guard case .document(let name, let clause) = value.citation else { continue }
      let document = try #require(book.documents[name])
      #expect((row["document"] as? String)?.hasPrefix(document.title) ?? false)
      #expect(row["clause"] as? String == clause && row["trust"] as? String == document.trust.title.chinese)
    }
  }

  @Test func `按主题和文字筛选，无结果时说明`() async throws {
    let all = try await reader.get("/api/v1/policy?on=2026-03-01").rows("values").count
    var sum = 0
    for topic in PolicyTopic.all {
      sum += try await reader.get("/api/v1/policy?on=2026-03-01&topic=\(topic.word)").rows("values").count
    }
    #expect(sum == all)
    let found = try await reader.get("/api/v1/policy?on=2026-03-01&text=DEDUCTIBLE").rows("values")
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { ($0["identifier"] as? String)?.contains("deductible") ?? false })
    let none = await reader.get("/console/policy?on=2026-03-01&text=没有这个")
    #expect(none.status == 200 && none.text.contains("请放宽条件"))
  }

  @Test func `每个政策值的页面都列出全部版本及各自依据`() async throws {
    let lineage = book.lineage(of: try #require(book.regions[SampleRegion.code]))
    for identifier in try snapshot().values.keys.sorted() {
      let answer = await reader.get("/api/v1/policy/values/\(identifier)?on=2026-03-01")
      try #require(answer.status == 200, "\(identifier)")
      let versions = try answer.rows("versions")
      #expect(versions.count == lineage.reduce(0) { $0 + ($1.entries[identifier]?.versions.versions.count ?? 0) })
      #expect(versions.count { $0["state"] as? String == "该日有效" } == 1, "\(identifier)")
      #expect(versions.allSatisfy { ($0["document"] as? String)?.isEmpty == false }, "\(identifier)")
      #expect(try !answer.rows("regions").isEmpty)
    }
    let other = await reader.get("/console/policy/values/settlement.employee.inpatient.deductibel")
    #expect(other.status == 404 && other.text.contains("settlement.employee.inpatient.deductible"))
  }

  @Test func `结算单每一步的依据都有政策值页，页上标明该日有效的版本`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let page = try await site.sources.monitoring.settlements(
      MonitoringFilter(), order: .largest, page: try #require(PageRequest(number: 1, size: 4)))
    var links: Set<String> = []
    for row in page.rows {
      let parts = await reader.get("/console/settlements/\(row.id)").text.components(separatedBy: "href=\"")
      links.formUnion(
        parts.dropFirst().compactMap { $0.components(separatedBy: "\"").first }.filter { $0.contains("policy/values/") }
      )
    }
    #expect(links.count > 5)
    for link in links {
      let value = await reader.get(link.replacing("&amp;", with: "&"))
      #expect(value.status == 200 && value.text.contains("该日有效"), "\(link)")
    }
  }

  @Test func `两个日期、两个统筹区的不同之处与快照之差一致`() async throws {
    let before = try snapshot(on: try Self.day("2025-12-31"))
    let after = try snapshot(on: try Self.day("2026-01-01"))
    let expected = PolicyChange.between(before, after).map(\.identifier)
    let path = "/api/v1/policy/differences?from=2025-12-31&to=2026-01-01"
    let rows = try await reader.get(path).rows("differences")
    #expect(Set(rows.compactMap { $0["identifier"] as? String }) == Set(expected) && rows.count == expected.count)
    #expect(rows.count > 10)
    for row in rows { #expect(row["before"] as? String != row["after"] as? String) }
    let same = await reader.get("/console/policy/differences?from=2026-03-01&to=2026-03-01")
    #expect(same.text.contains("完全相同"))
    let regions = await reader.get(
      "/api/v1/policy/differences?region=330000&against=360000&from=2023-06-01&to=2023-06-01")
    let pair = (
      try book.snapshot(region: "330000", dates: EventDates(on: try #require(CalendarDate("2023-06-01")))),
      try book.snapshot(region: "360000", dates: EventDates(on: try #require(CalendarDate("2023-06-01"))))
    )
    #expect(try regions.rows("differences").count == PolicyChange.between(pair.0, pair.1).count)
  }

  @Test func `文件页上的政策值合起来就是全部有文件出处的版本`() async throws {
    let list = try await reader.get("/api/v1/policy/documents").rows("documents")
    #expect(list.count == book.documents.count)
    var cited = 0
    for region in book.regions.values {
      for entry in region.entries.values {
        for version in entry.versions.versions {
          if case .document? = version.value?.citation ?? entry.repeals[version.effective] { cited += 1 }
        }
      }
    }
    #expect(list.compactMap { $0["values"] as? Int }.reduce(0, +) == cited)
    for row in list {
      let id = try #require(row["id"] as? String)
      let values = try await reader.get("/api/v1/policy/documents/\(id)").rows("values")
      #expect(values.count == row["values"] as? Int, "\(id)")
    }
    let unverified = try await reader.get("/api/v1/policy/documents?trust=unverified").rows("documents")
    #expect(unverified.count == book.documents.values.count { $0.trust == .unverified })
    #expect(await reader.get("/console/policy/documents/none").status == 404)
  }

  @Test func `释义页列出全部待明确问题；不存在的统筹区、日期、未覆盖的日期都说明`() async throws {
    let rows = try await reader.get("/api/v1/policy/interpretations").rows("interpretations")
    #expect(rows.count == book.regions.values.reduce(0) { $0 + $1.interpretations.count } && rows.count > 0)
    // Regions use names of their own: a citation means the nearest reading of that name.
    var expected: [String: Set<String>] = [:]
    for place in book.regions.values {
      for entry in place.entries.values {
        for version in entry.versions.versions {
          guard case .interpretation(let name)? = version.value?.citation else { continue }
          let owner = try #require(book.lineage(of: place).first { $0.interpretations[name] != nil })
          expected["\(owner.name.chinese) \(name)", default: []].insert(entry.identifier)
        }
      }
    }
    for row in rows {
      let key = "\(row["region"] as? String ?? "") \(row["identifier"] as? String ?? "")"
      let listed = (row["values"] as? String ?? "").split(separator: "\n").map(String.init)
      #expect(Set(listed) == expected[key] ?? [], "\(key)")
    }
    let unknown = await reader.get("/console/policy?region=123456")
    #expect(unknown.status == 400 && unknown.text.contains("123456"))
    #expect(await reader.get("/console/policy?on=2026-13-01").status == 400)
    let uncovered = await reader.get("/console/policy?on=1999-01-01")
    #expect(uncovered.status == 422 && uncovered.text.contains("不作推算"))
  }
}
