import ArgumentParser
import CaseFiles
import Claims
import Kernel
import Settlement
import Workflows

/// `yibao demo`: the main job of this version.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "结算示例市的就诊并说明每一分钱 / settle the sample region's visits and explain every fen",
    discussion: """
      示例 / Examples:
        yibao demo
        yibao demo --lang en
      """)

  @Option(help: "示例就诊目录 / folder of example visits")
  var visits = "Examples/visits"

  @OptionGroup var common: CommonOptions

  func run() throws {
    let library = try common.library()
    let loaded = CaseFolder(paths: [visits]).load()
    Terminal.report(loaded.diagnostics, common.lang)
    guard loaded.diagnostics.allSatisfy({ $0.severity != .error }) else { throw ExitCode(2) }
    let tour = RegionTour(library).take(loaded.cases)
    if common.json {
      let answers = tour.stops.flatMap { stop in zip(stop.workedCase.visitNames, stop.answers).map { ($0, $1) } }
      return try Terminal.json(answers.map { SettlementJSON($1, claim: $0, language: common.lang) })
    }
    for stop in tour.stops {
      print("── \(stop.workedCase.name) ──")
      show(stop, AnswerPrinter(language: common.lang, library: library))
    }
    show(tour)
  }

  /// Prints what happened in a case, reversals included, in the order of its file.
  private func show(_ stop: CaseRun.Report, _ printer: AnswerPrinter) {
    guard case .visits(let visits) = stop.workedCase.body else { return }
    var answers = stop.answers.makeIterator()
    for event in visits.events {
      switch event {
      case .settle(let claim, _):
        if let answer = answers.next() { printer.show([(claim.id, answer)]) }
      case .reverse(let id):
        print(
          Terminal.say(
            common.lang, "撤销结算 \(id)：累计、账户余额恢复到结算前；不计入合计",
            "Reversal of \(id): accumulators and balances are as before; not in the totals"))
        print("")
      }
    }
  }

  private func show(_ tour: RegionTour.Taken) {
    let lang = common.lang
    let tool = CommandLine.arguments.first ?? "yibao"
    print(Terminal.say(lang, "── 合计 ──", "── Totals ──"))
    for line in StatementText.table(tour.totals, lang, withFields: false) { print(line) }
    print(
      Terminal.say(
        lang,
        "\(tour.settledCount) 次结算，\(tour.refusedCount) 次未结算，\(tour.reversedCount) 次撤销；分录借贷相等。",
        "\(tour.settledCount) settled, \(tour.refusedCount) refused, \(tour.reversedCount) reversed; postings balance.")
    )
    print(Terminal.say(lang, "下一步：", "Next:"))
    for rest in ["settle Cases/TEMPLATE.yaml", "policy show --region 990100", "case run Cases"] {
      print("  \(tool) \(rest)")
    }
  }
}
