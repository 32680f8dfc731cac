import Kernel
import Ledger
import Payment
import People
import StoreRecords
import StoreSQLite
import Testing
import Workflows

/// Damage to published runs, planted behind the store's back, is found, named and never handed out.
@Suite struct PlantedRunTests {
  private let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  private func run(_ amount: Int64, correcting earlier: PaymentRun? = nil) -> PaymentRun {
    let inputs = PaymentRun.Inputs(
      kind: .year, region: "990100", scheme: .employee, period: .year(2025), contract: "c", cases: "d",
      further: ["fund": "\(amount)"])
    let lines = [PaymentRun.Line(holder: "H1", amounts: ["due": Money(fen: amount)])]
    let entries = { (identity: String) in
      [
        LedgerEntry(
          reference: "\(identity) H1",
          postings: [
            Posting(.institution("H1"), Money(fen: amount)), Posting(.bank(.employeePooled), Money(fen: -amount)),
          ])
      ]
    }
    guard let earlier else { return PaymentRun(inputs, lines: lines, digest: RunDigest.of, entries: entries) }
    return earlier.correction(inputs, lines: lines, digest: RunDigest.of, entries: entries)
  }

  /// A store with a run and its correction, closed.
  private func fill() async throws -> [PaymentRun] {
    let store = try folder.open()
    let first = run(100)
    let second = run(120, correcting: first)
    for run in [first, second] {
      try await store.publish(PublishedRun(run: run, time: "2026-01-15 09:00:00", publisher: "A"))
    }
    store.close()
    return [first, second]
  }

  @Test func `未动过的批次对账无差异`() async throws {
    _ = try await fill()
    let store = try folder.open()
    defer { store.close() }
    let report = try await Audit(store).run(with: store)
    #expect(report.isClean && report.runCount == 2 && report.runPostingCount == 6)
  }

  static let plants: [(sql: String, about: String)] = [
    ("UPDATE payment_run SET identity = 'x' WHERE sequence = 2", "identity is not the digest"),
    ("UPDATE payment_run SET region = '990200' WHERE sequence = 2", "identity is not the digest"),
    ("UPDATE payment_run SET period = '2024' WHERE sequence = 2", "identity is not the digest"),
    ("UPDATE payment_run SET kind = 'weekly' WHERE sequence = 2", "kind, scheme or period"),
    ("UPDATE payment_run SET corrects = NULL, period = '2026' WHERE sequence = 2", "identity is not the digest"),
    ("UPDATE payment_run SET time = '2026-01-15 09:00:01' WHERE sequence = 2", "not what was published"),
    ("UPDATE payment_run SET publisher = 'B' WHERE sequence = 2", "not what was published"),
    ("UPDATE payment_run SET hash = zeroblob(32) WHERE sequence = 2", "not what was published"),
    (
      "UPDATE payment_run SET record = json_set(record, '$.lines[0].amounts[0].fen', 121) WHERE sequence = 2",
      "not what was published"
    ),
    (
      "UPDATE payment_run SET record = json_set(record, '$.further[0].value', '121') WHERE sequence = 2",
      "identity is not the digest"
    ),
    (
      "UPDATE payment_run SET record = json_set(record, '$.entries[1].postings[0].amount', 121) WHERE sequence = 2",
      "out of balance"
    ),
    (
      """
      UPDATE payment_run SET record = json_set(record, '$.entries[1].postings[0].amount', 9223372036854775807,
        '$.entries[1].postings[1].amount', 9223372036854775807) WHERE sequence = 2
      """, "out of balance"
    ),
    ("UPDATE payment_run SET record = '{' WHERE sequence = 2", "cannot be read"),
  ]

  @Test(arguments: plants)
  func `每种改动都被查出且不再交出`(sql: String, about: String) async throws {
    let runs = try await fill()
    try await folder.tamper(sql)
    let store = try folder.open()
    defer { store.close() }
    let report = try await Audit(store).run(with: store)
    let found = report.differences
    #expect(found.count == 1 && found.allSatisfy { $0.kind == .run }, "\(found)")
    #expect(found.first?.message.english.contains(about) == true, "\(found)")
    #expect(try await store.run(runs[0].identity)?.run == runs[0])
    let selection = RunSelection(region: sql.contains("990200") ? "990200" : "990100")
    let failed = await failure { _ = try await store.runs(selection) }
    #expect(failed?.code == .damaged)
  }

  @Test func `缺少的批次被查出`() async throws {
    let runs = try await fill()
    try await folder.tamper("DELETE FROM payment_run WHERE sequence = 1")
    let store = try folder.open()
    defer { store.close() }
    let found = try await store.verifyRuns().faults
    #expect(Set(found.map(\.run)) == [runs[1].identity])
    #expect(found.contains { $0.detail.contains("missing") })
    #expect(found.contains { $0.detail.contains("corrects \(runs[0].identity)") })
  }

  @Test func `批次不能改也不能删`() async throws {
    _ = try await fill()
    let store = try folder.open()
    defer { store.close() }
    let statements = [
      "UPDATE payment_run SET publisher = 'B'", "DELETE FROM payment_run",
      "INSERT OR REPLACE INTO payment_run SELECT * FROM payment_run WHERE sequence = 1",
    ]
    for statement in statements {
      let refused = await failure { try await store.perform(statement) }
      #expect(refused?.code == .refused, "\(statement)")
    }
    #expect(try await store.verifyRuns().faults == [])
  }

  @Test func `病例的未知级别或标记是损坏`() async throws {
    let store = try folder.open()
    let month = try #require(YearMonth("2025-03"))
    let item = PaymentCase(
      id: "1", institution: "H1", level: .primary, scheme: .employee, month: month, cost: .zero, group: "")
    try await store.put([item], region: "990100")
    for change in ["level = 99", "level = 3, marks = 'moved'"] {
      try await store.perform("UPDATE payment_case SET \(change)")
      let selection = CaseSelection(region: "990100", scheme: .employee, period: .month(month))
      let failed = await failure { try await store.cases(selection) { _ in } }
      #expect(failed?.code == .damaged)
    }
    store.close()
  }
}
