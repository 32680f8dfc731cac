import Catalog
import Claims
import Foundation
import GRDB
import Kernel
import People
import Settlement
import StoreRecords
import Workflows

/// What can be written: on the writer's thread, where each change is carried out at once, or rehearsed on a reader's
/// snapshot, where changes are made ready and what they rest on is noted.
final class SQLiteTransaction: SQLiteReading, PayerTransaction {
  /// Where changes go.
  enum Sink {
    case tables(StoreTables)
    case rehearsal
  }

  let sink: Sink
  let numbers: SequenceNumbers
  let sources: SourceTexts
  private let epoch: RegisterEpoch?
  /// The first failure; it decides the write, whatever the body makes of it.
  private(set) var failure: StoreError?
  /// What the changes touch.
  private(set) var changed = ChangeKeys()
  /// What was read, in a rehearsal.
  private var read = ChangeKeys()
  private var operations: [StoreOperation] = []
  /// Visits and lines that this write adds, so that it finds them again.
  var ownVisits: [String: (visit: Visit, ordinal: Int64, isNew: Bool)] = [:]
  var ownLines: [String: [UploadedLine]] = [:]
  var ownUploads: [String: Int64] = [:]
  /// Whether the body asked for what only the writer can do.
  private(set) var isUnsuitable = false

  /// Writes at once.
  init(
    _ tables: StoreTables, decoder: StoreDecoder, numbers: SequenceNumbers, sources: SourceTexts, epoch: RegisterEpoch
  ) {
    sink = .tables(tables)
    self.numbers = numbers
    self.sources = sources
    self.epoch = epoch
    super.init(tables.db, tables.statements, decoder: decoder)
  }

  /// Rehearses on a snapshot.
  init(rehearsing snapshot: StoreSnapshot, numbers: SequenceNumbers, sources: SourceTexts) {
    sink = .rehearsal
    self.numbers = numbers
    self.sources = sources
    epoch = nil
    super.init(snapshot.db, snapshot.statements, decoder: snapshot.decoder, cache: snapshot.cache)
  }

  /// Whether what follows can be undone by itself.
  private(set) var isGuarded = false

  /// Sets a savepoint, once: whatever a body has done by the time it fails is undone, and nothing else.
  func guardBody() throws(StoreError) {
    guard case .tables(let tables) = sink, !isGuarded else { return }
    try attempt("write") { try tables.run("SAVEPOINT work") }
    isGuarded = true
  }

  /// What a rehearsal came to.
  var rehearsed: RehearsedChanges { RehearsedChanges(operations: operations, read: read, changed: changed) }

  override func attempt<Answer>(_ operation: String, _ body: () throws -> Answer) throws(StoreError) -> Answer {
    do throws(StoreError) { return try super.attempt(operation, body) } catch {
      failure = failure ?? error
      throw error
    }
  }

  override func note(_ key: ChangeKey) throws(StoreError) {
    guard case .rehearsal = sink else { return }
    if changed.contains(key) { throw unsuitable() }
    read.insert(key)
  }

  override func noteEverySettlement() throws(StoreError) { try onWriterOnly() }

  override func own(visit id: String) -> Visit? { ownVisits[id]?.visit }

  override func own(linesOf visit: String) -> (lines: [UploadedLine], isNew: Bool)? {
    guard case .rehearsal = sink, let lines = ownLines[visit] ?? (ownVisits[visit].map { _ in [] }) else { return nil }
    return (lines, ownVisits[visit]?.isNew == true)
  }

  /// Gives up a rehearsal: the writer runs the body instead.
  private func unsuitable() -> StoreError {
    isUnsuitable = true
    let error = StoreError(.busy, operation: "write", detail: "the write has to run on the writer's thread")
    failure = failure ?? error
    return error
  }

  func carryOut(_ operation: StoreOperation, touching keys: ChangeKey...) throws {
    for key in keys { changed.insert(key) }
    switch sink {
    case .tables(let tables): try tables.carryOut(operation)
    case .rehearsal: operations.append(operation)
    }
  }

  func onWriterOnly() throws(StoreError) {
    if case .rehearsal = sink { throw unsuitable() }
  }

  private func json(_ record: some Encodable) throws -> String {
    String(decoding: try CompactJSON.encode(record), as: UTF8.self)
  }

