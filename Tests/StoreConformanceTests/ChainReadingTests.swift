import Claims
import Foundation
import Kernel
import Settlement
import StoreTrial
import Testing
import Workflows

/// Following the chain from a place on: every record once, whatever is written meanwhile.
@Suite struct ChainReadingTests {
  let desk: TrialDesk

  init() throws { desk = try StoreUnderTest.desk.get() }

  private func settle(_ number: Int, person: String, in store: any PayerStore) async throws {
    let record = try await desk.settleStay(number, person: person, in: store)
    _ = try #require(record)
  }

  private func stretch(_ store: any PayerStore, after place: ChainPlace, limit: Int) async throws -> ChainStretch {
    try await store.get { try $0.settlements(after: place, limit: limit) }
  }

  /// Reads on to the end in stretches; every place goes through its text, as it does when it is kept.
  private func follow(_ store: any PayerStore, from place: inout ChainPlace, by limit: Int) async throws
    -> [SettlementRecord]
  {
    var records: [SettlementRecord] = []
    while true {
      let next = try await stretch(store, after: place, limit: limit)
      #expect(next.records.count <= limit)
      if next.records.isEmpty {
        #expect(next.place == place || place == .beginning)
        return records
      }
      records += next.records
      place = try JSONDecoder().decode(ChainPlace.self, from: JSONEncoder().encode(next.place))
      #expect(place == next.place)
    }
  }

  @Test(arguments: StoreUnderTest.available, [1, 2, 7, 100])
  func `从头分段读取每笔恰好一次且撤销在其后`(kind: StoreUnderTest, limit: Int) async throws {
    try await kind.use { store in
      let persons = (0..<9).map { "P\($0)" }
      try await desk.enrol(persons, balance: Money(fen: 30_000), in: store)
      #expect(try await stretch(store, after: .beginning, limit: limit).records.isEmpty)
      for number in 0..<20 { try await settle(number, person: persons[number % 9], in: store) }
      let desk = desk
      for id in ["S3", "S12"] {
        _ = try await store.write { store throws(StoreError) in
          try desk.reverse(id, as: "R-\(id)", message: "MR-\(id)", in: store)
        }
      }
      var place = ChainPlace.beginning
      let records = try await follow(store, from: &place, by: limit)
      #expect(records.count == 22 && Set(records.map(\.id)).count == 22)
      for (index, record) in records.enumerated() {
        let stored = try await store.get { try $0.settlement(record.id) }
        #expect(stored == record)
        if let original = record.reverses { #expect(records[..<index].contains { $0.id == original }) }
      }
      // Nothing more comes, and what comes later is all that comes.
      #expect(try await follow(store, from: &place, by: limit).isEmpty)
      for number in 20..<25 { try await settle(number, person: persons[number % 9], in: store) }
      #expect(Set(try await follow(store, from: &place, by: limit).map(\.id)) == Set((20..<25).map { "S\($0)" }))
      #expect(try await stretch(store, after: place, limit: 0).place == place)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `边写边读也不漏不重`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      let persons = (0..<24).map { "P\($0)" }
      try await desk.enrol(persons, balance: Money(fen: 30_000), in: store)
      let writing = Task {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (index, person) in persons.enumerated() {
            group.addTask {
              for turn in 0..<8 { _ = try await desk.settleStay(index * 100 + turn, person: person, in: store) }
            }
          }
          try await group.waitForAll()
        }
      }
      var (place, seen) = (ChainPlace.beginning, [String]())
      while seen.count < 24 * 8 {
        let found = try await follow(store, from: &place, by: 5)
        seen += found.map(\.id)
        if found.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
      }
      try await writing.value
      seen += try await follow(store, from: &place, by: 5).map(\.id)
      #expect(seen.count == 24 * 8 && Set(seen).count == seen.count)
    }
  }

  /// A write that began first and commits last: whoever read on meanwhile still gets it.
  @Test(.timeLimit(.minutes(1)), arguments: StoreUnderTest.available.filter { $0 != .memory })
  func `迟提交的记录不会被越过`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      let desk = desk
      let persons = (0..<33).map { "P\($0)" }
      try await desk.enrol(persons, balance: Money(fen: 30_000), in: store)
      let (began, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      let late = desk.visit("V999", of: "P0", care: .inpatient)
      let writing = Task {
        try await store.write { store throws(StoreError) in
          try store.put(late)
          try store.append(desk.lines(8, total: Money(fen: 5_000_00), of: late), to: late.id)
          _ = try desk.settle(late.id, as: "LATE", message: "MLATE", in: store)
          began.signal()
          gate.wait()
          // A store may run the body again; then it goes through at once.
          gate.signal()
        }
      }
      await withCheckedContinuation { continuation in
        Thread.detachNewThread {
          began.wait()
          continuation.resume()
        }
      }
      var place = ChainPlace.beginning
      // On PostgreSQL some of the others are on the late one's strand, whose head it has not touched yet.
      for number in 1..<33 { try await settle(number, person: persons[number], in: store) }
      let first = try await follow(store, from: &place, by: 10).map(\.id)
      #expect(Set(first) == Set((1..<33).map { "S\($0)" }))
      gate.signal()
      try await writing.value
      #expect(try await follow(store, from: &place, by: 10).map(\.id) == ["LATE"])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `写入中也读得到自己刚追加的记录`(kind: StoreUnderTest) async throws {
    try await kind.use { store in
      try await desk.enrol(["P1"], balance: Money(fen: 30_000), in: store)
      try await settle(1, person: "P1", in: store)
      let (desk, visit) = (desk, desk.visit("V2", of: "P1", care: .inpatient))
      let seen = try await store.write { store throws(StoreError) -> [String] in
        try store.put(visit)
        try store.append(desk.lines(8, total: Money(fen: 5_000_00), of: visit), to: visit.id)
        _ = try desk.settle(visit.id, as: "S2", message: "M2", in: store)
        return try store.settlements(after: .beginning, limit: 10).records.map(\.id)
      }
      #expect(seen.sorted() == ["S1", "S2"])
    }
  }
}
