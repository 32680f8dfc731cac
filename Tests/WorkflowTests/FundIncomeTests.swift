import Kernel
import Ledger
import Testing
import Workflows

/// What funds received is filed once, and adds up beside what they spent.
@Suite struct FundIncomeTests {
  private func receipt(
    _ id: String, _ day: String, _ fund: Fund = .employeePooled, _ kind: FundReceipt.Kind = .contribution,
    fen: Int64 = 100
  ) throws -> FundReceipt {
    FundReceipt(
      id: id, day: try #require(CalendarDate(day)), fund: fund, kind: kind, amount: Money(fen: fen), basis: "回单")
  }

  @Test func `同一编号只入账一次，内容不同则全部不入账`() async throws {
    let desk = FundDesk(store: MemoryStore())
    let january = try receipt("A1", "2026-01-20")
    let first = try await desk.file([january, try receipt("A2", "2026-02-20")]).get()
    #expect(first.added == 2 && first.same == 0)
    let again = try await desk.file([january, january]).get()
    #expect(again.added == 0 && again.same == 2)
    let other = try receipt("A1", "2026-01-20", fen: 101)
    #expect(await desk.file([try receipt("A3", "2026-03-20"), other]) == .failure(.differs("A1")))
    #expect(await desk.file([try receipt("A4", "2026-03-20", fen: 0)]) == .failure(.nothing("A4")))
    #expect(try await desk.receipts(in: 2026).map(\.id) == ["A1", "A2"])
    #expect(try await desk.receipts(in: 2025).isEmpty)
  }

  @Test func `同一份表内编号重复而内容不同也不入账`() async throws {
    let desk = FundDesk(store: MemoryStore())
    let filed = await desk.file([try receipt("A1", "2026-01-20"), try receipt("A1", "2026-01-21")])
    #expect(filed == .failure(.differs("A1")))
    #expect(try await desk.receipts(in: 2026).isEmpty)
  }

  @Test func `更正用相反金额，年末日计入本年`() async throws {
    let desk = FundDesk(store: MemoryStore())
    _ = try await desk.file([try receipt("A1", "2026-12-31", fen: 500), try receipt("A2", "2026-12-31", fen: -500)])
      .get()
    #expect(try await desk.receipts(in: 2026).reduce(Money.zero) { $0 + $1.amount } == .zero)
  }

  @Test func `收支结余：上年结余计入累计而不计入本期收入`() throws {
    let receipts = [
      try receipt("C", "2026-01-01", .employeePooled, .carried, fen: 10_000),
      try receipt("A1", "2026-01-20", fen: 300), try receipt("A2", "2026-02-20", fen: 400),
      try receipt("A3", "2026-03-20", fen: 5_000), try receipt("R1", "2026-02-05", .residentPooled, fen: 70),
    ]
    let first = try #require(CalendarDate(year: 2026, month: 2, day: 1))
    let february = try #require(DateRange(first, CalendarDate(year: 2026, month: 2, day: 28)))
    let sheet = FundSheet(
      receipts, in: february, spent: [.employeePooled: Money(fen: 900), .assistance: Money(fen: 5)],
      spentInYear: [.employeePooled: Money(fen: 1_100), .assistance: Money(fen: 9)])
    #expect(sheet.lines.map(\.fund) == [.employeePooled, .residentPooled, .assistance])
    let employee = sheet.lines[0]
    #expect(employee.received == Money(fen: 400) && employee.left == Money(fen: -500))
    // The receipt of March lies after the period.
    #expect(employee.receivedInYear == Money(fen: 10_700) && employee.balance == Money(fen: 9_600))
    // Nothing was entered of what assistance received: what it spent is shown, and no balance.
    #expect(sheet.lines[2].spentInYear == Money(fen: 9))
    #expect(sheet.lines[2].balance == nil && sheet.lines[2].left == nil)
    #expect(sheet.whole?.balance == Money(fen: 10_770 - 1_100) && sheet.whole?.left == Money(fen: 470 - 900))
    let none = FundSheet([], in: february, spent: [.largeSum: Money(fen: 1)], spentInYear: [.largeSum: Money(fen: 1)])
    #expect(none.whole == nil && none.lines.count == 1)
  }
}
