import Claims
import Foundation
import Kernel
import Ledger
import People
import Settlement
import StoreTrial
import Testing
import Workflows

/// Many callers at a time: ceilings hold, numbers do not repeat, everything derived stays provable.
@Suite struct ConcurrencyTests {
  let desk: TrialDesk

  init() throws { desk = try StoreUnderTest.desk.get() }

  /// The yearly ceiling on ordinary outpatient care of an employee in service in 2025: 2,000 yuan.
  private let ceiling = Money(fen: 2_000_00)

  /// Trials for each store; `STORE_TRIALS=200` for the long run.
  private static let trials: [(StoreUnderTest, Int)] = StoreUnderTest.available.map { kind in
    let wanted = ProcessInfo.processInfo.environment["STORE_TRIALS"].flatMap(Int.init)
    return (kind, kind == .memory ? 200 : wanted ?? kind.usualTrials)
  }

  @Test(arguments: trials)
  func `六十四笔并发结算从不超过年度限额`(kind: StoreUnderTest, trials: Int) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol((0..<trials).map { "P\($0)" }, balance: .zero, in: store)
      for trial in 0..<trials {
        let person = "P\(trial)"
        let paid = try await withThrowingTaskGroup(of: Money.self) { group in
          for number in 0..<64 {
            group.addTask {
              let visit = desk.visit("V\(trial)-\(number)", of: person)
              return try await store.write { store throws(StoreError) in
                try store.put(visit)
                try store.append(desk.lines(1, total: Money(fen: 150_00), of: visit), to: visit.id)
                let id = try store.nextNumber("settlement")
                let record = try desk.settle(visit.id, as: "S\(id)", message: "M\(id)", in: store)
                return record?.settled.amounts.pooled ?? Money(fen: -1_000_000_00)
              }
            }
          }
          return try await group.reduce(.zero, +)
        }
        #expect(paid == ceiling, "trial \(trial)")
        let kept = try await store.read { store throws(StoreError) in
          try store.accumulators(person, .employee, year: 2025)
        }
        #expect(kept.totals.pooled[.outpatient] == ceiling, "trial \(trial)")
      }
      let report = try await Audit(store).run()
      #expect(report.differences == [])
      #expect(report.settlementCount == trials * 64)
      #expect(report.personCount == trials)
      #expect(report.funds[.employeePooled] == Money(fen: ceiling.fen * Int64(trials)))
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `并发取号从不重复且失败的写入也不归还`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let numbers = await withTaskGroup(of: [Int64].self) { group in
        for task in 0..<64 {
          group.addTask {
            let given = Given()
            for turn in 0..<20 {
              try? await store.write { store throws(StoreError) in
                given.add(try store.nextNumber("a"), try store.nextNumber("b"))
                if (task + turn).isMultiple(of: 4) {
                  throw StoreError(.unavailable, operation: "test", detail: "given up")
                }
              }
            }
            return given.numbers
          }
        }
        return await group.reduce(into: []) { $0 += $1 }
      }
      #expect(numbers.count == 64 * 20 * 2)
      // Both sequences run alike here, so every number came exactly once from each.
      let counts = numbers.reduce(into: [Int64: Int]()) { $0[$1, default: 0] += 1 }
      #expect(counts.values.allSatisfy { $0 == 2 } && counts.count == 64 * 20)
    }
  }

  /// Numbers that one task was given; its writes follow one another.
  private final class Given: @unchecked Sendable {
    private(set) var numbers: [Int64] = []
    func add(_ more: Int64...) { numbers += more }
  }

  @Test(arguments: StoreUnderTest.available)
  func `两人同时撤销同一结算只有一次成功`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      try await desk.enrol(["P1"], balance: Money(fen: 100_000), in: store)
      for turn in 0..<10 {
        let visit = desk.visit("V\(turn)", of: "P1", care: .inpatient)
        try await store.write { store throws(StoreError) in
          try store.put(visit)
          try store.append(desk.lines(8, total: Money(fen: 9_000_00), of: visit), to: visit.id)
          _ = try desk.settle(visit.id, as: "S\(turn)", message: "M\(turn)", in: store)
        }
        let done = await withTaskGroup(of: Bool.self) { group in
          for caller in 0..<8 {
            group.addTask {
              let record = try? await store.write { store throws(StoreError) in
                try desk.reverse("S\(turn)", as: "R\(turn)-\(caller)", message: "MR\(turn)-\(caller)", in: store)
              }
              return record != nil
            }
          }
          return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(done == 1)
      }
      #expect(try await store.get { try $0.balance("P1").own } == Money(fen: 100_000))
      #expect(try await Audit(store).run().differences == [])
    }
  }
}
