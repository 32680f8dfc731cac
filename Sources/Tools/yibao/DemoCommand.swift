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
      let happenings = tour.stops.flatMap(\.happenings)
      return try Terminal.json(happenings.compactMap { SettlementJSON($0, language: common.lang, book: library.book) })
    }
    for stop in tour.stops {
      print("── \(stop.workedCase.name) ──")
      AnswerPrinter(language: common.lang, library: library).show(stop.happenings)
    }
    show(tour)
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
