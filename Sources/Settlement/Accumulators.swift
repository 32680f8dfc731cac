public import Claims
public import Kernel
public import People

/// What a person's year in one scheme adds up to so far: the state that a settlement reads and changes (年度累计).
///
/// Everything in it is a sum of ``AccumulatorChange``s, so that a reversal subtracts exactly and leaves the
/// accumulators as if the settlement had never been.
public struct Accumulators: Hashable, Codable, Sendable {
  /// The scheme.
  public let scheme: InsuranceScheme
  /// The calendar year, by the day of discharge.
  public let year: Int
  /// All amounts.
  public private(set) var totals: AccumulatorTotals
  /// Stays of the year in the order in which they were settled.
  public private(set) var stays: [StayRecord]
  /// Amounts per separately paid item and month, and per disease; nothing is kept at zero.
  public private(set) var uses: [UseKey: Money]

  /// Makes accumulators; an empty year unless amounts are given.
  public init(
    scheme: InsuranceScheme, year: Int, totals: AccumulatorTotals = .init(), stays: [StayRecord] = [],
    uses: [UseKey: Money] = [:]
  ) {
    self.scheme = scheme
    self.year = year
    self.totals = totals
    self.stays = stays
    self.uses = uses
  }

  /// Adds what one settlement changed.
  public mutating func add(_ change: AccumulatorChange) {
    totals.add(change.totals)
    if let stay = change.stay { stays.append(stay) }
    for (key, amount) in change.uses { bump(key, by: amount) }
  }

  /// Takes away what one settlement changed.
  ///
  /// - Precondition: the change was added before and not taken away since.
  public mutating func remove(_ change: AccumulatorChange) {
    totals.subtract(change.totals)
    if let stay = change.stay {
      guard let place = stays.firstIndex(of: stay) else {
        preconditionFailure("the stay to take away was never added")
      }
      stays.remove(at: place)
    }
    for (key, amount) in change.uses { bump(key, by: -amount) }
  }

  private mutating func bump(_ key: UseKey, by amount: Money) {
    let sum = uses[key, default: .zero] + amount
    uses[key] = sum == .zero ? nil : sum
  }
}

/// What one settlement adds to the accumulators.
public struct AccumulatorChange: Hashable, Codable, Sendable {
  /// Amounts added.
  public internal(set) var totals = AccumulatorTotals()
  /// The stay, when the claim was one.
  public internal(set) var stay: StayRecord?
  /// Amounts added per item and month, and per disease.
  public internal(set) var uses: [UseKey: Money] = [:]

  /// Makes a change of nothing.
  public init() {}
}

/// Something that caps count by besides the kind of care.
public enum UseKey: Hashable, Codable, Sendable {
  /// A separately paid item in a month.
  case item(String, YearMonth)
  /// A chronic or special outpatient disease in the year.
  case disease(String)
}

/// One stay of the year, as deductibles count it.
public struct StayRecord: Hashable, Codable, Sendable {
  /// The claim.
  public let claim: String
  /// The plan under which its deductible was worked out.
  public let plan: CareCategory
  /// The level of the institution.
  public let level: InstitutionLevel
  /// The chain of referrals, when it belongs to one.
  public let chain: String?
  /// The standard of its deductible, before what the chain already paid.
  public let standard: Money

  /// Makes a record.
  public init(claim: String, plan: CareCategory, level: InstitutionLevel, chain: String?, standard: Money) {
    self.claim = claim
    self.plan = plan
    self.level = level
    self.chain = chain
    self.standard = standard
  }
}

/// The amounts of a year, each a plain sum.
public struct AccumulatorTotals: Hashable, Codable, Sendable {
  /// Deductible used, by kind of care.
  public var deductible = AmountsByCare()
  /// Ordinary in-policy amount, by kind of care.
  public var inPolicy = AmountsByCare()
  /// In-policy amount above the deductible, by kind of care.
  public var covered = AmountsByCare()
  /// Pooled payment, by kind of care.
  public var pooled = AmountsByCare()
  /// Burden brought to a layer, by layer.
  public var layerBurden = AmountsByLayer()
  /// Paid by a layer, by layer.
  public var layerPaid = AmountsByLayer()
  /// Pooled payments that count toward the yearly cap.
  public var countedPooled = Money.zero
  /// In-policy amounts that count toward a cap on in-policy amounts.
  public var countedInPolicy = Money.zero

  /// Makes totals of nothing.
  public init() {}

  mutating func add(_ other: AccumulatorTotals) {
    deductible.storage &+= other.deductible.storage
    inPolicy.storage &+= other.inPolicy.storage
    covered.storage &+= other.covered.storage
    pooled.storage &+= other.pooled.storage
    layerBurden.storage &+= other.layerBurden.storage
    layerPaid.storage &+= other.layerPaid.storage
    countedPooled += other.countedPooled
    countedInPolicy += other.countedInPolicy
  }

  mutating func subtract(_ other: AccumulatorTotals) {
    deductible.storage &-= other.deductible.storage
    inPolicy.storage &-= other.inPolicy.storage
    covered.storage &-= other.covered.storage
    pooled.storage &-= other.pooled.storage
    layerBurden.storage &-= other.layerBurden.storage
    layerPaid.storage &-= other.layerPaid.storage
    countedPooled -= other.countedPooled
    countedInPolicy -= other.countedInPolicy
  }
}

/// One amount for each kind of care.
public struct AmountsByCare: Hashable, Codable, Sendable {
  // Eight kinds of care, eight lanes: adding a claim is one instruction and no allocation.
  var storage = SIMD8<Int64>()

  /// Makes nothing for every kind.
  public init() {}

  /// The amount for a kind of care.
  public subscript(care: CareCategory) -> Money {
    get { Money(fen: storage[Int(care.rawValue)]) }
    set { storage[Int(care.rawValue)] = newValue.fen }
  }
}

/// One amount for each supplementary layer.
public struct AmountsByLayer: Hashable, Codable, Sendable {
  var storage = SIMD8<Int64>()

  /// Makes nothing for every layer.
  public init() {}

  /// The amount for a layer.
  public subscript(layer: SupplementLayer) -> Money {
    get { Money(fen: storage[Int(layer.rawValue)]) }
    set { storage[Int(layer.rawValue)] = newValue.fen }
  }
}
