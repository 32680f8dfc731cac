public import Kernel
public import People

/// What one institution's cases of one scheme come to in a period: the input of sharing and clearing.
public struct InstitutionTotals: Hashable, Sendable {
  /// The institution (`fixmedins_code`).
  public var institution: String
  /// Its level.
  public var level: InstitutionLevel
  /// The scheme that pays.
  public var scheme: InsuranceScheme
  /// How many cases.
  public var cases: Int
  /// Their points.
  public var points: Points
  /// What cases with an amount of money are worth, whole cases, fen.
  public var standard: Money
  /// Everything charged, fen.
  public var cost: Money
  /// What the fund answered for by settlement, fen (`hifp_pay`).
  public var fundPaid: Money

  /// What patients and other funds paid, fen.
  public var othersPaid: Money { cost - fundPaid }

  /// Makes totals.
  public init(
    institution: String, level: InstitutionLevel, scheme: InsuranceScheme, cases: Int = 0, points: Points = .zero,
    standard: Money = .zero, cost: Money = .zero, fundPaid: Money = .zero
  ) {
    self.institution = institution
    self.level = level
    self.scheme = scheme
    self.cases = cases
    self.points = points
    self.standard = standard
    self.cost = cost
    self.fundPaid = fundPaid
  }

  /// What one case is worth: points, an amount, or neither.
  public struct CaseValue: Hashable, Sendable {
    /// Its points.
    public var points: Points
    /// Its amount, whole case, fen.
    public var standard: Money

    /// Makes a value.
    @inlinable public init(points: Points = .zero, standard: Money = .zero) {
      self.points = points
      self.standard = standard
    }
  }

  /// Sums cases by institution, in any order.
  ///
  /// - Parameters:
  ///   - cases: the cases.
  ///   - scheme: cases of another scheme are left out.
  ///   - period: cases of another period are left out.
  ///   - value: what a case is worth.
  /// - Returns: totals ascending by institution; the level is the highest that the institution's cases name.
  public static func sum(
    _ cases: some Sequence<PaymentCase>, scheme: InsuranceScheme, period: PaymentPeriod,
    value: (PaymentCase) -> CaseValue
  ) -> [InstitutionTotals] {
    var places: [String: Int] = [:]
    var totals: [InstitutionTotals] = []
    // Files are sorted by institution more often than not, so the last place is tried before the table.
    var (lastCode, lastPlace) = ("", -1)
    for item in cases where item.scheme == scheme && period.contains(item.month) {
      if lastPlace < 0 || item.institution != lastCode {
        lastCode = item.institution
        if let known = places[item.institution] {
          lastPlace = known
        } else {
          lastPlace = totals.count
          places[item.institution] = lastPlace
          totals.append(InstitutionTotals(institution: item.institution, level: item.level, scheme: scheme))
        }
      }
      totals[lastPlace].add(item, value(item))
    }
    return totals.sorted { $0.institution < $1.institution }
  }

  private mutating func add(_ item: PaymentCase, _ value: CaseValue) {
    level = max(level, item.level)
    cases += 1
    points.millionths += value.points.millionths
    standard.fen += value.standard.fen
    cost.fen += item.cost.fen
    fundPaid.fen += item.fundShare.fen
  }
}
