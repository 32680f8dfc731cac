public import Kernel

/// Turns passwords into hashes that tell nothing, and compares.
public protocol PasswordHashing: Sendable {
  /// A hash with its salt and its cost, as text.
  func hash(_ password: String) async -> String
  /// Whether a password is the one that was hashed.
  func verify(_ password: String, against hash: String) async -> Bool
}

/// What accounts have to keep to; values of an installation, not of the law.
public struct AccessRules: Hashable, Sendable {
  /// Characters that a password has at least.
  public var minimumPasswordLength = 10
  /// Wrong passwords in a row after which an account waits.
  public var maximumFailures = 5
  /// Minutes that it then waits.
  public var waitingMinutes = 15

  /// The usual values.
  public init() {}
}

/// Why access is refused.
public enum AccessRefusal: Error, Hashable, Sendable {
  /// No such name, wrong password, or locked: whoever tries is not told which.
  case notSignedIn
  /// Too many wrong passwords; how many minutes are left.
  case waiting(minutes: Int)
  /// A name that cannot be one.
  case name(String)
  /// The name is taken.
  case taken(String)
  /// No account has the name.
  case unknown(String)
  /// A password that is too short; how long it has to be.
  case password(minimum: Int)
  /// It is the last administrator who could still sign in.
  case lastAdministrator(String)
  /// The store cannot do it now.
  case store(StoreError)

  /// What to tell somebody.
  public var message: LocalizedText {
    switch self {
    case .notSignedIn:
      LocalizedText("账户名或密码不正确，或账户已停用", "wrong name or password, or the account is locked")
    case .waiting(let minutes):
      LocalizedText("密码错误次数过多，请 \(minutes) 分钟后再试", "too many wrong passwords; try again in \(minutes) minutes")
    case .name(let name):
      LocalizedText(
        "账户名「\(name)」不可用：应为 3 至 32 个字母、数字或 - _ .",
        "the name \"\(name)\" cannot be used: 3 to 32 letters, digits or - _ .")
    case .taken(let name): LocalizedText("账户名 \(name) 已存在", "the name \(name) is taken")
    case .unknown(let name): LocalizedText("没有账户 \(name)", "there is no account \(name)")
    case .password(let minimum):
      LocalizedText("密码至少 \(minimum) 个字符", "a password has \(minimum) characters at least")
    case .lastAdministrator(let name):
      LocalizedText(
        "\(name) 是最后一个可用的管理员账户，不能停用或改岗", "\(name) is the last administrator; it cannot be locked or changed")
    case .store(let error): DeskRefusal.store(error).message
    }
  }
}

/// Keeps accounts and the trail of what they did, in the same store as the settlements.
///
/// ```swift
/// let desk = AccountDesk(store: store, hashing: ScryptHashing())
/// let made = await desk.create("zhang", role: .handler, password: "…", by: "admin", time: now)
/// ```
public struct AccountDesk: Sendable {
  private let store: any PayerStore
  private let hashing: any PasswordHashing
  private let rules: AccessRules

  /// Opens a desk.
  public init(store: any PayerStore, hashing: any PasswordHashing, rules: AccessRules = AccessRules()) {
    self.store = store
    self.hashing = hashing
    self.rules = rules
  }

  /// All accounts, by the time they were made.
  public func accounts() async -> Result<[Account], AccessRefusal> {
    await access { () throws(StoreError) in
      try await store.read { reading throws(StoreError) in try Self.all(reading) }
    }
  }

  /// Makes an account.
  public func create(_ name: String, role: Role, password: String, by: String, time: String) async
    -> Result<Account, AccessRefusal>
  {
    guard Account.isName(name) else { return .failure(.name(name)) }
    guard password.count >= rules.minimumPasswordLength else {
      return .failure(.password(minimum: rules.minimumPasswordLength))
    }
    let account = Account(name: name, role: role, passwordHash: await hashing.hash(password), time: time)
    return await change(
      TrailEntry(account: by, time: time, action: .account, object: name, reason: "create \(role.rawValue)")
    ) { transaction throws(StoreError) in
      guard try transaction.filed(Account.self, name) == nil else { return .failure(.taken(name)) }
      return .success(account)
    }
  }

  /// Changes role, lock or password of an account; what is `nil` stays.
  public func update(
    _ name: String, role: Role? = nil, isLocked: Bool? = nil, password: String? = nil, by: String, time: String
  ) async -> Result<Account, AccessRefusal> {
    if let password, password.count < rules.minimumPasswordLength {
      return .failure(.password(minimum: rules.minimumPasswordLength))
    }
    var hash: String?
    if let password { hash = await hashing.hash(password) }
    let newHash = hash
    let words = [
      role.map { "role \($0.rawValue)" }, isLocked.map { $0 ? "lock" : "unlock" }, password.map { _ in "password" },
    ]
    return await change(
      TrailEntry(
        account: by, time: time, action: .account, object: name,
        reason: words.compactMap(\.self).joined(separator: ", "))
    ) { transaction throws(StoreError) in
      guard var account = try transaction.filed(Account.self, name) else { return .failure(.unknown(name)) }
      if let role { account.role = role }
      if let isLocked { account.isLocked = isLocked }
      if let newHash {
        account.passwordHash = newHash
        (account.failures, account.lastFailure) = (0, "")
      }
      let others = try Self.all(transaction).filter { $0.id != name }
      guard (others + [account]).contains(where: { $0.role == .administrator && !$0.isLocked }) else {
        return .failure(.lastAdministrator(name))
      }
      return .success(account)
    }
  }

