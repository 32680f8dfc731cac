import Claims
import Kernel
import People
import StoreTrial
import Testing
import Workflows

@testable import StoreSQLite

/// Checks of settlement lists by month and source, against a slow look at all lists.
@Suite struct QualityMonitoringTests {
  private struct World {
    var lists: [String: CheckedList] = [:]
    var random = WorldRandom(state: 11)

    mutating func list(_ number: Int) -> CheckedList {
      let rules: [SettlementListRule] = [.physicianMissing, .nurseMissing, .treatmentMissing, .fundsDiffer]
      let findings = (0..<max(random.below(6) - 2, 0)).map { SettlementListFinding(rules[$0], "v\(number)") }
      let month = 1 + random.below(6)
      return CheckedList(
        id: "\(number)", institution: "H\(random.below(4))", settlement: "S\(number)",
        time: "2026-0\(month)-0\(1 + random.below(9)) 10:00:00", isVoid: random.below(15) == 0, findings: findings)
    }
  }

  private static let filters: [QualityFilter] = {
    var filters: [QualityFilter] = []
    let months = (YearMonth("2026-02"), YearMonth("2026-04"))
    for span in [nil, months.0.flatMap { first in months.1.map { first...$0 } }] {
      for institution in [nil, "H2", "H9"] {
        for rule: SettlementListRule? in [nil, .nurseMissing, .cashDiffers] {
          var filter = QualityFilter()
          (filter.months, filter.institution, filter.rule) = (span, institution, rule)
          filters.append(filter)
        }
      }
    }
    return filters
  }()

  private func month(_ list: CheckedList) -> YearMonth? { CalendarDate(list.time.prefix(10))?.yearMonth }

