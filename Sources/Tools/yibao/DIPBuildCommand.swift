public import ArgumentParser
import Foundation
public import Grouping
import Kernel
import TabularFiles

/// Builds a region's DIP catalogue from its history.
struct DIPBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "由历史病例生成本地 DIP 目录 · Build a DIP catalogue from a history",
    discussion: """
      示例 Examples:
        yibao dip sample-history --cases 2000 --seed 1 -o /tmp/h.csv
        yibao dip build /tmp/h.csv -o /tmp/dip --base Editions/dip-outline/base
        yibao dip build /tmp/h.csv -o /tmp/dip --procedures main --trim none

      历史病例的列 Columns of the history: 病例的列 those of cases, year, total_cost（元 yuan）

      未写的参数用国家 DIP 技术规范 1.0 通行的取值（出处未核对，见 Docs/Reference/dip.md）。
      Parameters that are not stated are those commonly given for the national specification 1.0, whose text was
      not at hand; see Docs/Reference/dip.md. All of them are written into the catalogue's manifest.

      退出码 Exit codes: 0 已生成 built · 1 已生成，但有读不了的行 built, with rows that do not read · 2 文件不能读写 a file
      cannot be read or written
      """)

  @Argument(help: "历史病例（CSV） · The history")
  var history: String

  @Option(name: .shortAndLong, help: "生成的文件夹 · The folder to write")
  var output: String

  @Option(help: "在此目录上生成：名单、手术操作类别和国家病种照用 · Build on this catalogue: its lists, classes and groups stay")
  var base: String?

  @Option(help: "核心病种临界值（例） · Cases that make a core group")
  var threshold = DIPBuildingDefaults.coreThreshold

  @Option(help: "主要诊断取几位（不计点号） · Characters of the principal diagnosis, the point not counted")
  var diagnosisLength = DIPBuildingDefaults.diagnosisLength

  @Option(help: "按全部手术操作 all 或主要手术操作 main 聚类 · Cluster by all procedures or the main one")
  var procedures = DIPBuildingTerms.Clustering.allProcedures

  @Option(help: "裁剪的百分位，下,上；none 不裁剪 · Percentiles of trimming: low,high; none for no trimming")
  var trim = DIPBuildingDefaults.trim

  @Option(help: "不足此例数的病种不裁剪 · Smaller groups are not trimmed")
  var trimMinimum = DIPBuildingDefaults.trimMinimum

  @Option(help: "各年权重，由远及近 · Weights of the years, the latest last")
  var weights = DIPBuildingDefaults.weights

  @Option(help: "最近一年；不写则取历史病例中最近的 · The latest year; the latest of the history when not given")
  var lastYear: Int?

  @Option(help: "各年合并：means 年均费用加权，totals 费用与例数加权 · Put years together by means or by totals")
  var years = DIPBuildingTerms.YearWeighting.means

  @Option(help: "全部病例均次费用：all 全部，kept 裁剪后 · The mean of all: all cases, or those kept")
  var overall = DIPBuildingTerms.OverallMean.allCases

  @Option(help: "分值小数位 · Decimals of scores")
  var decimals = DIPBuildingDefaults.decimals

  @Option(help: "疾病诊断名称（编码表 CSV） · Names of diagnoses")
  var diagnosisNames: String?

  @Option(help: "手术操作名称（编码表 CSV） · Names of procedures")
  var procedureNames: String?

  @Option(help: "目录名称 · The name of the catalogue")
  var name = "本地 DIP 目录"

  @Option(help: "语言 · Language: zh, en")
  var lang: Language = .chinese

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  func validate() throws {
    if threshold < 1 { throw ValidationError("--threshold ≥ 1") }
    if !(3...10).contains(diagnosisLength) { throw ValidationError("--diagnosis-length 3 … 10") }
    if !(0...4).contains(decimals) { throw ValidationError("--decimals 0 … 4") }
    if trim != "none", trimming == nil { throw ValidationError("--trim 2.5,97.5 / none") }
    if weightList.isEmpty { throw ValidationError("--weights 1:2:7") }
  }

  private var trimming: DIPBuildingTerms.Trimming? {
    let parts = trim.split(separator: ",").map { FixedPoint.parse($0, decimals: 1) }
    guard parts.count == 2, let low = parts[0], let high = parts[1] else { return nil }
    return DIPBuildingTerms.Trimming(lowPerMille: Int(low), highPerMille: Int(high), minimumCases: trimMinimum)
  }

  private var weightList: [Int] {
    let weights = weights.split(separator: ":").map { Int($0) ?? 0 }
    return weights.allSatisfy { (1...1_000).contains($0) } ? weights : []
  }

  func run() throws {
    var bad = 0
    try DIPCommandText.reporting(lang) {
      let foundation = try base.map { try DIPCommandText.catalogue($0, lang) }
      let latest = try lastYear ?? latestYear()
      let terms = terms(latest)
      let names = DIPNames(
        diagnoses: try DIPCommandText.codes(diagnosisNames, lang),
        procedures: try DIPCommandText.codes(procedureNames, lang))
      var start = foundation ?? DIPCatalogue(manifest: DIPManifest(identifier: "dip_local", name: name))
      start.manifest.name = name
      start.manifest.notes += terms.notes
      var built: (catalogue: DIPCatalogue, summary: DIPStatistics.Summary)?
      do {
        var clustering = try DIPClustering(base: start, terms: terms)
        bad = try walk(Terminal.say(lang, "聚类", "clustering"), reports: true) { clustering.add($0) }
        var statistics = try DIPStatistics(clustering.catalogue(names: names), terms: terms)
        _ = try walk(Terminal.say(lang, "测算", "weighing"), reports: false) { statistics.add($0) }
        built = (statistics.finish(names: names), statistics.summary)
      } catch let refusal as DIPGrouper.Refusal {
        for finding in refusal.findings {
          Terminal.error(DIPCatalogueFolder.diagnostic(finding, in: base ?? output).text(lang))
        }
      }
      guard let built else { throw ExitCode(2) }
      try DIPCatalogueFolder.write(built.catalogue, to: output)
      try report(built.catalogue, built.summary, bad)
    }
    if bad > 0 { throw ExitCode(1) }
  }

  private func terms(_ latest: Int) -> DIPBuildingTerms {
    let list = weightList
    let weights = list.indices.map { (latest - list.count + 1 + $0, list[$0]) }
    return DIPBuildingTerms(
      coreThreshold: threshold, diagnosisLength: diagnosisLength, clustering: procedures, trimming: trimming,
      yearWeights: Dictionary(uniqueKeysWithValues: weights), yearWeighting: years, overallMean: overall,
      scale: DIPBuildingDefaults.scale, decimals: decimals)
  }

  private func latestYear() throws -> Int {
    var latest = Int.min
    _ = try walk(Terminal.say(lang, "查年度", "looking for years"), reports: false) { latest = max(latest, $0.year) }
    guard latest > .min else {
      throw Diagnostic(.error, LocalizedText("没有能读的病例。", "no row reads."), file: history)
    }
    return latest
  }

  private func walk(_ label: String, reports: Bool, _ body: (DIPHistoryCase) -> Void) throws -> Int {
    var bad = 0
    var progress = DIPProgress(label)
    try DIPCaseFile(CSVReader(path: history), isHistory: true).forEach { past, _ in
      progress.step()
      body(past)
    } bad: { diagnostic in
      bad += 1
      if reports { Terminal.report([diagnostic], lang) }
    }
    progress.end()
    return bad
  }

  private struct Report: Encodable {
    let cases: Int
    let unreadable: Int
    let otherYears: Int
    let strangeCosts: Int
    let core: Int
    let trimmed: Int
    let meanYuan: String
    let statuses: [String: Int]
    let groups: [String: Int]
  }

  private func report(_ catalogue: DIPCatalogue, _ summary: DIPStatistics.Summary, _ bad: Int) throws {
    let groups = Dictionary(catalogue.groups.map { ($0.layer, 1) }, uniquingKeysWith: +)
    let mean = Money(fen: summary.meanFen).yuan
    if json {
      return try Terminal.json(
        Report(
          cases: summary.cases, unreadable: bad, otherYears: summary.otherYears, strangeCosts: summary.strangeCosts,
          core: summary.core, trimmed: summary.trimmed, meanYuan: mean,
          statuses: Dictionary(uniqueKeysWithValues: summary.statuses.map { ($0.word, $1) }),
          groups: Dictionary(uniqueKeysWithValues: groups.map { ($0.word, $1) })))
    }
    print(
      Terminal.say(
        lang,
        "病例 \(summary.cases) 例，其中核心病种 \(summary.core) 例；裁剪 \(summary.trimmed) 例；均次费用 \(mean) 元。",
        "\(summary.cases) cases, \(summary.core) of them in core groups; \(summary.trimmed) trimmed; mean \(mean) yuan."
      ))
    for layer in DIPLayer.allCases {
      if let count = groups[layer] { print("  \(layer.title[lang]): \(count)") }
    }
    for status in DIPStatus.allCases where status != .grouped {
      if let count = summary.statuses[status] { print("  \(status.message[lang]): \(count)") }
    }
    let left = [
      (summary.otherYears, Terminal.say(lang, "其他年度", "other years")),
      (summary.strangeCosts, Terminal.say(lang, "费用异常", "costs out of range")),
      (bad, Terminal.say(lang, "读不了的行", "rows that do not read")),
    ]
    for (count, text) in left where count > 0 { print("  \(text): \(count)") }
  }
}

extension DIPBuildingTerms.Clustering: ExpressibleByArgument {}
extension DIPBuildingTerms.YearWeighting: ExpressibleByArgument {}
extension DIPBuildingTerms.OverallMean: ExpressibleByArgument {}

/// What `yibao dip build` takes when nothing is stated.
///
/// The values are those commonly given for the national technical
/// specification of DIP, version 1.0 (国家医疗保障按病种分值付费技术规范), the text of which was not at hand; whoever
/// builds a catalogue to pay by states their own. They are defaults of this command, and of nothing else.
enum DIPBuildingDefaults {
  static let coreThreshold = 15
  static let diagnosisLength = 4
  static let trim = "2.5,97.5"
  static let trimMinimum = 25
  static let weights = "1:2:7"
  static let scale = 1_000
  static let decimals = 4
}
