import ArgumentParser
import Foundation
import Kernel
import StoreSQLite
import Workflows

/// `StoreTrial measure`: durable settlements a second, at an empty store or at one filled up first.
struct MeasureTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "measure")

  @Option(help: "a file of SQLite, or postgres:URL (its schema `trial`)") var store: String
  @Option var policies: String
  @Option(help: "callers at a time") var callers = 64
  @Option(help: "settlements to measure, at an empty store and again at a filled one") var count = 20_000
  @Option(help: "persons") var persons = 20_000
  @Option(help: "settlements to fill the store with before") var fill = 0
  @Flag(name: .customLong("audit"), help: "audit the store afterwards") var audits = false

  func run() async throws {
    let desk = try TrialDesk(policies: policies)
    let trial = try TrialStore(store)
    defer { trial.close() }
    let store = trial.payer
    try await prepare(desk, store)
    try await measure("empty", 0..<count, desk, store)
    if fill > 0 {
      guard let file = trial.file else { throw TrialDesk.Unready(description: "--fill is for a file of SQLite") }
      try await fillUp(file)
      try await measure("\(fill) stored", count..<2 * count, desk, store)
    }
    if audits {
      let report = try await Audit(store).run()
      print("audit: \(report.settlementCount) settlements, \(report.differences.count) differences")
    }
  }

  private func measure(
    _ title: String, _ visits: Range<Int>, _ desk: TrialDesk, _ store: any PayerStore
  ) async throws {
    let clock = ContinuousClock()
    let (start, used) = (clock.now, ProcessTime.used())
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for caller in 0..<callers {
        let mine = Array(stride(from: visits.lowerBound + caller, to: visits.upperBound, by: callers))
        group.addTask { [self] in try await call(mine, desk, store) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    report(title, clock.now - start, ProcessTime.used() - used, times.sorted())
  }

  /// Settles visits, one after the other; says how long each took.
  private func call(_ visits: [Int], _ desk: TrialDesk, _ store: any PayerStore) async throws -> [Duration] {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for number in visits {
      let begun = clock.now
      let done = try await store.write { store throws(StoreError) -> Bool in
        guard try store.message("M\(number)") == nil, try store.closedYear() == nil else { return false }
        let id = try store.nextNumber("settlement")
        return try desk.settle("V\(number)", as: "S\(id)", message: "M\(number)", in: store) != nil
      }
      guard done else { throw TrialDesk.Refused(outcome: "V\(number)") }
      times.append(clock.now - begun)
    }
    return times
  }

  private func report(_ title: String, _ whole: Duration, _ used: Duration, _ times: [Duration]) {
    let seconds = whole / .seconds(1)
    let milliseconds = [50, 99].map { times[min(times.count * $0 / 100, times.count - 1)] / .milliseconds(1) }
    print(
      "\(title): \(count) settlements, \(callers) callers: \(Int(Double(count) / seconds))/s,",
      String(format: "median %.1f ms, p99 %.1f ms,", milliseconds[0], milliseconds[1]),
      String(format: "%.0f µs of processor each", used / .microseconds(1) / Double(count)))
  }

  /// Persons, visits and their lines: what hospitals sent before they ask for settlement; not measured.
  private func prepare(_ desk: TrialDesk, _ store: any PayerStore) async throws {
    try await desk.enrol((0..<persons).map { "P\($0)" }, balance: Money(fen: 10_000_000), in: store)
    let all = fill > 0 ? 2 * count : count
    for first in stride(from: 0, to: all, by: 500) {
      try await store.write { [persons] store throws(StoreError) in
        for number in first..<min(first + 500, all) {
          let visit = desk.visit("V\(number)", of: "P\(number * 7_919 % persons)")
          try store.put(visit)
          try store.append(desk.lines(8, total: Money(fen: 250_00 + Int64(number % 997)), of: visit), to: visit.id)
        }
      }
    }
  }

  /// Copies of one real settlement under other keys; they are in no chain, so such a store audits as damaged.
  private func fillUp(_ store: SQLitePayerStore) async throws {
    let copies = FillStatement(personPrefix: "P", personDigits: 0, persons: persons)
    try await copies.fill(store, count: fill) { _ in }
  }
}

/// Processor time of this process, which does not grow when other programs share the machine.
enum ProcessTime {
  static func used() -> Duration {
    var usage = rusage()
    getrusage(.init(0), &usage)  // RUSAGE_SELF, which the two C libraries type differently
    return [usage.ru_utime, usage.ru_stime].reduce(.zero) {
      $0 + .seconds(Int64($1.tv_sec)) + .microseconds(Int64($1.tv_usec))
    }
  }
}
