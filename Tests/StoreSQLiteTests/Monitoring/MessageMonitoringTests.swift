import Foundation
import Kernel
import Synchronization
import Testing
import Workflows

@testable import StoreSQLite

/// The log of messages: bounded, found by everything it offers, counted for longer than it is kept.
@Suite struct MessageMonitoringTests {
  /// Invented messages of three days, in order.
  private static let world: [LoggedMessage] = {
    var random = WorldRandom(state: 3)
    return (0..<1_500).map { number in
      let minute = number * 3 * 1_440 / 1_500
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let time = "2026-03-\(two(1 + minute / 1_440)) \(two(minute / 60 % 24)):\(two(minute % 60)):\(two(number % 60))"
      let outcome = random.below(5) == 0 ? 200 + random.below(20) : 0
      return LoggedMessage(
        time: time, transaction: ["1101", "2207", "9001", "x'y"][random.below(4)],
        institution: ["H101", "H102", "stranger"][random.below(3)], message: "M\(number)", outcome: outcome,
        microseconds: Int64(random.below(1 << (4 + random.below(17)))), bytesIn: 10 + random.below(90),
        bytesOut: random.below(900), input: "{\"n\":\(number)}", error: outcome == 0 ? "" : "错误 \(outcome)")
    }
  }()

  private func store(limit: Int = 200_000) async throws -> SQLiteMonitoringStore {
    var options = SQLiteMonitoringStore.Options()
    options.messageLimit = limit
    let store = try SQLiteMonitoringStore(options: options)
    let known = MonitoringWorld(seed: 1, count: 50).settlements
    try await store.append(known, upTo: ChainPlace(strands: [50]))
    for start in stride(from: 0, to: Self.world.count, by: 400) {
      try await store.append(Array(Self.world[start..<min(start + 400, Self.world.count)]))
    }
    return store
  }

  private static let filters: [MessageFilter] = {
    func filter(_ body: (inout MessageFilter) -> Void) -> MessageFilter {
      var filter = MessageFilter()
      body(&filter)
      return filter
    }
    return [
      filter { _ in }, filter { ($0.from, $0.to) = ("2026-03-02", "2026-03-02") },
      filter { $0.from = "2026-03-02 12:00:00" }, filter { $0.transaction = "2207" }, filter { $0.transaction = "x'y" },
      filter { $0.institution = "stranger" }, filter { $0.isRefused = true }, filter { $0.isRefused = false },
      filter { $0.outcome = 207 }, filter { $0.slowerThan = 100_000 }, filter { $0.message = "M77" },
      filter { ($0.institution, $0.isRefused, $0.to) = ("H101", true, "2026-03-02") }, filter { $0.message = "M" },
    ]
  }()

  private static func matching(_ filter: MessageFilter, in messages: some Sequence<LoggedMessage>) -> [LoggedMessage] {
    messages.filter { row in
      (filter.from.map { ($0.count == 10 ? "\($0) 00:00:00" : $0) <= row.time } ?? true)
        && (filter.to.map { ($0.count == 10 ? "\($0) 23:59:59" : $0) >= row.time } ?? true)
        && (filter.transaction.map { $0 == row.transaction } ?? true)
        && (filter.institution.map { $0 == row.institution } ?? true)
        && (filter.isRefused.map { $0 == (row.outcome != 0) } ?? true)
        && (filter.outcome.map { $0 == row.outcome } ?? true) && (filter.message.map { $0 == row.message } ?? true)
        && (filter.slowerThan.map { $0 < row.microseconds } ?? true)
    }.reversed()
  }

  @Test(arguments: [200_000, 100, 1]) func `只留最近若干条且逐条查到`(limit: Int) async throws {
    let store = try await store(limit: limit)
    let kept = Self.world.suffix(limit)
    for filter in Self.filters {
      let wanted = Self.matching(filter, in: kept)
      for number in [1, 2, 9] {
        let request = try #require(PageRequest(number: number, size: 50))
        let page = try await store.messages(filter, page: request)
        #expect(page.total == wanted.count, "\(filter)")
        let rows = page.rows.map { row in
          var row = row
          row.ordinal = 0
          return row
        }
        #expect(rows == Page(wanted, request).rows, "\(filter)")
      }
    }
  }

