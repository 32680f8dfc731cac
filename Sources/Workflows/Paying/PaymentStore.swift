public import Payment
public import People

/// Where paying keeps its cases and its runs, beside the settlements of the same region.
///
/// Cases may be added, replaced and withdrawn, since groups change and settlements are reversed; a run that was
/// published never is. All or nothing holds for each call, and what a call wrote is durable when it returns.
public protocol PaymentStore: Sendable {
  /// Adds cases of a region, or replaces those with the same identifier.
  func put(_ cases: [PaymentCase], region: String) async throws(StoreError)

  /// Takes cases of a region away, by identifier; those that are not there are passed over.
  func withdraw(_ cases: [String], region: String) async throws(StoreError)

  /// Hands out the selected cases in blocks, ascending by identifier, all of one consistent state.
  func cases(
    _ selection: CaseSelection, _ body: @escaping @Sendable ([PaymentCase]) throws(StoreError) -> Void
  ) async throws(StoreError)

  /// A case of a region by identifier, whatever its scheme and month.
  func paymentCase(_ id: String, region: String) async throws(StoreError) -> PaymentCase?

  /// Publishes a run.
  ///
  /// The same run again is answered as before and stored once. Refused: another run of the same kind, region, scheme
  /// and period, unless it corrects the last one published of them.
  func publish(_ run: PublishedRun) async throws(StoreError)

  /// A published run by identity.
  func run(_ identity: String) async throws(StoreError) -> PublishedRun?

  /// Published runs in order of publishing; `nil` stands for any.
  func runs(_ selection: RunSelection) async throws(StoreError) -> [PublishedRun]

  /// Recomputes what can be recomputed of every published run: identity, content, balance, corrections.
  func verifyRuns() async throws(StoreError) -> PaymentRunCheck
}

/// Which cases of a region are wanted.
public struct CaseSelection: Hashable, Sendable {
  /// The pooling region.
  public var region: String
  /// The scheme.
  public var scheme: InsuranceScheme
  /// The month or year of settlement.
  public var period: PaymentPeriod
  /// One institution only; `nil` for all.
  public var institution: String?

  /// Makes a selection.
  public init(region: String, scheme: InsuranceScheme, period: PaymentPeriod, institution: String? = nil) {
    self.region = region
    self.scheme = scheme
    self.period = period
    self.institution = institution
  }
}

/// Which runs are wanted.
public struct RunSelection: Hashable, Sendable {
  /// The kind; `nil` for any.
  public var kind: PaymentRun.Kind?
  /// The pooling region.
  public var region: String
  /// The scheme; `nil` for any.
  public var scheme: InsuranceScheme?
  /// The period; `nil` for any.
  ///
  /// A year does not stand for its months.
  public var period: PaymentPeriod?

  /// Makes a selection.
  public init(
    kind: PaymentRun.Kind? = nil, region: String, scheme: InsuranceScheme? = nil, period: PaymentPeriod? = nil
  ) {
    self.kind = kind
    self.region = region
    self.scheme = scheme
    self.period = period
  }
}

/// A run that was published.
public struct PublishedRun: Hashable, Sendable {
  /// The run.
  public var run: PaymentRun
  /// When it was published, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// Who published it.
  public var publisher: String

  /// Makes a published run.
  public init(run: PaymentRun, time: String, publisher: String) {
    self.run = run
    self.time = time
    self.publisher = publisher
  }
}
