import Foundation
import Testing

/// `yibao pay`, `yibao clear` and `yibao simulate`, run as people run them.
@Suite struct PayCommandTests {
  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "pay-\(UUID())").path
    let made = try CommandRun(["pay", "sample-cases", "--count", "500", "--seed", "3", "-o", path])
    #expect(made.code == 0, "\(made.errors)")
    return path
  }

  private let place = ["--region", "990100"]

  private func lines(_ run: [String: Any]) throws -> [[String: Any]] {
    try #require(run["lines"] as? [[String: Any]])
  }

  @Test func `同一种子写出同样的文件`() throws {
    let (one, two) = (try folder(), try folder())
    defer { for path in [one, two] { try? FileManager.default.removeItem(atPath: path) } }
    for name in ["cases", "budget", "findings", "scores"] {
      #expect(FileManager.default.contentsEqual(atPath: "\(one)/\(name).csv", andPath: "\(two)/\(name).csv"))
    }
  }

  @Test func `逐月拨付后清算且拨付单与结果相符`() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let run = try CommandRun(["pay", "year"] + place + ["--year", "2026", "--inputs", path, "--json"])
    #expect(run.code == 0, "\(run.errors)")
    let months = try run.objects()
    #expect(months.count == 24)
    let again = try CommandRun(["pay", "year"] + place + ["--year", "2026", "--inputs", path, "--json"])
    #expect(again.output == run.output)
    let out = path + "/out"
    let cleared = try CommandRun(
      ["clear", "year"] + place + ["--year", "2026", "--inputs", path, "--scheme", "employee", "--out", out, "--json"])
    #expect(cleared.code == 0, "\(cleared.errors)")
    let year = try #require(try cleared.objects().first)
    #expect((year["identity"] as? String)?.count == 64)
    for line in try lines(year) {
      let (holder, amounts) = (
        try #require(line["holder"] as? String), try #require(line["amounts"] as? [String: String])
      )
      let stem = "\(out)/year-2026-employee/\(holder)"
      let text = try String(contentsOfFile: stem + "-amounts.csv", encoding: .utf8)
      for (name, amount) in amounts { #expect(text.contains(",\(amount),\(name)\n"), "\(holder) \(name)") }
      for ending in [".html", ".xlsx", "-steps.csv"] {
        #expect(FileManager.default.fileExists(atPath: stem + ending))
      }
    }
    // The advances are those of the months.
    let paid = try months.filter { $0["scheme"] as? String == "employee" }.flatMap(lines)
    let first = try #require(try lines(year).first)
    let own = paid.filter { $0["holder"] as? String == first["holder"] as? String }
    let fen: ([String: Any], String) -> Int = { line, name in
      let text = (line["amounts"] as? [String: String])?[name] ?? "0.00"
      return Int(text.replacing(".", with: "")) ?? 0
    }
    #expect(own.reduce(0) { $0 + fen($1, "paid") } == fen(first, "advances_paid"))
  }

  @Test func `清算书的形式和详略由选项决定，缺什么在输出中说明`() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let clear =
      ["clear", "year"] + place
      + ["--year", "2026", "--inputs", path, "--scheme", "employee", "--without-months", "--lang", "en"]
    func write(_ options: [String]) throws -> (files: Set<String>, output: String) {
      let out = "\(path)/\(UUID())"
      let run = try CommandRun(clear + ["--out", out] + options)
      #expect(run.code == 0, "\(run.errors)")
      return (Set(try FileManager.default.contentsOfDirectory(atPath: "\(out)/year-2026-employee")), run.output)
    }
    let holder = "H990100000001"
    let usual = try write([])
    let tables = ["summary", "amounts", "steps", "cases"].map { "\(holder)-\($0).csv" }
    #expect(usual.files.filter { $0.hasPrefix(holder) } == Set(tables + ["\(holder).xlsx", "\(holder).html"]))
    #expect(usual.output.contains("how each case came about is not written; to write it: --detail steps"))
    let brief = try write(["--detail", "summary", "--statements", "html,csv"])
    #expect(brief.files.filter { $0.hasPrefix(holder) } == Set(tables.dropLast() + ["\(holder).html"]))
    #expect(brief.output.contains("cases are not listed; to list them: --detail cases"))
    let whole = try write(["--detail", "steps", "--statements", "xlsx", "--sheet-cases", "3"])
    #expect(whole.files.filter { $0.hasPrefix(holder) } == ["\(holder).xlsx"])
    #expect(!whole.output.contains("--detail") && whole.output.contains("with more than 3 cases list none"))
    #expect(whole.output.contains("for every case as CSV: --statements csv"))
    let told = try CommandRun(clear + ["--out", "\(path)/json", "--json"])
    let leftOut = try told.objects().first?["leftOut"] as? [String]
    #expect(leftOut?.last?.contains("--detail steps") == true)
    // What says how statements look is refused where none are written, and so are forms that do not exist.
    for wrong in [
      ["--detail", "cases"], ["--statements", "csv"], ["--page-cases", "3"], ["--out", path, "--statements", "pdf"],
      ["--out", path, "--statements", "csv,"], ["--out", path, "--detail", "all"],
      ["--out", path, "--sheet-cases", "1048576"], ["--out", path, "--page-cases", "-1"],
    ] {
      #expect(try CommandRun(clear + wrong).code == 64, "\(wrong)")
    }
  }

  @Test func `依据不足退出码为一文件有误为二用法有误为六十四`() throws {
    let path = try folder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let month = ["pay", "month"] + place + ["--month", "2026-03", "--lang", "en"]
    let poor = try CommandRun(month + ["--cases", path + "/cases.csv"])
    #expect(poor.code == 1)
    #expect(poor.errors.contains("504 employee 2026-03: nobody stated what the fund has"))
    let other = try CommandRun(
      ["pay", "month", "--region", "990100", "--month", "2031-03", "--inputs", path, "--lang", "en"])
    #expect(other.code == 1 && other.errors.contains("has no contract for 2031"))
    try "scheme,period,amount,basis\nemployee,2026-03,lots,x\n".write(
      toFile: path + "/bad.csv", atomically: true, encoding: .utf8)
    let bad = try CommandRun(month + ["--inputs", path, "--budget", path + "/bad.csv"])
    #expect(bad.code == 2)
    #expect(bad.errors.contains("bad.csv:2:3: error: \"lots\" should be yuan"))
    #expect(try CommandRun(month).code == 64)
    #expect(try CommandRun(month + ["--inputs", path, "--publish"]).code == 64)
    #expect(try CommandRun(month + ["--inputs", path, "--publish", "--by", "x"]).code == 64)
    #expect(try CommandRun(month + ["--cases", "Nowhere.csv"]).code == 2)
  }

  @Test func `政策检查也指出合同和清算办法的错误`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())").path
    try FileManager.default.copyItem(atPath: Repository.root + "/Policies", toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let contract = folder + "/sample/payment/contracts/dip.yaml"
    let text = try String(contentsOfFile: contract, encoding: .utf8)
    try text.replacing("share: \"0.7\"", with: "shar: \"0.7\"").write(
      toFile: contract, atomically: true, encoding: .utf8)
    let clearing = folder + "/sample/payment/clearing.yaml"
    let terms = try String(contentsOfFile: clearing, encoding: .utf8)
    try terms.replacing("monthly_share: {value: 95%", with: "monthly_share: {value: 195%").write(
      toFile: clearing, atomically: true, encoding: .utf8)
    let run = try CommandRun(["policy", "check", "--policies", folder, "--lang", "en"])
    #expect(run.code == 1)
    #expect(run.errors.contains("contracts/dip.yaml:"))
    #expect(run.errors.contains("payment/clearing.yaml:"))
    let elsewhere = try CommandRun(["policy", "check", "--policies", folder, "--region", "420200"])
    #expect(elsewhere.code == 0)
    #expect(try CommandRun(["policy", "check"]).code == 0)
  }

  @Test func `两套政策测算给出增减`() throws {
    let path = try folder()
    let policies = path + "/Policies"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.copyItem(atPath: Repository.root + "/Policies", toPath: policies)
    let contract = policies + "/sample/payment/contracts/drg-points.yaml"
    let text = try String(contentsOfFile: contract, encoding: .utf8)
    try text.replacing("tertiary: \"1.04\"", with: "tertiary: \"0.99\"").write(
      toFile: contract, atomically: true, encoding: .utf8)
    let run = try CommandRun(
      ["simulate", "--against", policies] + place + [
        "--year", "2026", "--inputs", path, "--scheme", "employee", "--json",
      ])
    #expect(run.code == 0, "\(run.errors)")
    let answer = try #require(try run.objects().first)
    let institutions = try #require(answer["institutions"] as? [[String: Any]])
    #expect((institutions.first?["gain"] as? String)?.hasPrefix("-") == true)
    #expect((institutions.last?["gain"] as? String)?.hasPrefix("-") == false)
    let shown = try CommandRun(
      ["simulate", "--against", policies] + place + ["--year", "2026", "--inputs", path, "--lang", "en"])
    #expect(shown.code == 0 && shown.output.contains("by institution") && shown.output.contains("gain, "))
  }

  @Test func `指南月度拨付的每一步都能照样运行`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "guide-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let guide = try String(contentsOfFile: Repository.root + "/Docs/Guides/paying-a-month.md", encoding: .utf8)
    let blocks = guide.components(separatedBy: "```sh\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    var commands = 0
    for line in blocks.joined(separator: "\n").split(separator: "\n") {
      // A smaller year is as good, and the guide's folder is not ours.
      let text = line.replacing("/tmp/pay", with: path).replacing("--count 2000", with: "--count 300")
      if text.hasPrefix("yibao ") {
        commands += 1
        let run = try CommandRun(text.split(separator: " ").dropFirst().map(String.init))
        #expect(run.code == 0, "\(line): \(run.errors)")
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
    #expect(commands == 10)
    // What the guide says of publishing and correcting.
    let store = ["--store", "sqlite:\(path)/pay.sqlite"]
    let runs = try CommandRun(["pay", "runs"] + place + store + ["--json"]).objects()
    #expect(runs.count { $0["corrects"] != nil } >= 1)
    let first = try #require(runs.first?["identity"] as? String)
    let again = try CommandRun(["pay", "show", String(first.prefix(8))] + place + store + ["--json"]).objects()
    #expect(again.first?["identity"] as? String == first)
    let second = try #require(runs.first { $0["corrects"] as? String == first }?["identity"] as? String)
    let changes = try CommandRun(["pay", "diff", first, second] + place + store + ["--json"]).objects()
    #expect(changes.contains { $0["name"] as? String == "deducted" && $0["change"] as? String == "250.00" })
    let add = "LATE2,H990100000001,employee,2026-01,10.00,test\n"
    let file = path + "/findings.csv"
    try (String(contentsOfFile: file, encoding: .utf8) + add).write(toFile: file, atomically: true, encoding: .utf8)
    let refused = try CommandRun(
      ["pay", "month"] + place + store
        + ["--month", "2026-01", "--scheme", "employee", "--inputs", path, "--publish", "--by", "x", "--lang", "en"])
    #expect(refused.code == 1 && refused.errors.contains("509"))
    #expect(try CommandRun(["pay", "show", "ffffff"] + place + store).code == 1)
    #expect(try CommandRun(["audit"] + store).code == 0)
  }
}
