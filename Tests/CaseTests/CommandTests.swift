import CaseFiles
import Foundation
import Kernel
import PolicyFiles
import Settlement
import Testing
import Workflows

/// The command `yibao`, run as people run it: from the root of the repository.
struct CommandRun {
  let output: String
  let errors: String
  let code: Int32

  struct NotBuilt: Error {}

  /// Runs the command that was built beside the tests.
  ///
  /// - Parameter cache: a folder in which compiled editions are kept for other runs.
  init(_ arguments: [String], cache: String? = nil) throws {
    guard let built = Self.tool else { throw NotBuilt() }
    let folder = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files rather than pipes: a long answer would fill a pipe that nobody empties yet.
    let files = try ["out", "err"].map { name in
      let file = folder.appending(path: name)
      try Data().write(to: file)
      return file
    }
    let process = Process()
    process.executableURL = URL(filePath: built)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: Repository.root)
    // Compiled editions are kept with the run, not with whoever runs the tests.
    // Help is not folded, so that its examples stay whole.
    let own = ["XDG_CACHE_HOME": cache ?? folder.path, "COLUMNS": "300"]
    process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOf: files[0], encoding: .utf8)
    errors = try String(contentsOf: files[1], encoding: .utf8)
    code = process.terminationStatus
  }

  /// Where the command was built.
  static var tool: String? {
    let tests = URL(filePath: CommandLine.arguments.first ?? "")
    let bundle = Bundle(for: Anchor.self).bundleURL
    let places = [tests.deletingLastPathComponent(), bundle, bundle.deletingLastPathComponent()]
    return places.map { $0.appending(path: "yibao").path }.first(where: FileManager.default.isExecutableFile)
  }

  /// The answer as JSON objects.
  func objects() throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]])
  }

  private final class Anchor {}
}

/// What the command prints.
@Suite struct CommandTests {
  private static let huangshi = "Cases/settlement/agency/huangshi"

