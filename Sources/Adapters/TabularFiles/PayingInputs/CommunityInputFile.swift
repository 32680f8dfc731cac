import Kernel
import Payment
import Policy
public import Workflows

/// Reads what is stated about medical communities: `community`, `item`, `key`, `value`, `document`, `clause`.
///
/// | item | key | value | whom |
/// |---|---|---|---|
/// | `total` | | yuan | all, methods 1 and 5 |
/// | `weight` | factor | percent, with clause | all, methods 1 and 5 |
/// | `factor` | factor | number | one |
/// | `negotiated` | | yuan | one |
/// | `standard` | `0-5`, `60-` | yuan, with clause | all, method 2 |
/// | `heads` | age | number | one |
/// | `location` | | percent, with clause | one |
/// | `moved_out`; or `last_gain`, `gain_growth` | | yuan; yuan, percent | one |
/// | `base_cost`, `growth` | | yuan; percent, with clause | one, method 3 |
/// | `settled`, `growth` | | yuan; percent | one, method 4 |
/// | `income_growth` | | percent, with clause | all, method 4 |
/// | `spend`, `retention`, `policy_change`, `reserve` | | yuan | one |
/// | `member`, `member_spend` | institution | number; yuan | one |
public enum CommunityInputFile {
  private static let items = [
    "total", "weight", "factor", "negotiated", "standard", "heads", "location", "moved_out", "last_gain", "gain_growth",
    "base_cost", "growth", "settled", "income_growth", "spend", "retention", "policy_change", "reserve", "member",
    "member_spend",
  ]

  /// Reads a table.
  public static func read(_ source: some TableSource) -> FileReading<CommunityYear> {
    var rows = StatedRows(source, holder: ["community", "医共体"], items: items)
    var year = CommunityYear(total: rows.money("", "total") ?? .zero, communities: [], stated: rows.stated)
    year.split = split(&rows)
    year.bands = bands(&rows)
    let income = rows.sourcedRate("", "income_growth")
    for holder in rows.holders {
      if let statement = statement(holder, income, &rows) { year.communities.append(statement) }
    }
    if year.communities.isEmpty, rows.found.isEmpty { rows.missing(rows.file, "community") }
    return FileReading(year, rows.found)
  }

  private static func split(_ rows: inout StatedRows) -> FactorSplit? {
    let weights = rows.values("", "weight", StatedRows.percent, StatedRows.rate)
    guard let first = weights.first else { return nil }
    return FactorSplit(weights.map { .init($0.row.key, weight: $0.value) }, citation: rows.citation(first.row))
  }

  private static func bands(_ rows: inout StatedRows) -> Sourced<[CommunityBudget.AgeBand]>? {
    let standards = rows.values("", "standard", StatedRows.yuan) { Money(yuan: $0) }
    guard let first = standards.first else { return nil }
    var bands: [CommunityBudget.AgeBand] = []
    for (row, standard) in standards {
      let ends = row.key.split(separator: "-", omittingEmptySubsequences: false)
      guard ends.count == 2, let from = Int(ends[0]), ends[1].isEmpty || Int(ends[1]) != nil else {
        rows.report(row, "「\(row.key)」应为 0-5 或 60-。", "\"\(row.key)\" should be 0-5 or 60-.")
        continue
      }
      bands.append(.init(from: from, until: Int(ends[1]), standard: standard))
    }
    return Sourced(bands, rows.citation(first.row))
  }

