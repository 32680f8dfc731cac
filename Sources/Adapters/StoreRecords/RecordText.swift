import Catalog
import Claims
import Kernel
import Ledger
import People
import Policy
package import Settlement
package import Workflows

/// The text of the records that every settlement writes, field by field.
///
/// The same JSON as ``CompactJSON`` makes of them (a test holds the two together), without the containers that
/// `Encodable` asks for (decision 0010). Whatever else is stored goes through ``CompactJSON``.
package enum RecordText {
  /// The text of a settlement or reversal.
  ///
  /// - Parameter naming: names the sources of policy values where these are kept by themselves; without it they are
  ///   written out.
  package static func of(_ record: SettlementRecord, naming: ((PolicySource) -> String)? = nil) -> String {
    let text = JSONBytes()
    text.object {
      text.field("id", record.id)
      text.field("reverses", record.reverses)
      text.object("visit") { write(record.visit, to: text) }
      text.object("claim") { write(record.claim, beside: record.claimWords, to: text) }
      text.object("settled") { write(record.settled, to: text) }
      text.object("sources") {
        for (index, source) in record.sources.sorted(by: { $0.key < $1.key }) {
          text.write(key: String(index), in: text.depth)
          if let naming { text.write(naming(source)) } else { text.object { write(source, to: text) } }
        }
      }
      if record.entry != record.usualEntry { text.object("entry") { write(record.entry, to: text) } }
      text.field("message", record.message)
      text.field("time", record.time)
      text.field("balance", record.balance.fen)
    }
    return text.string
  }

  /// The text of a policy value's source.
  package static func of(_ source: PolicySource) -> String {
    let text = JSONBytes()
    text.object { write(source, to: text) }
    return text.string
  }

  /// The text of a visit.
  package static func of(_ visit: Visit) -> String {
    let text = JSONBytes()
    text.object { write(visit, to: text) }
    return text.string
  }

  /// The text of an uploaded line.
  package static func of(_ line: UploadedLine) -> String {
    let text = JSONBytes()
    text.object { write(line, to: text) }
    return text.string
  }

  /// The text of the lines of one upload.
  package static func of(_ lines: [UploadedLine]) -> String {
    let text = JSONBytes()
    text.list(lines) { line in text.object { write(line, to: text) } }
    return text.string
  }

  /// The text of a settlement's postings: account, holder and amount of each.
  package static func of(_ postings: [ChainLink.Line]) -> String {
    let text = JSONBytes()
    text.list(postings) { line in
      text.list {
        text.element(line.account)
        text.element(line.holder)
        text.element(line.amount)
      }
    }
    return text.string
  }

  private static func write(_ line: UploadedLine, to text: JSONBytes) {
    text.field("serial", line.serial)
    text.field("batch", line.batch)
    text.list("line") { write(line.line, to: text) }
    text.field("listType", line.listType)
    text.field("feeCategory", line.feeCategory)
  }

  private static func write(_ visit: Visit, to text: JSONBytes) {
    text.field("id", visit.id)
    text.field("person", visit.person)
    text.field("institution", visit.institution)
    text.field("care", Int64(visit.care.rawValue))
    text.field("medicalType", visit.medicalType)
    text.field("scheme", visit.scheme.rawValue)
    text.field("institutionNumber", visit.institutionNumber)
    text.field("admitted", visit.admitted.description)
    text.field("discharged", visit.discharged?.description)
    text.field("filing", visit.filing.rawValue)
    text.field("referralChain", visit.referralChain)
    text.field("chronicDisease", visit.chronicDisease)
    text.field("caseKind", visit.caseKind)
    text.list("diagnoses", visit.diagnoses) { text.write($0) }
    text.field("state", visit.state.rawValue)
  }

  /// What the visit does not say already.
  private static func write(_ claim: Claim, beside said: ClaimWords, to text: JSONBytes) {
    if claim.id != said.id { text.field("id", claim.id) }
    if claim.care != said.care { text.field("care", Int64(claim.care.rawValue)) }
    text.object("institution") {
      if claim.institution.code != said.institution { text.field("code", claim.institution.code) }
      text.field("level", Int64(claim.institution.level.rawValue))
      if claim.institution.isTraditionalChinese { text.field("isTraditionalChinese", true) }
    }
    if claim.admitted != said.admitted { text.field("admitted", claim.admitted.description) }
    if claim.discharged != said.discharged { text.field("discharged", claim.discharged.description) }
    text.list("lines", claim.lines) { line in text.list { write(line, to: text) } }
    if claim.filing != said.filing { text.field("filing", claim.filing.rawValue) }
    text.field("referralChain", claim.referralChain)
    text.field("chronicDisease", claim.chronicDisease)
    text.field("caseKind", claim.caseKind)
    if claim.isListedDisease { text.field("isListedDisease", true) }
  }

  private static func write(_ line: FeeLine, to text: JSONBytes) {
    text.element(line.item)
    text.element(line.day.description)
    text.element(line.price.microyuan)
    text.element(line.quantity.tenThousandths)
    text.element(line.amount.fen)
    text.separate(in: text.depth)
    write(line.terms, to: text)
    guard line.approval != .notSubject || line.isSameIncisionOperation else { return }
    text.element(line.approval.rawValue)
    text.element(line.isSameIncisionOperation)
  }

  private static func write(_ terms: ItemTerms, to text: JSONBytes) {
    if terms.isClassAlone { return text.write(terms.chargeClass.rawValue) }
    text.object {
      text.field("chargeClass", terms.chargeClass.rawValue)
      if let ceiling = terms.priceCeiling { text.field("priceCeiling", ceiling.microyuan) }
      if let rate = terms.firstSelfPay { text.field("firstSelfPay", rate.millionths) }
      if terms.isLimitedUse { text.field("isLimitedUse", true) }
      if terms.isTraditionalChinese { text.field("isTraditionalChinese", true) }
      if terms.isSeparatelyPaid { text.field("isSeparatelyPaid", true) }
    }
  }

  private static func write(_ source: PolicySource, to text: JSONBytes) {
    text.field("identifier", source.identifier)
    text.field("title", source.title)
    text.field("effective", source.effective.description)
    text.object("citation") {
      switch source.citation {
      case .document(let document, let clause):
        text.object("document") {
          text.field("_0", document)
          text.field("clause", clause)
        }
      case .interpretation(let name): text.object("interpretation") { text.field("_0", name) }
      }
    }
    text.field("region", source.region)
  }
}

