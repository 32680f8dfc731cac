import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// `yibao dip group` in its parts: the same machinery as for CHS-DRG, with the results of the room.
@Suite struct DIPGroupingBatchTests {
  private static let header = "id,sex,age_years,age_days,birth_weight_g,stay_days,discharge_kind,diagnoses,procedures"
  private let grouper: DIPGrouper
  private let typing: DIPTyping

  init() throws {
    grouper = try DIPGrouper(try #require(DIPCatalogueFolder.read(DIPOutlineTests.folder.path).value))
    typing = try #require(DIPTypingFolder.read(DIPOutlineTests.folder.appending(path: "typing").path).value)
  }

  private func line(_ unit: GroupingCase) -> String {
    func cell(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
    return [
      unit.id, cell(unit.sex.map { Int($0.rawValue) }), cell(unit.ageYears), cell(unit.ageDays),
      cell(unit.birthWeightGrams), cell(unit.stayDays), cell(unit.dischargeKind),
      unit.diagnoses.joined(separator: "|"), unit.procedures.joined(separator: "|"),
    ].joined(separator: ",")
  }

  private struct Run {
    var rows: [[String]] = []
    var text = ""
    var bad: [String] = []
    var progress = DIPGroupingBatch.Progress()
  }

  private func run(
    _ input: CaseInput, _ form: ResultForm = ResultForm(.csv, .chinese), explains: Bool = false,
    block: Int = 1 << 16, window: Int = 3, typed: Bool = false, codes: CaseCodes? = nil
  ) throws -> Run {
    let scratch = try Scratch()
    var batch = DIPGroupingBatch(grouper, form: form, explains: explains)
    (batch.pace.blockBytes, batch.pace.window) = (block, window)
    batch.typing = typed ? typing : nil
    batch.codes = codes
    var run = Run()
    run.progress = try batch.run(
      input, to: .file(scratch.path("out")),
      report: { run.bad.append("\($0.line) \($0.id): \($0.reason.english)") })
    let bytes = try scratch.bytes("out")
    run.text = String(decoding: bytes, as: UTF8.self)
    if form.shape == .csv { try CSVReader(bytes: bytes, name: "out").forEachRow { run.rows.append($0.strings) } }
    return run
  }

  private func run(text: String, typed: Bool = false, block: Int = 1 << 16, codes: CaseCodes? = nil) throws -> Run {
    try run(.bytes(Array(text.utf8), name: "t.csv"), block: block, typed: typed, codes: codes)
  }

  @Test func `每例结果与逐例入组相同，切块和线程数不影响次序`() throws {
    let history = DIPSampleHistory(cases: 3_000, seed: 7).map(\.unit)
    let text = Self.header + "\n" + history.map(line).joined(separator: "\n")
    let whole = try run(text: text)
    #expect(whole.rows.count == 3_001 && whole.bad.isEmpty)
    #expect(
      whole.rows[0]
        == ["id", "status", "layer", "code", "name", "treatment", "primary_care", "score", "reason"])
    var tally = StatusCounts()
    for (unit, row) in zip(history, whole.rows.dropFirst()) {
      let grouping = grouper.group(unit)
      let score = grouping.row.flatMap { grouper.catalogue.groups[$0].score }
      #expect(
        row == [
          unit.id, grouping.status.word, grouping.layer?.word ?? "", grouping.code, grouping.name,
          grouping.treatment?.word ?? "", grouping.isPrimaryCare ? "yes" : "",
          score.map { FixedPoint.print($0.tenThousandths, decimals: 4, trimmed: true) } ?? "",
          grouping.status.message.chinese,
        ])
      tally.add(grouping.status)
    }
    for status in DIPStatus.allCases { #expect(whole.progress.tally[status] == tally.counts[status] ?? 0) }
    for (block, window) in [(1, 1), (100, 2), (1_000, 5), (64 << 10, 3)] {
      let cut = try run(.bytes(Array(text.utf8), name: "t.csv"), block: block, window: window)
      #expect(cut.text == whole.text && cut.progress.tally == whole.progress.tally, "blocks of \(block)")
    }
  }

  private struct StatusCounts {
    var counts: [DIPStatus: Int] = [:]
    mutating func add(_ status: DIPStatus) { counts[status, default: 0] += 1 }
  }

  @Test func `辅助分型与逐例计算相同，缺的列不触发`() throws {
    var random = SplitMix(state: 5)
    let others = ["R57.000", "N18.500", "E11.900", "C78.700", "I50.900", "J44.100"]
    var (text, expected) = (Self.header + ",icu_days,cost_percent,treatment_percent,drug_percent\n", [[String]]())
    for (number, past) in DIPSampleHistory(cases: 600, seed: 9).enumerated() {
      var unit = past.unit
      if number % 3 == 0, let other = others.randomElement(using: &random) { unit.diagnoses.append(other) }
      func one(_ numbers: [Int?]) -> Int? { numbers.randomElement(using: &random) ?? nil }
      let facts = DIPTyping.Facts(
        intensiveDays: one([nil, 1, 9, 20]), costPercent: one([nil, 90, 300]), treatmentPercent: one([nil, 50]),
        drugPercent: one([nil, 10, 60]))
      let extra = [facts.intensiveDays, facts.costPercent, facts.treatmentPercent, facts.drugPercent]
      text += line(unit) + "," + extra.map { $0.map { "\($0)" } ?? "" }.joined(separator: ",") + "\n"
      let grouping = grouper.group(unit)
      guard !grouping.code.isEmpty else {
        expected.append(["", "", "", ""])
        continue
      }
      let type = typing.type(unit, group: grouping.code, facts: facts)
      func word(_ place: Int) -> String { "\(typing.tables.types[place].dimension)/\(typing.tables.types[place].code)" }
      expected.append([
        "\(type.index)", type.triggered.map(word).joined(separator: "|"), type.chosen.map(word) ?? "",
        type.factor.map { FixedPoint.print($0.millionths, decimals: 6, trimmed: true) } ?? "",
      ])
    }
    let found = try run(text: text, typed: true)
    #expect(found.rows[0].suffix(4) == ["cci", "types", "type", "factor"])
    #expect(found.rows.dropFirst().map { Array($0.suffix(4)) } == expected)
    #expect(Set(expected.map { $0[2] }).count > 5 && Set(expected.map { $0[3] }).count > 5)
  }

  @Test func `坏行报出行号，在结果中为 invalid`() throws {
    let text = "id,age_years,diagnoses,icu_days\n1,x,K35.8,\n\"2\n\",5,J20.900\n3,5,J20.900,y\n4,5,J20.900,\n"
    let found = try run(text: text, typed: true)
    #expect(
      found.bad == [
        "2 1: column age_years: \"x\" is not a whole number", "3 2\n: expected 4 fields, found 3",
        "5 3: column icu_days: \"y\" is not a whole number",
      ])
    #expect(found.rows.dropFirst().map { $0[1] } == ["invalid", "invalid", "invalid", "grouped"])
    #expect(found.rows.allSatisfy { $0.count == 13 } && found.rows[1][8] == "列 age_years：「x」不是整数")
    // Without typing nobody asks for the days in intensive care.
    #expect(try run(text: text).bad.count == 2)
  }

