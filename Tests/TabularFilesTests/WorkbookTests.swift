import Foundation
import Kernel
import TabularFiles
import Testing
import Workflows
import ZipFiles

/// The parts of a workbook of one sheet, as text.
private struct Parts {
  var parts = [
    "_rels/.rels": """
    <Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>
    """,
    "xl/workbook.xml": """
    <?xml version="1.0" encoding="UTF-8"?><x:workbook xmlns:x="m" xmlns:r="n"><x:sheets>\
    <x:sheet name="隐藏" sheetId="1" state="hidden" r:id="rId9"/><x:sheet name="表" sheetId="2" r:id="rId1"/>\
    </x:sheets></x:workbook>
    """,
    "xl/_rels/workbook.xml.rels": """
    <Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>\
    <Relationship Id="rId9" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/>\
    <Relationship Id="rId2" Type="http://x/sharedStrings" Target="../xl/sharedStrings.xml"/>\
    <Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>
    """,
    "xl/sharedStrings.xml": """
    <sst><si><t>甲</t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文本</t></r><rPh><t>fu</t></rPh></si>\
    <si><t>a_x000D_\nb_x005F_x000D__xD83D__xDE00__xD83D_.</t></si><si/></sst>
    """,
    "xl/styles.xml": """
    <styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>\
    <numFmt numFmtId="171" formatCode="[h]:mm"/><numFmt numFmtId="172" formatCode="&quot;day&quot;0\\d"/>\
    </numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>\
    <xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>\
    </styleSheet>
    """,
  ]

  init(_ rows: String) { self["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>\(rows)</sheetData></worksheet>" }

  subscript(name: String) -> String? {
    get { parts[name] }
    set { parts[name] = newValue }
  }

  func write(to scratch: Scratch) throws -> String {
    let files = parts.sorted { $0.key < $1.key }.map { ArchivedFile(name: $0.key, bytes: Array($0.value.utf8)) }
    let url = scratch.url.appending(path: "t.xlsx")
    try Data(try ZipArchive().pack(files)).write(to: url)
    return url.path
  }

  /// The rows as text, `3:甲|乙` for row 3; or the English message of the refusal.
  func read(_ limits: WorkbookLimits = WorkbookLimits()) throws -> [String] {
    let scratch = try Scratch()
    var rows: [String] = []
    do {
      try Workbook(path: try write(to: scratch), limits: limits).forEachRow(of: "表") {
        rows.append("\($0.line):" + $0.strings.joined(separator: "|"))
      }
    } catch let diagnostic as Diagnostic {
      #expect(diagnostic.file.hasPrefix(scratch.path("t.xlsx")))
      return ["✘ " + diagnostic.message.english]
    }
    return rows
  }
}

@Suite struct WorkbookTests {
  @Test func `各种单元格读成文本`() throws {
    let rows = """
      <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c><c r="E2"/></row>\
      <row><c t="s"><v>2</v></c><c t="inlineStr"><is><t>行内</t><rPh><t>x</t></rPh></is></c><c t="s"><v>3</v></c>\
      <c t="str"><f>A1&amp;"x"</f><v>公式</v></c></row>\
      <row r="7"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c>\
      <c t="d"><v>2026-03-01T10:00:00</v></c>\
      </row><row r="8"/><row r="9"><c r="C9"/></row>
      """
    #expect(
      try Parts(rows).read() == [
        "2:|甲||富 文本", "3:a\r\nb_x000D_😀\u{FFFD}.|行内||公式", "7:TRUE|FALSE|#N/A|2026-03-01 10:00:00",
      ])
  }

  @Test(
    arguments: [
      ("0", 0, "0"), ("-12.50", 0, "-12.50"), ("007", 0, "007"), ("0.10000000000000001", 0, "0.1"),
      ("1.0000000000000001E-5", 0, "0.00001"), ("-1.5E+20", 0, "-150000000000000000000"),
      ("123456789012345678", 0, "123456789012345680"), ("3.5000000000000003E-2", 0, "0.035"), ("abc", 0, "abc"),
      ("46082", 1, "2026-03-01"), ("46082.4375", 2, "2026-03-01 10:30:00"), ("46082.4375", 1, "2026-03-01"),
      ("0.4375", 3, "10:30:00"), ("1.5", 3, "1.5"), ("1", 1, "1900-01-01"), ("59", 1, "1900-02-28"), ("60", 1, "60"),
      ("61", 1, "1900-03-01"), ("46082", 4, "2026-03-01"), ("46082.25", 5, "46082.25"), ("7", 6, "7"),
      ("46082", 99, "46082"), ("0.999999", 2, "1900-01-01 00:00:00"), ("46081.9999999", 2, "2026-03-01 00:00:00"),
    ])
  func `数字与日期按样式`(value: String, style: Int, text: String) throws {
    #expect(try Parts("<row r=\"1\"><c s=\"\(style)\"><v>\(value)</v></c></row>").read() == ["1:\(text)"])
  }

