import Crypto
import Foundation
import Kernel
import Synchronization
import Workflows

/// Somebody who signed in.
struct Session: Sendable {
  let account: String
  let role: Role
  /// What forms of the session carry, so that nobody else's page can send them.
  let formToken: String
  let since: Moment
  var lastSeen: Moment
  /// Persons who may be seen in full, and until when.
  var revealed: [String: Moment] = [:]
  /// Pages looked at and when it was last written down: a page that refreshes itself is written down once a minute.
  var written: [String: Moment] = [:]
}

/// Who is signed in, by the digest of their token; kept in memory, so that a restart signs everybody out.
final class SessionRegister: Sendable {
  private let sessions = Mutex<[SHA256Digest: Session]>([:])
  private let settings: ConsoleSettings
  private let clock: @Sendable () -> Moment

  init(_ settings: ConsoleSettings, clock: @escaping @Sendable () -> Moment) {
    self.settings = settings
    self.clock = clock
  }

  /// Begins a session.
  ///
  /// - Returns: the token that names it; only its digest is kept.
  func begin(_ account: Account) -> (token: String, session: Session) {
    let (token, now) = (Self.secret(), clock())
    let session = Session(
      account: account.id, role: account.role, formToken: Self.secret(), since: now, lastSeen: now)
    sessions.withLock { sessions in
      sessions = sessions.filter { !isOver($0.value, now) }
      sessions[Self.digest(token)] = session
    }
    return (token, session)
  }

  /// The session of a token, kept awake by being asked for; `nil` when there is none any more.
  func session(_ token: String) -> Session? {
    let (key, now) = (Self.digest(token), clock())
    return sessions.withLock { sessions in
      guard var session = sessions[key] else { return nil }
      guard !isOver(session, now) else {
        sessions[key] = nil
        return nil
      }
      session.lastSeen = now
      session.revealed = session.revealed.filter { now < $0.value || now == $0.value }
      sessions[key] = session
      return session
    }
  }

  /// Ends a session.
  func end(_ token: String) { sessions.withLock { $0[Self.digest(token)] = nil } }

  /// Ends all sessions of an account: its role, lock or password changed.
  func endAll(of account: String) { sessions.withLock { $0 = $0.filter { $0.value.account != account } } }

  /// Lets a session see a person in full for a while.
  func reveal(_ person: String, to token: String) {
    let until = clock().adding(minutes: settings.revealMinutes)
    sessions.withLock { $0[Self.digest(token)]?.revealed[person] = until }
  }

  /// Whether a look at something is to be written down: not again within a minute.
  func isNew(_ object: String, in token: String) -> Bool {
    let (key, now) = (Self.digest(token), clock())
    return sessions.withLock { sessions in
      guard var session = sessions[key] else { return true }
      if let last = session.written[object], last.minutes(to: now) < 1 { return false }
      session.written = session.written.filter { $0.value.minutes(to: now) < 1 }
      session.written[object] = now
      sessions[key] = session
      return true
    }
  }

  private func isOver(_ session: Session, _ now: Moment) -> Bool {
    session.lastSeen.minutes(to: now) >= settings.idleMinutes
      || session.since.minutes(to: now) >= settings.longestHours * 60
  }

  private static func digest(_ token: String) -> SHA256Digest { SHA256.hash(data: Data(token.utf8)) }

  /// 256 random bits as text that fits cookies and forms.
  static func secret() -> String {
    SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

extension Moment {
  /// The moment so many minutes later.
  func adding(minutes: Int) -> Moment {
    let seconds = second + minutes * 60
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    guard let moment = Moment(day.adding(days: days), second: seconds - days * 86_400) else {
      preconditionFailure("a second of the day is within it")
    }
    return moment
  }
}
