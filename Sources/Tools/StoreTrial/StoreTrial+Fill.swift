import ArgumentParser
import Foundation
import StoreSQLite
import Workflows

/// `StoreTrial fill`: copies the first settlement of a store until it holds as many as a region's years.
struct FillTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill",
    abstract: "Fills a store that was served once, so that the server can be measured at a volume.",
    discussion: """
      The copies stand under keys of their own, scattered over persons and institutions, with visits, lines, postings \
      and messages. They are in no chain, so such a store audits as damaged: it is for measuring alone.
      """)

  @Option var store: String
  @Option(help: "settlements to add") var count = 10_000_000
  @Option(help: "persons of the sample register") var persons = 1_000_000

  func run() async throws {
    let store = try SQLitePayerStore(path: store)
    let clock = ContinuousClock()
    let start = clock.now
    let copies = FillStatement(personPrefix: "P", personDigits: 7, persons: persons)
    try await copies.fill(store, count: count) { done in
      guard done.isMultiple(of: 1_000_000) else { return }
      print("\(done) settlements after \((clock.now - start) / .seconds(1)) s")
    }
    store.close()
  }
}

/// The statements that fill a store with copies of its first settlement, every key scattered.
struct FillStatement {
  let personPrefix: String
  /// Digits of a person's number, zeros in front.
  let personDigits: Int
  let persons: Int

  func fill(_ store: SQLitePayerStore, count: Int, progress: (Int) -> Void) async throws {
    let portion = 20_000
    for first in stride(from: 1, to: count, by: portion) {
      let last = min(first + portion - 1, count)
      try await store.perform("BEGIN; \(text(from: first, to: last)) COMMIT")
      progress(last)
    }
    try await store.perform("UPDATE chain SET sequence = (SELECT max(sequence) FROM settlement)")
  }

  private func text(from first: Int, to last: Int) -> String {
    let numbers = "WITH RECURSIVE n(i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n WHERE i < \(last))"
    let person = "'\(personPrefix)' || printf('%0\(max(personDigits, 1))d', 1 + i * 104729 % \(persons))"
    let visit = "'FV' || (i * 7919 % 1000003) || '-' || i"
    return """
      \(numbers) INSERT INTO visit
      SELECT 10000000 + i, \(visit), \(person), record FROM n, (SELECT * FROM visit LIMIT 1);
      \(numbers) INSERT INTO upload
      SELECT 10000000 + i, ordinal, lines
      FROM n, (SELECT * FROM upload WHERE visit = (SELECT min(visit) FROM upload));
      \(numbers) INSERT INTO settlement
      SELECT 10000000 + i, 'F' || i, NULL, \(visit), \(person), 'H' || (i % 500), scheme, year, medfee, fund, account,
        cash, time, hash, record, postings
      FROM n, (SELECT * FROM settlement WHERE sequence = 1);
      \(numbers) INSERT INTO message
      SELECT 'F' || (i * 7919 % 1000003) || '-' || i, 'H', '2207', 'd', 'F' || i FROM n;
      """
  }
}
