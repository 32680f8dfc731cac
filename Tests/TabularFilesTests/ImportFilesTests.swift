import Foundation
import Kernel
import People
import TabularFiles
import Testing
import Workflows

/// Files as hospitals have them: other encodings, title rows, broken rows, several sheets.
@Suite struct ImportFilesTests {
  private func salvage(_ text: [UInt8], width: Int? = nil, chunk: Int = 256) throws -> (rows: [String], bad: [Int]) {
    var (rows, bad): ([String], [Int]) = ([], [])
    let reader = CSVReader(bytes: text, name: "t.csv", chunkSize: chunk)
    try reader.forEachRow(width: width, { rows.append("\($0.line):" + $0.strings.joined(separator: "|")) }) {
      bad.append($0.line ?? 0)
    }
    return (rows, bad)
  }

  @Test(arguments: [1, 3, 7, 4_096])
  func `坏行只丢掉一行，其余照读`(chunk: Int) throws {
    let cases: [(String, [String], [Int])] = [
      ("a,b\n1,2\n", ["1:a|b", "2:1|2"], []),
      ("a,b\n\"x\"y,2\n3,4\r\n5,6", ["1:a|b", "3:3|4", "4:5|6"], [2]),
      // A quote that is never closed, in the first field and in the last.
      ("a,b\n\"1,2\n3,4\n", ["1:a|b", "3:3|4"], [2]), ("a,b\n1,\"2\n3,4\n", ["1:a|b", "3:3|4"], [2]),
      // It is closed by the opening quote of a later row.
      ("a,b\n\"1,2\n3,4\n\"5\",6\n7,8\n", ["1:a|b", "3:3|4", "4:5|6", "5:7|8"], [2]),
      ("a,b\n\"1\n2\",3\n4,5\n", ["1:a|b", "2:1\n2|3", "4:4|5"], []),
    ]
    for (text, rows, bad) in cases {
      let found = try salvage(Array(text.utf8), width: 2, chunk: chunk)
      #expect(found.rows == rows && found.bad == bad, "\(text): \(found)")
    }
    let damaged = try salvage(Array("a\n".utf8) + [0xE4, 0xBD, 0x0A] + Array("你\n".utf8), chunk: chunk)
    #expect(damaged.rows == ["1:a", "3:你"] && damaged.bad == [2])
  }

  @Test func `没有闭合的引号最多看八兆字节，之后的行仍读出`() throws {
    let rows = 9_000
    let long = String(repeating: "0123456789", count: 100) + ",1\n"
    let text = "a,b\n\"x,1\n" + String(repeating: long, count: rows) + "end,1\n"
    var (count, last, bad) = (0, "", [Int]())
    try CSVReader(bytes: text.utf8, name: "t.csv").forEachRow(
      width: 2,
      { row in
        count += 1
        last = row[0]
      }, bad: { bad.append($0.line ?? 0) })
    #expect(text.utf8.count > CSVReader.longestRow && bad == [2] && count == rows + 2 && last == "end")
  }

