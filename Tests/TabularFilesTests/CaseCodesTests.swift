import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// Cases grouped by the outline edition with a small world of codes: the clinical `E11.900` is the national `I21.000`,
/// `J18.9X1` is clinical only, `K35.800` is grey.
@Suite struct CaseCodesTests {
  private static let edition: Edition? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return EditionFile(root.appending(path: "Editions/chs-drg-outline").path).read().value
      .flatMap { Edition.compile($0).edition }
  }()

  private static let versions = CodeVersions(
    diagnoses: CodeVersionTable(
      .diagnosis,
      national: [
        NamedCode("E11.900", "糖尿病"), NamedCode("I21.000", "心梗"), NamedCode("J18.900", "肺炎"),
        NamedCode("K35.800", "阑尾炎"),
      ],
      clinical: [NamedCode("E11.900", "临床心梗"), NamedCode("J18.9X1", "临床肺炎")],
      counterparts: ["E11.900": "I21.000", "J18.9X1": "J18.900"], grey: ["K35.800"]),
    procedures: CodeVersionTable(.procedure, national: [NamedCode("47.0100", "阑尾切除")]))

  private static let cases = """
    id,sex,age_years,diagnoses,procedures
    A,2,40,E11.900,
    B,2,40,J18.9X1|E11.900,
    C,2,40,K35.800,47.0100
    D,2,40,J18.900|K35.800,
    E,2,x,J18.900,
    """

  /// What a batch writes and what it counts.
  private func run(
    _ form: ResultForm, converts: Bool? = nil, cases: String = cases
  ) throws -> (lines: [String], progress: GroupingBatch.Progress) {
    let file = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    var batch = GroupingBatch(Grouper(try #require(Self.edition)), form: form)
    batch.codes = converts.map { CaseCodes(Self.versions, converts: $0) }
    let progress = try batch.run(.bytes(Array(cases.utf8), name: "cases.csv"), to: .file(file.path))
    let text = try String(contentsOf: file, encoding: .utf8)
    return (text.split(separator: "\n").map(String.init), progress)
  }

  @Test func `没有编码表时照旧，有编码表时逐例指出`() throws {
    let plain = try run(ResultForm(.csv, .chinese)).lines
    let checked = try run(ResultForm(.csv, .chinese), converts: false)
    let groups = [plain, checked.lines].map { lines in
      lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).prefix(5).joined(separator: ",") }
    }
    #expect(groups[0] == groups[1] && plain.count == 6)
    #expect(
      checked.lines[1]
        == plain[1] + "；主要诊断「E11.900」按医保版读作「糖尿病」；若按临床版书写，它是「临床心梗」，应转为 I21.000 心梗")
    #expect(checked.lines[2].contains("；主要诊断「J18.9X1」只在临床版中有（临床肺炎），医保版没有；对应的医保版编码：J18.900 肺炎；第 1 个其他诊断"))
    #expect(checked.lines[3] == plain[3] + "；主要诊断「K35.800 阑尾炎」是灰码，不能放在首位")
    #expect(checked.lines[4] == plain[4] + "；第 1 个其他诊断「K35.800 阑尾炎」是灰码，不在首位，可以使用")
    #expect(checked.lines[5].hasPrefix("E,,,,invalid,") && checked.progress.badRows == 1)
    #expect(checked.progress.codes.changes == 0)
    #expect(
      checked.progress.codes.findings == [.meansSomethingElse: 2, .clinicalOnly: 1, .greyFirst: 1, .grey: 1])
  }

  @Test func `要求转换时按转换后的编码分组`() throws {
    let plain = try run(ResultForm(.csv, .english)).lines
    let converted = try run(ResultForm(.csv, .english), converts: true)
    #expect(plain[1].hasPrefix("A,MDCK,KS1,KS15,") && converted.lines[1].hasPrefix("A,MDCF,FR1,FR15,"))
    #expect(converted.lines[1].contains("The diagnosis E11.900 临床心梗 of the clinical version became I21.000 心梗"))
    // The heart attack among the other diagnoses counts as a major complication of the pneumonia.
    #expect(plain[2].hasPrefix("B,MDCE,ES3,ES33,") && converted.lines[2].hasPrefix("B,MDCE,ES3,ES31,"))
    #expect(converted.progress.codes.changes == 3)
    #expect(converted.progress.codes.findings == [.greyFirst: 1, .nationalOnly: 3, .grey: 1])
  }

  @Test func `制表符输出只有六列，JSON 另列转换和提示`() throws {
    let tabs = try run(ResultForm(.tsv, .chinese), converts: true).lines
    #expect(
      tabs.count == 5 && tabs.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 6 })
    for explains in [false, true] {
      let lines = try run(ResultForm(.jsonLines, .english, explains: explains), converts: true).lines
      let object = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
      #expect(object["drg"] as? String == "FR15" && (object["trace"] != nil) == explains)
      let change = try #require((object["changes"] as? [[String: Any]])?.first)
      #expect(change["from"] as? String == "E11.900" && change["to"] as? String == "I21.000")
      #expect(change["position"] as? Int == 0 && change["family"] as? String == "diagnosis")
      let third = try #require(try JSONSerialization.jsonObject(with: Data(lines[2].utf8)) as? [String: Any])
      let findings = try #require(third["findings"] as? [[String: Any]])
      #expect(findings.map { $0["kind"] as? String } == ["national_only", "grey_first"])
    }
  }

  @Test func `逐例说明先列编码`() throws {
    let lines = try run(ResultForm(.text, .chinese), converts: true).lines
    #expect(lines[0] == "# A" && lines[1].hasPrefix("诊断由临床版 E11.900 临床心梗 转为医保版 I21.000 心梗"))
    #expect(lines.contains { $0.contains("FR15") })
  }
}
