public import Kernel

/// Charges taken out of an institution's totals, with what they do to its points (剔除的费用).
public struct ChargeRemoval: Hashable, Sendable {
  /// The charge's or case's number, unique.
  public var id: String
  /// The institution.
  public var institution: String
  /// What is taken out of the cost, fen.
  public var cost: Money
  /// The fund's part of it, fen.
  public var fundPaid: Money
  /// Points that the case loses; nothing while its cost stays within the bounds of its group.
  public var pointsLost: Points

  /// Makes a removal.
  public init(id: String, institution: String, cost: Money, fundPaid: Money, pointsLost: Points = .zero) {
    self.id = id
    self.institution = institution
    self.cost = cost
    self.fundPaid = fundPaid
    self.pointsLost = pointsLost
  }
}

/// A period cleared with and without a set of charges, both shown (剔除违规费用后的重新清算).
public struct Reclearing: Hashable, Sendable {
  /// One institution both ways, fen.
  public struct Line: Hashable, Sendable {
    /// The institution.
    public let institution: String
    /// Its share of the pool, charges and all.
    public let shareWith: Money
    /// Its share without the charges.
    public let shareWithout: Money
    /// What the fund owes it, charges and all.
    public let payableWith: Money
    /// What the fund owes it without the charges.
    public let payableWithout: Money

    /// By how much it is owed more without the charges; less than nothing: less.
    public var change: Money { payableWithout - payableWith }
  }

  /// The period with the charges.
  public let with: PointPool
  /// The period without them.
  public let without: PointPool
  /// Every institution, ascending.
  public let lines: [Line]

  /// Clears a period both ways; the fund's money is the same.
  public static func compare(
    _ period: PaymentPeriod, fund: Money, totals: [InstitutionTotals], removing removals: [ChargeRemoval],
    under terms: PoolTerms
  ) -> Result<Reclearing, ClearingRefusal> {
    remove(removals, from: totals).flatMap { reduced in
      PointPool.settle(period, fund: fund, totals: totals, under: terms).flatMap { with in
        PointPool.settle(period, fund: fund, totals: reduced, under: terms).map { without in
          Reclearing(
            with: with, without: without,
            lines: zip(with.lines, without.lines).map { old, new in
              Line(
                institution: old.totals.institution, shareWith: old.share, shareWithout: new.share,
                payableWith: old.payable, payableWithout: new.payable)
            })
        }
      }
    }
  }

  private static func remove(
    _ removals: [ChargeRemoval], from totals: [InstitutionTotals]
  ) -> Result<[InstitutionTotals], ClearingRefusal> {
    var reduced = totals
    var seen: Set<String> = []
    for removal in removals {
      guard seen.insert(removal.id).inserted else { return .failure(.init(.holderTwice, removal.id)) }
      guard let place = reduced.firstIndex(where: { $0.institution == removal.institution }) else {
        return .failure(.init(.institutionUnknown, removal.institution))
      }
      reduced[place].cost -= removal.cost
      reduced[place].fundPaid -= removal.fundPaid
      reduced[place].points -= removal.pointsLost
      let left = reduced[place]
      guard !removal.cost.isNegative, !removal.fundPaid.isNegative, removal.pointsLost >= .zero, left.points >= .zero,
        !left.fundPaid.isNegative, left.fundPaid <= left.cost
      else { return .failure(.init(.removalTooLarge, removal.id)) }
    }
    return .success(reduced)
  }
}
