import Claims
import Kernel
import People
import Policy
import Settlement
import Testing

/// The engine against the slow, separately written reference, over random years under random policies.
@Suite struct EngineAgainstReferenceTests {
  /// 100,000 claims in all; each seed is a world of its own.
  @Test(arguments: 1...20)
  func `引擎与独立参照逐分一致`(seed: Int) throws {
    var walk = WorldWalk(seed: UInt64(seed))
    try walk.claims(5_000) { visit in
      try #require(visit.differences == [], "seed \(seed), claim \(visit.claim)")
    }
    #expect(walk.settled > 3_000)
  }

  @Test func `不记过程的结算与记过程的结算相同`() throws {
    var walk = WorldWalk(seed: 77)
    try walk.claims(2_000) { visit in
      let quick = SettlementEngine.amounts(
        visit.claim, of: visit.person, under: visit.policy, after: visit.before, credit: visit.credit)
      switch (quick, visit.result) {
      case (.success(let amounts), .success(let settled)):
        #expect(amounts.amounts == settled.amounts)
        #expect(amounts.change == settled.change)
        #expect(amounts.cover == settled.cover)
      case (.failure(let one), .failure(let other)): #expect(one == other)
      default: Issue.record("one settles, the other refuses: \(visit.claim.id)")
      }
    }
  }

  @Test func `对照能发现一分之差`() throws {
    var walk = WorldWalk(seed: 5)
    var found = false
    try walk.claims(200) { visit in
      guard case .success(let settled) = visit.result, visit.reference.cash > 0 else { return }
      var reference = visit.reference
      reference.cash -= 1
      found = found || !WorldWalk.differences(settled, reference).isEmpty
    }
    #expect(found)
  }
}

/// Walks through a random world with both implementations side by side.
struct WorldWalk {
  /// One claim as both settled it.
  struct Visit {
    let claim: Claim
    let person: InsuredPerson
    let policy: SettlementPolicy
    let before: Accumulators
    let credit: CreditFacts
    let result: Result<SettledClaim, SettlementOutcome>
    let reference: ReferenceResult
    let differences: [String]
  }

  private var world: RandomWorld
  private var compiled: (number: Int, policy: SettlementPolicy)?
  private(set) var settled = 0

  init(seed: UInt64) { world = RandomWorld(seed: seed) }

  /// Settles at least so many claims.
  mutating func claims(_ count: Int, _ look: (Visit) throws -> Void) throws {
    var seen = 0
    while seen < count {
      let year = world.year(length: 24)
      var before = Accumulators(scheme: year.scheme, year: RandomWorld.year)
      var slow = year.accumulators
      var open: [String: (quick: AccumulatorChange, slow: ReferenceChange)] = [:]
      for step in year.steps {
        switch step {
        case .settle(let claim, let credit):
          let visit = try settle(claim, credit, year, before, slow)
          try look(visit)
          if case .success(let done) = visit.result, visit.reference.isSettled {
            before.add(done.change)
            slow = visit.reference.accumulators
            open[claim.id] = (done.change, visit.reference.change)
            settled += 1
          }
          seen += 1
        case .reverse(let id):
          guard let change = open.removeValue(forKey: id) else { continue }
          before.remove(change.quick)
          slow.take(change.slow)
        }
        try #require(ReferenceAccumulators(before) == slow, "after \(step)")
      }
    }
  }

  private mutating func settle(
    _ claim: Claim, _ credit: ReferenceCredit, _ year: RandomYear, _ before: Accumulators,
    _ slow: ReferenceAccumulators
  ) throws -> Visit {
    let snapshot = year.policy.snapshot(for: claim)
    let policy: SettlementPolicy
    if let compiled, compiled.number == year.policyNumber {
      policy = compiled.policy
    } else {
      policy = try SettlementPolicy(snapshot)
      compiled = (year.policyNumber, policy)
    }
    let facts = CreditFacts(
      balance: Money(fen: credit.balance), familyBalance: Money(fen: credit.familyBalance),
      usesAccount: credit.useAccount, creditLine: credit.creditLine.map { Money(fen: $0) })
    let reference = ReferenceSettlement.settle(
      claim, person: year.person, snapshot: snapshot, accumulators: slow, credit: credit)
    let result = SettlementEngine.settle(claim, of: year.person, under: policy, after: before, credit: facts)
    let differences =
      switch result {
      case .success(let settled): Self.differences(settled, reference)
      case .failure(let outcome):
        outcome.rawValue == reference.number && outcome.word == reference.word
          ? [] : ["outcome \(outcome) instead of \(reference.word)"]
      }
    return Visit(
      claim: claim, person: year.person, policy: policy, before: before, credit: facts, result: result,
      reference: reference, differences: differences)
  }

