import Claims
import Kernel
import People
import Testing
import Workflows

@testable import StoreSQLite

/// Alarms: above the threshold, never at it, and only with enough to judge by.
@Suite struct MonitoringAlarmTests {
  private func rows(
    _ institution: String, _ count: Int, yuan: Int64, on day: String, care: CareCategory = .outpatient,
    reversed: Int = 0
  ) throws -> [MonitoredSettlement] {
    let date = try #require(CalendarDate(day))
    var amounts = MonitoredAmounts()
    (amounts.total, amounts.cash) = (Money(fen: yuan * 100), Money(fen: yuan * 100))
    let made = (0..<count).map { number in
      MonitoredSettlement(
        id: "\(institution)-\(day)-\(care)-\(number)", visit: "V", person: "P", name: "N", certificateEnding: "",
        institution: institution, scheme: .resident, care: care, medicalType: "11", diagnosis: "", admitted: date,
        discharged: date, time: "\(day) 10:00:00", amounts: amounts)
    }
    return made
      + made.prefix(reversed).map { original in
        var reversal = original
        (reversal.id, reversal.reverses, reversal.state) = ("R-\(original.id)", original.id, .reversal)
        reversal.amounts = original.amounts.negated
        return reversal
      }
  }

  @Test func `次均费用高于此前各月`() async throws {
    let store = try SQLiteMonitoringStore()
    var all = try rows("H1", 10, yuan: 100, on: "2026-01-05") + rows("H1", 10, yuan: 200, on: "2026-02-05")  // mean 150
    all += try rows("H1", 10, yuan: 225, on: "2026-03-05")  // exactly 1.5 times
    all += try rows("H2", 10, yuan: 100, on: "2026-02-05") + rows("H2", 10, yuan: 151, on: "2026-03-05")
    all += try rows("H2", 10, yuan: 9_000, on: "2026-03-05", care: .inpatient)  // another kind of care, with no past
    all += try rows("H3", 10, yuan: 100, on: "2026-02-05") + rows("H3", 4, yuan: 900, on: "2026-03-05")  // too few
    all += try rows("H4", 10, yuan: 100, on: "2026-02-05") + rows("H4", 12, yuan: 300, on: "2026-03-05", reversed: 2)
    all += try rows("H5", 10, yuan: 10, on: "2025-12-05") + rows("H5", 10, yuan: 100, on: "2026-03-05")  // too long ago
    try await store.append(all, upTo: ChainPlace(strands: [1]))
    let month = try #require(YearMonth("2026-03"))
    let rule = AlarmRule.costPerVisit(abovePerMille: 1_500, monthsBefore: 2, leastVisits: 5)
    let alarms = try await AlarmWatch(store).alarms([rule], in: month)
    let wanted = [("H4", 3_000, 10), ("H2", 1_510, 10)].map { institution, value, count in
      MonitoringAlarm(
        rule: rule, institution: institution, care: .outpatient, month: month, value: value, count: count)
    }
    #expect(alarms == wanted)
    let milder = AlarmRule.costPerVisit(abovePerMille: 1_499, monthsBefore: 2, leastVisits: 5)
    #expect(try await AlarmWatch(store).alarms([milder], in: month).map(\.institution) == ["H4", "H2", "H1"])
    #expect(rule.threshold == 1_500 && rule.word == "cost_per_visit")
  }

  @Test func `拒绝率和撤销率`() async throws {
    let store = try SQLiteMonitoringStore()
    var all = try rows("H1", 20, yuan: 1, on: "2026-03-05", reversed: 1)  // exactly 50 per mille
    all +=
      try rows("H2", 20, yuan: 1, on: "2026-03-05", reversed: 2) + rows("H3", 3, yuan: 1, on: "2026-03-05", reversed: 3)
    try await store.append(all, upTo: ChainPlace(strands: [1]))
    func message(_ institution: String, _ day: String, _ outcome: Int) -> LoggedMessage {
      LoggedMessage(
        time: "\(day) 10:00:00", transaction: "2207", institution: institution, message: "", outcome: outcome,
        microseconds: 1, bytesIn: 1, bytesOut: 1, input: "", error: "")
    }
    var messages = (0..<20).map { message("H1", "2026-03-31", $0 < 3 ? 202 : 0) }
    messages += (0..<20).map { message("H2", "2026-03-01", $0 < 1 ? 202 : 0) }
    messages +=
      (0..<20).map { _ in message("H2", "2026-04-01", 202) } + (0..<20).map { _ in message("H9", "2026-03-09", 1) }
    try await store.append(messages)
    let month = try #require(YearMonth("2026-03"))
    let rules: [AlarmRule] = [
      .refusals(abovePerMille: 50, leastMessages: 10), .reversals(abovePerMille: 50, leastSettlements: 10),
    ]
    let alarms = try await AlarmWatch(store).alarms(rules, in: month)
    #expect(alarms.map(\.institution) == ["H1", "H2"])
    #expect(alarms.map(\.value) == [150, 100] && alarms.map(\.count) == [20, 20])
    #expect(alarms.map(\.rule) == rules && alarms.allSatisfy { $0.care == nil && $0.month == month })
  }
}
