import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// Where cases come from: a store, or a table.
struct CaseSourceOptions: ParsableArguments {
  @Option(help: "统筹区代码 / region code")
  var region: String

  @Option(help: "险种，缺省为有合同的全部 / scheme: employee, resident; all with a contract when left out")
  var scheme: InsuranceScheme?

  @Option(help: "库 / store: sqlite:PATH, postgres:URL")
  var store: String?

  @Option(help: "病例表（CSV 或 XLSX），代替 --store，缺省取自 --inputs / table of cases instead of --store")
  var cases: String?

  @Option(help: "输入文件夹：cases、budget、findings、scores、removals、decisions（.csv 或 .xlsx） / folder with these tables")
  var inputs: String?

  @Option(help: "基金预算表 / table of the fund's money")
  var budget: String?

  @Option(help: "审核扣款表 / table of findings")
  var findings: String?

  @Option(help: "考核得分表 / table of scores")
  var scores: String?

  @Option(help: "集采结余留用与政策性因素表 / table of what comes out of the year first")
  var removals: String?

  @Option(help: "病例认定表 / table of decisions about cases")
  var decisions: String?

  func validate() throws {
    guard store == nil || cases == nil, store != nil || cases != nil || inputs != nil else {
      throw ValidationError(
        "须写明 --store、--cases 或含 cases.csv 的 --inputs 之一 / state --store, --cases, or --inputs with cases.csv")
    }
  }

  /// Reads the tables that are named, or that lie in the folder; what is wrong ends the command with code 2.
  func payingInputs(_ language: Language) throws -> PayingInputs {
    var inputs = PayingInputs()
    if let path = path(budget, "budget") {
      inputs.fund = try Self.value(PayingInputFiles.budget(TableReader(path: path)), language)
    }
    if let path = path(findings, "findings") {
      inputs.findings = try Self.value(PayingInputFiles.findings(TableReader(path: path)), language)
    }
    if let path = path(scores, "scores") {
      inputs.scores = try Self.value(PayingInputFiles.scores(TableReader(path: path)), language)
    }
    if let path = path(removals, "removals") {
      inputs.removals = try Self.value(PayingInputFiles.removals(TableReader(path: path)), language)
    }
    if let path = path(decisions, "decisions") {
      inputs.determinations = try Self.value(PayingInputFiles.decisions(TableReader(path: path)), language)
    }
    return inputs
  }

  private func path(_ named: String?, _ name: String) -> String? {
    if let named { return named }
    guard let folder = inputs else { return nil }
    return ["csv", "xlsx"].map { "\(folder)/\(name).\($0)" }.first(where: FileManager.default.fileExists)
  }

  static func value<Value>(_ reading: FileReading<Value>, _ language: Language) throws -> Value {
    Terminal.report(reading.diagnostics, language)
    guard let value = reading.value else { throw ExitCode(2) }
    return value
  }

  /// Opens the store, or reads the table into memory; what is wrong ends the command with code 2.
  func open(_ language: Language, publishes: Bool) async throws -> PayingStore {
    if let store { return try PayingStore(store, publishes: publishes) }
    return try await PayingStore(cases: path(cases, "cases") ?? "\(inputs ?? "")/cases.csv", region: region, language)
  }
}

/// A store of cases and runs, opened by its name or filled from a table.
struct PayingStore {
  let store: any PaymentStore
  /// The records of settling in the same store, which name institutions; `nil` in memory.
  private let payer: (any PayerStore)?
  /// Whether what is published is gone when the command ends.
  let isInMemory: Bool
  let close: @Sendable () async -> Void

  /// Opens a store by its name; unless something is published, only to be read.
  init(_ name: String, publishes: Bool) throws {
    let open = try OpenPaymentStore(name, isReadOnly: !publishes)
    store = open.paying
    payer = open.payer
    isInMemory = false
    close = open.close
  }

  /// Reads a table of cases into memory; a table with an error is refused as a whole.
  init(cases path: String, region: String, _ language: Language) async throws {
    let memory = MemoryPaymentStore()
    var (block, faults) = ([PaymentCase](), [Diagnostic]())
    do {
      try PaymentCaseFile(TableReader(path: path)).forEach {
        block.append($0)
      } bad: {
        faults.append($0)
      }
    } catch let diagnostic as Diagnostic {
      faults.append(diagnostic)
    }
    guard faults.isEmpty else {
      Terminal.report(Array(faults.prefix(CSVReader.diagnosticLimit)), language)
      throw ExitCode(2)
    }
    try await memory.put(block, region: region)
    self.init(memory)
  }

  /// Takes a store in memory, which is gone when the command ends.
  init(_ memory: MemoryPaymentStore) {
    store = memory
    payer = nil
    isInMemory = true
    close = {}
  }

