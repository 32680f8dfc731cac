import GRDB
import Kernel
public import Payment
import People
import StoreRecords
public import Workflows

/// The payer's file keeps the cases and runs of paying too.
extension SQLitePayerStore: PaymentStore {
  /// Adds or replaces cases in one durable transaction.
  public func put(_ cases: [PaymentCase], region: String) async throws(StoreError) {
    try PaymentStoreRules.check(cases)
    try await onWriter { transaction throws(StoreError) in try transaction.put(cases, region: region) }
  }

  /// Takes cases away in one durable transaction.
  public func withdraw(_ cases: [String], region: String) async throws(StoreError) {
    try await onWriter { transaction throws(StoreError) in try transaction.withdraw(cases, region: region) }
  }

  /// Hands out selected cases on one snapshot; the body runs on a thread of the store's own.
  public func cases(
    _ selection: CaseSelection, _ body: @escaping @Sendable ([PaymentCase]) throws(StoreError) -> Void
  ) async throws(StoreError) {
    try await StoreWork.ask("read cases", on: readers.queue) { snapshot throws(StoreError) in
      try CaseMerge(selection, snapshot.db).forEachBlock(of: 4_096, body)
    }
  }

  /// A case by identifier.
  public func paymentCase(_ id: String, region: String) async throws(StoreError) -> PaymentCase? {
    try await StoreWork.ask("read case", on: readers.queue) { snapshot throws(StoreError) in
      try snapshot.reading.paymentCase(id, region: region)
    }
  }

  /// Publishes a run, once.
  public func publish(_ run: PublishedRun) async throws(StoreError) {
    let stored = try StoredRun(run)
    try await onWriter { transaction throws(StoreError) in try transaction.publish(run, as: stored) }
  }

  /// A published run by identity.
  public func run(_ identity: String) async throws(StoreError) -> PublishedRun? {
    try await StoreWork.ask("read run", on: readers.queue) { snapshot throws(StoreError) in
      try snapshot.reading.publishedRun(identity)
    }
  }

  /// Published runs in order of publishing.
  public func runs(_ selection: RunSelection) async throws(StoreError) -> [PublishedRun] {
    try await StoreWork.ask("read runs", on: readers.queue) { snapshot throws(StoreError) in
      try snapshot.reading.publishedRuns(PayingSQL.runs, selection)
    }
  }

  /// Restores every run and looks at how they follow one another.
  public func verifyRuns() async throws(StoreError) -> PaymentRunCheck {
    try await StoreWork.ask("verify runs", on: readers.queue) { snapshot throws(StoreError) in
      try StoreFailure.translate("verify runs") {
        var check = PaymentRunCheck()
        var last: Int64 = 0
        let rows = try Row.fetchCursor(snapshot.db, sql: PayingSQL.everyRun)
        while let row = try rows.next() {
          let stored = StoredRun(row)
          let sequence: Int64 = row[10]
          if sequence != last + 1 { check.note(stored.identity, "runs are missing before it") }
          last = sequence
          do throws(StoreError) { check.add(try stored.restored()) } catch {
            check.add(unreadable: stored.identity, error.detail)
          }
        }
        return check
      }
    }
  }
}

extension StoredRun {
  /// The row as `PayingSQL` reads it.
  init(_ row: Row) {
    self.init(
      identity: row[0], kind: row[1], region: row[2], scheme: row[3], period: row[4], corrects: row[5], time: row[6],
      publisher: row[7], hash: row[8], record: row[9])
  }
}

extension SQLiteReading {
  func paymentCase(_ id: String, region: String) throws(StoreError) -> PaymentCase? {
    let found = try attempt("read case") {
      try Row.fetchOne(db.cachedStatement(sql: PayingSQL.caseOfId), arguments: [region, id])
    }
    guard let row = found else { return nil }
    let (level, place): (Int64, Int64) = (row[2], row[14])
    guard let level = UInt8(exactly: level).flatMap(InstitutionLevel.init(rawValue:)),
      let scheme = InsuranceScheme(rawValue: row[13]), let marks = PaymentMark.read(row[12] as String),
      let month = YearMonth(year: Int(place) / 12, month: Int(place) % 12 + 1)
    else {
      throw StoreError(
        .damaged, operation: "read case", detail: "case \(id) has an unknown level, scheme, month or mark")
    }
    return PaymentCase(
      id: row[0], institution: row[1], level: level, scheme: scheme, month: month, cost: Money(fen: row[3]),
      fundShare: Money(fen: row[4]), group: row[5], stayDays: row[6], ageYears: row[7], dischargeKind: row[8],
      department: row[9], physician: row[10], traditionalChinese: Money(fen: row[11]), marks: marks)
  }

  func publishedRun(_ identity: String) throws(StoreError) -> PublishedRun? {
    let stored = try attempt("read run") {
      try Row.fetchOne(db.cachedStatement(sql: PayingSQL.runOfIdentity), arguments: [identity]).map(StoredRun.init)
    }
    return try stored?.restored()
  }

  func publishedRuns(_ sql: String, _ selection: RunSelection) throws(StoreError) -> [PublishedRun] {
    let stored = try attempt("read runs") {
      let arguments: StatementArguments = [
        selection.region, selection.kind?.rawValue, selection.scheme?.rawValue, selection.period?.description,
      ]
      return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map(StoredRun.init)
    }
    var runs: [PublishedRun] = []
    for run in stored { runs.append(try run.restored()) }
    return runs
  }
}

extension SQLiteTransaction {
  private func tables() -> StoreTables {
    guard case .tables(let tables) = sink else { preconditionFailure("paying writes on the writer's thread") }
    return tables
  }

  func put(_ cases: [PaymentCase], region: String) throws(StoreError) {
    let tables = tables()
    try attempt("put cases") {
      for item in cases {
        try tables.run(
          PayingSQL.putCase, region, item.scheme.rawValue, item.month.ordinal, item.id, item.institution,
          Int(item.level.rawValue), item.cost.fen, item.fundShare.fen, item.group, item.stayDays, item.ageYears,
          item.dischargeKind, item.department, item.physician, item.traditionalChinese.fen,
          PaymentMark.text(item.marks))
      }
    }
  }

  func withdraw(_ cases: [String], region: String) throws(StoreError) {
    let tables = tables()
    try attempt("withdraw cases") { for id in cases { try tables.run(PayingSQL.withdrawCase, region, id) } }
  }

  func publish(_ run: PublishedRun, as stored: StoredRun) throws(StoreError) {
    let tables = tables()
    let known = try publishedRun(run.run.identity)
    let latest = try publishedRuns(PayingSQL.latestRun, RunSelection(beside: run.run.inputs)).last
    guard try PaymentStoreRules.isNew(run, known: known, latest: latest) else { return }
    try attempt("publish run") {
      try tables.run(
        PayingSQL.addRun, stored.identity, stored.kind, stored.region, stored.scheme, stored.period, stored.corrects,
        stored.time, stored.publisher, stored.hash, stored.record)
    }
  }
}
