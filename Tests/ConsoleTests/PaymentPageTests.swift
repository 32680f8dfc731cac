import Console
import Foundation
import Kernel
import Ledger
import Payment
import People
import Policy
import Testing
import Workflows

/// Pages of payment say what was published, to the fen.
@Suite struct PaymentPageTests {
  private func runs(_ site: Site) async throws -> [PublishedRun] {
    try await site.sources.paying.runs(RunSelection(region: PaymentWorld.region))
  }

  private func run(
    _ site: Site, _ kind: PaymentRun.Kind, _ scheme: InsuranceScheme, _ period: PaymentPeriod
  ) async throws -> PublishedRun {
    let archive = RunArchive(site.sources.paying, region: PaymentWorld.region)
    return try #require(try await archive.standing(kind, scheme, period))
  }

  @Test func `总览列出每次公布，更正过的有标记`() async throws {
    let site = try await PaymentWorld.site()
    let runs = try await runs(site)
    let rows = try await site.ask("payment").rows("runs")
    #expect(rows.count == runs.count && runs.count == 27)
    for (row, item) in zip(rows, runs.reversed()) {
      let main = try #require(item.run.inputs.kind.mainAmounts.last)
      let sum = item.run.lines.reduce(0) { $0 + Int($1.amounts[main]?.fen ?? 0) }
      #expect(row["amount"] as? Int == sum && row["holders"] as? Int == item.run.lines.count)
      #expect(item.run.identity.hasPrefix(try #require(row["identity"] as? String)))
    }
    #expect(rows.count { $0["state"] as? String == "已被更正" } == 1)
    let standing = try await site.ask("payment?standing=yes&kind=month&scheme=employee").rows("runs")
    #expect(standing.count == 12)
    #expect(try await site.ask("payment?kind=none").status == 400)
  }

  @Test func `一次公布的金额、分录、差异与所存一致`() async throws {
    let site = try await PaymentWorld.site()
    let month = try #require(YearMonth(year: PaymentWorld.year, month: PaymentWorld.correctedMonth))
    let last = try await run(site, .month, .employee, .month(month))
    let answer = try await site.ask("payment/runs/\(last.run.identity)?size=1000")
    let lines = try answer.rows("month_lines")
    #expect(lines.compactMap { $0["holder"] as? String } == last.run.lines.map(\.holder))
    #expect(lines.map { $0["paid"] as? Int } == last.run.lines.map { $0.amounts["paid"].map { Int($0.fen) } })
    let postings = try answer.rows("postings")
    #expect(postings.count == last.run.entries.reduce(0) { $0 + $1.postings.count })
    #expect(postings.reduce(0) { $0 + ($1["amount"] as? Int ?? 1) } == 0)
    let corrected = try #require(last.run.corrects)
    let first = try #require(try await site.sources.paying.run(corrected))
    let changes = last.run.differences(from: first.run)
    let rows = try answer.rows("differences")
    #expect(!changes.isEmpty && rows.map { $0["change"] as? Int } == changes.map { Int($0.change.fen) })
    #expect(try answer.rows("chain").count == 2)
    // By the beginning of the identity; the first run says what took its place; any two can be compared.
    let short = try await site.ask("payment/runs/\(first.run.identity.prefix(12))")
    #expect(short.status == 200 && short.text.contains("取代"))
    let same = try await site.ask("payment/runs/\(first.run.identity)?against=\(last.run.identity)").rows("differences")
    #expect(same.map { $0["change"] as? Int } == changes.map { -Int($0.change.fen) })
    #expect(try await site.ask("payment/runs/abc").status == 404)
  }

