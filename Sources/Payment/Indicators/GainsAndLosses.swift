public import Kernel

/// What cases bring and cost, added up by group, department or physician (病组盈亏).
public struct GainsAndLosses: Sendable {
  /// What cases are added up by.
  public enum Key: String, Sendable, CaseIterable {
    /// The group.
    case group
    /// The department of discharge.
    case department
    /// The attending physician.
    case physician
    /// The institution.
    case institution
  }

  /// One line.
  public struct Line: Sendable, Hashable {
    /// The group, department, physician or institution.
    public var name: String
    /// Cases whose worth is known in money.
    public var cases: Int
    /// Cases whose worth is not known in money; they count in nothing else.
    public var openCases: Int
    /// What they cost, fen.
    public var cost: Money
    /// What they are worth, fen.
    public var worth: Money
    /// Cases by where their cost lies.
    public var deviations: [CaseDeviation: Int]

    /// What is gained, or lost when negative, fen.
    public var gain: Money { worth - cost }
  }

  /// The lines, the greatest loss first; of equal ones by name.
  public let lines: [Line]

  /// Adds cases up.
  ///
  /// - Parameters:
  ///   - cases: cases, each with its payment.
  ///   - key: what they are added up by.
  ///   - pointValue: the value of a point for cases with points, yuan; the payment's own amount without one.
  ///   - rounding: how each case's amount becomes fen when a value is given.
  public init(
    _ cases: [(PaymentCase, CasePayment)], by key: Key, pointValue: UnitPrice? = nil, rounding: Rounding = .halfUp
  ) {
    var found: [String: Line] = [:]
    for (paid, payment) in cases {
      let name =
        switch key {
        case .group: paid.group
        case .department: paid.department
        case .physician: paid.physician
        case .institution: paid.institution
        }
      var line =
        found[name] ?? Line(name: name, cases: 0, openCases: 0, cost: .zero, worth: .zero, deviations: [:])
      if let worth = payment.worth(at: pointValue, rounding) {
        line.cases += 1
        line.cost += paid.cost
        line.worth += worth
        line.deviations[payment.deviation, default: 0] += 1
      } else {
        line.openCases += 1
      }
      found[name] = line
    }
    lines = found.values.sorted { ($0.gain, $0.name) < ($1.gain, $1.name) }
  }
}

extension CasePayment {
  /// What the whole case is worth at a value of a point, fen; the payment's own amount for money or without a value.
  public func worth(at pointValue: UnitPrice?, _ rounding: Rounding) -> Money? {
    guard let points, let pointValue else { return payable }
    return (Fraction(points) * Fraction(fenOf: pointValue)).money(rounding)
  }
}
