import Kernel
import Testing

@testable import Payment

/// The slow way: every fen is awarded by itself, to the largest of points ÷ (2a + 1), the earlier code at a tie.
private func awardOneByOne(_ total: Int64, _ weights: [Int64]) -> [Int64] {
  var seats = [Int64](repeating: 0, count: weights.count)
  guard weights.contains(where: { $0 > 0 }) else { return seats }
  for _ in 0..<total {
    var best = 0
    for place in weights.indices
    where Int128(weights[place]) * Int128(2 * seats[best] + 1) > Int128(weights[best]) * Int128(2 * seats[place] + 1) {
      best = place
    }
    seats[best] += 1
  }
  return seats
}

/// Largest remainders, the usual way, kept here to show what it does.
private func largestRemainders(_ total: Int64, _ weights: [Int64]) -> [Int64] {
  let sum = weights.reduce(0, +)
  var seats = weights.map { $0 * total / sum }
  let order = weights.indices.sorted {
    let (left, right) = (weights[$0] * total % sum, weights[$1] * total % sum)
    return left != right ? left > right : $0 < $1
  }
  for place in order.prefix(Int(total - seats.reduce(0, +))) { seats[place] += 1 }
  return seats
}

@Suite struct BudgetSharesTests {
  /// Every world of up to four holders with weights 0…5 and up to 12 fen.
  private static func smallWorlds(_ visit: (Int64, [Int64]) -> Void) {
    for holders in 1...4 {
      var weights = [Int64](repeating: 0, count: holders)
      repeat {
        if weights.contains(where: { $0 > 0 }) { for total in Int64(0)...12 { visit(total, weights) } }
      } while increment(&weights)
    }
  }

  private static func increment(_ weights: inout [Int64]) -> Bool {
    for place in weights.indices {
      weights[place] += 1
      if weights[place] <= 5 { return true }
      weights[place] = 0
    }
    return false
  }