  private static func statement(
    _ holder: String, _ income: Sourced<Rate>?, _ rows: inout StatedRows
  ) -> CommunityStatement? {
    let spends = Dictionary(
      rows.values(holder, "member_spend", StatedRows.yuan) { Money(yuan: $0) }.map { ($0.row.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
    let members = rows.values(holder, "member", StatedRows.number, StatedRows.points).map {
      CommunityClearing.Member($0.row.key, part: $0.value, spend: spends[$0.row.key] ?? .zero)
    }
    let strangers = Set(spends.keys).subtracting(members.map(\.institution)).sorted()
    if !strangers.isEmpty { rows.missing(holder, "member \(strangers.joined(separator: ", "))") }
    if members.isEmpty { rows.missing(holder, "member") }
    let spend = rows.money(holder, "spend")
    if spend == nil { rows.missing(holder, "spend") }
    guard let basis = basis(holder, income, &rows), let spend else { return nil }
    return CommunityStatement(
      community: holder, basis: basis, spend: spend, retention: rows.money(holder, "retention") ?? .zero,
      policyChange: rows.money(holder, "policy_change", isSigned: true) ?? .zero,
      reserve: rows.money(holder, "reserve") ?? .zero, members: members)
  }

  /// What the budget is made from: told by the items that are stated.
  private static func basis(
    _ holder: String, _ income: Sourced<Rate>?, _ rows: inout StatedRows
  ) -> CommunityStatement.Basis? {
    if let cost = rows.money(holder, "base_cost") {
      return .contracted(cost, growth: rows.sourcedRate(holder, "growth"))
    }
    if let settled = rows.money(holder, "settled") {
      guard let income else {
        rows.missing(holder, "income_growth")
        return nil
      }
      let growth = rows.value(holder, "growth", StatedRows.percent, StatedRows.rate)
      return .lastYear(settled, growth: growth, incomeGrowth: income)
    }
    var heads: [Int: Int] = [:]
    for (row, count) in rows.values(holder, "heads", LocalizedText("整数", "a whole number"), { Int($0) }) {
      guard let age = Int(row.key) else {
        rows.report(row, "key 应为周岁年龄。", "the key should be an age in years.")
        continue
      }
      heads[age] = count
    }
    if heads.isEmpty {
      let factors = rows.values(holder, "factor", StatedRows.number, StatedRows.points)
      let values = Dictionary(factors.map { ($0.row.key, $0.value) }, uniquingKeysWith: { first, _ in first })
      return .factors(values, negotiated: rows.money(holder, "negotiated", isSigned: true) ?? .zero)
    }
    guard let location = rows.sourcedRate(holder, "location") else {
      rows.missing(holder, "location")
      return nil
    }
    var moved = CommunityBudget.MovedOut.nothing
    if let amount = rows.money(holder, "moved_out") { moved = .amount(amount) }
    if let gain = rows.money(holder, "last_gain") {
      let growth = rows.value(holder, "gain_growth", StatedRows.percent, StatedRows.rate)
      if growth == nil { rows.missing(holder, "gain_growth") }
      moved = .lastGain(gain, growth: growth ?? .zero)
    }
    return .heads(heads, location: location, movedOut: moved)
  }
}

/// Reads what is stated about an adjustment fund: `region`, `item`, `key`, `value`.
///
/// Items: `opening` (for all), `last_income`, `factor` by name, `overspend`, `reserve`.
public enum AdjustmentFundInputFile {
  /// Reads a table.
  public static func read(_ source: some TableSource) -> FileReading<AdjustmentFundYear> {
    var rows = StatedRows(
      source, holder: ["region", "统筹区"], items: ["opening", "last_income", "factor", "overspend", "reserve"])
    var year = AdjustmentFundYear(opening: rows.money("", "opening") ?? .zero, regions: [], stated: rows.stated)
    for holder in rows.holders {
      let factors = rows.values(holder, "factor", StatedRows.number, StatedRows.points)
      guard let income = rows.money(holder, "last_income") else {
        rows.missing(holder, "last_income")
        continue
      }
      year.regions.append(
        .init(
          code: holder, lastIncome: income,
          factors: Dictionary(factors.map { ($0.row.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
          overspend: rows.money(holder, "overspend") ?? .zero, reserve: rows.money(holder, "reserve") ?? .zero))
    }
    if year.regions.isEmpty, rows.found.isEmpty { rows.missing(rows.file, "region") }
    return FileReading(year, rows.found)
  }
}

/// Reads unlawful charges: `charge`, `case`, `cost`, `fund_paid`, `filed`, `paid`, `returned`, `returned_by`,
/// `by_disease`.
public enum ChargeFile {
  private static let columns = [
    CSVColumn("charge", "编号", isRequired: true), CSVColumn("case", "结算号", isRequired: true),
    CSVColumn("cost", "违规费用", isRequired: true), CSVColumn("fund_paid", "其中基金支付", isRequired: true),
    CSVColumn("filed", "立案日期", isRequired: true), CSVColumn("paid", "拨付日期"), CSVColumn("returned", "退回日期"),
    CSVColumn("returned_by", "退回方式"), CSVColumn("by_disease", "按病种收费"),
  ]

  /// Reads a table.
  public static func read(_ source: some TableSource) -> FileReading<[FiledCharge]> {
    let rows = InputRows(source)
    var (found, list, seen) = ([Diagnostic](), [FiledCharge](), Set<String>())
    source.forEachRecord(columns, diagnostics: &found) { record, found in
      let id = rows.text(record, 0, &found)
      let settlement = rows.text(record, 1, &found)
      let cost = rows.money(record, 2, &found)
      let fund = rows.money(record, 3, &found)
      let filed = rows.value(record, 4, &found, LocalizedText("日期，如 2026-03-01", "a date such as 2026-03-01")) {
        CellReader.date($0)
      }
      let dates = (rows.date(record, 5, &found), rows.date(record, 6, &found))
      var how: FundLoss.Return?
      if case .some(.some) = dates.1 {
        how = rows.value(
          record, 7, &found,
          LocalizedText(" by_institution、by_review 或 by_clearing", "by_institution, by_review or by_clearing")
        ) { FundLoss.Return(rawValue: $0) }
      }
      let byDisease = ["yes", "是"].contains(rows.cells.trimmed(record[8]))
      guard let id, let settlement, let cost, let fund, let filed, let paid = dates.0, let returned = dates.1 else {
        return
      }
      if !seen.insert(id).inserted { rows.repeated(id, record, &found) }
      let back = returned.flatMap { day in how.map { FundLoss.Facts.Dated(day, $0) } }
      list.append(
        FiledCharge(
          id: id, settlement: settlement, cost: cost, fundPaid: fund, filed: filed, paid: paid, returned: back,
          isChargedByDisease: byDisease))
    }
    if list.isEmpty, found.isEmpty {
      found.append(Diagnostic(.error, LocalizedText("文件里没有线索。", "the file holds no charge."), file: source.name))
    }
    return FileReading(list, found)
  }
}
