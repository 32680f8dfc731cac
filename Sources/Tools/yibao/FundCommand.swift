import ArgumentParser
import Kernel
import Ledger
import TabularFiles
import Workflows

/// `yibao fund`.
struct FundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fund",
    abstract: "基金收入入账与查询 / enter and list what funds received",
    discussion: """
      基金支出由结算产生；收入（保险费、财政补贴、利息、上年结余等）按国库或银行回单录入。二者之差在控制台“总览”和“基金账”中显示。
      What funds spend comes of settlements; what they receive is entered from the treasury's or bank's statements. The
      console shows the difference.

      示例 / Examples:
        yibao fund receive receipts.csv --store sqlite:yibao.sqlite
        yibao fund list --year 2026 --store sqlite:yibao.sqlite
      """,
    subcommands: [Receive.self, List.self])

  /// `yibao fund receive`.
  struct Receive: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "receive", abstract: "录入基金收入 / enter what funds received",
      discussion: """
        列 Columns: 编号/number, 日期/day, 基金/fund, 类别/kind, 金额/amount, 说明/basis
        有一行不可用则全部不入账；已入账的相同编号跳过。更正请另用编号写相反金额。
        Nothing is entered when a row cannot be used; a number that is there already, the same, is passed over. What was
        wrong is set right by another number with the opposite amount.

        示例 / Example: yibao fund receive receipts.csv --store sqlite:yibao.sqlite

        退出码 1：某编号已入账且内容不同；2：文件或存储不可用。
        Exit code 1: a number is there with another content; 2: file or store cannot be used.
        """)

    @Argument(help: "收入表（CSV 或 .xlsx） / the table")
    var file: String

    @Option(help: "存储 / the store: sqlite:PATH, postgres:URL")
    var store = "sqlite:yibao.sqlite"

    @Option(help: "语言 / language: zh, en")
    var lang = Language.chinese

    func run() throws {
      let reading = FundReceiptFile.read(TableReader(path: file))
      Terminal.report(reading.diagnostics, lang)
      guard let receipts = reading.value else { throw ExitCode(2) }
      let opened = try OpenStore(store)
      let answer = try Waiting.orExit {
        let answer = await FundDesk(store: opened.payer).file(receipts)
        await opened.close()
        return answer
      }
      switch answer {
      case .success(let filed):
        print(
          Terminal.say(
            lang, "入账 \(filed.added) 笔，已有 \(filed.same) 笔", "\(filed.added) entered, \(filed.same) there already"))
      case .failure(let refusal):
        Terminal.error(refusal.message[lang])
        if case .store = refusal { throw ExitCode(2) }
        throw ExitCode(1)
      }
    }
  }

  /// `yibao fund list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "列出一年的基金收入 / list what funds received in a year",
      discussion: "示例 / Example: yibao fund list --year 2026 --store sqlite:yibao.sqlite --json")

    @Option(help: "年度 / the year")
    var year: Int

    @Option(help: "存储 / the store: sqlite:PATH, postgres:URL")
    var store = "sqlite:yibao.sqlite"

    @Option(help: "语言 / language: zh, en")
    var lang = Language.chinese

    @Flag(help: "以 JSON 输出 / print JSON")
    var json = false

    /// A receipt as `--json` prints it; the amount in fen.
    private struct Row: Encodable {
      let number: String
      let day: String
      let fund: String
      let kind: String
      let amount: Int64
      let basis: String
    }

    func run() throws {
      let opened = try OpenStore(store)
      let receipts = try Waiting.orExit { [year] in
        let found = try await FundDesk(store: opened.payer).receipts(in: year)
        await opened.close()
        return found
      }
      if json {
        return try Terminal.json(
          receipts.map {
            Row(
              number: $0.id, day: $0.time, fund: $0.fund.word, kind: $0.kind.rawValue, amount: $0.amount.fen,
              basis: $0.basis)
          })
      }
      if receipts.isEmpty { print(Terminal.say(lang, "\(year) 年没有收入记录", "nothing was received in \(year)")) }
      for receipt in receipts {
        let what = "\(receipt.fund.title[lang])  \(receipt.kind.title[lang])"
        print("\(receipt.day)  \(receipt.id)  \(what)  \(receipt.amount.yuan)  \(receipt.basis)")
      }
    }
  }
}
