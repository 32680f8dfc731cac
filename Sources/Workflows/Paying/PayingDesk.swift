import Kernel
import Ledger
public import Payment
public import People
import Synchronization

/// Pays institutions: months, years, communities, adjustment funds, losses (支付与清算经办).
///
/// Every use case takes an order, calculates and answers with a run; nothing is published unless it is handed to
/// ``publish(_:time:by:correcting:)``. The same order over the same cases gives the same run, whoever gives it.
///
/// ```swift
/// let desk = PayingDesk(store: store, digest: SHA256ContentDigest())
/// let paid = try await desk.payMonth(order, under: terms).get()
/// try await desk.publish(paid.made, time: now, by: "fund office")
/// ```
public struct PayingDesk: Sendable {
  let store: any PaymentStore
  let digest: any ContentDigest
  let progress: @Sendable (Int) -> Void

  /// Opens a desk.
  ///
  /// - Parameters:
  ///   - store: where cases and runs are.
  ///   - digest: how runs are identified.
  ///   - progress: told how many cases are paid, now and then, from any thread.
  public init(
    store: any PaymentStore, digest: any ContentDigest, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.store = store
    self.digest = digest
    self.progress = progress
  }

  /// What is to be paid or cleared.
  public struct Order: Sendable {
    /// The pooling region.
    public var region: String
    /// The scheme.
    public var scheme: InsuranceScheme
    /// The month or year.
    public var period: PaymentPeriod
    /// What people state.
    public var inputs: PayingInputs

    /// Makes an order.
    public init(
      region: String, scheme: InsuranceScheme, period: PaymentPeriod, inputs: PayingInputs = PayingInputs()
    ) {
      self.region = region
      self.scheme = scheme
      self.period = period
      self.inputs = inputs
    }
  }

  /// Cases of an order, ascending by settlement.
  func cases(_ order: Order) async throws(StoreError) -> [PaymentCase] {
    let found = CollectedCases()
    let selection = CaseSelection(region: order.region, scheme: order.scheme, period: order.period)
    try await store.cases(selection) { block throws(StoreError) in found.append(block) }
    return found.cases
  }

  /// The identity of a set of cases.
  func identity(of cases: [PaymentCase]) -> String { digest.text { PaymentCase.write(cases, to: &$0) } }

  // MARK: Runs

  /// Makes the run of what was calculated: new, the one that was published, or a correction of that.
  func make(
    _ inputs: PaymentRun.Inputs, lines: [PaymentRun.Line], entries: (_ identity: String) -> [LedgerEntry]
  ) async throws(StoreError) -> Result<MadeRun, PayingRefusal> {
    let beside = RunSelection(
      kind: inputs.kind, region: inputs.region, scheme: inputs.scheme, period: inputs.period)
    guard let latest = try await store.runs(beside).last else {
      let run = PaymentRun(inputs, lines: lines, digest: { digest.text($0) }, entries: entries)
      return .success(MadeRun(run: run, published: nil, corrected: nil))
    }
    if latest.run.inputs == inputs {
      let sorted = lines.sorted { $0.holder < $1.holder }
      guard latest.run.lines == sorted, latest.run.ownEntries == entries(latest.run.identity) else {
        return .failure(.desk(.resultDiffers, latest.run.identity))
      }
      var corrected: PublishedRun?
      if let earlier = latest.run.corrects { corrected = try await store.run(earlier) }
      return .success(MadeRun(run: latest.run, published: latest, corrected: corrected))
    }
    let run = latest.run.correction(inputs, lines: lines, digest: { digest.text($0) }, entries: entries)
    return .success(MadeRun(run: run, published: nil, corrected: latest))
  }

  /// Publishes a run; one that was published before stays as it is.
  ///
  /// - Parameters:
  ///   - made: the run.
  ///   - time: the time of day, `yyyy-MM-dd HH:mm:ss`.
  ///   - publisher: who publishes it.
  ///   - correcting: whether it may take the place of an earlier one; else that is refused.
  public func publish(
    _ made: MadeRun, time: String, by publisher: String, correcting: Bool = false
  ) async throws(StoreError) -> Result<PublishedRun, PayingRefusal> {
    if let published = made.published { return .success(published) }
    if let earlier = made.corrected, !correcting {
      return .failure(.desk(.publishedOtherwise, earlier.run.identity))
    }
    let published = PublishedRun(run: made.run, time: time, publisher: publisher)
    try await store.publish(published)
    return .success(published)
  }
}

/// A run with what stands beside it in the store.
public struct MadeRun: Hashable, Sendable {
  /// The run.
  public let run: PaymentRun
  /// The same run as it was published; `nil` when it was not.
  public let published: PublishedRun?
  /// The published run that it corrects.
  public let corrected: PublishedRun?

  /// Joins a run with what stands beside it.
  public init(run: PaymentRun, published: PublishedRun?, corrected: PublishedRun?) {
    self.run = run
    self.published = published
    self.corrected = corrected
  }

  /// What it changes of the run that it corrects.
  public var differences: [RunDifference] { corrected.map { run.differences(from: $0.run) } ?? [] }
}

/// Blocks of cases as they come.
final class CollectedCases: Sendable {
  private let found = Mutex<[PaymentCase]>([])

  func append(_ block: [PaymentCase]) { found.withLock { $0 += block } }

  var cases: [PaymentCase] { found.withLock { $0 } }
}
