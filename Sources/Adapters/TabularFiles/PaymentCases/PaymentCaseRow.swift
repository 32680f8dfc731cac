import Kernel
import Payment
import People

/// Reads one row as a case, and collects everything that is wrong with it.
struct PaymentCaseRow: ~Copyable {
  private let record: CSVRecord
  private let file: String
  private(set) var faults: [Diagnostic] = []

  init(_ record: consuming CSVRecord, file: String) {
    self.record = record
    self.file = file
  }

  /// The case; `nil` when something is wrong.
  mutating func read() -> PaymentCase? {
    let (id, institution) = (record[0], record[1])
    if id.isEmpty || !id.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) {
      fault(0, "结算号「\(id)」应为不含空格的 ASCII 字符", "the number \"\(id)\" must be ASCII without blanks")
    }
    if institution.isEmpty { fault(1, "缺少机构编码", "the institution is missing") }
    let level = value(2, Self.level(record[2]), InstitutionLevel.allCases.map(\.word).joined(separator: ", "))
    let scheme = value(3, Self.scheme(record[3]), "employee (310), resident (390)")
    let month = value(4, YearMonth(record[4]), "2025-03")
    let (cost, fundShare) = (amount(5), amount(6))
    let (days, age, kind) = (number(8, else: 0), number(9, else: 0), number(10, else: 1))
    let traditionalChinese = record[13].isEmpty ? Money.zero : amount(13)
    let marks = value(14, PaymentMark.read(record[14]), PaymentMark.allCases.map(\.rawValue).joined(separator: "|"))
    if let cost, let fundShare, fundShare > cost {
      fault(6, "统筹基金支出 \(record[6]) 超过医疗费总额 \(record[5])", "fund_share \(record[6]) is above cost \(record[5])")
    }
    if let cost, let traditionalChinese, traditionalChinese > cost {
      fault(
        13, "中医药费用 \(record[13]) 超过医疗费总额 \(record[5])",
        "traditional_chinese \(record[13]) is above cost \(record[5])")
    }
    guard faults.isEmpty, let level, let scheme, let month, let cost, let fundShare, let days, let age, let kind,
      let traditionalChinese, let marks
    else { return nil }
    return PaymentCase(
      id: id, institution: institution, level: level, scheme: scheme, month: month, cost: cost, fundShare: fundShare,
      group: record[7], stayDays: days, ageYears: age, dischargeKind: kind, department: record[11],
      physician: record[12], traditionalChinese: traditionalChinese, marks: marks)
  }

  /// What is wrong with a row whose number came before.
  func repeated(_ id: String) -> Diagnostic {
    diagnostic(0, "结算号 \(id) 在前面已出现过；请只保留一行", "the number \(id) came before; keep one row of it")
  }

  private static func level(_ text: String) -> InstitutionLevel? { InstitutionLevel(word: text) }

  private static func scheme(_ text: String) -> InsuranceScheme? {
    InsuranceScheme(rawValue: text) ?? InsuranceScheme.allCases.first { $0.insutype == text }
  }

  private mutating func value<Value>(_ column: Int, _ value: Value?, _ allowed: String) -> Value? {
    if value == nil {
      let name = PaymentCaseFile.header[column]
      fault(
        column, "\(name)「\(record[column])」不认识，应为：\(allowed)",
        "\(name) \"\(record[column])\" is unknown; allowed: \(allowed)")
    }
    return value
  }

  private mutating func amount(_ column: Int) -> Money? {
    if let money = Money(yuan: record[column]), !money.isNegative { return money }
    let name = PaymentCaseFile.header[column]
    fault(
      column, "\(name)「\(record[column])」应为不小于零的元，最多两位小数",
      "\(name) \"\(record[column])\" must be yuan, not below zero, with at most two decimals")
    return nil
  }

  private mutating func number(_ column: Int, else missing: Int) -> Int? {
    let text = record[column]
    if text.isEmpty { return missing }
    if text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) {
      return number
    }
    let name = PaymentCaseFile.header[column]
    fault(column, "\(name)「\(text)」应为整数", "\(name) \"\(text)\" must be a whole number")
    return nil
  }

  private mutating func fault(_ column: Int, _ chinese: String, _ english: String) {
    faults.append(diagnostic(column, chinese, english))
  }

  private func diagnostic(_ column: Int, _ chinese: String, _ english: String) -> Diagnostic {
    Diagnostic(
      .error, LocalizedText(chinese + "。", english + "."), file: file, line: record.line,
      column: record.fileColumn(column))
  }
}
