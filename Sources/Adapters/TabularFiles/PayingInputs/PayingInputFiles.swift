import Kernel
public import Payment
import People
public import Workflows

/// Reads the small tables that people state beside cases, from CSV or the first sheet of a workbook; a table with an
/// error is refused as a whole.
///
/// | table | columns |
/// |---|---|
/// | budget | `scheme`, `period`, `amount`, `basis` |
/// | findings | `finding`, `institution`, `scheme`, `period`, `amount`, `reason` |
/// | scores | `institution`, `indicator`, `points` |
/// | removals | `institution`, `scheme`, `year`, `retention`, `policy_change` |
/// | decisions | `case`, `types`, `within_quota`, `decision`, `amount` |
public enum PayingInputFiles {
  private static let amount = CSVColumn("amount", "金额", "金额（元）", isRequired: true)
  private static let scheme = CSVColumn("scheme", "险种", isRequired: true)
  private static let period = CSVColumn("period", "期间", isRequired: true)
  private static let institution = CSVColumn("institution", "机构编码", isRequired: true)

  /// The header rows as ``write(_:to:)`` and people write them.
  public static let budgetHeader = ["scheme", "period", "amount", "basis"]
  /// The columns of findings.
  public static let findingHeader = ["finding", "institution", "scheme", "period", "amount", "reason"]
  /// The columns of scores.
  public static let scoreHeader = ["institution", "indicator", "points"]

