public import ArgumentParser
import Console
import Kernel
public import Workflows

/// `yibao account`.
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "管理控制台账户 / keep the accounts of the console",
    discussion: """
      在服务停止时使用；服务运行时请用控制台的“账户”页。密码由系统生成，只显示一次。
      For a store that is not being served; while it is, use the console's page of accounts. Passwords are made up and
      shown once.

      示例 / Examples:
        yibao account add zhang --role handler --store sqlite:/tmp/yibao-account.sqlite
        yibao account list --store sqlite:/tmp/yibao-account.sqlite
        yibao account reset zhang --store sqlite:/tmp/yibao-account.sqlite

      退出码 1：账户名不可用、已存在或不存在；2：存储不能打开。
      Exit code 1: the name cannot be used, is taken or unknown; 2: the store cannot be opened.
      """,
    subcommands: [Add.self, List.self, Reset.self])

  /// What the subcommands share.
  struct Options: ParsableArguments {
    @Option(help: "存储 / the store: sqlite:PATH, postgres:URL")
    var store = "sqlite:yibao.sqlite"

    @Flag(help: "以 JSON 输出 / print JSON")
    var json = false

    /// What the desk answers; a refusal is printed and ends the command.
    fileprivate func ask<Answer: Sendable>(
      _ body: @escaping @Sendable (AccountDesk) async -> Result<Answer, AccessRefusal>
    ) throws -> Answer {
      let opened = try OpenStore(store)
      let answer = try Waiting.orExit {
        let answer = await body(AccountDesk(store: opened.payer, hashing: ScryptHashing()))
        await opened.close()
        return answer
      }
      switch answer {
      case .success(let answer): return answer
      case .failure(let refusal):
        Terminal.error("\(refusal.message.chinese) / \(refusal.message.english)")
        if case .store = refusal { throw ExitCode(2) }
        throw ExitCode(1)
      }
    }

    /// Shows the account that the desk made or gave a new password, with the password: the one time that it is seen.
    fileprivate func askWithPassword(
      _ body:
        @escaping @Sendable (AccountDesk, _ password: String, _ time: String) async -> Result<
          Account, AccessRefusal
        >
    ) throws {
      let password = FirstAccounts.password()
      let account = try ask { desk in await body(desk, password, "\(ChinaTime.now())") }
      if json {
        try Terminal.json(Made(account: account.id, role: account.role.rawValue, password: password))
      } else {
        let role = "\(account.role.title.chinese) / \(account.role.title.english)"
        print("\(account.id)  \(role)  密码 / password: \(password)")
      }
    }
  }

  fileprivate struct Made: Encodable {
    let account: String
    let role: String
    let password: String
  }

  /// `yibao account add`.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "新建账户 / make an account",
      discussion: "示例 / Example: yibao account add li --role auditor --store sqlite:/tmp/yibao-account.sqlite")

    @Argument(help: "账户名 / the name to sign in with")
    var name: String

    @Option(help: "岗位 / role: reader, handler, auditor, administrator")
    var role: Role

    @OptionGroup var options: Options

    func run() throws {
      try options.askWithPassword { [name, role] desk, password, time in
        await desk.create(name, role: role, password: password, by: "yibao account", time: time)
      }
    }
  }

  /// `yibao account reset`.
  struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset", abstract: "重置密码并解锁 / give an account a new password and unlock it",
      discussion: "示例 / Example: yibao account reset li --store sqlite:/tmp/yibao-account.sqlite")

    @Argument(help: "账户名 / the account")
    var name: String

    @OptionGroup var options: Options

    func run() throws {
      try options.askWithPassword { [name] desk, password, time in
        await desk.update(name, isLocked: false, password: password, by: "yibao account", time: time)
      }
    }
  }

  /// `yibao account list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "列出账户 / list the accounts",
      discussion: "示例 / Example: yibao account list --store sqlite:/tmp/yibao-account.sqlite --json")

    @OptionGroup var options: Options

    private struct Row: Encodable {
      let account: String
      let role: String
      let since: String
      let locked: Bool
    }

    func run() throws {
      let accounts = try options.ask { desk in await desk.accounts() }
      if options.json {
        return try Terminal.json(
          accounts.map { Row(account: $0.id, role: $0.role.rawValue, since: $0.time, locked: $0.isLocked) })
      }
      if accounts.isEmpty { print("没有账户；yibao serve 首次启动时建立 / no accounts; the first yibao serve makes one") }
      for account in accounts {
        let locked = account.isLocked ? "  已停用 / locked" : ""
        print("\(account.id)  \(account.role.title.chinese) / \(account.role.title.english)  \(account.time)\(locked)")
      }
    }
  }
}

extension Role: ExpressibleByArgument {}
