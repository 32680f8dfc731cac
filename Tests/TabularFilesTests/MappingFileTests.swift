import Catalog
import Foundation
import Kernel
import TabularFiles
import Testing

private func sample(_ name: String) -> CSVReader {
  let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return CSVReader(path: root.appendingPathComponent("Examples/mapping/\(name)").path)
}

private func text(_ text: String) -> CSVReader { CSVReader(bytes: text.utf8, name: "t.csv") }

@Test func `示例对照的每一处错误都被指出`() throws {
  let table = try #require(CodeTableFile.read(sample("catalogue.csv")).value)
  let rows = try #require(MappingFile.read(sample("mapping.csv")).value)
  let report = MappingChecker(table).check(rows)
  let found = report.findings.map { "\($0.line) \($0.column.rawValue) \($0.fault)" }
  #expect(
    found == [
      "3 national_code unknownNationalCode", "4 national_code malformedCode", "5 national_name nameFormDiffers",
      "6 national_code codeExpired", "7 valid_from codeNotYetValid", "8 national_code otherKind",
      "9 national_name nameDiffers", "10 national_code missingNationalCode", "12 local_code missingLocalCode",
      "13 local_code duplicateLocalCode", "14 national_code conflictingNationalCodes", "14 national_code manyToOne",
      "16 national_code manyToOne",
    ])
  #expect(report.findings[0].suggestions.first?.code == "SLA002")
  #expect(report.rowCount == 14 && report.errorCount == 10 && report.warningCount == 3)
  #expect(Set(report.findings.map(\.fault)) == Set(MappingFault.allCases))
}

@Test func `列名中英文皆可且次序不限`() throws {
  let rows = try #require(
    MappingFile.read(text("National_Code, 院内编码 ,备注\nX1,Y1,\"a,b\"\n\nX2,Y2,\n")).value)
  #expect(rows.map(\.localCode) == ["Y1", "Y2"] && rows.map(\.nationalCode) == ["X1", "X2"])
  #expect(rows.map(\.line) == [2, 4])
}

@Test(
  arguments: [
    ("", nil, nil, "空"), ("院内编码\nA\n", 1, nil, "国家编码"), ("院内编码,国家编码,local_code\n", 1, 3, "2 次"),
    ("院内编码,国家编码\nA\n", 2, nil, "列数应为 2，本行为 1"), ("院内编码,国家编码\n\nA,B,C\n", 3, nil, "列数"),
    ("院内编码,国家编码,生效日期\nA,B,2026-02-30\n", 2, 3, "不是日期"), ("院内编码,国家编码,类别\nA,B,药\n", 2, 3, "类别"),
    ("院内编码,国家编码,生效日期,失效日期\nA,B,2026-02-02,2026-02-01\n", 2, 4, "早于"),
  ] as [(String, Int?, Int?, String)])
func `读不懂的对照整体退回并指明行列`(file: String, line: Int?, column: Int?, word: String) throws {
  let reading = MappingFile.read(text(file))
  #expect(reading.value == nil)
  let diagnostic = try #require(reading.diagnostics.first)
  #expect(reading.diagnostics.count == 1)
  #expect(diagnostic.line == line && diagnostic.column == column && diagnostic.message.chinese.contains(word))
}

@Test func `一次报告文件的全部问题`() {
  let reading = MappingFile.read(text("院内编码,国家编码,生效日期\nA,B,x\nC\nD,E,y\n"))
  #expect(reading.diagnostics.map(\.line) == [2, 3, 4])
  let many = MappingFile.read(text("院内编码,国家编码\n" + String(repeating: "A\n", count: 1_000)))
  #expect(many.diagnostics.count == CSVReader.diagnosticLimit + 1)
}

@Test(arguments: ["2026-03-01", "2026/3/1", "2026/03/01", "20260301", " 2026-03-01 "])
func `表格软件的日期写法都能读`(written: String) throws {
  let rows = try #require(MappingFile.read(text("院内编码,国家编码,生效日期\nA,B,\(written)\n")).value)
  #expect(rows.first?.period.from == CalendarDate("2026-03-01"))
}

@Test func `编码表重复且有效期重叠时退回`() throws {
  let overlapping = CodeTableFile.read(text("编码,名称,生效日期,失效日期\nA,甲,,2025-12-31\nB,乙,,\nA,丙,2025-12-31,\n"))
  #expect(overlapping.value == nil && overlapping.diagnostics.map(\.line) == [4])
  let table = try #require(
    CodeTableFile.read(text("编码,名称,生效日期,失效日期\nA,甲,,2025-12-31\nA,丙,2026-01-01,\n"), kind: .drug).value)
  #expect(table.entries(of: "A").map(\.name) == ["甲", "丙"])
  #expect(table.entries.allSatisfy { $0.kind == .drug })
  #expect(CodeTableFile.read(text("编码,名称\n,甲\nB,\n")).diagnostics.map(\.line) == [2, 3])
}

@Test func `结果文件可再读且逐条对应`() throws {
  let table = try #require(CodeTableFile.read(sample("catalogue.csv")).value)
  let rows = try #require(MappingFile.read(sample("mapping.csv")).value)
  let findings = MappingChecker(table).check(rows).findings
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("findings-\(UUID().uuidString).csv").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  for language in Language.allCases {
    try MappingFile.write(findings, to: path, language)
    let read = try CSVReader(path: path).rows()
    #expect(read.count == findings.count + 1)
    #expect(read.dropFirst().map { $0[0] } == findings.map { "\($0.line)" })
    #expect(read.dropFirst().map { $0[8] } == findings.map { $0.message[language] })
  }
}
