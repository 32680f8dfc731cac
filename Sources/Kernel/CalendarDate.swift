/// A day of the Gregorian calendar, without a time of day or a time zone.
///
/// Valid from 1900-01-01 to 2999-12-31.
public struct CalendarDate: Hashable, Sendable {
  /// The date as the number `yyyymmdd`, which orders and compares as the date does.
  @usableFromInline let packed: Int32

  /// Makes a date, or `nil` when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2999).contains(year), (1...12).contains(month),
      day >= 1, day <= YearMonth(unchecked: year, month).dayCount
    else { return nil }
    self.packed = Int32(year * 10_000 + month * 100 + day)
  }

  /// Reads `2026-03-01`; anything else, including a day that does not exist, is `nil`.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    guard let date = text.withUTF8({ CalendarDate(utf8: $0) }) else { return nil }
    self = date
  }

  /// Reads the bytes of `2026-03-01`; anything else, including a day that does not exist, is `nil`.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    let hyphen = UInt8(ascii: "-")
    guard text.count == 10, text[4] == hyphen, text[7] == hyphen, let year = Self.number(text, 0..<4),
      let month = Self.number(text, 5..<7), let day = Self.number(text, 8..<10)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  fileprivate init(unchecked packed: Int32) { self.packed = packed }

  /// The year, 1900 to 2999.
  @inlinable public var year: Int { Int(packed / 10_000) }
  /// The month, 1 to 12.
  @inlinable public var month: Int { Int(packed / 100 % 100) }
  /// The day of the month, from 1.
  @inlinable public var day: Int { Int(packed % 100) }

  /// The month that the day lies in.
  public var yearMonth: YearMonth { YearMonth(unchecked: year, month) }

  /// Whole days since 1970-01-01; negative before.
  public var dayNumber: Int {
    // Days from civil: years that begin in March make the leap day the last of the year.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Whole days from this day to another; negative when the other is earlier.
  public func days(to other: CalendarDate) -> Int { other.dayNumber - dayNumber }

  /// The day that lies a number of days later, or earlier when negative.
  public func adding(days: Int) -> CalendarDate {
    let shifted = dayNumber + days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    precondition((1900...2999).contains(year), "date arithmetic leaves 1900–2999")
    return CalendarDate(unchecked: Int32(year * 10_000 + month * 100 + day))
  }

  /// Completed years of age on a day, counted from this day as the date of birth; 0 before birth.
  public func age(on day: CalendarDate) -> Int {
    let years = day.year - year - (day.packed % 10_000 < packed % 10_000 ? 1 : 0)
    return max(years, 0)
  }

  /// The number that digits at some places make; `nil` when one is no digit.
  private static func number(_ text: UnsafeBufferPointer<UInt8>, _ places: Range<Int>) -> Int? {
    var number = 0
    for place in places {
      let digit = text[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      number = number * 10 + Int(digit)
    }
    return number
  }
}

extension CalendarDate: Comparable {
  /// Orders days in time.
  @inlinable
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.packed < right.packed }
}

extension CalendarDate: CustomStringConvertible {
  /// The date as `yyyy-mm-dd`.
  public var description: String {
    String(unsafeUninitializedCapacity: 10) { bytes in
      var rest = Int(packed)
      for place in (0..<10).reversed() where place != 4 && place != 7 {
        bytes.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
      }
      bytes.initializeElement(at: 4, to: UInt8(ascii: "-"))
      bytes.initializeElement(at: 7, to: UInt8(ascii: "-"))
      return 10
    }
  }
}

/// A calendar month, the unit in which contributions are paid.
public struct YearMonth: Hashable, Sendable, Comparable {
  /// Months since January of year 0; adding one is the next month.
  public let ordinal: Int

  init(unchecked year: Int, _ month: Int) { self.ordinal = year * 12 + month - 1 }

  private init(ordinal: Int) { self.ordinal = ordinal }

  /// Makes a month, or `nil` when there is no such month between 1900 and 2999.
  public init?(year: Int, month: Int) {
    guard (1900...2999).contains(year), (1...12).contains(month) else { return nil }
    self.init(unchecked: year, month)
  }

  /// Reads `2026-03`.
  public init?(_ text: some StringProtocol) {
    guard let first = CalendarDate(text + "-01") else { return nil }
    self = first.yearMonth
  }

  /// The year.
  public var year: Int { ordinal / 12 }
  /// The month, 1 to 12.
  public var month: Int { ordinal % 12 + 1 }

  /// Days in the month, 28 to 31.
  public var dayCount: Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// The month that lies a number of months later, or earlier when negative.
  public func adding(months: Int) -> YearMonth { YearMonth(ordinal: ordinal + months) }

  /// Orders months in time.
  public static func < (left: YearMonth, right: YearMonth) -> Bool { left.ordinal < right.ordinal }
}

extension YearMonth: CustomStringConvertible {
  /// The month as `yyyy-mm`.
  public var description: String { month < 10 ? "\(year)-0\(month)" : "\(year)-\(month)" }
}

/// A span of days, both ends included; an open end has no last day.
public struct DateRange: Hashable, Codable, Sendable {
  /// The first day.
  public let first: CalendarDate
  /// The last day, or `nil` when the span has no end yet.
  public let last: CalendarDate?

  /// Makes a span, or `nil` when it would end before it begins.
  public init?(_ first: CalendarDate, _ last: CalendarDate?) {
    if let last, last < first { return nil }
    self.first = first
    self.last = last
  }

  /// Whether the day lies in the span.
  public func contains(_ day: CalendarDate) -> Bool {
    day >= first && (last.map { day <= $0 } ?? true)
  }

  /// Whether a day belongs to both ranges.
  public func overlaps(_ other: DateRange) -> Bool {
    (other.last.map { first <= $0 } ?? true) && (last.map { other.first <= $0 } ?? true)
  }
}

extension DateRange: CustomStringConvertible {
  /// The span as `2025-01-01…2026-12-31`.
  public var description: String { "\(first)…\(last.map(\.description) ?? "")" }
}

extension YearMonth {
  /// The first day of the month.
  public var firstDay: CalendarDate { CalendarDate(self) }
}

extension CalendarDate {
  fileprivate init(_ month: YearMonth) {
    self.init(unchecked: Int32(month.year * 10_000 + month.month * 100 + 1))
  }
}
