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
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let day = CalendarDate(first) else { return nil }
    guard parts.count == 2 else {
      self.init(day)
      return
    }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { part in
      part.utf8.count == 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
    }
    guard clock.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
    self.init(day, second: Int(numbers[0]) * 3_600 + Int(numbers[1]) * 60 + Int(numbers[2]))
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