  private func check(_ store: SQLiteMonitoringStore, _ world: World) async throws {
    for filter in Self.filters {
      let lists = world.lists.values.filter { list in
        !list.isVoid && (filter.institution.map { $0 == list.institution } ?? true)
          && (filter.months.map { months in month(list).map { months.contains($0) } ?? false } ?? true)
      }
      func findings(_ list: CheckedList) -> Int {
        list.findings.count { filter.rule == nil || $0.rule == filter.rule }
      }
      for dimensions: Set<QualityDimension> in [[], [.month], [.institution], [.month, .institution]] {
        var wanted: [QualityTotal] = dimensions.isEmpty ? [QualityTotal()] : []
        for list in lists {
          var key = QualityTotal()
          if dimensions.contains(.month) { key.month = month(list) }
          if dimensions.contains(.institution) { key.institution = list.institution }
          let place =
            wanted.firstIndex { ($0.month, $0.institution) == (key.month, key.institution) } ?? wanted.endIndex
          if place == wanted.endIndex { wanted.append(key) }
          wanted[place].listCount += 1
          wanted[place].findingCount += findings(list)
          if findings(list) > 0 { wanted[place].listsWithFindings += 1 }
        }
        let found = try await store.quality(filter, by: dimensions)
        #expect(Set(found) == Set(wanted) && found.count == wanted.count, "\(filter) \(dimensions)")
      }
      let rules = try await store.brokenRules(filter)
      for rule in Set(rules.map(\.rule)).union([.nurseMissing]) where filter.rule == nil || filter.rule == rule {
        let broken = lists.filter { list in list.findings.contains { $0.rule == rule } }
        let line = rules.first { $0.rule == rule }
        #expect((line?.listCount ?? 0) == broken.count)
        #expect((line?.findingCount ?? 0) == broken.reduce(0) { $0 + $1.findings.count { $0.rule == rule } })
      }
      let page = try await store.worstLists(filter, page: try #require(PageRequest(number: 1, size: 1_000)))
      #expect(Set(page.rows) == Set(lists.filter { findings($0) > 0 }) && page.total == page.rows.count)
      #expect(page.rows.map(\.findings.count) == page.rows.map(\.findings.count).sorted(by: >))
      let second = try await store.worstLists(filter, page: try #require(PageRequest(number: 2, size: 3)))
      #expect(second.rows == Array(page.rows.dropFirst(3).prefix(3)))
    }
  }

  @Test func `各月各机构的清单数、问题数和规则`() async throws {
    let store = try SQLiteMonitoringStore()
    var world = World()
    for start in stride(from: 0, to: 300, by: 50) {
      let lists = (start..<start + 50).map { world.list($0) }
      for list in lists { world.lists[list.id] = list }
      try await store.append(lists, readUpTo: ["H\(start)": "2026-01-01 00:00:00"])
    }
    try await check(store, world)
    // Sent again: other findings, another month, taken back.
    let again = (0..<120).map { world.list($0 * 2) }
    for list in again { world.lists[list.id] = list }
    try await store.append(again, readUpTo: [:])
    try await check(store, world)
    try await store.append(again, readUpTo: [:])
    try await check(store, world)
    #expect(try await store.listTimes().count == 6)
  }

  @Test func `结算撤销后清单不再计数无论孰先孰后`() async throws {
    let world = MonitoringWorld(seed: 5, count: 200)
    let reversal = try #require(world.settlements.first { $0.isReversal })
    let original = try #require(world.settlements.first { $0.id == reversal.reverses })
    let list = CheckedList(
      id: "1", institution: "H1", settlement: original.id, time: "2026-03-01 10:00:00", isVoid: false,
      findings: [SettlementListFinding(.nurseMissing)])
    for isListFirst in [true, false] {
      let store = try SQLiteMonitoringStore()
      try await store.append([original], upTo: ChainPlace(strands: [1]))
      if isListFirst {
        try await store.append([list], readUpTo: [:])
        #expect(try await store.quality(QualityFilter(), by: []).map(\.listCount) == [1])
      }
      try await store.append([reversal], upTo: ChainPlace(strands: [2]))
      if !isListFirst { try await store.append([list], readUpTo: [:]) }
      let totals = try await store.quality(QualityFilter(), by: [])
      #expect(totals == [QualityTotal()] && totals[0].perMille == nil)
      #expect(try await store.brokenRules(QualityFilter()).isEmpty)
      #expect(
        try await store.worstLists(QualityFilter(), page: try #require(PageRequest(number: 1, size: 9))).total == 0)
    }
  }

  @Test func `从存储读清单且再读无害`() async throws {
    let (folder, payer, store) = (try StoreFolder(), MemoryStore(), try SQLiteMonitoringStore())
    try await folder.desk.fill(payer)
    let code = folder.desk.institution.institution.code
    let feed = QualityFeed(store: payer, projection: store)
    #expect(try await feed.catchUp() == 0)  // no settlement is known yet
    _ = try await MonitoringFeed(store: payer, projection: store).catchUp()
    func file(_ number: Int, _ time: String, _ findings: [SettlementListFinding]) async throws {
      let list = SettlementList(settlement: "S\(number)", visit: "V\(number)", person: "P1", institution: code)
      let filed = FiledSettlementList(
        id: "\(number)", owner: code, settlement: "S\(number)", time: time, list: list, state: .submitted,
        findings: findings)
      try await payer.write { store throws(StoreError) in try store.put(filed) }
    }
    try await file(2, "2025-06-05 10:00:00", [SettlementListFinding(.nurseMissing, "x")])
    try await file(3, "2025-08-09 10:00:00", [])
    try await file(1, "2025-07-01 10:00:00", [SettlementListFinding(.nurseMissing)])  // S1 was reversed
    #expect(try await feed.catchUp() == 3)
    #expect(try await store.listTimes() == [code: "2025-08-09 10:00:00"])
    let totals = try await store.quality(QualityFilter(), by: [.month])
    #expect(totals.map(\.month?.description) == ["2025-06", "2025-08"])
    #expect(totals.map(\.perMille) == [1_000, 0])
    // One that was received a minute before the last one, and stored after it.
    try await file(4, "2025-08-09 09:59:00", [SettlementListFinding(.physicianMissing)])
    try await file(3, "2025-08-09 10:00:30", [SettlementListFinding(.physicianMissing)])
    #expect(try await feed.catchUp() == 2)
    let line = try #require(try await store.brokenRules(QualityFilter()).first { $0.rule == .physicianMissing })
    #expect(line.listCount == 2)
    #expect(try await store.quality(QualityFilter(), by: []).map(\.listCount) == [3])
  }
}