  /// Reads what funds have for periods.
  public static func budget(_ source: some TableSource) -> FileReading<[FundMoney]> {
    let rows = InputRows(source)
    var found: [Diagnostic] = []
    var list: [FundMoney] = []
    let columns = [scheme, period, amount, CSVColumn("basis", "依据", isRequired: true)]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let scheme = rows.scheme(record, 0, &found)
      let period = rows.period(record, 1, &found)
      let amount = rows.money(record, 2, &found)
      let basis = rows.text(record, 3, &found)
      guard let scheme, let period, let amount, let basis else { return }
      if list.contains(where: { $0.scheme == scheme && $0.period == period }) {
        rows.repeated("\(scheme.rawValue) \(period)", record, &found)
      }
      list.append(.init(scheme: scheme, period: period, amount: amount, basis: basis))
    }
    return FileReading(list, found)
  }

  /// Reads findings of review.
  public static func findings(_ source: some TableSource) -> FileReading<[PeriodFinding]> {
    let rows = InputRows(source)
    var (found, list, seen) = ([Diagnostic](), [PeriodFinding](), Set<String>())
    let columns = [
      CSVColumn("finding", "编号", isRequired: true), institution, scheme, period, amount,
      CSVColumn("reason", "事由", isRequired: true),
    ]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let id = rows.text(record, 0, &found)
      let institution = rows.text(record, 1, &found)
      let scheme = rows.scheme(record, 2, &found)
      let period = rows.period(record, 3, &found)
      let amount = rows.money(record, 4, &found)
      let reason = rows.text(record, 5, &found)
      guard let id, let institution, let scheme, let period, let amount, let reason else { return }
      if !seen.insert(id).inserted { rows.repeated(id, record, &found) }
      list.append(
        .init(
          finding: ReviewFinding(id: id, institution: institution, amount: amount), scheme: scheme, period: period,
          reason: reason))
    }
    return FileReading(list, found)
  }

  /// Reads scores by institution and indicator.
  public static func scores(_ source: some TableSource) -> FileReading<[String: [String: Points]]> {
    let rows = InputRows(source)
    var (found, scores) = ([Diagnostic](), [String: [String: Points]]())
    let columns = [
      institution, CSVColumn("indicator", "指标", isRequired: true), CSVColumn("points", "得分", isRequired: true),
    ]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let institution = rows.text(record, 0, &found)
      let indicator = rows.text(record, 1, &found)
      let points = rows.points(record, 2, &found)
      guard let institution, let indicator, let points else { return }
      if scores[institution, default: [:]].updateValue(points, forKey: indicator) != nil {
        rows.repeated("\(institution) \(indicator)", record, &found)
      }
    }
    return FileReading(scores, found)
  }

  /// Reads what comes out of years before the bands.
  public static func removals(_ source: some TableSource) -> FileReading<[YearlyRemoval]> {
    let rows = InputRows(source)
    var (found, list) = ([Diagnostic](), [YearlyRemoval]())
    let columns = [
      institution, scheme, CSVColumn("year", "年度", isRequired: true),
      CSVColumn("retention", "集采结余留用", isRequired: true), CSVColumn("policy_change", "政策性因素", isRequired: true),
    ]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let institution = rows.text(record, 0, &found)
      let scheme = rows.scheme(record, 1, &found)
      let year = rows.value(record, 2, &found, LocalizedText("年度，如 2026", "a year such as 2026")) { text in
        if case .year(let year)? = PaymentPeriod(text) { year } else { nil }
      }
      let retention = rows.money(record, 3, &found)
      let change = rows.money(record, 4, &found, isSigned: true)
      guard let institution, let scheme, let year, let retention, let change else { return }
      if list.contains(where: { $0.institution == institution && $0.scheme == scheme && $0.year == year }) {
        rows.repeated("\(institution) \(scheme.rawValue) \(year)", record, &found)
      }
      list.append(
        .init(institution: institution, scheme: scheme, year: year, retention: retention, policyChange: change))
    }
    return FileReading(list, found)
  }

  /// Reads what others found about cases: auxiliary types joined by `|`, whether a case is within the quota of new
  /// technology, and what experts decided: `amount`, `actual_cost` or `refused`.
  public static func decisions(_ source: some TableSource) -> FileReading<[String: CaseDetermination]> {
    let rows = InputRows(source)
    var (found, decisions) = ([Diagnostic](), [String: CaseDetermination]())
    let columns = [
      CSVColumn("case", "结算号", isRequired: true), CSVColumn("types", "辅助类型"),
      CSVColumn("within_quota", "在限额内"), CSVColumn("decision", "评审结论"), CSVColumn("amount", "金额"),
    ]
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let id = rows.text(record, 0, &found)
      var known = CaseDetermination(
        auxiliaryTypes: Set(record[1].split(separator: "|").map { rows.cells.trimmed(String($0)) }))
      if !rows.cells.trimmed(record[2]).isEmpty {
        known.isWithinQuota = rows.value(record, 2, &found, LocalizedText(" yes 或 no", "yes or no")) { text in
          ["yes": true, "是": true, "no": false, "否": false][text]
        }
      }
      switch rows.cells.trimmed(record[3]) {
      case "": break
      case "amount", "定额": known.decision = rows.money(record, 4, &found).map { .amount($0) }
      case "actual_cost", "据实": known.decision = .actualCost
      case "refused", "不同意": known.decision = .refused
      case let word:
        rows.cells.report(
          "「\(word)」应为 amount、actual_cost 或 refused。", "\"\(word)\" should be amount, actual_cost or refused.",
          record, 3, &found)
      }
      guard let id else { return }
      if decisions.updateValue(known, forKey: id) != nil { rows.repeated(id, record, &found) }
    }
    return FileReading(decisions, found)
  }

  // MARK: Writing

  /// Writes the budget, findings and scores of inputs as tables in a folder.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  public static func write(_ inputs: PayingInputs, to folder: String) throws {
    try CSVWriter.write(to: folder + "/budget.csv") { writer in
      try writer.append(budgetHeader)
      for row in inputs.fund {
        try writer.append([row.scheme.rawValue, "\(row.period)", row.amount.yuan, row.basis])
      }
    }
    try CSVWriter.write(to: folder + "/findings.csv") { writer in
      try writer.append(findingHeader)
      for row in inputs.findings {
        try writer.append([
          row.finding.id, row.finding.institution, row.scheme.rawValue, "\(row.period)", row.finding.amount.yuan,
          row.reason,
        ])
      }
    }
    try CSVWriter.write(to: folder + "/scores.csv") { writer in
      try writer.append(scoreHeader)
      for (institution, scores) in inputs.scores.sorted(by: { $0.key < $1.key }) {
        for (indicator, points) in scores.sorted(by: { $0.key < $1.key }) {
          try writer.append([institution, indicator, points.description])
        }
      }
    }
  }
}
