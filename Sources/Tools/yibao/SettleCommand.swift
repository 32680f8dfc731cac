import ArgumentParser
import CaseFiles
import Claims
import Kernel
import Policy
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
        yibao settle Examples/visits/01-employee-two-stays.yaml
        yibao settle Examples/visits/05-subsistence-assistance.yaml --region 990100 --lang en
        yibao settle Examples/visits/11-reversed-and-settled-again.yaml --json | jq '.[0].amounts'

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
    let happenings = reports.flatMap(\.happenings)
    if happenings.isEmpty {
      Terminal.error(Terminal.say(common.lang, "文件中没有就诊（visits）", "the files hold no visits"))
      throw ExitCode(2)
    }
    if common.json {
      try Terminal.json(happenings.compactMap { SettlementJSON($0, language: common.lang, book: library.book) })
    } else {
      AnswerPrinter(language: common.lang, library: library).show(happenings)
    }
    if reports.contains(where: { $0.answers.contains(where: \.isRefused) }) { throw ExitCode(1) }
  }
}

extension SettlementJSON {
  /// What happened to a visit; a reversal is told by its settlement, which says that it was taken back.
  init?(_ happening: CaseRun.Report.Happening, language: Language, book: PolicyBook) {
    guard case .answered(let claim, let answer, let isStanding) = happening else { return nil }
    self.init(answer, claim: claim, language: language, book: book, isStanding: isStanding)
  }
}

extension SettlementHistory.Answer {
  /// Whether nothing was settled.
  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }
}

/// Prints what claims came to, reversals included.
struct AnswerPrinter {
  let language: Language
  let library: PolicyLibrary

  func show(_ happenings: [CaseRun.Report.Happening]) {
    for happening in happenings {
      switch happening {
      case .answered(let name, let answer, _): show(name, answer)
      case .reversed(let name):
        print(
          Terminal.say(
            language, "撤销结算 \(name)：累计、账户余额恢复到结算前；不计入合计",
            "Reversal of \(name): accumulators and balances are as before; not in the totals"))
      }
      print("")
    }
  }

  private func show(_ name: String, _ answer: SettlementHistory.Answer) {
    switch answer {
    case .settled(let record):
      for line in StatementText(language: language, book: library.book).lines(record) { print(line) }
    case .refused(let outcome, let message):
      print(Terminal.say(language, "未结算 \(name)", "Not settled: \(name)") + " · \(outcome.rawValue) \(outcome.word)")
      print("  " + message[language])
    }
  }
}
