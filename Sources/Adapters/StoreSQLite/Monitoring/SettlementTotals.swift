import Claims
import GRDB
import Kernel
import People
import Workflows

/// What settlements come to: from cells as far as the filter allows, from rows for the rest of the time or altogether.
struct SettlementTotals {
  private let selection: SettlementSelection
  private let db: Database

  init(_ selection: SettlementSelection, _ db: Database) { (self.selection, self.db) = (selection, db) }

  private static let cellSums = MonitoringSchema.measures.map { "sum(\($0))" }.joined(separator: ", ")
  private static let rowSums =
    (["sum(state <> 2)", "sum(state = 2)", "sum(sign(stay_days))", "sum(stay_days)"]
    + MonitoringSchema.amounts.map { "sum(\($0))" }).joined(separator: ", ")

  private var span: MonitoringSpan { MonitoringSpan(from: selection.filter.from, to: selection.filter.to) }

  // MARK: Totals

  /// Lines by dimensions, ascending.
  func lines(by dimensions: Set<MonitoringDimension>) throws -> [MonitoringTotal] {
    let order = MonitoringDimension.allCases.filter(dimensions.contains)
    var sums: [[Int64]: MonitoringMeasures] = [:]
    if dimensions.isEmpty { sums[[]] = MonitoringMeasures() }
    if selection.isEmpty {
    } else if selection.isSummed {
      for part in span.parts(tellsDays: dimensions.contains(.day)) { try add(part, order, to: &sums) }
    } else {
      try addRows(selection, order, by: rowIndex(), to: &sums)
    }
    let codes = dimensions.contains(.institution) ? try institutions() : [:]
    return try sums.map { key, measures in
      MonitoringTotal(group: try group(order, key, codes), measures: measures)
    }.sorted { $0.group < $1.group }
  }

  /// How many match, without looking at rows where cells know.
  func count() throws -> Int {
    if selection.isEmpty { return 0 }
    guard selection.isCounted else { return try countRows(selection) }
    // What stands is what is left: few are reversed, and they have an index of their own.
    if selection.filter.state == .standing {
      return try count(in: nil) - count(in: .reversal) - count(in: .reversed)
    }
    var sums: [[Int64]: MonitoringMeasures] = [:]
    for part in span.parts() { try add(part, [], to: &sums) }
    let measures = sums[[]] ?? MonitoringMeasures()
    switch selection.filter.state {
    case nil: return measures.settlementCount + measures.reversalCount
    case .reversal: return measures.reversalCount
    case .reversed, .standing: preconditionFailure("cells do not tell what was reversed since")
    }
  }

  /// How many match in another state.
  private func count(in state: MonitoredState?) throws -> Int {
    var filter = selection.filter
    filter.state = state
    return try SettlementTotals(SettlementSelection(filter, db), db).count()
  }

