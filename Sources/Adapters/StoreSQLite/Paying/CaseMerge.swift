import GRDB
import GRDBSQLite
import Kernel
import Payment
import People
import Workflows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cases of a selection, ascending by identifier: every month is read along the key, and the months are merged.
///
/// Identifiers mostly grow with time, so one month is ahead of the others for long stretches and merging costs one
/// comparison a case.
struct CaseMerge {
  /// Months with cases left, the one whose case comes next at the end.
  private var months: [CaseCursor] = []

  init(_ selection: CaseSelection, _ db: Database) throws(StoreError) {
    months = try StoreFailure.translate("read cases") {
      var open: [CaseCursor] = []
      for month in selection.period.months {
        let cursor = try CaseCursor(selection, month, db)
        if try cursor.advance() { open.append(cursor) }
      }
      return open.sorted { $1.precedes($0) }
    }
  }

  /// Hands out everything in blocks.
  consuming func forEachBlock(
    of size: Int, _ body: ([PaymentCase]) throws(StoreError) -> Void
  ) throws(StoreError) {
    var block: [PaymentCase] = []
    block.reserveCapacity(size)
    while let first = months.last {
      try StoreFailure.translate("read cases") {
        block.append(try first.read())
        if try first.advance() { sink() } else { months.removeLast() }
      }
      if block.count == size {
        try body(block)
        block.removeAll(keepingCapacity: true)
      }
    }
    if !block.isEmpty { try body(block) }
  }

  /// Moves the last month to where its next case belongs.
  private mutating func sink() {
    var place = months.count - 1
    while place > 0, months[place - 1].precedes(months[place]) {
      months.swapAt(place - 1, place)
      place -= 1
    }
  }
}

/// The cases of one month through SQLite's own interface, in order.
///
/// Wrapping every value for GRDB would cost several times what reading it does.
final class CaseCursor {
  private let connection: OpaquePointer
  private let statement: OpaquePointer
  private let scheme: InsuranceScheme
  private let month: YearMonth
  /// The identifier of the case at hand; SQLite keeps the bytes until the next one.
  private var head = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  init(_ selection: CaseSelection, _ month: YearMonth, _ db: Database) throws {
    guard let connection = db.sqliteConnection else {
      throw StoreError(.unavailable, operation: "read cases", detail: "the connection is closed")
    }
    let sql = selection.institution == nil ? PayingSQL.cases : PayingSQL.casesOfInstitution
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(connection, sql, -1, 0, &statement, nil) == SQLITE_OK, let statement else {
      throw StoreStatement.error(connection)
    }
    (self.connection, self.statement, scheme, self.month) = (connection, statement, selection.scheme, month)
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    sqlite3_bind_text(statement, 1, selection.region, -1, copied)
    sqlite3_bind_text(statement, 2, selection.scheme.rawValue, -1, copied)
    sqlite3_bind_int64(statement, 3, Int64(month.ordinal))
    if let institution = selection.institution { sqlite3_bind_text(statement, 4, institution, -1, copied) }
  }

  deinit { sqlite3_finalize(statement) }

  /// Goes to the next case; `false` when there is none.
  func advance() throws -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW:
      head = text(0)
      return true
    case SQLITE_DONE: return false
    default: throw StoreStatement.error(connection)
    }
  }

  /// Whether the case at hand comes before another month's.
  func precedes(_ other: CaseCursor) -> Bool {
    let (mine, theirs) = (head, other.head)
    guard let left = mine.baseAddress, let right = theirs.baseAddress else { return mine.count < theirs.count }
    let order = memcmp(left, right, min(mine.count, theirs.count))
    return order < 0 || (order == 0 && mine.count < theirs.count)
  }

  /// The case at hand.
  func read() throws -> PaymentCase {
    let id = String(decoding: head, as: UTF8.self)
    guard let level = UInt8(exactly: number(2)).flatMap(InstitutionLevel.init(rawValue:)),
      let marks = marks(text(12))
    else {
      throw StoreError(.damaged, operation: "read cases", detail: "case \(id) has an unknown level or mark")
    }
    return PaymentCase(
      id: id, institution: string(1), level: level, scheme: scheme, month: month, cost: Money(fen: number(3)),
      fundShare: Money(fen: number(4)), group: string(5), stayDays: Int(number(6)), ageYears: Int(number(7)),
      dischargeKind: Int(number(8)), department: string(9), physician: string(10),
      traditionalChinese: Money(fen: number(11)), marks: marks)
  }

  private func number(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  private func string(_ column: Int32) -> String { String(decoding: text(column), as: UTF8.self) }

  private func text(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    // The text first: asking for its length may change its form.
    let start = sqlite3_column_text(statement, column)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  private func marks(_ text: UnsafeBufferPointer<UInt8>) -> Set<PaymentMark>? {
    text.isEmpty ? [] : PaymentMark.read(String(decoding: text, as: UTF8.self))
  }
}
