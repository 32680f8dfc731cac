public import Claims
public import Kernel
public import People

/// Which settlements are wanted; `nil` stands for any, and all that is given has to hold.
///
/// ```swift
/// var filter = MonitoringFilter()
/// filter.institution = "H99010000001"
/// filter.from = "2026-03-01 00:00:00"
/// filter.to = "2026-03-31 23:59:59"
/// ```
public struct MonitoringFilter: Hashable, Sendable {
  /// The earliest time of settlement, included: `yyyy-MM-dd HH:mm:ss`, or a day for its beginning.
  public var from: String?
  /// The latest time of settlement, included: `yyyy-MM-dd HH:mm:ss`, or a day for its end.
  public var to: String?
  /// The institution's code.
  public var institution: String?
  /// The person's number.
  public var person: String?
  /// The scheme.
  public var scheme: InsuranceScheme?
  /// The kind of care.
  public var care: CareCategory?
  /// Only what stands, only what was taken back, or only what takes back.
  public var state: MonitoredState?
  /// The least amount charged; a reversal counts by what it takes back.
  public var atLeast: Money?
  /// The largest amount charged; a reversal counts by what it takes back.
  public var atMost: Money?
  /// The principal diagnosis, exactly.
  public var diagnosis: String?
  /// A settlement's or visit's identifier or a person's number, exactly.
  public var text: String?

  /// Everything.
  public init() {}

  /// Whole months, both included.
  public init(months: ClosedRange<YearMonth>) {
    from = "\(months.lowerBound)-01"
    to = "\(months.upperBound)-\(months.upperBound.dayCount)"
  }
}

/// The order of a list of settlements; equal ones by their place in the projection.
public enum MonitoringOrder: String, Codable, Sendable, CaseIterable {
  /// By time, latest first.
  case newest
  /// By time, earliest first.
  case oldest
  /// By what was charged, most first; a reversal counts by what it takes back.
  case largest
  /// By what was charged, least first.
  case smallest
}

/// What totals are told apart by.
public enum MonitoringDimension: String, Codable, Sendable, CaseIterable {
  /// The month of settlement.
  case month
  /// The day of settlement.
  case day
  /// The institution.
  case institution
  /// The scheme.
  case scheme
  /// The kind of care.
  case care
}

/// What a total is about: the dimensions that were asked for have a value.
public struct MonitoringGroup: Hashable, Sendable {
  /// The month of settlement.
  public var month: YearMonth?
  /// The day of settlement.
  public var day: CalendarDate?
  /// The institution's code.
  public var institution: String?
  /// The scheme.
  public var scheme: InsuranceScheme?
  /// The kind of care.
  public var care: CareCategory?

  /// A group that tells nothing apart.
  public init() {}
}

/// What many settlements come to; reversals take away what they take back.
public struct MonitoringMeasures: Hashable, Sendable {
  /// Settlements, those that were taken back since included.
  public var settlementCount: Int
  /// Reversals.
  public var reversalCount: Int
  /// Stays settled less stays taken back.
  public var stayCount: Int
  /// The days of those stays.
  public var stayDays: Int
  /// Who paid what, fen.
  public var amounts: MonitoredAmounts

  /// Nothing.
  public init() {
    (settlementCount, reversalCount, stayCount, stayDays) = (0, 0, 0, 0)
    amounts = MonitoredAmounts()
  }

  /// Settlements less reversals.
  public var netCount: Int { settlementCount - reversalCount }

  /// The mean stay in tenths of a day, rounded half up; `nil` without stays.
  public var meanStayTenths: Int? { stayCount > 0 && stayDays >= 0 ? (stayDays * 20 / stayCount + 1) / 2 : nil }

  /// Counts one settlement or reversal.
  public mutating func add(_ settlement: MonitoredSettlement) {
    let sign = settlement.isReversal ? -1 : 1
    if settlement.isReversal { reversalCount += 1 } else { settlementCount += 1 }
    if settlement.care.isStay { stayCount += sign }
    stayDays += sign * settlement.stayDays
    amounts = amounts + settlement.amounts
  }

  /// Adds what others come to.
  public static func + (left: MonitoringMeasures, right: MonitoringMeasures) -> MonitoringMeasures {
    var sum = left
    sum.settlementCount += right.settlementCount
    sum.reversalCount += right.reversalCount
    sum.stayCount += right.stayCount
    sum.stayDays += right.stayDays
    sum.amounts = left.amounts + right.amounts
    return sum
  }
}

/// One line of totals.
public struct MonitoringTotal: Hashable, Sendable {
  /// What it is about.
  public let group: MonitoringGroup
  /// What it comes to.
  public let measures: MonitoringMeasures

  /// Makes a line.
  public init(group: MonitoringGroup, measures: MonitoringMeasures) {
    (self.group, self.measures) = (group, measures)
  }
}

/// What a principal diagnosis comes to.
public struct DiagnosisTotal: Hashable, Sendable {
  /// The principal diagnosis; empty for visits that named none.
  public let diagnosis: String
  /// What its settlements come to.
  public let measures: MonitoringMeasures

  /// Makes a line.
  public init(diagnosis: String, measures: MonitoringMeasures) {
    (self.diagnosis, self.measures) = (diagnosis, measures)
  }
}

/// What a top list is ranked by.
public enum MonitoringRank: String, Codable, Sendable, CaseIterable {
  /// Settlements less reversals.
  case count
  /// What was charged.
  case total
  /// What the funds paid.
  case fund
}
