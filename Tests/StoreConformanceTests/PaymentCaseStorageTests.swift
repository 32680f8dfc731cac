import Kernel
import Payment
import People
import Testing
import Workflows

/// Cases of paying: what is put is what is handed out, in order, of one state.
@Suite struct PaymentCaseStorageTests {
  @Test(arguments: StoreUnderTest.available)
  func `病例原样取回`(kind: StoreUnderTest) async throws {
    var special = PayingSample.item("2025-\"引号\"-号".filter(\.isASCII), "H9")
    special.marks = [.transfer, .daySurgery]
    special.traditionalChinese = Money(fen: 12_345)
    special.department = "中医\"科'\\\n二区"
    special.physician = ""
    special.group = ""
    special.cost = Money(fen: .max)
    special.fundShare = Money(fen: -1)
    special.level = .provincial
    special.dischargeKind = 5
    let kept = special
    try await kind.withPaying { store in
      try await store.put([kept, PayingSample.item("A")], region: PayingSample.region)
      #expect(try await store.all(.year(2025)) == [kept, PayingSample.item("A")].sorted { $0.id < $1.id })
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `按月份、年度、险种、机构、统筹区挑选`(kind: StoreUnderTest) async throws {
    let (march, december) = (PayingSample.item("3"), PayingSample.item("12", "H2", .employee, "2025-12"))
    let resident = PayingSample.item("4", "H1", .resident)
    let next = PayingSample.item("1", "H1", .employee, "2026-01")
    try await kind.withPaying { store in
      try await store.put([march, december, resident, next], region: PayingSample.region)
      try await store.put([PayingSample.item("3", cost: 1)], region: "990200")
      #expect(try await store.all(.year(2025)) == [december, march])
      #expect(try await store.all(.month(PayingSample.month("2025-03"))) == [march])
      #expect(try await store.all(.year(2025), .resident) == [resident])
      #expect(try await store.all(.year(2025), institution: "H2") == [december])
      #expect(try await store.all(.year(2026)) == [next])
      #expect(try await store.all(.year(2024)).isEmpty)
      #expect(try await store.all(.year(2025), institution: "H3").isEmpty)
      #expect(try await store.all(.year(2025), region: "990200") == [PayingSample.item("3", cost: 1)])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `同号病例被替换且可以换月份、险种`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      try await store.put([PayingSample.item("1"), PayingSample.item("2")], region: PayingSample.region)
      let moved = PayingSample.item("1", "H2", .resident, "2025-04", cost: 7)
      try await store.put([PayingSample.item("1", cost: 8), moved], region: PayingSample.region)
      #expect(try await store.all(.year(2025)) == [PayingSample.item("2")])
      #expect(try await store.all(.year(2025), .resident) == [moved])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `撤回的病例不再给出，不存在的略过`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      try await store.put(["1", "2", "3", "4"].map { PayingSample.item($0) }, region: PayingSample.region)
      try await store.put([PayingSample.item("1")], region: "990200")
      try await store.withdraw(["1", "4", "9", "1"], region: PayingSample.region)
      #expect(try await store.all(.year(2025)).map(\.id) == ["2", "3"])
      #expect(try await store.all(.year(2025), region: "990200").map(\.id) == ["1"])
      let again = [PayingSample.item("4", cost: 5), PayingSample.item("3", cost: 6)]
      try await store.put(again, region: PayingSample.region)
      #expect(try await store.all(.year(2025)).map(\.cost.fen) == [600_000, 6, 5])
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `按结算号取一例`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      var marked = PayingSample.item("2", "H2", .resident, "2025-12", cost: 5)
      marked.marks = [.transfer, .daySurgery]
      try await store.put([PayingSample.item("1"), marked, PayingSample.item("3")], region: PayingSample.region)
      try await store.put([PayingSample.item("1", cost: 7)], region: "990200")
      try await store.withdraw(["1"], region: PayingSample.region)
      #expect(try await store.paymentCase("2", region: PayingSample.region) == marked)
      #expect(try await store.paymentCase("3", region: PayingSample.region) == PayingSample.item("3"))
      #expect(try await store.paymentCase("1", region: PayingSample.region) == nil)
      #expect(try await store.paymentCase("1", region: "990200")?.cost == Money(fen: 7))
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `跨月份按结算号升序分块给出`(kind: StoreUnderTest) async throws {
    // Months come round in turn, so that every block needs all twelve; numbers grow in length on purpose.
    let cases = (0..<30_000).map { number in
      let month = number * 7 % 12 + 1
      return PayingSample.item("S\(number)", "H\(number % 60)", .employee, "2025-\(month < 10 ? "0" : "")\(month)")
    }
    try await kind.withPaying { store in
      for start in stride(from: 0, to: cases.count, by: 10_000) {
        try await store.put(Array(cases[start..<start + 10_000].reversed()), region: PayingSample.region)
      }
      let basket = CaseBasket()
      try await store.cases(CaseSelection(region: PayingSample.region, scheme: .employee, period: .year(2025))) {
        basket.add($0)
      }
      #expect(basket.cases == cases.sorted { $0.id < $1.id })
      #expect(basket.blocks.count > 1 && basket.blocks.allSatisfy { (1...10_000).contains($0.count) })
      let may = try await store.all(.month(PayingSample.month("2025-05")), institution: "H8")
      #expect(may == cases.filter { $0.month.month == 5 && $0.institution == "H8" }.sorted { $0.id < $1.id })
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `一次放入要么全部要么没有`(kind: StoreUnderTest) async throws {
    try await kind.withPaying { store in
      for bad in ["", "结算一", "A\u{0}B"] {
        await #expect(throws: StoreError.self) {
          try await store.put([PayingSample.item("1"), PayingSample.item(bad)], region: PayingSample.region)
        }
      }
      var item = PayingSample.item("2")
      item.department = "a\u{0}b"
      let broken = item
      await #expect(throws: StoreError.self) {
        try await store.put([PayingSample.item("1"), broken], region: PayingSample.region)
      }
      let kept = try await store.all(.year(2025))
      #expect(kept.isEmpty)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `读取者的错误原样返回并且不再给出`(kind: StoreUnderTest) async throws {
    let failure = StoreError(.refused, operation: "test", detail: "enough")
    try await kind.withPaying { store in
      try await store.put((0..<9_000).map { PayingSample.item("\($0)") }, region: PayingSample.region)
      let basket = CaseBasket()
      await #expect(throws: failure) {
        try await store.cases(CaseSelection(region: PayingSample.region, scheme: .employee, period: .year(2025))) {
          block throws(StoreError) in
          basket.add(block)
          throw failure
        }
      }
      #expect(basket.blocks.count == 1)
      #expect(try await store.all(.year(2025)).count == 9_000)
    }
  }

  @Test(arguments: StoreUnderTest.available)
  func `读取期间的写入不影响读到的状态`(kind: StoreUnderTest) async throws {
    let old = (0..<20_000).map { PayingSample.item("\($0)", "H1", .employee, $0 % 2 == 0 ? "2025-03" : "2025-04") }
    let new = old.map { item in
      var changed = item
      changed.cost = Money(fen: 1)
      return changed
    }
    try await kind.withPaying { store in
      try await store.put(old, region: PayingSample.region)
      async let reading = store.all(.year(2025))
      async let writing: Void = store.put(new, region: PayingSample.region)
      let (read, _) = try await (reading, writing)
      // Either state, but one of them as a whole.
      #expect(Set(read.map(\.cost)).count == 1 && read.count == old.count)
      #expect(try await store.all(.year(2025)) == new.sorted { $0.id < $1.id })
    }
  }
}
