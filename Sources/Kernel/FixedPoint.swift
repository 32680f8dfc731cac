/// Reading and printing decimal numbers as scaled whole numbers; nothing is rounded and nothing is guessed.
public enum FixedPoint {
  /// Reads `-12.5` with `decimals: 2` as `-1250`.
  ///
  /// - Parameters:
  ///   - text: digits with an optional sign and an optional point; no blanks, separators or exponents.
  ///   - decimals: the scale; text with more decimals is refused.
  /// - Returns: the scaled number, or `nil` when the text is anything else or out of range.
  public static func parse(_ text: some StringProtocol, decimals: Int) -> Int64? {
    var value: Int64 = 0
    var negative = false
    var seenDigit = false
    var fraction = -1
    for (position, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where position == 0:
        negative = true
      case UInt8(ascii: "."):
        guard fraction < 0, seenDigit else { return nil }
        fraction = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        seenDigit = true
        if fraction >= 0 { fraction += 1 }
        guard fraction <= decimals, let next = append(byte, to: value, negative: negative) else { return nil }
        value = next
      default:
        return nil
      }
    }
    guard seenDigit, fraction != 0 else { return nil }
    return scale(value, by: decimals - max(fraction, 0))
  }

  /// Prints `-1250` with `decimals: 2` as `-12.50`.
  ///
  /// - Parameters:
  ///   - value: the scaled number.
  ///   - decimals: the scale.
  ///   - trimmed: drops trailing zeros of the fraction, and the point with them.
  public static func print(_ value: Int64, decimals: Int, trimmed: Bool = false) -> String {
    var bytes: [UInt8] = []
    append(value, decimals: decimals, trimmed: trimmed, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what ``print(_:decimals:trimmed:)`` prints to bytes, for tables of a million rows.
  ///
  /// - Parameters:
  ///   - value: the scaled number.
  ///   - decimals: the scale.
  ///   - trimmed: drops trailing zeros of the fraction, and the point with them.
  ///   - bytes: where the digits go, in ASCII.
  public static func append(_ value: Int64, decimals: Int, trimmed: Bool = false, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var (rest, place, isKept) = (value.magnitude, 0, !trimmed)
    // From the last digit to the first, and then turned round.
    while rest > 0 || place <= decimals {
      if place == decimals, bytes.count > start { bytes.append(UInt8(ascii: ".")) }
      let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
      isKept = isKept || digit > 0 || place >= decimals
      if isKept { bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)) }
      rest = tens
      place += 1
    }
    bytes[start...].reverse()
  }

  private static func append(_ digit: UInt8, to value: Int64, negative: Bool) -> Int64? {
    let (tens, first) = value.multipliedReportingOverflow(by: 10)
    let unit = Int64(digit - UInt8(ascii: "0"))
    let (sum, second) = tens.addingReportingOverflow(negative ? -unit : unit)
    return first || second ? nil : sum
  }

  private static func scale(_ value: Int64, by places: Int) -> Int64? {
    var value = value
    for _ in 0..<places {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
    }
    return value
  }
}
