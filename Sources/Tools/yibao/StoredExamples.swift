import Console
import Kernel
import NationalInterface
import Synchronization
import Workflows

/// Example messages about what the payer's store has, so that they are carried out when they are sent.
final class StoredExamples: TransactionExamples {
  private let search: ExampleSearch
  private let region: String
  private let count = Atomic<Int>(0)

  init(_ store: any PayerStore, _ projection: any SettlementMonitoring, _ library: PolicyLibrary, region: String) {
    search = ExampleSearch(store, projection, library, region: region)
    self.region = region
  }

  var offered: [(number: String, title: LocalizedText)] { TransactionGuide.offered }

  func title(of transaction: String) -> LocalizedText? { TransactionGuide.title(of: transaction) }

  func refusal(_ outcome: Int) -> LocalizedText? { TransactionGuide.refusal(outcome) }

  func message(_ transaction: String, about wish: ExampleWish) async throws(StoreError) -> String? {
    let now = ChinaTime.now()
    let facts = try await search.facts(TransactionExample.care(of: transaction), wish, today: now.day)
    return TransactionExample(transaction, facts, region: region)
      .message(serial: count.wrappingAdd(1, ordering: .relaxed).newValue, time: "\(now)")
  }
}