  /// Every amount that differs, by name.
  static func differences(_ settled: SettledClaim, _ reference: ReferenceResult) -> [String] {
    guard reference.isSettled else { return ["settled instead of \(reference.word)"] }
    let amounts = settled.amounts
    var layers: [SupplementLayer: Int64] = [:]
    for (layer, amount) in [
      (SupplementLayer.largeSum, amounts.largeSum), (.catastrophic, amounts.catastrophic),
      (.civilServant, amounts.civilServant), (.enterprise, amounts.enterprise), (.assistance, amounts.assistance),
      (.other, amounts.other),
    ] where amount != .zero { layers[layer] = amount.fen }
    var found: [String] = []
    for (name, quick, slow) in [
      ("total", amounts.total, reference.total), ("fullySelfPaid", amounts.fullySelfPaid, reference.fullySelfPaid),
      ("overLimit", amounts.overLimit, reference.overLimit),
      ("preliminarySelfPay", amounts.preliminarySelfPay, reference.preliminarySelfPay),
      ("inPolicy", amounts.inPolicy, reference.inPolicy), ("deductible", amounts.deductible, reference.deductible),
      ("pooled", amounts.pooledOrdinary, reference.pooled), ("separate", amounts.pooledSeparate, reference.separate),
      ("fund", amounts.fund, reference.fund), ("hospital", amounts.hospital, reference.hospital),
      ("person", amounts.person, reference.person), ("account", amounts.ownAccount, reference.account),
      ("familyAccount", amounts.familyAccount, reference.familyAccount), ("cash", amounts.cash, reference.cash),
      ("credit", amounts.creditAdvance, reference.credit),
    ] where quick.fen != slow { found.append("\(name) \(quick.fen) instead of \(slow)") }
    let slowLayers = reference.layers.filter { $0.value != 0 }
    if layers != slowLayers { found.append("layers \(layers) instead of \(slowLayers)") }
    return found
  }
}

extension ReferenceAccumulators {
  /// The engine's accumulators in the reference's plain form.
  init(_ quick: Accumulators) {
    self.init(year: quick.year, scheme: quick.scheme)
    var change = ReferenceChange()
    let totals = quick.totals
    for care in CareCategory.allCases {
      change.add(totals.deductible[care].fen, to: "deductible/\(care.word)")
      change.add(totals.inPolicy[care].fen, to: "in_policy/\(care.word)")
      change.add(totals.covered[care].fen, to: "above_deductible/\(care.word)")
      change.add(totals.pooled[care].fen, to: "pooled/\(care.word)")
    }
    for layer in SupplementLayer.allCases {
      change.add(totals.layerBurden[layer].fen, to: "layer_burden/\(layer.word)")
      change.add(totals.layerPaid[layer].fen, to: "layer_paid/\(layer.word)")
    }
    change.add(totals.countedPooled.fen, to: "pooled_counted")
    change.add(totals.countedInPolicy.fen, to: "in_policy_counted")
    for (key, amount) in quick.uses {
      switch key {
      case .item(let item, let month): change.add(amount.fen, to: "separate/\(item)/\(month)")
      case .disease(let disease): change.add(amount.fen, to: "disease/\(disease)")
      }
    }
    add(change)
    stays = quick.stays.map {
      ReferenceStay(claim: $0.claim, plan: $0.plan, level: $0.level, chain: $0.chain, standard: $0.standard.fen)
    }
  }
}
