import Claims
import Console
import Foundation
import Kernel
import Ledger
import Settlement
import Testing
import Workflows

/// What the pages show is what the stores hold.
@Suite struct PageTests {
  @Test func `空系统的每个入口页都有话说`() async throws {
    let site = try await Site.empty()
    let visitor = try await site.visitor(.administrator)
    let home = await visitor.get("/console").text
    let paths = home.components(separatedBy: "<a href=\"/console").dropFirst().map {
      "/console" + ($0.components(separatedBy: "\"").first ?? "")
    }
    #expect(paths.count >= 6)
    for path in paths {
      for language in ["zh", "en"] {
        let page = await visitor.get("\(path)\(path.contains("?") ? "&" : "?")lang=\(language)")
        #expect(page.status == 200, "\(path)")
        #expect(page.text.contains("<h1>"), "\(path)")
      }
    }
  }

  @Test func `结算单的金额、步骤、分录与记录一致`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let page = try await site.sources.monitoring.settlements(
      MonitoringFilter(), order: .largest, page: try #require(PageRequest(number: 1, size: 3)))
    for row in page.rows {
      let found = try await site.sources.payer.read { store throws(StoreError) in try store.settlement(row.id) }
      let record = try #require(found)
      let token = ["authorization": "Bearer \(try await site.token(.reader))"]
      let answer = await reader.get("/api/v1/settlements/\(row.id)", token)
      let amounts = try answer.rows("amounts")
      let total = amounts.first { $0["field"] as? String == "medfee_sumamt" }?["amount"] as? Int
      #expect(total == Int(record.settled.amounts.total.fen))
      let postings = try answer.rows("postings").compactMap { $0["amount"] as? Int }
      #expect(postings.reduce(0, +) == 0 && postings.count == record.entry.postings.count)
      let steps = try #require(try answer.object()["steps"] as? [[String: Any]])
      #expect(steps.count == record.settled.steps.count)
      #expect(try answer.rows("lines").count == record.claim.lines.count)
      let html = await reader.get("/console/settlements/\(row.id)").text
      #expect(html.contains("待遇计算过程") && html.contains("示医保"))
    }
  }

  @Test func `列表的筛选、翻页与全部记录一致`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let token = ["authorization": "Bearer \(try await site.token(.reader))"]
    var (seen, total): (Set<String>, Int) = ([], 0)
    for page in 1...10_000 {
      let answer = await reader.get("/api/v1/settlements?size=100&page=\(page)&scheme=employee", token)
      let rows = try answer.rows("settlements")
      total = try #require((try answer.object()["settlements"] as? [String: Any])?["total"] as? Int)
      if rows.isEmpty { break }
      for row in rows { #expect(seen.insert(try #require(row["id"] as? String)).inserted) }
    }
    #expect(seen.count == total && total > 100)
    let csv = await reader.get("/console/settlements?format=csv&scheme=employee")
    #expect(csv.headers["content-disposition"]?.contains("settlements-2026-11-20.csv") == true)
    #expect(csv.text.split(separator: "\n").count == total + 1)
  }

