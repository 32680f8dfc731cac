import Claims
import Kernel
package import Ledger
package import Settlement

/// Sources of policy values that a store keeps by themselves and settlements name.
package protocol PolicySources: Sendable {
  /// The source under a name.
  func source(named name: String) throws -> PolicySource
}

extension CodingUserInfoKey {
  /// Where a decoder finds the sources that settlements name.
  package static var policySources: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "policySources") }
}

// Stored form of a settlement: what follows from the rest is written only should it not.

extension SettlementRecord {
  private enum CodingKeys: CodingKey {
    case id, reverses, visit, claim, settled, sources, entry, message, time, balance
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let id = try container.decode(String.self, forKey: .id)
    let reverses = try container.decodeIfPresent(String.self, forKey: .reverses)
    let settled = try container.decode(SettledClaim.self, forKey: .settled)
    let visit = try container.decode(Visit.self, forKey: .visit)
    self.init(
      id: id, reverses: reverses, visit: visit,
      claim: try container.decode(ClaimBesideVisit.self, forKey: .claim)
        .claim(beside: ClaimWords(visit, claim: settled.claim)),
      settled: settled,
      sources: try Self.sources(container, decoder),
      entry: try container.decode(
        forKey: .entry, usual: Self.entry(of: settled, id: id, isReversal: reverses != nil)),
      message: try container.decode(String.self, forKey: .message),
      time: try container.decode(String.self, forKey: .time),
      balance: try container.decode(Money.self, forKey: .balance))
  }

  /// Sources written out, or named where the reader knows them by name.
  private static func sources(_ container: KeyedDecodingContainer<CodingKeys>, _ decoder: any Decoder) throws
    -> [Int: PolicySource]
  {
    guard let key = CodingUserInfoKey.policySources, let known = decoder.userInfo[key] as? any PolicySources else {
      return try container.decode([Int: PolicySource].self, forKey: .sources)
    }
    return try container.decode([Int: String].self, forKey: .sources).mapValues { try known.source(named: $0) }
  }

  /// Writes everything but the postings that follow.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(reverses, forKey: .reverses)
    try container.encode(visit, forKey: .visit)
    try container.encode(ClaimBesideVisit(claim, beside: claimWords), forKey: .claim)
    try container.encode(settled, forKey: .settled)
    try container.encode(sources, forKey: .sources)
    try container.encode(entry, forKey: .entry, unless: usualEntry)
    try container.encode(message, forKey: .message)
    try container.encode(time, forKey: .time)
    try container.encode(balance, forKey: .balance)
  }

  /// The postings that follow from what was settled.
  package var usualEntry: LedgerEntry { Self.entry(of: settled, id: id, isReversal: reverses != nil) }

  /// The postings that a settlement, or its reversal, makes.
  private static func entry(of settled: SettledClaim, id: String, isReversal: Bool) -> LedgerEntry {
    isReversal ? settled.reversalEntry(reference: id) : settled.entry
  }
}