  @Test func `一九零四日期系统`() throws {
    var parts = Parts("<row r=\"1\"><c s=\"1\"><v>0</v></c><c s=\"1\"><v>44620</v></c></row>")
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"]?.replacing(
      "<x:sheets>", with: "<x:workbookPr date1904=\"1\"/><x:sheets>")
    #expect(try parts.read() == ["1:1904-01-01|2026-03-01"])
  }

  @Test(
    arguments: [
      ("<row r=\"3\"/><row r=\"2\"/>", "row 2 after row 3"), ("<row r=\"0\"/>", "row 0"), ("<row r=\"x\"/>", "row x"),
      ("<row r=\"1048577\"/>", "row 1048577"), ("<row><c r=\"B1\"/><c r=\"A1\"/></row>", "cell out of order"),
      ("<row><c r=\"XFE1\"/></row>", "cell out of order"), ("<row><c r=\"12\"/></row>", "cell out of order"),
      ("<row><c t=\"s\"><v>4</v></c></row>", "shared string 4"),
      ("<row><c t=\"s\"><v>-1</v></c></row>", "shared string"),
      ("<row><c><v>1</v></row>", "mismatched tag"), ("<row>&amp;&evil;</row>", "undefined entity"),
      (String(repeating: "<c>", count: 80), "more than 64 levels"), ("<row>\u{1}</row>", "not well-formed"),
    ])
  func `损坏的表被拒绝`(rows: String, reason: String) throws {
    let read = try Parts(rows).read()
    #expect(read.count == 1 && read[0].hasPrefix("✘") && read[0].contains(reason), "\(read)")
  }

  @Test func `实体声明被拒绝`() throws {
    for part in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"] {
      var parts = Parts("<row><c t=\"s\"><v>0</v></c></row>")
      parts[part] = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]>" + (parts[part] ?? "").dropping("<?xml")
      let read = try parts.read()
      #expect(read.count == 1 && read[0].contains("DOCTYPE"), "\(part): \(read)")
    }
  }

  @Test func `超过界限被拒绝`() throws {
    var limits = WorkbookLimits()
    let cell = "<row><c t=\"inlineStr\"><is><t>\(String(repeating: "x", count: 2_000))</t></is></c></row>"
    let many = String(repeating: cell, count: 100)
    #expect(try Parts(many).read().count == 100)
    limits.cellBytes = 1_999
    #expect(try Parts(many).read(limits)[0].contains("a cell is longer"))
    limits = WorkbookLimits()
    limits.sheetBytes = 100_000
    #expect(try Parts(many).read(limits)[0].contains("unpacks to more"))
    // A packed size a thousandth of the unpacked one is a bomb once it is large.
    limits = WorkbookLimits()
    (limits.ratioFreeBytes, limits.packingRatio) = (10_000, 20)
    #expect(try Parts(many).read(limits)[0].contains("unpacks to more"))
    limits = WorkbookLimits()
    limits.sharedTextBytes = 20
    #expect(try Parts(cell).read(limits)[0].contains("unpacks to more"))
    limits = WorkbookLimits()
    limits.archiveEntries = 3
    #expect(try Parts(cell).read(limits)[0].contains("6 files"))
    limits = WorkbookLimits()
    limits.rowBytes = 3_000
    let wide = "<row>" + String(repeating: cell.dropping("<row>").dropping("</row>"), count: 2) + "</row>"
    #expect(try Parts(wide).read(limits)[0].contains("a row is longer"))
  }

  @Test func `不是工作簿的文件被拒绝`() throws {
    let scratch = try Scratch()
    var whole = Parts("<row/>")
    let path = try whole.write(to: scratch)
    let bytes = try scratch.bytes("t.xlsx")
    // Every beginning of a good file is refused, none of them with a trap.
    for count in stride(from: 0, to: bytes.count - 1, by: 37) {
      try Data(bytes[..<count]).write(to: URL(fileURLWithPath: path))
      #expect(throws: Diagnostic.self) { try Workbook(path: path).forEachRow(of: "表") { _ in } }
    }
    // One changed byte in packed content is seen by its CRC or by the parser; in names and dates it may do nothing.
    for place in stride(from: 0, to: bytes.count, by: 11) {
      var damaged = bytes
      damaged[place] ^= 0x55
      try Data(damaged).write(to: URL(fileURLWithPath: path))
      do { try Workbook(path: path).forEachRow(of: "表") { _ in } } catch { #expect(error is Diagnostic) }
    }
    whole["xl/workbook.xml"] = nil
    #expect(try whole.read() == ["✘ not an Excel workbook: xl/workbook.xml is missing."])
    let old = try scratch.write("", to: "old.xls")
    try Data([0xD0, 0xCF, 0x11, 0xE0, 0, 0]).write(to: URL(fileURLWithPath: old))
    let error = #expect(throws: Diagnostic.self) { try TableReader(path: old).forEachRow { _ in } }
    #expect(error?.message.english.contains("old .xls") == true)
    #expect(throws: Diagnostic.self) { try Workbook(path: scratch.path("none.xlsx")) }
  }

  @Test func `写出的工作簿读回相同`() throws {
    let scratch = try Scratch()
    let texts = [
      "=1+1", "+1", "@x", "-", " a ", "a\nb", "a\r\nb", "_x000D_", "<&>\"'", "😀", "\u{1}\u{0}", "http://x.example",
      "\u{FEFF}x",
      "{=1}", "x_x005F_", String(repeating: "长", count: 32_767),
    ]
    func write(_ name: String) throws -> [UInt8] {
      try WorkbookWriter.write(to: scratch.path(name)) { workbook in
        try workbook.startSheet("文本", columns: [SheetColumn("编号"), SheetColumn("内容", width: 40)])
        for (place, text) in texts.enumerated() { try workbook.append([.integer(place), .text(text)]) }
        try workbook.startSheet("数字", columns: [SheetColumn("数"), SheetColumn("额")])
        try workbook.append([.integer(-5), .decimal(1_250, places: 2), .empty, .decimal(-7, places: 3)])
        try workbook.append([.integer(9_007_199_254_740_993), .decimal(-1_234_567_890_123_456_705, places: 2)])
      }
      return try scratch.bytes(name)
    }
    #expect(try write("a.xlsx") == (try write("b.xlsx")))
    let workbook = try Workbook(path: scratch.path("a.xlsx"))
    #expect(workbook.sheetNames == ["文本", "数字"] && workbook.firstSheet == "文本")
    var read: [[String]] = []
    try workbook.forEachRow(of: "文本") { read.append($0.strings) }
    #expect(read == [["编号", "内容"]] + texts.enumerated().map { ["\($0)", $1] })
    read = []
    try workbook.forEachRow(of: "数字") { read.append($0.strings) }
    #expect(
      read == [
        ["数", "额"], ["-5", "12.5", "", "-0.007"], ["9007199254740993", "-12345678901234567.05"],
      ])
    // Text is no formula and no link, the header is bold and stays.
    let parts = try ZipArchive().unpack(try scratch.bytes("a.xlsx"), limit: 1 << 24)
    let sheet = String(decoding: parts.first { $0.name == "xl/worksheets/sheet1.xml" }?.bytes ?? [], as: UTF8.self)
    #expect(sheet.contains("<c r=\"B2\" t=\"inlineStr\"><is><t>=1+1</t></is></c>"))
    #expect(!sheet.contains("<f>") && !sheet.contains("hyperlink") && sheet.contains("state=\"frozen\""))
    #expect(sheet.contains("<c r=\"A1\" s=\"1\""))
  }

  @Test func `写不下时说明`() throws {
    let scratch = try Scratch()
    let path = scratch.path("a.xlsx")
    #expect(throws: Diagnostic.self) { try WorkbookWriter.write(to: scratch.path("none/a.xlsx")) { _ in } }
    for name in ["a/b", String(repeating: "长", count: 32), ""] {
      #expect(throws: Diagnostic.self, "\(name)") {
        try WorkbookWriter.write(to: path) { try $0.startSheet(name, columns: []) }
      }
    }
    #expect(throws: Diagnostic.self) {
      try WorkbookWriter.write(to: path) {
        try $0.startSheet("a", columns: [])
        try $0.append([.text(String(repeating: "x", count: 32_768))])
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
  }

  @Test func `同一读法读两种文件`() throws {
    let scratch = try Scratch()
    try scratch.write("编码,名称\nA1,甲\n", to: "t.xlsx.csv")
    let csv = CodeRows.read(TableReader(path: scratch.path("t.xlsx.csv")))
    try WorkbookWriter.write(to: scratch.path("misnamed.csv")) {
      try $0.startSheet("x", columns: [SheetColumn("名称"), SheetColumn("编码")])
      try $0.append([.text("甲"), .text("A1")])
      try $0.startSheet("y", columns: [SheetColumn("name"), SheetColumn("code")])
      try $0.append([.empty, .text("B1"), .text("beyond the header")])
      try $0.append([.text("丙")])
    }
    let sheet = scratch.path("misnamed.csv")
    #expect(csv == ["2 A1 甲"] && CodeRows.read(TableReader(path: sheet)) == csv)
    #expect(CodeRows.read(TableReader(path: sheet, sheet: "y")) == ["2 B1 ", "3  丙"])
    #expect(CodeRows.read(TableReader(path: sheet, sheet: "z"))[0].contains("there is no sheet"))
    #expect(CodeRows.read(TableReader(path: scratch.path("none")))[0].contains("cannot open"))
  }
}

private enum CodeRows {
  static func read(_ source: some TableSource) -> [String] {
    var diagnostics: [Diagnostic] = []
    var rows: [String] = []
    let columns = [CSVColumn("编码", "code", isRequired: true), CSVColumn("名称", "name")]
    source.forEachRecord(columns, diagnostics: &diagnostics) { record, _ in
      rows.append("\(record.line) \(record[0]) \(record[1])")
    }
    return rows + diagnostics.map(\.message.english)
  }
}

extension String {
  /// The text without a word; of an XML declaration, without all of it.
  fileprivate func dropping(_ word: String) -> String {
    guard let start = range(of: word) else { return self }
    let end = word == "<?xml" ? range(of: "?>")?.upperBound ?? start.upperBound : start.upperBound
    return String(self[..<start.lowerBound] + self[end...])
  }
}
