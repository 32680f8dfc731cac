#if PostgreSQL
  import Foundation
  import Settlement
  import Workflows

  /// Reads stored records, and the sources of policy values that settlements name.
  final class PostgresDecoder {
    private let decoder = JSONDecoder()
    private let sources = KnownSources()

    init() {
      if let key = CodingUserInfoKey.policySources { decoder.userInfo[key] = sources }
    }

    /// Reads a record; sources that it names are looked up on the connection, inside its open transaction.
    func decode<Record: Decodable>(
      _ kind: Record.Type, from text: Data, _ connection: PostgresConnection
    ) throws -> Record {
      sources.connection = connection
      defer { sources.connection = nil }
      return try decoder.decode(kind, from: text)
    }
  }

  /// The sources that a thread has met; they never change.
  private final class KnownSources: PolicySources, @unchecked Sendable {
    // Used by one thread alone, during one decoding.
    var connection: PostgresConnection?
    private var known: [String: PolicySource] = [:]
    private let decoder = JSONDecoder()

    func source(named name: String) throws -> PolicySource {
      if let source = known[name] { return source }
      let rows = try connection?.run([.init(PostgresSQL.policySource, [.text(name)])]).first
      guard let rows, rows.count == 1 else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: [], debugDescription: "the policy source \(name) is not stored"))
      }
      let source = try decoder.decode(PolicySource.self, from: rows.data(0, 0))
      known[name] = source
      return source
    }
  }
#endif
