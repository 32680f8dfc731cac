import Foundation
import Kernel
import Ledger
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import TabularFiles
import Testing
import Workflows

/// The sample region with made-up cases, a store in memory and a desk.
struct PayingWorld {
  static let root: String = {
    var folder = URL(filePath: #filePath)
    while folder.path != "/" && !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
      folder.deleteLastPathComponent()
    }
    return folder.path
  }()
  static let policies = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
  static let clearing = ClearingFolder.load(beside: policies)

  static func contracts() throws -> [InsuranceScheme: PaymentContract] {
    let book = try #require(policies.book)
    let loaded = ContractFiles(folders: policies.folders, book: book).load { request in
      let reading = GroupTableFile.read(CSVReader(path: request.path), edition: request.edition, place: request.place)
      return (reading.value, reading.diagnostics)
    }
    return loaded.contracts.reduce(into: [:]) { found, contract in
      if contract.region == "990100" { for scheme in contract.schemes { found[scheme] = contract } }
    }
  }

  let scheme: InsuranceScheme
  let terms: PayingTerms
  let sample: SamplePaymentCases
  var inputs: PayingInputs

  init(_ scheme: InsuranceScheme = .employee, count: Int = 900, seed: UInt64 = 7) throws {
    self.scheme = scheme
    let contract = try #require(try Self.contracts()[scheme])
    let clearing = try #require(Self.clearing.contracts["990100"])
    terms = PayingTerms(cases: contract, clearing: clearing, identity: "contract")
    sample = SamplePaymentCases(count: count, seed: seed, under: contract, scheme: scheme)
    inputs = sample.inputs(try #require(clearing.assessment).indicators, scheme: scheme)
  }

  func desk(_ cases: [PaymentCase]? = nil) async throws -> (PayingDesk, MemoryPaymentStore) {
    let store = MemoryPaymentStore()
    try await store.put(cases ?? sample.cases, region: "990100")
    return (PayingDesk(store: store, digest: SHA256ContentDigest()), store)
  }

  func order(_ period: PaymentPeriod) -> PayingDesk.Order {
    .init(region: "990100", scheme: scheme, period: period, inputs: inputs)
  }

  static func month(_ number: Int) throws -> YearMonth { try #require(YearMonth(year: 2_026, month: number)) }

  /// Pays and publishes every month with cases.
  func payMonths(_ desk: PayingDesk) async throws -> [PaidMonth] {
    var paid: [PaidMonth] = []
    for number in 1...12 {
      let month = try await desk.payMonth(order(.month(try Self.month(number))), under: terms).get()
      _ = try await desk.publish(month.made, time: "2026-12-31 00:00:00", by: "test").get()
      paid.append(month)
    }
    return paid
  }
}

extension MadeRun {
  /// What an amount of all lines comes to.
  func sum(_ name: String) -> Money { run.lines.reduce(.zero) { $0 + ($1.amounts[name] ?? .zero) } }
}

/// SplitMix64, so that a failure can be repeated.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
