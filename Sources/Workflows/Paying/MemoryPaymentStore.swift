public import Payment
import Synchronization

/// Cases and runs in memory, for tests, demonstrations and simulation: the same promises as a store on disk, but for
/// durability.
///
/// ```swift
/// let store = MemoryPaymentStore()
/// try await store.put(cases, region: "990100")
/// ```
public final class MemoryPaymentStore: PaymentStore {
  private struct State {
    /// Cases by region, in order of arrival.
    var cases: [String: [PaymentCase]] = [:]
    /// Where a case stands, by region and identifier.
    var places: [String: [String: Int]] = [:]
    /// Runs in order of publishing.
    var runs: [PublishedRun] = []
  }

  private let state = Mutex(State())
  private let block: Int

  /// Makes an empty store.
  public convenience init() { self.init(casesAtOnce: 4_096) }

  init(casesAtOnce block: Int) { self.block = block }

  /// Adds or replaces cases.
  public func put(_ cases: [PaymentCase], region: String) async throws(StoreError) {
    try PaymentStoreRules.check(cases)
    state.withLock { state in
      for item in cases {
        if let place = state.places[region]?[item.id] {
          state.cases[region]?[place] = item
        } else {
          state.places[region, default: [:]][item.id] = state.cases[region]?.count ?? 0
          state.cases[region, default: []].append(item)
        }
      }
    }
  }

  /// Takes cases away; the last one takes the place of each.
  public func withdraw(_ cases: [String], region: String) async throws(StoreError) {
    state.withLock { state in
      for id in cases {
        guard let place = state.places[region]?.removeValue(forKey: id),
          let last = state.cases[region]?.popLast(), last.id != id
        else { continue }
        state.cases[region]?[place] = last
        state.places[region]?[last.id] = place
      }
    }
  }

  /// Hands out selected cases as they were when it was called.
  public func cases(
    _ selection: CaseSelection, _ body: @escaping @Sendable ([PaymentCase]) throws(StoreError) -> Void
  ) async throws(StoreError) {
    let all = state.withLock { $0.cases[selection.region] ?? [] }
    let isAscending = zip(all, all.dropFirst()).allSatisfy { $0.id < $1.id }
    let ordered = isAscending ? all : all.sorted { $0.id < $1.id }
    for start in stride(from: 0, to: ordered.count, by: block) {
      let wanted = ordered[start..<min(start + block, ordered.count)].filter { item in
        item.scheme == selection.scheme && selection.period.contains(item.month)
          && (selection.institution == nil || selection.institution == item.institution)
      }
      if !wanted.isEmpty { try body(wanted) }
    }
  }

  /// A case by identifier.
  public func paymentCase(_ id: String, region: String) async throws(StoreError) -> PaymentCase? {
    state.withLock { state in
      state.places[region]?[id].flatMap { state.cases[region]?[$0] }
    }
  }

  /// Publishes a run, once.
  public func publish(_ run: PublishedRun) async throws(StoreError) {
    try state.withLock { state throws(StoreError) in
      let known = state.runs.first { $0.run.identity == run.run.identity }
      let beside = RunSelection(beside: run.run.inputs)
      let latest = state.runs.last { beside.contains($0.run.inputs) }
      if try PaymentStoreRules.isNew(run, known: known, latest: latest) { state.runs.append(run) }
    }
  }

  /// A published run by identity.
  public func run(_ identity: String) async throws(StoreError) -> PublishedRun? {
    state.withLock { state in state.runs.first { $0.run.identity == identity } }
  }

  /// Published runs in order of publishing.
  public func runs(_ selection: RunSelection) async throws(StoreError) -> [PublishedRun] {
    state.withLock { state in state.runs.filter { selection.contains($0.run.inputs) } }
  }

  /// Looks at how runs follow one another; their content is what was published.
  public func verifyRuns() async throws(StoreError) -> PaymentRunCheck {
    let runs = state.withLock { $0.runs }
    return runs.reduce(into: PaymentRunCheck()) { check, run in check.add(run) }
  }
}
