/// How a quotient that is not a whole number becomes one; always named where an amount is made.
public enum Rounding: String, Sendable, CaseIterable {
  /// To the nearest, a half away from zero (四舍五入).
  case halfUp = "half_up"
  /// Towards zero; the insured or the fund loses the part of a fen.
  case down
  /// Away from zero.
  case up
  /// To the nearest, a half to the even neighbour.
  case halfEven = "half_even"

  /// Divides and rounds; the divisor must be positive.
  ///
  /// - Parameters:
  ///   - dividend: any whole number.
  ///   - divisor: a positive whole number.
  @inlinable
  public func divide<Number: SignedInteger & FixedWidthInteger>(_ dividend: Number, by divisor: Number) -> Number {
    precondition(divisor > 0, "rounding needs a positive divisor")
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    guard remainder != 0 else { return quotient }
    let step: Number = dividend < 0 ? -1 : 1
    switch self {
    case .down: return quotient
    case .up: return quotient + step
    case .halfUp, .halfEven:
      let size = remainder.magnitude
      let other = divisor.magnitude - size
      if size == other { return self == .halfUp || quotient & 1 != 0 ? quotient + step : quotient }
      return size > other ? quotient + step : quotient
    }
  }

  /// Divides a wide number and narrows the result to 64 bits; traps when it does not fit.
  public func divide(_ dividend: Int128, by divisor: Int128) -> Int64 {
    let wide: Int128 = divide(dividend, by: divisor)
    return Int64(wide)
  }
}
