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
          yibao case run Cases/settlement/statute my-case.yaml --json

        最后一行为“N passed, N failed”；有不符时退出码为 1。
        Ends with "N passed, N failed"; exit code 1 when one failed.
        """)

    @Argument(help: "案例文件或目录 / files or folders")
    var paths: [String]

    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.library()
      let loaded = CaseFolder(paths: paths).load()
      Terminal.report(loaded.diagnostics, common.lang)
      let reports = loaded.cases.map { CaseRun(library).run($0) }
      let failed = reports.filter { !$0.passed }
      if common.json {
        try Terminal.json(reports.map(CaseJSON.init))
      } else {
        for report in failed { show(report) }
        print("\(reports.count - failed.count) passed, \(failed.count) failed")
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
