import ArgumentParser
import Foundation
import Kernel
import StoreSQLite
import Workflows

/// `StoreTrial write`: settles and reverses until it is killed, printing each identifier once it is durable.
struct WriteTrial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "write")

  @Option var store: String
  @Option var policies: String
  @Option var callers = 16

  func run() async throws {
    let desk = try TrialDesk(policies: policies)
    let store = try SQLitePayerStore(path: store)
    try await desk.enrol((0..<callers).map { "P\($0)" }, balance: Money(fen: 10_000_000), in: store)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<callers {
        group.addTask {
          while true { try await turn(desk, store, person: "P\(caller)") }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Settles a visit, and takes every third one back; says so as soon as the store has.
  private func turn(_ desk: TrialDesk, _ store: SQLitePayerStore, person: String) async throws {
    let id = try await store.write { store throws(StoreError) -> Int64? in
      let number = try store.nextNumber("settlement")
      let visit = desk.visit("V\(number)", of: person)
      try store.put(visit)
      try store.append(desk.lines(8, total: Money(fen: 100_00 + number), of: visit), to: visit.id)
      return try desk.settle(visit.id, as: "S\(number)", message: "M\(number)", in: store) == nil ? nil : number
    }
    guard let id else { throw TrialDesk.Refused(outcome: person) }
    acknowledge("S\(id)")
    guard id.isMultiple(of: 3) else { return }
    let reversal = try await store.write { store throws(StoreError) in
      try desk.reverse("S\(id)", as: "R\(id)", message: "MR\(id)", in: store)
    }
    if let reversal { acknowledge(reversal.id) }
  }

  /// One write of one line: a pipe takes it whole or not at all.
  private func acknowledge(_ id: String) {
    FileHandle.standardOutput.write(Data("\(id)\n".utf8))
  }
}
