import Claims
import Console
import Grouping
import Kernel
import Payment
import People
import Testing
import Workflows

/// Pages of groups and cases say what the cases and the published run say.
@Suite struct GroupsPageTests {
  private func cases(_ sources: ConsoleSources, _ scheme: InsuranceScheme) async throws -> [PaymentCase] {
    try await PaymentWorld.all(
      CaseSelection(region: PaymentWorld.region, scheme: scheme, period: .year(PaymentWorld.year)), in: sources.paying)
  }

  private func sum(_ rows: [[String: Any]], _ column: String) -> Int {
    rows.reduce(0) { $0 + ($1[column] as? Int ?? 0) }
  }

  @Test(arguments: InsuranceScheme.allCases)
  func `病组与机构两种汇总都等于病例合计和清算分得`(scheme: InsuranceScheme) async throws {
    let site = try await PaymentWorld.site()
    let cases = try await cases(site.sources, scheme)
    let answer = try await site.ask("groups?scheme=\(scheme.rawValue)&size=1000")
    let (groups, institutions) = (try answer.rows("groups"), try answer.rows("institutions"))
    let cost = cases.reduce(0) { $0 + Int($1.cost.fen) }
    for rows in [groups, institutions] {
      #expect(sum(rows, "cases") == cases.count)
      #expect(sum(rows, "cost") == cost)
      #expect(sum(rows, "gain") == sum(rows, "worth") - cost)
    }
    // The run's shares and the amounts of cases without points, to the fen.
    let archive = RunArchive(site.sources.paying, region: PaymentWorld.region)
    let run = try #require(try await archive.standing(.year, scheme, .year(PaymentWorld.year)))
    let terms = try #require(site.sources.terms.first { $0.cases.schemes.contains(scheme) })
    let amounts = cases.map { CaseEngine.pay($0, under: terms.cases, tracing: false) }
      .filter { $0.points == nil }.reduce(0) { $0 + Int($1.payable?.fen ?? 0) }
    let shares = run.run.lines.reduce(0) { $0 + Int($1.amounts["share"]?.fen ?? 0) }
    #expect(sum(groups, "worth") == shares + amounts && sum(institutions, "worth") == shares + amounts)
    #expect(institutions.count == Set(cases.map(\.institution)).count)
  }

  @Test func `一家机构的指数与逐组定义一致`() async throws {
    let site = try await PaymentWorld.site()
    let cases = try await cases(site.sources, .employee)
    let code = try #require(cases.first?.institution)
    let rows = try await site.ask("groups?scheme=employee").rows("institutions")
    let row = try #require(rows.first { $0["code"] as? String == code })
    let byGroup = Dictionary(grouping: cases.filter { !$0.group.isEmpty }, by: \.group)
    let parts = byGroup.compactMap { _, all -> ConsumptionIndex.Group? in
      let own = all.filter { $0.institution == code }
      guard !own.isEmpty else { return nil }
      func mean(_ cases: [PaymentCase]) -> Fraction {
        Fraction(Int128(cases.reduce(0) { $0 + $1.cost.fen }), Int128(cases.count))
      }
      return .init(cases: own.count, own: mean(own), region: mean(all))
    }
    let index = ConsumptionIndex(parts)
    #expect(row["cost_index"] as? String == text(index.byCases()))
    #expect(row["cost_index_totals"] as? String == text(index.byTotals()))
    let terms = try #require(site.sources.terms.first { $0.cases.schemes.contains(.employee) })
    let own = cases.filter { $0.institution == code && !$0.group.isEmpty }
    let weights = own.compactMap { terms.cases.row(of: $0.group)?.weight?.millionths }
    let mean = Rounding.halfUp.divide(Int128(weights.reduce(0, +)), by: Int128(weights.count) * 100)
    #expect(row["cmi"] as? String == FixedPoint.print(mean, decimals: 4))
  }

  private func text(_ factor: Factor?) -> String? {
    factor.map { FixedPoint.print($0.millionths / 100, decimals: 4) }
  }

