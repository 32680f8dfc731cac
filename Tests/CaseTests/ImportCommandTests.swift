import Foundation
import Kernel
import TabularFiles
import Testing

/// `yibao import`, run as people run it.
@Suite(.timeLimit(.minutes(8))) struct ImportCommandTests {
  // MARK: The example

  @Test func `示例文件夹的每种错误都列出，两种形式的内容相同`() throws {
    let place = try ImportTrial()
    let run = try place.run(["--dry-run"], from: "Examples/import")
    #expect(run.code == 1, "\(run.errors)")
    #expect(try ImportTrial.tally(run) == ["read": 38, "added": 13, "same": 0, "replaced": 0, "unusable": 25])
    #expect(
      try ImportTrial.tally(run, "institutions") == ["read": 6, "added": 3, "same": 0, "replaced": 0, "unusable": 3])
    #expect(try ImportTrial.tally(run, "mappings") == ["read": 4, "added": 0, "same": 1, "replaced": 0, "unusable": 3])
    let rows = try place.unusable()
    let expected: Set = [
      701, 702, 705, 706, 711, 713, 714, 721, 722, 723, 724, 725, 726, 728, 741, 742, 743, 805, 807, 102, 308, 401,
      402, 404, 501, 502, 602, 605,
    ]
    #expect(Set(rows.compactMap { Int($0[5]) }) == expected)
    for row in rows { #expect(!row[0].isEmpty && row[6...9].allSatisfy { !$0.isEmpty }, "\(row)") }
    // A row of the workbook names its sheet, a line of the GBK file its line.
    #expect(rows.contains { $0[0] == "lists-county-tcm.xlsx" && $0[1] == "清单" && $0[2] == "5" && $0[3] == "age" })
    #expect(rows.contains { $0[0] == "lists-city-hospital.csv" && $0[2] == "24" && $0[5] == "705" })
    var cells: [[String]] = []
    try Workbook(path: place.out + "/unusable.xlsx").forEachRow(of: "unusable") { row in
      cells.append((0..<10).map { $0 < row.count ? row[$0] : "" })
    }
    #expect(Array(cells.dropFirst()) == rows)
    let files = try #require(try ImportTrial.answer(run)["files"] as? [[String: Any]])
    let city = files.first { $0["file"] as? String == "lists-city-hospital.csv" }
    #expect(city?["encoding"] as? String == "GB18030")
    #expect((city?["remark"] as? String)?.contains("converted from GBK") == true)
  }

  @Test func `报告工作簿的各表与结果相符`() throws {
    let place = try ImportTrial()
    _ = try place.run(["--dry-run"], from: "Examples/import")
    let book = try Workbook(path: place.out + "/import-report.xlsx")
    #expect(book.sheetNames == ["Summary", "Files", "Quality", "Groups", "Institutions", "Replaced"])
    func rows(_ sheet: String) throws -> [[String]] {
      var rows: [[String]] = []
      try book.forEachRow(of: sheet) { rows.append($0.strings) }
      return rows
    }
    #expect(try rows("Summary").contains(["settlement lists", "38", "13", "0", "0", "25"]))
    let groups = try rows("Groups")
    let cases = groups.dropFirst().filter { $0[0] != "all" }.compactMap { Int($0[3]) }.reduce(0, +)
    #expect(cases == 13 && groups.contains { $0[2] == "no group" })
    #expect(groups.contains { $0[1] == "MDCG" && $0[2] == "GD29" })
    let quality = try rows("Quality")
    #expect(quality.contains { $0[0] == "2026-01" && $0[1] == "308" && $0[3] == "refused" && $0[4] == "1" })
    #expect(quality.contains { $0[1] == "716" && $0[3] == "warning" } == false)
    #expect(quality.contains { $0[1] == "732" && $0[3] == "warning" })
    // The same folder gives the same bytes.
    let first = try Data(contentsOf: URL(filePath: place.out + "/import-report.xlsx"))
    let listed = try Data(contentsOf: URL(filePath: place.out + "/unusable.xlsx"))
    _ = try place.run(["--dry-run"], from: "Examples/import")
    #expect(try Data(contentsOf: URL(filePath: place.out + "/import-report.xlsx")) == first)
    #expect(try Data(contentsOf: URL(filePath: place.out + "/unusable.xlsx")) == listed)
  }

  @Test func `导入后支付和清算，重复导入结果相同且审计无差异`() throws {
    let place = try ImportTrial()
    let dry = try place.run(["--dry-run", "--store", place.store], from: "Examples/import")
    #expect(dry.code == 1 && !FileManager.default.fileExists(atPath: String(place.store.dropFirst(7))))
    let paid = try place.run(["--store", place.store, "--pay"], from: "Examples/import")
    #expect(paid.code == 1, "\(paid.errors)")
    let runs = try #require(try ImportTrial.answer(paid)["runs"] as? [[String: Any]])
    let kinds = Dictionary(grouping: runs) { "\($0["kind"] ?? "") \($0["scheme"] ?? "")" }.mapValues(\.count)
    #expect(kinds == ["month employee": 3, "month resident": 3, "year employee": 1, "year resident": 1])
    #expect(runs.compactMap { $0["cases"] as? Int }.reduce(0, +) == 26)
    let again = try place.run(["--store", place.store, "--pay"], from: "Examples/import")
    #expect(try ImportTrial.tally(again) == ["read": 38, "added": 0, "same": 13, "replaced": 0, "unusable": 25])
    let second = try #require(try ImportTrial.answer(again)["runs"] as? [[String: Any]])
    #expect(second.compactMap { $0["identity"] as? String } == runs.compactMap { $0["identity"] as? String })
    #expect(try CommandRun(["audit", "--store", place.store]).code == 0)
  }

  // MARK: Again and again

  @Test func `改过的清单替换原来的，月份公布后不再替换`() throws {
    let place = try ImportTrial()
    var rows = ImportTrial.lists(6)
    try ImportTrial.write(rows, "csv", to: place)
    #expect(try place.run(["--store", place.store]).code == 0)
    #expect(
      try ImportTrial.tally(place.run(["--store", place.store])) == [
        "read": 6, "added": 0, "same": 6, "replaced": 0, "unusable": 0,
      ])
    rows[1][16] = "1999.00"
    try ImportTrial.write(rows, "csv", to: place)
    let changed = try place.run(["--store", place.store])
    #expect(try ImportTrial.tally(changed) == ["read": 6, "added": 0, "same": 5, "replaced": 1, "unusable": 0])
    var notes: [[String]] = []
    try Workbook(path: place.out + "/import-report.xlsx").forEachRow(of: "Replaced") { notes.append($0.strings) }
    #expect(notes.dropFirst().map { $0 } == [["T101", "content", "lists.csv:3", "lists.csv:3"]])
    try place.write(
      "scheme,period,amount,basis\nemployee,2026-02,9000.00,x\nemployee,2026,9000.00,x\n", "budget.csv")
    let published = try CommandRun(
      [
        "pay", "month", "--region", "990100", "--month", "2026-02", "--scheme", "employee", "--store", place.store,
        "--inputs", place.folder, "--publish", "--by", "x",
      ])
    #expect(published.code == 0, "\(published.errors)")
    rows[1][16] = "1998.00"
    try ImportTrial.write(rows, "csv", to: place)
    let late = try place.run(["--store", place.store])
    #expect(late.code == 1)
    #expect(try ImportTrial.tally(late)["unusable"] == 1)
    #expect(try place.unusable().map { $0[5] } == ["731"])
  }

  @Test func `文件夹、方案、账库不可用为二，用法有误为六十四，支付被拒为三`() throws {
    let place = try ImportTrial()
    try ImportTrial.write(ImportTrial.lists(3), "csv", to: place)
    #expect(try place.run(["--dry-run"], from: place.folder + "/nowhere").code == 2)
    #expect(try place.run(["--store", "sqlite:/proc/nowhere/x.sqlite"]).code == 2)
    let edition = ["import", place.folder, "--region", "990100", "--out", place.out, "--dry-run"]
    #expect(try CommandRun(edition + ["--edition", "nowhere"]).code == 2)
    #expect(try CommandRun(edition).code == 64)
    #expect(try place.run([]).code == 64)
    #expect(try place.run(["--dry-run", "--pay"]).code == 64)
    #expect(try place.run(["--store", place.store, "--publish", "--by", "x"]).code == 64)
    #expect(try place.run(["--store", place.store, "--pay", "--publish"]).code == 64)
    let poor = try place.run(["--store", place.store, "--pay"])
    #expect(poor.code == 3 && poor.errors.contains("504"), "\(poor.errors)")
    #expect(try ImportTrial.tally(poor)["added"] == 3)
  }

  @Test func `文件整个不能用的一份一行`() throws {
    let place = try ImportTrial()
    try ImportTrial.write(ImportTrial.lists(2), "csv", to: place)
    try Data([0x61, 0x2C, 0xFF, 0xFF, 0xFF]).write(to: URL(filePath: place.folder + "/a-garbled.csv"))
    try place.write("姓名,性别\n张三,男\n", "b-清单.csv")
    try place.write("setl_id,id,诊断编码,险种,性别\nX1,X1,K35.800,310,1\n", "c-twice.csv")
    try place.write("院内编码,国家编码\nY1,S1\n", "d-mapping.csv")
    try place.write("随便\n", "e.txt")
    try Data("PK\u{3}\u{4}broken".utf8).write(to: URL(filePath: place.folder + "/f.xlsx"))
    let run = try place.run(["--dry-run"])
    #expect(run.code == 1)
    #expect(try ImportTrial.tally(run)["added"] == 2)
    let found = Dictionary(grouping: try place.unusable(), by: { $0[0] }).mapValues { $0.map { $0[5] } }
    #expect(
      found == [
        "a-garbled.csv": ["703"], "b-清单.csv": ["704"], "c-twice.csv": ["704"], "d-mapping.csv": ["707"],
        "e.txt": ["702"],
        "f.xlsx": ["701"],
      ])
  }

  // MARK: The guide

  @Test func `指南导入自己的文件的每一步都能照样运行`() throws {
    let place = try ImportTrial()
    let guide = try String(
      contentsOfFile: Repository.root + "/Docs/Guides/importing-your-own-files.md", encoding: .utf8)
    let blocks = guide.components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    var codes: [Int32] = []
    for line in blocks.joined(separator: "\n").replacing("\\\n", with: " ").split(separator: "\n") {
      let text = line.replacing("/tmp/import", with: place.out)
      if text.hasPrefix("yibao ") {
        let run = try CommandRun(text.split(separator: " ").dropFirst().map(String.init), cache: ImportTrial.cache)
        codes.append(run.code)
        #expect(run.code == 0 || run.code == 1, "\(line): \(run.errors)")
      } else {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", String(text)]
        shell.currentDirectoryURL = URL(filePath: Repository.root)
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0, "\(line)")
      }
    }
    #expect(codes == [1, 1, 1, 0, 1, 0, 0])
    for title in ["| 728 |", "| 731 |", "| 726 |"] { #expect(guide.contains(title), "\(title)") }
  }
}
