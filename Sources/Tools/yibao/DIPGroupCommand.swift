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

      病例的列 Columns of the cases: id, sex, age_years, age_days, birth_weight_g, stay_days, discharge_kind,
        department, diagnoses, procedures（多个编码以 | 连接，主要的在前 · codes joined by |, the principal one first）
      结果的列 Columns of the answer: id, status, layer, code, name, treatment, primary_care, score, reason

      读不了的行报告行号，其余照常。
      A row that does not read is reported with its number, and the rest goes on.

      退出码 Exit codes: 0 全部读入 all rows read · 1 有读不了的行 rows that do not read · 2 文件不能读写 a file cannot be
      read or written
      """)

  @Argument(help: "病例（CSV） · The cases")
  var file: String

  @Option(name: [.customShort("c"), .long], help: "DIP 目录所在的文件夹 · The folder of the catalogue")
  var catalogue: String

  @Option(name: .shortAndLong, help: "把结果写入文件，不写则打印 · Write to a file instead of printing")
  var output: String?

  @Flag(help: "每一步都说明 · Say every step")
  var explain = false

  @Flag(help: "每例一行 JSON · One line of JSON a case")
  var json = false

  @Option(help: "语言 · Language: zh, en")
  var lang: Language = .chinese

  static let header = ["id", "status", "layer", "code", "name", "treatment", "primary_care", "score", "reason"]

  private struct Answer: Encodable {
    let id: String
    let status: String
    let number: UInt8
    let layer: String?
    let code: String
    let name: String
    let treatment: String?
    let primaryCare: Bool
    let score: String?
    let reason: String
    let steps: [String]?
  }

  func run() throws {
    let tables = try DIPCommandText.catalogue(catalogue, lang)
    guard let grouper = try? DIPGrouper(tables) else { throw ExitCode(2) }
    var bad = 0
    try DIPCommandText.reporting(lang) {
      var lines = try LineOutput(output)
      do {
        if !json { try lines.append(CSVWriter.bytes(of: [Self.header])) }
        bad = try json ? forEachObject(grouper) { try lines.append($0) } : forEachRow(grouper) { try lines.append($0) }
        try lines.finish()
      } catch {
        lines.abandon()
        throw error
      }
    }
    if bad > 0 {
      Terminal.error(Terminal.say(lang, "\(bad) 行读不了，其余已入组。", "\(bad) rows do not read; the rest was grouped."))
      throw ExitCode(1)
    }
  }

  /// Groups every case and hands out the rows; gives the number of rows that do not read.
  private func forEachRow(_ grouper: DIPGrouper, _ body: ([UInt8]) throws -> Void) throws -> Int {
    var workspace = DIPGrouper.Workspace()
    return try walk { unit in
      if explain {
        let explanation = grouper.explain(unit)
        let steps = explanation.lines(grouper.catalogue).map { $0[lang] }.joined(
          separator: lang == .chinese ? "；" : "; ")
        try body(CSVWriter.bytes(of: [fields(unit, explanation.grouping, grouper.catalogue, steps)]))
      } else {
        let grouping = grouper.group(unit, using: &workspace)
        let reason = grouping.status.message[lang]
        try body(CSVWriter.bytes(of: [fields(unit, grouping, grouper.catalogue, reason)]))
      }
    }
  }

  private func forEachObject(_ grouper: DIPGrouper, _ body: ([UInt8]) throws -> Void) throws -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try walk { unit in
      let explanation = grouper.explain(unit)
      let grouping = explanation.grouping
      let answer = Answer(
        id: unit.id, status: grouping.status.word, number: grouping.status.rawValue, layer: grouping.layer?.word,
        code: grouping.code, name: grouping.name, treatment: grouping.treatment?.word,
        primaryCare: grouping.isPrimaryCare, score: score(grouping, grouper.catalogue),
        reason: explanation.reason(grouper.catalogue)[lang],
        steps: explain ? explanation.lines(grouper.catalogue).map { $0[lang] } : nil)
      try body(try encoder.encode(answer) + [UInt8(ascii: "\n")])
    }
  }

  private func walk(_ body: (GroupingCase) throws -> Void) throws -> Int {
    var bad = 0
    var progress = DIPProgress(Terminal.say(lang, "已入组", "grouped"))
    try DIPCaseFile(CSVReader(path: file), isHistory: false).forEach { past, _ in
      progress.step()
      try body(past.unit)
    } bad: { diagnostic in
      bad += 1
      Terminal.report([diagnostic], lang)
    }
    progress.end()
    return bad
  }

  private func fields(
    _ unit: GroupingCase, _ grouping: DIPGrouping, _ tables: DIPCatalogue, _ reason: String
  ) -> [String] {
    [
      unit.id, grouping.status.word, grouping.layer?.word ?? "", grouping.code, grouping.name,
      grouping.treatment?.word ?? "", grouping.isPrimaryCare ? "yes" : "", score(grouping, tables) ?? "", reason,
    ]
  }

  private func score(_ grouping: DIPGrouping, _ tables: DIPCatalogue) -> String? {
    grouping.row.flatMap { tables.groups[$0].score }
      .map { FixedPoint.print($0.tenThousandths, decimals: 4, trimmed: true) }
  }
}
