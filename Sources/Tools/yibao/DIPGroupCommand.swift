import ArgumentParser
import Foundation
import Grouping
import Kernel
import TabularFiles

/// Groups cases by a DIP catalogue.
struct DIPGroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "按 DIP 目录给病例入组并说明理由 · Group cases by a DIP catalogue",
    discussion: """
      示例 Examples:
        yibao dip group -c Editions/dip-outline Examples/dip/cases.csv --explain
        yibao dip group -c Editions/dip-outline Examples/dip/cases.csv -o /tmp/g.csv
        yibao dip group -c Editions/dip-outline Examples/dip/cases.csv --json
        yibao dip group -c Editions/dip-outline --typing Editions/dip-outline/typing Examples/dip/cases.csv --json

      病例的列 Columns of the cases: id, sex, age_years, age_days, birth_weight_g, stay_days, discharge_kind,
        department, diagnoses, procedures（多个编码以 | 连接，主要的在前 · codes joined by |, the principal one first）
      输入也可以是 .xlsx，或 4101 结算清单的 JSON；--format tsv 无列名、制表符分隔、列序如上
        Input may also be .xlsx, or settlement lists as 4101 JSON; --format tsv: no header, tabs, columns in this order
      结果的列 Columns of the answer: id, status, layer, code, name, treatment, primary_care, score, reason

      --typing：辅助分型，结果加列 cci, types, type, factor；病例可再有 icu_days, cost_percent, treatment_percent,
        drug_percent（缺的条件不成立）· auxiliary typing: four more columns; cases may have these further ones, and
        conditions on what is not stated do not hold

      不能读的行在结果中为 invalid，其余照常。
      A row that cannot be read is `invalid` in the answer, and the rest goes on.

      退出码 Exit codes: 0 全部读入 all rows read · 1 有不能读的行 rows that cannot be read · 2 文件不能读写，或目录、分型有错 a
      file cannot be read or written, or the catalogue or the typing has errors
      """)

  @Argument(help: "病例（CSV、.xlsx、4101 JSON），- 为标准输入 · Cases; - is standard input")
  var cases: String

  @Option(name: [.customShort("c"), .long], help: "DIP 目录所在的文件夹 · The folder of the catalogue")
  var catalogue: String

  @Option(help: "辅助分型表所在的文件夹 · The folder of auxiliary typing")
  var typing: String?

  @Option(help: "分型须在此日有效（年-月-日）· The typing must be in force on this day")
  var on: CalendarDate?

  @Option(name: .shortAndLong, help: "输出文件，.xlsx 为工作簿；缺省为标准输出 · Output; standard output when not given")
  var output: String?

  @Option(help: "输入格式 · Form of the input: auto, csv, tsv, json")
  var format = CaseFormat.auto

  @OptionGroup var codes: CodeOptions

  @Flag(help: "每一步都说明 · Say every step")
  var explain = false

  @Flag(help: "每例一行 JSON · One line of JSON a case")
  var json = false

  @Option(help: "把不能读的行写入 CSV · Write rows that cannot be read to a CSV file")
  var errors: String?

  @Option(help: "语言 · Language: zh, en")
  var lang: Language = .chinese

  func validate() throws {
    if on != nil, typing == nil { throw ValidationError("--on 需要 --typing · needs --typing") }
    try CaseFormat.check(output, isTable: !json && format != .tsv, lang)
  }

  func run() throws {
    let tables = try DIPCommandText.catalogue(catalogue, lang)
    let grouper: DIPGrouper
    do throws(DIPGrouper.Refusal) {
      grouper = try DIPGrouper(tables)
    } catch {
      Terminal.report(error.findings.map { DIPCatalogueFolder.diagnostic($0, in: catalogue) }, lang)
      throw ExitCode(2)
    }
    let shape: ResultForm.Shape = json ? .jsonLines : format == .tsv ? .tsv : .csv
    var batch = DIPGroupingBatch(
      grouper, form: ResultForm(shape, lang), explains: explain, cores: ProcessInfo.cores)
    batch.typing = try openTyping()
    batch.codes = try codes.open(lang)
    let report = BatchReport(cases, errors: errors, lang)
    let done = try report.run {
      try batch.run(
        try CaseFormat.input(cases, format), to: output.map { .file($0) } ?? .standardOutput, errors: errors,
        report: report.hear, progress: report.show)
    }
    codes.say(done.codes, lang)
    try report.end(done)
  }

  /// Reads the tables of typing; what is wrong goes to standard error and ends the command with code 2.
  private func openTyping() throws -> DIPTyping? {
    guard let typing else { return nil }
    let reading = DIPTypingFolder.read(typing)
    Terminal.report(reading.diagnostics, lang)
    guard let rules = reading.value else { throw ExitCode(2) }
    if let on, !rules.tables.period.contains(on) {
      Terminal.error(
        Terminal.say(
          lang, "\(typing)：辅助分型在 \(on) 不生效", "\(typing): the auxiliary typing is not in force on \(on)"))
      throw ExitCode(2)
    }
    return rules
  }
}
