/// A day of the year without a year, as contribution deadlines are printed.
public struct MonthDay: Hashable, Sendable {
  /// The month, 1 to 12.
  public let month: Int
  /// The day of the month; 29 February means the last day of February.
  public let day: Int

  /// Makes a day of the year, or `nil` when no year has it.
  public init?(month: Int, day: Int) {
    guard CalendarDate(year: 2024, month: month, day: day) != nil else { return nil }
    self.month = month
    self.day = day
  }

  /// The day in a year; 29 February becomes the last day of February.
  public func date(in year: Int) -> CalendarDate? {
    CalendarDate(year: year, month: month, day: day) ?? CalendarDate(year: year, month: month, day: day - 1)
  }
}
