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
    digits(of: value, decimals, trimmed) { String(decoding: $0, as: UTF8.self) }
  }

  /// Prints `42` with `width: 4` as `0042`; the last digits of a number that has more.
  ///
  /// - Parameters:
  ///   - number: the number, not negative.
  ///   - width: how many digits.
  public static func padded(_ number: Int, width: Int) -> String {
    String(unsafeUninitializedCapacity: width) { digits in
      var rest = number
      for place in (0..<width).reversed() {
        digits.initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      }
      return width
    }
  }

  /// Appends what ``print(_:decimals:trimmed:)`` prints to bytes, for tables of a million rows.
  ///
  /// - Parameters:
  ///   - value: the scaled number.
  ///   - decimals: the scale.
  ///   - trimmed: drops trailing zeros of the fraction, and the point with them.
  ///   - bytes: where the digits go, in ASCII.
  public static func append(_ value: Int64, decimals: Int, trimmed: Bool = false, to bytes: inout [UInt8]) {
    digits(of: value, decimals, trimmed) { bytes.append(contentsOf: $0) }
  }

  /// The digits on the stack: an amount on its way into a text needs no memory of its own.
  @inline(__always)
  private static func digits<Answer>(
    of value: Int64, _ decimals: Int, _ trimmed: Bool, _ use: (UnsafeBufferPointer<UInt8>) -> Answer
  ) -> Answer {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24 + max(decimals, 0)) { digits in
      var (rest, place, isKept, start) = (value.magnitude, 0, !trimmed, digits.count)
      // From the last digit to the first.
      while rest > 0 || place <= decimals {
        if place == decimals, start < digits.count {
          start -= 1
          digits[start] = UInt8(ascii: ".")
        }
        let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
        isKept = isKept || digit > 0 || place >= decimals
        if isKept {
          start -= 1
          digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        }
        rest = tens
        place += 1
      }
      if value < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      return use(UnsafeBufferPointer(rebasing: digits[start...]))
    }
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
