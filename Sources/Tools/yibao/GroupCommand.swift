import ArgumentParser
import Foundation
import Grouping
import Kernel
import TabularFiles

/// Groups cases under editions of CHS-DRG.
struct GroupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "按分组方案为病例分组 · Group cases under editions of CHS-DRG",
    discussion: """
      yibao group … 即 yibao group run …：选项见 yibao group run --help
      yibao group … is short for yibao group run …; its options: yibao group run --help

      示例 Examples:
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv --explain
        yibao group what-if --edition Editions/chs-drg-outline Examples/grouping/cases.csv --id C1
      """,
    subcommands: [GroupRunCommand.self, GroupWhatIfCommand.self], defaultSubcommand: GroupRunCommand.self)
}

/// Groups a file of cases under one or several editions of CHS-DRG.
struct GroupRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "成批分组；几个方案可并列对照 · Group a file of cases, under several editions side by side",
    discussion: """
      示例 Examples:
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv -o /tmp/groups.csv
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv -o /tmp/groups.xlsx
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv --explain | less
        yibao group --edition Editions/chs-drg-outline Examples/grouping/cases.csv --json --qy off
        yibao group --edition Editions/chs-drg-outline --edition Editions/chs-drg-outline Examples/grouping/cases.csv

      输入列 Input columns (按列名 by name): id, sex, age_years, age_days, birth_weight_g, stay_days, discharge_kind,
        department, diagnoses, procedures；编码以 | 连接，主要的在前 codes joined by |, the principal one first
      输出列 Output columns: id, mdc, adrg, drg, status, reason
      几个方案 Several editions: id, differs（mdc、adrg、drg 或空 or empty），各方案名加上列 the columns under each edition's name;
        一致的统计在标准错误输出，--summary、--moves 写成 CSV what agrees is counted on standard error, and in CSV files
      输入也可以是 .xlsx，或 4101 结算清单的 JSON（单份、数组、每行一份）
        Input may also be .xlsx, or settlement lists as 4101 JSON: one, an array, or one a line
      --format tsv: 无列名、制表符分隔、列序如上（Spark TRANSFORM） no header, tabs, columns in this order

      不能读的行在输出中为 invalid，其余照常分组。
      A row that cannot be read is `invalid` in the output; the rest goes on.

      退出码 Exit codes: 0 全部可读 every row was read · 1 有不能读的行 rows could not be read · 2 文件不能读写或方案有错
        a file cannot be read or written, or an edition has errors
      """)

  @Argument(help: "病例（CSV、.xlsx、4101 JSON），- 为标准输入 · Cases; - is standard input")
  var cases: String

  @Option(help: "分组方案：目录或 .xlsx；可重复，并列对照 · An edition: a folder or .xlsx; repeat to compare several")
  var edition: [String]

  @OptionGroup var evaluation: EvaluationOptions

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

  @Option(help: "几个方案：把每两个的一致与不同写入 CSV · Several editions: write what agrees to a CSV file")
  var summary: String?

  @Option(help: "几个方案：把入组的变化（从哪组到哪组）写入 CSV · Several editions: write which groups became which to CSV")
  var moves: String?

  @Option(help: "语言 · Language: zh, en")
  var lang = Language.chinese

  func validate() throws {
    if edition.isEmpty { throw ValidationError("--edition 缺少分组方案 · name an edition") }
    if edition.count > ComparisonBatch.mostEditions {
      throw ValidationError("--edition: 1 … \(ComparisonBatch.mostEditions)")
    }
    if edition.count == 1, summary != nil || moves != nil {
      throw ValidationError(
        "--summary 和 --moves 用于几个方案的对照 · are for several editions: name --edition more than once")
    }
    if edition.count > 1, evaluation.manifest != nil {
      throw ValidationError("--manifest 只用于一个方案 · goes with one edition")
    }
    try CaseFormat.check(output, isTable: !json && !explain && format != .tsv, lang)
  }

  func run() throws {
    let groupers = try edition.map { Grouper(try evaluation.open($0, lang, named: edition.count > 1)) }
    let shape: ResultForm.Shape = json ? .jsonLines : explain ? .text : format == .tsv ? .tsv : .csv
    let form = ResultForm(shape, lang, explains: explain)
    if groupers.count == 1 { try group(groupers[0], form) } else { try compare(groupers, form) }
  }

  private func group(_ grouper: Grouper, _ form: ResultForm) throws {
    var batch = GroupingBatch(grouper, form: form, cores: ProcessInfo.cores)
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

  private func compare(_ groupers: [Grouper], _ form: ResultForm) throws {
    var batch = ComparisonBatch(groupers, form: form, cores: ProcessInfo.cores)
    batch.codes = try codes.open(lang)
    let report = BatchReport(cases, errors: errors, lang)
    let done = try report.run {
      let done = try batch.run(
        try CaseFormat.input(cases, format), to: output.map { .file($0) } ?? .standardOutput, errors: errors,
        report: report.hear, progress: report.show)
      let text = AgreementText(agreements: batch.agreements(done.tally), language: lang)
      if let summary { try CSVWriter.write(to: summary, byteOrderMark: true) { try text.write(summary: &$0) } }
      if let moves { try CSVWriter.write(to: moves, byteOrderMark: true) { try text.write(moves: &$0) } }
      return done
    }
    codes.say(done.codes, lang)
    for line in AgreementText(agreements: batch.agreements(done.tally), language: lang).lines { Terminal.error(line) }
    try report.end(done)
  }
}

/// How far editions agree, for people and as tables.
struct AgreementText {
  let agreements: [EditionAgreement]
  let language: Language

  /// One line for every two editions.
  var lines: [String] {
    agreements.map { agreement in
      let counts = GroupingTrace.Level.allCases.map { agreement.count($0) }
      return Terminal.say(
        language,
        "\(agreement.first) ↔ \(agreement.second)：\(agreement.total) 例，相同 \(agreement.sameCount)\(share(agreement))，"
          + "MDC 不同 \(counts[0])，ADRG 不同 \(counts[1])，DRG 不同 \(counts[2])",
        "\(agreement.first) ↔ \(agreement.second): \(agreement.total) cases, \(agreement.sameCount) the same"
          + "\(share(agreement)), another MDC \(counts[0]), another ADRG \(counts[1]), another DRG \(counts[2])")
    }
  }

  /// The share of cases with the same answer, in per cent with two decimals, rounded down so that 100 means all.
  private func share(_ agreement: EditionAgreement) -> String {
    guard agreement.total > 0 else { return "" }
    let share = FixedPoint.print(
      Int64(agreement.sameCount * 10_000 / agreement.total), decimals: 2, trimmed: false)
    return Terminal.say(language, "（\(share) %）", " (\(share) %)")
  }

  /// Writes a row for every two editions.
  func write(summary writer: inout CSVWriter) throws {
    try writer.append(["first", "second", "cases", "same", "mdc", "adrg", "drg"])
    for agreement in agreements {
      let counts = GroupingTrace.Level.allCases.map { "\(agreement.count($0))" }
      try writer.append(
        [agreement.first, agreement.second, "\(agreement.total)", "\(agreement.sameCount)"] + counts)
    }
  }

  /// Writes a row for every two different answers.
  func write(moves writer: inout CSVWriter) throws {
    try writer.append(["first", "second", "differs", "from", "to", "cases"])
    for agreement in agreements {
      for move in agreement.moves {
        try writer.append(
          [agreement.first, agreement.second, move.level.word, move.from, move.to, "\(move.count)"])
      }
    }
  }
}
