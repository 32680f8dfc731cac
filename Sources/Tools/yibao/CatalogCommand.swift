import ArgumentParser
import Catalog
import Foundation
import Kernel
import TabularFiles

/// Work on code tables and mappings.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "编码与对照 · Codes and mappings",
    subcommands: [CatalogMapCommand.self, CatalogLoadCommand.self])
}

/// Checks a mapping of local to national codes.
struct CatalogMapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "检查院内编码与国家编码的对照，指出每一处错误 · Check a mapping of local to national codes",
    discussion: """
      示例 Examples:
        yibao catalog map Examples/mapping/mapping.csv --catalog Examples/mapping/catalogue.csv
        yibao catalog map mapping.csv --catalog drugs.csv --kind drug --on 2026-03-01 -o findings.csv
        yibao catalog map mapping.csv --catalog drugs.csv --lang en --json

      对照表的列 Columns of the mapping: 院内编码/local_code, 国家编码/national_code, 院内名称/local_name,
        国家名称/national_name, 类别/kind, 生效日期/valid_from, 失效日期/valid_until
      编码表的列 Columns of the catalogue: 编码/code, 名称/name, 类别/kind, 生效日期/valid_from,
        失效日期/valid_until, 计价单位/price_unit

      退出码 Exit codes: 0 没有错误 no errors · 1 有错误 errors found · 2 文件不能读写 a file cannot be read or written
      """)

  @Argument(help: "院内编码对照表（CSV 或 .xlsx） · The mapping")
  var file: String

  @Option(help: "国家编码表（CSV 或 .xlsx） · The national codes")
  var catalog: String

  @Option(help: "两个文件中未写类别的行所属类别 · The kind of rows that name none, in both files")
  var kind: String?

  @Option(help: "未写日期的对照按此日检查有效期 · The day on which rows without dates must hold (yyyy-mm-dd)")
  var on: String?

  @Option(help: "语言 · Language: zh, en")
  var lang: Language = .chinese

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  @Option(name: .shortAndLong, help: "把结果写入 CSV 文件 · Write the findings to a CSV file")
  var output: String?

  func validate() throws {
    if let kind, CodeStandard(word: kind) == nil {
      let words = CodeStandard.allCases.map(\.word).joined(separator: ", ")
      throw ValidationError(
        LocalizedText("不认识类别「\(kind)」，可用：\(words)", "unknown kind \"\(kind)\"; allowed: \(words)")[lang])
    }
    if let on, CalendarDate(on) == nil {
      throw ValidationError(
        LocalizedText("「\(on)」不是日期，请写成 2026-03-01", "\"\(on)\" is not a date; write 2026-03-01")[lang])
    }
  }

  func run() throws {
    let standard = kind.flatMap { CodeStandard(word: $0) }
    let tableReading = CodeTableFile.read(TableReader(path: catalog), kind: standard)
    let rowsReading = MappingFile.read(TableReader(path: file))
    for diagnostic in tableReading.diagnostics + rowsReading.diagnostics { complain(diagnostic) }
    guard let table = tableReading.value, let rows = rowsReading.value else { throw ExitCode(2) }
    let report = MappingChecker(table, on: on.flatMap { CalendarDate($0) }, kind: standard).check(rows)
    if let output {
      do {
        try MappingFile.write(report.findings, to: output, lang)
      } catch let diagnostic as Diagnostic {
        complain(diagnostic)
        throw ExitCode(2)
      }
    }
    if json { try printJSON(report) } else { printText(report) }
    if report.errorCount > 0 { throw ExitCode(1) }
  }

  private func complain(_ diagnostic: Diagnostic) {
    FileHandle.standardError.write(Data((diagnostic.text(lang) + "\n").utf8))
  }

  private func printText(_ report: MappingReport) {
    for finding in report.findings {
      let place = "\(file):\(finding.line): \(finding.column.name[lang])"
      print("\(place): \(finding.severity.word[lang]): \(finding.message[lang])")
    }
    if !report.findings.isEmpty { print() }
    let (errors, warnings) = (report.errorCount, report.warningCount)
    print(
      LocalizedText(
        "共检查 \(report.rowCount) 行：错误 \(errors) 处，提示 \(warnings) 处。",
        "\(report.rowCount) rows checked: \(errors) errors, \(warnings) warnings.")[lang])
    for (fault, count) in report.tally { print("  \(fault.title[lang]): \(count)") }
  }

  private func printJSON(_ report: MappingReport) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(ReportRecord(report, file: file, lang)), as: UTF8.self))
  }
}

/// The report as `--json` prints it.
private struct ReportRecord: Encodable {
  struct Suggestion: Encodable {
    let code: String
    let name: String
    let basis: String
  }

  struct Finding: Encodable {
    let line: Int
    let column: String
    let severity: String
    let number: UInt8
    let problem: String
    let value: String
    let expected: String?
    let otherLines: [Int]
    let suggestions: [Suggestion]
    let message: String
  }

  let file: String
  let rows: Int
  let errors: Int
  let warnings: Int
  let findings: [Finding]

  init(_ report: MappingReport, file: String, _ language: Language) {
    self.file = file
    rows = report.rowCount
    errors = report.errorCount
    warnings = report.warningCount
    findings = report.findings.map { finding in
      Finding(
        line: finding.line, column: finding.column.rawValue, severity: finding.severity.rawValue,
        number: finding.fault.rawValue, problem: finding.fault.title[language], value: finding.value,
        expected: finding.expected, otherLines: finding.otherLines,
        suggestions: finding.suggestions.map { Suggestion(code: $0.code, name: $0.name, basis: $0.basis.rawValue) },
        message: finding.message[language])
    }
  }
}

extension Diagnostic.Severity {
  fileprivate var word: LocalizedText {
    switch self {
    case .error: LocalizedText("错误", "error")
    case .warning: LocalizedText("提示", "warning")
    }
  }
}
