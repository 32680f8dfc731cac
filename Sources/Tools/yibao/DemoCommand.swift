import ArgumentParser
import CaseFiles
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
      AnswerPrinter(language: common.lang, library: library)
        .show(Array(zip(stop.workedCase.visitNames, stop.answers)))
    }
    show(tour)
  }

  private func show(_ tour: RegionTour.Taken) {
    let lang = common.lang
    print(Terminal.say(lang, "── 合计 ──", "── Totals ──"))
    for row in tour.totals { print("  \(row.title[lang]): \(row.amount.yuan)") }
    print(
      Terminal.say(
        lang,
        "\(tour.settledCount) 次结算，\(tour.refusedCount) 次未结算，\(tour.reversedCount) 次撤销；分录借贷相等。",
        "\(tour.settledCount) settled, \(tour.refusedCount) refused, \(tour.reversedCount) reversed; postings balance.")
    )
    print(
      Terminal.say(
        lang, "下一步：yibao settle Cases/TEMPLATE.yaml · yibao policy show --region 990100 · yibao case run Cases",
        "Next: yibao settle Cases/TEMPLATE.yaml · yibao policy show --region 990100 · yibao case run Cases"))
  }
}
