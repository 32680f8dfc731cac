import GRDB
public import Kernel
public import Workflows

extension SQLiteMonitoringStore {
  /// Appends messages and forgets the oldest beyond the limit.
  public func append(_ messages: [LoggedMessage]) async throws(StoreError) {
    let options = options
    try await write("append messages") { db in try MessageRow.append(messages, options, db) }
  }

  /// One page of messages, latest first.
  public func messages(_ filter: MessageFilter, page: PageRequest) async throws(StoreError) -> Page<LoggedMessage> {
    try await read("list messages") { db in
      let (source, values) = Self.source(filter)
      let total = try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM \(source)"), arguments: StatementArguments(values))
      let (start, overflow) = (page.number - 1).multipliedReportingOverflow(by: page.size)
      let ordinals =
        overflow
        ? []
        : try Int64.fetchAll(
          db.cachedStatement(
            sql: "SELECT ordinal FROM \(source) ORDER BY time DESC, ordinal DESC LIMIT \(page.size) OFFSET \(start)"),
          arguments: StatementArguments(values))
      let statement = try db.cachedStatement(sql: MessageRow.selection)
      let rows = try ordinals.compactMap { try Row.fetchOne(statement, arguments: [$0]).map(MessageRow.read) }
      return Page(rows: rows, request: page, total: total ?? 0)
    }
  }

  private static func source(_ filter: MessageFilter) -> (sql: String, values: [any DatabaseValueConvertible]) {
    var (conditions, values): ([String], [any DatabaseValueConvertible]) = ([], [])
    func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      values.append(value)
    }
    let span = MonitoringSpan(from: filter.from, to: filter.to)
    require("time >= ?", span.from)
    require("time <= ?", span.to)
    require("infno = ?", filter.transaction)
    require("institution = ?", filter.institution)
    require("outcome = ?", filter.outcome)
    require("microseconds > ?", filter.slowerThan)
    require("id = ?", filter.message)
    require("ordinal = ?", filter.ordinal)
    if let isRefused = filter.isRefused { conditions.append(isRefused ? "outcome <> 0" : "outcome = 0") }
    // An ordinal is the row's own number, found without an index.
    let index =
      filter.ordinal != nil ? "" : " INDEXED BY \(filter.message == nil ? "message_time" : "message_id")"
    return (
      "message\(index)" + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")),
      values
    )
  }

  /// The rates of minutes up to one.
  public func messageRates(minutes: Int, until minute: String) async throws(StoreError) -> [MessageRate] {
    guard let wanted = MinuteText.last(minutes, until: minute) else {
      throw StoreError(.refused, operation: "read rates", detail: "a minute is of the form yyyy-MM-dd HH:mm")
    }
    return try await read("read rates") { db in try wanted.map { try MessageRow.rate($0, db) } }
  }

  /// What the messages of days come to.
  public func messageTotals(from first: CalendarDate, to last: CalendarDate, by dimensions: Set<MessageDimension>)
    async throws(StoreError) -> [MessageTotal]
  {
    let order = MessageDimension.allCases.filter(dimensions.contains)
    let keys = order.map { $0 == .transaction ? "infno" : $0.rawValue }
    let list = keys.isEmpty ? "" : keys.joined(separator: ", ") + ", "
    let grouping =
      keys.isEmpty ? "" : " GROUP BY \(keys.joined(separator: ", ")) ORDER BY \(keys.joined(separator: ", "))"
    let sql = """
      SELECT \(list)coalesce(sum(messages), 0), coalesce(sum(iif(outcome <> 0, messages, 0)), 0),
        coalesce(sum(microseconds), 0)
      FROM message_day WHERE day BETWEEN ? AND ?\(grouping)
      """
    return try await read("add messages up") { db in
      let span: StatementArguments = [MonitoringCodes.number(first), MonitoringCodes.number(last)]
      return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: span).map { row in
        var total = MessageTotal()
        for (place, dimension) in order.enumerated() {
          switch dimension {
          case .day: total.day = try MonitoringCodes.day(row[place])
          case .institution: total.institution = row[place]
          case .transaction: total.transaction = row[place]
          case .outcome: total.outcome = row[place]
          }
        }
        let sums = order.count
        (total.count, total.refusedCount, total.microseconds) = (row[sums], row[sums + 1], row[sums + 2])
        return total
      }
    }
  }
}

/// Minutes of the form `yyyy-MM-dd HH:mm`.
enum MinuteText {
  /// So many minutes up to one, that one last; `nil` when it is no minute.
  static func last(_ count: Int, until minute: String) -> [String]? {
    let parts = minute.dropFirst(11).split(separator: ":").map { Int($0) }
    guard minute.utf8.count == 16, var day = CalendarDate(minute.prefix(10)), day.year > 1_950, parts.count == 2,
      var hour = parts[0], var place = parts[1], (0..<24).contains(hour), (0..<60).contains(place)
    else { return nil }
    var minutes: [String] = []
    for _ in 0..<min(max(count, 0), 100_000) {
      minutes.append("\(day) \(two(hour)):\(two(place))")
      place -= 1
      if place < 0 { (hour, place) = (hour - 1, 59) }
      if hour < 0 { (day, hour) = (day.adding(days: -1), 23) }
    }
    return minutes.reversed()
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
