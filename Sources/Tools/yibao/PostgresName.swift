import Workflows

#if PostgreSQL
  import StorePostgres
#endif

/// A store on PostgreSQL by its name on the command line: `postgres:URL`, or the URL itself.
enum PostgresName {
  /// The URL or words for libpq; `nil` when the name is another store's.
  static func url(_ name: String) -> String? {
    for scheme in ["postgres://", "postgresql://"] where name.hasPrefix(scheme) { return name }
    guard name.hasPrefix("postgres:"), name != "postgres:" else { return nil }
    return String(name.dropFirst("postgres:".count))
  }

  /// A store's name as messages show it: what libpq reads may hold a password.
  static func shown(_ name: String) -> String { url(name) == nil ? name : "postgres:…" }

  /// Opens the store; one that was built without PostgreSQL says how to build it with.
  static func open(
    _ url: String, isReadOnly: Bool
  ) throws(StoreError) -> (payer: any PayerStore, close: @Sendable () async -> Void) {
    #if PostgreSQL
      var options = PostgresPayerStore.Options()
      options.isReadOnly = isReadOnly
      let store = try PostgresPayerStore(url: url, options: options)
      return (store, { store.close() })
    #else
      throw StoreError(
        .unavailable, operation: "open store",
        detail: "本程序构建时未含 PostgreSQL；请安装 libpq-dev 后重新构建 / built without PostgreSQL; install libpq-dev and "
          + "build again: swift build -c release --product yibao --traits PostgreSQL")
    #endif
  }
}
