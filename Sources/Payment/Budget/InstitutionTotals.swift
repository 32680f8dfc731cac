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
  /// How many cases, those with points and those with an amount.
  public var cases: Int
  /// The points of cases with points.
  public var points: Points
  /// Everything charged for cases with points, fen.
  public var cost: Money
  /// What the fund answered for by settlement of cases with points, fen (`hifp_pay`).
  public var fundPaid: Money
  /// What the fund owes for cases with an amount: their amounts less what patients and other funds paid, fen.
  public var amountDue: Money
  /// What the fund answered for by settlement of cases with an amount, fen.
  public var amountSettled: Money

  /// What patients and other funds paid for cases with points, fen.
  public var othersPaid: Money { cost - fundPaid }

  /// Makes totals.
  public init(
    institution: String, level: InstitutionLevel, scheme: InsuranceScheme, cases: Int = 0, points: Points = .zero,
    cost: Money = .zero, fundPaid: Money = .zero, amountDue: Money = .zero, amountSettled: Money = .zero
  ) {
    self.institution = institution
    self.level = level
    self.scheme = scheme
    self.cases = cases
    self.points = points
    self.cost = cost
    self.fundPaid = fundPaid
    self.amountDue = amountDue
    self.amountSettled = amountSettled
  }

  /// What one case is worth.
  public enum CaseValue: Hashable, Sendable {
    /// Points, whose value the pool finds.
    case points(Points)
    /// An amount for the whole case, fen.
    case amount(Money)
    /// Nothing by itself, because it is paid by the head; it is left out.
    case byHead
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
    switch value {
    case .points(let points):
      self.points.millionths += points.millionths
      cost.fen += item.cost.fen
      fundPaid.fen += item.fundShare.fen
    case .amount(let amount):
      amountDue.fen += amount.fen - item.cost.fen + item.fundShare.fen
      amountSettled.fen += item.fundShare.fen
    case .byHead: return
    }
    cases += 1
  }
}

extension CasePayment {
  /// What the case is worth to clearing, or why nothing is: a term that the contract does not state.
  public var clearingValue: Result<InstitutionTotals.CaseValue, ClearingRefusal> {
    if let points { return .success(.points(points)) }
    if let payable { return .success(.amount(payable)) }
    return method == .perCapita ? .success(.byHead) : .failure(.init(.caseUndecided, id))
  }
}
