import GRDB
import Kernel
import Workflows

/// Settlements as rows.
enum MonitoredRow {
  private static let columns =
    [
      "id", "reverses", "state", "visit", "person", "institution", "scheme", "care", "medical_type", "diagnosis",
      "admitted", "discharged", "time", "day", "stay_days", "magnitude",
    ] + MonitoringSchema.amounts

  private static let insertion = """
    INSERT INTO settlement (\(columns.joined(separator: ", ")))
    VALUES (\(Array(repeating: "?", count: columns.count).joined(separator: ", "))) ON CONFLICT (id) DO NOTHING
    """

  private static let selection = """
    SELECT s.ordinal, s.id, s.reverses, s.state, s.visit, p.number, p.name, p.ending, i.code, s.scheme, s.care,
      s.medical_type, d.code, s.admitted, s.discharged, s.time,
      \(MonitoringSchema.amounts.map { "s.\($0)" }.joined(separator: ", "))
    FROM settlement s JOIN person p ON p.ordinal = s.person JOIN institution i ON i.ordinal = s.institution
      JOIN diagnosis d ON d.ordinal = s.diagnosis
    WHERE s.ordinal = ?
    """

  /// Adds settlements that are not there yet, with all that follows from them.
  static func append(_ settlements: [MonitoredSettlement], upTo place: String, _ db: Database) throws {
    var (numbers, cells) = (MonitoringNumbers(db), MonitoringCells())
    for settlement in settlements {
      let (institution, diagnosis) = (
        try numbers.number(of: settlement.institution, in: "institution"),
        try numbers.number(of: settlement.diagnosis, in: "diagnosis")
      )
      let person = try numbers.number(
        of: MonitoredPerson(
          number: settlement.person, name: settlement.name, certificateEnding: settlement.certificateEnding))
      guard try insert(settlement, person, institution, diagnosis, db) else { continue }
      cells.add(settlement, institution: institution, diagnosis: diagnosis)
      if let original = settlement.reverses { try markReversed(original, db) }
    }
    try cells.write(db)
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO chain_place VALUES (1, ?)").execute(arguments: [place])
  }

  /// - Returns: whether the settlement was not there yet.
  private static func insert(
    _ settlement: MonitoredSettlement, _ person: Int64, _ institution: Int64, _ diagnosis: Int64, _ db: Database
  ) throws -> Bool {
    let state: MonitoredState = settlement.isReversal ? .reversal : .standing
    let sign: Int64 = settlement.isReversal ? -1 : 1
    let values: [(any DatabaseValueConvertible)?] = [
      settlement.id, settlement.reverses, Int64(state.rawValue), settlement.visit, person, institution,
      MonitoringCodes.number(settlement.scheme), MonitoringCodes.number(settlement.care), settlement.medicalType,
      diagnosis, MonitoringCodes.number(settlement.admitted), MonitoringCodes.number(settlement.discharged),
      settlement.time, MonitoringCodes.number(settlement.day), sign * Int64(settlement.stayDays),
      abs(settlement.amounts.total.fen),
    ]
    let statement = try db.cachedStatement(sql: insertion)
    try statement.execute(arguments: StatementArguments(values + settlement.amounts.fen))
    return db.changesCount == 1
  }

  /// The settlement is reversed, and its list counts no longer.
  private static func markReversed(_ settlement: String, _ db: Database) throws {
    try db.cachedStatement(sql: "UPDATE settlement SET state = 1 WHERE id = ?").execute(arguments: [settlement])
    try CheckedListRow.markVoid(settlement, db)
  }

  static func read(_ ordinal: Int64, _ db: Database) throws -> MonitoredSettlement {
    let found = try Row.fetchOne(db.cachedStatement(sql: selection), arguments: [ordinal])
    let row = try MonitoringCodes.found(found)
    var column = 15
    func next() -> Int64 {
      column += 1
      return row[column]
    }
    var settlement = MonitoredSettlement(
      id: row[1], reverses: row[2], visit: row[4], person: row[5], name: row[6],
      certificateEnding: String((row[7] as String).reversed()), institution: row[8],
      scheme: try MonitoringCodes.scheme(row[9]), care: try MonitoringCodes.care(row[10]), medicalType: row[11],
      diagnosis: row[12], admitted: try MonitoringCodes.day(row[13]), discharged: try MonitoringCodes.day(row[14]),
      time: row[15], amounts: MonitoredAmounts(fen: next))
    settlement.ordinal = row[0]
    settlement.state = try MonitoringCodes.state(row[3])
    return settlement
  }
}
