import ArgumentParser
import Kernel
import Policy
import PolicyFiles
import Settlement
import Workflows

/// `yibao policy check|show|diff`.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "政策数据 / policy data", subcommands: [Check.self, Show.self, Diff.self])

  /// `yibao policy check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "检查政策文件：格式、出处、空档、相互矛盾，连同付费合同和清算办法 / check policy files, contracts and clearing",
      discussion: """
        示例 / Examples:
          yibao policy check
          yibao policy check --region 990100
          yibao policy check --policies Policies --lang en

        --region 只检查一个统筹区（及其承接的省级、全国政策和 documents/）；其他目录有错误时只报数目。
        --region checks one region with those it extends and documents/; errors elsewhere are only counted.
        退出码 / exit code: 0 无错误 sound · 1 有矛盾 contradictions · 2 有文件不能读入 a file has an error
        """)

    @Option(help: "只检查此统筹区 / only this region")
    var region: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
      let loaded = PolicyFolder(path: common.policies).load(vocabulary: SettlementVocabulary.definitions)
      let scope = try CheckScope(loaded, region: region, policies: common.policies, language: common.lang)
      var findings = (loaded.diagnostics + loaded.remarks).filter(scope.contains)
      if let book = loaded.book {
        let library = PolicyLibrary(book)
        for code in region.map({ [$0] }) ?? book.regions.keys.sorted() {
          let (defects, remarks) = library.check(region: code)
          findings += defects.map { Self.diagnostic($0, .error, code) }
          findings += remarks.map { Self.diagnostic($0, .warning, code) }
        }
        // Contracts and clearing lie beside the book, which they cite.
        findings += PayingPolicies.diagnostics(loaded.folders, book, beside: loaded).filter(scope.contains)
      }
      if common.json {
        try Terminal.json(CheckJSON(loaded.book, findings, common.lang))
      } else {
        Terminal.report(findings, common.lang)
        let elsewhere = loaded.diagnostics.count { $0.severity == .error && !scope.contains($0) }
        if elsewhere > 0 {
          Terminal.error(
            Terminal.say(
              common.lang, "其他目录另有 \(elsewhere) 处错误，改正后才能检查各值是否相符",
              "\(elsewhere) errors elsewhere; whether values fit together can be checked when they are mended"))
        }
        if let book = loaded.book { summary(book, findings) }
      }
      if loaded.book == nil { throw ExitCode(2) }
      if findings.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }

    private static func diagnostic(_ defect: PolicyDefects.Defect, _ severity: Diagnostic.Severity, _ region: String)
      -> Diagnostic
    {
      Diagnostic(
        severity, LocalizedText("[\(region)] \(defect.message.chinese)", "[\(region)] \(defect.message.english)"),
        file: defect.file ?? defect.identifier)
    }

    private func summary(_ book: PolicyBook, _ findings: [Diagnostic]) {
      let errors = findings.count { $0.severity == .error }
      if let region, let known = book.regions[region] {
        let count = known.entries.count
        return print(
          Terminal.say(
            common.lang, "\(known.name.chinese) \(region)：\(count) 个政策值，\(errors) 处错误",
            "\(known.name.english) \(region): \(count) values, \(errors) errors"))
      }
      let values = book.regions.values.reduce(0) { $0 + $1.entries.count }
      print(
        Terminal.say(
          common.lang,
          "\(book.regions.count) 个统筹区（含省级与全国），\(values) 个政策值，\(book.documents.count) 份文件，\(errors) 处错误",
          "\(book.regions.count) regions, \(values) values, \(book.documents.count) documents, \(errors) errors"
        ))
    }
  }

  /// `yibao policy show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "查看统筹区某日有效的政策 / the policy in force in a region on a day",
      discussion: """
        示例 / Examples:
          yibao policy show                                    列出统筹区 / list the regions
          yibao policy show --region 990100 --on 2026-03-01
          yibao policy show --region 990100 --on 2026-03-01 --value deductible

        不写 --on 时为该统筹区覆盖期的最后一天。键和选项按文件中的写法列出。
        Without --on, the last day that the region covers. Keys and choices stand as files write them.
        退出码 1：没有该统筹区、该日未覆盖，或没有 --value 所说的值 / exit code 1: no such region, day or value
        """)

    @Option(help: "统筹区代码 / region code")
    var region: String?

    @Option(help: "日期，缺省为覆盖期的最后一天 / day; the last covered day when left out")
    var on: CalendarDate?

    @Option(help: "只列出标识中含有此词的值 / only values whose identifier contains this")
    var value: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.library()
      guard let region else { return try list(library.book) }
      guard let known = library.book.regions[region] else {
        Terminal.error(PolicyRefusal.unknownRegion(region).message[common.lang])
        throw ExitCode(1)
      }
      let day = on ?? known.covered.last ?? known.covered.first
      let printer = PolicyPrinter(language: common.lang, book: library.book)
      let snapshot = try printer.snapshot(region: region, on: day)
      let rows = printer.rows(snapshot)
      let values = rows.filter { value.map($0.identifier.contains) ?? true }
      if let value, values.isEmpty { try refuse(value, among: rows.map(\.identifier)) }
      if common.json { return try Terminal.json(values) }
      print("\(known.name[common.lang]) \(region) · \(day)")
      for row in values {
        print("\(row.identifier)  \(row.title)")
        for line in row.content { print("    \(line)") }
        print("    ↳ \(row.source)")
        print("      \(row.file)")
      }
    }

    private func refuse(_ value: String, among identifiers: [String]) throws -> Never {
      let words = Set(identifiers.flatMap { [$0] + $0.split(separator: ".").map(String.init) })
      let near = Nearest.words(to: value, among: words, within: 3, count: 1).first
      let guess = near.map { ("；是否为“\($0)”？", "; did you mean \"\($0)\"?") } ?? ("", "")
      Terminal.error(
        Terminal.say(
          common.lang, "该日没有标识中含“\(value)”的政策值\(guess.0)",
          "no value in force that day has \"\(value)\" in its identifier\(guess.1)"))
      throw ExitCode(1)
    }

    private func list(_ book: PolicyBook) throws {
      let regions = book.regions.values.sorted { $0.code < $1.code }
      if common.json {
        return try Terminal.json(
          regions.map { ["code": $0.code, "name": $0.name[common.lang], "covered": "\($0.covered)"] })
      }
      for region in regions {
        print("\(region.code)  \(region.name[common.lang])  \(region.covered)  \(region.entries.count)")
      }
    }
  }

  /// `yibao policy diff`.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "比较两个日期或两个统筹区的政策 / compare two days, or two regions",
      discussion: """
        示例 / Examples:
          yibao policy diff --region 990100 --from 2025-12-31 --to 2026-01-01
          yibao policy diff --region 330000 --against 360000 --from 2023-06-01
        """)

    @Option(help: "统筹区代码 / region code")
    var region: String

    @Option(help: "与之比较的统筹区代码，缺省同 --region / the other region, the same when left out")
    var against: String?

    @Option(help: "日期（旧） / the earlier day")
    var from: CalendarDate

    @Option(help: "日期（新），缺省同 --from / the later day, --from when left out")
    var to: CalendarDate?

    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.library()
      let printer = PolicyPrinter(language: common.lang, book: library.book)
      let before = try printer.snapshot(region: region, on: from)
      let changes = printer.changes(before, try printer.snapshot(region: against ?? region, on: to ?? from))
      if common.json { return try Terminal.json(changes) }
      for change in changes {
        print("\(change.identifier)  \(change.title)")
        for line in change.before { print("  - \(line)") }
        for line in change.after { print("  + \(line)") }
        if let source = change.source { print("    ↳ \(source)") }
      }
      print(Terminal.say(common.lang, "\(changes.count) 处不同", "\(changes.count) differences"))
    }
  }
}
