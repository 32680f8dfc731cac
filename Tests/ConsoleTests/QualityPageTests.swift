import Claims
import Console
import Kernel
import StoreSQLite
import Testing
import Workflows

/// The pages about checks of settlement lists show what the projection counted.
@Suite struct QualityPageTests {
  /// Eight lists of two months and institutions, three of them with findings.
  private func site() async throws -> Site {
    let monitoring = try SQLiteMonitoringStore()
    let lists = (1...8).map { number in
      let findings: [SettlementListFinding] =
        switch number {
        case 2: [SettlementListFinding(.physicianMissing)]
        case 4: [SettlementListFinding(.physicianMissing), SettlementListFinding(.diagnosisRepeated, "I10.x00")]
        case 7: [SettlementListFinding(.diagnosisRepeated, "J18.900")]
        default: []
        }
      return CheckedList(
        id: "L\(number)", institution: number < 5 ? "H1" : "H2", settlement: "S\(number)",
        time: "2026-0\(number.isMultiple(of: 2) ? 1 : 2)-10 08:00:00", isVoid: false, findings: findings)
    }
    try await monitoring.append(lists, readUpTo: ["H1": "2026-02-10 08:00:00", "H2": "2026-02-10 08:00:00"])
    return try await Site(try SampleWorld.sources(MemoryStore(), monitoring, MemoryPaymentStore()))
  }

  @Test func `问题率按月、按机构、按规则与清单一致`() async throws {
    let site = try await site()
    let reader = try await site.visitor(.reader)
    let answer = await reader.get("/api/v1/quality")
    let object = try answer.object()
    #expect(object["list_count"] as? Int == 8 && object["wanting_count"] as? Int == 3)
    #expect(object["per_mille"] as? Int == 375 && object["finding_count"] as? Int == 4)
    let months = try answer.rows("months")
    #expect(months.compactMap { $0["month"] as? String } == ["2026-01", "2026-02"])
    #expect(months.compactMap { $0["per_mille"] as? Int } == [500, 250])
    #expect((object["rate"] as? [String: Any])?["per_mille"] as? [Int] == [500, 250])
    let institutions = try answer.rows("institutions")
    #expect(institutions.compactMap { $0["institution"] as? String } == ["H1", "H2"])
    #expect(institutions.compactMap { $0["findings"] as? Int } == [3, 1])
    let rules = try answer.rows("rules")
    #expect(Set(rules.compactMap { $0["rule"] as? Int }) == [108, 403])
    #expect(rules.compactMap { $0["findings"] as? Int } == [2, 2])
    #expect(rules.allSatisfy { $0["share"] as? String == "0.2500" })
    let worst = try answer.rows("lists")
    #expect(worst.compactMap { $0["list"] as? String }.first == "L4" && worst.count == 3)
    #expect((worst.first?["findings"] as? String)?.contains("403 同一诊断填了两次（I10.x00）") ?? false)
  }

  @Test func `规则页只计该规则；清单链接到结算单；导出与页面一致`() async throws {
    let site = try await site()
    let reader = try await site.visitor(.reader)
    let answer = await reader.get("/api/v1/quality/rules/403")
    #expect(try answer.object()["wanting_count"] as? Int == 2)
    #expect(try answer.rows("lists").compactMap { $0["count"] as? Int } == [1, 1])
    let page = await reader.get("/console/quality/rules/403")
    #expect(page.text.contains("同一诊断填了两次") && page.text.contains("/console/settlements/S7"))
    let january = await reader.get("/api/v1/quality/rules/403?from=2026-01&to=2026-01&institution=H1")
    #expect(try january.object()["list_count"] as? Int == 2)
    #expect(try january.object()["finding_count"] as? Int == 1)
    let file = await reader.get("/console/quality?format=csv&table=lists")
    #expect(file.text.split(separator: "\n").count { $0.hasPrefix("L") } == 3)
    #expect(await reader.get("/console/quality/rules/199").status == 404)
    #expect(await reader.get("/console/quality?from=2026-02&to=2026-01").status == 400)
    let every = await reader.get("/console/quality?rule=108")
    #expect(every.status == 200)
  }

  @Test func `没有清单时说明从哪里来`() async throws {
    let site = try await Site.empty()
    let reader = try await site.visitor(.reader)
    let page = await reader.get("/console/quality")
    #expect(page.status == 200 && page.text.contains("4101"))
    for rule in SettlementListRule.allCases {
      let one = await reader.get("/console/quality/rules/\(rule.rawValue)")
      #expect(one.status == 200 && one.text.contains(rule.message.chinese), "\(rule.rawValue)")
    }
  }
}
