import Claims
import Foundation
import GRDB
import Kernel
import StoreSQLite
import StoreTrial
import Testing
import Workflows

/// A folder for one test, gone afterwards, with the desk that settles in its store.
final class StoreFolder: Sendable {
  let desk: TrialDesk
  private let folder: URL

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let policies = root.appending(path: "Policies").path

  init() throws {
    desk = try TrialDesk(policies: Self.policies)
    folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String = "store.sqlite") -> String { folder.appending(path: name).path }

  func open(_ options: SQLitePayerStore.Options = .init()) throws -> SQLitePayerStore {
    try SQLitePayerStore(path: path(), options: options)
  }

  /// Settles one stay of a person; the store's error comes through.
  @discardableResult
  func settle(_ number: Int, person: String = "P1", in store: any PayerStore) async throws -> SettlementRecord {
    let record = try await desk.settleStay(number, person: person, in: store)
    return try #require(record)
  }

  /// An open store with two persons, three settlements and a reversal.
  func filled() async throws -> SQLitePayerStore {
    let store = try open()
    try await desk.fill(store)
    return store
  }
}

/// What a call on the store failed with.
func failure(_ body: () async throws -> Void) async -> StoreError? {
  do { try await body() } catch { return error as? StoreError }
  return nil
}

/// Waits for a signal without holding a thread of the cooperative pool.
func reached(_ signal: DispatchSemaphore) async {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread {
      signal.wait()
      continuation.resume()
    }
  }
}

extension StoreFolder {
  /// Changes the file as nobody may: without triggers and foreign keys.
  func tamper(_ sql: String) async throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path(), configuration: configuration)
    try await queue.writeWithoutTransaction { db in
      let triggers = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
      for table in ["settlement", "message", "policy_source", "payment_run"] {
        for change in ["update", "delete"] { try db.execute(sql: "DROP TRIGGER \(table)_no_\(change)") }
      }
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger) }
    }
    try queue.close()
  }
}
