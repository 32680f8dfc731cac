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
    var digits = String(value.magnitude)
    while digits.utf8.count <= decimals { digits = "0" + digits }
    let split = digits.index(digits.endIndex, offsetBy: -decimals)
    var fraction = digits[split...]
    if trimmed { while fraction.last == "0" { fraction.removeLast() } }
    let point = fraction.isEmpty ? "" : "."
    return (value < 0 ? "-" : "") + digits[..<split] + point + fraction
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
