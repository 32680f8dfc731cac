import Claims
import Kernel
import Ledger
import People
import Policy
import Settlement
import Workflows

/// A settlement or refusal as JSON: amounts in yuan under the interface's fields, and the trace.
struct SettlementJSON: Encodable {
  struct Step: Encodable {
    let step: String
    let text: String
    let result: String
    let value: String?
    let effective: String?
    let source: String?
  }

  struct PostingLine: Encodable {
    let account: String
    let amount: String
  }

  let claim: String
  let outcome: String
  let code: UInt16
  let message: String?
  let scheme: String?
  let amounts: [String: String]?
  let trace: [Step]?
  let postings: [PostingLine]?

  init(_ answer: SettlementHistory.Answer, claim: String, language: Language) {
    self.claim = claim
    switch answer {
    case .refused(let outcome, let message):
      self.outcome = outcome.word
      code = outcome.rawValue
      self.message = message[language]
      scheme = nil
      amounts = nil
      trace = nil
      postings = nil
    case .settled(let record):
      let settled = record.settled
      outcome = SettlementOutcome.settled.word
      code = SettlementOutcome.settled.rawValue
      message = nil
      scheme = settled.cover.scheme.insutype
      amounts = settled.amounts.named(in: settled.cover.scheme)
        .reduce(into: [String: Money]()) { $0[$1.field ?? $1.word, default: .zero] += $1.amount }
        .mapValues(\.yuan)
      let explained = settled.explanation(under: record.policy, items: record.claim.lines.map(\.item))
      trace = explained.map { step in
        Step(
          step: step.word, text: step.text[language], result: step.result.yuan, value: step.source?.identifier,
          effective: step.source.map { "\($0.effective)" }, source: step.source.map { "\($0.citation)" })
      }
      postings = settled.entry.postings.map { PostingLine(account: "\($0.account)", amount: $0.amount.yuan) }
    }
  }
}
