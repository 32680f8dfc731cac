public import Kernel

/// The month or year that a payment is for (结算期).
public enum PaymentPeriod: Hashable, Sendable {
  /// One month.
  case month(YearMonth)
  /// One calendar year.
  case year(Int)

  /// Reads `2026` or `2026-03`.
  public init?(_ text: some StringProtocol) {
    if let month = YearMonth(text) {
      self = .month(month)
    } else if let year = Int(text), (1_000...9_999).contains(year), text.utf8.count == 4 {
      self = .year(year)
    } else {
      return nil
    }
  }

  /// Whether a month belongs to the period.
  public func contains(_ month: YearMonth) -> Bool {
    switch self {
    case .month(let own): own == month
    case .year(let year): month.year == year
    }
  }
}

extension PaymentPeriod: CustomStringConvertible {
  /// `2026` or `2026-03`.
  public var description: String {
    switch self {
    case .month(let month): "\(month)"
    case .year(let year): "\(year)"
    }
  }
}
