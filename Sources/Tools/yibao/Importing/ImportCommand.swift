import ArgumentParser
import Foundation
import Grouping
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// `yibao import`: a hospital's own files, checked, filed, grouped and paid.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "导入医院自己的文件：结算清单、机构、编码对照 / import a hospital's own files",
    discussion: """
      示例 / Examples:
        yibao import Examples/import --region 990100 --edition Editions/chs-drg-outline \\
          --dry-run --out /tmp/yibao-import
        yibao import Examples/import --region 990100 --edition Editions/chs-drg-outline \\
          --catalogue Editions/dip-outline --store sqlite:/tmp/yibao-import/region.sqlite --out /tmp/yibao-import
        yibao import Examples/import --region 990100 --edition Editions/chs-drg-outline \\
          --catalogue Editions/dip-outline --store sqlite:/tmp/yibao-import/region.sqlite --out /tmp/yibao-import \\
          --pay --json

      认得 CSV（UTF-8 或 GBK）、XLSX 和 4101 报文（一份、数组或每行一份）；种类由 manifest.csv、列名或文件名判断。
      不能使用的行连同规则编号、原因和处理办法写入 unusable.xlsx 和 unusable.csv，其余照常导入；概况和质量写入
      import-report.xlsx。重复导入不会重复存储；内容变化的替换原来的，直到所在月份公布。
      Takes CSV (UTF-8 or GBK), XLSX and messages of 4101 (one, an array, one a line); manifest.csv, columns or names
      tell what they hold. Rows that cannot be used go into unusable.xlsx and .csv with rule, reason and what to do;
      the rest goes on. Importing again stores nothing twice; changed content replaces until its month is published.

      退出码 / exit code: 0 全部可用 all usable · 1 有行不能使用，其余已导入 some rows were left out · 2 文件夹、分组方案或账库不可用
      the folder, edition or store cannot be used · 3 已导入而支付被拒 imported, and paying was refused · 64 用法有误 wrong
      usage
      """)

  @Argument(help: "文件夹 / the folder")
  var folder: String

  @Option(help: "统筹区 / the pooling region, such as 990100")
  var region: String

  @Option(help: "账库 / store: sqlite:PATH, postgres:URL")
  var store: String?

  @Option(help: "DRG 分组方案：目录或 .xlsx / an edition of CHS-DRG: a folder or an .xlsx workbook")
  var edition: String?

  @Option(help: "DIP 目录所在的文件夹 / the folder of a DIP catalogue")
  var catalogue: String?

  @Option(help: "两者都有时按 DIP 入组的险种 / the scheme grouped by the catalogue when both are given: employee, resident")
  var catalogueFor = InsuranceScheme.resident

  @Option(help: "清单未写机构时所属的机构 / the institution of lists that name none")
  var institution: String?

  @Option(help: "计入中医药费用的收费项目类别 / categories of fees that count as Chinese medicine")
  var chineseMedicine = CaseGathering.usualChineseMedicine.sorted().joined(separator: ",")

  @Option(help: "结果文件写入的文件夹 / folder for what is written")
  var out = "out/import"

  @Flag(help: "只试不存 / try everything, store nothing")
  var dryRun = false

  @OptionGroup var paying: ImportPaying
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if edition == nil, catalogue == nil {
      throw ValidationError("须写明 --edition 或 --catalogue / give --edition, --catalogue or both")
    }
    if store == nil, !dryRun { throw ValidationError("须写明 --store 或 --dry-run / give --store or --dry-run") }
    if dryRun, paying.pay { throw ValidationError("--dry-run 不能支付 / --dry-run cannot pay") }
  }

  func run() throws {
    let copies = FileManager.default.temporaryDirectory.appending(path: "yibao-import-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: copies) }
    let book = try Self.reporting(common.lang) { try bring(copies) }
    let written = ["unusable.xlsx", "unusable.csv", "import-report.xlsx"].map { "\(out)/\($0)" }
    var answer = ImportAnswer(book, written: written)
    if !common.json { book.show(written) }
    var refusal: ExitCode?
    if paying.pay, let store {
      let years = Set(book.report.work.keys.compactMap { Int($0.month.prefix(4)) }).sorted()
      do { answer.runs = try paying.run(years, region: region, store: store, folder: folder, common) } catch let code
        as ExitCode
      { refusal = code }
    }
    if common.json { try Terminal.json(answer) }
    if refusal != nil { throw ExitCode(3) }
    if book.unusableRows > 0 { throw ExitCode(1) }
  }

  /// Runs a body; what is wrong with files and stores is printed and ends the command with code 2.
  private static func reporting<Answer>(_ language: Language, _ body: () throws -> Answer) throws -> Answer {
    do { return try body() } catch let diagnostic as Diagnostic {
      Terminal.report([diagnostic], language)
      throw ExitCode(2)
    } catch let error as StoreError {
      Terminal.error("\(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
  }

  private func bring(_ copies: String) throws -> ImportBook {
    let engines = try engines()
    let found = try ImportFolder(folder, copies: copies)
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch {
      throw Diagnostic(.error, LocalizedText("不能建立文件夹", "the folder cannot be made"), file: out)
    }
    let open = try ImportStore(store, isDry: dryRun)
    defer { open.close() }
    let (region, isDry) = (region, dryRun)
    let categories = Set(chineseMedicine.split(separator: ",").map(String.init))
    let desk = try Waiting.value {
      try await ImportDesk(
        payer: open.payer, paying: open.paying, region: region, engines: engines, chineseMedicine: categories,
        isStoring: !isDry)
    }
    let sheets = try UnusableSheets(folder: out, language: common.lang)
    let reading = ImportReading(
      found, desk: desk, sheets: sheets, institution: institution, region: region, language: common.lang)
    do { try reading.read(found) } catch {
      sheets.abandon()
      throw error
    }
    try sheets.finish()
    let book = ImportBook(
      report: try Waiting.value { await desk.report }, notes: reading.notes, unusableRows: sheets.count,
      isDry: dryRun, language: common.lang)
    try book.write(to: out + "/import-report.xlsx")
    return book
  }

  /// What groups the cases of each scheme.
  private func engines() throws -> [InsuranceScheme: CaseGathering.Engine] {
    var engines: [InsuranceScheme: CaseGathering.Engine] = [:]
    if let catalogue {
      let tables = try DIPCommandText.catalogue(catalogue, common.lang)
      guard let grouper = try? DIPGrouper(tables) else { throw ExitCode(2) }
      for scheme in InsuranceScheme.allCases where edition == nil || scheme == catalogueFor {
        engines[scheme] = .dip(grouper)
      }
    }
    guard let edition else { return engines }
    let opened = EditionCache(folder: EditionCache.usualFolder)
      .open(EditionFile(edition, manifest: nil, changes: EditionChanges()))
    guard let known = opened.edition else {
      Terminal.report(opened.diagnostics.filter { $0.severity == .error }, common.lang)
      throw ExitCode(2)
    }
    let grouper = Grouper(known)
    for scheme in InsuranceScheme.allCases where engines[scheme] == nil { engines[scheme] = .drg(grouper) }
    return engines
  }
}

/// The store of an import; in a dry run it is only read, or there is none.
private struct ImportStore {
  let payer: any PayerStore
  let paying: any PaymentStore
  private let finish: @Sendable () async -> Void

  init(_ name: String?, isDry: Bool) throws {
    let file = name.flatMap { $0.hasPrefix("sqlite:") ? String($0.dropFirst("sqlite:".count)) : nil }
    let isThere = file.map { FileManager.default.fileExists(atPath: $0) } ?? (name != nil)
    guard let name, isThere || !isDry else {
      (payer, paying, finish) = (MemoryStore(), MemoryPaymentStore(), {})
      return
    }
    if let file, !isThere {
      let folder = URL(filePath: file).deletingLastPathComponent().path
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    let open = try OpenPaymentStore(name, isReadOnly: isDry)
    (payer, paying, finish) = (open.payer, open.paying, open.close)
  }

  func close() {
    let finish = finish
    _ = try? Waiting.value { await finish() }
  }
}
