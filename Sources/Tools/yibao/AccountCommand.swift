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

    fileprivate func use(_ body: @escaping @Sendable (AccountDesk) async -> Result<Void, AccessRefusal>) throws {
      let opened = try OpenStore(store)
      let refusal = RefusalBox()
      try Blocking.run {
        if case .failure(let found) = await body(AccountDesk(store: opened.payer, hashing: ScryptHashing())) {
          refusal.refusal = found
        }
        await opened.close()
      }
      guard let found = refusal.refusal else { return }
      Terminal.error("\(found.message.chinese) / \(found.message.english)")
      if case .store = found { throw ExitCode(2) }
      throw ExitCode(1)
    }
  }

  /// Written by the task before it ends, read after.
  private final class RefusalBox: @unchecked Sendable {
    var refusal: AccessRefusal?
  }

  private struct Made: Encodable {
    let account: String
    let role: String
    let password: String
  }

  private static func show(_ account: Account, _ password: String, json: Bool) {
    let made = Made(account: account.id, role: account.role.rawValue, password: password)
    if json {
      do { try Terminal.json(made) } catch { Terminal.error("\(error)") }
    } else {
      print("\(account.id)  \(account.role.title.chinese) / \(account.role.title.english)  密码 / password: \(password)")
    }
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
      let (name, role, json) = (name, role, options.json)
      try options.use { desk in
        let password = FirstAccounts.password()
        let time = "\(ChinaTime.now())"
        return await desk.create(name, role: role, password: password, by: "yibao account", time: time)
          .map { AccountCommand.show($0, password, json: json) }
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
      let (name, json) = (name, options.json)
      try options.use { desk in
        let password = FirstAccounts.password()
        let time = "\(ChinaTime.now())"
        return await desk.update(name, isLocked: false, password: password, by: "yibao account", time: time)
          .map { AccountCommand.show($0, password, json: json) }
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
      let json = options.json
      try options.use { desk in
        await desk.accounts().map { accounts in
          if json {
            let rows = accounts.map {
              Row(account: $0.id, role: $0.role.rawValue, since: $0.time, locked: $0.isLocked)
            }
            do { try Terminal.json(rows) } catch { Terminal.error("\(error)") }
            return
          }
          if accounts.isEmpty { print("没有账户；yibao serve 首次启动时建立 / no accounts; the first yibao serve makes one") }
          for account in accounts {
            let locked = account.isLocked ? "  已停用 / locked" : ""
            print(
              "\(account.id)  \(account.role.title.chinese) / \(account.role.title.english)  \(account.time)\(locked)")
          }
        }
      }
    }
  }
}

extension Role: ExpressibleByArgument {}