  @Test func `每分钟的笔数、拒绝和耗时`() async throws {
    let store = try await store(limit: 10)
    let rates = try await store.messageRates(minutes: 1_441, until: "2026-03-02 23:59")
    #expect(rates.count == 1_441 && rates[0].minute == "2026-03-01 23:59" && rates[1_440].minute == "2026-03-02 23:59")
    for rate in rates {
      var wanted = MessageRate(minute: rate.minute)
      for message in Self.world where message.time.hasPrefix(rate.minute) {
        wanted.add(refused: message.isRefused, microseconds: message.microseconds)
      }
      #expect(rate == wanted)
      #expect(rate.distribution.reduce(0, +) == rate.count)
    }
    #expect(rates.reduce(0) { $0 + $1.count } > 400)
    #expect(await failure { _ = try await store.messageRates(minutes: 3, until: "2026-03-02") }?.code == .refused)
  }

  @Test func `分位数是其所在档的上限`() {
    var rate = MessageRate(minute: "2026-03-01 00:00")
    #expect(rate.quantile(percent: 50) == nil && rate.mean == nil)
    for time: Int64 in [900, 1_000, 1_001, 40_000] { rate.add(refused: false, microseconds: time) }
    #expect(rate.quantile(percent: 50) == 1_000)
    #expect(rate.quantile(percent: 75) == 2_000)
    #expect(rate.quantile(percent: 99) == 40_000)
    rate.add(refused: true, microseconds: 5_000_000)
    #expect(rate.quantile(percent: 100) == 5_000_000 && rate.refusedCount == 1)
    #expect(rate.mean == 1_008_580)
  }

