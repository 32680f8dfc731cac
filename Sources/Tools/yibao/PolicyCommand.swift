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
      abstract: "检查政策文件：格式、出处、空档、相互矛盾 / check policy files",
      discussion: """
        示例 / Examples:
          yibao policy check
          yibao policy check --policies /srv/policies --lang en
        """)

    @OptionGroup var common: CommonOptions

    func run() throws {
      let loaded = PolicyFolder(path: common.policies).load(vocabulary: SettlementVocabulary.definitions)
      var findings = loaded.diagnostics
      if let book = loaded.book {
        let library = PolicyLibrary(book)
        for code in book.regions.keys.sorted() {
          let (defects, remarks) = library.check(region: code)
          findings += defects.map { Self.diagnostic($0, .error, code) }
          findings += remarks.map { Self.diagnostic($0, .warning, code) }
        }
        if common.json {
          try Terminal.json(CheckJSON(book, findings, common.lang))
        } else {
          Terminal.report(findings, common.lang)
          summary(book, findings)
        }
      } else if common.json {
        try Terminal.json(CheckJSON(nil, findings, common.lang))
      } else {
        Terminal.report(findings, common.lang)
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
      let values = book.regions.values.reduce(0) { $0 + $1.entries.count }
      let errors = findings.count { $0.severity == .error }
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
        """)

    @Option(help: "统筹区代码 / region code")
    var region: String?

    @Option(help: "日期 / day")
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
      let values = printer.rows(snapshot).filter { value.map($0.identifier.contains) ?? true }
      if common.json { return try Terminal.json(values) }
      print("\(known.name[common.lang]) \(region) · \(day)")
      for row in values {
        print("\(row.identifier)  \(row.title)")
        for line in row.content { print("    \(line)") }
        print("    ↳ \(row.source)")
      }
      if values.isEmpty { print(Terminal.say(common.lang, "没有符合的政策值", "no such value")) }
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
          yibao policy diff --region 330000 --against 360000 --from 2026-01-01
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
      let before = printer.rows(try printer.snapshot(region: region, on: from))
      let after = printer.rows(try printer.snapshot(region: against ?? region, on: to ?? from))
      let changes = PolicyPrinter.changes(before, after)
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

/// The result of a policy check as JSON.
struct CheckJSON: Encodable {
  struct Finding: Encodable {
    let file: String
    let line: Int?
    let severity: String
    let message: String
  }

  let regions: Int?
  let values: Int?
  let findings: [Finding]

  init(_ book: PolicyBook?, _ findings: [Diagnostic], _ language: Language) {
    regions = book?.regions.count
    values = book?.regions.values.reduce(0) { $0 + $1.entries.count }
    self.findings = findings.map {
      Finding(file: $0.file, line: $0.line, severity: $0.severity.rawValue, message: $0.message[language])
    }
  }
}
