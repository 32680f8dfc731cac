import GRDB

/// The tables of paying, beside those of settling in the same file.
enum PayingSchema {
  /// Adds what paying needs.
  static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("Keep cases as payment sees them, in the order in which months are read.") { db in
      try db.execute(sql: cases)
    }
    migrator.registerMigration("Keep published runs, which are only added to and corrected once each.") { db in
      try db.execute(sql: runs)
      for change in ["UPDATE", "DELETE"] {
        try db.execute(
          sql: """
            CREATE TRIGGER payment_run_no_\(change.lowercased()) BEFORE \(change) ON payment_run
            BEGIN SELECT RAISE(ABORT, 'payment_run is only added to'); END
            """)
      }
    }
  }

  /// A month is one run of the key; a year is twelve, merged by identifier.
  private static let cases = """
    CREATE TABLE payment_case (
      region TEXT NOT NULL,
      scheme TEXT NOT NULL,
      month INTEGER NOT NULL,
      id TEXT NOT NULL,
      institution TEXT NOT NULL,
      level INTEGER NOT NULL,
      cost INTEGER NOT NULL,
      fund_share INTEGER NOT NULL,
      group_code TEXT NOT NULL,
      stay_days INTEGER NOT NULL,
      age_years INTEGER NOT NULL,
      discharge_kind INTEGER NOT NULL,
      department TEXT NOT NULL,
      physician TEXT NOT NULL,
      traditional_chinese INTEGER NOT NULL,
      marks TEXT NOT NULL,
      PRIMARY KEY (region, scheme, month, id)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX payment_case_id ON payment_case (region, id);
    """

  private static let runs = """
    CREATE TABLE payment_run (
      sequence INTEGER PRIMARY KEY,
      identity TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      region TEXT NOT NULL,
      scheme TEXT NOT NULL,
      period TEXT NOT NULL,
      corrects TEXT UNIQUE REFERENCES payment_run (identity),
      time TEXT NOT NULL,
      publisher TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      record TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX payment_run_first ON payment_run (kind, region, scheme, period) WHERE corrects IS NULL;
    CREATE INDEX payment_run_region ON payment_run (region, sequence);
    """
}

/// The statements of paying.
enum PayingSQL {
  static let putCase: StaticString = """
    INSERT OR REPLACE INTO payment_case (
      region, scheme, month, id, institution, level, cost, fund_share, group_code, stay_days, age_years,
      discharge_kind, department, physician, traditional_chinese, marks)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let withdrawCase: StaticString = "DELETE FROM payment_case WHERE region = ? AND id = ?"
  static let cases = """
    SELECT id, institution, level, cost, fund_share, group_code, stay_days, age_years, discharge_kind, department,
      physician, traditional_chinese, marks
    FROM payment_case WHERE region = ? AND scheme = ? AND month = ? ORDER BY id
    """
  static let casesOfInstitution = """
    SELECT id, institution, level, cost, fund_share, group_code, stay_days, age_years, discharge_kind, department,
      physician, traditional_chinese, marks
    FROM payment_case WHERE region = ? AND scheme = ? AND month = ? AND institution = ? ORDER BY id
    """
  static let caseOfId = """
    SELECT id, institution, level, cost, fund_share, group_code, stay_days, age_years, discharge_kind, department,
      physician, traditional_chinese, marks, scheme, month
    FROM payment_case WHERE region = ? AND id = ?
    """
  static let addRun: StaticString = """
    INSERT INTO payment_run (identity, kind, region, scheme, period, corrects, time, publisher, hash, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  private static let run = """
    SELECT identity, kind, region, scheme, period, corrects, time, publisher, hash, record, sequence FROM payment_run
    """
  static let runOfIdentity = "\(run) WHERE identity = ?"
  static let runs = """
    \(run) WHERE region = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR scheme = ?3)
      AND (?4 IS NULL OR period = ?4)
    ORDER BY sequence
    """
  static let latestRun = "\(runs) DESC LIMIT 1"
  /// Looks at everything on purpose.
  static let everyRun = "\(run) ORDER BY sequence"

  /// What has to find its rows by key or index.
  static let lookups = [cases, casesOfInstitution, caseOfId, runOfIdentity, runs, latestRun, withdrawCase.description]
}
