/// A place in the chain of settlements: everything up to it was read, nothing after it.
///
/// Made by stores and kept by whoever reads on; what it holds is the store's own affair: one position for each strand
/// of the chain, of which PostgreSQL has sixteen (decision 0012). Records that commit late on one strand are not missed
/// because another strand is ahead.
public struct ChainPlace: Hashable, Codable, Sendable {
  /// The last position that was read of each strand, from 0 for none; empty before anything was read.
  package let strands: [Int64]

  package init(strands: [Int64]) { self.strands = strands }

  /// The place before the first record.
  public static let beginning = ChainPlace(strands: [])

  /// Reads the text that ``encode(to:)`` writes.
  public init(from decoder: any Decoder) throws {
    strands = try decoder.singleValueContainer().decode([Int64].self)
  }

  /// Writes the positions in the order of the strands.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(strands)
  }

  /// The last position that was read of a strand; 0 for none.
  package func position(of strand: Int) -> Int64 { strands.indices.contains(strand) ? strands[strand] : 0 }
}

/// Records of the chain one after the other, and the place after them.
public struct ChainStretch: Sendable {
  /// Settlements and reversals, each after what it takes back.
  public let records: [SettlementRecord]
  /// The place after the last of them; where reading began when there are none.
  public let place: ChainPlace

  package init(records: [SettlementRecord], place: ChainPlace) {
    (self.records, self.place) = (records, place)
  }
}
