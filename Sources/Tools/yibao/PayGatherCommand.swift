import ArgumentParser
import Foundation
import Grouping
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// Makes payment cases of settled stays.
struct PayGatherCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gather", abstract: "由已结算住院和结算清单归集病例并分组 · Make cases of settled stays and their lists",
    discussion: """
      示例 Examples:
        yibao pay gather --store sqlite:yibao.sqlite --region 990100 --edition Editions/chs-drg-outline --period 2025
        yibao pay gather --store sqlite:yibao.sqlite --region 990100 --catalogue Editions/dip-outline --period 2025-03

      已撤销的结算退出；没有提交结算清单的不成为病例；未入组的成为没有病组的病例。后两种逐笔列出。可重复归集，结果相同。
      Reversed settlements fall out; those without a list that was handed in become no case; those that no group takes
      become cases without a group. The latter two are listed. Gathering again gives the same.

      退出码 Exit codes: 0 全部归集 all gathered · 1 有结算未归集或未入组 some have no list or no group · 2 分组方案或账库不可用
      the edition or the store cannot be used
      """)

  @Option(help: "账库 · The store: sqlite:PATH, postgres:URL")
  var store: String

  @Option(help: "统筹区 · The pooling region, such as 990100")
  var region: String

  @Option(help: "年度或月份 · The year or month of settlement: 2025, 2025-03")
  var period: String

  @Option(help: "DRG 分组方案：目录或 .xlsx · An edition of CHS-DRG: a folder or an .xlsx workbook")
  var edition: String?

  @Option(help: "DIP 目录所在的文件夹 · The folder of a DIP catalogue")
  var catalogue: String?

  @Option(help: "只归集某一险种，缺省为全部 · One scheme alone: employee, resident; all when left out")
  var scheme: InsuranceScheme?

  @Option(help: "计入中医药费用的收费项目类别 · Categories of fees that count as Chinese medicine")
  var chineseMedicine = CaseGathering.usualChineseMedicine.sorted().joined(separator: ",")

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  @Option(help: "语言 · Language: zh, en")
  var lang = Language.chinese

  private struct Answer: Encodable {
    struct Gap: Encodable {
      let settlement: String
      let institution: String
      let kind: String
      let message: String
    }

    let institutions: Int
    let stays: Int
    let reversed: Int
    let cases: Int
    let gaps: [Gap]
  }

  func validate() throws {
    if PaymentPeriod(period) == nil {
      throw ValidationError("--period「\(period)」应为 2025 或 2025-03 / must be a year or a month")
    }
    if (edition == nil) == (catalogue == nil) {
      throw ValidationError("--edition 与 --catalogue 选一个 / give one of --edition and --catalogue")
    }
  }

  func run() async throws {
    guard let period = PaymentPeriod(period) else { throw ExitCode(2) }
    let engine = try engine()
    let open = try OpenPaymentStore(store)
    let categories = Set(chineseMedicine.split(separator: ",").map(String.init))
    let gathering = CaseGathering(
      from: open.payer, into: open.paying, by: engine, chineseMedicine: categories,
      schemes: scheme.map { [$0] } ?? Set(InsuranceScheme.allCases))
    let isShown = isatty(STDERR_FILENO) == 1
    let label = Terminal.say(lang, "已归集", "gathered")
    let report: GatheringReport
    do throws(StoreError) {
      report = try await gathering.gather(period, region: region) { report in
        if isShown { FileHandle.standardError.write(Data("\r\(label) \(report.caseCount)".utf8)) }
      }
    } catch {
      await open.close()
      Terminal.error("\(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
    await open.close()
    if isShown { Terminal.error("") }
    try show(report)
    if !report.gaps.isEmpty { throw ExitCode(1) }
  }

  private func engine() throws -> CaseGathering.Engine {
    if let catalogue {
      let tables = try DIPCommandText.catalogue(catalogue, lang)
      guard let grouper = try? DIPGrouper(tables) else { throw ExitCode(2) }
      return .dip(grouper)
    }
    let opened = EditionCache(folder: EditionCache.usualFolder)
      .open(EditionFile(edition ?? "", manifest: nil, changes: EditionChanges()))
    guard let edition = opened.edition else {
      Terminal.report(opened.diagnostics.filter { $0.severity == .error }, lang)
      throw ExitCode(2)
    }
    return .drg(Grouper(edition))
  }

  private func show(_ report: GatheringReport) throws {
    if json {
      let gaps = report.gaps.map {
        Answer.Gap(
          settlement: $0.settlement, institution: $0.institution, kind: $0.kind.word, message: $0.message[lang])
      }
      return try Terminal.json(
        Answer(
          institutions: report.institutionCount, stays: report.stayCount, reversed: report.reversedCount,
          cases: report.caseCount, gaps: gaps))
    }
    print(
      Terminal.say(
        lang,
        "机构 \(report.institutionCount) 家，住院结算 \(report.stayCount) 笔，已撤销 \(report.reversedCount) 笔，"
          + "归集病例 \(report.caseCount) 例",
        "\(report.institutionCount) institutions, \(report.stayCount) settled stays, \(report.reversedCount) reversed, "
          + "\(report.caseCount) cases"))
    for gap in report.gaps { print("\(gap.institution) \(gap.settlement): \(gap.message[lang])") }
  }
}
