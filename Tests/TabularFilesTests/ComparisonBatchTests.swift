import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// Several editions side by side.
@Suite struct ComparisonBatchTests {
  /// The toy edition, and one that has no group for complications and another category first.
  private static func groupers() throws -> [Grouper] {
    var other = ToyEdition.tables
    other.manifest = EditionManifest(identifier: "next", name: "下一版")
    other.groups.removeAll { $0.code == "ER11" }
    other.categories[0].rule = "ZYSS in OP_AA1 and NL >= 18"
    return try [ToyEdition.tables, other].map { tables in
      let (edition, findings) = Edition.compile(tables)
      return Grouper(try #require(edition, "\(findings)"))
    }
  }

  private static let cases = """
    id,sex,age_years,diagnoses,procedures
    1,2,70,J18,
    "2,x",1,30,J18|A41,
    3,1,5,J18,33.5
    4,1,x,J18,
    5,1,30,J20|Q9,
    6,1,30,,
    """

  private struct Run {
    var lines: [String] = []
    var bad: [String] = []
    var progress = ComparisonBatch.Progress()
    var agreements: [EditionAgreement] = []
  }

  private func run(
    _ form: ResultForm, _ text: String = cases, groupers: [Grouper]? = nil, block: Int = 1 << 16,
    codes: CaseCodes? = nil
  ) throws -> Run {
    let scratch = try Scratch()
    var batch = ComparisonBatch(try groupers ?? Self.groupers(), form: form)
    batch.pace.blockBytes = block
    batch.codes = codes
    var run = Run()
    run.progress = try batch.run(
      .bytes(Array(text.utf8), name: "t.csv"), to: .file(scratch.path("out")),
      report: { run.bad.append("\($0.line) \($0.id)") })
    run.lines = String(decoding: try scratch.bytes("out"), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    run.agreements = batch.agreements(run.progress.tally)
    return run
  }

  @Test func `各方案的列并排且注明在哪一级不同`() throws {
    let run = try run(ResultForm(.csv, .english))
    let wide = run.lines.map { line in
      line.replacing("grouped by the rules", with: "rules").replacing(
        "the principal diagnosis is missing; add it", with: "missing")
    }
    #expect(
      wide[0]
        == "id,differs,toy_mdc,toy_adrg,toy_drg,toy_status,toy_reason,"
        + "next_mdc,next_adrg,next_drg,next_status,next_reason"
    )
    #expect(wide[1] == "1,,MDCE,ER1,ER13,grouped,rules,MDCE,ER1,ER13,grouped,rules")
    #expect(wide[2] == "\"2,x\",drg,MDCE,ER1,ER11,grouped,rules,MDCE,ER1,ER15,grouped,rules")
    #expect(wide[3] == "3,mdc,MDCA,AA1,AA19,grouped,rules,MDCE,ER1,ER15,grouped,rules")
    #expect(
      wide[4]
        == "4,,,,,invalid,\"column age_years: \"\"x\"\" is not a whole number\",,,,invalid,")
    #expect(wide[5].hasPrefix("5,,,,0000,ungrouped,") && wide[5].hasSuffix("edition does not know: Q9\""))
    #expect(wide[6] == "6,,,,,invalid_input,missing,,,,invalid_input,missing")
    #expect(wide.count == 8 && wide[7].isEmpty)
    #expect(run.bad == ["5 4"] && run.progress.rows == 6 && run.progress.badRows == 1)
    #expect(run.progress.tally.total == 5 && run.progress.tally.unanimousCount == 3)
    #expect(run.progress.tally.groupedCount == 3)
    let agreement = try #require(run.agreements.first)
    #expect(run.agreements.count == 1 && agreement.first == "toy" && agreement.second == "next")
    #expect(agreement.total == 5 && agreement.sameCount == 3)
    #expect(GroupingTrace.Level.allCases.map { agreement.count($0) } == [1, 0, 1])
    #expect(
      agreement.moves.map { "\($0.from)→\($0.to) \($0.level.word) \($0.count)" } == [
        "AA19→ER15 mdc 1", "ER11→ER15 drg 1",
      ])
  }

  @Test func `切块处不影响结果，表中列数一致`() throws {
    let whole = try run(ResultForm(.csv, .chinese))
    for block in 1...(Self.cases.utf8.count + 1) {
      let cut = try run(ResultForm(.csv, .chinese), block: block)
      #expect(cut.lines == whole.lines && cut.progress.tally == whole.progress.tally, "blocks of \(block)")
      #expect(cut.agreements == whole.agreements)
    }
    let tabs = try run(ResultForm(.tsv, .english)).lines.dropLast()
    #expect(
      tabs.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 12 } && tabs.count == 6)
  }

  @Test func `JSON 与逐例说明`() throws {
    for explains in [false, true] {
      let lines = try run(ResultForm(.jsonLines, .english, explains: explains)).lines.dropLast()
      let objects = try lines.map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      }
      #expect(objects.count == 6 && objects[3]["status"] as? String == "invalid")
      #expect(objects[2]["differs"] as? String == "mdc" && objects[0]["differs"] is NSNull)
      let answers = try #require(objects[2]["answers"] as? [[String: Any]])
      #expect(answers.map { $0["edition"] as? String } == ["toy", "next"])
      #expect(answers.map { $0["drg"] as? String } == ["AA19", "ER15"])
      #expect(answers.allSatisfy { ($0["trace"] != nil) == explains })
    }
    let text = try run(ResultForm(.text, .chinese)).lines
    #expect(text.filter { $0.hasPrefix("方案：") }.count == 10 && text.contains("方案：下一版"))
    #expect(text.contains { $0.hasPrefix("invalid  列 age_years") })
  }

  @Test func `编码核对的提示在最后一列，同名方案加序号`() throws {
    let versions = CodeVersions(
      diagnoses: CodeVersionTable(
        .diagnosis, national: [NamedCode("J18", "肺炎")], clinical: [NamedCode("X18", "临床肺炎")],
        counterparts: ["X18": "J18"]),
      procedures: CodeVersionTable(.procedure, national: [NamedCode("33.5", "移植")]))
    let grouper = try ToyEdition.grouper()
    let found = try run(
      ResultForm(.csv, .chinese), "id,sex,age_years,diagnoses\n1,2,70,X18\n2,2,70,J18\n", groupers: [grouper, grouper],
      codes: CaseCodes(versions, converts: true))
    #expect(found.lines[0].hasSuffix(",toy_reason,toy_2_mdc,toy_2_adrg,toy_2_drg,toy_2_status,toy_2_reason,codes"))
    #expect(
      found.lines[1]
        == "1,,MDCE,ER1,ER13,grouped,按分组规则入组,MDCE,ER1,ER13,grouped,按分组规则入组,诊断由临床版 X18 临床肺炎 转为医保版 J18 肺炎")
    #expect(found.progress.codes.changes == 1)
  }

  /// Every answer and every count is that of the room's comparison, case by case.
  @Test(.enabled(if: SharedData.hasEditions, "needs ../shared/data/editions"))
  func `全国与地方方案的对照和逐例计算一致`() throws {
    let editions = try ["chs_drg_11", "chs_drg_10", "suzhou_2023"].map { name in
      let file = EditionFile(SharedData.editions.appending(path: name).path)
      return Grouper(try #require(file.read().value.flatMap { Edition.compile($0).edition }))
    }
    let history = DIPSampleHistory(cases: 3_000, seed: 11).map(\.unit)
    var text = "id,sex,age_years,age_days,birth_weight_g,stay_days,discharge_kind,diagnoses,procedures\n"
    for unit in history {
      func cell(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
      text += "\(unit.id),\(cell(unit.sex.map { Int($0.rawValue) })),\(cell(unit.ageYears)),\(cell(unit.ageDays)),"
      text += "\(cell(unit.birthWeightGrams)),\(cell(unit.stayDays)),\(cell(unit.dischargeKind)),"
      text += "\(unit.diagnoses.joined(separator: "|")),\(unit.procedures.joined(separator: "|"))\n"
    }
    let found = try run(ResultForm(.tsv, .english), text, groupers: editions, block: 4_096)
    var same = [0, 0, 0]
    for (unit, line) in zip(history, found.lines) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let answers = GroupingComparison(of: unit, under: editions).answers.map(\.result)
      for (place, result) in answers.enumerated() {
        #expect(cells[2 + 5 * place] == result.category ?? "" && cells[3 + 5 * place] == result.adjacentGroup ?? "")
        #expect(cells[5 + 5 * place] == result.status.word)
      }
      for (place, pair) in [(0, 1), (0, 2), (1, 2)].enumerated()
      where answers[pair.0].difference(from: answers[pair.1]) == nil { same[place] += 1 }
    }
    #expect(found.agreements.map(\.sameCount) == same && found.progress.tally.total == 3_000)
    #expect(same.allSatisfy { $0 > 0 && $0 < 3_000 })
  }
}
