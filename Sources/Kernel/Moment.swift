/// A day with a time of day, without a time zone (日期时间, DT19).
///
/// ```swift
/// Moment("2026-03-01 08:30:00")?.minutes(to: end)
/// ```
public struct Moment: Hashable, Sendable {
  /// The day.
  public let day: CalendarDate
  /// Seconds since the day began, 0 to 86 399.
  public let second: Int

  /// Makes a moment, or `nil` when there is no such time of day.
  public init?(_ day: CalendarDate, second: Int = 0) {
    guard (0..<86_400).contains(second) else { return nil }
    self.day = day
    self.second = second
  }

  /// Reads `2026-03-01 08:30:00`, or a day alone for its beginning; anything else is `nil`.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    guard let moment = text.withUTF8({ Moment(utf8: $0) }) else { return nil }
    self = moment
  }

  private init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    guard let day = CalendarDate(utf8: UnsafeBufferPointer(rebasing: text.prefix(10))) else { return nil }
    guard text.count > 10 else {
      self.init(day)
      return
    }
    let colon = UInt8(ascii: ":")
    guard text.count == 19, text[10] == UInt8(ascii: " "), text[13] == colon, text[16] == colon,
      let hour = Self.number(text, at: 11, below: 24), let minute = Self.number(text, at: 14, below: 60),
      let second = Self.number(text, at: 17, below: 60)
    else { return nil }
    self.init(day, second: hour * 3_600 + minute * 60 + second)
  }

  /// The number of two digits, when it is below a limit.
  private static func number(_ text: UnsafeBufferPointer<UInt8>, at place: Int, below limit: Int) -> Int? {
    let (tens, ones) = (text[place] &- UInt8(ascii: "0"), text[place + 1] &- UInt8(ascii: "0"))
    guard tens < 10, ones < 10 else { return nil }
    let number = Int(tens) * 10 + Int(ones)
    return number < limit ? number : nil
  }

  /// Whole minutes from this moment to another; negative when the other is earlier.
  public func minutes(to other: Moment) -> Int {
    (day.days(to: other.day) * 86_400 + other.second - second) / 60
  }
}

extension Moment: Comparable {
  /// Orders by time.
  public static func < (left: Moment, right: Moment) -> Bool { (left.day, left.second) < (right.day, right.second) }
}

extension Moment: CustomStringConvertible {
  /// The text that ``init(_:)`` reads.
  public var description: String {
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day) " + parts.joined(separator: ":")
  }
}

extension Moment: Codable {
  /// Reads `2026-03-01 08:30:00`; throws for a moment that does not exist.
  public init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let moment = Moment(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no such time: \(text)"))
    }
    self = moment
  }

  /// Writes `2026-03-01 08:30:00`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
