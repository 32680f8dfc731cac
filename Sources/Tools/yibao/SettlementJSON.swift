import Claims
import Kernel
import Ledger
import People
import Policy
import Settlement
import Workflows

/// A settlement or refusal as JSON: amounts in yuan under the interface's fields, the trace, the postings.
///
/// Keys and words are described in `Docs/Reference/json.md`.
struct SettlementJSON: Encodable {
  struct Step: Encodable {
    let step: String
    let text: String
    let result: String
    let value: String?
    let effective: String?
    let source: String?
    let trust: String?
    /// Other values that decided the step.
    let also: [String]?
  }

  struct PostingLine: Encodable {
    let account: String
    let holder: String?
    let fund: String?
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
  /// Documents without verification that the settlement rests on.
  let unverified: [String]?
  /// Whether the settlement was taken back later in the same file.
  let reversed: Bool?

  init(
    _ answer: SettlementHistory.Answer, claim: String, language: Language, book: PolicyBook, isStanding: Bool = true
  ) {
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
      unverified = nil
      reversed = nil
    case .settled(let record):
      let settled = record.settled
      outcome = SettlementOutcome.settled.word
      code = SettlementOutcome.settled.rawValue
      message = nil
      scheme = settled.cover.scheme.insutype
      amounts = settled.amounts.named(in: settled.cover.scheme)
        .reduce(into: [String: Money]()) { $0[$1.field ?? $1.word, default: .zero] += $1.amount }
        .mapValues(\.yuan)
      let sources = CitationWords(book)
      let explained = settled.explanation(under: record.policy, items: record.claim.lines.map(\.item))
      trace = explained.map { Step($0, language: language, sources: sources) }
      postings = settled.entry.postings.map(PostingLine.init)
      unverified = sources.unverified(explained.flatMap(\.sources).map(\.citation))
      reversed = !isStanding
    }
  }
}

extension SettlementJSON.Step {
  init(_ step: ExplainedStep, language: Language, sources: CitationWords) {
    self.step = step.word
    text = step.text[language]
    result = step.result.yuan
    value = step.source?.identifier
    effective = step.source.map { "\($0.effective)" }
    source = step.source.map { "\($0.citation)" }
    trust = step.source.flatMap { sources.trust($0.citation)?.rawValue }
    also = step.furtherSources.isEmpty ? nil : step.furtherSources.map(\.identifier)
  }
}

extension SettlementJSON.PostingLine {
  init(_ posting: Posting) {
    amount = posting.amount.yuan
    switch posting.account {
    case .fund(let fund): (account, holder, self.fund) = ("fund", nil, fund.word)
    case .personalAccount(let person): (account, holder, fund) = ("personal_account", person, nil)
    case .familyAccount(let person): (account, holder, fund) = ("family_account", person, nil)
    case .personalCash(let person): (account, holder, fund) = ("personal_cash", person, nil)
    case .borneByInstitution(let place): (account, holder, fund) = ("borne_by_institution", place, nil)
    case .institution(let place): (account, holder, fund) = ("institution", place, nil)
    case .bank(let own), .reserve(let own), .adjustmentFund(let own):
      (account, holder, fund) = (posting.account.words.kind, nil, own.word)
    case .deposit(let code), .region(let code):
      (account, holder, fund) = (posting.account.words.kind, code, nil)
    }
  }
}
