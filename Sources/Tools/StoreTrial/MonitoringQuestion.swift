import Claims
import Kernel
import People
import StoreSQLite
import Workflows

/// A question that a page of the console asks of the projection.
struct MonitoringQuestion: Sendable {
  let title: String
  /// Asks it; says how much was found.
  let ask: @Sendable (SQLiteMonitoringStore) async throws -> Int

  static let all = totals + pages + others + log + quality

  // MARK: Totals

  private static func totals(
    _ title: String, by dimensions: Set<MonitoringDimension>,
    _ body: @Sendable (inout MonitoringFilter) -> Void = { _ in }
  ) -> MonitoringQuestion {
    let filter = filter(body)
    return MonitoringQuestion(title: "totals: \(title)") { try await $0.totals(filter, by: dimensions).count }
  }

  private static func filter(_ body: (inout MonitoringFilter) -> Void) -> MonitoringFilter {
    var filter = MonitoringFilter()
    body(&filter)
    return filter
  }

  private static let totals: [MonitoringQuestion] = [
    totals("everything", by: []),
    totals("by month", by: [.month]),
    totals("by month and scheme and care", by: [.month, .scheme, .care]),
    totals("by institution", by: [.institution]),
    totals("by institution and month", by: [.institution, .month]),
    totals("by day, the whole year", by: [.day]),
    totals("by day, one institution", by: [.day]) { $0.institution = "H990110000001" },
    totals("one day by institution", by: [.institution]) { ($0.from, $0.to) = ("2026-07-07", "2026-07-07") },
    totals("from 02-02 to 11-29 by institution", by: [.institution]) {
      ($0.from, $0.to) = ("2026-02-02", "2026-11-29")
    },
    totals("from the middle of a day to that of another", by: [.scheme]) {
      ($0.from, $0.to) = ("2026-02-02 12:00:00", "2026-11-29 11:00:00")
    },
    totals("of a person", by: [.month]) { $0.person = "P1000777" },
    totals("of a large amount (rows)", by: [.month]) { $0.atLeast = Money(fen: 2_500_000) },
    totals("of half of all amounts (rows)", by: [.month]) { $0.atLeast = Money(fen: 10_000) },
    totals("of what stands, a month (rows)", by: []) {
      ($0.state, $0.from, $0.to) = (.standing, "2026-07-01", "2026-07-31")
    },
  ]

  // MARK: Lists

  private static func page(
    _ title: String, order: MonitoringOrder = .newest, at part: Int = 0,
    _ body: @Sendable (inout MonitoringFilter) -> Void = { _ in }
  ) -> MonitoringQuestion {
    let filter = filter(body)
    return MonitoringQuestion(title: "list: \(title)") { store in
      guard let first = PageRequest(number: 1, size: 50) else { return 0 }
      guard part > 0 else { return try await store.settlements(filter, order: order, page: first).total }
      let count = try await store.settlements(MonitoringFilter(), order: .newest, page: first).pageCount
      guard let there = PageRequest(number: max(count * part / 100, 1), size: 50) else { return 0 }
      return try await store.settlements(filter, order: order, page: there).total
    }
  }

  private static let pages: [MonitoringQuestion] = [
    page("newest"), page("oldest", order: .oldest), page("largest", order: .largest),
    page("page in the middle (two lists)", at: 50), page("last page (two lists)", at: 100),
    page("one institution") { $0.institution = "H990110000001" },
    page("one institution, largest", order: .largest) { $0.institution = "H990110000001" },
    page("one institution, one month") {
      ($0.institution, $0.from, $0.to) = ("H990110000001", "2026-07-01", "2026-07-31")
    },
    page("one kind of care") { $0.care = .daySurgery },
    page("one scheme and kind of care, one month") {
      ($0.scheme, $0.care, $0.from, $0.to) = (.employee, .inpatient, "2026-07-01", "2026-07-31")
    },
    page("one month, largest", order: .largest) { ($0.from, $0.to) = ("2026-07-01", "2026-07-31") },
    page("reversals") { $0.state = .reversal }, page("reversed") { $0.state = .reversed },
    page("standing (counted by index)") { $0.state = .standing },
    page("large amounts") { $0.atLeast = Money(fen: 2_500_000) },
    page("half of all amounts (counted by index)") { $0.atLeast = Money(fen: 10_000) },
    page("half of all amounts, one institution") {
      ($0.atLeast, $0.institution) = (Money(fen: 10_000), "H990110000001")
    },
    page("a person") { $0.person = "P1000777" }, page("a settlement") { $0.text = "990100100777777" },
    page("a person by text") { $0.text = "P1000777" }, page("nothing") { $0.text = "nothing" },
    page("a frequent diagnosis") { $0.diagnosis = "D1" },
  ]

