import Foundation
import StoreSQLite
import StoreTrial
import Testing
import Workflows

#if PostgreSQL
  import StorePostgres
#endif

/// A kind of store that the suite runs on; a new one is a case here and a line in `open`.
enum StoreUnderTest: String, CaseIterable, Sendable {
  case memory
  case sqlite
  #if PostgreSQL
    case postgres
  #endif

  /// How many trials of sixty-four settlements each run of the tests does, so that it stays short.
  var usualTrials: Int { self == .sqlite ? 50 : 10 }

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
    #if PostgreSQL
      case .postgres:
        let url = try #require(PostgresUnderTest.url)
        let options = PostgresUnderTest.newSchema()
        let store = try PostgresPayerStore(url: url, options: options)
        let result: Result<Void, any Error>
        do { result = .success(try await body(store)) } catch { result = .failure(error) }
        store.close()
        try PostgresPayerStore.perform("DROP SCHEMA \(options.schema) CASCADE", url: url, schema: options.schema)
        try result.get()
    #endif
    }
  }

  /// The kinds that can be tested here: PostgreSQL only when `YIBAO_TEST_POSTGRES` names a server.
  static let available: [StoreUnderTest] = allCases.filter { kind in
    #if PostgreSQL
      kind != .postgres || PostgresUnderTest.url != nil
    #else
      true
    #endif
  }

  /// The desk that settles for the tests, under the sample region's policy.
  static let desk: Result<TrialDesk, any Error> = Result {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try TrialDesk(policies: root.appending(path: "Policies").path)
  }
}

#if PostgreSQL
  /// The server that tests run on; every test has a schema of its own.
  enum PostgresUnderTest {
    static let url = ProcessInfo.processInfo.environment["YIBAO_TEST_POSTGRES"]

    static func newSchema() -> PostgresPayerStore.Options {
      var options = PostgresPayerStore.Options()
      options.schema = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
      return options
    }
  }

  /// Says that the server is missing, instead of leaving its tests out silently.
  @Suite struct PostgresServerTests {
    @Test(.enabled(if: PostgresUnderTest.url != nil, "YIBAO_TEST_POSTGRES names no server; `make test` provides one"))
    func `PostgreSQL 上跑同一套测试`() { #expect(StoreUnderTest.available.contains(.postgres)) }
  }
#endif

extension PayerStore {
  /// Reads one thing.
  func get<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws -> Answer
  ) async throws -> Answer {
    let found = try await read { reading throws(StoreError) in Result { try body(reading) } }
    return try found.get()
  }
}
