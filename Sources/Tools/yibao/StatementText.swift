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
    lines.append(say("  计算过程", "  How it came about"))
    let items = claim.lines.map(\.item)
    for (number, step) in settled.explanation(under: record.policy, items: items).enumerated() {
      lines.append("  \(number + 1 < 10 ? " " : "")\(number + 1). \(step.text[language])")
      if let source = step.source { lines.append("      ↳ \(citation(source))") }
    }
    return lines
  }

  private func heading(_ claim: Claim, _ settled: SettledClaim) -> String {
    let days = claim.admitted == claim.discharged ? "\(claim.admitted)" : "\(claim.admitted)…\(claim.discharged)"
    let scheme = settled.cover.scheme.title[language]
    let place = say("机构", "institution") + " \(claim.institution.code)"
    return [say("结算", "Settlement") + " \(claim.id)", scheme, claim.care.title[language], days, place]
      .joined(separator: " · ")
  }

  private func amounts(_ settled: SettledClaim) -> [String] {
    let always = ["total", "in_policy", "fund", "person", "cash"]
    return settled.amounts.named(in: settled.cover.scheme).filter { $0.amount != .zero || always.contains($0.word) }.map
    { named in
      let padded = String(repeating: " ", count: max(0, 14 - named.amount.yuan.count)) + named.amount.yuan
      return "  \(padded)  \(named.title[language])\(named.field.map { " (\($0))" } ?? "")"
    }
  }

  /// A source as document, clause and policy value.
  func citation(_ source: PolicySource) -> String {
    let since = say("自 \(source.effective) 起", "since \(source.effective)")
    switch source.citation {
    case .document(let identifier, let clause):
      let document = book.documents[identifier]
      let number = document?.number.map { " \($0)" } ?? ""
      return "\(document?.title ?? identifier)\(number) \(clause) · \(source.title) · \(since) [\(source.identifier)]"
    case .interpretation(let identifier):
      return say("释义", "interpretation") + " \(identifier) · \(source.title) · \(since) [\(source.identifier)]"
    }
  }

  private func say(_ chinese: String, _ english: String) -> String { LocalizedText(chinese, english)[language] }
}
