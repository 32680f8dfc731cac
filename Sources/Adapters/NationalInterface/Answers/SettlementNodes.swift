import Claims
import Kernel
import People
import Settlement
import Workflows

/// A settlement, preview or reversal with everything that its answer shows.
struct SettlementView {
  let record: SettlementRecord
  let person: PersonRecord
  let institution: InstitutionRecord
  let explanation: [ExplainedStep]
  /// The credential that the request showed; empty when it named none.
  let credential: String
  /// The message that asked for it, when the record does not say.
  let message: String

  /// The view of a desk's answer.
  init(_ answer: SettlementAnswer, credential: String, message: String) {
    record = answer.record
    person = answer.person
    institution = answer.institution
    explanation = answer.explanation
    self.credential = credential
    self.message = message
  }

  /// The view of a stored record.
  init(record: SettlementRecord, person: PersonRecord, institution: InstitutionRecord) {
    self.record = record
    self.person = person
    self.institution = institution
    explanation = record.explanation
    credential = ""
    message = record.message
  }

  /// Whether nothing was stored.
  var isPreview: Bool { record.id.isEmpty }
  /// Whether it takes another settlement back.
  var isReversal: Bool { record.reverses != nil }
}

/// The nodes `setlinfo` and `setldetail`.
struct SettlementNodes {
  private let view: SettlementView
  private let region: String
  private let money: MoneyFields

  /// Lays the nodes out; refuses when an identity of money does not hold.
  init(_ view: SettlementView, region: String) throws(Refused) {
    self.view = view
    self.region = region
    money = try MoneyFields(
      view.record.settled.amounts, scheme: view.record.settled.cover.scheme, isReversal: view.isReversal)
  }

  /// Prints both nodes.
  func write(to writer: inout JSONWriter) {
    writer.object("setlinfo") { information(&$0) }
    details(&writer)
  }

  private func information(_ writer: inout JSONWriter) {
    let record = view.record
    let care = record.visit.care
    writer.text("mdtrt_id", record.visit.id)
    writer.text("setl_id", optional: view.isPreview ? nil : record.id)
    PersonNodes.identity(of: view.person, on: record.claim.admitted, to: &writer)
    writer.text("insutype", record.settled.cover.scheme.insutype)
    writer.text("psn_type", MedicalType.personType(record.settled.cover.category))
    writer.text("cvlserv_flag", view.person.person.isCivilServant ? "1" : "0")
    writer.text("setl_time", optional: view.isPreview ? nil : record.time)
    writer.text("mdtrt_cert_type", optional: view.credential.isEmpty ? nil : view.credential)
    writer.text("med_type", record.visit.medicalType)
    money.write(to: &writer, rate: rate)
    if view.isReversal && !care.isStay { writer.amount(Dialect.Name.outpatientReversalCash, money.cash) }
    writer.amount("balc", record.balance)
    writer.text("medins_setl_id", record.message.isEmpty ? view.message : record.message)
    writer.text("fixmedins_code", view.institution.institution.code)
    writer.text("fixmedins_name", view.institution.name)
    writer.text("hosp_lv", view.institution.levelCode)
    writer.text("begndate", "\(record.claim.admitted)")
    writer.text("enddate", "\(record.claim.discharged)")
    writer.text("year", "\(record.year)")
    writer.text("refd_setl_flag", view.isReversal ? "1" : "0")
    writer.text("init_setl_id", optional: record.reverses)
    writer.text("clr_optins", optional: view.isPreview ? nil : region)
    // Stays are cleared by the region's way of payment, which settling does not know.
    writer.text("clr_way", optional: view.isPreview || care.isStay ? nil : "1")
    writer.text("clr_type", MedicalType.clearing(care))
    writer.text("exp_content", "")
  }

  /// The pooled fund's share of the in-policy amount in ten-thousandths, rounded half up.
  private var rate: Int64 {
    let amounts = view.record.settled.amounts
    guard amounts.inPolicy.fen > 0 else { return 0 }
    return Rounding.halfUp.divide(amounts.pooled.fen * 10_000, by: amounts.inPolicy.fen)
  }

  private func details(_ writer: inout JSONWriter) {
    let settled = view.record.settled
    let room = settled.steps.last { $0.code == .pooledCap }?.limit
    writer.rows("setldetail", FundRow.rows(of: settled.amounts, scheme: settled.cover.scheme)) { writer, row in
      writer.text("fund_pay_type", row.fund.code)
      writer.text("fund_pay_type_name", row.fund.name)
      writer.amount("inscp_scp_amt", money.inPolicy)
      if row.words.isEmpty, let room {
        writer.amount("crt_payb_lmt_amt", room)
      } else {
        writer.null("crt_payb_lmt_amt")
      }
      writer.amount("fund_payamt", view.isReversal ? -row.amount : row.amount)
      writer.text("setl_proc_info", process(of: row))
    }
  }

  /// The steps that led to a row's amount, each with the document it rests on; the pooled fund's row tells all.
  private func process(of row: FundRow) -> String {
    var (text, count) = ("", 0)
    for step in view.explanation where row.words.isEmpty || row.words.contains(step.word) {
      if count > 0 { text += "\n" }
      count += 1
      text += "\(count). \(step.text(in: .chinese))"
      if let source = step.source { text += "〔\(source.title)〕" }
    }
    guard text.isLonger(than: Self.longest) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longest - 1))) + "…"
  }

  /// How many characters `setl_proc_info` holds.
  private static let longest = 4_000
}