  private func countRows(_ selection: SettlementSelection) throws -> Int {
    let sql = "SELECT count(*) FROM " + selection.source(by: selection.index)
    return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: StatementArguments(selection.values)) ?? 0
  }

  private func add(
    _ part: MonitoringSpan.Part, _ order: [MonitoringDimension], to sums: inout [[Int64]: MonitoringMeasures]
  ) throws {
    switch part {
    case .months(let first, let last): try addCells("month", first, last, order, to: &sums)
    case .days(let first, let last): try addCells("day", first, last, order, to: &sums)
    case .times(let from, let to):
      let narrowed = try selection.between(from, to, db)
      try addRows(narrowed, order, by: narrowed.index, to: &sums)
    }
  }

  private func addCells(
    _ period: String, _ first: Int64, _ last: Int64, _ order: [MonitoringDimension],
    to sums: inout [[Int64]: MonitoringMeasures]
  ) throws {
    let keys = order.map { dimension in
      switch dimension {
      case .month: period == "month" ? "month" : "day / 100"
      case .day: "day"
      case .institution: "institution"
      case .scheme: "scheme"
      case .care: "care"
      }
    }
    var (conditions, values): ([String], [Int64]) = ([], [])
    if let institution = selection.institution {
      conditions.append("institution = \(institution)")
    } else if order.contains(.institution) {
      // One after the other, so that each one's days are found by key.
      conditions.append("institution IN (SELECT ordinal FROM institution)")
    } else {
      conditions.append("institution = 0")
    }
    conditions.append("\(period) BETWEEN ? AND ?")
    values += [first, last]
    let (more, moreValues) = dimensions()
    let sql = """
      SELECT \((keys + [Self.cellSums]).joined(separator: ", ")) FROM \(period)_cell
      WHERE \((conditions + more).joined(separator: " AND "))
      \(Self.grouping(keys.count))
      """
    try add(sql, StatementArguments(values + moreValues), keys.count, to: &sums)
  }

  /// Conditions on scheme and care, as cells have them.
  private func dimensions() -> ([String], [Int64]) {
    var (conditions, values): ([String], [Int64]) = ([], [])
    if let scheme = selection.filter.scheme {
      conditions.append("scheme = ?")
      values.append(MonitoringCodes.number(scheme))
    }
    if let care = selection.filter.care {
      conditions.append("care = ?")
      values.append(MonitoringCodes.number(care))
    }
    return (conditions, values)
  }

  /// The index by which rows are added up: one that jumps about in the table pays only where it finds few.
  private func rowIndex() throws -> String? {
    guard selection.index == "settlement_magnitude", try countRows(selection) > 20_000 else { return selection.index }
    return span.from == nil && span.to == nil ? SettlementSelection.noIndex : "settlement_time"
  }

  private func addRows(
    _ selection: SettlementSelection, _ order: [MonitoringDimension], by index: String?,
    to sums: inout [[Int64]: MonitoringMeasures]
  ) throws {
    let keys = order.map { $0 == .month ? "day / 100" : $0.rawValue }
    let sql = """
      SELECT \((keys + [Self.rowSums]).joined(separator: ", ")) FROM \(selection.source(by: index))
      \(Self.grouping(keys.count))
      """
    try add(sql, StatementArguments(selection.values), keys.count, to: &sums)
  }

  private static func grouping(_ count: Int) -> String {
    count == 0 ? "" : "GROUP BY " + (1...count).map(String.init).joined(separator: ", ")
  }

  private func add(
    _ sql: String, _ arguments: StatementArguments, _ keyCount: Int, to sums: inout [[Int64]: MonitoringMeasures]
  ) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
    while let row = try rows.next() {
      // Without a group there is one row, also of nothing.
      if row.hasNull(atIndex: keyCount) { continue }
      let key = (0..<keyCount).map { row[$0] as Int64 }
      sums[key] = (sums[key] ?? MonitoringMeasures()) + MonitoringMeasures(row, from: keyCount)
    }
  }

  private func institutions() throws -> [Int64: String] {
    try Row.fetchAll(db.cachedStatement(sql: "SELECT ordinal, code FROM institution"))
      .reduce(into: [:]) { $0[$1[0]] = $1[1] as String }
  }

  private func group(_ order: [MonitoringDimension], _ key: [Int64], _ codes: [Int64: String]) throws
    -> MonitoringGroup
  {
    var group = MonitoringGroup()
    for (dimension, number) in zip(order, key) {
      switch dimension {
      case .month: group.month = try MonitoringCodes.month(number)
      case .day: group.day = try MonitoringCodes.day(number)
      case .institution: group.institution = try MonitoringCodes.found(codes[number])
      case .scheme: group.scheme = try MonitoringCodes.scheme(number)
      case .care: group.care = try MonitoringCodes.care(number)
      }
    }
    return group
  }

  // MARK: Diagnoses

  /// The diagnoses that come to most.
  func diagnoses(by rank: MonitoringRank, limit: Int) throws -> [DiagnosisTotal] {
    if selection.isEmpty { return [] }
    var sums: [[Int64]: MonitoringMeasures] = [:]
    if selection.isSummed {
      for part in span.parts(grain: .month) {
        switch part {
        case .months(let first, let last): try addDiagnoses(first, last, to: &sums)
        case .days: preconditionFailure("days are cut into times where no cells of days are")
        case .times(let from, let to): try addDiagnoses(try selection.between(from, to, db), to: &sums)
        }
      }
    } else {
      try addDiagnoses(selection, to: &sums)
    }
    func worth(_ measures: MonitoringMeasures) -> Int64 {
      switch rank {
      case .count: Int64(measures.netCount)
      case .total: measures.amounts.total.fen
      case .fund: measures.amounts.fund.fen
      }
    }
    let first = sums.sorted { (worth($1.value), $0.key[0]) < (worth($0.value), $1.key[0]) }.prefix(max(limit, 0))
    return try first.map { key, measures in
      let code = try String.fetchOne(
        db.cachedStatement(sql: "SELECT code FROM diagnosis WHERE ordinal = ?"), arguments: [key[0]])
      return DiagnosisTotal(diagnosis: try MonitoringCodes.found(code), measures: measures)
    }
  }

  private func addDiagnoses(_ first: Int64, _ last: Int64, to sums: inout [[Int64]: MonitoringMeasures]) throws {
    var (conditions, values) = dimensions()
    var institution = selection.institution ?? 0
    if institution == 0, conditions.count < 2 {
      institution = MonitoringCells.region
      conditions = ["scheme = ?", "care = ?"]
      values = [
        selection.filter.scheme.map(MonitoringCodes.number) ?? MonitoringCells.anyScheme,
        selection.filter.care.map(MonitoringCodes.number) ?? MonitoringCells.anyCare,
      ]
    }
    let sql = """
      SELECT diagnosis, \(Self.cellSums) FROM diagnosis_cell
      WHERE \((["institution = ?", "month BETWEEN ? AND ?"] + conditions).joined(separator: " AND ")) GROUP BY 1
      """
    try add(sql, StatementArguments([institution, first, last] + values), 1, to: &sums)
  }

  private func addDiagnoses(_ selection: SettlementSelection, to sums: inout [[Int64]: MonitoringMeasures]) throws {
    let sql = "SELECT diagnosis, \(Self.rowSums) FROM \(selection.source(by: selection.index)) GROUP BY 1"
    try add(sql, StatementArguments(selection.values), 1, to: &sums)
  }
}

extension MonitoringGroup {
  /// By month, day, institution, scheme, kind of care.
  fileprivate static func < (left: MonitoringGroup, right: MonitoringGroup) -> Bool {
    left.order.lexicographicallyPrecedes(right.order)
  }

  private var order: [String] {
    [
      month?.description ?? "", day?.description ?? "", institution ?? "", scheme.map { $0.insutype } ?? "",
      care.map { String(UnicodeScalar(UInt8(ascii: "a") + $0.rawValue)) } ?? "",
    ]
  }
}
