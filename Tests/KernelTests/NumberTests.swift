import Kernel
import Testing

/// Rounding by its definition: compares the distances to the whole numbers below and above, in wide arithmetic.
private func reference(_ rounding: Rounding, _ dividend: Int128, _ divisor: Int128) -> Int128 {
  var floor = dividend / divisor
  if floor * divisor > dividend { floor -= 1 }
  if floor * divisor == dividend { return floor }
  let (toZero, away) = dividend < 0 ? (floor + 1, floor) : (floor, floor + 1)
  let (below, above) = (dividend - floor * divisor, (floor + 1) * divisor - dividend)
  switch rounding {
  case .down: return toZero
  case .up: return away
  case .halfUp: return below == above ? away : below < above ? floor : floor + 1
  case .halfEven: return below == above ? (floor % 2 == 0 ? floor : floor + 1) : below < above ? floor : floor + 1
  }
}

@Test(arguments: Rounding.allCases)
func `舍入与定义逐一相符`(rounding: Rounding) {
  var wrong: [String] = []
  for dividend in -300...300 {
    for divisor in 1...60 {
      let expected = Int(reference(rounding, Int128(dividend), Int128(divisor)))
      if rounding.divide(dividend, by: divisor) != expected { wrong.append("\(dividend)/\(divisor)") }
    }
  }
  for dividend in [Int64.min, .min + 1, .max, .max - 1] {
    for divisor in [Int64(1), 2, 3, 10, 1_000_000, .max] {
      let expected = Int64(reference(rounding, Int128(dividend), Int128(divisor)))
      if rounding.divide(dividend, by: divisor) != expected { wrong.append("\(dividend)/\(divisor)") }
      if rounding.divide(Int128(dividend), by: Int128(divisor)) as Int64 != expected {
        wrong.append("wide \(dividend)")
      }
    }
  }
  #expect(wrong.isEmpty)
}

@Test func `定点数打印后再读不变`() {
  var wrong: [Int64] = []
  for decimals in [0, 1, 2, 4, 6] {
    for value in Array(-12_000...12_000) + [Int64.min, .min + 1, .max, .max - 1] {
      for trimmed in [false, true] {
        let text = FixedPoint.print(value, decimals: decimals, trimmed: trimmed)
        if FixedPoint.parse(text, decimals: decimals) != value { wrong.append(value) }
      }
    }
  }
  #expect(wrong.isEmpty)
}

@Test func `补零打印保留末尾各位`() {
  #expect(FixedPoint.padded(0, width: 2) == "00")
  #expect(FixedPoint.padded(7, width: 3) == "007")
  #expect(FixedPoint.padded(20_260_301_083_059, width: 14) == "20260301083059")
  #expect(FixedPoint.padded(12_345, width: 3) == "345")
}

@Test(arguments: [
  "", "-", ".", "-.", ".5", "1.", "1.234", "1,000", " 1", "1 ", "1e3", "--1", "1-", "1..2", "1.2.3", "１", "+1",
  "92233720368547758.08", "-92233720368547758.09", "99999999999999999999",
])
func `金额的其他写法一律不收`(text: String) {
  #expect(Money(yuan: text) == nil)
}

@Test func `金额逐分往返`() {
  #expect((-25_000...25_000).allSatisfy { Money(yuan: Money(fen: $0).yuan)?.fen == $0 })
  #expect(Money(yuan: "0.8")?.fen == 80)
  #expect(Money(yuan: "1300")?.fen == 130_000)
  #expect(Money(yuan: "-12.50")?.fen == -1_250)
  #expect(Money(fen: -5).yuan == "-0.05")
  #expect(Money(fen: -1).orZero == .zero)
  #expect(Money(yuan: "-92233720368547758.08")?.fen == .min)
}

@Test(arguments: Rounding.allCases)
func `金额乘比例只舍入一次`(rounding: Rounding) {
  var wrong: [String] = []
  for fen in Int64(-210)...210 {
    for percent in 0...120 {
      let expected = Int64(reference(rounding, Int128(fen) * Int128(percent), 100))
      let rate = Rate(millionths: Int64(percent) * 10_000)
      if Money(fen: fen).multiplied(by: rate, rounding: rounding).fen != expected { wrong.append("\(fen) \(percent)") }
      let ratio = Ratio(Int64(percent), 100)
      if Money(fen: fen).multiplied(by: ratio, rounding: rounding).fen != expected { wrong.append("\(fen)/\(percent)") }
    }
  }
  #expect(wrong.isEmpty)
}

@Test func `比率读写往返与乘积不舍入`() {
  for millionths in Int64(-1_100)...1_100 {
    let rate = Rate(millionths: millionths * 997)
    #expect(Rate(percent: rate.percent) == rate)
  }
  #expect(Rate(percent: "12.5%")?.millionths == 125_000)
  #expect(Rate(percent: "85") == Rate(percent: "85%"))
  #expect(Rate(percent: "85%%") == nil)
  #expect(Rate(percent: "1.23456") == nil)
  #expect(Rate(product: Rate(millionths: 500_000), Rate(millionths: 850_000))?.millionths == 425_000)
  #expect(Rate(product: Rate(millionths: 1), Rate(millionths: 500_000)) == nil)
  #expect(Rate(millionths: 850_000).complement.percent == "15%")
  #expect(Rate(millionths: 1_200_000).bounded == .one)
  #expect(Rate(millionths: -1).bounded == .zero)
}

@Test func `比例化为最简且分母为正`() {
  for numerator in Int64(-40)...40 {
    for denominator in Int64(-40)...40 where denominator != 0 {
      let ratio = Ratio(numerator, denominator)
      #expect(ratio.denominator > 0)
      #expect(ratio.numerator * denominator == numerator * ratio.denominator)
      #expect(!(2...40).contains { ratio.numerator % $0 == 0 && ratio.denominator % $0 == 0 })
    }
  }
  #expect(Ratio(decimal: "0.85") == Ratio(17, 20))
  #expect(Ratio(percent: "85%") == Ratio(17, 20))
  #expect(Ratio(.min, .min) == Ratio(1, 1))
  #expect(Ratio(.min, 2).numerator == .min / 2)
}

@Test func `单价乘数量只在行合计时舍入`() throws {
  let price = try #require(UnitPrice(yuan: "0.333333"))
  let quantity = try #require(Quantity("3.5"))
  #expect(price.total(for: quantity, rounding: .halfUp).fen == 117)
  #expect(price.total(for: quantity, rounding: .down).fen == 116)
  #expect(UnitPrice(yuan: "0.1234567") == nil)
  #expect(Quantity("0.12345") == nil)
  #expect(price.yuan == "0.333333")
  #expect(quantity.text == "3.5")
  let large = try #require(UnitPrice(yuan: "9000000"))
  #expect(large.total(for: Quantity(9_000_000), rounding: .halfUp).fen == 8_100_000_000_000_000)
}
