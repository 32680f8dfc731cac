import Kernel
import Workflows

/// The nodes of 4101 that a row of a table comes to.
struct ListNodes {
  private let fields: [String: String]
  /// What was wrong with values that no node can carry.
  private(set) var findings: [ImportFinding] = []
  private var payments: [(code: String, amount: String)] = []

  /// The fund of a row that names no scheme: none that is known, so that nothing is guessed.
  private static let someFund = "pooled"

  init(_ fields: [String: String]) {
    self.fields = fields
    readPayments()
  }

  private static let head = (SettlementListIntake.head?.fields ?? []).map { ($0, "\($0.name)") }

  private func text(_ name: String) -> String { fields[name] ?? "" }

  /// The message's `input`.
  var message: [UInt8] {
    var writer = JSONWriter(capacity: 2_048)
    writer.object { writer in
      writer.object("setlinfo") { writer in
        for (field, name) in Self.head {
          guard let text = fields[name], !text.isEmpty else { continue }
          writer.text(field.name, FieldWords.value(text, field.form))
        }
        for name: StaticString in ["insutype", "med_type", "medfee_sumamt", "hosp_part_amt"] {
          if let text = fields["\(name)"], !text.isEmpty { writer.text(name, text) }
        }
      }
      writer.rows("payinfo", payments) { writer, part in
        writer.text("fund_pay_type", part.code)
        writer.text("fund_payamt", part.amount)
      }
      writer.rows("diseinfo", diagnoses) { writer, row in
        writer.text("diag_type", "1")
        writer.text("diag_code", row.code)
        writer.text("diag_name", row.name)
        writer.text("adm_cond_type", FieldWords.code(row.further, .admissionCondition))
        writer.text("maindiag_flag", row.isMain ? "1" : "0")
      }
      writer.rows("oprninfo", procedures) { writer, row in
        writer.text("oprn_oprt_type", row.isMain ? "1" : "2")
        writer.text("oprn_oprt_code", row.code)
        writer.text("oprn_oprt_name", row.name)
        writer.text("oprn_oprt_begntime", FieldWords.value(row.further, .time))
      }
      writer.rows("iteminfo", fees) { writer, fee in
        writer.text("med_chrgitm", fee.code)
        writer.text("amt", fee.amount)
        // Tables do not split categories by class.
        writer.text("oth_amt", fee.amount)
      }
    }
    return writer.bytes
  }

  // MARK: Codes

  private struct Row {
    let code: String
    let name: String
    let further: String
    let isMain: Bool
  }

  private var diagnoses: [Row] {
    rows(
      joined: ("diagnoses", "diagnosis_names", "diagnosis_conditions"),
      main: ("principal_diagnosis", "principal_diagnosis_name", "principal_diagnosis_condition"),
      numbered: ("diagnosis_", "diagnosis_name_", "diagnosis_condition_"))
  }

  private var procedures: [Row] {
    rows(
      joined: ("procedures", "procedure_names", "procedure_times"),
      main: ("principal_procedure", "principal_procedure_name", "principal_procedure_time"),
      numbered: ("procedure_", "procedure_name_", "procedure_time_"))
  }

  private typealias Names = (code: String, name: String, further: String)

  /// Codes joined by `|`, or one column for the main one and numbered ones for the others; the first is the main one,
  /// and an empty first one stays none.
  private func rows(joined: Names, main: Names, numbered: Names) -> [Row] {
    var rows: [Row] = []
    if let codes = fields[joined.code], !codes.isEmpty {
      let (names, further) = (parts(text(joined.name)), parts(text(joined.further)))
      for (place, code) in parts(codes).enumerated() where !code.isEmpty {
        rows.append(
          Row(
            code: code, name: place < names.count ? names[place] : "",
            further: place < further.count ? further[place] : "", isMain: place == 0))
      }
      return rows
    }
    if !text(main.code).isEmpty {
      rows.append(Row(code: text(main.code), name: text(main.name), further: text(main.further), isMain: true))
    }
    for number in ListColumn.numbered {
      let code = text(numbered.code + "\(number)")
      if code.isEmpty { continue }
      rows.append(
        Row(
          code: code, name: text(numbered.name + "\(number)"), further: text(numbered.further + "\(number)"),
          isMain: false))
    }
    return rows
  }

  private func parts(_ text: String) -> [String] {
    if text.isEmpty { return [] }
    return text.split(separator: "|", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: Money

  private var fees: [(code: String, amount: String)] {
    CodeList.feeCategory.values.compactMap { code, _ in
      let amount = text("fee_\(code)")
      return amount.isEmpty || FieldText.money(amount) == .zero ? nil : (code, amount)
    }
  }

  /// The funds of the columns; what a stated sum leaves beyond them is other funds'.
  private mutating func readPayments() {
    var sum = Money.zero
    var isWhole = true
    let pooled = SettlementListIntake.scheme(fields["insutype"] ?? text("hi_type")).map(FundCode.pooled)
    for (name, _, fund) in ListColumn.paid {
      let amount = text(name)
      if amount.isEmpty { continue }
      payments.append(((fund ?? pooled)?.code ?? Self.someFund, amount))
      if let money = FieldText.money(amount), money < Money(fen: 100_000_000_000_000) {
        sum += money
      } else {
        isWhole = false
      }
    }
    let stated = text("fund_pay_sumamt")
    if stated.isEmpty { return }
    guard let whole = FieldText.money(stated) else {
      findings.append(ListFields.amount("fund_pay_sumamt", stated))
      return
    }
    guard isWhole, !text("hifp_pay").isEmpty else { return }
    if whole < sum {
      findings.append(ImportFinding(.amountsWrong, field: "fund_pay_sumamt", value: "\(whole) < \(sum)"))
    } else if whole > sum {
      payments.append((FundCode.other.code, (whole - sum).yuan))
    }
  }
}
