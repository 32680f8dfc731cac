public import Kernel

/// An account of the console and the API; the password is kept as a hash alone.
public struct Account: FiledRecord {
  /// The register of accounts.
  public static let register = "console-account"

  /// The name to sign in with: letters, digits, `-`, `_`, `.`, 3 to 32 of them.
  public var id: String
  /// Nobody's own: accounts are the platform's.
  public var owner: String
  /// The name, as what the record is about.
  public var subject: String { id }
  /// When it was made, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// What it may do.
  public var role: Role
  /// The password's hash, in the form of ``PasswordHashing``.
  public var passwordHash: String
  /// Whether it may no longer sign in.
  public var isLocked: Bool
  /// Wrong passwords in a row since the last right one.
  public var failures: Int
  /// When the last wrong password came; empty when none did.
  public var lastFailure: String

  /// Makes an account.
  public init(name: String, role: Role, passwordHash: String, time: String) {
    id = name
    owner = ""
    self.time = time
    self.role = role
    self.passwordHash = passwordHash
    isLocked = false
    failures = 0
    lastFailure = ""
  }

  private enum CodingKeys: CodingKey {
    case id, owner, time, role, passwordHash, isLocked, failures, lastFailure
  }

  /// Whether a text may be an account's name.
  public static func isName(_ text: String) -> Bool {
    (3...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}

/// One thing that somebody did at the console or the API (操作留痕); only ever added.
public struct TrailEntry: FiledRecord {
  /// The register of the trail.
  public static let register = "console-trail"

  /// The number, ascending.
  public var id: String
  /// Nobody's own: the trail is the platform's.
  public var owner: String
  /// The account, or the name that somebody tried.
  public var subject: String
  /// When, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// What was done.
  public var action: TrailAction
  /// On what: a path with its query, an account's name.
  public var object: String
  /// How it ended: `ok`, or why not.
  public var outcome: String
  /// A reason that was given.
  public var reason: String

  /// Makes an entry that is not numbered yet.
  public init(
    account: String, time: String, action: TrailAction, object: String, outcome: String = "ok", reason: String = ""
  ) {
    id = ""
    owner = ""
    subject = account
    self.time = time
    self.action = action
    self.object = object
    self.outcome = outcome
    self.reason = reason
  }
}

/// Kinds of things that people do.
public enum TrailAction: String, Codable, Sendable, CaseIterable {
  /// Signed in, or tried to.
  case signIn
  /// Signed out.
  case signOut
  /// Looked at a page or a resource.
  case view
  /// Took a table away as a file.
  case export
  /// Saw a person in full.
  case reveal
  /// Sent a transaction.
  case transaction
  /// Made or changed an account.
  case account

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .signIn: LocalizedText("登录", "sign in")
    case .signOut: LocalizedText("退出", "sign out")
    case .view: LocalizedText("查看", "view")
    case .export: LocalizedText("导出", "export")
    case .reveal: LocalizedText("查看完整个人信息", "see a person in full")
    case .transaction: LocalizedText("发送交易", "send a transaction")
    case .account: LocalizedText("账户变更", "change an account")
    }
  }
}
