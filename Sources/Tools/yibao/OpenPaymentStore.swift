import ArgumentParser
import StoreSQLite
import Workflows

/// A store opened for paying: settlements, cases and runs of one region's payer.
struct OpenPaymentStore {
  let payer: any PayerStore
  let paying: any PaymentStore
  let close: @Sendable () async -> Void

  /// Opens a store by its name; what keeps it from being opened ends the command with code 2.
  init(_ name: String, isReadOnly: Bool = false) throws {
    do throws(StoreError) {
      if name.hasPrefix("sqlite:"), name != "sqlite:" {
        var options = SQLitePayerStore.Options()
        options.isReadOnly = isReadOnly
        let store = try SQLitePayerStore(path: String(name.dropFirst("sqlite:".count)), options: options)
        (payer, paying, close) = (store, store, { store.close() })
      } else if let url = PostgresName.url(name) {
        let (payer, close) = try PostgresName.open(url, isReadOnly: isReadOnly)
        guard let paying = payer as? any PaymentStore else {
          throw StoreError(
            .unavailable, operation: "open store",
            detail: "PostgreSQL 账库尚不保存支付数据，请用 sqlite:PATH / paying is not kept on PostgreSQL yet; use sqlite:PATH")
        }
        (self.payer, self.paying, self.close) = (payer, paying, close)
      } else {
        throw StoreError(.refused, operation: "open store", detail: "应为 / expected: sqlite:PATH, postgres:URL")
      }
    } catch {
      Terminal.error("--store \(PostgresName.shown(name)): \(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
  }
}
