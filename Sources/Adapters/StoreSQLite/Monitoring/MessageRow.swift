import GRDB
import Kernel
import Workflows

/// Messages as rows, and how many there were by minute and day.
enum MessageRow {
  private static let columns = [
    "time", "infno", "institution", "id", "outcome", "microseconds", "bytes_in", "bytes_out", "input", "error",
  ]

  private struct DayKey: Hashable {
    let day: Int64
    let institution: String
    let infno: String
    let outcome: Int
  }

  /// Adds messages, counts them, and forgets what is too old or too much.
  static func append(_ messages: [LoggedMessage], _ options: SQLiteMonitoringStore.Options, _ db: Database) throws {
    var (minutes, days): ([String: MessageRate], [DayKey: (Int, Int64)]) = ([:], [:])
    var known: [String: Bool] = [:]
    let insertion = try db.cachedStatement(
      sql: """
        INSERT INTO message (\(columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for message in messages {
      guard message.time.utf8.count == 19, let day = CalendarDate(message.time.prefix(10)) else {
        throw StoreError(.refused, operation: "append messages", detail: "a message's time is no time")
      }
      try insertion.execute(arguments: [
        message.time, message.transaction, message.institution, message.message, message.outcome, message.microseconds,
        message.bytesIn, message.bytesOut, message.input, message.error,
      ])
      let minute = String(message.time.prefix(16))
      minutes[minute, default: MessageRate(minute: minute)]
        .add(refused: message.isRefused, microseconds: message.microseconds)
      let isKnown = try known[message.institution] ?? isInstitution(message.institution, db)
      known[message.institution] = isKnown
      let key = DayKey(
        day: MonitoringCodes.number(day), institution: isKnown ? message.institution : "",
        infno: isTransaction(message.transaction) ? message.transaction : "", outcome: message.outcome)
      let sum = days[key] ?? (0, 0)
      days[key] = (sum.0 + 1, sum.1 + message.microseconds)
    }
    try count(minutes, db)
    try count(days, db)
    try forget(options, db)
  }

  /// Whoever writes a message may name whatever they like; only what is known is counted by name.
  private static func isInstitution(_ code: String, _ db: Database) throws -> Bool {
    try MonitoringNumbers.find("institution", "code", code, db) != nil
  }

  private static func isTransaction(_ number: String) -> Bool {
    number.utf8.count == 4 && number.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func count(_ minutes: [String: MessageRate], _ db: Database) throws {
    for (minute, added) in minutes {
      let rate = try rate(minute, db).adding(added)
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO message_minute VALUES (?, ?, ?, ?, ?, ?)").execute(
        arguments: [
          minute, rate.count, rate.refusedCount, rate.microseconds, rate.slowest,
          rate.distribution.map(String.init).joined(separator: " "),
        ])
    }
  }

  private static func count(_ days: [DayKey: (Int, Int64)], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO message_day VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (day, institution, infno, outcome) DO UPDATE SET
          messages = messages + excluded.messages, microseconds = microseconds + excluded.microseconds
        """)
    for (key, (count, microseconds)) in days {
      try statement.execute(arguments: [key.day, key.institution, key.infno, key.outcome, count, microseconds])
    }
  }

  private static func forget(_ options: SQLiteMonitoringStore.Options, _ db: Database) throws {
    try db.cachedStatement(
      sql: "DELETE FROM message WHERE ordinal <= (SELECT max(ordinal) FROM message) - ?"
    ).execute(arguments: [max(options.messageLimit, 1)])
    guard let newest = try String.fetchOne(db, sql: "SELECT max(minute) FROM message_minute"),
      let day = CalendarDate(newest.prefix(10)), day.year > 1_950
    else { return }
    try db.cachedStatement(sql: "DELETE FROM message_minute WHERE minute < ?")
      .execute(arguments: [day.adding(days: -options.minuteDays).description])
    try db.cachedStatement(sql: "DELETE FROM message_day WHERE day < ?")
      .execute(arguments: [MonitoringCodes.number(day.adding(days: -options.dayDays))])
  }

  /// What is counted of a minute.
  static func rate(_ minute: String, _ db: Database) throws -> MessageRate {
    var rate = MessageRate(minute: minute)
    let statement = try db.cachedStatement(
      sql: "SELECT messages, refused, microseconds, slowest, distribution FROM message_minute WHERE minute = ?")
    guard let row = try Row.fetchOne(statement, arguments: [minute]) else { return rate }
    (rate.count, rate.refusedCount, rate.microseconds, rate.slowest) = (row[0], row[1], row[2], row[3])
    let numbers = (row[4] as String).split(separator: " ").map { Int($0) ?? 0 }
    guard numbers.count == rate.distribution.count else {
      throw StoreError(.damaged, operation: "read rates", detail: "a minute has another number of classes")
    }
    rate.distribution = numbers
    return rate
  }

  static func read(_ row: Row) -> LoggedMessage {
    var message = LoggedMessage(
      time: row[1], transaction: row[2], institution: row[3], message: row[4], outcome: row[5], microseconds: row[6],
      bytesIn: row[7], bytesOut: row[8], input: row[9], error: row[10])
    message.ordinal = row[0]
    return message
  }

  static let selection = "SELECT ordinal, \(columns.joined(separator: ", ")) FROM message WHERE ordinal = ?"
}

extension MessageRate {
  /// The rate with another one of the same minute.
  fileprivate func adding(_ other: MessageRate) -> MessageRate {
    var sum = self
    sum.count += other.count
    sum.refusedCount += other.refusedCount
    sum.microseconds += other.microseconds
    sum.slowest = max(slowest, other.slowest)
    sum.distribution = zip(distribution, other.distribution).map { $0 + $1 }
    return sum
  }
}
