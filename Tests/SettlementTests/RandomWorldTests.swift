import Claims
import Kernel
import Policy
import Settlement
import Testing

/// The random world is what it claims to be, and the reference keeps its identities in it.
@Suite struct RandomWorldTests {
  /// Settles years of the world from a seed on until so many claims came; gives every claim and its result.
  static func settle(
    claims count: Int, seed: UInt64, _ visit: (Claim, ReferenceAccumulators, ReferenceResult) -> Void
  ) {
    var world = RandomWorld(seed: seed)
    var settled = 0
    while settled < count {
      let year = world.year(length: 12)
      var accumulators = year.accumulators
      var open: [String: ReferenceResult] = [:]
      for step in year.steps {
        switch step {
        case .settle(let claim, let credit):
          let result = ReferenceSettlement.settle(
            claim, person: year.person, snapshot: year.policy.snapshot(for: claim), accumulators: accumulators,
            credit: credit)
          visit(claim, accumulators, result)
          accumulators = result.accumulators
          if result.isSettled { open[claim.id] = result }
          settled += 1
        case .reverse(let claim):
          if let result = open.removeValue(forKey: claim) { accumulators.take(result.change) }
        }
      }
    }
  }

  @Test func `两千次随机结算恒等式成立且冲销还原累计`() {
    var settled = 0
    Self.settle(claims: 2_000, seed: 1) { claim, before, result in
      #expect(result.brokenIdentities == [], "\(claim)")
      if result.isSettled {
        settled += 1
        var restored = result.accumulators
        restored.take(result.change)
        #expect(restored == before)
      } else {
        #expect(result.accumulators == before)
      }
    }
    #expect(settled > 1_200)
  }

  @Test func `先后结算后冲销前一次等于只结算后一次的变动`() {
    var world = RandomWorld(seed: 2)
    for _ in 0..<50 {
      let year = world.year(length: 12)
      var accumulators = year.accumulators
      var open: [(claim: String, change: ReferenceChange)] = []
      for step in year.steps {
        switch step {
        case .settle(let claim, let credit):
          let result = ReferenceSettlement.settle(
            claim, person: year.person, snapshot: year.policy.snapshot(for: claim), accumulators: accumulators,
            credit: credit)
          accumulators = result.accumulators
          if result.isSettled { open.append((claim.id, result.change)) }
        case .reverse(let claim):
          guard let place = open.firstIndex(where: { $0.claim == claim }) else { continue }
          accumulators.take(open.remove(at: place).change)
        }
        var rebuilt = year.accumulators
        for each in open { rebuilt.add(each.change) }
        #expect(rebuilt == accumulators)
      }
    }
  }

  @Test func `随机世界覆盖词汇表的每个标识和每种结果`() {
    var world = RandomWorld(seed: 3)
    var stated: Set<String> = []
    for _ in 0..<200 { stated.formUnion(world.policy().values.keys) }
    let missing = SettlementVocabulary.definitions.map(\.identifier).filter { !stated.contains($0) }
    #expect(missing == [])
    var outcomes: Set<Int> = []
    var layers: Set<SupplementLayer> = []
    Self.settle(claims: 20_000, seed: 4) { _, _, result in
      outcomes.insert(result.number)
      layers.formUnion(result.layers.filter { $0.value > 0 }.keys)
    }
    #expect(Set(ReferenceResult.words.keys).subtracting(outcomes) == [])
    #expect(layers.count == SupplementLayer.allCases.count)
  }

  @Test func `随机政策守装载规则`() {
    var world = RandomWorld(seed: 5)
    for _ in 0..<100 {
      let policy = world.policy()
      #expect(PolicyForm.faults(of: policy) == [])
    }
  }

  @Test func `同一种子得到同一世界`() {
    var first = RandomWorld(seed: 6)
    var second = RandomWorld(seed: 6)
    var third = RandomWorld(seed: 7)
    let claims = [first.year(length: 20), second.year(length: 20), third.year(length: 20)].map { year in
      year.steps.compactMap { step in
        if case .settle(let claim, _) = step { claim } else { nil }
      }
    }
    #expect(claims[0] == claims[1])
    #expect(claims[0] != claims[2])
  }
}