  @Test(arguments: [
    ("/console/settlements?from=2026-13-01", "from"), ("/console/settlements?page=0", "page"),
    ("/console/settlements?scheme=none", "scheme"), ("/console/settlements?care=none", "care"),
    ("/console/settlements?at_least=x", "at_least"), ("/console?month=2026", "month"),
    ("/console/ledger?from=2026-02-01&to=2026-01-01", "to"), ("/console/overview/months?year=x", "year"),
  ])
  func `写错的条件说明是哪一个`(path: String, name: String) async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let page = await reader.get(path)
    #expect(page.status == 400)
    #expect(page.text.contains("查询条件 \(name)"))
    let token = ["authorization": "Bearer \(try await site.token(.reader))"]
    let api = await reader.get(
      path.replacing("/console?", with: "/api/v1/overview?").replacing("/console", with: "/api/v1"), token)
    #expect(api.status == 400)
    #expect(try api.object()["code"] as? String == "bad-parameter")
  }

  @Test func `没有的结算、人员、机构、页面各有说法`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    for path in ["settlements/none", "persons/none", "institutions/none", "none", "settlements/%E4%B8%AD%2F%3F"] {
      let page = await reader.get("/console/" + path)
      #expect(page.status == 404, "\(path)")
      #expect(page.text.contains("role=\"alert\""), "\(path)")
    }
  }

  @Test func `基金收支结余与入账和逐笔分录之和一致`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let token = ["authorization": "Bearer \(try await site.token(.reader))"]
    let year = SampleWorld.year
    let rows = try await reader.get("/api/v1/ledger?from=\(year)-01-01&to=\(year)-12-31&lang=zh", token).rows("funds")
    var spent: [String: Int64] = [:]
    let persons = try await site.sources.payer.read { store throws(StoreError) in try store.settledPersons() }
    for person in persons {
      let settlements = try await site.sources.payer.read { store throws(StoreError) in
        try store.settlements(ofPerson: person)
      }
      for posting in settlements.flatMap(\.entry.postings) {
        if case .fund(let fund) = posting.account { spent[fund.title.chinese, default: 0] += posting.amount.fen }
      }
    }
    var received: [String: Int64] = [:]
    let receipts = try await FundDesk(store: site.sources.payer).receipts(in: year)
    for receipt in receipts { received[receipt.fund.title.chinese, default: 0] += receipt.amount.fen }
    #expect(rows.count >= 3 && received.count == 2)
    for row in rows {
      let fund = try #require(row["fund"] as? String)
      #expect(row["spent_in_year"] as? Int == Int(spent[fund] ?? 0), "\(fund)")
      #expect(row["received_in_year"] as? Int == received[fund].map { Int($0) }, "\(fund)")
      // A balance is said of funds alone whose receipts were entered.
      #expect(row["balance"] as? Int == received[fund].map { Int($0 - (spent[fund] ?? 0)) }, "\(fund)")
    }
    let overview = await reader.get("/console?month=\(year)-03")
    #expect(overview.text.contains("累计结余") && overview.text.contains("基金收入") && overview.text.contains("近五分钟接口报文"))
  }

  @Test func `科目余额借贷相等，且与逐笔分录之和一致`() async throws {
    let site = try await Site.sample()
    let reader = try await site.visitor(.reader)
    let token = ["authorization": "Bearer \(try await site.token(.reader))"]
    let rows = try await reader.get("/api/v1/ledger?from=2020-01-01&to=2030-12-31&lang=zh", token).rows("accounts")
    let debit = rows.compactMap { $0["debit"] as? Int }.reduce(0, +)
    let credit = rows.compactMap { $0["credit"] as? Int }.reduce(0, +)
    #expect(debit == credit && debit > 0)
    var expected: [String: Int64] = [:]
    let persons = try await site.sources.payer.read { store throws(StoreError) in try store.settledPersons() }
    for person in persons {
      let records = try await site.sources.payer.read { store throws(StoreError) in
        try store.settlements(ofPerson: person)
      }
      for posting in records.flatMap(\.entry.postings) {
        if case .fund(let fund) = posting.account { expected[fund.title.chinese, default: 0] += posting.amount.fen }
      }
    }
    for (fund, amount) in expected where amount != 0 {
      #expect(rows.first { $0["holder"] as? String == fund }?["debit"] as? Int == Int(amount), "\(fund)")
    }
  }

  @Test func `网页中来自数据的文字都已转义`() async throws {
    let site = try await Site.empty()
    let reader = try await site.visitor(.reader)
    let attack = "\"><script>alert(1)</script>"
    let escaped = attack.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    for path in [
      "settlements?text=\(escaped)", "persons?text=\(escaped)", "settlements/\(escaped)", "persons/\(escaped)",
    ] {
      let page = await reader.get("/console/" + path).text
      #expect(!page.contains("<script"), "\(path)")
    }
  }
}

extension Site {
  /// A token of the API.
  func token(_ role: Role) async throws -> String {
    let answer = await Visitor(site: self).postJSON(
      "/api/v1/sign-in", "{\"account\":\"\(role.rawValue)\",\"password\":\"\(Self.password)\"}")
    return try #require(try answer.object()["token"] as? String)
  }
}
