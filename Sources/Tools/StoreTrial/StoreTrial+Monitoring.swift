import ArgumentParser
import Claims
import Foundation
import Kernel
import People
import StoreSQLite
import Workflows

/// `StoreTrial monitoring`: how long each page of the console's projection takes at a volume, and how fast it is fed.
struct MonitoringTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitoring",
    abstract: "Measures the console's projection.",
    discussion: """
      Fills it with invented settlements of a year, 200,000 messages and 30,000 lists unless it holds some, and asks \
      every question the console asks. With --follow it is first fed from a payer's store, which says how fast that is.
      """)

  @Option(help: "the projection's file") var projection: String
  @Option(help: "a payer's store (SQLite) to follow") var follow: String?
  @Option(help: "settlements to invent") var count = 1_000_000
  @Option(help: "institutions") var institutions = 60
  @Option(help: "persons") var persons = 300_000
  @Option(help: "how often each question is asked") var rounds = 21

  func run() async throws {
    let store = try SQLiteMonitoringStore(path: projection)
    if let follow { try await feed(store, from: follow) }
    if try await store.ends() == nil { try await fill(store) }
    for question in MonitoringQuestion.all { try await measure(question, store) }
    try store.close()
  }

  private func measure(_ question: MonitoringQuestion, _ store: SQLiteMonitoringStore) async throws {
    var (times, found): ([Duration], Int) = ([], 0)
    for _ in 0..<max(rounds, 1) {
      let begun = ContinuousClock.now
      found = try await question.ask(store)
      times.append(ContinuousClock.now - begun)
    }
    times.sort()
    let shown = [times[times.count / 2], times[times.count - 1]].map { $0 / .milliseconds(1) }
    print(String(format: "%8.2f ms median %8.2f ms slowest %9d  ", shown[0], shown[1], found) + question.title)
  }

  private func feed(_ store: SQLiteMonitoringStore, from path: String) async throws {
    var options = SQLitePayerStore.Options()
    options.isReadOnly = true
    let payer = try SQLitePayerStore(path: path, options: options)
    let (begun, used) = (ContinuousClock.now, ProcessTime.used())
    let done = try await MonitoringFeed(store: payer, projection: store).catchUp()
    let (whole, cpu) = (ContinuousClock.now - begun, ProcessTime.used() - used)
    payer.close()
    report("fed", done.appendedCount, whole, cpu)
  }

  private func report(_ title: String, _ count: Int, _ time: Duration, _ used: Duration) {
    let (seconds, cpu) = (time / .seconds(1), used / .microseconds(1) / Double(max(count, 1)))
    print(
      "\(title): \(count) in",
      String(format: "%.1f s, %.0f/s, %.0f µs of processor each", seconds, Double(count) / seconds, cpu))
  }

  // MARK: Filling

  private func fill(_ store: SQLiteMonitoringStore) async throws {
    var year = InventedYear(count: count, institutions: institutions, persons: persons)
    var (begun, used) = (ContinuousClock.now, ProcessTime.used())
    for start in stride(from: 0, to: count, by: 1_000) {
      let rows = (start..<min(start + 1_000, count)).map { year.settlement($0) }
      try await store.append(rows, upTo: .beginning)
    }
    report("settlements appended", count, ContinuousClock.now - begun, ProcessTime.used() - used)
    (begun, used) = (ContinuousClock.now, ProcessTime.used())
    for start in stride(from: 0, to: 200_000, by: 500) {
      try await store.append((start..<start + 500).map { year.message($0) })
    }
    report("messages appended", 200_000, ContinuousClock.now - begun, ProcessTime.used() - used)
    (begun, used) = (ContinuousClock.now, ProcessTime.used())
    for start in stride(from: 0, to: 30_000, by: 500) {
      try await store.append((start..<start + 500).map { year.list($0) }, readUpTo: [:])
    }
    report("lists appended", 30_000, ContinuousClock.now - begun, ProcessTime.used() - used)
  }
}

/// Invented rows of a year, the same each time.
private struct InventedYear {
  let count: Int
  let institutions: Int
  let persons: Int
  private var state: UInt64 = 20_261_121
  private var reversible: [MonitoredSettlement] = []

