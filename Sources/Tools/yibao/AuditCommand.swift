import ArgumentParser
import Foundation
import Kernel
import Ledger
import StoreSQLite
import Workflows

/// `yibao audit --store sqlite:PATH`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "核对账目：重算累计、复核总账、校验记录链与支付批次 / prove the store",
    discussion: """
      示例 / Examples:
        yibao audit --store sqlite:yibao.sqlite
        yibao audit --store sqlite:yibao.sqlite --json
        yibao audit --store postgres:postgresql://yibao@db.example/region

      可在服务运行时核对。退出码：0 无差异，1 有差异，2 无法打开。
      May run while the store serves. Exit code: 0 nothing differs, 1 something does, 2 the store cannot be read.
      """)

  @Option(help: "账库，如 sqlite:yibao.sqlite / the store, such as sqlite:yibao.sqlite")
  var store: String

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  @Flag(help: "以 JSON 输出 / print JSON")
  var json = false

  func validate() throws {
    guard PostgresName.url(store) != nil || (store.hasPrefix("sqlite:") && store != "sqlite:") else {
      throw ValidationError("--store: sqlite:PATH, postgres:URL")
    }
  }

  func run() async throws {
    let report: AuditReport
    do {
      report = try await audit()
    } catch {
      let store = PostgresName.shown(store)
      Terminal.error(
        Terminal.say(
          lang, "无法核对 \(store)：\(error.detail)；请核对路径和读取权限",
          "cannot audit \(store): \(error.detail) (\(error.operation)); check the path and who may read it"))
      throw ExitCode(2)
    }
    if json { try Terminal.json(AuditJSON(report)) } else { show(report) }
    if !report.isClean { throw ExitCode(1) }
  }

  private func audit() async throws(StoreError) -> AuditReport {
    if let url = PostgresName.url(store) {
      let (store, close) = try PostgresName.open(url, isReadOnly: true)
      do throws(StoreError) {
        let report = try await audit(store, store as? any PaymentStore)
        await close()
        return report
      } catch {
        await close()
        throw error
      }
    }
    var options = SQLitePayerStore.Options()
    options.isReadOnly = true
    let store = try SQLitePayerStore(path: String(store.dropFirst("sqlite:".count)), options: options)
    defer { store.close() }
    return try await audit(store, store)
  }

  private func audit(_ store: any PayerStore, _ paying: (any PaymentStore)?) async throws(StoreError) -> AuditReport {
    guard let paying else { return try await Audit(store).run() }
    return try await Audit(store).run(with: paying)
  }

  private func show(_ report: AuditReport) {
    print(
      Terminal.say(
        lang,
        "参保人 \(report.personCount)，结算 \(report.settlementCount)，撤销 \(report.reversalCount)，分录 \(report.postingCount)",
        "\(report.personCount) persons, \(report.settlementCount) settlements, \(report.reversalCount) reversals, "
          + "\(report.postingCount) postings"))
    print(Terminal.say(lang, "医疗费总额 \(report.total)", "total charged \(report.total)"))
    for (fund, amount) in report.funds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      print("  \(fund.word) \(amount)")
    }
    if report.runCount > 0 {
      print(
        Terminal.say(
          lang, "支付、清算批次 \(report.runCount)，分录 \(report.runPostingCount)",
          "\(report.runCount) payment runs, \(report.runPostingCount) postings"))
    }
    for difference in report.differences {
      print("\(difference.kind.rawValue) \(difference.subject): \(difference.message[lang])")
    }
    let count = report.differences.count
    print(Terminal.say(lang, count == 0 ? "无差异" : "差异 \(count) 处", count == 0 ? "clean" : "differences: \(count)"))
  }
}

/// A report as JSON; amounts in yuan.
struct AuditJSON: Encodable {
  struct Difference: Encodable {
    let kind: String
    let subject: String
    let chinese: String
    let english: String
  }

  let clean: Bool
  let persons: Int
  let settlements: Int
  let reversals: Int
  let postings: Int
  let paymentRuns: Int
  let paymentPostings: Int
  let total: String
  let funds: [String: String]
  let differences: [Difference]

  init(_ report: AuditReport) {
    clean = report.isClean
    persons = report.personCount
    settlements = report.settlementCount
    reversals = report.reversalCount
    postings = report.postingCount
    paymentRuns = report.runCount
    paymentPostings = report.runPostingCount
    total = report.total.yuan
    funds = report.funds.reduce(into: [:]) { $0[$1.key.word] = $1.value.yuan }
    differences = report.differences.map {
      .init(
        kind: $0.kind.rawValue, subject: $0.subject, chinese: $0.message.chinese, english: $0.message.english)
    }
  }
}
