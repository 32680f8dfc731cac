import ArgumentParser
import Foundation
import Kernel
import Payment
import TabularFiles
import Workflows

/// Enters grouped cases from a file into the store.
struct PayLoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "把已分组的病例装入账库 · Enter grouped cases into the store",
    discussion: """
      示例 Examples:
        yibao pay load Examples/paying/cases.csv --store sqlite:/tmp/pay.sqlite --region 990100
        yibao pay load Examples/paying/cases.csv --store sqlite:/tmp/pay.sqlite --region 990100 --json

      列 Columns: id, institution, level, scheme, month, cost, fund_share, group, stay_days, age_years, discharge_kind,
        department, physician, traditional_chinese, marks（金额为元；月份如 2025-03；标记以 | 连接 · amounts in yuan, months as
        2025-03, marks joined by |）

      同一统筹区、同一结算号的病例被替换。有读不了的行时什么都不装入，除非用 --skip-bad。中途失败的，重新装入即可。
      A case of the same region and number is replaced. When a row does not read, nothing is entered, unless --skip-bad
      is given. After a failure half-way, enter the file again.

      退出码 Exit codes: 0 全部装入 all entered · 1 略过了读不了的行 rows were left out (--skip-bad) · 2 文件有误或账库不可用，
      未装入 the file is wrong or the store cannot be used
      """)

  @Argument(help: "病例（CSV 或 .xlsx） · The cases")
  var file: String

  @Option(help: "账库 · The store: sqlite:PATH, postgres:URL")
  var store: String

  @Option(help: "统筹区 · The pooling region, such as 990100")
  var region: String

  @Option(help: "工作簿中的工作表 · The sheet of a workbook")
  var sheet: String?

  @Flag(help: "略过读不了的行 · Leave out rows that do not read")
  var skipBad = false

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  @Option(help: "语言 · Language: zh, en")
  var lang = Language.chinese

  /// Cases that share one durable transaction.
  private static let block = 20_000
  private static let shownFaults = 200

  private struct Answer: Encodable {
    let loaded: Int
    let skipped: Int
    let institutions: Int
    let cost: String
  }

  /// What a file comes to.
  private struct Tally {
    var loaded = 0
    var bad = 0
    var institutions: Set<String> = []
    var cost: Int64 = 0

    mutating func add(_ item: PaymentCase, of file: String) throws {
      loaded += 1
      institutions.insert(item.institution)
      let (sum, overflows) = cost.addingReportingOverflow(item.cost.fen)
      guard !overflows else {
        throw Diagnostic(
          .error, LocalizedText("医疗费合计超出范围；请核对金额的单位", "the sum of cost is out of range; check the unit of amounts"),
          file: file)
      }
      cost = sum
    }
  }

  func run() throws {
    try DIPCommandText.reporting(lang) {
      let checked = try walk(Terminal.say(lang, "已核对", "checked"), reports: true) { _ in }
      if checked.bad > 0, !skipBad {
        Terminal.error(
          Terminal.say(
            lang, "有 \(checked.bad) 处错误，未装入任何病例；改正后重新装入，或用 --skip-bad 略过这些行。",
            "\(checked.bad) errors; nothing was entered. Correct them, or leave those rows out with --skip-bad."))
        throw ExitCode(2)
      }
      let tally = try enter()
      try show(tally)
      if tally.bad > 0 { throw ExitCode(1) }
    }
  }

  private func enter() throws -> Tally {
    let open = try OpenPaymentStore(store)
    defer { try? Waiting.orExit { await open.close() } }
    var waiting: [PaymentCase] = []
    waiting.reserveCapacity(Self.block)
    func send() throws {
      let (block, region) = (waiting, region)
      try Waiting.orExit { try await open.paying.put(block, region: region) }
      waiting.removeAll(keepingCapacity: true)
    }
    let tally = try walk(Terminal.say(lang, "已装入", "entered"), reports: false) { item in
      waiting.append(item)
      if waiting.count == Self.block { try send() }
    }
    if !waiting.isEmpty { try send() }
    return tally
  }

  private func walk(_ label: String, reports: Bool, _ body: (PaymentCase) throws -> Void) throws -> Tally {
    var tally = Tally()
    var progress = DIPProgress(label)
    try PaymentCaseFile(TableReader(path: file, sheet: sheet)).forEach { item in
      progress.step()
      try tally.add(item, of: file)
      try body(item)
    } bad: { diagnostic in
      tally.bad += 1
      if !reports || tally.bad > Self.shownFaults { return }
      Terminal.report([diagnostic], lang)
      if tally.bad == Self.shownFaults {
        Terminal.error(Terminal.say(lang, "……其余错误不再列出", "… further errors are not listed"))
      }
    }
    progress.end()
    return tally
  }

  private func show(_ tally: Tally) throws {
    let cost = Money(fen: tally.cost).yuan
    if json {
      return try Terminal.json(
        Answer(loaded: tally.loaded, skipped: tally.bad, institutions: tally.institutions.count, cost: cost))
    }
    print(
      Terminal.say(
        lang, "已装入 \(tally.loaded) 例，机构 \(tally.institutions.count) 家，医疗费合计 \(cost) 元",
        "\(tally.loaded) cases of \(tally.institutions.count) institutions entered, cost \(cost) yuan"))
    if tally.bad > 0 {
      print(Terminal.say(lang, "读不了而略过：\(tally.bad) 处错误", "left out: \(tally.bad) errors"))
    }
  }
}
