import Grouping
import Kernel

/// What changes of a case would make of its group, as a table and as JSON.
struct WhatIfAnswer {
  private let groupingCase: GroupingCase
  private let stated: GroupingTrace
  private let variants: [Variant]

  /// One change.
  private struct Variant {
    let whatIf: GroupingWhatIf
    let level: GroupingTrace.Level?
    let reason: LocalizedText
  }

  init(_ grouper: Grouper, _ groupingCase: GroupingCase, _ changes: [CaseChange], onlyChanges: Bool) {
    self.groupingCase = groupingCase
    let stated = grouper.explain(groupingCase)
    self.stated = stated
    variants = grouper.whatIf(groupingCase, changes).compactMap { answer in
      let level = answer.result.difference(from: stated.result)
      if onlyChanges, level == nil { return nil }
      let trace = grouper.explain(groupingCase.changed(by: answer.change))
      return Variant(whatIf: answer, level: level, reason: trace.reason(insteadOf: stated))
    }
  }

  /// The rules that gave the case its group, for people.
  private func statedReason(_ language: Language) -> String {
    let conditions = stated.decisive.flatMap(\.conditions)
    if conditions.isEmpty { return stated.result.reason.text[language] }
    let opening = language == .chinese ? ("（", "）", "，") : (" (", ")", ", ")
    return conditions.map { "\($0.rule)\(opening.0)\($0.note[language])\(opening.1)" }.joined(separator: opening.2)
  }

  // MARK: - As a table

  func print(_ language: Language) {
    let title = LocalizedText("变更", "change")[language]
    var rows = [[title, "MDC", "ADRG", "DRG", LocalizedText("变化", "differs")[language], ""]]
    rows[0][5] = LocalizedText("依据", "reason")[language]
    rows.append(
      row(LocalizedText("原病例", "as stated")[language], stated.result, nil, statedReason(language)))
    for variant in variants {
      rows.append(
        row(variant.whatIf.change.title[language], variant.whatIf.result, variant.level, variant.reason[language]))
    }
    if !groupingCase.id.isEmpty { Swift.print("# \(groupingCase.id)") }
    Swift.print(Self.aligned(rows).joined(separator: "\n"))
  }

  private func row(
    _ title: String, _ result: GroupingResult, _ level: GroupingTrace.Level?, _ reason: String
  ) -> [String] {
    // The edition's code for ungrouped cases stands where the group would.
    let group = result.group ?? (result.adjacentGroup == nil ? result.code : "–")
    return [
      title, result.category ?? "–", result.adjacentGroup ?? "–", group, level?.rawValue ?? "", reason,
    ]
  }

  /// Columns one below the other; a Chinese character is as wide as two letters, the last column is not filled up.
  private static func aligned(_ rows: [[String]]) -> [String] {
    func width(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) } }
    let count = rows[0].count
    let widths = (0..<count).map { column in rows.map { width($0[column]) }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - width(cell) + 2)
      }
      .joined()
    }
  }

  // MARK: - As JSON

  private struct Group: Encodable {
    let mdc: String?
    let adrg: String?
    let drg: String?
    let code: String
    let status: String
    let reason: String

    init(_ result: GroupingResult, _ reason: String) {
      (mdc, adrg, drg, code) = (result.category, result.adjacentGroup, result.group, result.code)
      (status, self.reason) = (result.status.word, reason)
    }
  }

  private struct Change: Encodable {
    let change: String
    let code: String
    let title: String
    let differs: String?
    let result: Group
  }

  private struct Answer: Encodable {
    let id: String
    let edition: String
    let diagnoses: [String]
    let procedures: [String]
    let stated: Group
    let variants: [Change]
  }

  func printJSON(_ language: Language) throws {
    try Terminal.json(
      Answer(
        id: groupingCase.id, edition: stated.edition, diagnoses: groupingCase.diagnoses,
        procedures: groupingCase.procedures, stated: Group(stated.result, statedReason(language)),
        variants: variants.map { variant in
          Change(
            change: variant.whatIf.change.word, code: variant.whatIf.change.code,
            title: variant.whatIf.change.title[language], differs: variant.level?.word,
            result: Group(variant.whatIf.result, variant.reason[language]))
        }))
  }
}
