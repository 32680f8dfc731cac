import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// A small edition: two categories, operations before diagnoses, one group with complications, one for the old.
enum ToyEdition {
  static let tables = EditionTables(
    manifest: EditionManifest(identifier: "toy", name: "示例方案"),
    categories: [
      .init(code: "MDCA", name: "先期", rule: "ZYSS in OP_AA1", order: 1, row: 2),
      .init(code: "MDCE", name: "呼吸", rule: "ZYZD in DI_E00", order: 2, row: 3),
    ],
    adjacentGroups: [
      .init(code: "AA1", name: "移植", rule: "ZYSS in OP_AA1", category: "MDCA", order: 1, row: 2),
      .init(code: "ER1", name: "肺炎", rule: "ZYZD in DI_ER1", category: "MDCE", order: 1, row: 3),
    ],
    groups: [
      .init(code: "AA19", name: "移植", rule: "", adjacentGroup: "AA1", order: 1, row: 2),
      .init(code: "ER11", name: "肺炎，伴并发症", rule: "QTZD in {MCC, CC}", adjacentGroup: "ER1", order: 1, row: 3),
      .init(code: "ER13", name: "肺炎，老年", rule: "NL >= 65 and XB = 2", adjacentGroup: "ER1", order: 2, row: 4),
      .init(code: "ER15", name: "肺炎", rule: "", adjacentGroup: "ER1", order: 3, row: 5),
    ],
    members: [
      .init(set: "OP_AA1", code: "33.5", row: 2), .init(set: "DI_E00", code: "J18", row: 3),
      .init(set: "DI_E00", code: "J20", row: 4), .init(set: "DI_ER1", code: "J18", row: 5),
    ],
    complications: [.init(code: "A41", level: "MCC", exclusionTable: "", row: 2)])

