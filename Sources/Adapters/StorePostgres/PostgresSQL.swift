#if PostgreSQL
  /// Every statement on the tables.
  enum PostgresSQL {
    typealias Statement = PostgresStatement

    static let beginWriting = Statement("begin_writing", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    static let beginReading = Statement("begin_reading", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    static let commit = Statement("commit", "COMMIT")
    static let rollback = Statement("rollback", "ROLLBACK")
    static let lock = Statement("lock", "SELECT pg_advisory_xact_lock($1)")
    static let lockShared = Statement("lock_shared", "SELECT pg_advisory_xact_lock_shared($1)")

    static let person = Statement("person", "SELECT record FROM person WHERE number = $1")
    static let certificate = Statement(
      "certificate", "SELECT record FROM person WHERE certificate_type = $1 AND certificate = $2")
    static let certificateOf = Statement(
      "certificate_of", "SELECT certificate_type, certificate FROM person WHERE number = $1")
    static let balance = Statement("balance", "SELECT own, family FROM balance WHERE person = $1")
    static let institution = Statement("institution", "SELECT record FROM institution WHERE code = $1")
    static let item = Statement(
      "item", "SELECT record FROM item WHERE code = $1 AND first <= $2 ORDER BY first DESC LIMIT 1")
    static let itemsAfter = Statement(
      "items_after", "SELECT record FROM item WHERE (code, first) > ($1, $2) ORDER BY code, first LIMIT $3::bigint")
    static let institutionsAfter = Statement(
      "institutions_after", "SELECT record FROM institution WHERE code > $1 ORDER BY code LIMIT $2::bigint")
    static let visit = Statement("visit", "SELECT record FROM visit WHERE id = $1")
    static let visitOwner = Statement("visit_owner", "SELECT person FROM visit WHERE id = $1")
    static let visitsOfPerson = Statement(
      "visits_of_person", "SELECT record FROM visit WHERE person = $1 ORDER BY ordinal")
    static let lines = Statement("lines", "SELECT record FROM line WHERE visit = $1 ORDER BY ordinal")
    static let accumulators = Statement(
      "accumulators", "SELECT record FROM accumulator WHERE person = $1 AND scheme = $2 AND year = $3")
    static let settlement = Statement("settlement", "SELECT record FROM settlement WHERE id = $1")
    static let reversal = Statement("reversal", "SELECT record FROM settlement WHERE reverses = $1")
    static let settlementsOfVisit = Statement(
      "settlements_of_visit", "SELECT record FROM settlement WHERE visit = $1 ORDER BY ordinal")
    static let settlementsOfInstitution = Statement(
      "settlements_of_institution",
      "SELECT record FROM settlement WHERE institution = $1 AND time BETWEEN $2 AND $3 ORDER BY ordinal")
    static let settlementsOfPerson = Statement(
      "settlements_of_person", "SELECT record FROM settlement WHERE person = $1 ORDER BY ordinal")
    /// This one looks at everybody on purpose.
    static let settledPersons = Statement(
      "settled_persons", "SELECT person FROM settlement UNION SELECT person FROM accumulator ORDER BY 1")
    /// Each strand from its own place on, all by turns, so that what is read of each is a beginning of its rest.
    static let chainAfter = Statement(
      "chain_after",
      """
      SELECT s.record, next.strand, next.sequence FROM (
        SELECT l.strand, l.sequence, l.settlement, l.sequence - p.place AS turn
        FROM unnest($1::bigint[]) WITH ORDINALITY AS p (place, ordinal)
        CROSS JOIN LATERAL (
          SELECT strand, sequence, settlement FROM link
          WHERE strand = p.ordinal - 1 AND sequence > p.place ORDER BY sequence LIMIT $2::bigint) AS l
        ORDER BY turn, strand LIMIT $2::bigint) AS next
      JOIN settlement s ON s.ordinal = next.settlement
      ORDER BY next.turn, next.strand
      """)
    static let message = Statement("message", "SELECT institution, infno, digest, result FROM message WHERE id = $1")
    static let signIn = Statement("sign_in", "SELECT record FROM sign_in WHERE number = $1")
    static let filed = Statement("filed", "SELECT record FROM filed WHERE register = $1 AND id = $2")
    static let filedPlace = Statement("filed_place", "SELECT owner, subject FROM filed WHERE register = $1 AND id = $2")
    static let filedAbout = Statement(
      "filed_about", "SELECT record FROM filed WHERE register = $1 AND subject = $2 ORDER BY time, id")
    static let filedOf = Statement(
      "filed_of",
      "SELECT record FROM filed WHERE register = $1 AND owner = $2 AND time BETWEEN $3 AND $4 ORDER BY time, id")
    static let closedYear = Statement("closed_year", "SELECT year FROM closing WHERE one")
    static let policySource = Statement("policy_source", "SELECT record FROM policy_source WHERE key = $1")
    static let policySources = Statement("policy_sources", "SELECT key, record FROM policy_source")
    static let heads = Statement("heads", "SELECT strand, sequence, hash FROM chain ORDER BY strand")
    static let lockHeads = Statement("lock_heads", "SELECT sequence FROM chain ORDER BY strand FOR UPDATE")
    static let links = Statement(
      "links",
      """
      SELECT l.sequence, s.id, s.reverses, s.visit, s.person, s.institution, s.scheme, s.year, s.medfee, s.fund,
        s.account, s.cash, s.time, s.record, l.hash
      FROM link l JOIN settlement s ON s.ordinal = l.settlement
      WHERE l.strand = $1 AND l.sequence > $2 AND l.sequence <= $3 ORDER BY l.sequence
      """)
    static let postings = Statement(
      "postings",
      """
      SELECT l.sequence, p.account, p.holder, p.amount FROM link l JOIN posting p ON p.settlement = l.settlement
      WHERE l.strand = $1 AND l.sequence > $2 AND l.sequence <= $3 ORDER BY l.sequence, p.ordinal
      """)
    static let strayPosting = Statement(
      "stray_posting",
      """
      SELECT max(settlement) FROM posting p WHERE NOT EXISTS (SELECT FROM settlement WHERE ordinal = p.settlement)
      """)
    static let straySettlements = Statement(
      "stray_settlements",
      "SELECT id FROM settlement s WHERE NOT EXISTS (SELECT FROM link WHERE settlement = s.ordinal) LIMIT 10")
    static let lonelyAccumulators = Statement(
      "lonely_accumulators",
      """
      SELECT person, scheme, year FROM accumulator a WHERE NOT EXISTS (
        SELECT FROM settlement s WHERE s.person = a.person AND s.scheme = a.scheme AND s.year = a.year)
      LIMIT 10
      """)

    static let takeNumbers = Statement(
      "take_numbers",
      """
      INSERT INTO sequence AS s VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET last = s.last + excluded.last
      RETURNING last
      """)
    static let putPerson = Statement(
      "put_person",
      """
      INSERT INTO person VALUES ($1, $2, $3, $4) ON CONFLICT (number) DO UPDATE SET
        certificate_type = excluded.certificate_type, certificate = excluded.certificate, record = excluded.record
      """)
    static let putBalance = Statement(
      "put_balance",
      """
      INSERT INTO balance VALUES ($1, $2, $3)
      ON CONFLICT (person) DO UPDATE SET own = excluded.own, family = excluded.family
      """)
    static let putInstitution = Statement(
      "put_institution",
      "INSERT INTO institution VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET record = excluded.record")
    static let putItem = Statement(
      "put_item",
      "INSERT INTO item VALUES ($1, $2, $3) ON CONFLICT (code, first) DO UPDATE SET record = excluded.record")
    static let addVisit = Statement("add_visit", "INSERT INTO visit (id, person, record) VALUES ($1, $2, $3)")
    static let changeVisit = Statement("change_visit", "UPDATE visit SET record = $2 WHERE id = $1")
    static let addLines = Statement(
      "add_lines",
      """
      INSERT INTO line SELECT $1, coalesce((SELECT max(ordinal) FROM line WHERE visit = $1), 0) + l.place, l.serial,
        l.record
      FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS l (serial, record, place)
      """)
    static let withdrawLines = Statement(
      "withdraw_lines", "DELETE FROM line WHERE visit = $1 AND serial = ANY ($2::text[])")
    static let addSources = Statement(
      "add_sources",
      "INSERT INTO policy_source SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (key) DO NOTHING")
    static let addSettlement = Statement(
      "add_settlement",
      """
      WITH record AS (
        INSERT INTO settlement
          (id, reverses, visit, person, institution, scheme, year, medfee, fund, account, cash, time, record)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING ordinal
      )
      INSERT INTO posting SELECT record.ordinal, l.place, l.account, l.holder, l.amount
      FROM record, unnest($14::text[], $15::text[], $16::bigint[]) WITH ORDINALITY AS l (account, holder, amount, place)
      """)
    /// Moves a strand's head to a record; the head's row is locked from here to the end of the commit.
    static let addLink = Statement(
      "add_link",
      """
      WITH head AS (
        UPDATE chain SET sequence = sequence + 1, hash = sha256(hash || int8send(sequence + 1) || $2::bytea)
        WHERE strand = $3 RETURNING strand, sequence, hash
      )
      INSERT INTO link SELECT head.strand, head.sequence, s.ordinal, head.hash FROM head, settlement s WHERE s.id = $1
      """)
    static let putAccumulators = Statement(
      "put_accumulators",
      """
      INSERT INTO accumulator VALUES ($1, $2, $3, $4)
      ON CONFLICT (person, scheme, year) DO UPDATE SET record = excluded.record
      """)
    static let addMessage = Statement("add_message", "INSERT INTO message VALUES ($1, $2, $3, $4, $5)")
    static let putSignIn = Statement(
      "put_sign_in",
      "INSERT INTO sign_in VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET record = excluded.record")
    static let putFiled = Statement(
      "put_filed",
      """
      INSERT INTO filed VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (register, id) DO UPDATE SET
        owner = excluded.owner, subject = excluded.subject, time = excluded.time, record = excluded.record
      """)
    static let close = Statement(
      "close",
      """
      INSERT INTO closing AS c VALUES (true, $1) ON CONFLICT (one) DO UPDATE SET year = greatest(c.year, excluded.year)
      """)

    /// What has to be found by key or index, whatever the volume.
    static let lookups = [
      person, certificate, certificateOf, balance, institution, item, itemsAfter, institutionsAfter, visit, visitOwner,
      visitsOfPerson, lines, accumulators, settlement, reversal, settlementsOfVisit, settlementsOfInstitution,
      settlementsOfPerson, chainAfter, message, signIn, filed, filedPlace, filedAbout, filedOf, closedYear,
      policySource, heads, lockHeads, links, postings, changeVisit, withdrawLines,
    ]
  }
#endif
