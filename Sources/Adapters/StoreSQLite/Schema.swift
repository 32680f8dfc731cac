import GRDB

/// The tables, as steps that each say in a sentence what they do.
enum Schema {
  /// Marks a file as ours ("YIBO").
  static let applicationID = 0x5949_424F

  /// Every step in order; a step that was released is never changed.
  static var steps: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("Keep persons, balances, institutions, the catalogue, visits and fee lines.") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: registers)
    }
    migrator.registerMigration("Keep settlements, their postings and messages, which are only ever added to.") { db in
      try db.execute(sql: records)
      for table in ["settlement", "posting", "message", "policy_source"] {
        for change in ["UPDATE", "DELETE"] {
          try db.execute(
            sql: """
              CREATE TRIGGER \(table)_no_\(change.lowercased()) BEFORE \(change) ON \(table)
              BEGIN SELECT RAISE(ABORT, '\(table) is only added to'); END
              """)
        }
      }
    }
    migrator.registerMigration("Keep what follows from settlements: accumulators and the head of the chain.") { db in
      try db.execute(sql: derived)
    }
    migrator.registerMigration("Keep what messages file beside money, in registers by kind.") { db in
      try db.execute(sql: filings)
    }
    PayingSchema.register(in: &migrator)
    migrator.registerMigration("Keep a settlement's postings in its row, which is one place to write instead of many.")
    {
      db in try db.execute(sql: postingsInRow)
    }
    return migrator
  }

  private static let registers = """
    CREATE TABLE person (
      number TEXT PRIMARY KEY NOT NULL,
      certificate_type TEXT NOT NULL,
      certificate TEXT NOT NULL,
      record TEXT NOT NULL,
      UNIQUE (certificate_type, certificate)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE balance (
      person TEXT PRIMARY KEY NOT NULL REFERENCES person,
      own INTEGER NOT NULL CHECK (own >= 0),
      family INTEGER NOT NULL CHECK (family >= 0)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE institution (code TEXT PRIMARY KEY NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE item (
      code TEXT NOT NULL, first TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (code, first)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE visit (
      ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, record TEXT NOT NULL
    ) STRICT;
    CREATE INDEX visit_person ON visit (person, ordinal);
    CREATE TABLE upload (
      visit INTEGER NOT NULL REFERENCES visit, ordinal INTEGER NOT NULL, lines TEXT NOT NULL,
      PRIMARY KEY (visit, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sign_in (number TEXT PRIMARY KEY NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE sequence (name TEXT PRIMARY KEY NOT NULL, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE closing (one INTEGER PRIMARY KEY CHECK (one = 1), year INTEGER NOT NULL) STRICT;
    """

  private static let records = """
    CREATE TABLE settlement (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      reverses TEXT REFERENCES settlement (id),
      visit TEXT NOT NULL,
      person TEXT NOT NULL,
      institution TEXT NOT NULL,
      scheme TEXT NOT NULL,
      year INTEGER NOT NULL,
      medfee INTEGER NOT NULL,
      fund INTEGER NOT NULL,
      account INTEGER NOT NULL,
      cash INTEGER NOT NULL,
      time TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      record TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX settlement_reverses ON settlement (reverses) WHERE reverses IS NOT NULL;
    CREATE INDEX settlement_visit ON settlement (visit);
    CREATE INDEX settlement_institution ON settlement (institution, time);
    CREATE TABLE posting (
      settlement INTEGER NOT NULL REFERENCES settlement,
      ordinal INTEGER NOT NULL,
      account TEXT NOT NULL,
      holder TEXT NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (settlement, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE policy_source (key TEXT PRIMARY KEY NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE message (
      id TEXT PRIMARY KEY NOT NULL, institution TEXT NOT NULL, infno TEXT NOT NULL, digest TEXT NOT NULL,
      result TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// Rows are only added to; the one change that ever fills a new column takes that lock off and puts it on again.
  private static let postingsInRow = """
    DROP TRIGGER settlement_no_update;
    ALTER TABLE settlement ADD COLUMN postings TEXT NOT NULL DEFAULT '[]';
    UPDATE settlement SET postings = (
      SELECT json_group_array(json_array(account, holder, amount)) FROM (
        SELECT * FROM posting WHERE posting.settlement = settlement.sequence ORDER BY ordinal));
    DROP TABLE posting;
    CREATE VIEW posting AS
      SELECT settlement.sequence AS settlement, line.key AS ordinal, json_extract(line.value, '$[0]') AS account,
        json_extract(line.value, '$[1]') AS holder, json_extract(line.value, '$[2]') AS amount
      FROM settlement, json_each(settlement.postings) AS line;
    CREATE TRIGGER settlement_no_update BEFORE UPDATE ON settlement
    BEGIN SELECT RAISE(ABORT, 'settlement is only added to'); END;
    """

  private static let filings = """
    CREATE TABLE filed (
      register TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, subject TEXT NOT NULL, time TEXT NOT NULL,
      record TEXT NOT NULL, PRIMARY KEY (register, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX filed_subject ON filed (register, subject, time, id);
    CREATE INDEX filed_owner ON filed (register, owner, time, id);
    """

  private static let derived = """
    CREATE TABLE accumulator (
      person TEXT NOT NULL, scheme TEXT NOT NULL, year INTEGER NOT NULL, record TEXT NOT NULL,
      PRIMARY KEY (person, scheme, year)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE chain (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
    INSERT INTO chain VALUES (1, 0, zeroblob(32));
    """
}
