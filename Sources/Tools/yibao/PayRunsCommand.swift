import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import Workflows

/// `yibao pay runs`.
struct PayRunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "列出已公布的结果 / list published runs",
    discussion: """
      示例 / Example（先 yibao pay month … --store sqlite:pay.sqlite --publish --by 张三）:
        yibao pay runs --region 990100 --store sqlite:/tmp/yibao-runs.sqlite

      退出码 / exit code: 0 完成 done · 2 库不能打开 the store cannot be opened · 64 用法有误 wrong usage
      """)

  @Option(help: "险种 / scheme: employee, resident")
  var scheme: InsuranceScheme?

  @Option(help: "月份或年度 / month or year")
  var period: PaymentPeriod?

  @OptionGroup var published: PublishedRunOptions

  private struct Row: Encodable {
    let identity: String
    let kind: String
    let scheme: String
    let period: String
    let time: String
    let by: String
    let corrects: String?
  }

  func run() async throws {
    try await published.reading { open in
      let lang = published.lang
      let runs = try await open.store.runs(
        RunSelection(region: published.region, scheme: scheme, period: period))
      if published.json {
        try Terminal.json(
          runs.map { item in
            Row(
              identity: item.run.identity, kind: item.run.inputs.kind.rawValue,
              scheme: item.run.inputs.scheme.rawValue, period: "\(item.run.inputs.period)", time: item.time,
              by: item.publisher, corrects: item.run.corrects)
          })
      } else {
        for item in runs {
          let inputs = item.run.inputs
          let mark = item.run.corrects == nil ? "" : Terminal.say(lang, " 更正", " correction")
          print(
            "\(item.run.identity.prefix(16))  \(inputs.period)  \(inputs.kind.title[lang])  "
              + "\(inputs.scheme.title[lang])  \(item.time)  \(item.publisher)\(mark)")
        }
        print(Terminal.say(lang, "\(runs.count) 次公布", "\(runs.count) published runs"))
      }
    }
  }
}

/// What commands that look at published runs take.
struct PublishedRunOptions: ParsableArguments {
  @Option(help: "统筹区代码 / region code")
  var region: String

  @Option(help: "库 / store: sqlite:PATH, postgres:URL")
  var store: String

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  @Flag(help: "以 JSON 输出 / print JSON")
  var json = false

  /// Opens the store to be read; what is wrong ends the command.
  func reading(_ body: (PayingStore) async throws -> Void) async throws {
    try await PayingFailure.reporting(lang) {
      let open = try PayingStore(store, publishes: false)
      try await body(open)
      await open.close()
    }
  }

  /// Finds a run by the beginning of its identity; none, or several, ends the command with code 1.
  func find(_ text: String, in store: any PaymentStore) async throws -> PublishedRun {
    if let run = try await store.run(text), run.run.inputs.region == region { return run }
    let all = try await store.runs(RunSelection(region: region))
    let found = text.count < 6 ? [] : all.filter { $0.run.identity.hasPrefix(text) }
    guard let run = found.first, found.count == 1 else {
      Terminal.error(
        found.isEmpty
          ? Terminal.say(
            lang, "没有公布过 \(text)（至少写前 6 位）", "no published run begins with \(text) (at least 6 characters)")
          : Terminal.say(lang, "\(text) 对应多次公布，请多写几位", "several runs begin with \(text); write more of it"))
      throw ExitCode(1)
    }
    return run
  }
}

/// `yibao pay show`.
struct PayShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "查看一次已公布的结果 / show a published run",
    discussion: """
      示例 / Example:  yibao pay show 3f2a9c --region 990100 --store sqlite:pay.sqlite

      标识可只写前 6 位以上。
      Six characters of the identity are enough.
      退出码 / exit code: 0 完成 done · 1 没有 no such run · 2 库不能打开 the store cannot be opened
      """)

  @Argument(help: "运行标识 / identity of the run")
  var identity: String

  @OptionGroup var published: PublishedRunOptions

  func run() async throws {
    try await published.reading { open in
      let found = try await published.find(identity, in: open.store)
      var corrected: PublishedRun?
      if let earlier = found.run.corrects { corrected = try await open.store.run(earlier) }
      var output = PayingOutput(published.lang, isJSON: published.json)
      output.add(
        MadeRun(run: found.run, published: found, corrected: corrected), names: try await open.names(of: found.run))
      try output.finish()
    }
  }
}

/// `yibao pay diff`.
struct PayDiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "比较两次已公布的结果 / compare two published runs",
    discussion: """
      示例 / Example:  yibao pay diff 3f2a9c 81d0aa --region 990100 --store sqlite:pay.sqlite

      退出码 / exit code: 0 完成 done · 1 没有 no such run · 2 库不能打开 the store cannot be opened
      """)

  @Argument(help: "较早的运行标识 / identity of the earlier run")
  var earlier: String

  @Argument(help: "较晚的运行标识 / identity of the later run")
  var later: String

  @OptionGroup var published: PublishedRunOptions

  func run() async throws {
    try await published.reading { open in
      let lang = published.lang
      let before = try await published.find(earlier, in: open.store)
      let after = try await published.find(later, in: open.store)
      let changes = after.run.differences(from: before.run)
      if published.json {
        try Terminal.json(changes.map(PayingOutput.RunJSON.difference))
      } else {
        for change in changes {
          let (old, new) = (change.before?.yuan ?? "–", change.after?.yuan ?? "–")
          print("\(change.holder)  \(AmountNames.title(change.name)[lang])  \(old) → \(new)  (\(change.change.yuan))")
        }
        print(Terminal.say(lang, "\(changes.count) 处不同", "\(changes.count) differences"))
      }
    }
  }
}