  private func temporary(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "case-\(UUID()).yaml").path
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  @Test(arguments: [
    [], ["demo"], ["settle"], ["case", "run"], ["policy", "check"], ["policy", "show"], ["policy", "diff"],
    ["dip", "sample-history"], ["dip", "build"], ["dip", "check"], ["dip", "group"], ["group"], ["group", "run"],
    ["group", "what-if"], ["pay", "sample-cases"], ["pay", "load"], ["pay", "month"], ["pay", "year"],
    ["clear", "year"],
    ["clear", "community"], ["clear", "adjustment-fund"], ["clear", "fund-loss"], ["simulate"], ["sample", "create"],
    ["import"],
  ])
  func `帮助中的每个示例都能照样运行`(command: [String]) throws {
    // A line that ends with a backslash goes on.
    let help = try CommandRun(command + ["--help"]).output.replacing(/\\\n\s*/, with: "")
    let examples = help.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("yibao ") }
    #expect(!examples.isEmpty)
    for example in examples {
      // A pipe and what stands after two blanks are not the command's.
      let line = example.components(separatedBy: " | ")[0].components(separatedBy: "  ")[0]
      let words = line.split(separator: " ").dropFirst().map { String($0.replacing("'", with: "")) }
      // A server does not end by itself; its tests are elsewhere.
      if words.first == "serve" { continue }
      let run = try CommandRun(words)
      // A visit that is refused is an answer, too, and so is a row that cannot be read.
      let mayBeOne = ["settle", "group", "import"].contains(words.first)
      #expect(run.code == 0 || (mayBeOne && run.code == 1), "\(example): \(run.errors)")
    }
  }

  @Test func `未核对的出处在对照表和结算单中标明`() throws {
    let shown = try CommandRun(["policy", "show", "--region", "420200", "--value", "inpatient.pay_rate"])
    #expect(shown.output.contains("（未核对 unverified）"))
    #expect(shown.output.contains("Policies/regions/420200-huangshi/"))
    let sample = try CommandRun(["policy", "show", "--region", "990100", "--value", "inpatient.pay_rate"])
    #expect(!sample.output.contains("unverified"))
    let settled = try CommandRun(["settle", Self.huangshi, "--lang", "en"])
    let stated = settled.output.components(separatedBy: "Settlement ").dropFirst()
    #expect(!stated.isEmpty)
    for statement in stated {
      #expect(statement.components(separatedBy: "rests on unverified documents (huangshi-table)").count == 2)
      #expect(statement.contains(" [unverified] · "))
    }
  }

  @Test func `JSON写明未核对的文件和稳定的分录用语`() throws {
    let found = try CommandRun(["settle", Self.huangshi, "--json"]).objects()
    let settled = found.filter { $0["outcome"] as? String == "settled" }
    #expect(!settled.isEmpty)
    for settlement in settled {
      #expect(settlement["unverified"] as? [String] == ["huangshi-table"])
      let steps = try #require(settlement["trace"] as? [[String: Any]])
      #expect(steps.contains { $0["trust"] as? String == "unverified" })
      let postings = try #require(settlement["postings"] as? [[String: String]])
      let pooled = postings.first { $0["account"] == "fund" }
      #expect(pooled == nil || pooled?["fund"] == "employee_pooled")
      let kinds: Set = ["fund", "personal_cash", "institution"]
      #expect(Set(postings.compactMap { $0["account"] }).isSubset(of: kinds))
      #expect(postings.last?["holder"]?.hasPrefix("H") == true)
    }
  }

  @Test func `结算单和JSON都说明撤销`() throws {
    let file = "Examples/visits/11-reversed-and-settled-again.yaml"
    let text = try CommandRun(["settle", file]).output
    let places = try ["结算 2026-11-A", "撤销结算 2026-11-A", "结算 2026-11-B"].map { try #require(text.range(of: $0)) }
    #expect(places[0].lowerBound < places[1].lowerBound && places[1].lowerBound < places[2].lowerBound)
    let found = try CommandRun(["settle", file, "--json"]).objects()
    #expect(found.map { $0["reversed"] as? Bool } == [true, false])
  }

  @Test func `英文输出用英文单位和名称且百分点带正号`() throws {
    let english = try CommandRun(["policy", "show", "--region", "990100", "--on", "2025-06-01", "--lang", "en"]).output
    #expect(english.contains("900.00 yuan"))
    #expect(!english.contains(" 元"))
    #expect(english.contains("settlement.employee.inpatient.deductible  deductible\n"))
    let points = try CommandRun(["policy", "show", "--region", "420200", "--value", "points"]).output
    #expect(points.contains("retired: +2 个百分点"))
    let settled = try CommandRun(["settle", "Examples/visits/01-employee-two-stays.yaml", "--lang", "en"]).output
    #expect(settled.contains("all funds"))
  }

  @Test func `没有的政策值退出码为一并给出相近的词`() throws {
    let run = try CommandRun(["policy", "show", "--region", "990100", "--value", "dedutible", "--lang", "en"])
    #expect(run.code == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("did you mean \"deductible\"?"))
  }

  @Test func `读不了的案例文件计数且退出码为二`() throws {
    let file = try temporary("visit:\n")
    defer { try? FileManager.default.removeItem(atPath: file) }
    let run = try CommandRun(["case", "run", file, "Cases/TEMPLATE.yaml"])
    #expect(run.output.hasSuffix("1 passed, 0 failed, 1 unreadable\n"))
    #expect(run.code == 2)
  }

  @Test func `不符的案例提示并可说明计算过程`() throws {
    let template = try String(contentsOfFile: Repository.root + "/Cases/TEMPLATE.yaml", encoding: .utf8)
    let file = try temporary(
      template.replacing("total: \"3800.00\"", with: "total: \"3800.01\"")
        .replacing("document: sample-2024-118", with: "document: sample-2024-181"))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let brief = try CommandRun(["case", "run", file])
    #expect(brief.code == 1)
    #expect(brief.output.contains("--explain"))
    #expect(!brief.output.contains("\n  计算过程\n"))
    #expect(brief.errors.contains("sample-2024-118"))
    let long = try CommandRun(["case", "run", file, "--explain"])
    #expect(long.output.contains("\n  计算过程\n"))
    #expect(long.output.hasSuffix("0 passed, 1 failed\n"))
  }

  @Test func `只检查一个统筹区时他处的错误只报数目`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "policies-\(UUID())").path
    try FileManager.default.copyItem(atPath: Repository.root + "/Policies", toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = folder + "/regions/610700-hanzhong/settlement/employee/pooled_cap.yaml"
    try "unti: yuan\n".write(toFile: file, atomically: true, encoding: .utf8)
    let check = ["policy", "check", "--policies", folder, "--lang", "en", "--region"]
    let other = try CommandRun(check + ["420200"])
    #expect(other.code == 2)
    #expect(other.errors.contains("errors elsewhere"))
    #expect(!other.errors.contains("hanzhong"))
    let own = try CommandRun(check + ["610700"])
    #expect(own.code == 2)
    #expect(own.errors.contains("pooled_cap.yaml"))
    #expect(try CommandRun(["policy", "check", "--region", "420200", "--lang", "en"]).output.hasSuffix(" 0 errors\n"))
    #expect(try CommandRun(["policy", "check", "--region", "1"]).code == 1)
  }
}
