import Foundation
import Kernel
import Ledger
import Payment
import People
import StoreRecords
import StoreSQLite
import Synchronization
import Testing
import Workflows

#if PostgreSQL
  import StorePostgres
#endif

/// A payment store of some kind that can be closed and opened again.
struct OpenPaymentStore {
  let store: any PaymentStore
  let close: () -> Void
}

/// Kinds of payment store that the suite runs on: those of the payer's store.
extension StoreUnderTest {
  /// Hands a body the means to open one store, as often as it likes but once at a time.
  func usePaying(_ body: (() throws -> OpenPaymentStore) async throws -> Void) async throws {
    switch self {
    case .memory:
      let store = MemoryPaymentStore()
      try await body { OpenPaymentStore(store: store) {} }
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appending(path: "paying-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try await body {
        let store = try SQLitePayerStore(path: folder.appending(path: "store.sqlite").path)
        return OpenPaymentStore(store: store) { store.close() }
      }
    #if PostgreSQL
      case .postgres:
        let url = try #require(PostgresUnderTest.url)
        let options = PostgresUnderTest.newSchema()
        let result: Result<Void, any Error>
        do {
          result = .success(
            try await body {
              let store = try PostgresPayerStore(url: url, options: options)
              return OpenPaymentStore(store: store) { store.close() }
            })
        } catch { result = .failure(error) }
        try PostgresPayerStore.perform("DROP SCHEMA \(options.schema) CASCADE", url: url, schema: options.schema)
        try result.get()
    #endif
    }
  }

  /// Hands an empty payment store to a body.
  func withPaying(_ body: (any PaymentStore) async throws -> Void) async throws {
    try await usePaying { open in
      let opened = try open()
      defer { opened.close() }
      try await body(opened.store)
    }
  }
}

/// Cases and runs for the tests of payment stores.
enum PayingSample {
  static let region = "990100"

  static func month(_ text: String) -> YearMonth {
    guard let month = YearMonth(text) else { preconditionFailure("no month: \(text)") }
    return month
  }

  static func item(
    _ id: String, _ institution: String = "H1", _ scheme: InsuranceScheme = .employee, _ month: String = "2025-03",
    cost: Int64 = 600_000
  ) -> PaymentCase {
    PaymentCase(
      id: id, institution: institution, level: .secondary, scheme: scheme, month: self.month(month),
      cost: Money(fen: cost), fundShare: Money(fen: cost / 2), group: "GE29", stayDays: 7, ageYears: 43,
      department: "普外科", physician: "D001")
  }

  /// A run of two institutions that pays `amount` to the first and twice as much to the second.
  static func run(
    _ period: PaymentPeriod = .year(2025), _ scheme: InsuranceScheme = .employee, amount: Int64 = 100,
    correcting earlier: PaymentRun? = nil
  ) -> PaymentRun {
    let inputs = PaymentRun.Inputs(
      kind: .year, region: region, scheme: scheme, period: period, contract: "contract", cases: "cases",
      further: ["fund": "\(amount)", "评分": "甲 \"A\""])
    let lines = [("H2", 2 * amount), ("H1", amount)].map { holder, fen in
      PaymentRun.Line(holder: holder, amounts: ["due": Money(fen: fen), "deposit": .zero])
    }
    let entries = { (identity: String) -> [LedgerEntry] in
      [("H1", amount), ("H2", 2 * amount)].map { holder, fen in
        LedgerEntry(
          reference: "\(identity) \(holder)",
          postings: [
            Posting(.institution(holder), Money(fen: fen)), Posting(.bank(.employeePooled), Money(fen: -fen)),
          ])
      }
    }
    if let earlier {
      return earlier.correction(inputs, lines: lines, digest: RunDigest.of, entries: entries)
    }
    return PaymentRun(inputs, lines: lines, digest: RunDigest.of, entries: entries)
  }

  static func published(_ run: PaymentRun, _ time: String = "2026-01-15 09:00:00") -> PublishedRun {
    PublishedRun(run: run, time: time, publisher: "张")
  }
}

/// Blocks as a store hands them out, from whatever thread.
final class CaseBasket: Sendable {
  private let state = Mutex<[[PaymentCase]]>([])

  func add(_ block: [PaymentCase]) { state.withLock { $0.append(block) } }

  var blocks: [[PaymentCase]] { state.withLock { $0 } }
  var cases: [PaymentCase] { blocks.flatMap { $0 } }
}

extension PaymentStore {
  /// All selected cases at once.
  func all(
    _ period: PaymentPeriod, _ scheme: InsuranceScheme = .employee, institution: String? = nil,
    region: String = PayingSample.region
  ) async throws -> [PaymentCase] {
    let basket = CaseBasket()
    let selection = CaseSelection(region: region, scheme: scheme, period: period, institution: institution)
    try await cases(selection) { basket.add($0) }
    return basket.cases
  }
}