  init(count: Int, institutions: Int, persons: Int) {
    (self.count, self.institutions, self.persons) = (max(count, 1), max(institutions, 1), max(persons, 1))
  }

  /// SplitMix64.
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }

  /// Few large, many small.
  private mutating func skewed(_ limit: Int) -> Int { below(below(limit) + 1) }

  private func time(_ number: Int, of all: Int) -> String {
    let second = Int(Double(number) / Double(max(all, 1)) * 364.99 * 86_400)
    let day = CalendarDate(year: 2026, month: 1, day: 1)?.adding(days: second / 86_400)
    return String(
      format: "%@ %02d:%02d:%02d", day?.description ?? "", second / 3_600 % 24, second / 60 % 60, second % 60)
  }

  mutating func settlement(_ number: Int) -> MonitoredSettlement {
    let time = time(number, of: count)
    if reversible.count > 500, below(33) == 0 {
      let original = reversible.remove(at: below(reversible.count))
      return MonitoredSettlement(
        id: "R\(original.id)", reverses: original.id, visit: original.visit, person: original.person,
        name: original.name, certificateEnding: original.certificateEnding, institution: original.institution,
        scheme: original.scheme, care: original.care, medicalType: original.medicalType,
        diagnosis: original.diagnosis, admitted: original.admitted, discharged: original.discharged, time: time,
        amounts: original.amounts.negated)
    }
    let care: CareCategory =
      [.inpatient, .outpatient, .outpatient, .outpatient, .chronic, .pharmacy, .emergency, .daySurgery][below(8)]
    var amounts = MonitoredAmounts()
    amounts.pooled = Money(fen: Int64(skewed(care.isStay ? 3_000_000 : 40_000)))
    amounts.cash = Money(fen: Int64(skewed(care.isStay ? 900_000 : 20_000)))
    amounts.inPolicy = amounts.pooled
    amounts.total = amounts.pooled + amounts.cash
    guard let day = CalendarDate(time.prefix(10)) else { preconditionFailure("no such day") }
    let person = below(persons)
    let surnames = Array("王李张刘陈杨黄赵周吴徐孙马胡朱郭何罗高林")
    let settlement = MonitoredSettlement(
      id: "990100\(100_000_000 + number)", visit: "9901\(200_000_000 + number)", person: "P\(1_000_000 + person)",
      name: "\(surnames[person % 20])某\(person / 20 % 97)", certificateEnding: "\(100_000 + person * 7_919 % 900_000)",
      institution: "H9901\(10_000_000 + skewed(institutions))", scheme: below(3) == 0 ? .employee : .resident,
      care: care, medicalType: care.isStay ? "2101" : "11", diagnosis: "D\(skewed(3_000))",
      admitted: day.adding(days: care.isStay ? -below(14) : 0), discharged: day, time: time, amounts: amounts)
    if reversible.count < 5_000 { reversible.append(settlement) }
    return settlement
  }

  mutating func message(_ number: Int) -> LoggedMessage {
    LoggedMessage(
      time: time(number, of: 200_000), transaction: ["1101", "2201", "2204", "2207"][below(4)],
      institution: "H9901\(10_000_000 + below(institutions))", message: "M\(number)",
      outcome: below(20) == 0 ? 200 + below(30) : 0, microseconds: Int64(500 + skewed(90_000)), bytesIn: 900,
      bytesOut: 400, input: String(repeating: #"{"a":1},"#, count: 120), error: "")
  }

  mutating func list(_ number: Int) -> CheckedList {
    let rules = SettlementListRule.allCases
    let findings = (0..<max(below(6) - 2, 0)).map {
      SettlementListFinding(rules[($0 * 7 + below(7)) % rules.count], "x")
    }
    return CheckedList(
      id: "\(number)", institution: "H9901\(10_000_000 + below(institutions))",
      settlement: "990100\(100_000_000 + number * 30)", time: time(number, of: 30_000), isVoid: false,
      findings: findings)
  }
}
