import Foundation
import StoreSQLite
import StoreTrial
import Workflows

/// A kind of store that the suite runs on; a new one is a case here and a line in `open`.
enum StoreUnderTest: String, CaseIterable, Sendable {
  case memory
  case sqlite

  /// Hands an empty store to a body and takes it away afterwards.
  func use(_ body: (any PayerStore) async throws -> Void) async throws {
    switch self {
    case .memory: try await body(MemoryStore())
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let store = try SQLitePayerStore(path: folder.appending(path: "store.sqlite").path)
      defer { store.close() }
      try await body(store)
    }
  }

  /// The desk that settles for the tests, under the sample region's policy.
  static let desk: Result<TrialDesk, any Error> = Result {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try TrialDesk(policies: root.appending(path: "Policies").path)
  }
}

extension PayerStore {
  /// Reads one thing.
  func get<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws -> Answer
  ) async throws -> Answer {
    let found = try await read { reading throws(StoreError) in Result { try body(reading) } }
    return try found.get()
  }
}
