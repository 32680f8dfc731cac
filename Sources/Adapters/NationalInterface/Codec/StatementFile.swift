import Kernel
import Workflows

/// The text files of a detailed reconciliation (3202): fields between tabs, a row on each line, UTF-8.
enum StatementFile {
  /// The institution's lines: settlement, visit, person, total, fund, account, mark of refund; a further column that
  /// some editions have is not read.
  static func lines(in bytes: [UInt8]) throws(Refused) -> [StatementLine] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .desk(.desk(.statementForm, about: "应为 UTF-8 文本"))
    }
    var lines: [StatementLine] = []
    let rows = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, row) in rows.enumerated() {
      // A byte order mark may stand before the first row.
      let row = number == 0 && row.first == "\u{FEFF}" ? row.dropFirst() : row
      if row.allSatisfy(\.isWhitespace) { continue }
      lines.append(try line(row, number: number + 1))
    }
    return lines
  }

  private static func line(_ row: Substring, number: Int) throws(Refused) -> StatementLine {
    let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map { field in
      let text = String(field)
      return text == "null" ? "" : text
    }
    guard (7...8).contains(fields.count) else {
      throw .desk(.desk(.statementForm, about: "第 \(number) 行有 \(fields.count) 列，应为 7 列"))
    }
    guard !fields[0].isEmpty, fields[6] == "0" || fields[6] == "1" else {
      throw .desk(.desk(.statementForm, about: "第 \(number) 行缺结算ID，或退费结算标志不是 0、1"))
    }
    guard let total = FieldText.money(fields[3]), let fund = FieldText.money(fields[4]),
      let account = FieldText.money(fields[5])
    else { throw .desk(.desk(.statementForm, about: "第 \(number) 行的金额不是数值")) }
    return StatementLine(
      settlement: fields[0], visit: fields[1], person: fields[2], isReversal: fields[6] == "1", total: total,
      fund: fund, account: account)
  }

  /// The differences, one on each line: person, visit, settlement, message, result, mark of refund, remark, total,
  /// fund, account; `null` for what is empty.
  ///
  /// Lines that the payer alone has name no settlement and no visit, as the edition asks: the message's identifier is
  /// what the institution undoes them by.
  static func text(of differences: [StatementDifference]) -> String {
    differences.map { difference in
      let shown = difference.payer ?? difference.institution
      let isLost = difference.institution == nil
      let fields = [
        shown?.person, isLost ? "" : shown?.visit, isLost ? "" : shown?.settlement, shown?.message, "1",
        shown.map { $0.isReversal ? "1" : "0" }, remark(difference), shown?.total.yuan, shown?.fund.yuan,
        shown?.account.yuan,
      ]
      return fields.map { field in field.flatMap { $0.isEmpty ? nil : $0 } ?? "null" }.joined(separator: "\t") + "\n"
    }.joined()
  }

  private static func remark(_ difference: StatementDifference) -> String {
    guard let payer = difference.payer else { return "中心无此结算，或文件中重复" }
    guard let institution = difference.institution else { return "机构无此结算" }
    var parts: [String] = []
    if payer.person != institution.person || payer.visit != institution.visit { parts.append("人员或就诊不符") }
    if payer.isReversal != institution.isReversal { parts.append("退费标志不符") }
    if payer.total != institution.total { parts.append("医疗费总额 中心 \(payer.total)、机构 \(institution.total)") }
    if payer.fund != institution.fund { parts.append("基金支付 中心 \(payer.fund)、机构 \(institution.fund)") }
    if payer.account != institution.account { parts.append("个人账户 中心 \(payer.account)、机构 \(institution.account)") }
    return parts.joined(separator: "；")
  }
}
