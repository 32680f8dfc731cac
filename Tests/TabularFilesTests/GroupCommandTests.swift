import Foundation
import Grouping
import TabularFiles
import Testing

/// `yibao edition` and `yibao group` as somebody runs them.
@Suite(.timeLimit(.minutes(3)))
struct GroupCommandTests {
  private struct Run {
    let code: Int32
    let output: String
    let complaints: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  private func yibao(_ arguments: [String], in scratch: Scratch, input: String = "") async throws -> Run {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let tool = URL(filePath: tests).deletingLastPathComponent().appending(path: "yibao")
    let entry = try scratch.write(input, to: "stdin")
    let (output, complaints) = (scratch.path("stdout"), scratch.path("stderr"))
    let cache = scratch.path("cache")
    for path in [output, complaints] { try Data().write(to: URL(filePath: path)) }
    return try await Task.detached {
      let process = Process()
      process.executableURL = tool
      process.arguments = arguments
      process.environment = ["XDG_CACHE_HOME": cache]
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: entry))
      process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
      process.standardError = try FileHandle(forWritingTo: URL(filePath: complaints))
      try process.run()
      process.waitUntilExit()
      return Run(
        code: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
        complaints: try String(contentsOfFile: complaints, encoding: .utf8))
    }.value
  }

  private func prepared() throws -> (scratch: Scratch, edition: String) {
    let scratch = try Scratch()
    try EditionFolder.write(ToyEdition.tables, to: scratch.path("toy"))
    return (scratch, scratch.path("toy"))
  }

  @Test func `地方细分组叠加在基础方案上`() async throws {
    let (scratch, base) = try prepared()
    let (out, changes) = (scratch.path("city"), scratch.path("changes"))
    try scratch.write(#"{"edition": "city", "name": "示例市细分组"}"#, to: "changes/manifest.json")
    try scratch.write("code,name,adrg,rule,sort\nER19,肺部感染，不再细分,ER1,,1\n", to: "changes/drg.csv")
    let removed = ToyEdition.tables.groups.filter { $0.adjacentGroup == "ER1" }.map { "DRG,\($0.code),\n" }.joined()
    try scratch.write("sheet,key,code\n\(removed)集合,OP_NONE,\n", to: "changes/removed.csv")
    let run = try await yibao(["edition", "overlay", base, changes, "--out", out], in: scratch)
    #expect(run.code == 0, "\(run.complaints)")
    #expect(run.output.hasPrefix("示例市细分组：MDC") && run.complaints.contains("要删除的 OP_NONE 在基础方案中不存在"))
    let cases = try scratch.write("id,sex,age_years,diagnoses\n1,2,70,J18\n", to: "cases.csv")
    let grouped = try await yibao(["group", "--edition", out, cases], in: scratch)
    #expect(grouped.lines.last == "1,MDCE,ER1,ER19,grouped,按分组规则入组", "\(grouped.complaints)")
    try scratch.write("sheet,key,code\nDRG,ER13,J18\n", to: "changes/removed.csv")
    let refused = try await yibao(["edition", "overlay", base, changes, "--out", scratch.path("none")], in: scratch)
    #expect(refused.code == 2 && refused.complaints.contains("removed.csv:2"), "\(refused.complaints)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
  }

  @Test func `分组命令的输出与退出码`() async throws {
    let (scratch, edition) = try prepared()
    let cases = try scratch.write(
      "id,sex,age_years,diagnoses,procedures\n1,2,70,J18,\n2,x,70,J18,\n3,1,5,J18|Q1,33.5\n", to: "cases.csv")
    let run = try await yibao(["group", "--edition", edition, cases, "--errors", scratch.path("bad.csv")], in: scratch)
    #expect(run.code == 1, "\(run.complaints)")
    #expect(
      run.lines == [
        "id,mdc,adrg,drg,status,reason", "1,MDCE,ER1,ER13,grouped,按分组规则入组",
        "2,,,,invalid,列 sex：不认识性别「x」，应为 1 男、2 女，未知为空",
        "3,MDCA,AA1,AA19,grouped,按分组规则入组；分组方案中没有的编码：Q1",
      ])
    #expect(run.complaints.contains("cases.csv:3 (2): 列 sex") && run.complaints.contains("不能读 1"))
    #expect(String(decoding: try scratch.bytes("bad.csv"), as: UTF8.self).contains("3,2,"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("cache/openyibao/editions")).count == 1)
    // Standard input to standard output, as a pipe of other programs.
    let piped = try await yibao(
      ["group", "--edition", edition, "--format", "tsv", "--no-cache", "-"], in: scratch,
      input: "7\t2\t70\t\\N\t\\N\t\\N\t\\N\t\\N\tJ18\t\\N\n")
    #expect(piped.code == 0 && piped.output == "7\tMDCE\tER1\tER13\tgrouped\t按分组规则入组\n", "\(piped.complaints)")
    let json = try await yibao(["group", "--edition", edition, cases, "--json", "--lang", "en"], in: scratch)
    #expect(
      json.lines.count == 3 && json.lines[0].contains("\"drg\":\"ER13\"") && json.lines[1].contains("unknown sex"))
    let told = try await yibao(["group", "--edition", edition, cases, "--explain", "--json"], in: scratch)
    let first = try #require(told.lines.first)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect((object["trace"] as? [String: Any])?["attempts"] is [Any], "\(first)")
    let text = try await yibao(["group", "--edition", edition, cases, "--explain"], in: scratch)
    #expect(text.output.contains("✓ MDCE 呼吸") && text.output.contains("# 2\ninvalid  列 sex"))
  }

  /// What the guide shows is what the command prints.
  @Test func `指南中的示例与命令输出相同`() async throws {
    let scratch = try Scratch()
    let run = try await yibao(
      [
        "group", "--edition", SharedData.root.appending(path: "Editions/chs-drg-outline").path,
        SharedData.root.appending(path: "Examples/grouping/cases.csv").path, "--lang", "en",
      ], in: scratch)
    #expect(run.code == 1, "\(run.complaints)")
    let guide = try String(
      contentsOf: SharedData.root.appending(path: "Docs/Guides/grouping-cases.md"), encoding: .utf8)
    #expect(guide.contains("```text\n\(run.output)```"), "\(run.output)")
  }

  @Test func `核对编码和转换临床版编码`() async throws {
    let (scratch, edition) = try prepared()
    try scratch.write("J18 肺炎\nJ20 支气管炎\n", to: "codes/icd10-nhsa-2.0.dat")
    try scratch.write("J20\n", to: "codes/icd10-nhsa-2.0-grey.dat")
    try scratch.write("X18 临床肺炎\n", to: "codes/icd10-clinical-2.0.dat")
    try scratch.write("X18 J18\n", to: "codes/icd10-clinical-2.0-to-nhsa-2.0.dat")
    try scratch.write("code,name\n33.5,移植\n", to: "codes/icd9cm3-nhsa-2.0.csv")
    let cases = try scratch.write("id,sex,age_years,diagnoses\n1,2,70,X18\n2,2,70,J20\n", to: "cases.csv")
    let common = ["group", "--edition", edition, cases, "--codes", scratch.path("codes")]
    let checked = try await yibao(common, in: scratch)
    #expect(checked.code == 0 && checked.complaints == "编码：仅临床版有 1，灰码在首位 1\n", "\(checked.complaints)")
    #expect(checked.lines[1].hasSuffix("主要诊断「X18」只在临床版中有（临床肺炎），医保版没有；对应的医保版编码：J18 肺炎"))
    #expect(!checked.lines[1].contains("ER13"))
    let converted = try await yibao(common + ["--convert-clinical"], in: scratch)
    #expect(converted.complaints == "编码：转换 1，仅医保版有 1，灰码在首位 1\n", "\(converted.complaints)")
    #expect(converted.lines[1] == "1,MDCE,ER1,ER13,grouped,按分组规则入组；诊断由临床版 X18 临床肺炎 转为医保版 J18 肺炎")
    let alone = try await yibao(["group", "--edition", edition, cases, "--convert-clinical"], in: scratch)
    #expect(alone.code == 64)
    let missing = try await yibao(["group", "--edition", edition, cases, "--codes", scratch.path("none")], in: scratch)
    #expect(missing.code == 2 && missing.output.isEmpty)
  }

  @Test func `结算清单与工作簿分组`() async throws {
    let (scratch, edition) = try prepared()
    let list = """
      {"infno":"4101","input":{"setlinfo":{"setl_id":"S1","gend":"2","age":"70"},
       "diseinfo":[{"diag_type":"2","diag_code":"BNF"},{"diag_type":"1","diag_code":"A41","maindiag_flag":"0"},
        {"diag_type":"1","diag_code":"J18","maindiag_flag":"1"}],"oprninfo":[]}}
      """
    let lists = try scratch.write(
      "[\(list),\n{\"setlinfo\":{\"setl_id\":\"S2\",\"age\":\"x\"}}, {\"a\":1}]", to: "l.json")
    let run = try await yibao(
      ["group", "--edition", edition, lists, "-o", scratch.path("out.xlsx"), "--lang", "en"], in: scratch)
    #expect(run.code == 1, "\(run.complaints)")
    var rows: [[String]] = []
    try TableReader(path: scratch.path("out.xlsx")).forEachRow { rows.append($0.strings) }
    #expect(rows.count == 4 && rows[1].prefix(5) == ["S1", "MDCE", "ER1", "ER11", "grouped"])
    #expect(rows[2] == ["S2", "", "", "", "invalid", "field age: \"x\" is not a number"])
    #expect(rows[3].last == "the node setlinfo is missing")
    let refused = try await yibao(
      ["group", "--edition", edition, lists, "-o", scratch.path("out.xlsx"), "--json"], in: scratch)
    #expect(refused.code == 64)
  }

  @Test func `文件有误时退出二`() async throws {
    let (scratch, edition) = try prepared()
    let cases = try scratch.write("id,sex\n1,2\n", to: "cases.csv")
    let missing = try await yibao(["group", "--edition", edition, cases, "-o", scratch.path("out.csv")], in: scratch)
    #expect(missing.code == 2 && missing.complaints.contains("diagnoses"), "\(missing.complaints)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("out.csv")))
    for arguments in [
      ["group", "--edition", scratch.path("none"), cases], ["group", "--edition", edition, scratch.path("none.csv")],
      ["group", "--edition", edition, cases, "-o", scratch.path("none/out.csv")],
    ] {
      let run = try await yibao(arguments, in: scratch)
      #expect(run.code == 2 && !run.complaints.isEmpty, "\(arguments) \(run.complaints)")
    }
  }

  @Test func `方案的检查导入与比较`() async throws {
    let (scratch, edition) = try prepared()
    let check = try await yibao(["edition", "check", edition, "--lang", "en"], in: scratch)
    #expect(check.code == 0 && check.output.contains("2 MDC, 2 ADRG, 4 DRG"), "\(check.output)\(check.complaints)")
    let imported = try await yibao(
      ["edition", "import", edition, "--out", scratch.path("copy"), "--drg-miss", "next_adrg", "--id", "city"],
      in: scratch)
    #expect(imported.code == 0, "\(imported.complaints)")
    let manifest = try #require(EditionFile(scratch.path("copy")).read().value?.manifest)
    #expect(manifest.groupMiss == .nextAdjacentGroup && manifest.identifier == "city" && manifest.name == "示例方案")
    let same = try await yibao(["edition", "diff", edition, edition], in: scratch)
    #expect(same.code == 0 && same.output == "相同\n")
    let diff = try await yibao(["edition", "diff", edition, scratch.path("copy"), "--json"], in: scratch)
    #expect(diff.code == 1 && diff.output.contains("next_adrg"), "\(diff.output)")
    var broken = ToyEdition.tables
    broken.groups[1].rule = "QTZD im MCC"
    try EditionFolder.write(broken, to: scratch.path("broken"))
    let faulty = try await yibao(["edition", "check", scratch.path("broken"), "--json"], in: scratch)
    #expect(faulty.code == 1 && faulty.output.contains("\"rule_syntax\"") && faulty.output.contains("broken/drg.csv"))
    let unread = try await yibao(["edition", "check", scratch.path("none")], in: scratch)
    #expect(unread.code == 2)
    let refused = try await yibao(["group", "--edition", scratch.path("broken"), "-"], in: scratch)
    #expect(refused.code == 2 && refused.complaints.contains("drg.csv:3"), "\(refused.complaints)")
  }
}
