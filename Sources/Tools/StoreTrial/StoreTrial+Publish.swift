import ArgumentParser
import Foundation
import Kernel
import Ledger
package import Payment
import People
import StoreSQLite
import TabularFiles
import Workflows

/// `StoreTrial publish`: publishes runs until it is killed, printing each identity once it is durable.
struct PublishTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "publish")

  @Option var store: String
  @Option var callers = 4

  func run() async throws {
    let store = try SQLitePayerStore(path: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<callers {
        group.addTask {
          let runs = try TrialRuns(caller: caller)
          var number = try await store.runs(RunSelection(region: runs.region)).count
          while true {
            let run = runs.run(number)
            try await store.publish(PublishedRun(run: run, time: runs.time(number), publisher: runs.region))
            // One write of one line: a pipe takes it whole or not at all.
            FileHandle.standardOutput.write(Data("\(run.identity)\n".utf8))
            number += 1
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

/// The runs that one caller publishes, one after another: of three, the third corrects the second.
package struct TrialRuns: Sendable {
  /// The caller's own region.
  package let region: String
  private let first: YearMonth

  /// Names a caller.
  package init(caller: Int) throws {
    guard let first = YearMonth("1900-01") else { throw TrialDesk.Unready(description: "no such month") }
    self.first = first
    region = "\(990_100 + caller)"
  }

  /// When a run is published.
  package func time(_ number: Int) -> String { "2026-01-15 09:00:\(10 + number % 50)" }

  /// The run with a number, the same each time it is asked for: a hundred institutions with balanced postings.
  package func run(_ number: Int) -> PaymentRun {
    let (turn, part) = number.quotientAndRemainder(dividingBy: 3)
    let period = PaymentPeriod.month(first.adding(months: 2 * turn + min(part, 1)))
    let inputs = PaymentRun.Inputs(
      kind: .month, region: region, scheme: .employee, period: period, contract: "contract", cases: "cases",
      further: ["number": "\(number)"])
    let amounts = (0..<100).map { ("H\(100 + $0)", Money(fen: Int64(number + 1) * 1_000 + $0)) }
    let lines = amounts.map { PaymentRun.Line(holder: $0, amounts: ["paid": $1, "deducted": .zero]) }
    let entries = { (identity: String) in
      amounts.map { holder, amount in
        LedgerEntry(
          reference: "\(identity) \(holder)",
          postings: [Posting(.institution(holder), amount), Posting(.bank(.employeePooled), -amount)])
      }
    }
    let digest = SHA256ContentDigest()
    guard part == 2 else {
      return PaymentRun(inputs, lines: lines, digest: { digest.text($0) }, entries: entries)
    }
    return run(number - 1).correction(inputs, lines: lines, digest: { digest.text($0) }, entries: entries)
  }
}
