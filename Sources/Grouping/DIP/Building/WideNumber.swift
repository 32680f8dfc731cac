/// A whole number of any size, not negative; just what exact means and their quotients need.
struct WideNumber: Hashable, Comparable, Sendable {
  /// The number in base 2⁶⁴, smallest part first, without leading zeros.
  private var parts: [UInt64]

  init(_ number: UInt128) {
    parts = [UInt64(truncatingIfNeeded: number), UInt64(truncatingIfNeeded: number >> 64)]
    trim()
  }

  private init(parts: [UInt64]) {
    self.parts = parts
    trim()
  }

  var isZero: Bool { parts.isEmpty }

  private mutating func trim() {
    while parts.last == 0 { parts.removeLast() }
  }

  static func < (left: WideNumber, right: WideNumber) -> Bool {
    if left.parts.count != right.parts.count { return left.parts.count < right.parts.count }
    for (first, second) in zip(left.parts, right.parts).reversed() where first != second { return first < second }
    return false
  }

  static func + (left: WideNumber, right: WideNumber) -> WideNumber {
    var sum: [UInt64] = []
    var carry: UInt128 = 0
    for position in 0..<max(left.parts.count, right.parts.count) {
      carry += UInt128(position < left.parts.count ? left.parts[position] : 0)
      carry += UInt128(position < right.parts.count ? right.parts[position] : 0)
      sum.append(UInt64(truncatingIfNeeded: carry))
      carry >>= 64
    }
    return WideNumber(parts: sum + [UInt64(carry)])
  }

  static func * (left: WideNumber, right: WideNumber) -> WideNumber {
    var product = Array(repeating: UInt64(0), count: left.parts.count + right.parts.count + 1)
    for (low, first) in left.parts.enumerated() {
      var carry: UInt128 = 0
      for (high, second) in right.parts.enumerated() {
        carry += UInt128(first) * UInt128(second) + UInt128(product[low + high])
        product[low + high] = UInt64(truncatingIfNeeded: carry)
        carry >>= 64
      }
      product[low + right.parts.count] = UInt64(carry)
    }
    return WideNumber(parts: product)
  }

  /// The quotient of two numbers, rounded half up; the divisor must not be 0, the quotient must be below 2⁶².
  static func quotient(_ dividend: WideNumber, _ divisor: WideNumber) -> Int64 {
    precondition(!divisor.isZero, "a quotient needs a divisor other than zero")
    // The largest number q with 2·q·divisor ≤ 2·dividend + divisor.
    let bound = dividend + dividend + divisor
    return largest { candidate in WideNumber(UInt128(candidate) * 2) * divisor <= bound }
  }

  /// The largest number below 2⁶² that fits; 0 must fit, and below one that fits all do.
  static func largest(_ fits: (UInt64) -> Bool) -> Int64 {
    var found: UInt64 = 0
    var step: UInt64 = 1 << 61
    while step > 0 {
      if fits(found + step) { found += step }
      step >>= 1
    }
    return Int64(found)
  }
}