  @Test func `说明、JSON、制表符`() throws {
    let path = DIPOutlineTests.root.appending(path: "Examples/dip/cases.csv").path
    let told = try run(.table(path: path), explains: true)
    #expect(told.rows[8][8].contains("87.4100 在不纳入分组的主要手术操作之列（第 5 行）：按保守治疗入组；"))
    let json = try run(.table(path: path), ResultForm(.jsonLines, .english), explains: true, typed: true)
    let objects = try json.text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    #expect(objects.count == 11 && objects[0]["code"] as? String == "K35.8:47.0100")
    #expect(objects.allSatisfy { $0["steps"] is [String] && $0["reason"] is String })
    #expect((objects[3]["typing"] as? [String: Any])?["factor"] as? String == "1.2")
    #expect(objects[6]["typing"] == nil && objects[6]["number"] as? Int == 3)
    let tabs = try run(.table(path: path), ResultForm(.tsv, .chinese)).text.split(separator: "\n")
    #expect(tabs.count == 11 && tabs.allSatisfy { $0.count { $0 == "\t" } == 8 })
  }

  @Test func `工作簿进出与文本相同`() throws {
    let scratch = try Scratch()
    try WorkbookWriter.write(to: scratch.path("in.xlsx")) { workbook in
      try workbook.startSheet("病例", columns: ["编号", "年龄", "诊断编码", "手术操作编码"].map { SheetColumn($0) })
      try workbook.append([.text("1"), .integer(40), .text("K35.800"), .text("47.0100")])
      try workbook.append([.text("2"), .text("?"), .text("K35.800"), .empty])
      try workbook.append([.text("3"), .integer(40), .text("K35.800"), .empty])
    }
    let batch = DIPGroupingBatch(grouper, form: ResultForm(.csv, .chinese))
    var lines: [Int] = []
    _ = try batch.run(
      .table(path: scratch.path("in.xlsx")), to: .file(scratch.path("out.xlsx")), report: { lines.append($0.line) })
    var rows: [[String]] = []
    try TableReader(path: scratch.path("out.xlsx")).forEachRow { rows.append($0.strings) }
    #expect(lines == [3] && rows.map { $0.prefix(4).last } == ["code", "K35.8:47.0100", "", "K35.8:0"])
  }

  @Test func `临床版编码先转换再入组`() throws {
    let versions = CodeVersions(
      diagnoses: CodeVersionTable(
        .diagnosis, national: [NamedCode("K35.800", "急性阑尾炎")], clinical: [NamedCode("X35.800", "临床")],
        counterparts: ["X35.800": "K35.800"]),
      procedures: CodeVersionTable(.procedure, national: [NamedCode("47.0100", "阑尾切除")]))
    let text = "id,diagnoses,procedures\n1,X35.800,47.0100\n"
    #expect(try run(text: text).rows[1][3] != "K35.8:47.0100")
    let found = try run(text: text, codes: CaseCodes(versions, converts: true))
    #expect(found.rows[1][3] == "K35.8:47.0100" && found.progress.codes.changes == 1)
    #expect(found.rows[1][8].hasPrefix("已入组；诊断由临床版 X35.800 临床 转为医保版 K35.800"))
  }

  @Test func `按编号在文件中找病例`() throws {
    let text =
      "id,sex,age_years,diagnoses,procedures\na,1,7,J18|A41,33.5\n\"b\"\"1\",x,,J18,\n a ,2,,\"J20\",\n,2,,J18,\n"
    let input = CaseInput.bytes(Array(text.utf8), name: "t.csv")
    let found = try CaseFinder().find("a", in: input)
    #expect(found.unreadable.isEmpty)
    #expect(
      found.cases == [
        GroupingCase(id: "a", sex: .male, ageYears: 7, diagnoses: ["J18", "A41"], procedures: ["33.5"]),
        GroupingCase(id: "a", sex: .female, diagnoses: ["J20"]),
      ])
    let bad = try CaseFinder().find("b\"1", in: input)
    #expect(bad.cases.isEmpty && bad.unreadable.map(\.line) == [3])
    let none = try CaseFinder().find("c", in: input)
    #expect(none.cases.isEmpty && none.unreadable.isEmpty)
  }
}

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
