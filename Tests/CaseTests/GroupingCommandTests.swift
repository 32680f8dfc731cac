import Foundation
import Testing

/// `yibao group`, run as people run it, under the outline edition.
@Suite(.timeLimit(.minutes(3))) struct GroupingCommandTests {
  private static let edition = ["--edition", "Editions/chs-drg-outline"]
  private static let cases = "Examples/grouping/cases.csv"

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(UUID())-\(name)").path
  }

  @Test func `换主要诊断或少一个编码，组怎样变`() throws {
    let run = try CommandRun(["group", "what-if"] + Self.edition + [Self.cases, "--id", "C1"])
    #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map { line in line.split(separator: " ").map(String.init) }
    #expect(lines[0] == ["#", "C1"] && lines[1] == ["变更", "MDC", "ADRG", "DRG", "变化", "依据"])
    #expect(lines[2].prefix(4) == ["原病例", "MDCG", "GD2", "GD29"])
    #expect(lines[3].prefix(6) == ["去掉", "K35.800", "–", "–", "0000", "MDC"])
    #expect(lines[4].prefix(6) == ["去掉", "47.0901", "MDCG", "GZ1", "GZ15", "ADRG"])
    #expect(run.output.contains("GD2 不再成立：ZYSS in OP_GD1（没有相应编码）；GZ1 成立："))
    #expect(lines.count == 5)
  }

  @Test func `命令行给出的病例与所问的编码`() throws {
    let asked = [
      "--diagnoses", "J18.900|E11.900|I50.900", "--age", "70", "--sex", "2", "--principal", "K35.800", "--json",
    ]
    let run = try CommandRun(["group", "what-if"] + Self.edition + asked)
    #expect(run.code == 0, "\(run.errors)")
    let answer = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let stated = try #require(answer["stated"] as? [String: Any])
    #expect(stated["drg"] as? String == "ES33" && stated["status"] as? String == "grouped")
    let variants = try #require(answer["variants"] as? [[String: Any]])
    let changes = variants.map { "\($0["change"] as? String ?? "") \($0["code"] as? String ?? "")" }
    #expect(
      changes == [
        "principal_diagnosis E11.900", "principal_diagnosis I50.900", "without J18.900", "without E11.900",
        "without I50.900", "principal_diagnosis K35.800",
      ])
    let groups = variants.map { ($0["result"] as? [String: Any])?["code"] as? String }
    #expect(groups == ["KS13", "FR25", "KS13", "ES33", "ES33", "GZ15"])
    #expect(variants.map { $0["differs"] as? String } == ["mdc", "mdc", "mdc", nil, nil, "mdc"])
    let only = try CommandRun(["group", "what-if"] + Self.edition + asked + ["--only-changes"])
    #expect(only.output.components(separatedBy: "\"change\"").count == 5)
  }

  @Test func `没有的病例、不能读的病例和不全的参数`() throws {
    let none = try CommandRun(["group", "what-if"] + Self.edition + [Self.cases, "--id", "C99"])
    #expect(none.code == 1 && none.output.isEmpty && none.errors.contains("没有编号为 C99 的病例"))
    let bad = try CommandRun(["group", "what-if"] + Self.edition + [Self.cases, "--id", "C6"])
    #expect(bad.code == 1 && bad.errors.contains("cases.csv:7 (C6): 列 age_years"), "\(bad.errors)")
    let missing = try CommandRun(["group", "what-if"] + Self.edition + ["Nowhere.csv", "--id", "C6"])
    #expect(missing.code == 2 && missing.output.isEmpty)
    for arguments in [
      [Self.cases], ["--id", "C1"], [], [Self.cases, "--id", "C1", "--age", "7"],
      [Self.cases, "--id", "C1", "--diagnoses", "A"], ["--diagnoses", "A", "--sex", "3"],
    ] {
      #expect(try CommandRun(["group", "what-if"] + Self.edition + arguments).code == 64, "\(arguments)")
    }
  }

  @Test func `两个方案并列并写出一致的统计`() throws {
    let (summary, moves, other) = (temporary("summary.csv"), temporary("moves.csv"), temporary("edition"))
    defer { for path in [summary, moves, other] { try? FileManager.default.removeItem(atPath: path) } }
    let imported = try CommandRun(["edition", "import", "Editions/chs-drg-outline", "--out", other, "--id", "next"])
    #expect(imported.code == 0, "\(imported.errors)")
    // The next edition no longer tells pneumonia with complications apart.
    let groups = try String(contentsOfFile: other + "/drg.csv", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("ES31,") }
    try groups.joined(separator: "\n").write(toFile: other + "/drg.csv", atomically: true, encoding: .utf8)
    let manifest = other + "/manifest.json"
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: manifest))) as? [String: Any])
    object["files"] = nil
    try JSONSerialization.data(withJSONObject: object).write(to: URL(filePath: manifest))
    let run = try CommandRun(
      ["group"] + Self.edition + ["--edition", other, Self.cases, "--summary", summary, "--moves", moves])
    #expect(run.code == 1, "\(run.errors)")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("id,differs,chs_drg_outline_mdc,") && lines[0].contains(",next_drg,"))
    #expect(lines[3].hasPrefix("C3,drg,MDCE,ES3,ES31,grouped,按分组规则入组,MDCE,ES3,"))
    #expect(lines[1].hasPrefix("C1,,MDCG,GD2,GD29,"))
    #expect(run.errors.contains("chs_drg_outline ↔ next：6 例，相同 5（83.33 %），MDC 不同 0，ADRG 不同 0，DRG 不同 1"))
    let table = String(decoding: try Data(contentsOf: URL(filePath: summary)), as: UTF8.self)
    #expect(table == "\u{FEFF}first,second,cases,same,mdc,adrg,drg\nchs_drg_outline,next,6,5,0,0,1\n")
    let moved = try String(contentsOfFile: moves, encoding: .utf8).split(separator: "\n")
    #expect(moved.count == 2 && moved[1].hasPrefix("chs_drg_outline,next,drg,ES31,ES3"))
    #expect(try CommandRun(["group"] + Self.edition + [Self.cases, "--summary", summary]).code == 64)
  }

  /// The short form is the long form.
  @Test func `省略 run 时结果相同`() throws {
    let long = try CommandRun(["group", "run"] + Self.edition + [Self.cases])
    let short = try CommandRun(["group", Self.cases] + Self.edition)
    #expect(long.code == 1 && short.output == long.output && short.code == 1)
    #expect(try CommandRun(["group", Self.cases]).code == 64)
  }
}
