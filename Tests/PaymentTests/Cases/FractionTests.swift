import Foundation
import Kernel
import Payment
import Testing

/// Exact fractions where sides would not fit.
struct FractionTests {
  private static let wide = Int128(1) << 100

  @Test func `乘法在放不下时先约分`() {
    // Neither side in lowest terms, and their products far beyond 128 bits.
    let third = Fraction(Self.wide, Self.wide * 3)
    #expect(third * third == Fraction(1, 9))
    #expect(third + third + third == .one)
    #expect(third / third == .one)
    #expect((third - third) == .zero)
  }

  @Test func `比较大小不受位宽限制`() {
    let most = Int128.max
    #expect(Fraction(most - 1, most) < Fraction(most, most))
    #expect(Fraction(-most, 3) < Fraction(-most, 4))
    #expect(Fraction(2, 4) == Fraction(1, 2))
    #expect(!(Fraction(most, 2) < Fraction(most, 2)))
  }

  @Test(arguments: [
    (Rounding.halfUp, 5, "0.33333"), (.up, 2, "0.34"), (.down, 0, "0"), (.halfUp, 6, "0.333333"),
  ])
  func `按位数取整`(rounding: Rounding, decimals: Int, text: String) {
    #expect(Fraction(1, 3).points(decimals: decimals, rounding) == Points(text))
  }

  @Test func `金额、单价与系数换算`() throws {
    let price = try PaymentTrial.price("52.8094")
    #expect(Fraction(fenOf: price).price(decimals: 4, .halfUp) == price)
    #expect(
      (Fraction(fenOf: price) * Fraction(try PaymentTrial.points("100"))).money(.halfUp) == Money(yuan: "5280.94"))
    #expect(Fraction(try PaymentTrial.factor("0.9662")).factor(.halfUp) == (try PaymentTrial.factor("0.9662")))
  }
}
