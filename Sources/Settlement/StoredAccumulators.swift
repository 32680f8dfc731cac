package import Kernel
import People

// Stored forms: what is kept by item or disease stands in one order, so that the same year is stored alike everywhere.

extension UseKey {
  /// Uses in the order in which they are stored: items by code and month, then diseases by code.
  package static func ordered(_ uses: [UseKey: Money]) -> [(key: UseKey, value: Money)] {
    uses.sorted { $0.key.place < $1.key.place }
  }

  private var place: (Int, String, String) {
    switch self {
    case .item(let code, let month): (0, code, month.description)
    case .disease(let code): (1, code, "")
    }
  }
}

/// Keys and amounts in turn, in order.
private struct OrderedUses: Codable {
  var uses: [UseKey: Money]

  init(_ uses: [UseKey: Money]) { self.uses = uses }

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    uses = [:]
    while !list.isAtEnd { uses[try list.decode(UseKey.self)] = try list.decode(Money.self) }
  }

  func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for (key, amount) in UseKey.ordered(uses) {
      try list.encode(key)
      try list.encode(amount)
    }
  }
}

extension Accumulators {
  private enum CodingKeys: CodingKey {
    case scheme, year, totals, stays, uses
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      scheme: try container.decode(InsuranceScheme.self, forKey: .scheme),
      year: try container.decode(Int.self, forKey: .year),
      totals: try container.decode(AccumulatorTotals.self, forKey: .totals),
      stays: try container.decode([StayRecord].self, forKey: .stays),
      uses: try container.decode(OrderedUses.self, forKey: .uses).uses)
  }

  /// Writes the stored form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(scheme, forKey: .scheme)
    try container.encode(year, forKey: .year)
    try container.encode(totals, forKey: .totals)
    try container.encode(stays, forKey: .stays)
    try container.encode(OrderedUses(uses), forKey: .uses)
  }
}

extension AccumulatorChange {
  private enum CodingKeys: CodingKey {
    case totals, stay, uses
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    totals = try container.decode(AccumulatorTotals.self, forKey: .totals)
    stay = try container.decodeIfPresent(StayRecord.self, forKey: .stay)
    uses = try container.decode(OrderedUses.self, forKey: .uses).uses
  }

  /// Writes the stored form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(totals, forKey: .totals)
    try container.encodeIfPresent(stay, forKey: .stay)
    try container.encode(OrderedUses(uses), forKey: .uses)
  }
}