  // MARK: Further questions

  private static func diagnoses(_ title: String, _ body: @Sendable (inout MonitoringFilter) -> Void)
    -> MonitoringQuestion
  {
    let filter = filter(body)
    return MonitoringQuestion(title: "diagnoses: \(title)") {
      try await $0.diagnoses(filter, by: .total, limit: 20).count
    }
  }

  private static func persons(_ title: String, _ query: MonitoredPersonQuery) -> MonitoringQuestion {
    MonitoringQuestion(title: "persons: \(title)") { try await $0.persons(query, limit: 50).count }
  }

  private static let others: [MonitoringQuestion] = [
    diagnoses("the year") { _ in }, diagnoses("one institution") { $0.institution = "H990110000001" },
    diagnoses("from 02-02 to 11-29") { ($0.from, $0.to) = ("2026-02-02", "2026-11-29") },
    persons("by name", .namePrefix("王")), persons("by certificate", .certificateEnding("7919")),
    MonitoringQuestion(title: "alarms: three rules") { store in
      guard let month = YearMonth("2026-07") else { return 0 }
      let rules: [AlarmRule] = [
        .costPerVisit(abovePerMille: 1_000, monthsBefore: 6, leastVisits: 10),
        .refusals(abovePerMille: 40, leastMessages: 10), .reversals(abovePerMille: 20, leastSettlements: 10),
      ]
      return try await AlarmWatch(store).alarms(rules, in: month).count
    },
  ]

  private static func messages(
    _ title: String, page number: Int = 1, _ body: @Sendable (inout MessageFilter) -> Void
  ) -> MonitoringQuestion {
    var filter = MessageFilter()
    body(&filter)
    return MonitoringQuestion(title: "messages: \(title)") { [filter] store in
      guard let page = PageRequest(number: number, size: 50) else { return 0 }
      return try await store.messages(filter, page: page).total
    }
  }

  private static let log: [MonitoringQuestion] = [
    messages("latest") { _ in }, messages("page 2,000", page: 2_000) { _ in },
    messages("refused") { $0.isRefused = true }, messages("one institution") { $0.institution = "H990110000001" },
    messages("slow") { $0.slowerThan = 50_000 },
    MonitoringQuestion(title: "rates: an hour") {
      try await $0.messageRates(minutes: 60, until: "2026-07-07 12:00").count
    },
    MonitoringQuestion(title: "rates: a day") {
      try await $0.messageRates(minutes: 1_440, until: "2026-07-07 12:00").count
    },
    MonitoringQuestion(title: "message totals: a month by institution and outcome") { store in
      guard let first = CalendarDate("2026-07-01"), let last = CalendarDate("2026-07-31") else { return 0 }
      return try await store.messageTotals(from: first, to: last, by: [.institution, .outcome]).count
    },
  ]

  private static let quality: [MonitoringQuestion] = [
    MonitoringQuestion(title: "quality: by month and institution") {
      try await $0.quality(QualityFilter(), by: [.month, .institution]).count
    },
    MonitoringQuestion(title: "quality: rules") { try await $0.brokenRules(QualityFilter()).count },
    MonitoringQuestion(title: "quality: worst lists") { store in
      guard let page = PageRequest(number: 1, size: 50) else { return 0 }
      return try await store.worstLists(QualityFilter(), page: page).total
    },
  ]
}
