import StoreSQLite
import Workflows

#if PostgreSQL
  import StorePostgres
#endif

/// A store by its name on the command line: a file of SQLite, or `postgres:URL`.
struct TrialStore {
  let payer: any PayerStore
  /// The same when it is a file, for what only a file can do.
  let file: SQLitePayerStore?
  let close: @Sendable () -> Void

  init(_ name: String) throws {
    guard name.hasPrefix("postgres:") else {
      let store = try SQLitePayerStore(path: name)
      payer = store
      file = store
      close = { store.close() }
      return
    }
    #if PostgreSQL
      var options = PostgresPayerStore.Options()
      options.schema = "trial"
      let store = try PostgresPayerStore(url: String(name.dropFirst("postgres:".count)), options: options)
      payer = store
      file = nil
      close = { store.close() }
    #else
      throw TrialDesk.Unready(description: "built without PostgreSQL: swift build --traits PostgreSQL")
    #endif
  }
}