  /// Lets somebody in who knows the password.
  ///
  /// After several wrong passwords in a row the account waits, whatever comes; each try is in the trail.
  public func signIn(_ name: String, password: String, at moment: Moment) async -> Result<Account, AccessRefusal> {
    let time = "\(moment)"
    let found: Account?
    switch await access({ () throws(StoreError) in
      try await store.read { reading throws(StoreError) in try reading.filed(Account.self, name) }
    }) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let account): found = account
    }
    if let found, let minutes = waiting(found, at: moment) {
      let entry = TrailEntry(account: name, time: time, action: .signIn, object: "", outcome: "waiting")
      return await record(entry).flatMap { .failure(.waiting(minutes: minutes)) }
    }
    // A name that nobody has costs the same time as a wrong password.
    let isRight = await hashing.verify(password, against: found?.passwordHash ?? Self.nobody)
    guard let found, isRight, !found.isLocked else {
      return await refuse(name, isLocked: found?.isLocked ?? false, isKnown: found != nil, time)
    }
    let entry = TrailEntry(account: name, time: time, action: .signIn, object: "")
    return await change(entry) { transaction throws(StoreError) in
      guard var account = try transaction.filed(Account.self, name) else { return .failure(.notSignedIn) }
      (account.failures, account.lastFailure) = (0, "")
      return .success(account)
    }
  }

  private func refuse(_ name: String, isLocked: Bool, isKnown: Bool, _ time: String) async
    -> Result<Account, AccessRefusal>
  {
    let outcome = isLocked ? "locked" : isKnown ? "wrong password" : "unknown name"
    let entry = TrailEntry(
      account: Account.isName(name) ? name : "?", time: time, action: .signIn, object: "", outcome: outcome)
    guard isKnown, !isLocked else { return await record(entry).flatMap { .failure(.notSignedIn) } }
    return await change(entry) { transaction throws(StoreError) in
      guard var account = try transaction.filed(Account.self, name) else { return .failure(.notSignedIn) }
      account.failures += 1
      account.lastFailure = time
      return .success(account)
    }.flatMap { _ in .failure(.notSignedIn) }
  }

  private func waiting(_ account: Account, at moment: Moment) -> Int? {
    guard account.failures >= rules.maximumFailures, let last = Moment(account.lastFailure) else { return nil }
    let left = rules.waitingMinutes - last.minutes(to: moment)
    return left > 0 ? left : nil
  }

  // MARK: Trail

  /// Writes down what somebody did; whoever cannot be written down is refused.
  public func record(_ entry: TrailEntry) async -> Result<Void, AccessRefusal> {
    await access { () throws(StoreError) in
      try await store.write { transaction throws(StoreError) in try Self.number(entry, transaction) }
    }
  }

  /// What was done between two times (both included), by one account or by all, in order of time.
  public func trail(from: String, to: String, account: String? = nil) async -> Result<[TrailEntry], AccessRefusal> {
    await access { () throws(StoreError) in
      try await store.read { reading throws(StoreError) in
        guard let account else { return try reading.filed(TrailEntry.self, of: "", from: from, to: to) }
        return try reading.filed(TrailEntry.self, about: account).filter { $0.time >= from && $0.time <= to }
      }
    }
  }

  private static func number(_ entry: TrailEntry, _ transaction: any PayerTransaction) throws(StoreError) {
    var numbered = entry
    let digits = "\(try transaction.nextNumber(TrailEntry.register))"
    // Of one width, so that entries of the same second stay in order.
    numbered.id = String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
    try transaction.put(numbered)
  }

  // MARK: Store

  private func change(
    _ entry: TrailEntry,
    _ body: @escaping @Sendable (any PayerTransaction) throws(StoreError) -> Result<Account, AccessRefusal>
  ) async -> Result<Account, AccessRefusal> {
    let outcome = await access { () throws(StoreError) in
      try await store.write { transaction throws(StoreError) in
        let made = try body(transaction)
        if case .success(let account) = made {
          try transaction.put(account)
          try Self.number(entry, transaction)
        }
        return made
      }
    }
    return outcome.flatMap(\.self)
  }

  private func access<Answer: Sendable>(_ body: () async throws(StoreError) -> Answer) async
    -> Result<Answer, AccessRefusal>
  {
    do throws(StoreError) { return .success(try await body()) } catch { return .failure(.store(error)) }
  }

  private static func all(_ reading: any PayerReading) throws(StoreError) -> [Account] {
    try reading.filed(Account.self, of: "", from: "", to: "9999-12-31 23:59:59")
  }

  /// The hash of nothing that anybody could type.
  private static let nobody = ""
}
