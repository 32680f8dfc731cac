import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Testing

/// Payment cases in files: read as written, and every fault named with its line.
@Suite struct PaymentCaseFileTests {
  private func read(_ text: String) throws -> (cases: [PaymentCase], faults: [Diagnostic]) {
    var (cases, faults): ([PaymentCase], [Diagnostic]) = ([], [])
    try PaymentCaseFile(CSVReader(bytes: text.utf8, name: "cases.csv")).forEach {
      cases.append($0)
    } bad: {
      faults.append($0)
    }
    return (cases, faults)
  }

  private let full: PaymentCase

  init() throws {
    full = PaymentCase(
      id: "S1", institution: "H1", level: .tertiary, scheme: .resident, month: try #require(YearMonth("2025-03")),
      cost: Money(fen: 600_050), fundShare: Money(fen: 420_000), group: "GE29", stayDays: 7, ageYears: 43,
      dischargeKind: 2, department: "普外,\"一\"科", physician: "D1", traditionalChinese: Money(fen: 12),
      marks: [.transfer, .daySurgery])
  }

  @Test func `写出的病例原样读回`() throws {
    let plain = PaymentCase(
      id: "S2", institution: "H2", level: .township, scheme: .employee, month: full.month, cost: .zero, group: "")
    let bytes = CSVWriter.bytes(of: [PaymentCaseFile.header] + [full, plain].map(PaymentCaseFile.row))
    let (cases, faults) = try read(String(decoding: bytes, as: UTF8.self))
    #expect(cases == [full, plain] && faults == [])
  }

  @Test func `写入工作簿的病例原样读回`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cases-\(UUID()).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try WorkbookWriter.write(to: folder) { writer in
      try writer.startSheet("病例", columns: PaymentCaseFile.header.map { SheetColumn($0) })
      try writer.append(PaymentCaseFile.row(full).map { SheetCell.text($0) })
    }
    var cases: [PaymentCase] = []
    try PaymentCaseFile(TableReader(path: folder, sheet: "病例")).forEach {
      cases.append($0)
    } bad: { fault in
      Issue.record("\(fault.text(.chinese))")
    }
    #expect(cases == [full])
  }

  @Test func `列可用中文或接口名称，缺省列有缺省值`() throws {
    let (cases, faults) = try read(
      "结算号,fixmedins_code,级别,险种,结算月份,医疗费总额,hifp_pay,病组\nS1,H1,secondary,310,2025-03,10,7.5,\n")
    #expect(faults == [])
    let item = try #require(cases.first)
    #expect(item.scheme == .employee && item.fundShare.fen == 750 && item.group.isEmpty && item.dischargeKind == 1)
  }

  /// A row with one thing wrong, and the column and a word that the fault must name.
  static let faults: [(row: String, column: Int, word: String)] = [
    (",H1,secondary,employee,2025-03,10,7,G,1", 1, "ASCII"), ("结1,H1,secondary,employee,2025-03,10,7,G,1", 1, "ASCII"),
    ("S 1,H1,secondary,employee,2025-03,10,7,G,1", 1, "ASCII"),
    ("S1,,secondary,employee,2025-03,10,7,G,1", 2, "institution"),
    ("S1,H1,二级,employee,2025-03,10,7,G,1", 3, "secondary"),
    ("S1,H1,secondary,320,2025-03,10,7,G,1", 4, "resident"),
    ("S1,H1,secondary,employee,2025-13,10,7,G,1", 5, "2025-03"),
    ("S1,H1,secondary,employee,202503,10,7,G,1", 5, "2025-03"),
    ("S1,H1,secondary,employee,2025-03,10.001,7,G,1", 6, "two decimals"),
    ("S1,H1,secondary,employee,2025-03,-1,0,G,1", 6, "below zero"),
    ("S1,H1,secondary,employee,2025-03,10,10.01,G,1", 7, "above cost"),
    ("S1,H1,secondary,employee,2025-03,10,7,G,1.5", 9, "whole number"),
    ("S1,H1,secondary,employee,2025-03,10,7,G,9999999", 9, "whole number"),
  ]

  @Test(arguments: faults)
  func `每种错误都指明行、列和应为什么`(row: String, column: Int, word: String) throws {
    let header = "id,institution,level,scheme,month,cost,fund_share,group,stay_days\n"
    let good = "S0,H1,secondary,employee,2025-03,10,7,G,1\n"
    let (cases, faults) = try read(header + good + row + "\nS9,H1,secondary,employee,2025-03,10,7,G,1\n")
    #expect(cases.map(\.id) == ["S0", "S9"])
    #expect(faults.count == 1)
    let fault = try #require(faults.first)
    #expect(fault.line == 3 && fault.column == column && fault.file == "cases.csv")
    #expect(fault.text(.english).contains(word), "\(fault.text(.english))")
  }

  @Test func `未知标记、中医药费用过高、列数不对、重复结算号`() throws {
    let header = "id,institution,level,scheme,month,cost,fund_share,group,traditional_chinese,marks\n"
    let row = ",H1,secondary,employee,2025-03,10,7,G,"
    let rows = ["S1\(row)1,transfer", "S2\(row)1,moved", "S3\(row)10.01,", "S4\(row)1", "S1\(row)1,"]
    let (cases, faults) = try read(header + (rows + ["S5\(row)1,transfer|transfer\n"]).joined(separator: "\n"))
    #expect(cases.map(\.id) == ["S1"])
    #expect(faults.map(\.line) == [3, 4, 5, 6, 7])
    let words = ["special_negotiation", "traditional_chinese", "columns", "came before", "transfer"]
    for (fault, word) in zip(faults, words) { #expect(fault.text(.english).contains(word)) }
  }

  @Test func `一行的多处错误一并指出`() throws {
    let (_, faults) = try read(
      "id,institution,level,scheme,month,cost,fund_share,group\n,,x,y,z,a,b,\n")
    #expect(faults.count == 7)
  }

  @Test func `缺列或空文件整体拒绝`() throws {
    #expect(throws: Diagnostic.self) { try read("id,institution\nS1,H1\n") }
    #expect(throws: Diagnostic.self) { try read("") }
  }
}
