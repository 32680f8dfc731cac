/// Where the console reads: a projection of the payer's settlements, of the interface's messages and of the checks of
/// settlement lists.
///
/// It is derived and may be thrown away: everything but the log of messages is made again from the payer's store by
/// ``MonitoringFeed`` and ``QualityFeed``. It keeps a file of its own, so that reading it never stands in the way of
/// the payer's writer. What a call wrote is there for the next one; after a power cut the last writes may be gone,
/// whole.
public protocol MonitoringStore: SettlementMonitoring, MessageMonitoring, QualityMonitoring {
  /// Throws everything away, as before the first write.
  func reset() async throws(StoreError)
}

/// Settlements as lists and totals see them.
public protocol SettlementMonitoring: Sendable {
  /// The place in the payer's chain up to which everything was appended.
  func place() async throws(StoreError) -> ChainPlace

  /// The first and the last settlement that were appended; `nil` when there are none.
  ///
  /// By them a projection of another store is found out.
  func ends() async throws(StoreError) -> (first: MonitoredSettlement, last: MonitoredSettlement)?

  /// Appends settlements and reversals, and moves the place; all of it or nothing.
  ///
  /// What is there already is passed over, so the same stretch may come twice. The settlement that a reversal takes
  /// back is marked as reversed.
  func append(_ settlements: [MonitoredSettlement], upTo place: ChainPlace) async throws(StoreError)

  /// One page of the settlements that match, with how many match.
  func settlements(_ filter: MonitoringFilter, order: MonitoringOrder, page: PageRequest) async throws(StoreError)
    -> Page<MonitoredSettlement>

  /// What the settlements that match come to, told apart by dimensions; ascending by group, nothing for empty groups.
  ///
  /// Without dimensions there is one line, also when nothing matches.
  func totals(_ filter: MonitoringFilter, by dimensions: Set<MonitoringDimension>) async throws(StoreError)
    -> [MonitoringTotal]

  /// The principal diagnoses that come to most, most first, at most so many.
  func diagnoses(_ filter: MonitoringFilter, by rank: MonitoringRank, limit: Int) async throws(StoreError)
    -> [DiagnosisTotal]

  /// Persons that had something settled and match, at most so many, in the order of what is asked
  /// for, then of their numbers.
  func persons(_ query: MonitoredPersonQuery, limit: Int) async throws(StoreError) -> [MonitoredPerson]
}

/// How a person is looked for.
public enum MonitoredPersonQuery: Hashable, Sendable {
  /// The number, exactly.
  case number(String)
  /// The end of the certificate, two to six characters.
  case certificateEnding(String)
  /// The beginning of the name, one character or more.
  case namePrefix(String)
}

/// A person as the projection knows them.
public struct MonitoredPerson: Hashable, Sendable {
  /// The number (`psn_no`).
  public let number: String
  /// The name, unmasked, as of the last settlement.
  public let name: String
  /// The last six characters of the certificate.
  public let certificateEnding: String

  /// Makes a person.
  public init(number: String, name: String, certificateEnding: String) {
    (self.number, self.name, self.certificateEnding) = (number, name, certificateEnding)
  }
}
