public import Kernel
public import Payment
import People

/// Cases as payment sees them, as CSV or a sheet, read one by one.
///
/// Columns: `id`, `institution`, `level`, `scheme`, `month`, `cost`, `fund_share`, `group`, `stay_days`, `age_years`,
/// `discharge_kind`, `department`, `physician`, `traditional_chinese`, `marks`. Amounts are in yuan with at most two
/// decimals, months as `2025-03`, marks joined by `|`. A row that does not read, and the second of two rows with one
/// number, is reported with its line, and reading goes on.
public struct PaymentCaseFile {
  private let source: any TableSource

  private static let columns = [
    CSVColumn("id", "setl_id", "结算号", isRequired: true),
    CSVColumn("institution", "fixmedins_code", "机构编码", isRequired: true),
    CSVColumn("level", "级别", isRequired: true), CSVColumn("scheme", "insutype", "险种", isRequired: true),
    CSVColumn("month", "结算月份", isRequired: true),
    CSVColumn("cost", "medfee_sumamt", "医疗费总额", isRequired: true),
    CSVColumn("fund_share", "hifp_pay", "统筹基金支出", isRequired: true),
    CSVColumn("group", "病组", isRequired: true), CSVColumn("stay_days", "住院天数"), CSVColumn("age_years", "年龄"),
    CSVColumn("discharge_kind", "离院方式"), CSVColumn("department", "科室"), CSVColumn("physician", "医师"),
    CSVColumn("traditional_chinese", "中医药费用"), CSVColumn("marks", "标记"),
  ]

  /// The columns, as ``row(_:)`` writes them.
  public static let header = columns.map { $0.names[0] }

  /// Makes a file; it is opened when cases are asked for.
  public init(_ source: any TableSource) { self.source = source }

  /// Calls `body` with each case in order, and `bad` with what is wrong with a row that does not read.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when the file as a whole cannot be read, and what the closures throw.
  public func forEach(_ body: (PaymentCase) throws -> Void, bad: (Diagnostic) throws -> Void) throws {
    var header: CSVHeader?
    // The numbers of the file, not its rows, are held until its end.
    var seen: Set<String> = []
    try source.forEachRow { row in
      if row.isBlank { return }
      guard let known = header else {
        var diagnostics: [Diagnostic] = []
        header = CSVHeader(Self.columns, in: row, file: source.name, diagnostics: &diagnostics)
        if let first = diagnostics.first(where: { $0.severity == .error }) { throw first }
        return
      }
      guard source.hasLooseRows || row.count == known.count else {
        let message = LocalizedText(
          "列数应为 \(known.count)，本行为 \(row.count)；含逗号的字段要用引号括起。",
          "expected \(known.count) columns, found \(row.count); quote fields that hold commas.")
        return try bad(Diagnostic(.error, message, file: source.name, line: row.line))
      }
      var reading = PaymentCaseRow(CSVRecord(header: known, row: row), file: source.name)
      guard let item = reading.read() else {
        for fault in reading.faults { try bad(fault) }
        return
      }
      guard seen.insert(item.id).inserted else { return try bad(reading.repeated(item.id)) }
      try body(item)
    }
    if header == nil {
      throw Diagnostic(
        .error, LocalizedText("文件是空的，首行应为列名。", "the file is empty; its first row must name the columns."),
        file: source.name)
    }
  }

  /// A case as a row under ``header``.
  public static func row(_ item: PaymentCase) -> [String] {
    [
      item.id, item.institution, item.level.word, item.scheme.rawValue, "\(item.month)", item.cost.yuan,
      item.fundShare.yuan, item.group, "\(item.stayDays)", "\(item.ageYears)", "\(item.dischargeKind)",
      item.department, item.physician, item.traditionalChinese.yuan, PaymentMark.text(item.marks),
    ]
  }
}
