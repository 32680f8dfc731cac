import ArgumentParser
import CaseFiles
import Claims
import Kernel
import Settlement
import Workflows

/// `yibao settle FILE…`.
struct SettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "结算文件中的就诊，并说明每一分钱 / settle the visits of files and explain every fen",
    discussion: """
      文件格式见 Cases/TEMPLATE.yaml；expect 可以省略。The format is that of Cases/TEMPLATE.yaml; expect may be left out.

      示例 / Examples:
        yibao settle Examples/visits/inpatient.yaml
        yibao settle visit.yaml --region 110000 --lang en
        yibao settle visit.yaml --json | jq '.[0].amounts'

      退出码 1：有就诊未能结算 / exit code 1: a visit was refused.
      """)

  @Argument(help: "就诊文件 / files of visits")
  var files: [String]

  @Option(help: "统筹区代码，代替文件中的 / region code instead of the file's")
  var region: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let library = try common.library()
    let loaded = CaseFolder(paths: files).load(region: region)
    Terminal.report(loaded.diagnostics, common.lang)
    guard loaded.diagnostics.allSatisfy({ $0.severity != .error }) else { throw ExitCode(2) }
    let reports = loaded.cases.map { CaseRun(library).run($0) }
    let answers = reports.flatMap { report in
      zip(report.workedCase.visitNames, report.answers).map { ($0, $1) }
    }
    if answers.isEmpty {
      Terminal.error(Terminal.say(common.lang, "文件中没有就诊（visits）", "the files hold no visits"))
      throw ExitCode(2)
    }
    if common.json {
      try Terminal.json(answers.map { SettlementJSON($1, claim: $0, language: common.lang) })
    } else {
      AnswerPrinter(language: common.lang, library: library).show(answers)
    }
    if answers.contains(where: { $1.isRefused }) { throw ExitCode(1) }
  }
}

extension WorkedCase {
  /// The identifiers of the visits, in order.
  var visitNames: [String] {
    guard case .visits(let visits) = body else { return [] }
    return visits.events.compactMap { event in
      guard case .settle(let claim, _) = event else { return nil }
      return claim.id
    }
  }
}

extension SettlementHistory.Answer {
  /// Whether nothing was settled.
  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// Prints what claims came to.
struct AnswerPrinter {
  let language: Language
  let library: PolicyLibrary

  func show(_ answers: [(String, SettlementHistory.Answer)]) {
    let statement = StatementText(language: language, book: library.book)
    for (name, answer) in answers {
      switch answer {
      case .settled(let record):
        for line in statement.lines(record) { print(line) }
      case .refused(let outcome, let message):
        print(Terminal.say(language, "未结算 \(name)", "Not settled: \(name)") + " · \(outcome.rawValue) \(outcome.word)")
        print("  " + message[language])
      }
      print("")
    }
  }
}
