import ArgumentParser
import Foundation
import Kernel
import StoreSQLite
import Workflows

/// Making a sample region.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "生成示例统筹区 · Make a sample region", subcommands: [SampleCreateCommand.self])
}

/// Creates a sample region and lives its year through the payer's workflows.
struct SampleCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "生成一个统筹区一年的就诊，逐笔结算 · Create a region's year, every visit settled",
    discussion: """
      示例 Examples:
        yibao sample create --people 200 --store sqlite:/tmp/yibao-sample.sqlite --replace
        yibao sample create --people 200 --seed 7 --store sqlite:/tmp/yibao-s7.sqlite --replace --truth /tmp/truth.csv

      参保人、机构、目录和就诊全部虚构；同一人数、年份和种子总是得到同样的结果。每次就诊都经过登记、上传费用、结算、上传清单的
      实际流程，所有金额由结算引擎算出。--truth 另存所埋异常的真值，供基金监管规则对照。
      Persons, institutions, catalogue and visits are invented; the same people, year and seed always give the same.
      Every visit goes through the real workflows. --truth keeps the planted anomalies apart, as truth for supervision.

      退出码 Exit codes: 0 已生成 created · 2 文件已存在、政策不覆盖该年或存储不可用
      the file is there, no policy covers the year, or the store cannot be used
      """)

  @Option(help: "参保人数 · People: 100 to 20000000")
  var people = 20_000

  @Option(help: "年份，须为政策覆盖的整年 · The year, which the policy has to cover")
  var year = 2026

  @Option(help: "随机种子 · Seed")
  var seed: UInt64 = 1

  @Option(help: "新建的存储 · The store to be made: sqlite:PATH")
  var store: String

  @Flag(help: "替换同名的存储 · Replace a store of that name")
  var replace = false

  @Option(help: "异常真值表的文件名（CSV） · File for the planted anomalies")
  var truth: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let bounds = SampleRegion.leastPeople...SampleRegion.mostPeople
    guard bounds.contains(people) else {
      throw ValidationError("--people \(people)：应在 \(bounds.lowerBound) 与 \(bounds.upperBound) 之间 / out of bounds")
    }
    guard store.hasPrefix("sqlite:"), store.count > "sqlite:".count else {
      throw ValidationError("--store \(store)：应为 / expected: sqlite:PATH")
    }
  }

  func run() throws {
    let library = try common.library()
    let maker = SampleMaker(people: people, year: year, seed: seed, replaces: replace, language: common.lang)
    let report = try maker.make(
      path: String(store.dropFirst("sqlite:".count)), truth: truth, library: library)
    if common.json { return try Terminal.json(SampleJSON(report)) }
    maker.show(report)
    print(
      Terminal.say(
        common.lang, "下一步：yibao audit --store \(store)；yibao serve --store \(store)",
        "Next: yibao audit --store \(store); yibao serve --store \(store)"))
  }
}

/// What was created, as `--json` prints it; amounts in fen.
private struct SampleJSON: Encodable {
  let visits: Int
  let settlements: [String: Int]
  let reversals: Int
  let settlementLists: Int
  let settlementListsWithSlips: Int
  let refusals: [String: Int]
  let anomalies: [String: Int]
  let total: Int64
  let fund: Int64

  init(_ report: SampleYearReport) {
    visits = report.visitCount
    settlements = report.byCare
    reversals = report.reversalCount
    settlementLists = report.listCount
    settlementListsWithSlips = report.listsWithSlips
    refusals = Dictionary(uniqueKeysWithValues: report.refusals.map { ("\($0.key)", $0.value) })
    anomalies = Dictionary(uniqueKeysWithValues: report.anomalies.map { ($0.key.rawValue, $0.value) })
    (total, fund) = (report.total.fen, report.fund.fen)
  }
}
