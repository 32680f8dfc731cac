import ArgumentParser
import Console
import Kernel
import Workflows

/// The accounts that a console starts with.
struct FirstAccounts {
  let desk: AccountDesk

  init(_ store: any PayerStore) { desk = AccountDesk(store: store, hashing: ScryptHashing()) }

  /// Makes an administrator when nobody could sign in yet.
  ///
  /// - Returns: the password, which nobody will be told again; `nil` when there are accounts.
  func begin(at moment: Moment) async throws -> String? {
    guard try await get(desk.accounts()).isEmpty else { return nil }
    let password = Self.password()
    _ = try await get(
      desk.create("admin", role: .administrator, password: password, by: "yibao serve", time: "\(moment)"))
    return password
  }

  /// One account for each role, all with one new password: for a demonstration on one's own machine.
  ///
  /// - Returns: the names with their roles, and the password.
  func demonstration(at moment: Moment) async throws -> (accounts: [(name: String, role: Role)], password: String) {
    let password = Self.password()
    let names: [(String, Role)] = [
      ("admin", .administrator), ("jingban", .handler), ("shenji", .auditor), ("chaxun", .reader),
    ]
    let known = Set(try await get(desk.accounts()).map(\.id))
    for (name, role) in names {
      let time = "\(moment)"
      if known.contains(name) {
        _ = try await get(
          desk.update(name, role: role, isLocked: false, password: password, by: "yibao demo", time: time))
      } else {
        _ = try await get(desk.create(name, role: role, password: password, by: "yibao demo", time: time))
      }
    }
    return (names, password)
  }

  private func get<Answer>(_ result: Result<Answer, AccessRefusal>) throws -> Answer {
    switch result {
    case .success(let answer): return answer
    case .failure(let refusal):
      Terminal.error(refusal.message.chinese + " / " + refusal.message.english)
      throw ExitCode(2)
    }
  }

  /// Four groups of four letters and digits that cannot be mistaken for each other: 79 random bits.
  static func password() -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
    var numbers = SystemRandomNumberGenerator()
    let groups = (0..<4).map { _ in
      String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &numbers)] })
    }
    return groups.joined(separator: "-")
  }
}
