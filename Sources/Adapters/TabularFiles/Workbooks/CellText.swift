import Kernel

/// What a cell's bytes mean as text.
enum CellText {
  private static let underscore = UInt8(ascii: "_")

  /// Appends text with its escapes (`_x000D_` for a carriage return, ECMA-376 `ST_Xstring`) resolved.
  static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    guard bytes.contains(underscore) else { return text.append(contentsOf: bytes) }
    var position = 0
    var high: UInt32?
    while position < bytes.count {
      guard let unit = escape(at: position, in: bytes) else {
        if high != nil { appendScalar(0xFFFD, to: &text) }
        high = nil
        text.append(bytes[position])
        position += 1
        continue
      }
      position += 7
      switch (high, unit) {
      case (let first?, 0xDC00...0xDFFF):
        appendScalar(0x10000 + (first - 0xD800) << 10 + (unit - 0xDC00), to: &text)
        high = nil
      default:
        if high != nil { appendScalar(0xFFFD, to: &text) }
        high = (0xD800...0xDBFF).contains(unit) ? unit : nil
        if high == nil { appendScalar(unit, to: &text) }
      }
    }
    if high != nil { appendScalar(0xFFFD, to: &text) }
  }

  private static func appendScalar(_ value: UInt32, to text: inout [UInt8]) {
    text.append(contentsOf: String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
  }

  /// Text as a cell holds it: what would read as an escape is escaped, and so are characters that XML cannot hold or
  /// would change.
  static func escaped(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != underscore && $0 != 0xEF || $0 == 0x0A || $0 == 0x09 }
    if isPlain { return text }
    let bytes = Array(text.utf8)
    var escaped = ""
    var position = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "_" where escape(at: position, in: bytes) != nil: escaped += "_x005F_"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<" ":
        let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
        escaped += "_x\(String(repeating: "0", count: 4 - hexadecimal.count))\(hexadecimal)_"
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
      position += UTF8.width(scalar)
    }
    return escaped
  }

  /// The UTF-16 unit of the escape `_xHHHH_` that begins here.
  static func escape(at position: Int, in bytes: [UInt8]) -> UInt32? {
    guard bytes[position] == underscore, position + 7 <= bytes.count,
      bytes[position + 1] == UInt8(ascii: "x"), bytes[position + 6] == underscore
    else { return nil }
    var value: UInt32 = 0
    for place in (position + 2)..<(position + 6) {
      switch bytes[place] {
      case let digit where (0x30...0x39).contains(digit): value = value << 4 | UInt32(digit - 0x30)
      case let letter where (0x41...0x46).contains(letter & 0xDF): value = value << 4 | UInt32((letter & 0xDF) - 0x37)
      default: return nil
      }
    }
    return value
  }

  /// A number as people write it: as it stands when it is plain and short, else the shortest plain form of the same
  /// number, since programs store 0.1 as `0.10000000000000001` and large ones as `1E+17`.
  static func number(_ text: String) -> String {
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }.count
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
    if isPlain, digits <= 15 { return text }
    guard let value = Double(text), value.isFinite, abs(value) < 1e300, value == 0 || abs(value) > 1e-300 else {
      return text
    }
    return plain("\(value)")
  }

  /// `1.5e-05` as `0.000015`, `100.0` as `100`.
  private static func plain(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    var digits = Array((String(mantissa[0]) + fraction).utf8)
    var point = mantissa[0].utf8.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while point < 1 {
      digits.insert(0x30, at: 0)
      point += 1
    }
    while digits.count < point { digits.append(0x30) }
    let whole = String(decoding: digits[..<point], as: UTF8.self)
    let rest = point < digits.count ? "." + String(decoding: digits[point...], as: UTF8.self) : ""
    return (isNegative ? "-" : "") + whole + rest
  }

  /// A serial number as the date or time that its style shows; `nil` when it is none.
  ///
  /// Serial 1 is 1900-01-01; the system counts a 29 February 1900, which there was not. The other system begins with
  /// serial 0 on 1904-01-01.
  static func moment(_ text: String, as shape: CellStyles.Shape, from1904: Bool) -> String? {
    guard let serial = Double(text), serial >= 0, serial < 400_000 else { return nil }
    let seconds = (serial * 86_400).rounded(.toNearestOrAwayFromZero)
    let (day, second) = (Int(seconds) / 86_400, Int(seconds) % 86_400)
    let time = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
    if shape == .time { return serial < 1 ? time : nil }
    guard let date = date(day, from1904: from1904) else { return nil }
    return shape == .date ? date : "\(date) \(time)"
  }

  private static func date(_ serial: Int, from1904: Bool) -> String? {
    let anchor = CalendarDate(year: from1904 ? 1904 : 1900, month: 1, day: 1)
    let days = from1904 ? serial : serial < 60 ? serial - 1 : serial - 2
    guard let anchor, days >= 0, from1904 || serial != 60 else { return nil }
    return "\(anchor.adding(days: days))"
  }
}
