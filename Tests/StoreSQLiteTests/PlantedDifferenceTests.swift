import Kernel
import Ledger
import Settlement
import StoreSQLite
import Testing
import Workflows

/// Every kind of difference, planted behind the store's back, is found and named.
@Suite struct PlantedDifferenceTests {
  let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  /// A change that no writer makes, and what the audit should say of it.
  struct Plant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sql: String
    let kinds: Set<AuditDifference.Kind>
    let about: String
  }

  static let plants: [Plant] = [
    Plant(
      testDescription: "an accumulator moved",
      sql: "UPDATE accumulator SET record = json_set(record, '$.totals.countedPooled', 1) WHERE person = 'P1'",
      kinds: [.accumulators], about: "counted_pooled"),
    Plant(
      testDescription: "a stay forgotten",
      sql: "UPDATE accumulator SET record = json_set(record, '$.stays', json('[]')) WHERE person = 'P2'",
      kinds: [.accumulators], about: "stays 1 ≠ 0"),
    Plant(
      testDescription: "accumulators of a year nobody settled",
      sql: "INSERT INTO accumulator SELECT person, scheme, 2019, json_set(record, '$.year', 2019) FROM accumulator",
      kinds: [.chain], about: "without a settlement"),
    Plant(
      testDescription: "a balance below zero",
      sql: "PRAGMA ignore_check_constraints = 1; UPDATE balance SET own = -1 WHERE person = 'P1'",
      kinds: [.balance], about: "-0.01"),
    Plant(
      testDescription: "postings out of balance",
      sql: """
        UPDATE settlement SET record = json_set(record, '$.settled.entry.postings[0].amount', 1) WHERE id = 'S2'
        """,
      kinds: [.record, .ledger, .chain], about: "do not balance"),
    Plant(
      testDescription: "postings that do not follow from what was settled",
      sql: """
        UPDATE settlement
        SET record = json_set(record, '$.entry', json_object('reference', 'S2', 'postings', json('[]'))) WHERE id = 'S2'
        """,
      kinds: [.record, .chain], about: "S2"),
    Plant(
      testDescription: "a posting's row changed",
      sql: "UPDATE settlement SET postings = json_replace(postings, '$[0][2]', 1) WHERE id = 'S2'",
      kinds: [.chain], about: "record 2 (S2)"),
    Plant(
      testDescription: "a reversal of something else",
      sql: """
        UPDATE settlement SET reverses = 'S2', record = json_set(record, '$.reverses', 'S2') WHERE id = 'R1'
        """,
      kinds: [.reversal, .chain], about: "S2, which is not stored"),
    Plant(
      testDescription: "an amount changed in a column only",
      sql: "UPDATE settlement SET fund = fund + 1 WHERE id = 'S3'",
      kinds: [.chain], about: "record 3 (S3) is not what was appended"),
    Plant(
      testDescription: "a settlement gone",
      sql: "DELETE FROM settlement WHERE id = 'S2'",
      kinds: [.chain], about: "records 2 to 2 are gone"),
    Plant(
      testDescription: "the last record gone",
      sql: "DELETE FROM settlement WHERE id = 'R1'",
      kinds: [.accumulators, .chain], about: "records 4 to 4 are gone"),
    Plant(
      testDescription: "postings that are no list",
      sql: "UPDATE settlement SET postings = 'none' WHERE id = 'S2'", kinds: [.chain], about: "record 2 (S2)"),
    Plant(
      testDescription: "a policy source changed",
      sql: "UPDATE policy_source SET record = replace(record, '2025', '2024')", kinds: [.chain],
      about: "is not what was stored"),
    Plant(
      testDescription: "the head of the chain moved", sql: "UPDATE chain SET hash = zeroblob(32)", kinds: [.chain],
      about: "the chain's head"),
  ]

  @Test(arguments: plants)
  func `植入的差异被发现`(plant: Plant) async throws {
    let store = try await folder.filled()
    #expect(try await Audit(store).run().differences == [])
    store.close()
    try await folder.tamper(plant.sql)
    let damaged = try folder.open()
    let report = try await Audit(damaged).run()
    #expect(!report.isClean)
    #expect(Set(report.differences.map(\.kind)).isSuperset(of: plant.kinds), "\(report.differences)")
    #expect(report.differences.contains { $0.message.english.contains(plant.about) }, "\(report.differences)")
    damaged.close()
  }

  @Test func `无差异的报告给出各项合计`() async throws {
    let store = try await folder.filled()
    let report = try await Audit(store).run()
    let records = try await store.read { store throws(StoreError) in
      try store.settlements(ofPerson: "P1") + store.settlements(ofPerson: "P2")
    }
    let standing = records.filter { ["S2", "S3"].contains($0.id) }
    #expect(report.settlementCount == 3 && report.reversalCount == 1 && report.personCount == 2)
    #expect(report.postingCount == records.reduce(0) { $0 + $1.entry.postings.count })
    #expect(report.total == standing.reduce(.zero) { $0 + $1.settled.amounts.total })
    #expect(report.funds[.employeePooled] == standing.reduce(.zero) { $0 + $1.settled.amounts.pooled })
    store.close()
  }

  @Test(arguments: [("", ""), ("1", "1"), ("12345678", "*******8"), ("P00000012345", "********2345")])
  func `编号只露末尾`(number: String, masked: String) { #expect(MaskedNumber.of(number) == masked) }
}
