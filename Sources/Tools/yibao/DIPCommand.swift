import ArgumentParser
import Catalog
import Foundation
import Grouping
import Kernel
import TabularFiles

/// Work on DIP catalogues.
struct DIPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dip", abstract: "按病种分值付费：入组、建目录、查目录 · Group by, build and check DIP catalogues",
    subcommands: [DIPGroupCommand.self, DIPBuildCommand.self, DIPCheckCommand.self, DIPSampleCommand.self])
}

/// What the commands on DIP catalogues have in common.
enum DIPCommandText {
  /// Reads a catalogue; what is wrong goes to standard error, errors end the command with code 2.
  static func catalogue(_ path: String, _ language: Language, warns: Bool = false) throws -> DIPCatalogue {
    let reading = DIPCatalogueFolder.read(path)
    Terminal.report(reading.diagnostics.filter { warns || $0.severity == .error }, language)
    guard let catalogue = reading.value else { throw ExitCode(2) }
    return catalogue
  }

  /// Reads a code table, when one is named.
  static func codes(_ path: String?, _ language: Language) throws -> CodeTable? {
    guard let path else { return nil }
    let reading = CodeTableFile.read(CSVReader(path: path))
    Terminal.report(reading.diagnostics, language)
    guard let table = reading.value else { throw ExitCode(2) }
    return table
  }

  /// Runs a body; a diagnostic that it throws is printed and ends the command with code 2.
  static func reporting(_ language: Language, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let diagnostic as Diagnostic {
      Terminal.report([diagnostic], language)
      throw ExitCode(2)
    }
  }
}

/// Lines on their way to standard output or to a file, which takes its place only when it is complete.
struct LineOutput {
  private var pending: [UInt8] = []
  private let handle: FileHandle
  private let path: String?
  private let draft: String

  /// Opens standard output, or a file.
  init(_ path: String?) throws {
    self.path = path
    draft = (path ?? "") + ".\(getpid()).part"
    guard path != nil else {
      handle = .standardOutput
      return
    }
    guard FileManager.default.createFile(atPath: draft, contents: nil), let handle = FileHandle(forWritingAtPath: draft)
    else { throw Diagnostic(.error, LocalizedText("不能写文件", "cannot write the file"), file: path ?? "") }
    self.handle = handle
  }

  /// Appends bytes that end a line.
  mutating func append(_ bytes: some Sequence<UInt8>) throws {
    pending += bytes
    if pending.count > 1 << 16 { try flush() }
  }

  private mutating func flush() throws {
    try handle.write(contentsOf: Data(pending))
    pending.removeAll(keepingCapacity: true)
  }

  /// Writes what is left, and puts a file in its place.
  mutating func finish() throws {
    try flush()
    guard let path else { return }
    try handle.close()
    guard rename(draft, path) == 0 else {
      throw Diagnostic(.error, LocalizedText("不能写文件", "cannot write the file"), file: path)
    }
  }

  /// Takes an unfinished file away.
  func abandon() {
    if path != nil { unlink(draft) }
  }
}

/// Counts rows on standard error while long work goes on; silent when nobody looks.
struct DIPProgress {
  private let label: String
  private let isShown = isatty(2) != 0
  private var count = 0

  init(_ label: String) { self.label = label }

  mutating func step() {
    count += 1
    if isShown, count.isMultiple(of: 50_000) {
      FileHandle.standardError.write(Data("\r\(label) \(count)".utf8))
    }
  }

  func end() {
    if isShown, count >= 50_000 { FileHandle.standardError.write(Data("\r\(label) \(count)\n".utf8)) }
  }
}

/// Checks a DIP catalogue.
struct DIPCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "检查 DIP 目录，指出每一处错误 · Check a DIP catalogue",
    discussion: """
      示例 Examples:
        yibao dip check Editions/dip-outline
        yibao dip check Editions/dip-outline --lang en --json

      退出码 Exit codes: 0 没有错误 no errors · 1 有错误 errors found · 2 文件不能读 a file cannot be read
      """)

  @Argument(help: "目录所在的文件夹 · The folder of the catalogue")
  var folder: String

  @Option(help: "疾病诊断编码表（CSV），核对编码是否存在 · The standard of diagnoses, to look codes up")
  var diagnoses: String?

  @Option(help: "手术操作编码表（CSV） · The standard of procedures")
  var procedures: String?

  @Option(help: "语言 · Language: zh, en")
  var lang: Language = .chinese

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  private struct Finding: Encodable {
    let number: UInt8
    let severity: String
    let file: String
    let row: Int
    let column: String?
    let excerpt: String
    let message: String
  }

  func run() throws {
    let reading = DIPCatalogueFolder.read(folder, isChecked: false)
    Terminal.report(reading.diagnostics, lang)
    guard let catalogue = reading.value else { throw ExitCode(2) }
    let findings = DIPChecker(
      catalogue, diagnoses: try DIPCommandText.codes(diagnoses, lang),
      procedures: try DIPCommandText.codes(procedures, lang)
    ).check()
    let errors = findings.count(where: \.isError)
    if json {
      try Terminal.json(
        findings.map { finding in
          let diagnostic = DIPCatalogueFolder.diagnostic(finding, in: folder)
          return Finding(
            number: finding.fault.rawValue, severity: diagnostic.severity.rawValue, file: diagnostic.file,
            row: finding.row, column: finding.column?.rawValue, excerpt: finding.excerpt,
            message: finding.message[lang])
        })
    } else {
      for finding in findings { print(DIPCatalogueFolder.diagnostic(finding, in: folder).text(lang)) }
      print(
        Terminal.say(
          lang, "\(catalogue.groups.count) 个病种：错误 \(errors) 处，提示 \(findings.count - errors) 处。",
          "\(catalogue.groups.count) groups: \(errors) errors, \(findings.count - errors) warnings."))
    }
    if errors > 0 { throw ExitCode(1) }
  }
}

/// Writes the made-up history that the outline catalogue is built from.
struct DIPSampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample-history", abstract: "写出虚构的历史病例，供演示和测试 · Write a made-up history, for trials",
    discussion: """
      示例 Example:
        yibao dip sample-history --cases 1000 --seed 1 -o /tmp/h.csv
      """)

  @Option(help: "病例数 · How many cases")
  var cases: Int

  @Option(help: "种子，相同则结果相同 · The seed; the same gives the same")
  var seed: UInt64

  @Option(name: .shortAndLong, help: "写入的文件 · The file to write")
  var output: String

  func validate() throws {
    if !(0...100_000_000).contains(cases) { throw ValidationError("cases: 0 … 100000000") }
  }

  func run() throws {
    try DIPCommandText.reporting(.chinese) {
      try CSVWriter.write(to: output) { writer in
        try writer.append(DIPCaseFile.historyHeader)
        for past in DIPSampleHistory(cases: cases, seed: seed) { try writer.append(DIPCaseFile.row(past)) }
      }
    }
  }
}