  @Test func `按日按机构的笔数不随清理减少`() async throws {
    let store = try await store(limit: 10)
    let (first, last) = (try #require(CalendarDate("2026-03-01")), try #require(CalendarDate("2026-03-03")))
    for dimensions: Set<MessageDimension> in [
      [], [.institution], [.day, .transaction], Set(MessageDimension.allCases),
    ] {
      let lines = try await store.messageTotals(from: first, to: last, by: dimensions)
      var wanted: [MessageTotal] = dimensions.isEmpty ? [MessageTotal()] : []
      for message in Self.world {
        var key = MessageTotal()
        if dimensions.contains(.day) { key.day = CalendarDate(message.time.prefix(10)) }
        // Nothing was ever settled for the stranger, and there is no such transaction.
        if dimensions.contains(.institution) {
          key.institution = message.institution == "stranger" ? "" : message.institution
        }
        if dimensions.contains(.transaction) {
          key.transaction = message.transaction == "x'y" ? "" : message.transaction
        }
        if dimensions.contains(.outcome) { key.outcome = message.outcome }
        let place =
          wanted.firstIndex {
            ($0.day, $0.institution, $0.transaction, $0.outcome)
              == (key.day, key.institution, key.transaction, key.outcome)
          } ?? wanted.endIndex
        if place == wanted.endIndex { wanted.append(key) }
        wanted[place].count += 1
        if message.isRefused { wanted[place].refusedCount += 1 }
        wanted[place].microseconds += message.microseconds
      }
      #expect(Set(lines) == Set(wanted) && lines.count == wanted.count)
    }
    let one = try await store.messageTotals(from: last, to: last, by: []).map(\.count)
    #expect(one == [Self.world.count { $0.time.hasPrefix("2026-03-03") }])
  }

  @Test func `一条没有时间的报文使整批不入库`() async throws {
    let store = try await store()
    let page = try #require(PageRequest(number: 1, size: 1))
    let before = try await store.messages(MessageFilter(), page: page).total
    var bad = Self.world[1]
    bad.time = "昨天"
    let batch = [Self.world[0], bad]
    #expect(await failure { try await store.append(batch) }?.code == .refused)
    #expect(try await store.messages(MessageFilter(), page: page).total == before)
  }

  @Test func `服务器交来的报文在后台脱敏入库`() async throws {
    let store = try SQLiteMonitoringStore()
    let log = MessageLog(into: store, entryLimit: 40)
    let input = #"{"msgid":"M1","input":{"data":{"psn_no":"P0000012345","psn_name":"张三丰"}}}"#
    for number in 0..<50 {
      log.take(
        MessageLog.Entry(
          time: "2026-03-01 10:00:00", transaction: "1101", institution: "H101", outcome: number % 2 == 0 ? 0 : 202,
          microseconds: 12, input: Array(input.utf8), bytesOut: 7, error: "查无此人：张三丰 P0000012345"))
    }
    #expect(log.droppedCount == 10)
    let writing = Task { await log.run(every: .milliseconds(1)) { Issue.record("\($0)") } }
    log.close()
    await writing.value
    log.take(
      MessageLog.Entry(
        time: "", transaction: "", institution: "", outcome: 0, microseconds: 0, input: [], bytesOut: 0, error: ""))
    #expect(log.droppedCount == 11)
    let page = try await store.messages(MessageFilter(), page: try #require(PageRequest(number: 1, size: 99)))
    #expect(page.total == 40)
    let row = try #require(page.rows.first)
    #expect(row.input == #"{"msgid":"M1","input":{"data":{"psn_no":"P00******45","psn_name":"张**"}}}"#)
    #expect(row.message == "M1" && row.bytesIn == input.utf8.count && row.error == "查无此人：张** P00******45")
  }

  @Test func `一秒内报文过多时只记结果和耗时，被拒绝的另计`() async throws {
    let store = try SQLiteMonitoringStore()
    let log = MessageLog(into: store, contentsPerSecond: 3)
    for second in 0..<2 {
      for number in 0..<20 {
        log.take(
          MessageLog.Entry(
            time: "2026-03-01 10:00:0\(second)", transaction: "1101", institution: "H101", message: "S\(number)",
            outcome: number % 2 == 0 ? 0 : 202, microseconds: 12, input: Array(#"{"msgid":"M\#(number)"}"#.utf8),
            bytesOut: 7, error: number % 2 == 0 ? "" : "查无此人"))
      }
    }
    let writing = Task { await log.run(every: .milliseconds(1)) { Issue.record("\($0)") } }
    log.close()
    await writing.value
    #expect(log.droppedCount == 0)
    let page = try await store.messages(MessageFilter(), page: try #require(PageRequest(number: 1, size: 99)))
    #expect(page.total == 40)
    let kept = page.rows.filter(\.isContentKept)
    #expect(kept.map(\.message) == ["M5", "M4", "M3", "M2", "M1", "M0", "M5", "M4", "M3", "M2", "M1", "M0"])
    #expect(kept.filter(\.isRefused).allSatisfy { $0.error == "查无此人" })
    let others = page.rows.filter { !$0.isContentKept }
    #expect(others.count == 28 && others.allSatisfy { $0.error.isEmpty && $0.message.hasPrefix("S") })
    #expect(others.allSatisfy { $0.bytesIn > 10 && $0.microseconds == 12 })
    let rates = try await store.messageRates(minutes: 1, until: "2026-03-01 10:00")
    #expect(rates.map(\.count) == [40] && rates.map(\.refusedCount) == [20])
  }

  @Test func `存储拒绝时计为丢弃并报告`() async throws {
    let store = try SQLiteMonitoringStore()
    let log = MessageLog(into: store)
    log.take(
      MessageLog.Entry(
        time: "昨天", transaction: "", institution: "", outcome: 0, microseconds: 0, input: [], bytesOut: 0, error: ""))
    log.close()
    let failures = Mutex<[StoreError.Code]>([])
    await log.run { error in failures.withLock { $0.append(error.code) } }
    #expect(log.droppedCount == 1 && failures.withLock { $0 } == [.refused])
  }
}
