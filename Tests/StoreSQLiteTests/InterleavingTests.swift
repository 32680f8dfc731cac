import Claims
import Foundation
import Kernel
import People
import Settlement
import StoreTrial
import Testing
import Workflows

@testable import StoreSQLite

/// Two claims and a reversal of one person, each in two halves — worked out on a snapshot, stored by the writer — in
/// every order that the six halves can take: what comes of it is what the order of storing alone would make.
@Suite struct InterleavingTests {
  let desk: TrialDesk

  init() throws { desk = try TrialDesk(policies: StoreFolder.policies) }

  /// The three writes.
  enum Act: Int, CaseIterable {
    case first
    case second
    case reversal
  }

  /// Every sequence of three acts in which each comes twice: first its rehearsal, then its storing; 90 of them.
  static let orders: [[Act]] = {
    func sequences(_ left: [Act: Int]) -> [[Act]] {
      if left.values.allSatisfy({ $0 == 0 }) { return [[]] }
      return Act.allCases.filter { left[$0, default: 0] > 0 }.flatMap { act in
        var rest = left
        rest[act, default: 0] -= 1
        return sequences(rest).map { [act] + $0 }
      }
    }
    return sequences([.first: 2, .second: 2, .reversal: 2])
  }()

  /// Outpatient care under a yearly ceiling of 2,000 yuan: with S0 standing, V1 and V2 no longer fit both.
  private func prepare(_ store: SQLitePayerStore) async throws {
    try await desk.enrol(["P1"], balance: .zero, in: store)
    let desk = desk
    for (number, total) in [(0, 2_500_00), (1, 2_000_00), (2, 1_500_00)] as [(Int, Int64)] {
      let visit = desk.visit("V\(number)", of: "P1")
      try await store.write { store throws(StoreError) in
        try store.put(visit)
        try store.append(desk.lines(2, total: Money(fen: total), of: visit), to: visit.id)
      }
    }
    _ = try await store.write { store throws(StoreError) in
      try desk.settle("V0", as: "S0", message: "M0", in: store)
    }
  }

  private func write(_ act: Act) -> RehearsedWrite<SettlementRecord?> {
    let desk = desk
    return RehearsedWrite { store throws(StoreError) in
      switch act {
      case .first: try desk.settle("V1", as: "S1", message: "M1", in: store)
      case .second: try desk.settle("V2", as: "S2", message: "M2", in: store)
      case .reversal: try desk.reverse("S0", as: "R0", message: "MR0", in: store)
      }
    }
  }

  /// What the person's money looks like: the shares of each settlement and the accumulators.
  struct Outcome: Equatable {
    var pooled: [String: Money]
    var accumulators: Accumulators
  }

  private func outcome(_ store: SQLitePayerStore) async throws -> Outcome {
    try await store.read { store throws(StoreError) in
      let records = try store.settlements(ofPerson: "P1")
      return Outcome(
        pooled: Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0.settled.amounts.pooled) }),
        accumulators: try store.accumulators("P1", .employee, year: 2025))
    }
  }

  private func open(_ folder: StoreFolder, _ name: String) async throws -> SQLitePayerStore {
    var options = SQLitePayerStore.Options()
    options.readerCount = 1
    let store = try SQLitePayerStore(path: folder.path("\(name).sqlite"), options: options)
    try await prepare(store)
    return store
  }

  /// The outcome of the acts one after the other.
  private func serial(_ acts: [Act], _ folder: StoreFolder) async throws -> Outcome {
    let store = try await open(folder, "serial-\(acts.map { "\($0.rawValue)" }.joined())")
    defer { store.close() }
    for act in acts {
      let write = write(act)
      try await store.finish(write)
      #expect(write.takeAnswer()??.id != nil)
    }
    return try await outcome(store)
  }

  @Test func `两笔结算和一笔撤销的全部九十种交错都等于按提交次序逐笔办理`() async throws {
    #expect(Self.orders.count == 90 && Set(Self.orders).count == 90)
    let folder = try StoreFolder()
    var expected: [[Act]: Outcome] = [:]
    for (number, order) in Self.orders.enumerated() {
      let store = try await open(folder, "\(number)")
      let writes = Dictionary(uniqueKeysWithValues: Act.allCases.map { ($0, write($0)) })
      var begun: Set<Act> = []
      var stored: [Act] = []
      for act in order {
        let write = try #require(writes[act])
        if begun.insert(act).inserted {
          try await store.rehearse(write)
        } else {
          try await store.finish(write)
          stored.append(act)
        }
      }
      if expected[stored] == nil { expected[stored] = try await serial(stored, folder) }
      let found = try await outcome(store)
      #expect(found == expected[stored], "\(order)")
      let ceiling = try #require(found.accumulators.totals.pooled[.outpatient] as Money?)
      #expect(ceiling <= Money(fen: 2_000_00), "\(order)")
      #expect(try await Audit(store).run().differences == [], "\(order)")
      store.close()
    }
    // The three orders differ in what they pay, or the test would show nothing.
    #expect(expected.count == 6)
    #expect(Set(expected.values.map { $0.pooled.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } }).count > 1)
  }
}
