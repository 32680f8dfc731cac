#if PostgreSQL
  /// The tables, as steps that each say in a sentence what they do.
  enum PostgresSchema {
    struct Step {
      let sentence: String
      let sql: String
    }

    /// Where the steps that were taken are written down.
    static let stepTable = """
      CREATE TABLE step (
        ordinal bigint PRIMARY KEY, sentence text NOT NULL UNIQUE, taken timestamptz NOT NULL DEFAULT now()
      )
      """

    /// Every step in order; a step that was released is never changed.
    static let steps = [
      Step(
        sentence: "Keep persons, balances, institutions, the catalogue, visits and fee lines.", sql: registers),
      Step(
        sentence:
          "Keep settlements, their postings and places in the chain, and messages, which are only ever added to.",
        sql: records + onlyAddedTo),
      Step(
        sentence: "Keep what follows from settlements: accumulators and the heads of the chain.", sql: derived),
      Step(sentence: "Keep what messages file beside money, in registers by kind.", sql: filings),
      Step(
        sentence: "Compress long records with LZ4 where the server has it, because others wait meanwhile.",
        sql: compression),
      Step(
        sentence: "Keep cases as payment sees them, in the order in which a year is read.",
        sql: PostgresPayingSQL.cases),
      Step(
        sentence: "Keep published runs, which are only added to and corrected once each.",
        sql: PostgresPayingSQL.runs),
    ]

    /// Keys compare by their bytes (collation C), so that order is the same in every store; records are text, because
    /// they come back byte by byte as they were written.
    private static let registers = """
      CREATE TABLE person (
        number text COLLATE "C" PRIMARY KEY,
        certificate_type text COLLATE "C" NOT NULL,
        certificate text COLLATE "C" NOT NULL,
        record text COLLATE "C" NOT NULL,
        UNIQUE (certificate_type, certificate)
      );
      CREATE TABLE balance (
        person text COLLATE "C" PRIMARY KEY REFERENCES person,
        own bigint NOT NULL CHECK (own >= 0),
        family bigint NOT NULL CHECK (family >= 0)
      ) WITH (fillfactor = 80);
      CREATE TABLE institution (code text COLLATE "C" PRIMARY KEY, record text COLLATE "C" NOT NULL);
      CREATE TABLE item (
        code text COLLATE "C" NOT NULL, first text COLLATE "C" NOT NULL CHECK (first ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
        record text COLLATE "C" NOT NULL, PRIMARY KEY (code, first)
      );
      CREATE TABLE visit (
        id text COLLATE "C" PRIMARY KEY, ordinal bigint NOT NULL UNIQUE GENERATED ALWAYS AS IDENTITY,
        person text COLLATE "C" NOT NULL, record text COLLATE "C" NOT NULL
      ) WITH (fillfactor = 80);
      CREATE INDEX visit_person ON visit (person, ordinal);
      CREATE TABLE line (
        visit text COLLATE "C" NOT NULL REFERENCES visit, ordinal bigint NOT NULL CHECK (ordinal > 0),
        serial text COLLATE "C" NOT NULL, record text COLLATE "C" NOT NULL,
        PRIMARY KEY (visit, ordinal), UNIQUE (visit, serial)
      );
      CREATE TABLE sign_in (number text COLLATE "C" PRIMARY KEY, record text COLLATE "C" NOT NULL);
      CREATE TABLE sequence (name text COLLATE "C" PRIMARY KEY, last bigint NOT NULL CHECK (last > 0));
      CREATE TABLE closing (one boolean PRIMARY KEY CHECK (one), year bigint NOT NULL);
      """

    /// A record's place in the chain stands in a row of its own, so that all else is written before the chain's head is
    /// locked.
    private static let records = """
      CREATE TABLE settlement (
        ordinal bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        id text COLLATE "C" NOT NULL UNIQUE,
        reverses text COLLATE "C" UNIQUE REFERENCES settlement (id),
        visit text COLLATE "C" NOT NULL,
        person text COLLATE "C" NOT NULL,
        institution text COLLATE "C" NOT NULL,
        scheme text COLLATE "C" NOT NULL,
        year bigint NOT NULL,
        medfee bigint NOT NULL,
        fund bigint NOT NULL,
        account bigint NOT NULL,
        cash bigint NOT NULL,
        time text COLLATE "C" NOT NULL,
        record text COLLATE "C" NOT NULL
      );
      CREATE INDEX settlement_visit ON settlement (visit, ordinal);
      CREATE INDEX settlement_person ON settlement (person, ordinal);
      CREATE INDEX settlement_institution ON settlement (institution, time);
      CREATE TABLE posting (
        settlement bigint NOT NULL REFERENCES settlement,
        ordinal bigint NOT NULL CHECK (ordinal > 0),
        account text COLLATE "C" NOT NULL,
        holder text COLLATE "C" NOT NULL,
        amount bigint NOT NULL,
        PRIMARY KEY (settlement, ordinal)
      );
      CREATE TABLE link (
        strand bigint NOT NULL,
        sequence bigint NOT NULL CHECK (sequence > 0),
        settlement bigint NOT NULL UNIQUE REFERENCES settlement,
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (strand, sequence)
      );
      CREATE TABLE policy_source (key text COLLATE "C" PRIMARY KEY, record text COLLATE "C" NOT NULL);
      CREATE TABLE message (
        id text COLLATE "C" PRIMARY KEY, institution text COLLATE "C" NOT NULL, infno text COLLATE "C" NOT NULL,
        digest text COLLATE "C" NOT NULL, result text COLLATE "C" NOT NULL
      );

      """

    private static let onlyAddedTo = """
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
      END $$;

      """
      + ["settlement", "posting", "link", "message", "policy_source"].map { table in
        """
        CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

        """
      }.joined()

    private static let derived = """
      CREATE TABLE accumulator (
        person text COLLATE "C" NOT NULL, scheme text COLLATE "C" NOT NULL, year bigint NOT NULL,
        record text COLLATE "C" NOT NULL, PRIMARY KEY (person, scheme, year)
      ) WITH (fillfactor = 80);
      CREATE TABLE chain (
        strand bigint PRIMARY KEY, sequence bigint NOT NULL CHECK (sequence >= 0),
        hash bytea NOT NULL CHECK (octet_length(hash) = 32)
      ) WITH (fillfactor = 10);
      INSERT INTO chain SELECT n, 0, decode(repeat('00', 24), 'hex') || int8send(n)
      FROM generate_series(0, \(PostgresStrand.count - 1)) n;
      """

    private static let filings = """
      CREATE TABLE filed (
        register text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, owner text COLLATE "C" NOT NULL,
        subject text COLLATE "C" NOT NULL, time text COLLATE "C" NOT NULL, record text COLLATE "C" NOT NULL,
        PRIMARY KEY (register, id)
      );
      CREATE INDEX filed_subject ON filed (register, subject, time, id);
      CREATE INDEX filed_owner ON filed (register, owner, time, id);
      """

    private static let compression = """
      DO $$
      BEGIN
        IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
          ALTER TABLE settlement ALTER record SET COMPRESSION lz4;
          ALTER TABLE person ALTER record SET COMPRESSION lz4;
          ALTER TABLE accumulator ALTER record SET COMPRESSION lz4;
        END IF;
      END $$;
      """
  }
#endif