  @Test func `一个病组的病例页与病例一致并可按机构筛选`() async throws {
    let site = try await PaymentWorld.site()
    let cases = try await cases(site.sources, .employee)
    let (group, own) = try #require(
      Dictionary(grouping: cases, by: \.group).filter { !$0.key.isEmpty }.max {
        ($0.value.count, $1.key) < ($1.value.count, $0.key)
      })
    let answer = try await site.ask("groups/\(group)?scheme=employee&size=1000")
    #expect(try answer.rows("cases").compactMap { $0["id"] as? String } == own.map(\.id))
    #expect(sum(try answer.rows("institutions"), "cases") == own.count)
    let institution = try #require(own.first?.institution)
    let some = try await site.ask("groups/\(group)?scheme=employee&size=1000&institution=\(institution)").rows("cases")
    #expect(some.compactMap { $0["id"] as? String } == own.filter { $0.institution == institution }.map(\.id))
    let none = try await site.ask("groups/NOPE?scheme=employee")
    #expect(none.status == 404 && none.text.contains("NOPE"))
  }

  @Test func `病组页说明没有清算时的取值`() async throws {
    let site = try await PaymentWorld.site { sources in
      let paying = MemoryPaymentStore()
      sources.paying = paying
    }
    let page = try await site.visitor(.reader).get("/console/groups?scheme=employee")
    #expect(page.status == 200 && page.text.contains("没有支付病例") && page.text.contains("yibao pay gather"))
    #expect(try await site.ask("groups?year=2025").status == 404)
    #expect(try await site.ask("groups?order=x").status == 400)
  }

  // MARK: Cases

  /// A gathered stay with at least so many diagnoses.
  private func gathered(_ site: Site, _ scheme: InsuranceScheme, diagnoses: Int) async throws -> (
    PaymentCase, FiledSettlementList
  ) {
    for item in try await cases(site.sources, scheme) {
      let id = item.id
      let filed = try await site.sources.payer.read { store throws(StoreError) in
        try store.filed(FiledSettlementList.self, about: id).last
      }
      if let filed, !item.group.isEmpty, filed.list.diagnoses.count >= diagnoses { return (item, filed) }
    }
    throw MissingExample()
  }

  private struct MissingExample: Error {}

  @Test(arguments: InsuranceScheme.allCases)
  func `病例页的支付与清算书一致，分组与归集一致`(scheme: InsuranceScheme) async throws {
    let site = try await PaymentWorld.site()
    let (item, _) = try await gathered(site, scheme, diagnoses: 1)
    let answer = try await site.ask("cases/\(item.id)")
    let object = try answer.object()
    let grouped = try #require(object["grouped"] as? [String: Any])
    #expect(grouped["code"] as? String == item.group)
    #expect(!(try #require(object["grouping"] as? [[String: Any]])).isEmpty)
    let terms = try #require(site.sources.terms.first { $0.cases.schemes.contains(scheme) })
    let payment = CaseEngine.pay(item, under: terms.cases)
    #expect((object["steps"] as? [[String: Any]])?.count == payment.steps.count)
    let amounts = try answer.rows("amounts")
    let cost = amounts.first { $0["item"] as? String == "总费用" }?["amount"] as? Int
    #expect(cost == Int(item.cost.fen))
    // Points at the price that the year's run paid this institution for its points.
    let archive = RunArchive(site.sources.paying, region: PaymentWorld.region)
    let run = try #require(try await archive.standing(.year, scheme, .year(PaymentWorld.year)))
    let line = try #require(run.run.lines.first { $0.holder == item.institution })
    let own = try await cases(site.sources, scheme).filter { $0.institution == item.institution }
      .compactMap { CaseEngine.pay($0, under: terms.cases, tracing: false).points }
    let worth =
      try payment.points.map { points in
        let all = own.reduce(Points.zero, +)
        let share = try #require(line.amounts["share"])
        return Int(Rounding.halfUp.divide(Int128(share.fen) * Int128(points.millionths), by: Int128(all.millionths)))
      } ?? Int(try #require(payment.payable).fen)
    #expect(amounts.first { $0["item"] as? String == "病例价值" }?["amount"] as? Int == worth)
  }

  @Test func `试算换编码得到分组器对该编码的答案，且不改变任何记录`() async throws {
    let site = try await PaymentWorld.site()
    let (item, filed) = try await gathered(site, .employee, diagnoses: 2)
    let grouping = try #require(site.sources.groupings.first { !$0.isDIP })
    let person = try await site.sources.payer.read { store throws(StoreError) in
      (try store.settlement(item.id), try store.person(store.settlement(item.id)?.visit.person ?? "")?.person)
    }
    let unit = GroupingCase(filed.list, of: person.1, try #require(person.0).claim)
    let rows = try await site.ask("cases/\(item.id)").rows("variations")
    let expected = grouping.variations(of: unit)
    #expect(rows.count == expected.count && rows.count >= 3)
    for (row, variation) in zip(rows, expected) {
      #expect(row["group"] as? String == variation.reported && row["differs"] as? Bool == variation.isOther)
    }
    var swapped = unit
    swapped.diagnoses.swapAt(0, 1)
    let query =
      "what_if=1&diagnoses=\(swapped.diagnoses.joined(separator: "%0D%0A"))"
      + "&procedures=\(swapped.procedures.joined(separator: "%20"))&cost=1234.56&stay=3&age=70"
    let answer = try await site.ask("cases/\(item.id)?\(query)").rows("what_if")
    swapped.ageYears = 70
    swapped.ageDays = nil
    swapped.stayDays = 3
    #expect(answer.count == 3 && answer[1]["group"] as? String == grouping.answer(swapped).reported)
    #expect(answer[1]["cost"] as? Int == 123_456 && answer[0]["cost"] as? Int == Int(item.cost.fen))
    #expect(try await site.sources.paying.paymentCase(item.id, region: PaymentWorld.region) == item)
    let bad = try await site.ask("cases/\(item.id)?what_if=1&cost=-1&diagnoses=A")
    #expect(bad.status == 400)
  }

  @Test func `没有分组方案时说明如何取得，没有病例时说明如何归集`() async throws {
    let site = try await PaymentWorld.site { $0.groupings = [] }
    let (item, _) = try await gathered(site, .employee, diagnoses: 1)
    let reader = try await site.visitor(.reader)
    let page = await reader.get("/console/cases/\(item.id)")
    #expect(page.status == 200 && page.text.contains("--edition") && page.text.contains("支付计算过程"))
    let english = await reader.get("/console/cases/\(item.id)?lang=en")
    #expect(english.text.contains("not offered") && english.text.contains("Payment, step by step"))
    let none = await reader.get("/console/cases/NONE?lang=zh")
    #expect(none.status == 404 && none.text.contains("yibao pay gather"))
    // A case that came from a table has no codes.
    let full = try await PaymentWorld.site()
    let made = try #require(try await cases(full.sources, .employee).first { $0.id.hasPrefix("S2026E") })
    #expect(try await full.visitor(.reader).get("/console/cases/\(made.id)").text.contains("没有诊断与手术编码"))
  }
}
