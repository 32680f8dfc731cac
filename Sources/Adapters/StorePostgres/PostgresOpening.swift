#if PostgreSQL
  import Workflows

  /// Opens a store: looks at the server and brings the tables up to date.
  enum PostgresOpening {
    private static let operation = "open store"

    /// A connection to a store that is fit to be served, or only read.
    static func open(_ address: PostgresAddress) throws(StoreError) -> PostgresConnection {
      guard PostgresAddress.isSchemaName(address.schema) else {
        throw StoreError(.unavailable, operation: operation, detail: "\(address.schema) is no name for a schema")
      }
      do {
        let connection = try PostgresConnection(address)
        try requireServer(connection)
        if !address.isReadOnly { try requireDurability(connection) }
        try bringUpToDate(connection, address)
        return connection
      } catch let error as StoreError {
        throw error
      } catch let fault as PostgresFault {
        throw fault.storeError(operation)
      } catch {
        throw StoreError(.unavailable, operation: operation, detail: "\(type(of: error))")
      }
    }

    // MARK: The server

    private static func requireServer(_ connection: PostgresConnection) throws {
      let version = Int(try connection.words("SHOW server_version_num").first ?? "") ?? 0
      guard version >= 140_000 else {
        throw StoreError(.unavailable, operation: operation, detail: "PostgreSQL 14 or later is needed")
      }
      let encoding = try connection.words("SHOW server_encoding").first ?? ""
      guard encoding == "UTF8" else {
        throw StoreError(
          .unavailable, operation: operation,
          detail: "the database's encoding is \(encoding); make one with ENCODING 'UTF8'")
      }
    }

    private static func requireDurability(_ connection: PostgresConnection) throws {
      var settings: [String: String] = [:]
      for name in ["synchronous_commit", "fsync", "full_page_writes"] {
        settings[name] = try connection.words("SHOW \(name)").first
      }
      if let fault = durabilityFault(settings) {
        throw StoreError(.unavailable, operation: operation, detail: fault)
      }
      if try connection.words("SELECT pg_is_in_recovery()::text").first != "false" {
        throw StoreError(.unavailable, operation: operation, detail: "the server is a standby; open its primary")
      }
    }

    /// Why what is answered would not be durable, and what to set; `nil` when it would be.
    ///
    /// The settings are read back and never made here: whoever weakened one should hear of it.
    static func durabilityFault(_ settings: [String: String]) -> String? {
      let commit = settings["synchronous_commit"] ?? "unknown"
      if commit != "on" && commit != "remote_apply" {
        return "synchronous_commit is \(commit): set it to on (ALTER DATABASE … SET synchronous_commit = on)"
      }
      for name in ["fsync", "full_page_writes"] where settings[name] != "on" {
        return
          "\(name) is \(settings[name] ?? "unknown"): set it to on in postgresql.conf, or with ALTER SYSTEM, and reload"
      }
      return nil
    }

    // MARK: The tables

    private static func bringUpToDate(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
      guard !address.isReadOnly else { return try requireSteps(connection, address) }
      // One at a time, when several processes start together.
      let lock = PostgresLock(.step, "", in: address.schema).key
      try connection.script("BEGIN; SELECT pg_advisory_xact_lock(\(lock))")
      do {
        if try connection.words(count("pg_namespace WHERE nspname = '\(address.schema)'")).first == "0" {
          try connection.script("CREATE SCHEMA \"\(address.schema)\"")
        }
        let taken = try taken(connection, address) ?? []
        if taken.isEmpty {
          let others = try connection.words(count("pg_tables WHERE schemaname = '\(address.schema)'")).first
          guard others == "0" else { throw foreign(address) }
          try connection.script(PostgresSchema.stepTable)
        }
        for (place, step) in PostgresSchema.steps.enumerated().dropFirst(taken.count) {
          try connection.script(step.sql)
          try connection.script("INSERT INTO step VALUES (\(place + 1), '\(step.sentence)')")
        }
        try connection.script("COMMIT")
      } catch {
        _ = try? connection.script("ROLLBACK")
        throw error
      }
    }

    private static func requireSteps(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
      guard let taken = try taken(connection, address) else { throw foreign(address) }
      guard taken.count == PostgresSchema.steps.count else {
        throw StoreError(.damaged, operation: operation, detail: "the store is of an older version; serve it once")
      }
    }

    /// The sentences of the steps that were taken; `nil` when there is no such table.
    private static func taken(_ connection: PostgresConnection, _ address: PostgresAddress) throws -> [String]? {
      let table = "pg_tables WHERE schemaname = '\(address.schema)' AND tablename = 'step'"
      guard try connection.words(count(table)).first == "1" else { return nil }
      let taken = try connection.words("SELECT sentence FROM step ORDER BY ordinal")
      guard taken.elementsEqual(PostgresSchema.steps.prefix(taken.count).map(\.sentence)) else {
        throw StoreError(
          .damaged, operation: operation, detail: "a newer version of the platform has changed the store")
      }
      return taken
    }

    private static func count(_ what: String) -> String { "SELECT count(*)::text FROM \(what)" }

    private static func foreign(_ address: PostgresAddress) -> StoreError {
      StoreError(
        .damaged, operation: operation, detail: "schema \(address.schema) holds no store of this platform")
    }
  }
#endif