  @Test(arguments: InsuranceScheme.allCases)
  func `每家机构的清算书由所存金额重现公布时的每一步`(scheme: InsuranceScheme) async throws {
    let site = try await PaymentWorld.site()
    let terms = try #require(site.sources.terms.first { $0.cases.schemes.contains(scheme) })
    let archive = RunArchive(site.sources.paying, region: PaymentWorld.region)
    let month = try #require(YearMonth(year: PaymentWorld.year, month: PaymentWorld.correctedMonth))
    for (kind, period) in [(PaymentRun.Kind.year, PaymentPeriod.year(PaymentWorld.year)), (.month, .month(month))] {
      let published = try await run(site, kind, scheme, period)
      let made = MadeRun(run: published.run, published: published, corrected: nil)
      for line in published.run.lines {
        let account = try #require(try await archive.account(of: line.holder, in: made, under: terms))
        #expect(account.remarks.isEmpty, "\(line.holder) \(period)")
        #expect(account.steps.last?.result == line.amounts[kind == .year ? "due" : "paid"])
        let path = "payment/runs/\(published.run.identity)/institutions/\(line.holder)?size=1000"
        let answer = try await site.ask(path)
        let amounts = try answer.rows("amounts")
        #expect(amounts.count == line.amounts.count)
        for row in amounts {
          let word = try #require(row["word"] as? String)
          #expect(row["amount"] as? Int == line.amounts[word].map { Int($0.fen) }, "\(line.holder) \(word)")
        }
        #expect(try answer.rows("steps").count == account.steps.count)
        let cases = account.cases?.cases.count ?? 0
        if cases > 0 { #expect(try answer.rows("cases").count == cases) }
      }
    }
  }

  @Test func `合同不同或病例有变动时清算书只列金额并说明`() async throws {
    let other = try await PaymentWorld.site { sources in
      sources.terms = sources.terms.map { PayingTerms(cases: $0.cases, clearing: $0.clearing, identity: "other") }
    }
    let year = try await run(other, .year, .employee, .year(PaymentWorld.year))
    let line = try #require(year.run.lines.first)
    let path = "payment/runs/\(year.run.identity)/institutions/\(line.holder)"
    let answer = try await other.ask(path)
    #expect(answer.text.contains("金额以公布为准") && !answer.text.contains("\"steps\""))
    #expect(try answer.rows("amounts").count == line.amounts.count)
    let changed = try await PaymentWorld.site()
    let copy = MemoryPaymentStore()
    for scheme in InsuranceScheme.allCases {
      let selection = CaseSelection(region: PaymentWorld.region, scheme: scheme, period: .year(PaymentWorld.year))
      var cases = try await PaymentWorld.all(selection, in: changed.sources.paying)
      if let place = cases.firstIndex(where: { $0.institution == line.holder }) {
        cases[place].cost = cases[place].cost + Money(fen: 1)
        cases[place].fundShare = cases[place].fundShare + Money(fen: 1)
      }
      try await copy.put(cases, region: PaymentWorld.region)
    }
    for item in try await runs(changed) { try await copy.publish(item) }
    let later = try await PaymentWorld.site { $0.paying = copy }
    #expect(try await later.ask(path).text.contains("病例有变动"))
    #expect(try await later.visitor(.reader).get("/console/groups?scheme=employee").text.contains("1 家机构的病例"))
    #expect(try await later.ask("payment/runs/\(year.run.identity)/institutions/NONE").status == 404)
  }

  @Test func `合同页列出每一条款的文件与条目`() async throws {
    let site = try await PaymentWorld.site()
    for terms in site.sources.terms {
      let scheme = try #require(terms.cases.schemes.first)
      let answer = try await site.ask("payment/contract?scheme=\(scheme.rawValue)")
      let rows = try answer.rows("case_terms") + answer.rows("clearing_terms")
      let shown = rows.compactMap { $0["source"] as? String }.joined(separator: "\n")
      // Every clause that the contract's sources name is on the page.
      let clauses = terms.cases.sources.compactMap { source -> String? in
        guard case .document(_, let clause) = source.citation else { return nil }
        return clause
      }
      for clause in Set(clauses) { #expect(shown.contains(clause), "\(scheme) \(clause)") }
      #expect(rows.allSatisfy { ($0["value"] as? String)?.isEmpty == false })
    }
    let page = try await site.visitor(.reader).get("/console/payment/contract?scheme=employee&lang=en")
    #expect(page.text.contains("third") == false && page.text.contains("quality deposit"))
  }

  @Test func `测算两套政策：机构、病组、合计相符，无对比政策时说明`() async throws {
    let rival = try await PaymentWorld.site { sources in
      sources.rivals = [RivalTerms(name: "拟行", terms: sources.terms.map(Self.dearer))]
    }
    let answer = try await rival.ask("payment/simulation?scheme=employee&size=1000")
    let (institutions, groups) = (try answer.rows("institutions"), try answer.rows("groups"))
    func sum(_ rows: [[String: Any]], _ name: String) -> Int { rows.reduce(0) { $0 + ($1[name] as? Int ?? 0) } }
    for name in ["before", "after", "gain", "cases"] { #expect(sum(institutions, name) == sum(groups, name)) }
    #expect(institutions.contains { $0["gain"] as? Int ?? 0 > 0 })
    #expect(institutions.contains { $0["gain"] as? Int ?? 0 < 0 })
    let more = try await rival.ask("payment/simulation?scheme=employee&size=1000&other_fund=99999999")
    #expect(sum(try more.rows("groups"), "after") > sum(groups, "after"))
    #expect(try await rival.ask("payment/simulation?against=none").status == 400)
    let none = try await PaymentWorld.site().visitor(.reader).get("/console/payment/simulation")
    #expect(none.status == 200 && none.text.contains("--against"))
  }

  /// The same terms with another coefficient for every tertiary institution.
  private static func dearer(_ terms: PayingTerms) -> PayingTerms {
    var terms = terms
    guard case .grouped(var grouped) = terms.cases.otherwise.terms, let values = grouped.coefficients.values else {
      return terms
    }
    var changed = values.value.values
    for (key, value) in changed where key.level == .tertiary { changed[key] = value + Factor(millionths: 100_000) }
    grouped.coefficients.values?.value = Graded(changed)
    terms.cases.otherwise.terms = .grouped(grouped)
    return terms
  }

  @Test func `每页中英文都可读并且每个表都能导出`() async throws {
    let site = try await PaymentWorld.site()
    let reader = try await site.visitor(.reader)
    let year = try await run(site, .year, .resident, .year(PaymentWorld.year))
    let holder = try #require(year.run.lines.first?.holder)
    let paths = [
      "payment", "payment/contract?scheme=resident", "payment/runs/\(year.run.identity)",
      "payment/runs/\(year.run.identity)/institutions/\(holder)", "groups?scheme=resident",
    ]
    for path in paths {
      for language in ["zh", "en"] {
        let page = await reader.get("/console/\(path)\(path.contains("?") ? "&" : "?")lang=\(language)")
        #expect(page.status == 200 && page.text.contains("<h1>"), "\(path)")
      }
      let page = await reader.get("/console/\(path)")
      let exports = page.text.components(separatedBy: "href=\"").dropFirst()
        .compactMap { $0.components(separatedBy: "\"").first?.replacing("&amp;", with: "&") }
        .filter { $0.contains("format=csv") }
      #expect(!exports.isEmpty, "\(path)")
      for export in exports { #expect(await reader.get(export).status == 200, "\(export)") }
    }
  }
}
