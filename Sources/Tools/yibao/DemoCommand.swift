import ArgumentParser
import CaseFiles
import Claims
import Kernel
import Settlement
import Workflows

/// `yibao demo`: the main job.
///
/// Example visits explained, then a sample year settled, grouped, paid, cleared and served.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "示例市的一年：结算、分组、支付、清算并启动接口 / a year of the sample region: settled, grouped, paid, cleared, served",
    discussion: """
      先逐笔说明十二个示例就诊，再生成一个统筹区的一年，最后在 127.0.0.1:8080 提供医保接口。再次启动时沿用已有数据。
      Explains twelve example visits, makes a region's year, then serves the national interface on 127.0.0.1:8080. The
      next start uses the data that is there.

      示例 / Examples:
        yibao demo --visits-only
        yibao demo --visits-only --lang en
        yibao demo --people 200 --data /tmp/yibao-demo --no-serve --fresh
      """)

  @Flag(help: "只结算示例就诊 / settle the example visits alone")
  var visitsOnly = false

  @OptionGroup var year: DemoYear

  @Option(help: "示例就诊目录 / folder of example visits")
  var visits = "Examples/visits"

  @OptionGroup var common: CommonOptions

  func run() async throws {
    try settleVisits()
    if !visitsOnly && !common.json { try await year.run(policies: common.policies, common.lang) }
  }

  private func settleVisits() throws {
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
    guard visitsOnly else { return }
    print(Terminal.say(lang, "下一步：", "Next:"))
    for rest in ["settle Cases/TEMPLATE.yaml", "policy show --region 990100", "case run Cases"] {
      print("  \(tool) \(rest)")
    }
  }
}
