public import Kernel
public import People

/// How an institution's coefficient is built: a basic one and bonuses for being above its peers (机构系数).
public struct InstitutionCoefficientRule: Sendable, Hashable {
  /// The basic coefficient (基本系数).
  public var basic: SourcedTerm<Graded<Factor>>
  /// Bonuses, added (加成系数).
  public var bonuses: [CoefficientBonus]
  /// How many decimals the sum keeps, 0 to 6.
  public var decimals: Int
  /// How it is rounded to them.
  public var rounding: Rounding

  /// Makes a rule.
  public init(
    basic: SourcedTerm<Graded<Factor>>, bonuses: [CoefficientBonus] = [], decimals: Int, rounding: Rounding
  ) {
    self.basic = basic
    self.bonuses = bonuses
    self.decimals = decimals
    self.rounding = rounding
  }

  /// The coefficient of an institution.
  ///
  /// - Parameters:
  ///   - institution: its code.
  ///   - level: its level.
  ///   - scheme: the scheme that pays.
  ///   - standings: how it stands among its peers, by indicator; one that is missing gives no bonus.
  /// - Returns: `nil` when the rule states no basic coefficient for it.
  public func coefficient(
    of institution: String, level: InstitutionLevel, scheme: InsuranceScheme, standings: [String: PeerStanding]
  ) -> InstitutionCoefficient? {
    guard let base = basic.value[institution: institution, level: level, scheme: scheme] else { return nil }
    var sum = Fraction(base)
    var parts: [InstitutionCoefficient.Part] = []
    for bonus in bonuses {
      let cap = bonus.caps[institution: institution, level: level, scheme: scheme]
      let amount = standings[bonus.indicator].map { bonus.amount(for: $0, cap: cap) } ?? .zero
      sum = sum + amount
      parts.append(.init(name: bonus.name, amount: amount.factor(.halfUp), source: bonus.source))
    }
    return InstitutionCoefficient(
      basic: base, parts: parts, total: sum.factor(decimals: decimals, rounding), source: basic.source)
  }
}

/// A bonus on an institution's coefficient for an indicator above its peers' mean.
public struct CoefficientBonus: Sendable, Hashable {
  /// How far above the mean is measured.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// As a share of the mean: 1.2 over a mean of 1 is 20 % above.
    case ratio
    /// As a difference: a share of 30 % over a mean of 10 % is 20 % above.
    case difference
  }

  /// What counts between two steps.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// Only whole steps.
    case steps
    /// Parts of steps in proportion.
    case linear
  }

  /// The name in the document (`L1`).
  public var name: String
  /// The indicator.
  public var indicator: String
  /// How far above the mean is measured.
  public var measure: Measure
  /// What being above at all adds.
  public var first: Factor
  /// The width of a step.
  public var each: Factor
  /// What a step adds.
  public var adds: Factor
  /// What counts between two steps.
  public var form: Form
  /// The most that it adds; nothing for whom none is stated.
  public var caps: Graded<Factor>
  /// Where it comes from.
  public var source: Int?

  /// Makes a bonus.
  public init(
    name: String, indicator: String, measure: Measure, first: Factor = .zero, each: Factor, adds: Factor, form: Form,
    caps: Graded<Factor>, source: Int? = nil
  ) {
    precondition(each > .zero, "a step has a width")
    self.name = name
    self.indicator = indicator
    self.measure = measure
    self.first = first
    self.each = each
    self.adds = adds
    self.form = form
    self.caps = caps
    self.source = source
  }

  func amount(for standing: PeerStanding, cap: Factor?) -> Fraction {
    let above: Fraction
    switch measure {
    case .difference: above = standing.own - standing.peers
    case .ratio:
      guard standing.peers > .zero else { return .zero }
      above = standing.own / standing.peers - .one
    }
    guard let cap, above > .zero else { return .zero }
    let steps = above / Fraction(each)
    let counted = form == .linear ? steps : Fraction(Int128(steps.rounded(.down)))
    return min(Fraction(first) + counted * Fraction(adds), Fraction(cap))
  }
}

/// An institution's indicator and the mean of its peers.
public struct PeerStanding: Sendable {
  /// The institution's own value.
  public var own: Fraction
  /// The mean of its peers.
  public var peers: Fraction

  /// Makes a standing.
  public init(own: Fraction, peers: Fraction) {
    self.own = own
    self.peers = peers
  }
}

/// An institution's coefficient and what it is made of.
public struct InstitutionCoefficient: Sendable, Hashable {
  /// What one bonus adds.
  public struct Part: Sendable, Hashable {
    /// The bonus.
    public var name: String
    /// What it adds, shown to six decimals.
    public var amount: Factor
    /// Where the bonus comes from.
    public var source: Int?
  }

  /// The basic coefficient.
  public var basic: Factor
  /// The bonuses in the rule's order.
  public var parts: [Part]
  /// The sum, rounded as the rule says.
  public var total: Factor
  /// Where the basic coefficient comes from.
  public var source: Int?
}
