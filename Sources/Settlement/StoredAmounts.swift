package import Kernel

// Stored forms: of the many amounts of a settlement only those that are not zero are written.

extension SettlementAmounts {
  private enum CodingKeys: CodingKey {
    case total, fullySelfPaid, overLimit, preliminarySelfPay, inPolicy, deductible, pooledOrdinary, pooledSeparate,
      largeSum, catastrophic, civilServant, enterprise, assistance, other, hospital, ownAccount, familyAccount,
      creditAdvance
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    total = try container.decode(forKey: .total, usual: .zero)
    fullySelfPaid = try container.decode(forKey: .fullySelfPaid, usual: .zero)
    overLimit = try container.decode(forKey: .overLimit, usual: .zero)
    preliminarySelfPay = try container.decode(forKey: .preliminarySelfPay, usual: .zero)
    inPolicy = try container.decode(forKey: .inPolicy, usual: .zero)
    deductible = try container.decode(forKey: .deductible, usual: .zero)
    pooledOrdinary = try container.decode(forKey: .pooledOrdinary, usual: .zero)
    pooledSeparate = try container.decode(forKey: .pooledSeparate, usual: .zero)
    largeSum = try container.decode(forKey: .largeSum, usual: .zero)
    catastrophic = try container.decode(forKey: .catastrophic, usual: .zero)
    civilServant = try container.decode(forKey: .civilServant, usual: .zero)
    enterprise = try container.decode(forKey: .enterprise, usual: .zero)
    assistance = try container.decode(forKey: .assistance, usual: .zero)
    other = try container.decode(forKey: .other, usual: .zero)
    hospital = try container.decode(forKey: .hospital, usual: .zero)
    ownAccount = try container.decode(forKey: .ownAccount, usual: .zero)
    familyAccount = try container.decode(forKey: .familyAccount, usual: .zero)
    creditAdvance = try container.decode(forKey: .creditAdvance, usual: .zero)
  }

  /// Writes the amounts that are not zero.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(total, forKey: .total, unless: .zero)
    try container.encode(fullySelfPaid, forKey: .fullySelfPaid, unless: .zero)
    try container.encode(overLimit, forKey: .overLimit, unless: .zero)
    try container.encode(preliminarySelfPay, forKey: .preliminarySelfPay, unless: .zero)
    try container.encode(inPolicy, forKey: .inPolicy, unless: .zero)
    try container.encode(deductible, forKey: .deductible, unless: .zero)
    try container.encode(pooledOrdinary, forKey: .pooledOrdinary, unless: .zero)
    try container.encode(pooledSeparate, forKey: .pooledSeparate, unless: .zero)
    try container.encode(largeSum, forKey: .largeSum, unless: .zero)
    try container.encode(catastrophic, forKey: .catastrophic, unless: .zero)
    try container.encode(civilServant, forKey: .civilServant, unless: .zero)
    try container.encode(enterprise, forKey: .enterprise, unless: .zero)
    try container.encode(assistance, forKey: .assistance, unless: .zero)
    try container.encode(other, forKey: .other, unless: .zero)
    try container.encode(hospital, forKey: .hospital, unless: .zero)
    try container.encode(ownAccount, forKey: .ownAccount, unless: .zero)
    try container.encode(familyAccount, forKey: .familyAccount, unless: .zero)
    try container.encode(creditAdvance, forKey: .creditAdvance, unless: .zero)
  }
}

// Without names, since every settlement keeps one of each line.
extension LineShare {
  /// The stored form: in policy, preliminary self-pay, over limit, wholly self-paid, up to the last that is not zero.
  package var stored: ArraySlice<Money> {
    let all = [inPolicy, preliminarySelfPay, overLimit, fullySelfPaid]
    return all[..<(all.lastIndex { $0 != .zero } ?? -1).advanced(by: 1)]
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    self.init()
    if !list.isAtEnd { inPolicy = try list.decode(Money.self) }
    if !list.isAtEnd { preliminarySelfPay = try list.decode(Money.self) }
    if !list.isAtEnd { overLimit = try list.decode(Money.self) }
    if !list.isAtEnd { fullySelfPaid = try list.decode(Money.self) }
  }

  /// Writes the stored form.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for amount in stored { try list.encode(amount) }
  }
}

extension AccumulatorTotals {
  private enum CodingKeys: CodingKey {
    case deductible, inPolicy, covered, pooled, layerBurden, layerPaid, countedPooled, countedInPolicy
  }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    deductible = try container.decode(forKey: .deductible, usual: .init())
    inPolicy = try container.decode(forKey: .inPolicy, usual: .init())
    covered = try container.decode(forKey: .covered, usual: .init())
    pooled = try container.decode(forKey: .pooled, usual: .init())
    layerBurden = try container.decode(forKey: .layerBurden, usual: .init())
    layerPaid = try container.decode(forKey: .layerPaid, usual: .init())
    countedPooled = try container.decode(forKey: .countedPooled, usual: .zero)
    countedInPolicy = try container.decode(forKey: .countedInPolicy, usual: .zero)
  }

  /// Writes the amounts that are not zero.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(deductible, forKey: .deductible, unless: .init())
    try container.encode(inPolicy, forKey: .inPolicy, unless: .init())
    try container.encode(covered, forKey: .covered, unless: .init())
    try container.encode(pooled, forKey: .pooled, unless: .init())
    try container.encode(layerBurden, forKey: .layerBurden, unless: .init())
    try container.encode(layerPaid, forKey: .layerPaid, unless: .init())
    try container.encode(countedPooled, forKey: .countedPooled, unless: .zero)
    try container.encode(countedInPolicy, forKey: .countedInPolicy, unless: .zero)
  }
}

extension AmountsByCare {
  /// Reads fen in the order of the kinds.
  public init(from decoder: any Decoder) throws { storage = try Lanes.decode(decoder) }

  /// Writes fen in the order of the kinds, up to the last that is not zero.
  public func encode(to encoder: any Encoder) throws { try Lanes.encode(storage, encoder) }
}

extension AmountsByLayer {
  /// Reads fen in the order of the kinds.
  public init(from decoder: any Decoder) throws { storage = try Lanes.decode(decoder) }

  /// Writes fen in the order of the kinds, up to the last that is not zero.
  public func encode(to encoder: any Encoder) throws { try Lanes.encode(storage, encoder) }
}

/// Eight amounts as a list that ends with the last that is not zero.
private enum Lanes {
  static func encode(_ lanes: SIMD8<Int64>, _ encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    let count = (0..<8).filter { lanes[$0] != 0 }.last.map { $0 + 1 } ?? 0
    for lane in 0..<count { try list.encode(lanes[lane]) }
  }

  static func decode(_ decoder: any Decoder) throws -> SIMD8<Int64> {
    var list = try decoder.unkeyedContainer()
    var lanes = SIMD8<Int64>()
    var lane = 0
    while !list.isAtEnd {
      guard lane < 8 else {
        throw DecodingError.dataCorruptedError(in: list, debugDescription: "more than eight amounts")
      }
      lanes[lane] = try list.decode(Int64.self)
      lane += 1
    }
    return lanes
  }
}
