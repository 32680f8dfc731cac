public import Kernel

/// What the interface offers, for people who read and try it: transactions with titles, refusals in words.
public enum TransactionGuide {
  /// Who sends an example, under which identifier, when.
  struct Header {
    let message: String
    let region: String
    let institution: String
    let institutionName: String
    let time: String
  }

  /// The transactions that are offered, by number.
  public static let offered: [(number: String, title: LocalizedText)] = TransactionForm.all
    .map { ($0.number, title(of: $0.number) ?? LocalizedText($0.title, $0.title)) }.sorted { $0.number < $1.number }

  /// What a transaction of the edition is called, offered or not; `nil` when there is none.
  public static func title(of number: String) -> LocalizedText? {
    TransactionTitles.title(of: number).map { LocalizedText($0, EnglishTitles.byNumber[number] ?? $0) }
  }

  /// What the number of a refusal of the interface itself means, and what to do.
  public static func refusal(_ number: Int) -> LocalizedText? {
    UInt16(exactly: number).flatMap(InterfaceFault.init(rawValue:))?.message
  }

  /// A whole message: required fields, and those others that have a value; `nil` when the transaction is not offered.
  ///
  /// - Parameters:
  ///   - values: what fields hold, by their name. A required field without a value holds the first code of its list,
  ///     `day` or a number by its form; what names something in the payer's store stays empty.
  ///   - day: the day of care.
  static func message(_ number: String, header: Header, values: [String: String], on day: CalendarDate)
    -> String?
  {
    guard let form = TransactionForm.of(number) else { return nil }
    let example = ExampleInput(number: number, values: values, day: day)
    var writer = JSONWriter()
    writer.object { writer in
      writer.text("infno", number)
      writer.text("msgid", header.message)
      writer.text("mdtrtarea_admvs", header.region)
      writer.text("insuplc_admdvs", header.region)
      writer.text("recer_sys_code", "99")
      writer.text("infver", "1.0.0")
      writer.text("opter_type", "1")
      writer.text("opter", "001")
      writer.text("opter_name", "控制台")
      writer.text("inf_time", header.time)
      writer.text("fixmedins_code", header.institution)
      writer.text("fixmedins_name", header.institutionName)
      writer.text("sign_no", "")
      writer.object("input") { example.write(form.nodes, to: &$0) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// The input of an example: one row of each required node.
struct ExampleInput {
  let number: String
  let values: [String: String]
  let day: CalendarDate

  func write(_ nodes: [InputNode], to writer: inout JSONWriter) {
    for node in nodes where !node.isOptional {
      if node.isList {
        writer.list(node.name) { $0.object { row(node, &$0) } }
      } else {
        writer.object(node.name) { row(node, &$0) }
      }
    }
  }

  private func row(_ node: InputNode, _ writer: inout JSONWriter) {
    for field in node.fields {
      guard let value = value(field) else { continue }
      writer.text(field.name, value)
    }
    write(node.children, to: &writer)
  }

  /// The field's value; `nil` for an optional field that nobody fills in.
  private func value(_ field: InputField) -> String? {
    let name = "\(field.name)"
    if let known = Self.own[number]?[name] ?? values[name] { return known }
    guard field.isRequired else { return nil }
    if Self.named.contains(name) { return "" }
    if let usual = Self.usual[name] { return usual }
    return switch field.form {
    case .text: "示例"
    case .code(let list): list.values[0].code
    case .flag: "0"
    case .number: "1"
    case .date: "\(day)"
    case .time: "\(day) 09:00:00"
    }
  }

  /// Fields that name something in the payer's store: nothing is made up for them.
  private static let named: Set<String> = [
    "psn_no", "mdtrt_id", "setl_id", "omsgid", "certno", "med_list_codg", "file_qury_no", "trt_dcla_detl_sn",
    "setl_list_id", "sign_no",
  ]

  /// What fields usually hold, whatever the transaction.
  private static let usual: [String: String] = [
    "chrg_bchno": "B1", "feedetl_sn": "1", "medins_list_codg": "Y001", "psn_setlway": "01", "page_num": "1",
    "page_size": "20", "acct_used_flag": "1", "ipt_otp_no": "MZ0001", "ipt_no": "ZY0001", "dept_code": "A03",
    "dept_name": "内科", "caty": "A03", "bilg_dept_codg": "A03", "bilg_dept_name": "内科", "bilg_dr_codg": "D0001",
    "bilg_dr_name": "示例医师", "adm_dept_codg": "A03", "adm_dept_name": "内科", "dscg_dept_codg": "A03",
    "dscg_dept_name": "内科", "adm_bed": "12", "dscg_maindiag_code": "J18.900", "dscg_maindiag_name": "肺炎",
    "adm_diag_dscr": "肺炎", "diag_code": "J18.900", "diag_name": "肺炎", "diag_dept": "A03", "dise_dor_no": "D0001",
    "dise_dor_name": "示例医师", "atddr_no": "D0001", "chfpdr_name": "示例医师", "maindiag_flag": "1", "vali_flag": "1",
    "oinfno": "2207", "opter_no": "001", "mac": "00-00-00-00-00-00", "ip": "127.0.0.1", "mdtrt_cert_type": "02",
    "mdtrt_cert_no": "1",
  ]

  /// What fields hold in one transaction alone.
  private static let own: [String: [String: String]] = {
    var own: [String: [String: String]] = [
      "2101": ["med_type": "41"], "2102": ["med_type": "41"], "2601": [:],
      "2205": ["chrg_bchno": "0000"], "2302": ["feedetl_sn": "0000"], "1201": ["fixmedins_type": "1"],
    ]
    for number in ["2203", "2206", "2207"] { own[number] = ["med_type": "11"] }
    for number in ["2301", "2401", "2403"] { own[number] = ["med_type": "21"] }
    return own
  }()
}
