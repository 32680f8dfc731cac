#if PostgreSQL
  import Kernel
  import Settlement
  import StorePostgres
  import Testing
  import Workflows

  /// Every kind of difference, planted behind the store's back, is found and named.
  @Suite(.enabled(if: TestServer.isThere, TestServer.missing))
  struct PostgresPlantTests {
    /// A change that no writer makes, and what the audit should say of it.
    struct Plant: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let sql: String
      let kinds: Set<AuditDifference.Kind>
      let about: String
    }

    private static func set(_ path: String, _ value: String) -> String {
      // Without the spaces that PostgreSQL writes and no store does.
      "record = replace(replace(jsonb_set(record::jsonb, '{\(path)}', '\(value)')::text, ': ', ':'), ', ', ',')"
    }

    static let plants: [Plant] = [
      Plant(
        testDescription: "an accumulator moved",
        sql: "UPDATE accumulator SET \(set("totals,countedPooled", "1")) WHERE person = 'P1'",
        kinds: [.accumulators], about: "counted_pooled"),
      Plant(
        testDescription: "a stay forgotten", sql: "UPDATE accumulator SET \(set("stays", "[]")) WHERE person = 'P2'",
        kinds: [.accumulators], about: "stays 1 ≠ 0"),
      Plant(
        testDescription: "accumulators of a year nobody settled",
        sql: """
          INSERT INTO accumulator
          SELECT person, scheme, 2019, jsonb_set(record::jsonb, '{year}', '2019')::text FROM accumulator
          """,
        kinds: [.chain], about: "without a settlement"),
      Plant(
        testDescription: "a balance below zero",
        sql: "ALTER TABLE balance DROP CONSTRAINT balance_own_check; UPDATE balance SET own = -1 WHERE person = 'P1'",
        kinds: [.balance], about: "-0.01"),
      Plant(
        testDescription: "postings out of balance",
        sql: "UPDATE settlement SET \(set("settled,entry,postings,0,amount", "1")) WHERE id = 'S2'",
        kinds: [.record, .ledger, .chain], about: "do not balance"),
      Plant(
        testDescription: "a posting's row changed",
        sql: "UPDATE posting SET amount = amount + 1 WHERE settlement = 2 AND ordinal = 1",
        kinds: [.chain], about: "(S2) is not what was appended"),
      Plant(
        testDescription: "a reversal of something else",
        sql: "UPDATE settlement SET reverses = 'S2', \(set("reverses", "\"S2\"")) WHERE id = 'R1'",
        kinds: [.reversal, .chain], about: "S2, which is not stored"),
      Plant(
        testDescription: "an amount changed in a column only",
        sql: "UPDATE settlement SET fund = fund + 1 WHERE id = 'S3'",
        kinds: [.chain], about: "(S3) is not what was appended"),
      Plant(
        testDescription: "the text of a record changed where its meaning is the same",
        sql: "UPDATE settlement SET record = record || ' ' WHERE id = 'S3'",
        kinds: [.chain], about: "(S3) is not what was appended"),
      Plant(
        testDescription: "a settlement gone",
        sql: "DELETE FROM posting WHERE settlement = 2; DELETE FROM settlement WHERE id = 'S2'",
        kinds: [.chain], about: "records 1 to 1 are gone"),
      Plant(
        testDescription: "a settlement gone with its place in the chain",
        sql: """
          DELETE FROM posting WHERE settlement = 2; DELETE FROM link WHERE settlement = 2;
          DELETE FROM settlement WHERE id = 'S2'
          """,
        kinds: [.chain], about: "records 1 to 1 are gone"),
      Plant(
        testDescription: "a place in the chain gone", sql: "DELETE FROM link WHERE settlement = 3", kinds: [.chain],
        about: "S3 stands outside the chain"),
      Plant(
        testDescription: "two records that changed places",
        sql: """
          UPDATE link SET settlement = settlement + 100 WHERE settlement IN (1, 3);
          UPDATE link SET settlement = CASE settlement WHEN 101 THEN 3 ELSE 1 END WHERE settlement > 100
          """,
        kinds: [.chain], about: "record 1 (S3) is not what was appended"),
      Plant(
        testDescription: "records that changed over to another strand",
        sql: """
          UPDATE chain a SET sequence = b.sequence, hash = b.hash FROM chain b
          WHERE (a.sequence = 1 AND b.sequence = 0) OR (a.sequence = 0 AND b.sequence = 1 AND a.strand = (
            SELECT min(strand) FROM chain WHERE sequence = 0));
          UPDATE link SET strand = (SELECT strand FROM chain WHERE sequence = 1) WHERE settlement = 2
          """,
        kinds: [.chain], about: "record 1 (S2) is not what was appended"),
      Plant(
        testDescription: "the last record gone",
        sql: "DELETE FROM posting WHERE settlement = 4; DELETE FROM settlement WHERE id = 'R1'",
        kinds: [.accumulators, .chain], about: "records 3 to 3 are gone"),
      Plant(
        testDescription: "postings without a record",
        sql: "INSERT INTO posting VALUES (9, 1, 'fund', 'other', 5)", kinds: [.chain], about: "record 9"),
      Plant(
        testDescription: "a policy source changed",
        sql: "UPDATE policy_source SET record = replace(record, '2025', '2024')", kinds: [.chain],
        about: "is not what was stored"),
      Plant(
        testDescription: "the head of the chain moved", sql: "UPDATE chain SET hash = sha256('') WHERE sequence > 0",
        kinds: [.chain],
        about: "the chain's head"),
      Plant(
        testDescription: "the head of the chain gone", sql: "DELETE FROM chain", kinds: [.chain],
        about: "the head of strand 15 is missing"),
    ]

    @Test(arguments: plants)
    func `植入的差异被发现`(plant: Plant) async throws {
      let schema = try StoreSchema()
      let store = try await schema.filled()
      #expect(try await Audit(store).run().differences == [])
      try schema.tamper(plant.sql)
      let report = try await Audit(store).run()
      #expect(!report.isClean)
      #expect(Set(report.differences.map(\.kind)).isSuperset(of: plant.kinds), "\(report.differences)")
      #expect(report.differences.contains { $0.message.english.contains(plant.about) }, "\(report.differences)")
      store.close()
    }
  }
#endif
