#if PostgreSQL
  import Kernel
  import Ledger
  import Payment
  import People
  import StorePostgres
  import StoreRecords
  import Testing
  import Workflows

  /// Damage to published runs, planted behind the store's back, is found, named and never handed out.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresRunPlantTests {
    private func run(_ amount: Int64, correcting earlier: PaymentRun? = nil) -> PaymentRun {
      let inputs = PaymentRun.Inputs(
        kind: .month, region: "990100", scheme: .resident, period: .year(2025), contract: "c", cases: "d",
        further: ["fund": "\(amount)"])
      let lines = [PaymentRun.Line(holder: "H1", amounts: ["due": Money(fen: amount)])]
      let entries = { (identity: String) in
        [
          LedgerEntry(
            reference: "\(identity) H1",
            postings: [
              Posting(.institution("H1"), Money(fen: amount)), Posting(.bank(.residentPooled), Money(fen: -amount)),
            ])
        ]
      }
      guard let earlier else { return PaymentRun(inputs, lines: lines, digest: RunDigest.of, entries: entries) }
      return earlier.correction(inputs, lines: lines, digest: RunDigest.of, entries: entries)
    }

    private func filled(_ schema: StoreSchema) async throws -> PostgresPayerStore {
      let store = try schema.open()
      let first = run(100)
      for run in [first, run(120, correcting: first)] {
        try await store.publish(PublishedRun(run: run, time: "2026-01-15 09:00:00", publisher: "A"))
      }
      return store
    }

    static let plants: [(sql: String, about: String)] = [
      ("UPDATE payment_run SET region = '990200' WHERE corrects IS NOT NULL", "identity is not the digest"),
      ("UPDATE payment_run SET publisher = 'B' WHERE corrects IS NOT NULL", "not what was published"),
      (
        "UPDATE payment_run SET record = replace(record, '\"fen\":120', '\"fen\":121') WHERE corrects IS NOT NULL",
        "not what was published"
      ),
      (
        "UPDATE payment_run SET record = replace(record, '\"amount\":-120', '\"amount\":0') WHERE corrects IS NOT NULL",
        "out of balance"
      ),
      ("DELETE FROM payment_run WHERE corrects IS NULL", "but there is none before"),
    ]

    @Test(arguments: plants)
    func `每种改动都被查出`(sql: String, about: String) async throws {
      let schema = try StoreSchema()
      let store = try await filled(schema)
      defer { store.close() }
      #expect(try await Audit(store).run(with: store).isClean)
      try schema.tamper(sql)
      let found = try await Audit(store).run(with: store).differences
      #expect(found.count == 1 && found.allSatisfy { $0.kind == .run }, "\(found)")
      #expect(found.first?.message.english.contains(about) == true, "\(found)")
    }

    @Test func `批次不能改、删、清空`() async throws {
      let schema = try StoreSchema()
      let store = try await filled(schema)
      defer { store.close() }
      for change in ["UPDATE payment_run SET publisher = 'B'", "DELETE FROM payment_run", "TRUNCATE payment_run"] {
        #expect(throws: StoreError.self, "\(change)") { try schema.perform(change) }
      }
      #expect(try await store.verifyRuns().runCount == 2)
    }
  }
#endif
