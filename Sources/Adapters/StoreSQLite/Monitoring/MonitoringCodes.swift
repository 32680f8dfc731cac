import Claims
import GRDB
import Kernel
import People
import Workflows

/// How values of the domain stand in the projection's columns.
enum MonitoringCodes {
  /// A day as `yyyymmdd`.
  static func number(_ day: CalendarDate) -> Int64 { Int64(day.year * 10_000 + day.month * 100 + day.day) }

  /// A month as `yyyymm`.
  static func number(_ month: YearMonth) -> Int64 { Int64(month.year * 100 + month.month) }

  /// A scheme by the interface's code.
  static func number(_ scheme: InsuranceScheme) -> Int64 { Int64(scheme.insutype) ?? 0 }

  static func number(_ care: CareCategory) -> Int64 { Int64(care.rawValue) }

  static func day(_ number: Int64) throws -> CalendarDate {
    try found(CalendarDate(year: Int(number / 10_000), month: Int(number / 100 % 100), day: Int(number % 100)))
  }

  static func month(_ number: Int64) throws -> YearMonth {
    try found(YearMonth(year: Int(number / 100), month: Int(number % 100)))
  }

  static func scheme(_ number: Int64) throws -> InsuranceScheme {
    try found(InsuranceScheme.allCases.first { self.number($0) == number })
  }

  static func care(_ number: Int64) throws -> CareCategory {
    try found(UInt8(exactly: number).flatMap(CareCategory.init(rawValue:)))
  }

  static func state(_ number: Int64) throws -> MonitoredState {
    try found(UInt8(exactly: number).flatMap(MonitoredState.init(rawValue:)))
  }

  static func found<Value>(_ value: Value?) throws -> Value {
    guard let value else {
      throw StoreError(.damaged, operation: "read projection", detail: "a stored code means nothing")
    }
    return value
  }
}

/// What is known by a number in the projection: persons, institutions, diagnoses.
struct MonitoringNumbers {
  private let db: Database
  // For one transaction: what it adds is gone when it is given up.
  private var known: [String: [String: Int64]] = [:]
  private var persons: [String: MonitoredPerson] = [:]

  init(_ db: Database) { self.db = db }

  /// The number of a code that the projection knows; `nil` when it does not.
  static func find(_ table: String, _ column: String, _ code: String, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT ordinal FROM \(table) WHERE \(column) = ?"), arguments: [code])
  }

  /// The number of an institution's or diagnosis' code, a new one for a new code.
  mutating func number(of code: String, in table: String) throws -> Int64 {
    if let number = known[table]?[code] { return number }
    let number: Int64
    if let stored = try Self.find(table, "code", code, db) {
      number = stored
    } else {
      try db.cachedStatement(sql: "INSERT INTO \(table) (code) VALUES (?)").execute(arguments: [code])
      number = db.lastInsertedRowID
    }
    known[table, default: [:]][code] = number
    return number
  }

  /// The number of a person, whose name and certificate are brought up to date.
  mutating func number(of person: MonitoredPerson) throws -> Int64 {
    let ending = String(person.certificateEnding.reversed())
    guard let number = try known["person"]?[person.number] ?? Self.find("person", "number", person.number, db) else {
      try db.cachedStatement(sql: "INSERT INTO person (number, name, ending) VALUES (?, ?, ?)")
        .execute(arguments: [person.number, person.name, ending])
      return note(person, db.lastInsertedRowID)
    }
    // A person who is not enrolled any more keeps the name that was known.
    if persons[person.number] != person, !person.name.isEmpty {
      try db.cachedStatement(
        sql: "UPDATE person SET name = ?2, ending = ?3 WHERE ordinal = ?1 AND (name <> ?2 OR ending <> ?3)"
      ).execute(arguments: [number, person.name, ending])
    }
    return note(person, number)
  }

  private mutating func note(_ person: MonitoredPerson, _ number: Int64) -> Int64 {
    known["person", default: [:]][person.number] = number
    persons[person.number] = person
    return number
  }
}
