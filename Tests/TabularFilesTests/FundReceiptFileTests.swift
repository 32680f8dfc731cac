import Kernel
import TabularFiles
import Testing
import Workflows

/// Tables of what funds received.
@Suite struct FundReceiptFileTests {
  private func read(_ text: String) -> FileReading<[FundReceipt]> {
    FundReceiptFile.read(CSVReader(bytes: text.utf8, name: "receipts.csv"))
  }

  @Test func `中英文列名和写法都可用`() throws {
    let chinese = try #require(read("编号,日期,基金,类别,金额,说明\nX1,2026-06-30,职工统筹基金,利息,123.45,二季度\n").value)
    let english = try #require(
      read("number,day,fund,kind,amount,basis\nX1,2026-06-30,employee_pooled,interest,123.45,二季度\n").value)
    #expect(chinese == english)
    #expect(chinese.first?.amount == Money(fen: 12_345) && chinese.first?.kind == .interest)
    #expect(try #require(read("编号,日期,基金,类别,金额,说明\nX2,2026-07-01,其他基金,其他收入,-1,更正\n").value).count == 1)
  }

  @Test(arguments: [
    ("X1,2026-06-31,职工统筹基金,利息,1,说明", "日期"), ("X1,2026-06-30,职工基金,利息,1,说明", "职工统筹基金"),
    ("X1,2026-06-30,职工统筹基金,利钱,1,说明", "上年结余"), ("X1,2026-06-30,职工统筹基金,利息,1.234,说明", "两位小数"),
    ("X1,2026-06-30,职工统筹基金,利息,1,", "不能为空"),
    ("X1,2026-06-30,职工统筹基金,利息,1,甲\nX1,2026-06-30,职工统筹基金,利息,1,甲", "出现过"),
  ])
  func `一行有误则整表不可用，并指明缘由`(row: String, hint: String) throws {
    let reading = read("编号,日期,基金,类别,金额,说明\n\(row)\n")
    #expect(reading.value == nil)
    let found = try #require(reading.diagnostics.first)
    #expect(found.message.chinese.contains(hint) && found.line != nil, "\(found)")
  }
}
