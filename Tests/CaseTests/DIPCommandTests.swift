import Foundation
import Testing

/// `yibao dip`, run as people run it.
@Suite struct DIPCommandTests {
  private static let catalogue = "Editions/dip-outline"
  private static let cases = "Examples/dip/cases.csv"

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(UUID())-\(name)").path
  }

  @Test func `入组结果逐例一行并说明理由`() throws {
    let run = try CommandRun([
      "dip", "group", "--catalogue", Self.catalogue, Self.cases, "--explain", "--lang", "en",
    ])
    #expect(run.code == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[0] == "id,status,layer,code,name,treatment,primary_care,score,reason")
    #expect(lines[8].contains("87.4100 is on the list of restricted procedures (row 5): treated as conservative"))
    #expect(lines[2].contains("group BX-2 (二、并项规则下的核心病种, row 3): I21 + 36.0700 + 00.6600"))
  }

  @Test func `JSON和文件输出与打印一致`() throws {
    let file = temporary("groups.csv")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let cases = ["dip", "group", "--catalogue", Self.catalogue, Self.cases]
    let printed = try CommandRun(cases)
    #expect(try CommandRun(cases + ["-o", file]).code == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
    let objects = try CommandRun(cases + ["--json"]).output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(objects.count == 11)
    #expect(objects[6]["status"] as? String == "rejected_principal_diagnosis")
    #expect(objects[3]["code"] as? String == "XQ-3")
  }

  @Test func `读不了的行使退出码为一而其余照常`() throws {
    let file = temporary("cases.csv")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try "id,age_years,diagnoses\n1,x,K35.8\n2,5,J20.900\n".write(toFile: file, atomically: true, encoding: .utf8)
    let run = try CommandRun(["dip", "group", "--catalogue", Self.catalogue, file])
    #expect(run.code == 1)
    #expect(run.errors.contains("cases.csv:2 (1): 列 age_years：「x」不是整数"))
    #expect(run.output.contains("\n1,invalid,,,,,,,列 age_years：「x」不是整数\n"))
    #expect(run.output.contains("\n2,grouped,basic,J20.9:0,急性支气管炎：保守治疗,conservative,yes,"))
    #expect(try CommandRun(["dip", "group", "--catalogue", "Nowhere", file]).code == 2)
    #expect(try CommandRun(["dip", "group", "--catalogue", Self.catalogue, "Nowhere"]).code == 2)
  }

  @Test func `结算清单和辅助分型`() throws {
    let (file, typing) = (temporary("lists.json"), Self.catalogue + "/typing")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let list = """
      {"setlinfo":{"setl_id":"S1","gend":"1","age":"70","act_ipt_days":"6","dscg_way":"1"},
       "diseinfo":[{"diag_type":"1","diag_code":"R57.000","maindiag_flag":"0"},
        {"diag_type":"1","diag_code":"I21.900","maindiag_flag":"1"}],"oprninfo":[]}
      """
    try "[\(list),{\"setlinfo\":{\"setl_id\":\"S2\",\"age\":\"x\"}}]"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let run = try CommandRun(
      ["dip", "group", "-c", Self.catalogue, file, "--typing", typing, "--on", "2024-01-01", "--lang", "en"])
    #expect(run.code == 1 && run.errors.contains("lists.json:3 (S2): field age: \"x\" is not a number"))
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasSuffix(",reason,cci,types,type,factor"))
    #expect(lines[1].hasPrefix("S1,grouped,") && lines[1].hasSuffix(",0,severity/severe|age/65,severity/severe,1.3"))
    #expect(lines[2] == "S2,invalid,,,,,,,\"field age: \"\"x\"\" is not a number\",,,,")
    let early = try CommandRun(
      ["dip", "group", "-c", Self.catalogue, file, "--typing", typing, "--on", "2022-12-31"])
    #expect(early.code == 2 && early.errors.contains("不生效") && early.output.isEmpty)
    #expect(try CommandRun(["dip", "group", "-c", Self.catalogue, file, "--typing", "Nowhere"]).code == 2)
    #expect(try CommandRun(["dip", "group", "-c", Self.catalogue, file, "--on", "2024-01-01"]).code == 64)
  }

  @Test func `由历史生成目录再入组`() throws {
    let (history, folder) = (temporary("history.csv"), temporary("dip"))
    defer { for path in [history, folder] { try? FileManager.default.removeItem(atPath: path) } }
    #expect(try CommandRun(["dip", "sample-history", "--cases", "3000", "--seed", "4", "-o", history]).code == 0)
    let built = try CommandRun(["dip", "build", history, "-o", folder, "--base", Self.catalogue + "/base", "--json"])
    #expect(built.code == 0, "\(built.errors)")
    let report = try #require(try JSONSerialization.jsonObject(with: Data(built.output.utf8)) as? [String: Any])
    #expect(report["cases"] as? Int == 3_000)
    #expect(((report["groups"] as? [String: Int])?["basic"] ?? 0) > 20)
    let check = try CommandRun(["dip", "check", folder, "--lang", "en"])
    #expect(check.code == 0 && check.output.hasSuffix("0 errors, 0 warnings.\n"), "\(check.output)")
    let grouped = try CommandRun(["dip", "group", "--catalogue", folder, history])
    #expect(grouped.code == 0)
    #expect(grouped.output.split(separator: "\n").count == 3_001)
    #expect(!grouped.output.contains("not_in_catalogue"))
  }

  @Test func `有错的目录检查退出码为一且入组退出码为二`() throws {
    let folder = temporary("bad")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: Repository.root + "/" + Self.catalogue, toPath: folder)
    try "code,principal_diagnosis\nJC-1,A0\n".write(toFile: folder + "/basic.csv", atomically: true, encoding: .utf8)
    let check = try CommandRun(["dip", "check", folder])
    #expect(check.code == 1)
    #expect(check.output.contains("basic.csv:2: 错误: 主要诊断编码："))
    let grouped = try CommandRun(["dip", "group", "--catalogue", folder, Self.cases])
    #expect(grouped.code == 2 && grouped.output.isEmpty)
    #expect(try CommandRun(["dip", "check", "Nowhere"]).code == 2)
  }
}
