/// Every statement on the tables.
enum SQL {
  static let person: StaticString = "SELECT record FROM person WHERE number = ?"
  static let certificate: StaticString = "SELECT record FROM person WHERE certificate_type = ? AND certificate = ?"
  static let balance: StaticString = "SELECT own, family FROM balance WHERE person = ?"
  static let institution: StaticString = "SELECT record FROM institution WHERE code = ?"
  static let item: StaticString = "SELECT record FROM item WHERE code = ? AND first <= ? ORDER BY first DESC LIMIT 1"
  /// Both walk a key in order from a place on.
  static let itemsAfter = "SELECT record FROM item WHERE (code, first) > (?, ?) ORDER BY code, first LIMIT ?"
  static let institutionsAfter = "SELECT record FROM institution WHERE code > ? ORDER BY code LIMIT ?"
  static let visit: StaticString = "SELECT record FROM visit WHERE id = ?"
  static let visitPlace: StaticString = "SELECT ordinal, person FROM visit WHERE id = ?"
  static let visitsOfPerson = "SELECT record FROM visit WHERE person = ? ORDER BY ordinal"
  static let lines: StaticString = """
    SELECT lines FROM upload WHERE visit = (SELECT ordinal FROM visit WHERE id = ?) ORDER BY ordinal
    """
  static let uploads: StaticString = "SELECT ordinal, lines FROM upload WHERE visit = ? ORDER BY ordinal"
  static let accumulators: StaticString = "SELECT record FROM accumulator WHERE person = ? AND scheme = ? AND year = ?"
  static let settlement: StaticString = "SELECT record FROM settlement WHERE id = ?"
  static let reversal: StaticString = "SELECT record FROM settlement WHERE reverses = ?"
  static let settlementsOfVisit = "SELECT record FROM settlement WHERE visit = ? ORDER BY sequence"
  static let settlementsOfInstitution = """
    SELECT record FROM settlement WHERE sequence IN (
      SELECT sequence FROM settlement WHERE institution = ? AND time BETWEEN ? AND ?)
    ORDER BY sequence
    """
  /// By way of the visits: an index of settlements by person would be one more place for every settlement to write to.
  static let settlementsOfPerson = """
    SELECT record FROM settlement WHERE sequence IN (
      SELECT settled.sequence FROM visit JOIN settlement AS settled ON settled.visit = visit.id WHERE visit.person = ?)
    ORDER BY sequence
    """
  static let chainAfter = "SELECT sequence, record FROM settlement WHERE sequence > ? ORDER BY sequence LIMIT ?"
  /// Looks at everybody on purpose.
  static let settledPersons = """
    SELECT person FROM visit WHERE EXISTS (SELECT 1 FROM settlement WHERE settlement.visit = visit.id)
    UNION SELECT person FROM accumulator ORDER BY 1
    """
  static let message: StaticString = "SELECT institution, infno, digest, result FROM message WHERE id = ?"
  static let signIn: StaticString = "SELECT record FROM sign_in WHERE number = ?"
  static let filed: StaticString = "SELECT record FROM filed WHERE register = ? AND id = ?"
  static let filedPlace: StaticString = "SELECT owner, subject FROM filed WHERE register = ? AND id = ?"
  static let filedAbout = "SELECT record FROM filed WHERE register = ? AND subject = ? ORDER BY time, id"
  static let filedOf = """
    SELECT record FROM filed WHERE register = ? AND owner = ? AND time BETWEEN ? AND ? ORDER BY time, id
    """
  static let closedYear: StaticString = "SELECT year FROM closing WHERE one = 1"
  static let policySource = "SELECT record FROM policy_source WHERE key = ?"
  static let policySources = "SELECT key, record FROM policy_source"
  static let head: StaticString = "SELECT sequence, hash FROM chain WHERE one = 1"
  static let link = """
    SELECT sequence, id, reverses, visit, person, institution, scheme, year, medfee, fund, account, cash, time, record,
      postings, hash
    FROM settlement WHERE sequence > ? AND sequence <= ? ORDER BY sequence
    """

  static let saveSequence: StaticString = """
    INSERT INTO sequence VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)
    """
  static let putPerson: StaticString = """
    INSERT INTO person VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET
      certificate_type = excluded.certificate_type, certificate = excluded.certificate, record = excluded.record
    """
  static let putBalance: StaticString = """
    INSERT INTO balance VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET own = excluded.own, family = excluded.family
    """
  static let putInstitution: StaticString = """
    INSERT INTO institution VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET record = excluded.record
    """
  static let putItem: StaticString = """
    INSERT INTO item VALUES (?, ?, ?) ON CONFLICT (code, first) DO UPDATE SET record = excluded.record
    """
  static let addVisit: StaticString = "INSERT INTO visit VALUES (?, ?, ?, ?)"
  static let changeVisit: StaticString = "UPDATE visit SET record = ? WHERE ordinal = ?"
  static let addUpload: StaticString = "INSERT INTO upload VALUES (?, ?, ?)"
  static let changeUpload: StaticString = "UPDATE upload SET lines = ? WHERE visit = ? AND ordinal = ?"
  static let removeUpload: StaticString = "DELETE FROM upload WHERE visit = ? AND ordinal = ?"
  static let addSettlement: StaticString = """
    INSERT INTO settlement (
      sequence, id, reverses, visit, person, institution, scheme, year, medfee, fund, account, cash, time, hash, record,
      postings)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let addSource: StaticString = "INSERT INTO policy_source VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
  static let putAccumulators: StaticString = """
    INSERT INTO accumulator VALUES (?, ?, ?, ?)
    ON CONFLICT (person, scheme, year) DO UPDATE SET record = excluded.record
    """
  static let moveHead: StaticString = "UPDATE chain SET sequence = ?, hash = ? WHERE one = 1"
  static let addMessage: StaticString = "INSERT INTO message VALUES (?, ?, ?, ?, ?)"
  static let putSignIn: StaticString = """
    INSERT INTO sign_in VALUES (?, ?)
    ON CONFLICT (number) DO UPDATE SET record = excluded.record
    """
  static let putFiled: StaticString = """
    INSERT INTO filed VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (register, id) DO UPDATE SET
      owner = excluded.owner, subject = excluded.subject, time = excluded.time, record = excluded.record
    """
  static let close: StaticString = """
    INSERT INTO closing VALUES (1, ?)
    ON CONFLICT (one) DO UPDATE SET year = max(year, excluded.year)
    """

  /// What has to be found by key or index, whatever the volume.
  static let lookups = prepared.map(\.description) + others

  private static let prepared: [StaticString] = [
    person, certificate, balance, institution, item, visit, visitPlace, lines, uploads, accumulators, settlement,
    reversal, message, signIn, filed, filedPlace, closedYear, head, changeVisit, changeUpload, removeUpload, moveHead,
  ]

  private static let others = [
    visitsOfPerson, settlementsOfVisit, settlementsOfInstitution, settlementsOfPerson, chainAfter, itemsAfter,
    institutionsAfter, filedAbout, filedOf, policySource, link,
  ]
}
