import Claims
import GRDB
import Kernel
public import Workflows

extension SQLiteMonitoringStore {
  /// Up to which time lists were read.
  public func listTimes() async throws(StoreError) -> [String: String] {
    try await read("read times of lists") { db in
      try Row.fetchAll(db, sql: "SELECT institution, time FROM list_time")
        .reduce(into: [:]) { $0[$1[0]] = $1[1] as String }
    }
  }

  /// Adds or replaces checked lists.
  public func append(_ lists: [CheckedList], readUpTo times: [String: String]) async throws(StoreError) {
    try await write("append lists") { db in try CheckedListRow.append(lists, times, db) }
  }

  /// How many lists were checked and found wanting.
  public func quality(_ filter: QualityFilter, by dimensions: Set<QualityDimension>) async throws(StoreError)
    -> [QualityTotal]
  {
    let order = QualityDimension.allCases.filter(dimensions.contains)
    let keys = order.map { "c.\($0.rawValue)" }
    let list = keys.isEmpty ? "" : keys.joined(separator: ", ") + ", "
    let (conditions, values) = Self.conditions(filter, on: "c.")
    // Lists that break one rule stand beside all lists that were checked.
    let broken =
      filter.rule.map { rule in
        (
          "coalesce(sum(r.lists), 0), coalesce(sum(r.findings), 0)",
          """
          LEFT JOIN rule_cell r ON r.month = c.month AND r.institution = c.institution AND r.rule = \(rule.rawValue)
          """
        )
      } ?? ("coalesce(sum(c.wanting), 0), coalesce(sum(c.findings), 0)", "")
    let grouping =
      keys.isEmpty ? "" : "GROUP BY \(keys.joined(separator: ", ")) ORDER BY \(keys.joined(separator: ", "))"
    let sql = """
      SELECT \(list)coalesce(sum(c.lists), 0), \(broken.0) FROM list_cell c \(broken.1)
      WHERE \((["c.lists > 0"] + conditions).joined(separator: " AND ")) \(grouping)
      """
    return try await read("add checks up") { db in
      try Row.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(values)).map { row in
        var total = QualityTotal()
        for (place, dimension) in order.enumerated() {
          switch dimension {
          case .month: total.month = try MonitoringCodes.month(row[place])
          case .institution: total.institution = row[place]
          }
        }
        let sums = order.count
        (total.listCount, total.listsWithFindings, total.findingCount) = (row[sums], row[sums + 1], row[sums + 2])
        return total
      }
    }
  }

  /// How often each rule was broken.
  public func brokenRules(_ filter: QualityFilter) async throws(StoreError) -> [RuleTotal] {
    var (conditions, values) = Self.conditions(filter, on: "")
    if let rule = filter.rule { conditions.append("rule = \(rule.rawValue)") }
    conditions.append("lists > 0")
    let sql = """
      SELECT rule, sum(findings), sum(lists) FROM rule_cell WHERE \(conditions.joined(separator: " AND "))
      GROUP BY rule ORDER BY 2 DESC, 1
      """
    return try await read("add rules up") { [values] db in
      try Row.fetchAll(db.cachedStatement(sql: sql), arguments: StatementArguments(values)).map { row in
        let rule = UInt16(exactly: row[0] as Int64).flatMap(SettlementListRule.init(rawValue:))
        return RuleTotal(rule: try MonitoringCodes.found(rule), findingCount: row[1], listCount: row[2])
      }
    }
  }

  /// One page of the lists with findings, those with most first.
  public func worstLists(_ filter: QualityFilter, page: PageRequest) async throws(StoreError) -> Page<CheckedList> {
    var (conditions, values) = Self.conditions(filter, on: "")
    conditions += ["finding_count > 0", "is_void = 0"]
    if let rule = filter.rule {
      conditions.append("ordinal IN (SELECT list FROM list_rule WHERE rule = \(rule.rawValue))")
    }
    let source = "checked_list INDEXED BY checked_list_worst WHERE \(conditions.joined(separator: " AND "))"
    return try await read("list checks") { [values] db in
      let arguments = StatementArguments(values)
      let total = try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM \(source)"), arguments: arguments)
      let (start, overflow) = (page.number - 1).multipliedReportingOverflow(by: page.size)
      if overflow { return Page(rows: [], request: page, total: total ?? 0) }
      let ordinals = try Int64.fetchAll(
        db.cachedStatement(
          sql:
            "SELECT ordinal FROM \(source) ORDER BY finding_count DESC, ordinal DESC LIMIT \(page.size) OFFSET \(start)"
        ), arguments: arguments)
      let statement = try db.cachedStatement(sql: "\(CheckedListRow.selection) WHERE ordinal = ?")
      let rows = try ordinals.compactMap { try Row.fetchOne(statement, arguments: [$0]).map(CheckedListRow.read) }
      return Page(rows: rows, request: page, total: total ?? 0)
    }
  }

  private static func conditions(_ filter: QualityFilter, on table: String) -> (
    [String], [any DatabaseValueConvertible & Sendable]
  ) {
    var (conditions, values): ([String], [any DatabaseValueConvertible & Sendable]) = ([], [])
    if let months = filter.months {
      conditions.append("\(table)month BETWEEN ? AND ?")
      values += [MonitoringCodes.number(months.lowerBound), MonitoringCodes.number(months.upperBound)]
    }
    if let institution = filter.institution {
      conditions.append("\(table)institution = ?")
      values.append(institution)
    }
    return (conditions, values)
  }
}
