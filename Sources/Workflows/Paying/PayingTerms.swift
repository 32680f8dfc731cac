import Kernel
public import Payment
import People

/// What a region has agreed on for one year and scheme: how cases, months and the year are paid.
public struct PayingTerms: Sendable {
  /// How cases are paid.
  public var cases: PaymentContract
  /// How months are paid and the year is cleared.
  public var clearing: ClearingContract
  /// The digest of the files that both were read from.
  public var identity: String

  /// Makes terms.
  public init(cases: PaymentContract, clearing: ClearingContract, identity: String) {
    self.cases = cases
    self.clearing = clearing
    self.identity = identity
  }

  /// Why the terms do not hold for a scheme and period; `nil` when they do.
  func refusal(_ scheme: InsuranceScheme, _ period: PaymentPeriod) -> PayingRefusal? {
    let days = [period.firstDay, period.lastDay].compactMap { $0 }
    guard cases.schemes.contains(scheme), clearing.schemes.contains(scheme), cases.year == period.year,
      days.count == 2, days.allSatisfy(clearing.covered.contains)
    else { return .desk(.notCovered, "\(scheme.rawValue) \(period)") }
    return nil
  }
}

extension PaymentPeriod {
  /// The calendar year that it lies in.
  public var year: Int {
    switch self {
    case .month(let month): month.year
    case .year(let year): year
    }
  }

  /// The first day; `nil` beyond the calendar.
  var firstDay: CalendarDate? {
    switch self {
    case .month(let month): month.firstDay
    case .year(let year): CalendarDate(year: year, month: 1, day: 1)
    }
  }

  /// The last day; `nil` beyond the calendar.
  var lastDay: CalendarDate? {
    switch self {
    case .month(let month): CalendarDate(year: month.year, month: month.month, day: month.dayCount)
    case .year(let year): CalendarDate(year: year, month: 12, day: 31)
    }
  }
}

/// Gives the digests that identify runs and what goes into them.
///
/// The digest itself is the business of an adapter; equal bytes give equal texts, others do not.
public protocol ContentDigest: Sendable {
  /// The digest of whatever is written.
  func text(of write: (inout CanonicalBytes) -> Void) -> String

  /// The digest of bytes.
  func text(_ bytes: [UInt8]) -> String
}
