import ArgumentParser
import Foundation
import Kernel
import Workflows

/// The sample year of `yibao demo`: one command after another, each shown as somebody would type it.
struct DemoYear: ParsableArguments {
  @Option(help: "参保人数，新生成时默认 20000 / people of the sample region; 20000 when it is made without")
  var people: Int?

  @Option(help: "数据文件夹 / folder for the data")
  var data = "out/demo"

  @Flag(help: "删除已有数据，重新生成 / make the data anew")
  var fresh = false

  @Flag(help: "不启动接口 / do not serve")
  var noServe = false

  @Option(help: "接口地址 / where to serve")
  var listen = "127.0.0.1:8080"

  /// The year of the sample contracts.
  private static let year = "2026"
  private static let editions = "Editions"

  private var file: String { data + "/region.sqlite" }
  private var store: String { "sqlite:" + file }
  /// How many people the data is made for.
  private var size: String { data + "/people" }
  /// Written once everything is done, so that a start that was broken off is not taken for whole.
  private var mark: String { data + "/complete" }

  func run(policies: String, _ language: Language) async throws {
    let files = FileManager.default
    if fresh, files.fileExists(atPath: data) { try files.removeItem(atPath: data) }
    if files.fileExists(atPath: file), let there = try madeFor(), let people, there != people {
      Terminal.error(
        Terminal.say(
          language, "\(data) 中是 \(there) 人的数据，不是 \(people) 人；加 --fresh 重新生成，或用 --data 另选文件夹",
          "\(data) has \(there) people, not \(people); add --fresh to make it anew, or choose another --data"
        ))
      throw ExitCode(2)
    }
    if files.fileExists(atPath: mark) {
      print(
        Terminal.say(language, "沿用 \(data) 中的数据；--fresh 重新生成。", "Using the data in \(data); --fresh makes it anew."))
    } else {
      try files.createDirectory(atPath: data, withIntermediateDirectories: true)
      let count = try files.fileExists(atPath: file) ? madeFor() ?? Self.usualPeople : people ?? Self.usualPeople
      try Data("\(count)\n".utf8).write(to: URL(filePath: size))
      try await make(count, policies, language)
      try Data().write(to: URL(filePath: mark))
    }
    show(language)
    if noServe { return }
    try await accounts(language)
    try await carryOut(
      ["serve", "--store", store, "--listen", listen, "--policies", policies, "--log-level", "notice"] + Self.alarms
        + ["--edition", Self.editions + "/chs-drg-outline", "--catalogue", Self.editions + "/dip-outline"])
  }

  private func madeFor() throws -> Int? {
    guard FileManager.default.fileExists(atPath: size) else { return nil }
    return Int(try String(contentsOfFile: size, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// Thresholds for the sample region; a real one sets its own.
  private static let alarms = ["--alarm-cost", "1500", "--alarm-refusals", "50", "--alarm-reversals", "20"]

  /// Gives the accounts of the demonstration a password of this start.
  private func accounts(_ language: Language) async throws {
    let opened = try OpenStore(store)
    let made = try await FirstAccounts(opened.payer).demonstration(at: ChinaTime.now())
    await opened.close()
    print(Terminal.say(language, "── 控制台 ──", "── Console ──"))
    print("  http://\(listen)/console")
    for (name, role) in made.accounts { print("  \(name)  \(role.title[language])") }
    print(
      Terminal.say(
        language, "  密码（本次启动有效，四个账户相同）：\(made.password)",
        "  Password of all four, of this start alone: \(made.password)"))
  }

  private static let usualPeople = 20_000

  private func make(_ people: Int, _ policies: String, _ language: Language) async throws {
    let said = ["--lang", language.rawValue]
    let region = ["--region", SampleRegion.code]
    let year = ["--year", Self.year]
    // The store takes its name when its year is whole; what follows can be done again.
    if FileManager.default.fileExists(atPath: file) {
      print(Terminal.say(language, "\(file) 已生成，接着分组、支付、清算。", "\(file) is there; going on with grouping and paying."))
    } else {
      try await carryOut(
        ["sample", "create", "--people", "\(people)", "--store", store, "--truth", data + "/truth.csv"] + year
          + ["--policies", policies] + said)
    }
    let period = ["--period", Self.year]
    try await carryOut(
      ["pay", "gather", "--store", store, "--scheme", "employee", "--edition", Self.editions + "/chs-drg-outline"]
        + region + period + said, allowing: 1)
    try await carryOut(
      ["pay", "gather", "--store", store, "--scheme", "resident", "--catalogue", Self.editions + "/dip-outline"]
        + region + period + said, allowing: 1)
    try await carryOut(
      ["pay", "sample-cases", "--store", store, "-o", data + "/inputs", "--policies", policies] + region + year + said)
    let paid = ["--store", store, "--policies", policies, "--publish", "--by", "示例"] + tables + region + year + said
    try await carryOut(["pay", "year"] + paid + ["--out", data + "/months"])
    try await carryOut(["clear", "year"] + paid + ["--out", data + "/clearing"])
    try await carryOut(["audit", "--store", store])
  }

  private var tables: [String] {
    ["budget", "findings", "scores"].flatMap { ["--\($0)", "\(data)/inputs/\($0).csv"] }
  }

  /// Shows a command and carries it out.
  ///
  /// - Parameter allowed: an exit code that is no failure here, such as stays without a settlement list.
  private func carryOut(_ arguments: [String], allowing allowed: Int32 = 0) async throws {
    print("\n$ yibao \(arguments.joined(separator: " "))")
    fflush(nil)
    var command = try Yibao.parseAsRoot(arguments)
    do {
      if var waiting = command as? any AsyncParsableCommand { try await waiting.run() } else { try command.run() }
    } catch let code as ExitCode where code.rawValue == allowed {}
  }

  private func show(_ language: Language) {
    func say(_ chinese: String, _ english: String) { print(Terminal.say(language, chinese, english)) }
    say("\n── 可以看什么 ──", "\n── What to look at ──")
    say("  逐月拨付单（HTML、XLSX、CSV）：\(data)/months", "  monthly statements (HTML, XLSX, CSV): \(data)/months")
    say("  年度清算书：\(data)/clearing", "  clearing statements: \(data)/clearing")
    say("  所埋异常的真值：\(data)/truth.csv", "  the planted anomalies: \(data)/truth.csv")
    say("── 可以试什么 ──", "── What to try ──")
    let call = "http://\(listen)/fsi/api/rsfComIfsService/callService"
    print("  yibao pay runs --store \(store) --region \(SampleRegion.code)")
    print("  yibao audit --store \(store)")
    print("  curl http://\(listen)/readyz")
    say("  接口地址：\(call)，用法见 Docs/Guides/connecting-a-his.md", "  \(call): see Docs/Guides/connecting-a-his.md")
  }
}