  private func bytes(_ text: String, _ encoding: String) throws -> [UInt8] {
    let scratch = try Scratch()
    let (from, to) = (try scratch.write(text, to: "a"), scratch.path("b"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "iconv -f UTF-8 -t \(encoding) '\(from)' > '\(to)'"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try scratch.bytes("b")
  }

  @Test func `GBK 和 GB18030 认得出并转换，与原文一字不差`() throws {
    let scratch = try Scratch()
    let texts = [
      "结算ID,姓名\nA1,张三\n", "结算ID,姓名\nA1,欧阳𬱖㛃\n", "a,b\n1,联通\n", "id,name\n1,只有一个汉字：我\n",
      String(repeating: "甲乙丙丁，a1\n", count: 120_000),
    ]
    for text in texts {
      let path = scratch.path("t.csv")
      try Data(try bytes(text, "GB18030")).write(to: URL(filePath: path))
      #expect(try TextEncoding.of(path) == .gb18030, "\(text.prefix(20))")
      try TextEncoding.convert(path, to: scratch.path("u.csv"))
      #expect(try String(contentsOfFile: scratch.path("u.csv"), encoding: .utf8) == text)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try TextEncoding.of(path) == .utf8)
    }
  }

  @Test func `UTF-8 中个别乱码不当作 GBK，既非二者的指出位置`() throws {
    let scratch = try Scratch()
    let path = scratch.path("t.csv")
    let damaged = Array("结算ID,姓名，科室，诊断\nA1,".utf8) + [0xD5] + Array("三\n".utf8)
    try Data(damaged).write(to: URL(filePath: path))
    #expect(try TextEncoding.of(path) == .utf8)
    try Data([0x41, 0x2C, 0xFF, 0xFF, 0xFF, 0x0A]).write(to: URL(filePath: path))
    #expect(try TextEncoding.of(path) == .gb18030)
    let fault = #expect(throws: Diagnostic.self) { try TextEncoding.convert(path, to: scratch.path("u.csv")) }
    #expect(fault?.message.english.contains("byte 3") == true)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("u.csv")))
    // A character that the file's end cuts is none.
    try Data(try bytes("甲", "GB18030").dropLast()).write(to: URL(filePath: path))
    #expect(throws: Diagnostic.self) { try TextEncoding.convert(path, to: scratch.path("u.csv")) }
  }

  @Test func `标题行之下找到表头，各工作表分别判断`() throws {
    let scratch = try Scratch()
    let path = scratch.path("t.xlsx")
    try WorkbookWriter.write(to: path) { book in
      try book.startSheet("说明", columns: [SheetColumn("随便写写")])
      try book.startSheet("数据", columns: [SheetColumn("某院清单")])
      try book.append([.text("结算ID"), .text(" 姓 名 "), .text("金额")])
      try book.append([.text("A1"), .text(" 张三 "), .decimal(1_250, places: 2)])
      try book.append([.text("结算ID"), .text(" 姓 名 "), .text("金额")])
      try book.append([.empty, .text("  ")])
      try book.append([.text("A2")])
    }
    let sheets = try ImportSheet.all(path)
    #expect(sheets.map(\.sheet) == ["说明", "数据"])
    let columns = [CSVColumn("setl_id", "结算id"), CSVColumn("name", "姓名"), CSVColumn("cost", "金额")]
    #expect(sheets[0].header(of: columns) == nil)
    let header = try #require(sheets[1].header(of: columns))
    #expect(header.line == 2 && header.matches == 3)
    var rows: [String] = []
    try ImportRows(sheets[1], headerLine: 2, columns: columns).forEach(
      { row in rows.append("\(row.line) " + (0..<3).map { row.cells[$0] ?? "-" }.joined(separator: "|")) },
      bad: { Issue.record("\($0)") })
    #expect(rows == ["3 A1|张三|12.5", "6 A2|-|-"])
  }

  @Test func `列重复的表整个不读`() throws {
    let scratch = try Scratch()
    let path = try scratch.write("setl_id,id,name\n1,2,3\n", to: "t.csv")
    let table = try #require(try ImportSheet.all(path).first)
    let rows = ImportRows(table, headerLine: 1, columns: [CSVColumn("setl_id", "id")])
    #expect(throws: Diagnostic.self) { try rows.forEach({ _ in }, bad: { _ in }) }
  }

  @Test(arguments: [
    ("三级甲等", InstitutionLevel.tertiary), ("02", .tertiary), ("2", .tertiary), ("二级医院", .secondary), ("5", .secondary),
    ("一级", .primary), ("08", .primary), ("乡镇卫生院", .township), ("11", .township), ("村卫生室", .village),
    ("provincial", .provincial),
    ("省部级三级医院", .provincial), ("定点零售药店", .pharmacy),
  ])
  func `级别的各种写法`(text: String, level: InstitutionLevel) throws {
    let read = InstitutionTable.read(
      ImportRows.Row(line: 2, cells: [0: "H99010000001", 1: "医院", 2: text]), region: "990100")
    #expect(try read.get().institution.level == level)
  }

  @Test func `机构的每种错误都指出`() {
    func numbers(_ cells: [Int: String]) -> [UInt16] {
      guard case .failure(let faults) = InstitutionTable.read(.init(line: 2, cells: cells), region: "990100") else {
        return []
      }
      return faults.findings.map(\.number)
    }
    #expect(numbers([:]) == [741, 742, 743])
    #expect(numbers([0: "H 1", 1: "医院", 2: "三级"]) == [741])
    #expect(numbers([0: "H99010000001", 1: "医院", 2: "四级"]) == [743])
  }
}
