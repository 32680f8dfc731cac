import Kernel
import Testing
import Workflows

/// Stock of institutions: movements that only add up, returns within bounds, deletions that leave their mark.
@Suite struct StockDeskTests {
  private static let hospital = "H99010000001"

  private func upload(
    _ kind: StockKind, _ count: Int64, serial: String, batch: String = "B1", visit: String = "", trace: [String] = [],
    time: String = "2026-03-02 09:00:00", change: String = ""
  ) -> StockUpload {
    let goods = StockGoods(item: "XA001", institutionItem: "Y1", name: "院内药品", batch: batch)
    var upload = StockUpload(kind: kind, goods: goods, count: Quantity(count), time: time, serial: serial)
    upload.visit = visit
    upload.traceCodes = trace
    upload.change = change
    return upload
  }

  private func send(_ trial: DeskTrial, _ id: String, _ uploads: StockUpload...) async
    -> Result<[StockMovement], DeskRefusal>
  {
    await trial.desk.uploadStock(uploads, trial.message(id, "3505"))
  }

  private func onHand(_ trial: DeskTrial, _ batch: String = "B1") async throws -> [Quantity] {
    try await trial.desk.stock(of: Self.hospital, batch: batch).get().map(\.count)
  }

  @Test func `采购、销售、退货后库存可推出，重发不重复`() async throws {
    let trial = try await DeskTrial()
    _ = try await send(trial, "M1", upload(.purchase, 100, serial: "P1")).get()
    let sold = try await send(
      trial, "M2", upload(.sale, 30, serial: "S1"), upload(.sale, 5, serial: "S2", visit: "V1")
    ).get()
    #expect(try await onHand(trial) == [Quantity(65)])
    #expect(
      try await send(trial, "M2", upload(.sale, 30, serial: "S1"), upload(.sale, 5, serial: "S2", visit: "V1")).get()
        == sold)
    _ = try await send(trial, "M3", upload(.saleReturn, 2, serial: "R1", visit: "V1")).get()
    _ = try await send(trial, "M4", upload(.purchaseReturn, 10, serial: "R2")).get()
    #expect(try await onHand(trial) == [Quantity(57)])
    #expect(try await trial.desk.stockMovements(of: Self.hospital, batch: "B1").get().count == 5)
  }

  @Test func `盘存之后的变动从盘存数算起`() async throws {
    let trial = try await DeskTrial()
    _ = try await send(trial, "M1", upload(.sale, 3, serial: "S0", time: "2026-03-01 23:59:59")).get()
    _ = try await send(trial, "M2", upload(.stocktake, 40, serial: "C", time: "2026-03-02 00:00:00")).get()
    _ = try await send(trial, "M3", upload(.sale, 3, serial: "S1")).get()
    #expect(try await onHand(trial) == [Quantity(37)])
    let effects: [(String, Int64)] = [
      ("101", 1), ("102", -1), ("103", 1), ("104", -1), ("105", -1), ("106", 1), ("107", -1), ("108", 0), ("109", 0),
      ("110", 1), ("111", -1),
    ]
    var expected: Int64 = 37
    for (code, sign) in effects {
      _ = try await send(trial, "C\(code)", upload(.change, 2, serial: code, change: code)).get()
      expected += 2 * sign
      #expect(try await onHand(trial) == [Quantity(expected)], "\(code)")
    }
    #expect(await send(trial, "M9", upload(.stocktake, 0, serial: "C0")).refusal == nil)
  }

  @Test func `退货不能多于已采购或已售出，也不能多于该次就诊所售`() async throws {
    let trial = try await DeskTrial()
    #expect(
      await send(trial, "M1", upload(.purchaseReturn, 1, serial: "R")).refusal
        == .desk(.returnExceeds, about: "[1] B1 1 > 0"))
    _ = try await send(trial, "M2", upload(.purchase, 10, serial: "P")).get()
    _ = try await send(trial, "M3", upload(.purchaseReturn, 6, serial: "R1")).get()
    let late = await send(
      trial, "M4", upload(.purchaseReturn, 4, serial: "R2"), upload(.purchaseReturn, 1, serial: "R3"))
    #expect(late.refusal == .desk(.returnExceeds, about: "[2] B1 11 > 10"))
    _ = try await send(trial, "M5", upload(.purchaseReturn, 4, serial: "R2")).get()
    _ = try await send(
      trial, "M6", upload(.sale, 5, serial: "S1", visit: "V1"), upload(.sale, 5, serial: "S2", visit: "V2")
    ).get()
    #expect(
      await send(trial, "M7", upload(.saleReturn, 6, serial: "R4", visit: "V1")).refusal
        == .desk(.returnExceeds, about: "[1] B1 6 > 5"))
    _ = try await send(trial, "M8", upload(.saleReturn, 5, serial: "R4", visit: "V1")).get()
    // The sale named another visit, or none: the batch decides.
    _ = try await send(trial, "M9", upload(.saleReturn, 5, serial: "R5")).get()
    #expect(
      await send(trial, "M10", upload(.saleReturn, 1, serial: "R6", visit: "V9")).refusal
        == .desk(.returnExceeds, about: "[1] B1 11 > 10"))
  }

  @Test func `单据重复、数量不当、日期颠倒都被拒绝且不留痕迹`() async throws {
    let trial = try await DeskTrial()
    _ = try await send(trial, "M1", upload(.sale, 1, serial: "S1")).get()
    #expect(await send(trial, "M2", upload(.sale, 1, serial: "S1")).refusal == .desk(.stockSerialUsed, about: "[1] S1"))
    let twice = await send(trial, "M3", upload(.sale, 1, serial: "S2"), upload(.sale, 1, serial: "S2"))
    #expect(twice.refusal == .desk(.stockSerialUsed, about: "[2] S2"))
    #expect(await send(trial, "M4", upload(.purchase, 1, serial: "S1")).refusal == nil)
    for count: Int64 in [0, -1] {
      #expect(
        await send(trial, "N\(count)", upload(.sale, count, serial: "S3")).refusal
          == .desk(.quantityImpossible, about: "[1] \(count)"))
    }
    #expect(
      await send(trial, "M5", upload(.stocktake, -1, serial: "C")).refusal
        == .desk(.quantityImpossible, about: "[1] -1"))
    var backwards = upload(.sale, 1, serial: "S4")
    backwards.goods.made = try trial.day("2026-02-01")
    backwards.goods.expires = try trial.day("2026-01-31")
    #expect(
      await send(trial, "M6", backwards).refusal
        == .desk(.datesImpossible, about: "[1].expy_end 2026-02-01…2026-01-31"))
    #expect(try await trial.desk.stockMovements(of: Self.hospital, batch: "B1").get().count == 2)
  }

  @Test func `删除只做标记，之后可以重新上传，统计随之改变`() async throws {
    let trial = try await DeskTrial()
    _ = try await send(trial, "M1", upload(.purchase, 10, serial: "P"), upload(.purchaseReturn, 10, serial: "R")).get()
    _ = try await send(trial, "M2", upload(.sale, 3, serial: "S", trace: ["T1"])).get()
    let gone = try await trial.desk.deleteStock(
      [.purchase, .purchaseReturn], batch: "B1", trial.message("D1", "3507")
    ).get()
    #expect(gone.map(\.deleted) == ["2026-03-02 10:00:00", "2026-03-02 10:00:00"])
    let again = try await trial.desk.deleteStock(
      [.purchase, .purchaseReturn], batch: "B1", trial.message("D1", "3507")
    ).get()
    #expect(again == gone)
    let nothing = await trial.desk.deleteStock([.purchase], batch: "B1", trial.message("D2", "3507"))
    #expect(nothing.refusal == .desk(.stockUnknown, about: "B1"))
    #expect(try await onHand(trial) == [Quantity(-3)])
    #expect(
      await send(trial, "M3", upload(.purchaseReturn, 1, serial: "R")).refusal
        == .desk(.returnExceeds, about: "[1] B1 1 > 0"))
    _ = try await send(trial, "M4", upload(.purchase, 8, serial: "P")).get()
    #expect(try await onHand(trial) == [Quantity(5)])
    let all = try await trial.desk.stockMovements(of: Self.hospital, batch: "B1").get()
    #expect(all.count == 4 && all.filter { $0.deleted != nil }.count == 2)
  }

  @Test func `追溯码按码可查，两次售出都留下`() async throws {
    let trial = try await DeskTrial()
    let first = try await send(trial, "M1", upload(.sale, 2, serial: "S1", trace: ["T1", "T2"])).get()
    let second = try await send(trial, "M2", upload(.sale, 1, serial: "S2", batch: "B2", trace: ["T1"])).get()
    let traces = try await trial.desk.traces(of: "T1").get()
    #expect(traces.map(\.movement) == [first[0].id, second[0].id])
    #expect(traces.allSatisfy { $0.kind == .sale && $0.owner == Self.hospital })
    #expect(try await trial.desk.traces(of: "T2").get().map(\.movement) == [first[0].id])
    #expect(try await trial.desk.traces(of: "T9").get().isEmpty)
  }

  /// Whatever is sent in whatever order: what was accepted keeps returns within what went out, and the stock that is
  /// told is the one that a model without tallies adds up.
  @Test(arguments: [1, 2, 3] as [UInt64]) func `任意次序的流水都守恒`(seed: UInt64) async throws {
    let trial = try await DeskTrial()
    var random = SplitMix(state: seed)
    var model: [StockKind: Int64] = [:]
    for round in 0..<300 {
      if random.next() % 25 == 0 {
        let kinds: [StockKind] = random.next() % 2 == 0 ? [.purchase, .purchaseReturn] : [.sale, .saleReturn]
        let gone = await trial.desk.deleteStock(kinds, batch: "B1", trial.message("D\(round)", "3507"))
        #expect((gone.refusal == nil) == kinds.contains { model[$0] ?? 0 > 0 })
        for kind in kinds { model[kind] = 0 }
        continue
      }
      let kind = [StockKind.purchase, .purchaseReturn, .sale, .saleReturn][Int(random.next() % 4)]
      let count = Int64(random.next() % 9 + 1)
      let out: StockKind? = kind == .purchaseReturn ? .purchase : kind == .saleReturn ? .sale : nil
      let fits = out.map { (model[kind] ?? 0) + count <= model[$0] ?? 0 } ?? true
      let answer = await send(trial, "M\(round)", upload(kind, count, serial: "\(round)"))
      #expect((answer.refusal == nil) == fits)
      if fits { model[kind, default: 0] += count }
      let expected =
        (model[.purchase] ?? 0) - (model[.purchaseReturn] ?? 0) - (model[.sale] ?? 0) + (model[.saleReturn] ?? 0)
      #expect(try await onHand(trial).first ?? Quantity(0) == Quantity(expected))
    }
  }
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