  func refused(_ operation: String, _ detail: String) -> StoreError {
    StoreError(.refused, operation: operation, detail: detail)
  }
}

/// The changes of a rehearsed write, ready to be carried out while what was read still holds.
struct RehearsedChanges: Sendable {
  let operations: [StoreOperation]
  let read: ChangeKeys
  let changed: ChangeKeys
}

extension SQLiteTransaction {
  /// Carries out what was rehearsed, when nothing has changed of what it rests on.
  ///
  /// - Returns: whether it was carried out.
  func carryOut(_ changes: RehearsedChanges, unlessChangedIn log: ChangeLog, since commit: UInt64) throws(StoreError)
    -> Bool
  {
    guard log.holds(changes.read, since: commit) else { return false }
    changed = changes.changed
    try attempt("write") {
      guard case .tables(let tables) = sink else { preconditionFailure("a rehearsal is carried out by the writer") }
      for operation in changes.operations { try tables.carryOut(operation) }
    }
    return true
  }

  func nextNumber(_ sequence: String) -> Int64 { numbers.next(sequence) }

  /// Nothing waits here: the money is noted as read, and a write that finds it changed runs again.
  func lock(person: String) throws(StoreError) { try note(ChangeKey(.money, person)) }

  func put(_ person: PersonRecord, balance: AccountBalance?) throws(StoreError) {
    try onWriterOnly()
    let number = person.person.number
    let old = try self.person(number)
    persons[number] = nil
    if balance != nil { balances[number] = nil }
    epoch?.begin()
    try attempt("put person") {
      let keys = [number, person.certificateType, person.certificateNumber]
      try carryOut(
        .register(sql: SQL.putPerson, keys: keys, text: try json(person)), touching: ChangeKey(.person, number),
        ChangeKey(.certificate, person.certificateType, person.certificateNumber),
        ChangeKey(.certificate, old?.certificateType ?? "", old?.certificateNumber ?? ""))
      guard let balance else { return }
      try carryOut(
        .balance(person: number, own: balance.own.fen, family: balance.family.fen),
        touching: ChangeKey(.money, number))
    }
  }

  func put(_ institution: InstitutionRecord) throws(StoreError) {
    try putRegister("put institution", SQL.putInstitution, [institution.institution.code], institution)
  }

  func put(_ item: ListedItem) throws(StoreError) {
    try putRegister("put item", SQL.putItem, [item.code, item.period.first.description], item)
  }

  private func putRegister(_ operation: String, _ sql: StaticString, _ keys: [String], _ record: some Encodable)
    throws(StoreError)
  {
    try onWriterOnly()
    epoch?.begin()
    try attempt(operation) {
      try carryOut(.register(sql: sql, keys: keys, text: try json(record)), touching: ChangeKey(.registers))
    }
  }

  func put(_ signIn: SignIn) throws(StoreError) {
    try attempt("put sign-in") {
      try carryOut(
        .register(sql: SQL.putSignIn, keys: [signIn.number], text: try json(signIn)),
        touching: ChangeKey(.signIn, signIn.number))
    }
  }

  func append(_ message: MessageRecord) throws(StoreError) {
    try attempt("append message") { try carryOut(.message(message), touching: ChangeKey(.message, message.id)) }
  }

  func close(year: Int) throws(StoreError) {
    try onWriterOnly()
    epoch?.begin()
    try attempt("close year") { try carryOut(.close(year: year), touching: ChangeKey(.closing)) }
  }

  func put<Record: FiledRecord>(_ record: Record) throws(StoreError) {
    let operation = "put \(Record.register)"
    let old = try place(ofFiled: Record.register, record.id)
    try attempt(operation) {
      try carryOut(
        .filed(
          keys: [Record.register, record.id, record.owner, record.subject, record.time], text: try json(record)),
        touching: ChangeKey(.filed, Record.register, record.id),
        ChangeKey(.filedAbout, Record.register, record.subject), ChangeKey(.filedOf, Record.register, record.owner),
        ChangeKey(.filedAbout, Record.register, old?.subject ?? record.subject),
        ChangeKey(.filedOf, Record.register, old?.owner ?? record.owner))
    }
  }
}