  static func grouper() throws -> Grouper {
    let (edition, findings) = Edition.compile(tables)
    return Grouper(try #require(edition, "\(findings)"))
  }
}

/// The plain way: rows by the reader, each case alone.
private func plainly(_ text: String, _ grouper: Grouper) throws -> [String] {
  var lines: [String] = ["id,mdc,adrg,drg,status,reason"]
  var isHeader = true
  try CSVReader(bytes: text.utf8, name: "t").forEachRow { row in
    if row.isBlank { return }
    if isHeader {
      isHeader = false
      return
    }
    let cells = row.strings.map { $0.trimmingCharacters(in: .whitespaces) }
    func codes(_ text: String) -> [String] {
      text.isEmpty ? [] : text.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let groupingCase = GroupingCase(
      id: cells[0], sex: ["1": .male, "2": .female][cells[1]], ageYears: Int(cells[2]), diagnoses: codes(cells[3]),
      procedures: codes(cells[4]))
    let result = grouper.group(groupingCase)
    let known = Set(["33.5", "J18", "J20", "A41"])
    let unknown = (groupingCase.diagnoses + groupingCase.procedures).filter { !known.contains($0) }
    let reason =
      result.reason.text.english
      + (unknown.isEmpty ? "" : "; codes that the edition does not know: \(unknown.joined(separator: "|"))")
    let group = result.group ?? (result.status == .ungrouped ? result.code : "")
    let fields = [row[0], result.category ?? "", result.adjacentGroup ?? "", group, result.status.word, reason]
    lines.append(String(decoding: CSVWriter.bytes(of: [fields]).dropLast(), as: UTF8.self))
  }
  return lines
}

private struct Answer: Equatable {
  var lines: [String] = []
  var bad: [String] = []
  var rows = 0
}

private func grouped(
  _ bytes: some Sequence<UInt8>, block: Int = 1 << 16, window: Int = 3, form: ResultForm.Shape = .csv,
  longestRow: Int = CSVReader.longestRow
) throws -> Answer {
  let scratch = try Scratch()
  var batch = GroupingBatch(try ToyEdition.grouper(), form: ResultForm(form, .english))
  (batch.pace.blockBytes, batch.pace.window, batch.pace.longestRow) = (block, window, longestRow)
  var answer = Answer()
  let summary = try batch.run(
    .bytes(Array(bytes), name: "t.csv"), to: .file(scratch.path("out")),
    report: { answer.bad.append("\($0.line) \($0.id): \($0.reason.english)") })
  #expect(summary.badRows == answer.bad.count)
  #expect(summary.tally.total + summary.badRows == summary.rows)
  answer.rows = summary.rows
  answer.lines = String(decoding: try scratch.bytes("out"), as: UTF8.self).split(separator: "\n").map(String.init)
  return answer
}

private let header = "id,sex,age_years,diagnoses,procedures"

@Suite struct GroupingBatchTests {
  @Test func `分组结果的每种状态`() throws {
    let text = """
      \(header)
      1,2,70,J18,
      2,1,70,J18,
      3,,,J18|A41,
      4,1,,J20,33.5
      5,1,30,J20,
      6,1,30,Z99,
      7,1,30,,33.5
      8,1,-1,J18,
      """
    let answer = try grouped(text.utf8)
    #expect(
      answer.lines.dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).prefix(5).joined(separator: ",")
      }
        == [
          "1,MDCE,ER1,ER13,grouped", "2,MDCE,ER1,ER15,grouped", "3,MDCE,ER1,ER11,grouped", "4,MDCA,AA1,AA19,grouped",
          "5,,,0000,ungrouped", "6,,,0000,ungrouped", "7,,,,invalid_input", "8,,,,invalid_input",
        ])
    #expect(answer.bad.isEmpty && answer.rows == 8)
    #expect(try answer.lines == plainly(text, try ToyEdition.grouper()))
  }

  @Test func `在每个字节处切块结果都相同`() throws {
    let text =
      "\u{FEFF}\(header)\r\n1,2,70,J18,\r\n\r\n\"2\",1,\"70\",\"J18|A41\",\"33.5\"\r\n\"a,\nb\r\n\"\"c\"\"\",,,J20,\n"
      + "d\"e,1, 3 , J18 | A41 ,\rf,1,,J18,\n\n\n\"\",2,1,J18|Z99,Q1|33.5\r\n汉字,2,80,J18,\r\nlast,1,,\"J18\",\"\""
    let grouper = try ToyEdition.grouper()
    let expected = try plainly(text, grouper)
    let whole = try grouped(text.utf8)
    #expect(whole.lines.joined(separator: "\n") == expected.joined(separator: "\n"))
    #expect(whole.bad.isEmpty && whole.rows == 8)
    for block in 1...(text.utf8.count + 1) {
      let cut = try grouped(text.utf8, block: block, window: 1 + block % 3)
      #expect(cut == whole, "blocks of \(block)")
    }
  }

  @Test func `坏行报出行号其余照常`() throws {
    let text =
      "\(header)\n1,1,70,J18,\n2,1,J18,\n3,1,x7,J18,\n4,3,7,J18,\n\"5\nb\",女,7.5,J18,\n\"6\"x,1,7,J18,\n7,男,7.00,J18,\n"
      + "8,1,1234567890,J18,\n\n9,1,7,\"J18,\n10,2,70,J18,\n"
    let whole = try grouped(text.utf8)
    #expect(
      whole.bad == [
        "3 2: expected 5 fields, found 4", "4 3: column age_years: \"x7\" is not a whole number",
        "5 4: column sex: unknown sex \"3\"; 1 male, 2 female, empty when unknown",
        "6 5\nb: column age_years: \"7.5\" is not a whole number",
        "8 : only a comma or a line end may follow a closing quote",
        "10 8: column age_years: \"1234567890\" is not a whole number",
        "12 : a quote is never closed; write a quote inside a field as two \"\"",
      ])
    let states = whole.lines.filter { $0.hasSuffix("grouped by the rules") }.map { $0.split(separator: ",")[0] }
    #expect(states == ["1", "7", "10"])
    #expect(whole.lines.count { $0.contains(",,,,invalid,") } == 7 && whole.rows == 10)
    for block in 1...(text.utf8.count + 1) {
      #expect(try grouped(text.utf8, block: block) == whole, "blocks of \(block)")
    }
    // Text in another encoding is a bad row and not a file that cannot be read.
    let mixed = try grouped(Array("\(header)\n1,,,J18,\n".utf8) + [0xB2, 0xA1, 0x2C, 0x2C, 0x2C, 0x2C, 0x0A])
    #expect(mixed.bad.count == 1 && mixed.bad[0].hasPrefix("3 ") && mixed.bad[0].contains("GBK"))
  }

  @Test func `没有闭合的引号不吞掉其余各行`() throws {
    let text = "\(header)\n1,1,7,J18,\n2,1,7,\"J18,\n" + String(repeating: "3,2,70,J18,\n", count: 400)
    let whole = try grouped(text.utf8)
    #expect(whole.bad.map { $0.prefix(3) } == ["3 :"] && whole.rows == 402)
    // Memory stays bounded: after a while the row is taken to end with its line.
    for block in [1, 10, 100, 1_000] {
      let cut = try grouped(text.utf8, block: block, longestRow: 300)
      #expect(cut == whole, "blocks of \(block)")
    }
  }

  @Test func `随机文本切块与逐行相同`() throws {
    var random = SplitMix(state: 20_261_121)
    let pieces = [
      "J18", "A41", "J20", "33.5", "Z99", "|", " ", "\"J18|A41\"", "\"J\"\"1\"", "汉", "\"a\nb\"", "\"\r\n\"", "x\"y",
    ]
    let grouper = try ToyEdition.grouper()
    for _ in 0..<40 {
      var text = header + "\n"
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let id = pieces.randomElement(using: &random) ?? ""
        let sex = ["", "1", "2"].randomElement(using: &random) ?? ""
        let age = ["", "0", "64", "65", "\"99\""].randomElement(using: &random) ?? ""
        let codes = (0..<2).map { _ in
          ["", "J18", "J18|A41", "33.5", "\"J18|A41\"", "J20|Q7"].randomElement(using: &random) ?? ""
        }
        text += "\(id),\(sex),\(age),\(codes[0]),\(codes[1])"
        text += ["\n", "\r\n", "\r", "\n\n"].randomElement(using: &random) ?? ""
      }
      let expected = try plainly(text, grouper)
      for block in [1, 2, 3, 7, 16, 64, 1 << 12] {
        let cut = try grouped(text.utf8, block: block)
        #expect(cut.lines.joined(separator: "\n") == expected.joined(separator: "\n"), "\(text.debugDescription)")
        #expect(cut.bad.isEmpty)
      }
    }
  }

  @Test func `列按名称次序不限缺列拒绝`() throws {
    let text = "诊断编码,备注,编号,年龄（岁）,性别\nJ18,\"a,b\",1,80,女\n"
    #expect(try grouped(text.utf8).lines[1] == "1,MDCE,ER1,ER13,grouped,grouped by the rules")
    for (text, word) in [
      ("id,sex\n1,2\n", "diagnoses"), ("id,diagnoses,id\n", "stands 2 times"), ("", "is empty"), ("\n\n", "is empty"),
    ] {
      let error = #expect(throws: Diagnostic.self) { try grouped(text.utf8) }
      #expect(error?.message.english.contains(word) == true, "\(text)")
    }
  }

  @Test func `JSON 行与逐例说明`() throws {
    let text = "\(header)\n\"a\"\"\n\u{1}\",2,70,J18|Q9,\nb,x,1,J18,\n"
    let json = try grouped(text.utf8, form: .jsonLines)
    #expect(
      json.lines == [
        "{\"id\":\"a\\\"\\n\\u0001\",\"mdc\":\"MDCE\",\"adrg\":\"ER1\",\"drg\":\"ER13\",\"status\":\"grouped\","
          + "\"reason\":\"grouped by the rules; codes that the edition does not know: Q9\"}",
        "{\"id\":\"b\",\"mdc\":null,\"adrg\":null,\"drg\":null,\"status\":\"invalid\","
          + "\"reason\":\"column sex: unknown sex \\\"x\\\"; 1 male, 2 female, empty when unknown\"}",
      ])
    let told = try grouped("\(header)\nb,2,70,J18|A41,\n".utf8, form: .text)
    #expect(told.lines.first == "# b" && told.lines.contains { $0.contains("ER11") && $0.contains("QTZD in") })
  }
}

/// A generator of numbers that gives the same ones every time (splitmix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