// MARK: - What was settled

extension RecordText {
  /// The text of accumulators.
  package static func of(_ accumulators: Accumulators) -> String {
    let text = JSONBytes()
    text.object {
      text.field("scheme", accumulators.scheme.rawValue)
      text.field("year", Int64(accumulators.year))
      text.object("totals") { write(accumulators.totals, to: text) }
      text.list("stays", accumulators.stays) { stay in text.object { write(stay, to: text) } }
      write(accumulators.uses, to: text)
    }
    return text.string
  }

  private static func write(_ settled: SettledClaim, to text: JSONBytes) {
    text.field("claim", settled.claim)
    text.object("cover") {
      text.field("scheme", settled.cover.scheme.rawValue)
      text.field("category", settled.cover.category.rawValue)
      text.field("since", settled.cover.since.description)
    }
    text.object("amounts") { write(settled.amounts, to: text) }
    text.list("lineShares", settled.lineShares) { share in
      text.list { for amount in share.stored { text.element(amount.fen) } }
    }
    text.object("change") {
      text.object("totals") { write(settled.change.totals, to: text) }
      if let stay = settled.change.stay { text.object("stay") { write(stay, to: text) } }
      write(settled.change.uses, to: text)
    }
    text.object("entry") { write(settled.entry, to: text) }
    text.list("steps", settled.steps) { step in
      text.object {
        text.field("code", Int64(step.code.rawValue))
        if step.subject != -1 { text.field("subject", Int64(step.subject)) }
        text.amount("base", step.base)
        if let rate = step.rate { text.field("rate", rate.millionths) }
        if let limit = step.limit { text.field("limit", limit.fen) }
        text.amount("result", step.result)
        if let source = step.source { text.field("source", Int64(source.index)) }
      }
    }
  }

  private static func write(_ amounts: SettlementAmounts, to text: JSONBytes) {
    text.amount("total", amounts.total)
    text.amount("fullySelfPaid", amounts.fullySelfPaid)
    text.amount("overLimit", amounts.overLimit)
    text.amount("preliminarySelfPay", amounts.preliminarySelfPay)
    text.amount("inPolicy", amounts.inPolicy)
    text.amount("deductible", amounts.deductible)
    text.amount("pooledOrdinary", amounts.pooledOrdinary)
    text.amount("pooledSeparate", amounts.pooledSeparate)
    text.amount("largeSum", amounts.largeSum)
    text.amount("catastrophic", amounts.catastrophic)
    text.amount("civilServant", amounts.civilServant)
    text.amount("enterprise", amounts.enterprise)
    text.amount("assistance", amounts.assistance)
    text.amount("other", amounts.other)
    text.amount("hospital", amounts.hospital)
    text.amount("ownAccount", amounts.ownAccount)
    text.amount("familyAccount", amounts.familyAccount)
    text.amount("creditAdvance", amounts.creditAdvance)
  }

  private static func write(_ entry: LedgerEntry, to text: JSONBytes) {
    text.field("reference", entry.reference)
    text.list("postings", entry.postings) { posting in
      text.object {
        let (kind, holder) = posting.account.words
        text.field("account", "\(kind) \(holder)")
        text.field("amount", posting.amount.fen)
      }
    }
  }

  private static func write(_ totals: AccumulatorTotals, to text: JSONBytes) {
    text.lanes("deductible", CareCategory.allCases.map { totals.deductible[$0].fen })
    text.lanes("inPolicy", CareCategory.allCases.map { totals.inPolicy[$0].fen })
    text.lanes("covered", CareCategory.allCases.map { totals.covered[$0].fen })
    text.lanes("pooled", CareCategory.allCases.map { totals.pooled[$0].fen })
    text.lanes("layerBurden", SupplementLayer.allCases.map { totals.layerBurden[$0].fen })
    text.lanes("layerPaid", SupplementLayer.allCases.map { totals.layerPaid[$0].fen })
    text.amount("countedPooled", totals.countedPooled)
    text.amount("countedInPolicy", totals.countedInPolicy)
  }

  private static func write(_ stay: StayRecord, to text: JSONBytes) {
    text.field("claim", stay.claim)
    text.field("plan", Int64(stay.plan.rawValue))
    text.field("level", Int64(stay.level.rawValue))
    text.field("chain", stay.chain)
    text.field("standard", stay.standard.fen)
  }

  /// Keys and amounts in turn, as dictionaries without text keys are written.
  private static func write(_ uses: [UseKey: Money], to text: JSONBytes) {
    let pairs = UseKey.ordered(uses).flatMap { [Use.key($0.key), .amount($0.value)] }
    text.list("uses", pairs) { use in
      switch use {
      case .amount(let amount): text.write(amount.fen)
      case .key(.disease(let code)):
        text.object { text.object("disease") { text.field("_0", code) } }
      case .key(.item(let code, let month)):
        text.object {
          text.object("item") {
            text.field("_0", code)
            text.field("_1", month.description)
          }
        }
      }
    }
  }

  private enum Use {
    case key(UseKey)
    case amount(Money)
  }
}
