public import Claims
public import Kernel
public import People
public import Settlement

/// Where the payer keeps what it knows: memory, SQLite, PostgreSQL; one conformance suite runs on all.
///
/// A write is all or nothing. When `write` returns, what it wrote is durable; when it throws, nothing of it is. Two
/// writes never see each other half done, and a write that read something acts on what is still true when it commits.
/// A body may run more than once when the store retries, so it must do nothing but read and write through the
/// transaction. Once a call on the transaction has failed, the whole write fails with that error, whatever the body
/// makes of it.
public protocol PayerStore: Sendable {
  /// Runs a body that only reads a consistent state.
  func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer

  /// Runs a body that reads and writes; durable when it returns.
  func write<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Answer
  ) async throws(StoreError) -> Answer

  /// Recomputes what can be recomputed inside the store: the chain of entries, in order.
  ///
  /// - Returns: what does not hold, in words; nothing when all is well.
  func verifyChain() async throws(StoreError) -> [String]
}

/// What can be read.
public protocol PayerReading {
  /// A person by number.
  func person(_ number: String) throws(StoreError) -> PersonRecord?
  /// A person by certificate.
  func person(certificateType: String, number: String) throws(StoreError) -> PersonRecord?
  /// What a person's accounts hold; nothing for a person without.
  func balance(_ person: String) throws(StoreError) -> AccountBalance
  /// An institution by code.
  func institution(_ code: String) throws(StoreError) -> InstitutionRecord?
  /// An item of the catalogue on a day.
  func item(_ code: String, on day: CalendarDate) throws(StoreError) -> ListedItem?
  /// Versions of items after a place in the order of code and first day, at most so many; from the beginning for `nil`.
  func items(after place: CatalogPlace?, limit: Int) throws(StoreError) -> [ListedItem]
  /// Institutions whose codes come after one, in order, at most so many; from the beginning for an empty code.
  func institutions(after code: String, limit: Int) throws(StoreError) -> [InstitutionRecord]
  /// A visit by identifier.
  func visit(_ id: String) throws(StoreError) -> Visit?
  /// All visits of a person, in order of registration.
  func visits(of person: String) throws(StoreError) -> [Visit]
  /// The standing fee lines of a visit, in order of upload.
  func lines(of visit: String) throws(StoreError) -> [UploadedLine]
  /// The accumulators of a person in a scheme and year, empty when nothing was settled.
  func accumulators(_ person: String, _ scheme: InsuranceScheme, year: Int) throws(StoreError) -> Accumulators
  /// A settlement or reversal by identifier.
  func settlement(_ id: String) throws(StoreError) -> SettlementRecord?
  /// The reversal of a settlement, when it was reversed.
  func reversal(of settlement: String) throws(StoreError) -> SettlementRecord?
  /// Settlements and reversals of a visit, in order.
  func settlements(ofVisit visit: String) throws(StoreError) -> [SettlementRecord]
  /// Settlements and reversals of an institution made between two times (`yyyy-MM-dd HH:mm:ss`, both included), in
  /// order.
  func settlements(of institution: String, from: String, to: String) throws(StoreError) -> [SettlementRecord]
  /// All persons that have settlements, for the audit.
  func settledPersons() throws(StoreError) -> [String]
  /// Settlements and reversals of a person, in order.
  func settlements(ofPerson person: String) throws(StoreError) -> [SettlementRecord]
  /// Settlements and reversals after a place in the chain, in its order, at most so many, and the place after them.
  ///
  /// Whoever reads on from each answer's place gets every record once, whatever is written meanwhile; fewer than
  /// `limit` mean that there were no more. In a write the body's own records are among them.
  func settlements(after place: ChainPlace, limit: Int) throws(StoreError) -> ChainStretch
  /// A message that was carried out.
  func message(_ id: String) throws(StoreError) -> MessageRecord?
  /// A sign-in by number.
  func signIn(_ number: String) throws(StoreError) -> SignIn?
  /// What was filed under a number.
  func filed<Record: FiledRecord>(_ kind: Record.Type, _ id: String) throws(StoreError) -> Record?
  /// Everything of a kind that was filed about something, in order of time.
  func filed<Record: FiledRecord>(_ kind: Record.Type, about subject: String) throws(StoreError) -> [Record]
  /// Everything of a kind that is an owner's and from between two times (both included, compared as text), in order of
  /// time.
  func filed<Record: FiledRecord>(_ kind: Record.Type, of owner: String, from: String, to: String)
    throws(StoreError) -> [Record]
  /// The last year that is closed for settlement; `nil` when none is.
  func closedYear() throws(StoreError) -> Int?
}

/// What can be written; everything of one transaction, or nothing.
public protocol PayerTransaction: PayerReading {
  /// The next number of a sequence, never given twice; gaps are possible.
  func nextNumber(_ sequence: String) throws(StoreError) -> Int64
  /// Locks a person's money until the end of the transaction; called before accumulators or balances are read.
  func lock(person: String) throws(StoreError)
  /// Adds or replaces a person with balances, as enrolment data comes in.
  func put(_ person: PersonRecord, balance: AccountBalance?) throws(StoreError)
  /// Adds or replaces an institution.
  func put(_ institution: InstitutionRecord) throws(StoreError)
  /// Adds an item of the catalogue, or replaces the version that begins on the same day.
  func put(_ item: ListedItem) throws(StoreError)
  /// Adds a visit under a number that this transaction drew; refused when the number is used.
  func add(_ visit: Visit) throws(StoreError)
  /// Adds a visit, or replaces what is known about it.
  func put(_ visit: Visit) throws(StoreError)
  /// Adds fee lines to a visit.
  func append(_ lines: [UploadedLine], to visit: String) throws(StoreError)
  /// Takes fee lines of a visit away, by serial number.
  func withdraw(_ serials: [String], from visit: String) throws(StoreError)
  /// Appends a settlement or reversal with its postings to the chain, and moves accumulators and balances by it.
  func append(_ settlement: SettlementRecord) throws(StoreError)
  /// Remembers a message that was carried out.
  func append(_ message: MessageRecord) throws(StoreError)
  /// Adds or replaces a sign-in.
  func put(_ signIn: SignIn) throws(StoreError)
  /// Files something, or replaces what was filed under its number.
  func put<Record: FiledRecord>(_ record: Record) throws(StoreError)
  /// Closes a year for settlement; never opens one again.
  func close(year: Int) throws(StoreError)
}

/// A place in the catalogue's order: a version of an item.
public struct CatalogPlace: Hashable, Codable, Sendable {
  /// The item's code.
  public let code: String
  /// The version's first day.
  public let first: CalendarDate

  /// Makes a place.
  public init(code: String, first: CalendarDate) {
    self.code = code
    self.first = first
  }

  /// The place of a version.
  public init(_ item: ListedItem) { self.init(code: item.code, first: item.period.first) }
}

/// Why a store could not do what was asked; nothing was stored.
public struct StoreError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Code: String, Sendable {
    /// The store cannot be reached, or is read-only or full; trying again later may help.
    case unavailable
    /// Too much is asked at once; trying again may help.
    case busy
    /// What is stored is damaged or of another version.
    case damaged
    /// What was asked contradicts what is stored, a defect of the caller: an identifier used twice, a second
    /// reversal, a balance that would fall below zero.
    case refused
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was being done.
  public let operation: String
  /// What the store said.
  public let detail: String

  /// Makes an error.
  public init(_ code: Code, operation: String, detail: String) {
    self.code = code
    self.operation = operation
    self.detail = detail
  }

  /// Whether the same request may succeed later.
  public var isTransient: Bool { code == .unavailable || code == .busy }
}
