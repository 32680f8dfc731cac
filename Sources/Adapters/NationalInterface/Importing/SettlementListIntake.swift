import Claims
import Kernel
import Ledger
import People
public import Workflows

/// Reads settlement lists that institutions have in files of their own: messages of 4101, and rows of tables.
///
/// A row becomes the nodes that 4101 would carry, so that every form is read by one reader and checked by one form.
/// What grouping and payment need refuses a list when it is wrong; the rest is remarked on.
public enum SettlementListIntake {
  /// Reads a message: whole, or its `input` alone.
  ///
  /// - Parameters:
  ///   - message: JSON in UTF-8.
  ///   - institution: the institution of messages that name none.
  /// - Returns: the list with what the form found, or why it is none.
  public static func read(_ message: [UInt8], institution: String?) -> Result<StatedSettlementList, ImportRefusal> {
    let document: JSONDocument
    do throws(JSONFault) { document = try JSONDocument(message) } catch {
      return .failure(ImportRefusal(ImportFinding(.rowBroken, detail: error.message)))
    }
    guard document.root.kind == .object else {
      return .failure(
        ImportRefusal(ImportFinding(.rowBroken, detail: LocalizedText("一份清单应为一个对象", "a list is an object"))))
    }
    let sender = FieldText.text(of: document.root["fixmedins_code"])
    let input = document.root["input"] ?? document.root
    return read(input, institution: sender.isEmpty ? institution : sender, isMessage: true)
  }

  /// Reads a row of a table.
  ///
  /// - Parameters:
  ///   - fields: the filled cells by the names of ``ListColumn``.
  ///   - institution: the institution of rows that name none.
  public static func read(fields: [String: String], institution: String?) -> Result<
    StatedSettlementList, ImportRefusal
  > {
    let nodes = ListNodes(fields)
    guard let document = try? JSONDocument(nodes.message) else {
      return .failure(ImportRefusal(ImportFinding(.rowBroken)))
    }
    return read(document.root, institution: institution, isMessage: false, nodes.findings)
  }

  static let form = TransactionForm.of("4101")
  /// The node of the list itself.
  static let head = form?.nodes.first { "\($0.name)" == "setlinfo" }

  private static func read(
    _ input: JSONValue, institution: String?, isMessage: Bool, _ findings: [ImportFinding] = []
  ) -> Result<StatedSettlementList, ImportRefusal> {
    guard let form, let rows = InputRows.rows(of: "setlinfo", in: input), rows.count == 1, let first = rows.first else {
      return .failure(
        ImportRefusal(
          ImportFinding(
            .rowBroken, field: "setlinfo",
            detail: LocalizedText("缺少节点 setlinfo，或不止一行", "the node setlinfo is missing, or has several rows"))))
    }
    let row = InputRow(value: first)
    var findings = findings
    for violation in InputCheck.violations(in: input, of: form) {
      if let found = ListFields.finding(violation, isMessage: isMessage) { findings.append(found) }
    }
    let code = row.filled("fixmedins_code") ?? institution ?? ""
    var list: SettlementList
    do throws(Refused) {
      list = try SettlementListReader.list(input, institution: code)
    } catch {
      // The form has said it, but for times and weights.
      if !findings.contains(where: \.isRefusing) {
        findings.append(ImportFinding(.valueForm, field: "setlinfo", detail: error.message))
      }
      list = SettlementList(
        settlement: row.text("setl_id"), visit: row.text("mdtrt_id"), person: row.text("psn_no"), institution: code)
      list.recordNumber = row.text("medcasno")
      list.stay.discharged = row.moment("dscg_time")
      list.payment.to = row.day("setl_end_date")
    }
    var stated = StatedSettlementList(list, care: care(row, list), findings: findings)
    stated.scheme = scheme(row.filled("insutype") ?? row.text("hi_type"))
    stated.total = amount("medfee_sumamt", row, &stated.findings)
    stated.hospitalPart = amount("hosp_part_amt", row, &stated.findings)
    stated.ageYears = FieldText.number(row.text("age"), digits: 4, decimals: 1).map { Int($0 / 10) }
    return .success(stated)
  }

  private static func care(_ row: InputRow, _ list: SettlementList) -> CareCategory {
    let code = FieldWords.code(row.text("med_type"), .medicalType)
    if let care = MedicalType.care(code) { return care }
    if list.stay.kind == "2" { return .daySurgery }
    return list.chronicCare != nil && list.stay.admitted == nil ? .chronic : .inpatient
  }

  /// The scheme that a cell names: a code, its title, a word.
  static func scheme(_ text: String) -> InsuranceScheme? {
    switch text {
    case "职工", "职工医保", "城镇职工", "城镇职工基本医疗保险": return .employee
    case "居民", "居民医保", "城乡居民": return .resident
    default:
      let code = FieldWords.code(text, .scheme)
      return InsuranceScheme.allCases.first { $0.insutype == code || $0.rawValue == text }
    }
  }

  private static func amount(_ name: StaticString, _ row: InputRow, _ findings: inout [ImportFinding]) -> Money? {
    guard let text = row.filled(name) else { return nil }
    if let money = FieldText.money(text) { return money }
    findings.append(ListFields.amount("\(name)", text))
    return nil
  }
}

/// Why something in a file is no list at all.
public struct ImportRefusal: Error, Hashable, Sendable {
  /// What is wrong.
  public let finding: ImportFinding

  init(_ finding: ImportFinding) { self.finding = finding }
}
