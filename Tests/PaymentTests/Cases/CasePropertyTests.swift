import Foundation
import Kernel
import Payment
import People
import Testing

/// Random cases under random contracts against a slow calculation in decimal numbers, and what must always hold.
struct CasePropertyTests {
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }

  /// Everything that one random calculation depends on, as decimal numbers.
  private struct World {
    let weight: Decimal
    let factor: Decimal
    let mean: Decimal
    let value: Decimal
    let low: Decimal
    let high: Decimal
    let lowPay: LowCostTerms.Pay
    let highPay: HighCostPay
    let isInclusive: Bool

    init(_ random: inout Sequence) {
      func number(_ range: ClosedRange<Int>, _ scale: Int) -> Decimal {
        Decimal(Int.random(in: range, using: &random)) / Decimal(scale)
      }
      weight = number(1_000...60_000, 10_000)
      factor = number(70...130, 100)
      mean = number(300_000...1_500_000, 100)
      value = number(400_000...1_800_000, 10_000)
      low = number(30...60, 100)
      high = number(130...400, 100)
      let lows: [LowCostTerms.Pay] = [
        .actualCost, .proportional(withCoefficient: true), .proportional(withCoefficient: false),
      ]
      let highs: [HighCostPay] = [
        .linearAdd(withCoefficient: true), .linearAdd(withCoefficient: false), .deduct, .cap, .standardOnly,
        .actualCost,
      ]
      lowPay = lows[Int.random(in: 0..<3, using: &random)]
      highPay = highs[Int.random(in: 0..<6, using: &random)]
      isInclusive = Bool.random(using: &random)
    }

    func contract() throws -> PaymentContract {
      func factor(_ number: Decimal) throws -> Factor { try PaymentTrial.factor("\(number)") }
      return PaymentTrial.contract(
        GroupedTerms(
          .points(scale: SourcedTerm(try factor(100))),
          table: GroupTable(edition: "trial", rows: [GroupRow(code: "G1", weight: try factor(weight))]),
          coefficients: CoefficientTerms(values: SourcedTerm(Graded(try factor(self.factor)))),
          deviation: DeviationTerms(
            references: [CostReference(.weight(Graded(try PaymentTrial.price("\(mean)"))))],
            low: LowCostTerms(bound: try factor(low), isInclusive: isInclusive, pay: lowPay),
            high: HighCostTerms(
              bands: [.init(below: nil, multiple: try factor(high))], isInclusive: isInclusive, pay: highPay)),
          pointValue: SourcedTerm(Graded(try PaymentTrial.price("\(value)"))), rounding: PaymentTrial.rounding))
    }

    /// Points (nil when money is paid) and yuan, straight from the formulas.
    func slow(_ cost: Decimal) -> (points: Decimal?, yuan: Decimal) {
      let reference = weight * mean
      let standard = weight * factor * 100
      let counted = cost / mean * 100
      let isHigh = isInclusive ? cost >= high * reference : cost > high * reference
      let isLow = isInclusive ? cost <= low * reference : cost < low * reference
      var points: Decimal?
      if isHigh {
        switch highPay {
        case .linearAdd(let withCoefficient):
          points = standard + (counted - high * weight * 100) * (withCoefficient ? factor : 1)
        case .deduct: points = counted - (high - 1) * standard
        case .cap: points = high * standard
        case .standardOnly: points = standard
        case .actualCost: points = nil
        }
      } else if isLow {
        switch lowPay {
        case .actualCost: points = nil
        case .proportional(let withCoefficient): points = counted * (withCoefficient ? factor : 1)
        }
      } else {
        points = standard
      }
      guard let points else { return (nil, cost) }
      return (Self.rounded(points, 4), Self.rounded(points * value, 2))
    }

    static func rounded(_ number: Decimal, _ places: Int) -> Decimal {
      var (value, result) = (number, Decimal())
      NSDecimalRound(&result, &value, places, .plain)
      return result
    }
  }

  @Test(arguments: [11, 12, 13, 14])
  func `随机病例与十进制慢算逐例一致`(seed: UInt64) throws {
    var random = Sequence(state: seed)
    var classes: Set<CaseDeviation> = []
    for _ in 0..<400 {
      let world = World(&random)
      let contract = try world.contract()
      let reference = NSDecimalNumber(decimal: world.weight * world.mean * 100).int64Value
      // Around the usual cost and at both bounds, where a wrong comparison shows.
      let bounds = [world.low, world.high].map {
        NSDecimalNumber(decimal: World.rounded($0 * world.weight * world.mean * 100, 0)).int64Value
      }
      for fen in [Int64.random(in: 1...(reference * 5), using: &random)] + bounds.flatMap({ [$0 - 1, $0, $0 + 1] }) {
        let paid = PaymentCase(
          id: "C", institution: "H1", level: .tertiary, scheme: .employee, month: try Need.value(PaymentTrial.month),
          cost: Money(fen: fen), group: "G1")
        let payment = CaseEngine.pay(paid, under: contract)
        let expected = world.slow(Decimal(fen) / 100)
        classes.insert(payment.deviation)
        #expect(payment.points.map { Decimal($0.millionths) / 1_000_000 } == expected.points)
        #expect(payment.payable.map { Decimal($0.fen) / 100 } == expected.yuan)
        var untraced = CaseEngine.pay(paid, under: contract, tracing: false)
        #expect(untraced.steps.isEmpty)
        untraced.steps = payment.steps
        #expect(untraced == payment)
      }
    }
    #expect(classes == [.low, .normal, .high])
  }

  @Test func `病例次序不影响任何病例的结果`() throws {
    var random = Sequence(state: 99)
    let contract = try World(&random).contract()
    let cases = try (0..<300).map { number in
      PaymentCase(
        id: "C\(number)", institution: "H\(number % 4)", level: .tertiary, scheme: .employee,
        month: try Need.value(PaymentTrial.month), cost: Money(fen: Int64.random(in: 1...9_000_000, using: &random)),
        group: number % 7 == 0 ? "" : "G1", department: "D\(number % 3)", physician: "P\(number % 5)")
    }
    let paid = cases.map { ($0, CaseEngine.pay($0, under: contract)) }
    let shuffled = cases.shuffled(using: &random).map { ($0, CaseEngine.pay($0, under: contract)) }
    let byID = Dictionary(uniqueKeysWithValues: shuffled.map { ($0.0.id, $0.1) })
    for (one, payment) in paid { #expect(byID[one.id] == payment) }
    for key in GainsAndLosses.Key.allCases {
      let lines = GainsAndLosses(paid, by: key).lines
      #expect(lines == GainsAndLosses(shuffled, by: key).lines)
      // Nothing is lost on the way: the lines add up to the cases.
      #expect(lines.reduce(Money.zero) { $0 + $1.cost } == cases.reduce(Money.zero) { $0 + $1.cost })
      #expect(lines.reduce(0) { $0 + $1.cases } == 300)
      #expect(lines.reduce(Money.zero) { $0 + $1.worth } == paid.reduce(Money.zero) { $0 + ($1.1.payable ?? .zero) })
    }
  }

  @Test func `每一步都有中英文说明`() throws {
    for code in PaymentStepCode.allCases {
      let step = PaymentStep(code, .word("甲"), .word("乙"), .word("丙"), result: .word("丁"))
      let payment = CasePayment(
        try PaymentTrial.paid(cost: "1.00"), method: .perItem, outcome: .perItem, steps: [step])
      let contract = PaymentTrial.contract(
        GroupedTerms(.score, table: GroupTable(edition: "", rows: []), rounding: PaymentTrial.rounding))
      let text = try #require(payment.explanation(under: contract).first).text
      #expect(text.chinese != text.english)
      // Only a full sentence names the result, or the amount that somebody else covers.
      #expect(text.chinese.contains(code == .capitation ? "甲" : "丁"))
      #expect(text.english.contains(code == .capitation ? "甲" : "丁"))
    }
    #expect(Set(CaseOutcome.allCases.map(\.title.chinese)).count == CaseOutcome.allCases.count)
  }
}
