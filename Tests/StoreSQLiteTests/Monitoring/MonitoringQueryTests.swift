import GRDB
import Kernel
import People
import Testing
import Workflows

@testable import StoreSQLite

/// Lists and totals of the projection against a slow look at every settlement.
@Suite struct MonitoringQueryTests {
  static let world = MonitoringWorld(seed: 20_261_121, count: 2_400)

  private static let store: Task<SQLiteMonitoringStore, any Error> = Task {
    let store = try SQLiteMonitoringStore()
    for start in stride(from: 0, to: world.settlements.count, by: 333) {
      let portion = world.settlements[start..<min(start + 333, world.settlements.count)].map { row in
        var row = row
        // What is reversed later the projection has to find out by itself.
        (row.ordinal, row.state) = (0, row.isReversal ? .reversal : .standing)
        return row
      }
      try await store.append(portion, upTo: ChainPlace(strands: [Int64(start + portion.count)]))
    }
    return store
  }

  private let dimensionSets: [Set<MonitoringDimension>] = [
    [], [.month], [.day], [.institution], [.scheme], [.care], [.month, .institution], [.day, .institution, .care],
    [.scheme, .care], Set(MonitoringDimension.allCases),
  ]

  @Test func `世界里各种情况都有`() {
    let rows = Self.world.settlements
    #expect(MonitoredState.allCases.allSatisfy { state in rows.count { $0.state == state } > 100 })
    #expect(Set(rows.map(\.month)).count == 12 && Set(rows.map(\.institution)).count == 7)
    #expect(Self.world.matching(MonitoringFilter()).count == 2_400)
    #expect(MonitoringWorld.filters.count(where: { !Self.world.matching($0).isEmpty }) > 100)
  }

  @Test func `汇总等于逐笔相加`() async throws {
    let store = try await Self.store.value
    for filter in MonitoringWorld.filters {
      for dimensions in dimensionSets {
        let lines = try await store.totals(filter, by: dimensions)
        let found = Dictionary(uniqueKeysWithValues: lines.map { ($0.group, $0.measures) })
        #expect(found == Self.world.totals(filter, by: dimensions), "\(filter) \(dimensions)")
      }
    }
  }

  @Test func `汇总按组升序`() async throws {
    let lines = try await Self.store.value.totals(MonitoringFilter(), by: [.month, .institution])
    let keys = lines.map { "\($0.group.month?.description ?? "") \($0.group.institution ?? "")" }
    #expect(keys == keys.sorted() && keys.count == 84)
  }

  @Test func `清单逐页等于逐笔筛选排序`() async throws {
    let store = try await Self.store.value
    for filter in MonitoringWorld.filters {
      let matching = Self.world.matching(filter)
      for order in MonitoringOrder.allCases {
        let sorted = Self.world.sorted(matching, order)
        let size = 23
        let last = (sorted.count + size - 1) / size
        for number in Set([1, 2, last / 2, last - 1, last, last + 1]) where number >= 1 {
          let request = try #require(PageRequest(number: number, size: size))
          let page = try await store.settlements(filter, order: order, page: request)
          #expect(page.total == sorted.count, "\(filter)")
          #expect(page.rows == Page(sorted, request).rows, "\(filter) \(order) \(number)")
        }
      }
    }
    let beyond = try #require(PageRequest(number: .max, size: .max))
    #expect(try await store.settlements(MonitoringFilter(), order: .newest, page: beyond).rows.isEmpty)
  }

  @Test func `诊断排行等于逐笔相加`() async throws {
    let store = try await Self.store.value
    for filter in MonitoringWorld.filters {
      var sums: [String: MonitoringMeasures] = [:]
      for row in Self.world.matching(filter) { sums[row.diagnosis, default: .init()].add(row) }
      for rank in MonitoringRank.allCases {
        let lines = try await store.diagnoses(filter, by: rank, limit: 100)
        #expect(Dictionary(uniqueKeysWithValues: lines.map { ($0.diagnosis, $0.measures) }) == sums, "\(filter)")
        let worth = lines.map { line in
          switch rank {
          case .count: Int64(line.measures.netCount)
          case .total: line.measures.amounts.total.fen
          case .fund: line.measures.amounts.fund.fen
          }
        }
        #expect(worth == worth.sorted(by: >))
        #expect(try await store.diagnoses(filter, by: rank, limit: 2) == Array(lines.prefix(2)))
      }
    }
  }

  @Test func `人员按编号、证件末位和姓名开头查到`() async throws {
    let store = try await Self.store.value
    let persons = Set(
      Self.world.settlements.map {
        MonitoredPerson(number: $0.person, name: $0.name, certificateEnding: $0.certificateEnding)
      })
    #expect(persons.count > 250)
    let seventeen = try #require(persons.first { $0.number == "P17" })
    #expect(try await store.persons(.number("P17"), limit: 9) == [seventeen])
    #expect(try await store.persons(.number("P1700"), limit: 9).isEmpty)
    let ending = String(seventeen.certificateEnding.suffix(4))
    #expect(
      Set(try await store.persons(.certificateEnding(ending), limit: 99))
        == persons.filter { $0.certificateEnding.hasSuffix(ending) })
    for prefix in ["王", "欧阳", "欧", "𠮷", "张·买", "赵", "100%", "_"] {
      let found = try await store.persons(.namePrefix(prefix), limit: 999)
      #expect(Set(found) == persons.filter { $0.name.hasPrefix(prefix) } && found.count == Set(found).count)
    }
    #expect(try await store.persons(.namePrefix("王"), limit: 3).count == 3)
  }

  @Test func `逐页排序都不另排全表`() async throws {
    let store = try await Self.store.value
    var plain = MonitoringFilter()
    plain.scheme = .employee
    var one = MonitoringFilter()
    one.institution = "H101"
    let filters = [MonitoringFilter(), plain, one]
    let plans = try await store.read("plan") { db in
      try filters.map { filter in
        let selection = try SettlementSelection(filter, db)
        let sql =
          "SELECT ordinal FROM \(selection.source(by: selection.index)) ORDER BY time DESC, ordinal DESC LIMIT 9"
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        return try Row.fetchAll(statement, arguments: StatementArguments(selection.values)).map {
          $0["detail"] as String
        }
      }
    }
    for plan in plans {
      #expect(plan.allSatisfy { $0.contains("COVERING INDEX") && !$0.contains("TEMP B-TREE") }, "\(plan)")
    }
  }
}
