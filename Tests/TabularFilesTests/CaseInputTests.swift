import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

@Suite struct CaseInputTests {
  @Test func `工作簿进出与文本相同`() throws {
    let scratch = try Scratch()
    try WorkbookWriter.write(to: scratch.path("in.xlsx")) { workbook in
      try workbook.startSheet("病例", columns: ["编号", "性别", "年龄", "诊断编码", "手术操作编码"].map { SheetColumn($0) })
      try workbook.append([.text("a\n1"), .integer(2), .integer(70), .text("J18")])
      try workbook.append([])
      try workbook.append([.text("b"), .text("x"), .integer(70), .text("J18")])
      try workbook.append([.text("=1"), .empty, .empty, .text("J18|A41"), .text("33.5")])
    }
    let batch = GroupingBatch(try ToyEdition.grouper(), form: ResultForm(.csv, .english))
    var bad: [UnreadableRow] = []
    let summary = try batch.run(
      .table(path: scratch.path("in.xlsx")), to: .file(scratch.path("out.xlsx")), errors: scratch.path("bad.csv"),
      report: { bad.append($0) })
    #expect(summary.rows == 3 && bad.map(\.line) == [4])
    var rows: [[String]] = []
    try TableReader(path: scratch.path("out.xlsx")).forEachRow { rows.append($0.strings) }
    #expect(rows[0] == ["id", "mdc", "adrg", "drg", "status", "reason"])
    #expect(
      rows.dropFirst().map { Array($0.prefix(5)) } == [
        ["a 1", "MDCE", "ER1", "ER13", "grouped"], ["b", "", "", "", "invalid"],
        ["=1", "MDCA", "AA1", "AA19", "grouped"],
      ])
    let errors = String(decoding: try scratch.bytes("bad.csv"), as: UTF8.self)
    #expect(errors.hasPrefix("\u{FEFF}line,id,reason\n4,b,\"column sex: unknown sex \"\"x\"\";"))
  }

  @Test func `程序给出的病例与制表符文件`() throws {
    let scratch = try Scratch()
    let batch = GroupingBatch(try ToyEdition.grouper(), form: ResultForm(.tsv, .english))
    var bad: [String] = []
    _ = try batch.run(
      .cases { taker in
        try taker.take(GroupingCase(id: "x,\"1", sex: .female, ageYears: 70, diagnoses: ["J18"]), line: 5)
        try taker.refuse(id: "y", line: 9, reason: LocalizedText("坏", "broken"))
        try taker.take(GroupingCase(id: "z", ageYears: -3, diagnoses: ["J18"]), line: 12)
      }, to: .file(scratch.path("out")), report: { bad.append("\($0.line) \($0.id) \($0.reason.english)") })
    #expect(bad == ["9 y broken"])
    let lines = String(decoding: try scratch.bytes("out"), as: UTF8.self).split(separator: "\n")
    #expect(
      lines == [
        "x,\"1\tMDCE\tER1\tER13\tgrouped\tgrouped by the rules", "y\t\t\t\tinvalid\tbroken",
        "z\t\t\t\tinvalid_input\tan age, a birth weight or a number of days is below zero; correct it",
      ])
    try scratch.write("a\t2\t70\t\\N\t\\N\t5\t1\t\tJ18\t\\N\r\n\"b\t\\N\t\t\t\t\t\t\tJ18|A41\t\nc\td\n", to: "in.tsv")
    bad = []
    _ = try batch.run(
      .tabs(path: scratch.path("in.tsv")), to: .file(scratch.path("out")),
      report: { bad.append("\($0.line) \($0.id) \($0.reason.english)") })
    #expect(bad == ["3 c expected 10 fields, found 2"])
    #expect(
      String(decoding: try scratch.bytes("out"), as: UTF8.self).split(separator: "\n").map {
        Array($0.split(separator: "\t").prefix(5))
      }
        == [
          ["a", "MDCE", "ER1", "ER13", "grouped"], ["\"b", "MDCE", "ER1", "ER11", "grouped"],
          ["c", "invalid", "expected 10 fields, found 2"],
        ])
  }

  @Test func `JSON 文件逐个取出对象`() throws {
    let scratch = try Scratch()
    let texts: [(String, [JSONPieces.Piece])] = [
      ("{\"a\":1}", [.value(Array("{\"a\":1}".utf8), line: 1)]),
      (
        "\u{FEFF}[ {\"a\":\"}\\\"\"},\n{\"b\":[{},[]]}\n]",
        [.value(Array("{\"a\":\"}\\\"\"}".utf8), line: 1), .value(Array("{\"b\":[{},[]]}".utf8), line: 2)]
      ),
      (
        "{}\nnonsense {\n{\"c\":\n2}\n{\"open\":",
        [
          .value(Array("{}".utf8), line: 1), .broken(line: 2), .value(Array("{\"c\":\n2}".utf8), line: 3),
          .value(Array("{\"open\":".utf8), line: 5),
        ]
      ), ("", []), ("[]", []),
    ]
    for (text, expected) in texts {
      let path = try scratch.write(text, to: "t.json")
      for chunk in 1...max(1, text.utf8.count) {
        var pieces: [JSONPieces.Piece] = []
        try JSONPieces(path: path, chunk: chunk).forEach { pieces.append($0) }
        #expect(pieces == expected, "\(text) by \(chunk)")
      }
      #expect(try JSONPieces.isJSON(path) == !text.isEmpty)
    }
  }
}
