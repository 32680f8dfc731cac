/// The payer as institutions see it: registers visits, takes fees, settles, reverses, reconciles.
///
/// Every request that changes something carries a message identifier made by the caller. The same message again gives
/// the first answer; the same identifier with other content is refused. Each request is one transaction of the store:
/// all of it, or nothing.
///
/// The use cases stand in the order in which a visit meets them: `PayerDesk+People`, `+Visits`, `+Fees`, `+Settling`,
/// `+Pharmacy`, `+Reconciliation`.
public struct PayerDesk: Sendable {
  let store: any PayerStore
  let library: PolicyLibrary
  /// The pooling region that this payer stands for.
  public let region: String
  /// The catalogue as it was read a little while ago.
  let shelf: CatalogueShelf

  /// Opens a desk.
  ///
  /// - Parameters:
  ///   - store: where everything is kept.
  ///   - library: the policy.
  ///   - region: the code of the pooling region.
  ///   - catalogueAge: how old what queries and downloads say of the catalogue may be; settling always looks itself.
  public init(
    store: any PayerStore, library: PolicyLibrary, region: String, catalogueAge: Duration = .seconds(60)
  ) {
    self.store = store
    self.library = library
    self.region = region
    self.shelf = CatalogueShelf(age: catalogueAge)
  }

  // MARK: Transactions

  /// Reads in one consistent state; a store's failure becomes a refusal.
  func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Result<Answer, DeskRefusal>
  ) async -> Result<Answer, DeskRefusal> {
    do throws(StoreError) {
      return try await store.read(body)
    } catch {
      return .failure(.store(error))
    }
  }

  /// Carries out a message once.
  ///
  /// - Parameters:
  ///   - message: the message.
  ///   - again: gives the first answer again from the identifier of what the message made.
  ///   - body: does it and names what it made. It must check everything before it writes anything.
  func once<Answer: Sendable>(
    _ message: MessageContext,
    again: @escaping @Sendable (any PayerReading, String) throws(StoreError) -> Result<Answer, DeskRefusal>,
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Result<(Answer, made: String), DeskRefusal>
  ) async -> Result<Answer, DeskRefusal> {
    do throws(StoreError) {
      return try await store.write { transaction throws(StoreError) in
        if let earlier = try transaction.message(message.id) {
          guard earlier.digest == message.digest, earlier.transaction == message.transaction else {
            return .failure(.desk(.messageConflict, about: message.id))
          }
          return try again(transaction, earlier.result)
        }
        switch try body(transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let (answer, made)):
          try transaction.append(
            MessageRecord(
              id: message.id, institution: message.institution, transaction: message.transaction,
              digest: message.digest, result: made))
          return .success(answer)
        }
      }
    } catch {
      return .failure(.store(error))
    }
  }

  // MARK: Finding things

  static func found<Thing>(_ thing: Thing?, or outcome: DeskOutcome, _ about: String) -> Result<Thing, DeskRefusal> {
    thing.map { .success($0) } ?? .failure(.desk(outcome, about: about))
  }

  /// A visit of a person at an institution, in one of some states.
  static func visit(
    _ id: String, of person: String?, at institution: String, in states: [Visit.State], _ store: any PayerReading
  ) throws(StoreError) -> Result<Visit, DeskRefusal> {
    guard let visit = try store.visit(id) else { return .failure(.desk(.visitUnknown, about: id)) }
    guard visit.institution == institution, person == nil || visit.person == person else {
      return .failure(.desk(.visitMismatch, about: id))
    }
    guard states.contains(visit.state) else {
      return .failure(.desk(.visitState, about: "\(id) \(visit.state.rawValue)"))
    }
    return .success(visit)
  }
}

/// Who sent a message, and what identifies it.
public struct MessageContext: Sendable {
  /// The sender's identifier (`msgid`).
  public let id: String
  /// The institution (`fixmedins_code`).
  public let institution: String
  /// The transaction (`infno`).
  public let transaction: String
  /// A digest of the content that decides whether two messages are the same.
  public let digest: String
  /// The time of receipt, `yyyy-MM-dd HH:mm:ss`.
  public let time: String

  /// Makes a context.
  public init(id: String, institution: String, transaction: String, digest: String, time: String) {
    self.id = id
    self.institution = institution
    self.transaction = transaction
    self.digest = digest
    self.time = time
  }
}

extension PayerDesk {
  /// Whether the store answers, for a load balancer that asks.
  public func isReady() async -> Bool {
    let answer = await read { store throws(StoreError) in .success(try store.closedYear()) }
    if case .success = answer { return true }
    return false
  }
}
