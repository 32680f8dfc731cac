import ArgumentParser
import Kernel
import StoreSQLite
import Workflows

/// `yibao backup`.
struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "备份存储，服务不停 / copy a store while it serves",
    discussion: """
      副本是一个一致的时点，写完后自动核对。The copy is one consistent state and is checked once written.

      示例 / Examples:
        yibao backup --store sqlite:yibao.sqlite --to yibao-2026-11-20.sqlite
      """)

  @Option(help: "存储 / the store: sqlite:PATH")
  var store: String

  @Option(help: "副本文件，不得已存在 / the copy; must not be there yet")
  var to: String

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  func run() async throws {
    try await StoreCopy(language: lang).copy(from: try StoreCopy.path(store), to: to)
  }
}

/// `yibao restore`.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "由副本恢复存储 / bring a store back from a copy",
    discussion: """
      先核对副本；目标已存在时拒绝，请先移开。The copy is checked first; a store that is there already is refused: move it away.

      示例 / Examples:
        yibao restore --from yibao-2026-11-20.sqlite --store sqlite:yibao.sqlite
      """)

  @Option(help: "副本文件 / the copy")
  var from: String

  @Option(help: "要恢复成的存储 / the store to make: sqlite:PATH")
  var store: String

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  func run() async throws {
    let copy = StoreCopy(language: lang)
    try await copy.requireSound(from)
    try await copy.copy(from: from, to: try StoreCopy.path(store))
  }
}

/// Copies a store file to another, both ways checked.
struct StoreCopy {
  let language: Language

  /// The file of `sqlite:PATH`.
  static func path(_ store: String) throws -> String {
    if PostgresName.url(store) != nil {
      throw ValidationError(
        "--store: 不提供 PostgreSQL 备份，请用 pg_dump、pg_basebackup / not offered for PostgreSQL: use its own pg_dump or "
          + "pg_basebackup, then `yibao audit` on what was restored")
    }
    guard store.hasPrefix("sqlite:"), store.count > "sqlite:".count else {
      throw ValidationError("--store: 应为 sqlite:PATH / sqlite:PATH is expected")
    }
    return String(store.dropFirst("sqlite:".count))
  }

  func copy(from source: String, to target: String) async throws {
    try await say {
      var options = SQLitePayerStore.Options()
      options.isReadOnly = true
      let store = try SQLitePayerStore(path: source, options: options)
      defer { store.close() }
      try await store.backUp(to: target)
    }
    try await requireSound(target)
    print(Terminal.say(language, "已写入并核对：\(target)", "written and checked: \(target)"))
  }

  /// Says what is wrong with a store file and ends the command with code 1.
  func requireSound(_ path: String) async throws {
    var faults: [String] = []
    try await say { faults = try await SQLitePayerStore.check(path: path) }
    for fault in faults { Terminal.error("\(path): \(fault)") }
    if !faults.isEmpty { throw ExitCode(1) }
  }

  /// Does something with a store; what it cannot do is said, and ends the command with code 2.
  private func say(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as StoreError {
      Terminal.error("\(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
  }
}
