#if PostgreSQL
  /// The statements and tables of paying.
  enum PostgresPayingSQL {
    typealias Statement = PostgresStatement

    /// The year stands by itself, so that a month and a year are one stretch of an index that is in the order of
    /// identifiers.
    static let cases = """
      CREATE TABLE payment_case (
        region text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        scheme text COLLATE "C" NOT NULL,
        year bigint NOT NULL,
        month bigint NOT NULL,
        institution text COLLATE "C" NOT NULL,
        level bigint NOT NULL,
        cost bigint NOT NULL,
        fund_share bigint NOT NULL,
        group_code text COLLATE "C" NOT NULL,
        stay_days bigint NOT NULL,
        age_years bigint NOT NULL,
        discharge_kind bigint NOT NULL,
        department text COLLATE "C" NOT NULL,
        physician text COLLATE "C" NOT NULL,
        traditional_chinese bigint NOT NULL,
        marks text COLLATE "C" NOT NULL,
        PRIMARY KEY (region, id)
      );
      CREATE INDEX payment_case_year ON payment_case (region, scheme, year, id);
      """

    static let runs = """
      CREATE TABLE payment_run (
        ordinal bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        identity text COLLATE "C" NOT NULL UNIQUE,
        kind text COLLATE "C" NOT NULL,
        region text COLLATE "C" NOT NULL,
        scheme text COLLATE "C" NOT NULL,
        period text COLLATE "C" NOT NULL,
        corrects text COLLATE "C" UNIQUE REFERENCES payment_run (identity),
        time text COLLATE "C" NOT NULL,
        publisher text COLLATE "C" NOT NULL,
        hash bytea NOT NULL CHECK (octet_length(hash) = 32),
        record text COLLATE "C" NOT NULL
      );
      CREATE UNIQUE INDEX payment_run_first ON payment_run (kind, region, scheme, period) WHERE corrects IS NULL;
      CREATE INDEX payment_run_region ON payment_run (region, ordinal);
      CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_run
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      """

    static let putCases = Statement(
      "put_cases",
      """
      INSERT INTO payment_case
      SELECT $1, c.* FROM unnest(
        $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
        $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[], $16::bigint[],
        $17::text[]) c
      ON CONFLICT (region, id) DO UPDATE SET
        scheme = excluded.scheme, year = excluded.year, month = excluded.month, institution = excluded.institution,
        level = excluded.level, cost = excluded.cost, fund_share = excluded.fund_share,
        group_code = excluded.group_code, stay_days = excluded.stay_days, age_years = excluded.age_years,
        discharge_kind = excluded.discharge_kind, department = excluded.department, physician = excluded.physician,
        traditional_chinese = excluded.traditional_chinese, marks = excluded.marks
      """)
    static let withdrawCases = Statement(
      "withdraw_cases", "DELETE FROM payment_case WHERE region = $1 AND id = ANY ($2::text[])")
    /// One page behind an identifier; months of a year are a range, institutions one or all.
    static let casesAfter = Statement(
      "cases_after",
      """
      SELECT id, institution, level, month, cost, fund_share, group_code, stay_days, age_years, discharge_kind,
        department, physician, traditional_chinese, marks
      FROM payment_case
      WHERE region = $1 AND scheme = $2 AND year = $3 AND month BETWEEN $4 AND $5
        AND ($6::text IS NULL OR institution = $6) AND id > $7
      ORDER BY id LIMIT $8::bigint
      """)
    static let caseOfId = Statement(
      "case_of_id",
      """
      SELECT id, institution, level, month, cost, fund_share, group_code, stay_days, age_years, discharge_kind,
        department, physician, traditional_chinese, marks, scheme, year
      FROM payment_case WHERE region = $1 AND id = $2
      """)
    static let addRun = Statement(
      "add_run",
      """
      INSERT INTO payment_run (identity, kind, region, scheme, period, corrects, time, publisher, hash, record)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """)
    private static let run = """
      SELECT identity, kind, region, scheme, period, corrects, time, publisher, hash, record FROM payment_run
      """
    static let runOfIdentity = Statement("run_of_identity", "\(run) WHERE identity = $1")
    private static let selected = """
      \(run) WHERE region = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR scheme = $3)
        AND ($4::text IS NULL OR period = $4)
      """
    static let selectedRuns = Statement("selected_runs", "\(selected) ORDER BY ordinal")
    static let latestRun = Statement("latest_run", "\(selected) ORDER BY ordinal DESC LIMIT 1")
    static let everyRun = Statement("every_run", "\(run) ORDER BY ordinal")
  }
#endif
