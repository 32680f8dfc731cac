import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import StoreSQLite
import TabularFiles
import Workflows

/// Yearly clearing as an office does it: every case paid under the sample contract, through the desk.
struct DeskScenarios {
  static let region = "990100"

  let terms: PayingTerms
  let book: PolicyBook
  let cases: [PaymentCase]
  let inputs: PayingInputs

  /// Makes a year of cases by DRG points.
  ///
  /// - Parameter policies: the policy folder of the repository.
  init(cases count: Int, institutions: Int, policies path: String) throws {
    let policies = PolicyFolder(path: path).load(vocabulary: SettlementVocabulary.definitions)
    guard let book = policies.book else { throw ClearingBenchmark.Unusable.world }
    let loaded = ContractFiles(folders: policies.folders, book: book).load { request in
      let reading = GroupTableFile.read(CSVReader(path: request.path), edition: request.edition, place: request.place)
      return (reading.value, reading.diagnostics)
    }
    guard let contract = loaded.contracts.first(where: { $0.region == Self.region && $0.schemes.contains(.employee) }),
      let clearing = ClearingFolder.load(beside: policies).contracts[Self.region]
    else { throw ClearingBenchmark.Unusable.world }
    self.book = book
    terms = PayingTerms(cases: contract, clearing: clearing, identity: "benchmark")
    let sample = SamplePaymentCases(
      count: count, seed: 1, under: contract, scheme: .employee, institutions: institutions)
    cases = sample.cases
    inputs = sample.inputs(clearing.assessment?.indicators ?? [], scheme: .employee)
  }

  private var order: PayingDesk.Order {
    .init(region: Self.region, scheme: .employee, period: .year(terms.cases.year), inputs: inputs)
  }

  private func clear(_ store: any PaymentStore) async throws -> ClearedYear {
    try await PayingDesk(store: store, digest: SHA256ContentDigest()).clearYear(order, under: terms).get()
  }

  private func put(into store: any PaymentStore) async throws {
    for start in stride(from: 0, to: cases.count, by: 20_000) {
      try await store.put(Array(cases[start..<min(start + 20_000, cases.count)]), region: Self.region)
    }
  }

  /// The year through the desk in memory, three times; the sum of what is owed.
  func inMemory() async throws {
    let store = MemoryPaymentStore()
    try await put(into: store)
    try await report("desk, memory: every case paid, pool, bands, assessment, entries, identity", 2_000) {
      try await clear(store)
    }
  }

  /// The year from SQLite with its statements, by how much of each case they say.
  func fromSQLite() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clearing-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try SQLitePayerStore(path: folder.appending(path: "year.sqlite").path)
    defer { store.close() }
    try await put(into: store)
    try await report("SQLite, no statements", 10_000) { try await clear(store) }
    let usual = StatementFolder.usualSheetCases
    let every = cases.count
    let choices: [(String, Set<StatementFolder.Form>, StatementDetail, Int)] = [
      ("SQLite, summaries in three forms", Set(StatementFolder.Form.allCases), .summary, usual),
      (
        "SQLite, as usual: cases in three forms, workbooks up to \(usual)", Set(StatementFolder.Form.allCases), .cases,
        usual
      ),
      ("SQLite, every case in CSV and workbooks", [.csv, .xlsx], .cases, every),
      ("SQLite, every case with steps in CSV", [.csv], .steps, usual),
    ]
    for (name, forms, detail, sheetCases) in choices {
      let out = folder.appending(path: "out").path
      let target = StatementFolder(path: out, language: .chinese, forms: forms, sheetCases: sheetCases)
      let writer = StatementWriter(book: book, region: Self.region, detail: detail)
      try await report(name, 10_000) {
        let year = try await clear(store)
        _ = try await target.write(year.made, writer.statements(of: year))
        return year
      }
      try FileManager.default.removeItem(atPath: out)
    }
  }

  private func report(_ name: String, _ target: Int64, _ work: () async throws -> ClearedYear) async throws {
    let clock = ContinuousClock()
    var (times, due): ([Int64], Int64) = ([], 0)
    for _ in 0..<3 {
      let began = clock.now
      let year = try await work()
      times.append(ClearingBenchmark.milliseconds(clock.now - began))
      due = year.clearings.reduce(0) { $0 &+ $1.due.fen }
    }
    let best = times.min() ?? 0
    let all = times.map(String.init).joined(separator: ", ")
    print(
      "\(name): \(best) ms (best of \(all)), target \(target): \(best <= target ? "met" : "not met"), checksum \(due)")
  }
}
