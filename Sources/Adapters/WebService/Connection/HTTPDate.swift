import Glibc

/// The Date field's text (RFC 9110, 5.6.7), made once a second.
struct HTTPDate {
  private var second: time_t = 0
  private var line = ""

  /// The text of the present second: `Sun, 06 Nov 1994 08:49:37 GMT`.
  mutating func text() -> String {
    let now = time(nil)
    if now != second {
      second = now
      line = Self.text(of: now)
    }
    return line
  }

  /// The text of a second since 1970.
  static func text(of second: time_t) -> String {
    var second = second
    var parts = tm()
    gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (hour, minute, rest) = (padded(parts.tm_hour), padded(parts.tm_min), padded(parts.tm_sec))
    return "\(days[Int(parts.tm_wday)]), \(padded(parts.tm_mday)) \(months[Int(parts.tm_mon)]) "
      + "\(parts.tm_year + 1900) \(hour):\(minute):\(rest) GMT"
  }

  private static func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