  /// What the holders of a run are called, by code; those without a record of an institution are left out.
  func names(of run: PaymentRun) async throws(StoreError) -> [String: String] {
    guard let payer else { return [:] }
    let codes = run.lines.map(\.holder)
    return try await payer.read { store throws(StoreError) in
      var names: [String: String] = [:]
      for code in codes {
        if let name = try store.institution(code)?.name, !name.isEmpty { names[code] = name }
      }
      return names
    }
  }

  /// A copy in memory of a year's cases and runs, so that months can be tried out one after another.
  func rehearsal(region: String, scheme: InsuranceScheme, year: Int) async throws -> MemoryPaymentStore {
    let memory = MemoryPaymentStore()
    let found = CasePile()
    try await store.cases(CaseSelection(region: region, scheme: scheme, period: .year(year))) { found.add($0) }
    try await memory.put(found.cases, region: region)
    for run in try await store.runs(RunSelection(region: region, scheme: scheme)) { try await memory.publish(run) }
    return memory
  }
}

/// Cases as blocks bring them; blocks come one after another.
final class CasePile: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [PaymentCase] = []

  func add(_ block: [PaymentCase]) { lock.withLock { found += block } }

  var cases: [PaymentCase] { lock.withLock { found } }
}

/// Whether runs are published, and what is written.
struct PublishingOptions: ParsableArguments {
  @Flag(help: "公布结果；公布后不再改变 / publish the run, which then never changes")
  var publish = false

  @Flag(help: "更正已公布的结果 / publish it as a correction of the run that stands")
  var correct = false

  @Option(help: "公布人 / who publishes")
  var by: String?

  @Option(help: "拨付单、清算书写入的文件夹 / folder for statements")
  var out: String?

  @Option(
    help: ArgumentHelp(
      "写哪几种，缺省三种都写 / which forms of statements to write; all three when left out", valueName: "csv,xlsx,html"))
  var statements: StatementForms?

  func validate() throws {
    if publish, by?.isEmpty ?? true { throw ValidationError("--publish 须写明 --by / --publish needs --by") }
    if correct, !publish { throw ValidationError("--correct 须与 --publish 同用 / --correct needs --publish") }
    if statements != nil, out == nil {
      throw ValidationError("--statements 须与 --out 同用 / --statements needs --out")
    }
  }

  /// Refuses to publish where nothing lasts.
  func check(_ source: CaseSourceOptions) throws {
    if publish, source.store == nil {
      throw ValidationError("--publish 须用 --store / --publish needs --store")
    }
  }

  /// Publishes a run when asked; refused, the command ends with code 1.
  func finish(_ made: MadeRun, at desk: PayingDesk, _ language: Language) async throws -> MadeRun {
    guard publish else { return made }
    let result = try await desk.publish(
      made, time: PayingClock.now(), by: by ?? "", correcting: correct)
    switch result {
    case .success(let published): return MadeRun(run: made.run, published: published, corrected: made.corrected)
    case .failure(let refusal): throw PayingFailure.refused(refusal, language)
    }
  }
}

/// The time of day in China, where runs are published.
enum PayingClock {
  static func now() -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 8 * 3_600)
    format.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return format.string(from: Date())
  }
}

/// How commands of paying end when something is wrong.
enum PayingFailure {
  /// Prints why an order was refused; the command ends with code 1.
  static func refused(_ refusal: PayingRefusal, _ language: Language) -> ExitCode {
    Terminal.error("\(refusal.number) \(refusal.message[language])")
    return ExitCode(1)
  }

  /// Runs a body; a diagnostic or a failure of the store is printed and ends the command with code 2.
  static func reporting(_ language: Language, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let diagnostic as Diagnostic {
      Terminal.report([diagnostic], language)
      throw ExitCode(2)
    } catch let error as StoreError {
      Terminal.error("\(error.operation): \(error.detail)")
      throw ExitCode(error.code == .refused ? 1 : 2)
    }
  }
}

/// Shows on a terminal how many cases are paid; silent when nobody looks.
final class PayingProgress: @unchecked Sendable {
  private let lock = NSLock()
  private let isShown = isatty(STDERR_FILENO) == 1
  private let language: Language
  private var last = ContinuousClock.now
  private var isOnLine = false

  init(_ language: Language) { self.language = language }

  func show(_ count: Int) {
    guard isShown else { return }
    lock.withLock {
      let now = ContinuousClock.now
      guard now - last > .milliseconds(100) else { return }
      last = now
      isOnLine = true
      let text = Terminal.say(language, "已支付 \(count) 例", "\(count) cases paid")
      FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
    }
  }

  func clear() {
    lock.withLock {
      if isOnLine { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
      isOnLine = false
    }
  }
}
