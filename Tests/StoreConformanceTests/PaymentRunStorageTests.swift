import Kernel
import Payment
import People
import Testing
import Workflows

/// Published runs: once, never changed, corrected one by one.
@Suite struct PaymentRunStorageTests {
  private let run = PayingSample.run()

  private func expectRefused(_ store: any PaymentStore, _ run: PaymentRun, _ line: SourceLocation = #_sourceLocation)
    async
  {
    let failed: StoreError?
    do throws(StoreError) {
      try await store.publish(PayingSample.published(run))
      failed = nil
    } catch { failed = error }
    #expect(failed?.code == .refused, "the run was published", sourceLocation: line)
  }

  @Test(arguments: StoreUnderTest.available)
  func `批次原样取回`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      #expect(try await store.run(run.identity) == nil)
      #expect(try await store.runs(RunSelection(region: PayingSample.region)).isEmpty)
      try await store.publish(PayingSample.published(run))
      let kept = try #require(try await store.run(run.identity))
      #expect(kept == PayingSample.published(run))
      #expect(kept.run.bytes == run.bytes)
      #expect(try await store.runs(RunSelection(region: PayingSample.region)) == [kept])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同一批次再次发布只存一次且保留第一次的时间`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      try await store.publish(PayingSample.published(run))
      try await store.publish(PayingSample.published(run, "2026-02-01 00:00:00"))
      #expect(try await store.runs(RunSelection(region: PayingSample.region)) == [PayingSample.published(run)])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同期第二个批次被拒，除非更正最后一个`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      try await store.publish(PayingSample.published(run))
      await expectRefused(store, PayingSample.run(amount: 101))
      let first = PayingSample.run(amount: 102, correcting: run)
      try await store.publish(PayingSample.published(first))
      // A correction of what was corrected before, and of what was never published.
      await expectRefused(store, PayingSample.run(amount: 103, correcting: run))
      await expectRefused(store, PayingSample.run(amount: 104, correcting: PayingSample.run(amount: 105)))
      let second = PayingSample.run(amount: 106, correcting: first)
      try await store.publish(PayingSample.published(second))
      // Publishing the first once more is answered, although it is no longer the last.
      try await store.publish(PayingSample.published(run))
      let kept = try await store.runs(RunSelection(region: PayingSample.region)).map(\.run)
      #expect(kept == [run, first, second])
      #expect(kept[2].differences(from: kept[1]).map(\.change.fen) == [4, 8])
      let check = try await store.verifyRuns()
      #expect(check.faults == [])
      #expect(check.runCount == 3 && check.postingCount == 4 + 8 + 8)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `更正须属于同一期间、险种`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      await expectRefused(store, PayingSample.run(amount: 1, correcting: run))
      try await store.publish(PayingSample.published(run))
      await expectRefused(store, PayingSample.run(.year(2026), correcting: run))
      await expectRefused(store, PayingSample.run(.year(2025), .resident, correcting: run))
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同一标识的不同结果被拒`(kind: StoreUnderTest) async throws {
    let other = PaymentRun(run.inputs, lines: [], digest: { _ in run.identity }, entries: { _ in [] })
    try await kind.withPaying { store in
      try await store.publish(PayingSample.published(run))
      await expectRefused(store, other)
      #expect(try await store.run(run.identity)?.run == run)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `按种类、险种、期间挑选批次`(kind: StoreUnderTest) async throws {
    let resident = PayingSample.run(.year(2025), .resident)
    let march = PayingSample.run(.month(PayingSample.month("2025-03")))
    try await kind.withPaying { store in
      for run in [run, resident, march] { try await store.publish(PayingSample.published(run)) }
      let region = PayingSample.region
      let select = { (selection: RunSelection) in try await store.runs(selection).map(\.run) }
      #expect(try await select(RunSelection(region: region)) == [run, resident, march])
      #expect(try await select(RunSelection(kind: .year, region: region)) == [run, resident, march])
      #expect(try await select(RunSelection(kind: .month, region: region)).isEmpty)
      #expect(try await select(RunSelection(region: region, scheme: .resident)) == [resident])
      #expect(try await select(RunSelection(region: region, period: .year(2025))) == [run, resident])
      #expect(try await select(RunSelection(region: "990200")).isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `关闭后重开仍在`(kind: StoreUnderTest) async throws {
    try await kind.usePaying { open in
      let first = try open()
      try await first.store.put([PayingSample.item("1")], region: PayingSample.region)
      try await first.store.publish(PayingSample.published(run))
      first.close()
      let second = try open()
      defer { second.close() }
      #expect(try await second.store.all(.year(2025)) == [PayingSample.item("1")])
      #expect(try await second.store.run(run.identity) == PayingSample.published(run))
      try await second.store.publish(PayingSample.published(PayingSample.run(amount: 9, correcting: run)))
      #expect(try await second.store.verifyRuns().faults == [])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `并发发布只有一个成功`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      for year in 2001...2010 {
        let done = await withTaskGroup(of: Int64?.self) { group in
          for amount in Int64(1)...16 {
            group.addTask {
              let run = PayingSample.published(PayingSample.run(.year(year), amount: amount))
              do {
                try await store.publish(run)
                return amount
              } catch { return nil }
            }
          }
          return await group.reduce(into: [Int64]()) { done, amount in if let amount { done.append(amount) } }
        }
        let kept = try await store.runs(RunSelection(region: PayingSample.region, period: .year(year)))
        #expect(done.count == 1)
        #expect(kept.map(\.run) == done.map { PayingSample.run(.year(year), amount: $0) })
      }
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `并发发布同一批次都得到答复且只存一次`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<16 { group.addTask { try await store.publish(PayingSample.published(PayingSample.run())) } }
        try await group.waitForAll()
      }
      #expect(try await store.runs(RunSelection(region: PayingSample.region)).count == 1)
    }
  }
}
