#if PostgreSQL
  import Claims
  import Foundation
  import Kernel
  import StorePostgres
  import StoreTrial
  import Synchronization
  import Testing
  import Workflows

  /// The server that tests run on.
  enum TestServer {
    static let url = ProcessInfo.processInfo.environment["YIBAO_TEST_POSTGRES"]
    static let isThere = url != nil
    static let missing: Comment = "YIBAO_TEST_POSTGRES names no server; `make test` provides one"
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// A schema for one test, gone afterwards, with the desk that settles in its store.
  final class StoreSchema: Sendable {
    let desk: TrialDesk
    /// The server, with the schema's name as the sessions' so that they can be told from other tests'.
    let url: String
    let name: String

    init(on server: String? = TestServer.url) throws {
      desk = try TrialDesk(policies: TestServer.root.appending(path: "Policies").path)
      name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
      url = try #require(server) + "?application_name=\(name)"
    }

    deinit { _ = try? perform("DROP SCHEMA IF EXISTS \(name) CASCADE") }

    var options: PostgresPayerStore.Options {
      var options = PostgresPayerStore.Options()
      options.schema = name
      options.writerCount = 4
      options.readerCount = 2
      return options
    }

    func open(_ change: (inout PostgresPayerStore.Options) -> Void = { _ in }) throws -> PostgresPayerStore {
      var options = options
      change(&options)
      return try PostgresPayerStore(url: url, options: options)
    }

    @discardableResult
    func perform(_ sql: String) throws -> [String] { try PostgresPayerStore.perform(sql, url: url, schema: name) }

    /// Changes rows as nobody may: without triggers and foreign keys.
    func tamper(_ sql: String) throws {
      try perform("BEGIN; SET LOCAL session_replication_role = replica; \(sql); COMMIT")
    }

    /// Ends all sessions of the schema's stores, as a restart of the server does.
    func endSessions() throws {
      try PostgresPayerStore.perform(
        "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = '\(name)'",
        url: try #require(TestServer.url), schema: name)
    }

    /// Settles one stay of a person; the store's error comes through.
    @discardableResult
    func settle(_ number: Int, person: String = "P1", in store: any PayerStore) async throws -> SettlementRecord {
      let record = try await desk.settleStay(number, person: person, in: store)
      return try #require(record)
    }

    /// An open store with two persons, three settlements and a reversal.
    func filled() async throws -> PostgresPayerStore {
      let store = try open()
      try await desk.fill(store)
      return store
    }
  }

  /// Something that several tasks write down.
  final class Shared<Value: Sendable>: Sendable {
    private let guarded: Mutex<Value>
    init(_ value: Value) { guarded = Mutex(value) }
    var value: Value { guarded.withLock { $0 } }

    @discardableResult
    func change(_ body: @Sendable (inout Value) -> Void) -> Value {
      guarded.withLock { value in
        body(&value)
        return value
      }
    }
  }

  /// What a call on the store failed with.
  func failure(_ body: () async throws -> Void) async -> StoreError? {
    do { try await body() } catch { return error as? StoreError }
    return nil
  }
#endif
