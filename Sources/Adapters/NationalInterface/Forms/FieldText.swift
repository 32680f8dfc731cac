import Kernel

extension String {
  /// Whether it has more characters than this, as the edition counts them; no text has more of them than bytes.
  func isLonger(than length: Int) -> Bool { utf8.count > length && unicodeScalars.count > length }
}

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
  ///
  /// Reads bytes rather than text: a stay's upload holds thousands of numbers.
  static func number(_ text: String, digits: Int, decimals: Int) -> Int64? {
    var text = text
    return text.withUTF8 { bytes in
      let isNegative = bytes.first == Ascii.minus
      var value: Int64 = 0
      var (whole, fraction) = (0, -1)
      for byte in isNegative ? bytes.dropFirst() : bytes[...] {
        if byte == Ascii.point {
          guard fraction < 0, whole > 0 else { return nil }
          fraction = 0
          continue
        }
        guard (Ascii.zero...Ascii.nine).contains(byte) else { return nil }
        if fraction < 0 { whole += 1 } else { fraction += 1 }
        if fraction > decimals {
          guard byte == Ascii.zero else { return nil }
          continue
        }
        guard let next = appended(byte, to: value) else { return nil }
        value = next
      }
      guard whole > 0, fraction != 0 else { return nil }
      for _ in max(fraction, 0)..<max(decimals, fraction) {
        guard let next = appended(Ascii.zero, to: value) else { return nil }
        value = next
      }
      guard value.magnitude < limit(digits) else { return nil }
      return isNegative ? -value : value
    }
  }

  private static func appended(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tens, first) = value.multipliedReportingOverflow(by: 10)
    let (sum, second) = tens.addingReportingOverflow(Int64(digit - Ascii.zero))
    return first || second ? nil : sum
  }

  /// An amount of money; at most what one settlement may hold a hundred times over.
  static func money(_ text: String) -> Money? {
    number(text, digits: 13, decimals: 2).map { Money(fen: $0) }
  }

  /// A day with a time of day, `00:00:00` when there is none.
  static func moment(_ text: String) -> (day: CalendarDate, time: String)? {
    var text = text
    let found: (CalendarDate, String)? = text.withUTF8 { bytes in
      guard bytes.count == 10 || bytes.count == 19, bytes[4] == Ascii.minus, bytes[7] == Ascii.minus,
        let year = whole(bytes[0..<4]), let month = whole(bytes[5..<7]), let day = whole(bytes[8..<10]),
        let date = CalendarDate(year: year, month: month, day: day)
      else { return nil }
      guard bytes.count == 19 else { return (date, "00:00:00") }
      guard bytes[10] == 0x20 || bytes[10] == UInt8(ascii: "T"), bytes[13] == Ascii.colon, bytes[16] == Ascii.colon,
        let hour = whole(bytes[11..<13]), let minute = whole(bytes[14..<16]), let second = whole(bytes[17..<19]),
        hour < 24, minute < 60, second < 60
      else { return nil }
      return (date, String(decoding: bytes[11..<19], as: UTF8.self))
    }
    return found
  }

  /// Digits alone.
  private static func whole(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var number = 0
    for byte in bytes {
      guard (Ascii.zero...Ascii.nine).contains(byte) else { return nil }
      number = number * 10 + Int(byte - Ascii.zero)
    }
    return number
  }

  /// A text as messages quote it.
  static func shortened(_ text: String) -> String {
    !text.isLonger(than: 30)
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
