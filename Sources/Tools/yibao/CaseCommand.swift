import ArgumentParser
import CaseFiles
import Kernel
import Workflows

/// `yibao case run PATH…`.
struct CaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: "案例核对 / worked cases", subcommands: [Run.self])

  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "核对案例，逐分比较 / check worked cases, to the fen",
      discussion: """
        示例 / Examples:
          yibao case run Cases
          yibao case run Cases/settlement/statute Cases/TEMPLATE.yaml --json
          yibao case run Cases/TEMPLATE.yaml --explain
          yibao case run Cases/payment

        最后一行为“N passed, N failed”；有文件无法读取时再加“N unreadable”。有不符时退出码为 1，有无法读取的文件时为 2。
        Ends with "N passed, N failed", and ", N unreadable" when a file has an error; exit code 1 when a case failed, 2
        when a file could not be read.
        """)

    @Argument(help: "案例文件或目录 / files or folders")
    var paths: [String]

    @Flag(help: "不符的案例一并说明计算过程 / explain cases that fail, step by step")
    var explain = false

    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.library()
      let loaded = CaseFolder(paths: paths).load()
      Terminal.report(loaded.diagnostics, common.lang)
      let book = library.book
      let runner = CaseRun(library) { PayingPolicies.contract(file: $0, region: $1, book) }
      let reports = loaded.cases.map { runner.run($0) }
      let failed = reports.filter { !$0.passed }
      let remarks = reports.flatMap { report in
        report.remarks.map { Diagnostic(.warning, $0, file: report.workedCase.file) }
      }
      Terminal.report(remarks, common.lang)
      if common.json {
        try Terminal.json(reports.map(CaseJSON.init))
      } else {
        for report in failed {
          show(report)
          if explain { AnswerPrinter(language: common.lang, library: library).show(report.happenings) }
        }
        if !failed.isEmpty && !explain {
          print(
            Terminal.say(common.lang, "加 --explain 可逐步查看计算过程", "add --explain to see every step of the calculation"))
        }
        let unreadable = loaded.unreadable.count
        print(
          "\(reports.count - failed.count) passed, \(failed.count) failed"
            + (unreadable > 0 ? ", \(unreadable) unreadable" : ""))
      }
      if loaded.diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
      if !failed.isEmpty { throw ExitCode(1) }
    }

    private func show(_ report: CaseRun.Report) {
      print("\(report.workedCase.file): \(report.workedCase.name)")
      for mismatch in report.mismatches {
        print(
          Terminal.say(
            common.lang, "  \(mismatch.place)：应为 \(mismatch.expected)，实为 \(mismatch.actual)",
            "  \(mismatch.place): expected \(mismatch.expected), came out \(mismatch.actual)"))
      }
    }
  }
}

/// A case's result as JSON.
struct CaseJSON: Encodable {
  struct Mismatch: Encodable {
    let place: String
    let expected: String
    let actual: String
  }

  let file: String
  let name: String
  let region: String
  let passed: Bool
  let mismatches: [Mismatch]

  init(_ report: CaseRun.Report) {
    file = report.workedCase.file
    name = report.workedCase.name
    region = report.workedCase.region
    passed = report.passed
    mismatches = report.mismatches.map { .init(place: $0.place, expected: $0.expected, actual: $0.actual) }
  }
}
