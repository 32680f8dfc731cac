import Kernel

/// Reading single values as clients send them: numbers as strings or numbers, `null` also as text.
enum FieldText {
  /// The text of a value without blanks around it; empty for `null`, the text "null", absent values and containers.
  static func text(of value: JSONValue?) -> String {
    guard let value else { return "" }
    switch value.kind {
    case .yes: return "1"
    case .no: return "0"
    case .text, .number:
      let text = trimmed(value.plainText ?? "")
      // Serialisers of some clients write the zero of their calendar for a date that was never set.
      return text == "null" || text.hasPrefix("0001-01-01") ? "" : text
    case .null, .list, .object, .name: return ""
    }
  }

  /// A number scaled to its decimals; zeros beyond them are dropped, exponents are refused.
  static func number(_ text: String, digits: Int, decimals: Int) -> Int64? {
    var text = Substring(text)
    if let point = text.firstIndex(of: ".") {
      while text.last == "0", text.distance(from: point, to: text.endIndex) > decimals + 1 { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    guard let value = FixedPoint.parse(text, decimals: decimals) else { return nil }
    return value.magnitude < limit(digits) ? value : nil
  }

  /// An amount of money; at most what one settlement may hold a hundred times over.
  static func money(_ text: String) -> Money? {
    number(text, digits: 13, decimals: 2).map { Money(fen: $0) }
  }

  /// A day with a time of day, `00:00:00` when there is none.
  static func moment(_ text: String) -> (day: CalendarDate, time: String)? {
    let parts = text.split(separator: text.contains("T") ? "T" : " ", omittingEmptySubsequences: true)
    guard parts.count == 1 || parts.count == 2, let first = parts.first, let day = CalendarDate(first) else {
      return nil
    }
    guard parts.count == 2 else { return (day, "00:00:00") }
    let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }),
      let hour = UInt8(clock[0]), let minute = UInt8(clock[1]), let second = UInt8(clock[2]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return (day, String(parts[1]))
  }

  /// A text as messages quote it.
  static func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 30
      ? "“\(text)”" : "“\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(30))))…”"
  }

  private static func limit(_ digits: Int) -> UInt64 {
    (0..<min(digits, 18)).reduce(1) { limit, _ in limit * 10 }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last, isBlank(first) || isBlank(last) else { return text }
    let front = bytes.drop(while: isBlank)
    let end = front.lastIndex { !isBlank($0) }.map { front.index(after: $0) } ?? front.startIndex
    return String(front[..<end]) ?? text
  }
}