  @Test func `全部小世界与逐分授予一致且合计相等`() {
    var worlds = 0
    var wrong: [String] = []
    Self.smallWorlds { total, weights in
      worlds += 1
      let shares = BudgetShares.apportion(total, by: weights)
      if shares != awardOneByOne(total, weights) || shares.reduce(0, +) != total { wrong.append("\(total) \(weights)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    #expect(worlds == (5 + 35 + 215 + 1_295) * 13)
  }

  @Test func `全部小世界中一家点数增加不会使他家增加也不会使自己减少`() {
    var raises = 0
    var wrong: [String] = []
    Self.smallWorlds { total, weights in
      let before = BudgetShares.apportion(total, by: weights)
      for place in weights.indices {
        for step in Int64(1)...3 {
          var raised = weights
          raised[place] += step
          let after = BudgetShares.apportion(total, by: raised)
          raises += 1
          let ok = weights.indices.allSatisfy { $0 == place ? after[$0] >= before[$0] : after[$0] <= before[$0] }
          if !ok { wrong.append("\(total) \(weights) \(place)+\(step)") }
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
    #expect(raises > 200_000)
  }

  @Test func `全部小世界中预算增加不会使任何一家减少`() {
    var wrong: [String] = []
    Self.smallWorlds { total, weights in
      let (less, more) = (BudgetShares.apportion(total, by: weights), BudgetShares.apportion(total + 1, by: weights))
      if !zip(less, more).allSatisfy({ $0 <= $1 }) { wrong.append("\(total) \(weights)") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `随机世界与逐分授予一致`(seed: UInt64) {
    var dice = Dice(seed)
    for _ in 0..<1_500 {
      let holders = Int(dice.roll(1...12))
      let scales: [Int64] = [3, 50, 10_000, 1_000_000_000_000]
      let scale = scales[Int(dice.roll(0...3))]
      let weights = (0..<holders).map { _ in dice.roll(0...3) == 0 ? 0 : dice.roll(0...scale) }
      let total = dice.roll(0...400)
      #expect(BudgetShares.apportion(total, by: weights) == awardOneByOne(total, weights), "\(total) \(weights)")
    }
  }

  @Test func `随机大额预算合计分毫不差且单调`() {
    var dice = Dice(2_026)
    for _ in 0..<2_000 {
      let holders = Int(dice.roll(2...80))
      var weights = (0..<holders).map { _ in dice.roll(1...2_000_000_000_000) }
      let total = dice.roll(1...5_000_000_000_000)
      let before = BudgetShares.apportion(total, by: weights)
      #expect(before.reduce(0, +) == total)
      let place = Int(dice.roll(0...Int64(holders - 1)))
      weights[place] += dice.roll(1...1_000_000_000)
      let after = BudgetShares.apportion(total, by: weights)
      #expect(weights.indices.allSatisfy { $0 == place || after[$0] <= before[$0] })
      #expect(after[place] >= before[place])
    }
  }

  @Test func `机构先后次序不影响份额`() throws {
    var dice = Dice(7)
    for _ in 0..<300 {
      // Small weights make many ties, which the codes have to decide.
      let claims = (0..<9).map { BudgetShares.Claim("H\($0)", points(dice.roll(0...3))) }
      guard claims.contains(where: { $0.points > .zero }) else { continue }
      let budget = fen(dice.roll(0...50))
      let shares = try BudgetShares.split(budget, among: claims).get()
      let turned = claims.shuffled(using: &dice)
      let other = try BudgetShares.split(budget, among: turned).get()
      let byCode = Dictionary(uniqueKeysWithValues: zip(turned.map(\.holder), other))
      #expect(zip(claims, shares).allSatisfy { byCode[$0.holder] == $1 })
    }
  }

  @Test func `最大余数法下一家点数增加会使他家增加而本法不会`() {
    // The population paradox: the first holder's points rise from 3 to 5, and the second, whose points stay, gains.
    let (before, after) = ([Int64(3), 1, 3], [Int64(5), 1, 3])
    #expect(largestRemainders(4, before) == [2, 0, 2])
    #expect(largestRemainders(4, after) == [2, 1, 1])
    var paradoxes = 0
    for total in Int64(1)...200 {
      let (old, new) = (largestRemainders(total, before), largestRemainders(total, after))
      if new[1] > old[1] || new[2] > old[2] { paradoxes += 1 }
      let (mine, raised) = (BudgetShares.apportion(total, by: before), BudgetShares.apportion(total, by: after))
      #expect(raised[1] <= mine[1] && raised[2] <= mine[2], "\(total)")
    }
    #expect(paradoxes > 0)
  }

  @Test func `并列时代码在前者先得`() throws {
    let claims = ["H3", "H1", "H2"].map { BudgetShares.Claim($0, points(5)) }
    #expect(try BudgetShares.split(fen(4), among: claims).get() == [fen(1), fen(2), fen(1)])
    #expect(try BudgetShares.split(fen(5), among: claims).get() == [fen(1), fen(2), fen(2)])
  }

  @Test func `极大的预算和点数不溢出`() throws {
    let claims = [
      BudgetShares.Claim("A", Points(millionths: .max)), BudgetShares.Claim("B", Points(millionths: .max / 3)),
      BudgetShares.Claim("C", Points(millionths: 1)),
    ]
    let budget = Money(fen: 4_000_000_000_000_000_000)
    let shares = try BudgetShares.split(budget, among: claims).get()
    #expect(shares.reduce(.zero, +) == budget)
    #expect(shares[0] > shares[1] && shares[1] > shares[2])
  }

  @Test func `不能分配的说明缘由`() {
    func refusal(_ budget: Money, _ claims: [BudgetShares.Claim]) -> ClearingRefusal.Code? {
      guard case .failure(let refusal) = BudgetShares.split(budget, among: claims) else { return nil }
      return refusal.code
    }
    #expect(refusal(fen(-1), [.init("A", points(1))]) == .budgetNegative)
    #expect(refusal(fen(1), [.init("A", points(-1))]) == .pointsNegative)
    #expect(refusal(fen(1), [.init("A", points(1)), .init("A", points(1))]) == .holderTwice)
    #expect(refusal(fen(1), [.init("A", .zero)]) == .noPoints)
    #expect(refusal(fen(1), []) == .noPoints)
    #expect(refusal(.zero, []) == nil)
  }

  @Test func `按因素两级分配每级合计相等`() throws {
    var dice = Dice(11)
    for _ in 0..<300 {
      let first = dice.roll(0...100)
      let split = FactorSplit(
        [.init("heads", weight: percent(first)), .init("age", weight: percent(100 - first))], citation: trial)
      let holders = Dictionary(
        uniqueKeysWithValues: (0..<6).map { place in
          ("C\(place)", ["heads": points(dice.roll(1...90)), "age": points(dice.roll(1...90))])
        })
      let amount = fen(dice.roll(0...100_000_000))
      let shares = try split.split(amount, among: holders).get()
      #expect(shares.amounts.reduce(.zero, +) == amount)
      #expect(shares.factorParts.reduce(.zero, +) == amount)
      #expect(zip(shares.byFactor, shares.factorParts).allSatisfy { $0.reduce(.zero, +) == $1 })
    }
    let short = FactorSplit([.init("heads", weight: percent(99))], citation: trial)
    #expect(short.split(fen(1), among: ["A": ["heads": points(1)]]) == .failure(.init(.weightsNotWhole, "99%")))
  }
}
