public import Claims
import Kernel
import People
import Settlement
public import Workflows

/// A message of a transaction about what the payer's store has, so that it is carried out when it is sent.
///
/// ```swift
/// let facts = try await search.facts(TransactionExample.care(of: "2207"), wish, today: day)
/// let body = TransactionExample("2207", facts, region: "990100").message(serial: 1, time: "2026-03-02 10:00:00")
/// ```
public struct TransactionExample: Sendable {
  private let number: String
  private let facts: ExampleFacts
  private let region: String

  /// An example of a transaction.
  public init(_ number: String, _ facts: ExampleFacts, region: String) {
    (self.number, self.facts, self.region) = (number, facts, region)
  }

  /// The kind of care that a transaction is about.
  public static func care(of transaction: String) -> CareCategory {
    switch transaction.prefix(2) {
    case "21": .pharmacy
    case "23", "24", "25", "41": .inpatient
    default: .outpatient
    }
  }

  /// The whole message; `nil` when the transaction is not offered.
  ///
  /// - Parameters:
  ///   - serial: tells messages of one second apart: the last four digits of the identifier.
  ///   - time: when it is sent, `yyyy-MM-dd HH:mm:ss`.
  public func message(serial: Int, time: String) -> String? {
    let digits = String("\(10_000 + serial % 10_000)".dropFirst())
    let header = TransactionGuide.Header(
      message: "\(institution.code.prefix(12))\(time.filter(\.isNumber))\(digits)", region: region,
      institution: institution.code, institutionName: institution.name, time: time)
    return TransactionGuide.message(number, header: header, values: values(digits), on: facts.day)
  }

  /// Who sends it: of reconciliation, the institution whose month is reconciled.
  private var institution: (code: String, name: String) {
    if number == "3201", let latest = facts.latest { return (latest.institution, latest.institution) }
    return (facts.institution?.institution.code ?? "", facts.institution?.name ?? "")
  }

  private var isStay: Bool { Self.care(of: number) == .inpatient }

  /// Values by the names of fields.
  private func values(_ serial: String) -> [String: String] {
    var values = general.merging(fees(serial)) { $1 }
    values.merge(visit) { $1 }
    values.merge(own) { $1 }
    return values
  }

  private var general: [String: String] {
    let year = "\(facts.day.year)-01-01 00:00:00"
    let isQuery = number.hasPrefix("5")
    return [
      "psn_no": facts.person?.person.number ?? "", "insutype": facts.scheme.insutype,
      "begntime": isQuery ? year : isStay ? "\(admitted) 10:00:00" : "\(facts.day) 08:30:00",
      "endtime": "\(facts.day) \(isQuery ? "23:59:59" : "10:00:00")", "fixmedins_code": institution.code,
      "setl_optins": region, "insu_optins": region, "insu_admdvs": region,
      "acct_used_flag": facts.scheme == .employee ? "1" : "0", "dscgTime": "\(facts.day)",
    ]
  }

  /// The first day of the stay of an example.
  private var admitted: CalendarDate {
    facts.visit?.admitted ?? facts.day.adding(days: -ExampleFacts.stayDays)
  }

  /// One line of four pieces, which an outpatient visit can hold and a stay too.
  private func fees(_ serial: String) -> [String: String] {
    let price = Money(fen: isStay ? 150_000 : 2_500)
    let sum = Money(fen: price.fen * 4)
    let charged = facts.charged == .zero ? sum : facts.charged
    return [
      "feedetl_sn": "F\(serial)", "fee_ocur_time": "\(isStay ? admitted : facts.visit?.admitted ?? facts.day) 10:30:00",
      "med_list_codg": facts.item?.code ?? "", "pric": price.yuan, "cnt": "4", "det_item_fee_sumamt": sum.yuan,
      "medfee_sumamt": charged.yuan,
    ]
  }

  /// The visit and settlement: those that were wished for, and for questions the latest ones; nothing is changed that
  /// nobody named.
  private var visit: [String: String] {
    var values: [String: String] = [:]
    if let visit = facts.visit {
      values["mdtrt_id"] = visit.id
      values["ipt_otp_no"] = visit.institutionNumber
    }
    if let settlement = facts.settlement {
      values["setl_id"] = settlement.id
      values["omsgid"] = settlement.message
      values["oinfno"] =
        settlement.visit.care.isStay ? "2304" : settlement.visit.care == .pharmacy ? "2102" : "2207"
    }
    guard number.hasPrefix("52"), facts.visit == nil, let latest = facts.latest else { return values }
    values["psn_no"] = latest.person
    if number != "5201" {
      values["mdtrt_id"] = latest.visit
      values["setl_id"] = latest.id
    }
    return values
  }

  /// What single transactions hold besides.
  private var own: [String: String] {
    switch number {
    case "1101":
      let person = facts.person
      return ["psn_cert_type": person?.certificateType ?? "01", "certno": person?.certificateNumber ?? ""]
    case "2203", "2205": return facts.visit == nil ? [:] : ["psn_no": facts.visit?.person ?? ""]
    case "2503": return ["opsp_dise_code": "M03900", "opsp_dise_name": "高血压", "ide_fixmedins_no": institution.code]
    case "3201": return reconciliation
    case "5301": return ["begntime": ""]
    default: return [:]
    }
  }

  private var reconciliation: [String: String] {
    guard let latest = facts.latest, let month = facts.month else { return [:] }
    let (year, number) = (latest.month.year, latest.month.month)
    let first = CalendarDate(year: year, month: number, day: 1)
    let last = CalendarDate(year: year, month: number, day: latest.month.dayCount)
    return [
      "insutype": latest.scheme.insutype, "clr_type": "11", "stmt_begndate": first.map { "\($0)" } ?? "",
      "stmt_enddate": last.map { "\($0)" } ?? "", "medfee_sumamt": month.amounts.total.yuan,
      "fund_pay_sumamt": month.amounts.fund.yuan, "acct_pay": month.amounts.account.yuan,
      "fixmedins_setl_cnt": "\(month.netCount)",
    ]
  }
}
