import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import Synchronization
import Workflows

/// `StoreTrial paying`: how long a year's cases of a region take to be put and to be read back.
struct PayingTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "paying")

  @Option(help: "a file of SQLite, or postgres:URL (its schema `trial`)") var store: String
  @Option(help: "cases") var count = 1_000_000
  @Option(help: "institutions") var institutions = 60
  @Option(help: "cases put at a time") var block = 20_000

  /// What blocks come to, from whatever thread.
  private final class Sums: Sendable {
    private let state = Mutex<(count: Int, fen: Int64, last: String, isAscending: Bool)>((0, 0, "", true))

    func add(_ block: [PaymentCase]) {
      state.withLock { state in
        for item in block {
          state.count += 1
          state.fen &+= item.cost.fen &- item.fundShare.fen
          state.isAscending = state.isAscending && state.last < item.id
          state.last = item.id
        }
      }
    }

    var text: String { state.withLock { "\($0.count) cases, checksum \($0.fen), ascending: \($0.isAscending)" } }
  }

  func run() async throws {
    let trial = try TrialStore(store)
    defer { trial.close() }
    guard let paying = trial.payer as? any PaymentStore, let january = YearMonth("2026-01") else {
      throw TrialDesk.Unready(description: "the store keeps no paying")
    }
    let clock = ContinuousClock()
    for title in ["put, new", "put, there already"] {
      var time = Duration.zero
      for start in stride(from: 0, to: count, by: block) {
        let cases = (start..<min(start + block, count)).map { self.item($0, january) }
        time += try await clock.measure { try await paying.put(cases, region: "990100") }
      }
      report(title, time, count)
    }
    for _ in 0..<3 { try await read("year", .year(2026), nil, paying, clock) }
    try await read("month", .month(january), nil, paying, clock)
    try await read("month of one institution", .month(january), "H99010010007", paying, clock)
  }

  private func read(
    _ title: String, _ period: PaymentPeriod, _ institution: String?, _ paying: any PaymentStore,
    _ clock: ContinuousClock
  ) async throws {
    let sums = Sums()
    let selection = CaseSelection(
      region: "990100", scheme: .employee, period: period, institution: institution)
    let time = try await clock.measure { try await paying.cases(selection) { sums.add($0) } }
    print("read \(title): \(Int(time / .milliseconds(1))) ms, \(sums.text)")
  }

  private func report(_ title: String, _ time: Duration, _ count: Int) {
    print("\(title): \(Int(time / .milliseconds(1))) ms, \(Int(Double(count) / (time / .seconds(1))))/s")
  }

  /// Numbers grow with the year, as settlements do, with some disorder at the edges of months.
  private func item(_ number: Int, _ january: YearMonth) -> PaymentCase {
    let mixed = number &* 2_654_435_761 >> 7 & 0xFF_FFFF
    let month = min(max((number + mixed % 5_000) * 12 / max(count, 1), 0), 11)
    let cost = Money(fen: Int64(200_000 + mixed % 3_000_000))
    return PaymentCase(
      id: "990100\(100_000_000 + number)", institution: "H990100\(10_000 + mixed % institutions)", level: .secondary,
      scheme: .employee, month: january.adding(months: month), cost: cost, fundShare: Money(fen: cost.fen * 7 / 10),
      group: "G\(1_000 + mixed % 800)", stayDays: 1 + mixed % 20, ageYears: mixed % 95, department: "D\(mixed % 30)",
      physician: "D990100\(100_000 + mixed % 900)", traditionalChinese: Money(fen: Int64(mixed % 50_000)),
      marks: mixed % 50 == 0 ? [.transfer] : [])
  }
}
