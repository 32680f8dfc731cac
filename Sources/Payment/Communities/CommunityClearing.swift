public import Kernel
public import Ledger
public import People

/// A medical community's clearing of one year: bands for the whole, accounts for its members (医共体清算).
public struct CommunityClearing: Hashable, Sendable {
  /// A member with its part of the agreed vector.
  public struct Member: Hashable, Sendable {
    /// The institution (`fixmedins_code`).
    public var institution: String
    /// Its part when a surplus is shared out or an overspend borne: county 6, township 3, village 1.
    public var part: Points
    /// What the fund answered for by settlement at this member, fen.
    public var spend: Money

    /// Makes a member.
    public init(_ institution: String, part: Points, spend: Money) {
      self.institution = institution
      self.part = part
      self.spend = spend
    }
  }

  /// What goes in.
  public struct Input: Hashable, Sendable {
    /// The community's code.
    public var community: String
    /// Budget, spending at and outside the members, what comes out first.
    public var bands: BandClearing.Input
    /// The members.
    public var members: [Member]
    /// What the reserve holds, fen.
    public var reserve: Money
    /// The assessment of the community, where the locality ties the result to it.
    public var assessment: AssessmentResult?

    /// Makes an input.
    public init(
      community: String, bands: BandClearing.Input, members: [Member], reserve: Money = .zero,
      assessment: AssessmentResult? = nil
    ) {
      self.community = community
      self.bands = bands
      self.members = members
      self.reserve = reserve
      self.assessment = assessment
    }
  }

  /// The community.
  public let community: String
  /// The bands' result.
  public let bands: BandClearing
  /// The members' accounts, ascending by institution.
  public let members: [MemberAccount]
  /// What was spent for the community's insured at institutions outside it, fen.
  public let outsideSpend: Money
  /// What the reserve holds afterwards, fen.
  public let reserveLeft: Money

  /// Clears a community.
  public static func clear(_ input: Input, under terms: CommunityTerms) -> Result<CommunityClearing, ClearingRefusal> {
    if input.bands.policyChange != .zero {
      guard terms.policyChangeFirst?.value == true else { return .failure(.init(.localRuleOpen, input.community)) }
      guard input.bands.policyChange <= input.reserve else {
        return .failure(.init(.reserveTooSmall, input.community))
      }
    }
    let inside = input.members.reduce(Money.zero) { $0 + $1.spend }
    guard inside <= input.bands.spend else { return .failure(.init(.removalTooLarge, input.community)) }
    return BandClearing.clear(input.bands, under: terms.bands, assessment: input.assessment)
      .mapError { ClearingRefusal($0.code, $0.subject.isEmpty ? input.community : $0.subject) }
      .flatMap { bands in
        accounts(input.members, bands).map { members in
          CommunityClearing(
            community: input.community, bands: bands, members: members, outsideSpend: input.bands.spend - inside,
            reserveLeft: input.reserve - input.bands.policyChange)
        }
      }
  }

  private static func accounts(_ members: [Member], _ bands: BandClearing) -> Result<[MemberAccount], ClearingRefusal> {
    let sorted = members.sorted { $0.institution < $1.institution }
    let claims = sorted.map { BudgetShares.Claim($0.institution, $0.part) }
    return BudgetShares.split(bands.kept, among: claims).flatMap { kept in
      BudgetShares.split(bands.borne, among: claims).map { borne in
        sorted.indices.map { place in
          MemberAccount(
            institution: sorted[place].institution, spend: sorted[place].spend, kept: kept[place],
            borne: borne[place])
        }
      }
    }
  }

  /// The entry of the clearing: the fund's and the reserve's part, and every member's.
  public func entry(scheme: InsuranceScheme, run: String) -> LedgerEntry {
    let fund = ClearingPostings.fund(of: scheme)
    return ClearingPostings.entry(
      "\(run) \(community)",
      [(.fund(fund), bands.recognised - bands.input.spend), (.reserve(fund), bands.fromReserve)]
        + members.map { (.institution($0.institution), $0.borne - $0.kept) })
  }
}

/// A member's account in a community's clearing (成员单位账户).
public struct MemberAccount: Hashable, Sendable {
  /// The institution.
  public let institution: String
  /// What the fund answered for by settlement, fen.
  public let spend: Money
  /// Its part of what is kept, fen.
  public let kept: Money
  /// Its part of what is borne, fen.
  public let borne: Money

  /// What the year comes to for the member, fen.
  public var total: Money { spend + kept - borne }

  /// How its part came about.
  public var steps: [ClearingStep] {
    [ClearingStep(.spend, result: spend), ClearingStep(.member, subject: institution, result: kept - borne)]
  }
}
