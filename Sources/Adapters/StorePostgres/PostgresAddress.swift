#if PostgreSQL
  /// Where a store lies: a server's database, and the schema in it.
  struct PostgresAddress: Sendable {
    /// A URL (`postgresql://user@host/database`) or words (`host=… dbname=…`) as libpq reads them.
    let url: String
    /// The schema; lower-case letters, digits and underscores.
    let schema: String
    /// Whether the session may write.
    let isReadOnly: Bool

    /// What every session begins with.
    ///
    /// Every look-up is by key, so one plan fits all values, and a plan made while a table was small must not outlive
    /// that: sequential scans are for those who ask for everything.
    var sessionSettings: String {
      """
      SET search_path = "\(schema)"; SET lock_timeout = '10s'; SET plan_cache_mode = force_generic_plan;
      SET enable_seqscan = off; SET jit = off; SET standard_conforming_strings = on;
      SET default_transaction_isolation = 'read committed'; SET default_transaction_read_only = \(isReadOnly);
      """
    }

    static func isSchemaName(_ name: String) -> Bool {
      let isPlain = name.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
      return isPlain && (1...63).contains(name.utf8.count) && !name.hasPrefix("pg_")
    }
  }
#endif
