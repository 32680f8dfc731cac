#if PostgreSQL
  import Foundation
  import StoreRecords
  import Workflows

  /// What a write needs besides its connection.
  struct PostgresAttempt {
    let schema: String
    let numbers: PostgresNumbers
    let sources: SourceTexts
    /// Whether the write runs alone, and locks nothing else.
    var isAlone = false
    /// What an attempt before this one had locked when it failed: taken first now, in one order for all, so that the
    /// same two do not stand in each other's way again.
    var keys: [Int64] = []
  }

  /// What can be written, inside one transaction.
  ///
  /// Two-phase locking: whatever is read or written is locked on the server until the transaction ends, so writes are
  /// as if they had run one after the other (decision 0012). Writes wait here and go out together with the next
  /// look-up, or with the commit; places in the chain last, because its heads are few.
  final class PostgresTransaction: PostgresReading {
    /// More things than this are not locked one by one: the server's room for locks is shared by all.
    private static let lockLimit = 200
    private static let waitingLimit = 256

    let attempt: PostgresAttempt
    /// The first failure; it decides the write, whatever the body makes of it.
    private(set) var failure: StoreError?
    /// Whether the write was given up because it touches too much to run beside others.
    private(set) var wantsToBeAlone = false
    /// Whether the commit went out: from then on a lost connection leaves open what became of it.
    private(set) var isCommitSent = false

    /// Locks that are held or go out before anything else does, and whether they are shared.
    private(set) var held: [Int64: Bool] = [:]
    private var waiting: [(operation: String, call: PostgresConnection.Call)] = []
    private var addedSources: [String] = []
    private var chain: [(record: SettlementRecord, link: ChainLink)] = []

    init(_ connection: PostgresConnection, decoder: PostgresDecoder, attempt: PostgresAttempt) {
      self.attempt = attempt
      super.init(connection, decoder: decoder)
      take(PostgresLock(.store, shared: !attempt.isAlone, in: attempt.schema))
      for key in attempt.keys.sorted() where held[key] == nil {
        held[key] = false
        waiting.append(("lock", .init(PostgresSQL.lock, [.integer(key)])))
      }
    }

    override var beginning: PostgresStatement { PostgresSQL.beginWriting }

    override func failed(_ error: StoreError) -> StoreError {
      failure = failure ?? error
      return error
    }

    // MARK: Locks

    private func take(_ lock: PostgresLock) {
      // Held alone is held shared, too.
      if let isShared = held[lock.key], !isShared || lock.isShared { return }
      held[lock.key] = lock.isShared
      let statement = lock.isShared ? PostgresSQL.lockShared : PostgresSQL.lock
      waiting.append(("lock", .init(statement, [.integer(lock.key)])))
    }

    /// Locks what a look-up or a write is about, at the latest together with it.
    func lock(_ scope: PostgresScope, toWrite isWriting: Bool = false) throws(StoreError) {
      if attempt.isAlone { return }
      let lock = lock(of: scope, isWriting: isWriting)
      guard held.count < Self.lockLimit || held[lock.key] != nil else {
        wantsToBeAlone = true
        throw failed(StoreError(.busy, operation: "lock", detail: "the write touches too much to run beside others"))
      }
      take(lock)
    }

    private func lock(of scope: PostgresScope, isWriting: Bool) -> PostgresLock {
      let schema = attempt.schema
      // What many read and few write is shared by its readers; the rest is about to be written by whoever reads it
      // here.
      switch scope {
      case .person(let number), .settlementsOfPerson(let number): return PostgresLock(.person, number, in: schema)
      case .certificate(let type, let number):
        return PostgresLock(.certificate, type, number, shared: !isWriting, in: schema)
      case .visit(let id), .settlementsOfVisit(let id): return PostgresLock(.visit, id, in: schema)
      case .settlement(let id): return PostgresLock(.settlement, id, in: schema)
      case .reversal(let id): return PostgresLock(.reversal, id, in: schema)
      case .everySettlement: return PostgresLock(.store, shared: true, in: schema)
      case .message(let id): return PostgresLock(.message, id, in: schema)
      case .institutions: return PostgresLock(.institutions, shared: !isWriting, in: schema)
      case .catalogue: return PostgresLock(.catalogue, shared: !isWriting, in: schema)
      case .closing: return PostgresLock(.closing, shared: !isWriting, in: schema)
      case .signIn(let number): return PostgresLock(.signIn, number, shared: !isWriting, in: schema)
      case .filed(let register, let id): return PostgresLock(.filed, register, id, in: schema)
      case .filedAbout(let register, let subject): return PostgresLock(.filedAbout, register, subject, in: schema)
      case .filedOf(let register, let owner): return PostgresLock(.filedOf, register, owner, in: schema)
      case .paymentCases(let region): return PostgresLock(.paymentCases, region, in: schema)
      case .paymentRuns(let region): return PostgresLock(.paymentRuns, region, in: schema)
      }
    }

    // MARK: Reading

    override func rows(
      _ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue], about scope: PostgresScope
    ) throws(StoreError) -> PostgresRows {
      switch scope {
      case .settlement, .reversal:
        // A record that is there stays as it is; only that it is not there has to be kept true.
        let found = try flush(with: .init(statement, values), operation)
        if found.count > 0 || attempt.isAlone { return found }
      case .settlementsOfVisit, .settlementsOfPerson: sendChain()
      case .everySettlement:
        sendChain()
        waiting.append(("lock", .init(PostgresSQL.lockHeads)))
      default: break
      }
      try lock(scope)
      return try flush(with: .init(statement, values), operation)
    }

    override func appended(_ wanted: (SettlementRecord) -> Bool) -> SettlementRecord? {
      chain.first { wanted($0.record) }?.record
    }

    // MARK: Writing

    /// Has a statement wait for the next round trip.
    func enqueue(_ operation: String, _ statement: PostgresStatement, _ values: [PostgresValue]) throws(StoreError) {
      waiting.append((operation, .init(statement, values)))
      if waiting.count >= Self.waitingLimit {
        let last = waiting.removeLast()
        _ = try flush(with: last.call, last.operation)
      }
    }

    func append(_ record: SettlementRecord, _ link: ChainLink) { chain.append((record, link)) }

    /// Has sources of policy values stored, in one order for all writes.
    func add(_ sources: [SourceTexts.Named]) throws(StoreError) {
      let sources = Set(sources).sorted { $0.key < $1.key }
      if sources.isEmpty { return }
      try enqueue(
        "add policy sources", PostgresSQL.addSources, [.texts(sources.map(\.key)), .texts(sources.map(\.text))])
      addedSources += sources.map(\.key)
    }

    /// The text of a record, as every store writes it.
    func json(_ operation: String, _ record: some Encodable) throws(StoreError) -> String {
      do { return String(decoding: try CompactJSON.encode(record), as: UTF8.self) } catch {
        throw failed(StoreError(.refused, operation: operation, detail: "the record cannot be stored"))
      }
    }

    func refused(_ operation: String, _ detail: String) -> StoreError {
      failed(StoreError(.refused, operation: operation, detail: detail))
    }

    /// Everything of the records first, and their places in the chain last.
    private func sendChain() {
      for (record, link) in chain {
        let call = PostgresConnection.Call(
          PostgresSQL.addSettlement,
          [
            .text(link.id), .optional(link.reverses), .text(link.visit), .text(link.person), .text(link.institution),
            .text(link.scheme), .integer(Int64(link.year)), .integer(link.medfee), .integer(link.fund),
            .integer(link.account), .integer(link.cash), .text(link.time), .text(link.record),
            .texts(link.lines.map(\.account)), .texts(link.lines.map(\.holder)), .integers(link.lines.map(\.amount)),
          ])
        waiting.append(("append settlement \(record.id)", call))
      }
      // Strand by strand in one order, so that no two writes wait for each other's heads.
      let places = chain.enumerated().map { (strand: PostgresStrand.of($1.link.person), place: $0) }
      for (strand, place) in places.sorted(by: <) {
        let link = chain[place].link
        let call = PostgresConnection.Call(
          PostgresSQL.addLink, [.text(link.id), .bytes(link.content), .integer(strand)])
        waiting.append(("append settlement \(link.id)", call))
      }
      chain = []
    }

    private func flush(with call: PostgresConnection.Call, _ operation: String) throws(StoreError) -> PostgresRows {
      let sent = waiting
      waiting = []
      return try last(of: sent.map(\.call) + [call]) { $0 < sent.count ? sent[$0].operation : operation }
    }

    // MARK: The end

    /// Makes everything durable; nothing is sent when nothing was asked.
    func commit() throws(StoreError) {
      sendChain()
      guard isBegun || waiting.contains(where: { $0.operation != "lock" }) else { return }
      isCommitSent = true
      let done = try flush(with: .init(PostgresSQL.commit), "commit")
      if done.tag != "COMMIT" {
        throw failed(StoreError(.unavailable, operation: "commit", detail: "the server rolled the transaction back"))
      }
      attempt.sources.keep(addedSources)
    }

    /// Gives everything up; the server does so itself when the connection is gone.
    func rollBack() {
      guard isBegun, !connection.isLost else { return }
      _ = try? connection.run([.init(PostgresSQL.rollback)])
    }
  }
#endif
