import GRDB
import Kernel
import Workflows

/// What the settlements of one append come to, cell by cell, so that each cell is written once.
struct MonitoringCells {
  private struct Key: Hashable {
    /// 0 for all institutions together.
    var institution: Int64
    var period: Int64
    var diagnosis: Int64 = 0
    var scheme: Int64
    var care: Int64
  }

  /// The institution of cells that tell schemes or kinds of care not apart, and what stands for all of those.
  static let region: Int64 = -1
  static let anyScheme: Int64 = 0
  static let anyCare: Int64 = -1

  private var days: [Key: MonitoringMeasures] = [:]
  private var months: [Key: MonitoringMeasures] = [:]
  private var diagnoses: [Key: MonitoringMeasures] = [:]

  /// Counts a settlement among the diagnoses of the whole region.
  private mutating func add(_ settlement: MonitoredSettlement, toRegionOf key: Key) {
    for (scheme, care) in [(Self.anyScheme, Self.anyCare), (key.scheme, Self.anyCare), (Self.anyScheme, key.care)] {
      var wider = key
      (wider.institution, wider.scheme, wider.care) = (Self.region, scheme, care)
      diagnoses[wider, default: MonitoringMeasures()].add(settlement)
    }
  }

  /// Counts a settlement in every cell that it belongs to.
  mutating func add(_ settlement: MonitoredSettlement, institution: Int64, diagnosis: Int64) {
    let (day, month) = (MonitoringCodes.number(settlement.day), MonitoringCodes.number(settlement.month))
    for institution in [0, institution] {
      var key = Key(
        institution: institution, period: day, scheme: MonitoringCodes.number(settlement.scheme),
        care: MonitoringCodes.number(settlement.care))
      days[key, default: MonitoringMeasures()].add(settlement)
      key.period = month
      months[key, default: MonitoringMeasures()].add(settlement)
      key.diagnosis = diagnosis
      diagnoses[key, default: MonitoringMeasures()].add(settlement)
      if institution == 0 { add(settlement, toRegionOf: key) }
    }
  }

  /// Adds everything to what is stored.
  func write(_ db: Database) throws {
    try write(days, "day_cell", ["institution", "day", "scheme", "care"], db) {
      [$0.institution, $0.period, $0.scheme, $0.care]
    }
    try write(months, "month_cell", ["institution", "month", "scheme", "care"], db) {
      [$0.institution, $0.period, $0.scheme, $0.care]
    }
    try write(diagnoses, "diagnosis_cell", ["institution", "month", "diagnosis", "scheme", "care"], db) {
      [$0.institution, $0.period, $0.diagnosis, $0.scheme, $0.care]
    }
  }

  private func write(
    _ cells: [Key: MonitoringMeasures], _ table: String, _ key: [String], _ db: Database, _ values: (Key) -> [Int64]
  ) throws {
    let columns = key + MonitoringSchema.measures
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO \(table) (\(columns.joined(separator: ", ")))
        VALUES (\(Array(repeating: "?", count: columns.count).joined(separator: ", ")))
        ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET
          \(MonitoringSchema.measures.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", "))
        """)
    for (place, measures) in cells {
      try statement.execute(arguments: StatementArguments(values(place) + measures.columns))
    }
  }
}

extension MonitoringMeasures {
  /// The columns of a cell.
  var columns: [Int64] {
    [Int64(settlementCount), Int64(reversalCount), Int64(stayCount), Int64(stayDays)] + amounts.fen
  }

  /// Reads the columns of a cell from one on.
  init(_ row: Row, from first: Int) {
    self.init()
    var column = first
    func next() -> Int64 {
      defer { column += 1 }
      return row[column]
    }
    settlementCount = Int(next())
    reversalCount = Int(next())
    stayCount = Int(next())
    stayDays = Int(next())
    amounts = MonitoredAmounts(fen: next)
  }
}
