import Claims
import Kernel
import People
import Policy
import Settlement
import Workflows

/// A settlement as a readable statement: amounts, then every step with the value and document it rests on.
struct StatementText {
  let language: Language
  let book: PolicyBook

  /// The statement's lines.
  func lines(_ record: SettlementHistory.Record) -> [String] {
    let settled = record.settled
    let claim = record.claim
    var lines = [heading(claim, settled)]
    lines += amounts(settled)
    let explained = settled.explanation(under: record.policy, items: claim.lines.map(\.item))
    lines += warning(explained.flatMap(\.sources).map(\.citation))
    lines.append(say("  计算过程", "  Step by step"))
    for (number, step) in explained.enumerated() {
      lines.append("  \(number + 1 < 10 ? " " : "")\(number + 1). \(step.text[language])")
      for source in step.sources { lines.append("      ↳ \(citation(source))") }
    }
    return lines
  }

  /// Said once for a settlement that rests on documents nobody has compared with the official text.
  private func warning(_ citations: [Citation]) -> [String] {
    let names = CitationWords(book).unverified(citations)
    guard !names.isEmpty else { return [] }
    let list = names.joined(separator: ", ")
    return [
      say(
        "  注意：依据未核对（unverified）的文件 \(list)，不得据以支付",
        "  Note: this rests on unverified documents (\(list)); nobody may be paid by it")
    ]
  }

  private func heading(_ claim: Claim, _ settled: SettledClaim) -> String {
    let days =
      claim.admitted == claim.discharged
      ? "\(claim.admitted)" : "\(claim.admitted) " + say("至", "to") + " \(claim.discharged)"
    let scheme = settled.cover.scheme.title[language]
    let place = say("机构", "institution") + " \(claim.institution.code)"
    return [say("结算", "Settlement") + " \(claim.id)", scheme, claim.care.title[language], days, place]
      .joined(separator: " · ")
  }

  private func amounts(_ settled: SettledClaim) -> [String] {
    let always = ["total", "in_policy", "fund", "person", "cash"]
    return Self.table(
      settled.namedAmounts.filter { $0.amount != .zero || always.contains($0.word) },
      language, withFields: true)
  }

  /// Amounts below each other: title, amount to the right, the interface's field.
  static func table(_ rows: [NamedAmount], _ language: Language, withFields: Bool) -> [String] {
    let widest = rows.map { width($0.title[language]) }.max() ?? 0
    return rows.map { row in
      let title = row.title[language]
      let gap = String(repeating: " ", count: widest - width(title) + max(0, 14 - row.amount.yuan.count))
      return "  \(title)\(gap)\(row.amount.yuan)" + (withFields ? row.field.map { "  \($0)" } ?? "" : "")
    }
  }

  /// The columns a text takes on a terminal: Chinese characters and full-width marks take two.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        sum + 2
      default: sum + 1
      }
    }
  }

  /// A source as document, clause and policy value.
  func citation(_ source: PolicySource) -> String {
    let since = say("自 \(source.effective) 起", "since \(source.effective)")
    let cited = CitationWords(book).text(source.citation)[language]
    return "\(cited) · \(source.title) · \(since) [\(source.identifier)]"
  }

  private func say(_ chinese: String, _ english: String) -> String { LocalizedText(chinese, english)[language] }
}
