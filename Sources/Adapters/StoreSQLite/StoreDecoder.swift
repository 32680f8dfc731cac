import Foundation
import GRDB
import Settlement
import Workflows

/// Reads stored records on one connection, and the sources of policy values that settlements name.
final class StoreDecoder {
  private let decoder = JSONDecoder()
  private let sources = KnownSources()

  init() {
    if let key = CodingUserInfoKey.policySources { decoder.userInfo[key] = sources }
  }

  /// Reads a record; sources that it names are looked up on the connection.
  func decode<Record: Decodable>(_ kind: Record.Type, from text: Data, _ db: Database) throws -> Record {
    sources.db = db
    defer { sources.db = nil }
    return try decoder.decode(kind, from: text)
  }
}

/// The sources that a connection has met; they never change.
private final class KnownSources: PolicySources, @unchecked Sendable {
  // Used by the connection's thread alone, during one decoding.
  var db: Database?
  private var known: [String: PolicySource] = [:]
  private let decoder = JSONDecoder()

  func source(named name: String) throws -> PolicySource {
    if let source = known[name] { return source }
    guard let db, let text = try Data.fetchOne(db.cachedStatement(sql: SQL.policySource), arguments: [name]) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the policy source \(name) is not stored"))
    }
    let source = try decoder.decode(PolicySource.self, from: text)
    known[name] = source
    return source
  }
}
