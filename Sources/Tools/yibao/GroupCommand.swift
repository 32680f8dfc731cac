import ArgumentParser
import Foundation
import Grouping
import Kernel
import TabularFiles

/// Groups cases under an edition of CHS-DRG.
struct GroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "按分组方案为病例分组 · Group cases under an edition of CHS-DRG",
    discussion: """
      示例 Examples:
        yibao group --edition editions/chs_drg_11 cases.csv -o groups.csv
        yibao group --edition chs_drg_11.xlsx cases.xlsx -o groups.xlsx
        yibao group --edition editions/chs_drg_11 cases.csv --explain | less
        yibao group --edition editions/suzhou_2023 lists.json --json --qy off
        yibao group --edition editions/chs_drg_11 --format tsv - < part.tsv > out.tsv

      输入列 Input columns (按列名 by name): id, sex, age_years, age_days, birth_weight_g, stay_days, discharge_kind,
        department, diagnoses, procedures；编码以 | 连接，主要的在前 codes joined by |, the principal one first
      输出列 Output columns: id, mdc, adrg, drg, status, reason
      输入也可以是 .xlsx，或 4101 结算清单的 JSON（单份、数组、每行一份）
        Input may also be .xlsx, or settlement lists as 4101 JSON: one, an array, or one a line
      --format tsv: 无列名、制表符分隔、列序如上（Spark TRANSFORM） no header, tabs, columns in this order

      不能读的行在输出中为 invalid，其余照常分组。
      A row that cannot be read is `invalid` in the output; the rest goes on.

      退出码 Exit codes: 0 全部可读 every row was read · 1 有不能读的行 rows could not be read · 2 文件不能读写或方案有错
        a file cannot be read or written, or the edition has errors
      """)

  @Argument(help: "病例（CSV、.xlsx、4101 JSON），- 为标准输入 · Cases; - is standard input")
  var cases: String

  @OptionGroup var edition: EditionOptions

  @Option(name: .shortAndLong, help: "输出文件，.xlsx 为工作簿；缺省为标准输出 · Output; standard output when not given")
  var output: String?

  @Option(help: "输入格式 · Form of the input: auto, csv, tsv, json")
  var format = CaseFormat.auto

  @OptionGroup var codes: CodeOptions

  @Flag(help: "逐例说明依据 · Explain each case")
  var explain = false

  @Flag(help: "以 JSON 输出，每行一例 · Print JSON, one case a line")
  var json = false

  @Option(help: "把不能读的行写入 CSV · Write rows that cannot be read to a CSV file")
  var errors: String?

  @Option(help: "语言 · Language: zh, en")
  var lang = Language.chinese

  /// Bad rows that are shown on the terminal; `--errors` writes all of them.
  private static let shownErrors = 20

  func validate() throws {
    guard let output, ResultOutput.file(output).isWorkbook else { return }
    if json || explain || format == .tsv {
      throw ValidationError(
        Terminal.say(
          lang, "工作簿只能放表格：去掉 --json、--explain、--format tsv，或换一个输出文件",
          "a workbook takes a table: leave out --json, --explain and --format tsv, or name another file"))
    }
  }

  func run() throws {
    let grouper = Grouper(try edition.open(lang))
    let shape: ResultForm.Shape = json ? .jsonLines : explain ? .text : format == .tsv ? .tsv : .csv
    let cores = ProcessInfo.processInfo.activeProcessorCount
    var batch = GroupingBatch(grouper, form: ResultForm(shape, lang, explains: explain), cores: cores)
    batch.codes = try codes.open(lang)
    let meter = ProgressMeter(total: ProgressMeter.size(of: cases), language: lang)
    do {
      var shown = 0
      let summary = try batch.run(
        try CaseFormat.input(cases, format), to: output.map { .file($0) } ?? .standardOutput, errors: errors,
        report: { row in
          shown += 1
          if shown <= Self.shownErrors { meter.say(text(row)) }
        },
        progress: { meter.show($0) })
      meter.finish(summary)
      codes.say(summary.codes, lang)
      if summary.badRows > Self.shownErrors, errors == nil {
        let rest = summary.badRows - Self.shownErrors
        Terminal.error(
          Terminal.say(lang, "另有 \(rest) 行不能读；用 --errors 写出全部", "\(rest) more; --errors writes all of them"))
      }
      if summary.badRows > 0 { throw ExitCode(1) }
    } catch let diagnostic as Diagnostic {
      meter.clear()
      Terminal.report([diagnostic], lang)
      throw ExitCode(2)
    }
  }

  private func text(_ row: GroupingBatch.BadRow) -> String {
    let id = row.id.isEmpty ? "" : " (\(row.id))"
    return "\(cases):\(row.line)\(id): \(row.reason[lang])"
  }
}
