import Catalog
import Claims
import Kernel
import Ledger
import People
import Settlement
import Testing

/// Properties that every settlement has, over the random world.
@Suite struct EnginePropertyTests {
  @Test(arguments: 1...10)
  func `明细次序不影响任何金额`(seed: Int) throws {
    var walk = WorldWalk(seed: UInt64(1_000 + seed))
    var dice = Dice(seed: UInt64(seed))
    try walk.claims(1_000) { visit in
      guard case .success(let settled) = visit.result else { return }
      var claim = visit.claim
      for place in claim.lines.indices.dropFirst() { claim.lines.swapAt(place, dice.below(place + 1)) }
      let again = SettlementEngine.settle(
        claim, of: visit.person, under: visit.policy, after: visit.before, credit: visit.credit)
      let amounts = try again.get().amounts
      try #require(amounts == settled.amounts, "\(visit.claim.id)")
      try #require(try again.get().change == settled.change, "\(visit.claim.id)")
    }
  }

  @Test(arguments: 1...10)
  func `限额以下政策范围金额越大基金支付不会更少`(seed: Int) throws {
    var walk = WorldWalk(seed: UInt64(2_000 + seed))
    var dice = Dice(seed: UInt64(seed))
    var compared = 0
    try walk.claims(1_500) { visit in
      guard case .success(let settled) = visit.result, !settled.isCut,
        let line = visit.claim.lines.firstIndex(where: { $0.isPlainClassA })
      else { return }
      var claim = visit.claim
      let more = Money(fen: Int64(1 + dice.below(dice.below(2) == 0 ? 3 : 500_000)))
      let amount = claim.lines[line].amount + more
      claim.lines[line].quantity = Quantity(1)
      claim.lines[line].price = UnitPrice(microyuan: amount.fen * 10_000)
      claim.lines[line].amount = amount
      let again = SettlementEngine.settle(
        claim, of: visit.person, under: visit.policy, after: visit.before, credit: visit.credit)
      guard case .success(let larger) = again, !larger.isCut else { return }
      compared += 1
      try #require(larger.amounts.inPolicy >= settled.amounts.inPolicy)
      try #require(larger.amounts.fund >= settled.amounts.fund, "\(visit.claim.id)")
      try #require(larger.amounts.pooled >= settled.amounts.pooled, "\(visit.claim.id)")
    }
    #expect(compared > 100)
  }

  @Test(arguments: 1...5)
  func `撤销还原累计且分录正反相抵`(seed: Int) throws {
    var walk = WorldWalk(seed: UInt64(3_000 + seed))
    try walk.claims(1_000) { visit in
      guard case .success(let settled) = visit.result else { return }
      var accumulators = visit.before
      accumulators.add(settled.change)
      accumulators.remove(settled.change)
      try #require(accumulators == visit.before)
      let back = settled.reversalEntry(reference: "back")
      var sums: [LedgerAccount: Int64] = [:]
      for posting in settled.entry.postings + back.postings { sums[posting.account, default: 0] += posting.amount.fen }
      try #require(sums.values.allSatisfy { $0 == 0 })
      try #require(settled.entry.postings.reduce(Money.zero) { $0 + $1.amount } == .zero)
    }
  }

  @Test(arguments: 1...5)
  func `每行四部分之和等于该行金额且合计一致`(seed: Int) throws {
    var walk = WorldWalk(seed: UInt64(4_000 + seed))
    try walk.claims(1_000) { visit in
      guard case .success(let settled) = visit.result else { return }
      var sum = LineSums()
      for (line, share) in zip(visit.claim.lines, settled.lineShares) {
        let parts = share.fullySelfPaid + share.overLimit + share.preliminarySelfPay + share.inPolicy
        try #require(parts == line.amount)
        sum.add(share)
      }
      try #require(sum == LineSums(settled.amounts))
    }
  }

  /// Lines' parts added up.
  struct LineSums: Equatable {
    var fullySelfPaid = Money.zero
    var overLimit = Money.zero
    var preliminarySelfPay = Money.zero
    var inPolicy = Money.zero

    init() {}

    init(_ amounts: SettlementAmounts) {
      fullySelfPaid = amounts.fullySelfPaid
      overLimit = amounts.overLimit
      preliminarySelfPay = amounts.preliminarySelfPay
      inPolicy = amounts.inPolicy
    }

    mutating func add(_ share: LineShare) {
      fullySelfPaid += share.fullySelfPaid
      overLimit += share.overLimit
      preliminarySelfPay += share.preliminarySelfPay
      inPolicy += share.inPolicy
    }
  }
}

extension SettledClaim {
  /// Whether a cap cut something.
  fileprivate var isCut: Bool {
    let caps: Set<StepCode> = [.visitCap, .diseaseCap, .annualCap, .pooledCap, .separatePooledCap, .inPolicyCap]
    return steps.contains { caps.contains($0.code) }
  }
}

extension FeeLine {
  /// A line whose whole amount is in policy, whatever the region says.
  fileprivate var isPlainClassA: Bool {
    terms.chargeClass == .a && terms.priceCeiling == nil && terms.firstSelfPay == nil && !terms.isLimitedUse
      && !terms.isSeparatelyPaid && !terms.isTraditionalChinese && approval != .refused && !isSameIncisionOperation
  }
}
