import GRDB

/// The tables of the projection, as steps that each say in a sentence what they do.
enum MonitoringSchema {
  /// Marks a file as a projection of ours ("YIBM").
  static let applicationID = 0x5949_424D

  /// Every step in order; a step that was released is never changed.
  static var steps: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("Keep what lists show of settlements, and how far the chain was read.") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: settlements)
    }
    migrator.registerMigration("Keep what settlements come to by day, by month and by diagnosis.") { db in
      try db.execute(sql: cell("day_cell", "day INTEGER NOT NULL", key: "institution, day, scheme, care"))
      try db.execute(sql: cell("month_cell", "month INTEGER NOT NULL", key: "institution, month, scheme, care"))
      try db.execute(
        sql: cell(
          "diagnosis_cell", "month INTEGER NOT NULL, diagnosis INTEGER NOT NULL",
          key: "institution, diagnosis, month, scheme, care"))
    }
    migrator.registerMigration("Keep the last messages of the interface, and how many there were.") { db in
      try db.execute(sql: messages)
    }
    migrator.registerMigration("Keep what the checks of settlement lists found, list by list and summed up.") { db in
      try db.execute(sql: lists)
    }
    return migrator
  }

  /// Every table, what refers before what is referred to.
  static let tables = [
    "settlement", "chain_place", "person", "institution", "diagnosis", "day_cell", "month_cell", "diagnosis_cell",
    "message", "message_minute", "message_day", "checked_list", "list_rule", "list_cell", "rule_cell", "list_time",
  ]

  /// Amounts in the order of `MonitoredAmounts.fen`.
  static let amounts = [
    "total", "in_policy", "pooled", "large_sum", "catastrophic", "civil_servant", "enterprise", "assistance", "other",
    "account", "cash", "hospital",
  ]

  /// What cells hold.
  static let measures = ["settlements", "reversals", "stays", "stay_days"] + amounts

  /// Codes that repeat stand in tables of their own.
  ///
  /// Each index that leads a list holds, after what it is ordered by, all that the filter may ask for, so that counting
  /// reads no rows. `magnitude` is the amount charged without its sign; the names of persons are as of their last
  /// settlement, their certificates' ends back to front.
  private static let settlements = """
    CREATE TABLE chain_place (one INTEGER PRIMARY KEY CHECK (one = 1), place TEXT NOT NULL) STRICT;
    CREATE TABLE person (
      ordinal INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, name TEXT NOT NULL, ending TEXT NOT NULL
    ) STRICT;
    CREATE INDEX person_name ON person (name, number);
    CREATE INDEX person_ending ON person (ending, number);
    CREATE TABLE institution (ordinal INTEGER PRIMARY KEY CHECK (ordinal > 0), code TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE diagnosis (ordinal INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE settlement (
      ordinal INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      reverses TEXT,
      state INTEGER NOT NULL,
      visit TEXT NOT NULL,
      person INTEGER NOT NULL,
      institution INTEGER NOT NULL,
      scheme INTEGER NOT NULL,
      care INTEGER NOT NULL,
      medical_type TEXT NOT NULL,
      diagnosis INTEGER NOT NULL,
      admitted INTEGER NOT NULL,
      discharged INTEGER NOT NULL,
      time TEXT NOT NULL,
      day INTEGER NOT NULL,
      stay_days INTEGER NOT NULL,
      magnitude INTEGER NOT NULL,
      \(amounts.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", "))
    ) STRICT;
    CREATE INDEX settlement_time ON settlement (time, ordinal, institution, scheme, care, state, magnitude);
    CREATE INDEX settlement_institution ON settlement (institution, time, ordinal, scheme, care, state, magnitude);
    CREATE INDEX settlement_magnitude ON settlement (magnitude, ordinal, time, institution, scheme, care, state);
    CREATE INDEX settlement_person ON settlement (person, time);
    CREATE INDEX settlement_diagnosis ON settlement (diagnosis, time, ordinal, institution, scheme, care, state);
    CREATE INDEX settlement_visit ON settlement (visit);
    CREATE INDEX settlement_reversed ON settlement (time, ordinal, institution, scheme, care, magnitude)
      WHERE state = 1;
    CREATE INDEX settlement_reversal ON settlement (time, ordinal, institution, scheme, care, magnitude)
      WHERE state = 2;
    """

  /// Sums for one institution, or for all of them together (institution 0), so that the whole region is as quickly
  /// added up as one hospital; of diagnoses also for all schemes (0) or kinds of care (-1) together (institution -1).
  private static func cell(_ name: String, _ columns: String, key: String) -> String {
    """
    CREATE TABLE \(name) (
      institution INTEGER NOT NULL, \(columns), scheme INTEGER NOT NULL, care INTEGER NOT NULL,
      \(measures.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")),
      PRIMARY KEY (\(key))
    ) STRICT, WITHOUT ROWID;
    """
  }

  private static let messages = """
    CREATE TABLE message (
      ordinal INTEGER PRIMARY KEY, time TEXT NOT NULL, infno TEXT NOT NULL, institution TEXT NOT NULL,
      id TEXT NOT NULL, outcome INTEGER NOT NULL, microseconds INTEGER NOT NULL, bytes_in INTEGER NOT NULL,
      bytes_out INTEGER NOT NULL, input TEXT NOT NULL, error TEXT NOT NULL
    ) STRICT;
    CREATE INDEX message_time ON message (time, ordinal, infno, institution, outcome, microseconds);
    CREATE INDEX message_id ON message (id);
    CREATE TABLE message_minute (
      minute TEXT PRIMARY KEY NOT NULL, messages INTEGER NOT NULL, refused INTEGER NOT NULL,
      microseconds INTEGER NOT NULL, slowest INTEGER NOT NULL, distribution TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE message_day (
      day INTEGER NOT NULL, institution TEXT NOT NULL, infno TEXT NOT NULL, outcome INTEGER NOT NULL,
      messages INTEGER NOT NULL, microseconds INTEGER NOT NULL,
      PRIMARY KEY (day, institution, infno, outcome)
    ) STRICT, WITHOUT ROWID;
    """

  private static let lists = """
    CREATE TABLE checked_list (
      ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, institution TEXT NOT NULL, settlement TEXT NOT NULL,
      time TEXT NOT NULL, month INTEGER NOT NULL, is_void INTEGER NOT NULL, finding_count INTEGER NOT NULL,
      findings TEXT NOT NULL
    ) STRICT;
    CREATE INDEX checked_list_settlement ON checked_list (settlement);
    CREATE INDEX checked_list_worst ON checked_list (finding_count, ordinal, month, institution)
      WHERE finding_count > 0 AND is_void = 0;
    CREATE TABLE list_rule (
      rule INTEGER NOT NULL, list INTEGER NOT NULL, findings INTEGER NOT NULL, PRIMARY KEY (rule, list)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX list_rule_list ON list_rule (list);
    CREATE TABLE list_cell (
      month INTEGER NOT NULL, institution TEXT NOT NULL, lists INTEGER NOT NULL, wanting INTEGER NOT NULL,
      findings INTEGER NOT NULL, PRIMARY KEY (month, institution)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE rule_cell (
      month INTEGER NOT NULL, institution TEXT NOT NULL, rule INTEGER NOT NULL, lists INTEGER NOT NULL,
      findings INTEGER NOT NULL, PRIMARY KEY (month, institution, rule)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE list_time (institution TEXT PRIMARY KEY NOT NULL, time TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """
}
