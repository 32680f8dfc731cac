import Claims
import Kernel
package import Ledger
import Settlement

// Stored form of a settlement: its postings follow from what was settled, so they are written only should they not.

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
    self.init(
      id: id, reverses: reverses, visit: try container.decode(Visit.self, forKey: .visit),
      claim: try container.decode(Claim.self, forKey: .claim), settled: settled,
      sources: try container.decode([Int: PolicySource].self, forKey: .sources),
      entry: try container.decode(
        forKey: .entry, usual: Self.entry(of: settled, id: id, isReversal: reverses != nil)),
      message: try container.decode(String.self, forKey: .message),
      time: try container.decode(String.self, forKey: .time),
      balance: try container.decode(Money.self, forKey: .balance))
  }

  /// Writes everything but the postings that follow.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(reverses, forKey: .reverses)
    try container.encode(visit, forKey: .visit)
    try container.encode(claim, forKey: .claim)
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
