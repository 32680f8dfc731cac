import Claims
import Console
import Grouping
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import TabularFiles
import Testing
import Workflows

/// The sample world paid: stays gathered and grouped, made-up cases beside them, months paid, the year cleared, one
/// month corrected.
actor PaymentWorld {
  static let shared = PaymentWorld()
  private var made: Task<ConsoleSources, any Error>?

  static let region = SampleRegion.code
  static let year = 2_026
  /// The employee scheme's month that was corrected.
  static let correctedMonth = 3

  /// The world; whoever asks while it is being made waits for the same one.
  func sources() async throws -> ConsoleSources {
    let task = made ?? Task { try await Self.make() }
    made = task
    return try await task.value
  }

  private static func make() async throws -> ConsoleSources {
    var sources = try await SampleWorld.shared.sources()
    let terms = try terms()
    let store = MemoryPaymentStore()
    for grouping in try groupings.get() {
      _ = try await CaseGathering(
        from: sources.payer, into: store, by: grouping.engine, schemes: [grouping.isDIP ? .resident : .employee]
      ).gather(.year(year), region: region)
    }
    for one in terms {
      let sample = SamplePaymentCases(count: 1_500, seed: 11, under: one.cases)
      try await store.put(sample.cases, region: region)
      try await pay(one, in: store)
    }
    sources.paying = store
    sources.terms = terms
    sources.groupings = try groupings.get()
    return sources
  }

  /// A site over it, with what it keeps of its own.
  static func site(_ change: (inout ConsoleSources) -> Void = { _ in }) async throws -> Site {
    var world = try await shared.sources()
    change(&world)
    var sources = ConsoleSources(
      payer: world.payer, monitoring: world.monitoring, paying: world.paying, library: world.library,
      region: world.region, files: world.files, call: world.call, clock: world.clock)
    (sources.terms, sources.rivals, sources.groupings) = (world.terms, world.rivals, world.groupings)
    return try await Site(sources)
  }

  // MARK: Files

  private static let policies = PolicyFolder(path: SampleWorld.root + "/Policies")
    .load(vocabulary: SettlementVocabulary.definitions)

  /// The terms of the sample contracts.
  static func terms() throws -> [PayingTerms] {
    let book = try #require(policies.book)
    let clearing = try #require(ClearingFolder.load(beside: policies).contracts[region])
    let loaded = ContractFiles(folders: policies.folders, book: book).load { request in
      let reading = GroupTableFile.read(CSVReader(path: request.path), edition: request.edition, place: request.place)
      return (reading.value, reading.diagnostics)
    }
    return loaded.contracts.filter { $0.region == region }.map {
      PayingTerms(cases: $0, clearing: clearing, identity: "terms of \($0.identifier)")
    }
  }

  /// The outline edition and catalogue of the repository.
  private static let groupings = Result<[CaseGrouping], any Error> {
    let editions = SampleWorld.root + "/Editions"
    let opened = EditionCache(folder: nil)
      .open(EditionFile(editions + "/chs-drg-outline", manifest: nil, changes: EditionChanges()))
    let catalogue = try #require(DIPCatalogueFolder.read(editions + "/dip-outline").value)
    return [
      CaseGrouping(.drg(Grouper(try #require(opened.edition)))), CaseGrouping(.dip(try DIPGrouper(catalogue))),
    ]
  }

  // MARK: Paying

  private static func pay(_ terms: PayingTerms, in store: MemoryPaymentStore) async throws {
    let scheme = try #require(terms.cases.schemes.first)
    let cases = try await all(CaseSelection(region: region, scheme: scheme, period: .year(year)), in: store)
    let indicators = try #require(terms.clearing.assessment).indicators
    var inputs = SamplePaymentCases(cases, under: terms.cases).inputs(indicators, scheme: scheme)
    let desk = PayingDesk(store: store, digest: SHA256ContentDigest())
    func order(_ period: PaymentPeriod) -> PayingDesk.Order {
      .init(region: region, scheme: scheme, period: period, inputs: inputs)
    }
    for number in 1...12 {
      let month = try #require(YearMonth(year: year, month: number))
      let paid = try await desk.payMonth(order(.month(month)), under: terms).get()
      _ = try await desk.publish(paid.made, time: "2026-12-0\(number % 9 + 1) 10:00:00", by: "示例经办").get()
      guard scheme == .employee, number == correctedMonth else { continue }
      // The fund's money was stated wrongly: half a million more.
      inputs.fund = inputs.fund.map { money in
        var money = money
        if money.period == .month(month) { money.amount = money.amount + Money(fen: 50_000_000) }
        return money
      }
      let again = try await desk.payMonth(order(.month(month)), under: terms).get()
      _ = try await desk.publish(again.made, time: "2026-12-20 10:00:00", by: "示例复核", correcting: true).get()
    }
    let cleared = try await desk.clearYear(order(.year(year)), under: terms).get()
    _ = try await desk.publish(cleared.made, time: "2027-01-15 10:00:00", by: "示例经办").get()
  }

  /// Selected cases at once.
  static func all(_ selection: CaseSelection, in store: any PaymentStore) async throws -> [PaymentCase] {
    try await store.allCases(selection)
  }
}

extension Site {
  /// The answer of the API.
  func ask(_ path: String, _ language: String = "zh") async throws -> Visitor.Answer {
    let token = ["authorization": "Bearer \(try await self.token(.reader))"]
    return await Visitor(site: self).get("/api/v1/\(path)\(path.contains("?") ? "&" : "?")lang=\(language)", token)
  }
}
