import Kernel

/// The columns of a file of cases, by position in ``all``.
enum CaseColumn: Int, CaseIterable {
  case id, sex, ageYears, ageDays, birthWeight, stayDays, dischargeKind, department, diagnoses, procedures
  // What auxiliary typing of DIP asks beyond that.
  case intensiveDays, costPercent, treatmentPercent, drugPercent

  /// How many columns a file without a header has: the first ones.
  static let tabCount = CaseColumn.procedures.rawValue + 1

  /// The names that a header may use; the first is the one that files without a header follow in order.
  static let all: [CSVColumn] = [
    CSVColumn("id", "编号", "病案号", isRequired: true), CSVColumn("sex", "性别"),
    CSVColumn("age_years", "年龄", "年龄(岁)", "年龄（岁）"), CSVColumn("age_days", "天龄", "新生儿天龄", "年龄(天)", "年龄（天）"),
    CSVColumn("birth_weight_g", "出生体重", "新生儿出生体重", "出生体重(克)", "出生体重（克）"),
    CSVColumn("stay_days", "住院天数", "实际住院天数"), CSVColumn("discharge_kind", "离院方式"),
    CSVColumn("department", "出院科别", "出院科室"),
    CSVColumn("diagnoses", "诊断", "诊断编码", isRequired: true), CSVColumn("procedures", "手术操作", "手术操作编码"),
    CSVColumn("icu_days", "ICU天数", "重症监护天数"), CSVColumn("cost_percent"), CSVColumn("treatment_percent"),
    CSVColumn("drug_percent"),
  ]

  /// The column's name for messages.
  var name: String { Self.all[rawValue].names[0] }

  /// Which column of a file is which, from the file's header.
  ///
  /// - Throws: a diagnostic when a required column is missing or one stands twice.
  static func layout(_ row: borrowing CSVRow, file: String) throws(Diagnostic) -> CaseLayout {
    var found: [Diagnostic] = []
    let header = CSVHeader(all, in: row, file: file, diagnostics: &found)
    if let first = found.first { throw first }
    return CaseLayout(positions: header.positions.map { $0 ?? -1 }, count: header.count, form: .csv)
  }
}

/// Where the columns of a file of cases are.
struct CaseLayout: Sendable {
  /// How fields are told apart.
  enum Form: Sendable {
    /// Commas, quotes, a header.
    case csv
    /// Tabs, no quotes, no header, `\N` for nothing: what Spark and Hive hand to a program.
    case tsv
  }

  /// The position of each ``CaseColumn``, or −1.
  let positions: [Int]
  /// How many fields a row has.
  let count: Int
  let form: Form

  /// Files without a header have all columns in order.
  static let tabs = inOrder(.tsv)

  /// Rows without a header, whose columns stand in order.
  static func inOrder(_ form: Form) -> CaseLayout {
    let positions = CaseColumn.allCases.map { $0.rawValue < CaseColumn.tabCount ? $0.rawValue : -1 }
    return CaseLayout(positions: positions, count: CaseColumn.tabCount, form: form)
  }
}
