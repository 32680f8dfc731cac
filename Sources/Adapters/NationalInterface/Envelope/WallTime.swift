public import Kernel

/// A point in time as clocks in China show it, to the millisecond (UTC+8).
public struct WallTime: Hashable, Sendable {
  /// The day.
  public let day: CalendarDate
  /// Milliseconds since midnight, below 86,400,000.
  public let milliseconds: Int

  /// Makes a time from milliseconds since 1970-01-01T00:00:00Z; times beyond 1902 to 2980 become the nearest end.
  public init?(unixMilliseconds: Int64) {
    guard let epoch = CalendarDate(year: 1970, month: 1, day: 1) else { return nil }
    let local = min(max(unixMilliseconds, Self.earliest), Self.latest) + 8 * 3_600_000
    let days = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
    self.day = epoch.adding(days: Int(days))
    self.milliseconds = Int(local - days * 86_400_000)
  }

  private static let earliest: Int64 = -2_145_916_800_000
  private static let latest: Int64 = 31_872_268_800_000

  /// Makes a time from a day and the milliseconds since midnight.
  public init(day: CalendarDate, milliseconds: Int) {
    self.day = day
    self.milliseconds = min(max(milliseconds, 0), 86_399_999)
  }

  /// The time as `yyyy-MM-dd HH:mm:ss`.
  public var text: String {
    let seconds = milliseconds / 1_000
    return "\(day) \(padded(seconds / 3_600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
  }

  /// The time as `yyyyMMddHHmmss`.
  var seconds14: String {
    FixedPoint.padded(packedSeconds, width: 14)
  }

  /// The time as `yyyyMMddHHmmssSSS`.
  var milliseconds17: String { FixedPoint.padded(packedSeconds * 1_000 + milliseconds % 1_000, width: 17) }

  /// The digits of day and time as one number, `yyyyMMddHHmmss`.
  private var packedSeconds: Int {
    let seconds = milliseconds / 1_000
    let clock = seconds / 3_600 * 10_000 + seconds / 60 % 60 * 100 + seconds % 60
    return (day.year * 10_000 + day.month * 100 + day.day) * 1_000_000 + clock
  }

  private func padded(_ number: Int) -> String { FixedPoint.padded(number, width: 2) }
}
