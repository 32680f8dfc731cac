import ArgumentParser
import Grouping
import Kernel
import TabularFiles

/// The edition that a command works with.
struct EditionOptions: ParsableArguments {
  @Option(help: "分组方案：目录或 .xlsx · The edition: a folder or an .xlsx workbook")
  var edition: String

  @OptionGroup var evaluation: EvaluationOptions

  /// Opens the edition; what is wrong goes to standard error and ends the command with code 2.
  func open(_ language: Language) throws -> Edition { try evaluation.open(edition, language) }
}

/// How an edition is opened and evaluated.
struct EvaluationOptions: ParsableArguments {
  @Option(help: "清单（manifest.json），代替目录中的；工作簿没有清单时用全国方案的开关 · A manifest instead of the folder's own")
  var manifest: String?

  @Option(help: "歧义病案（QY）：on 或 off，代替清单中的 · Ambiguous cases: on or off, instead of the manifest's")
  var qy: Switch?

  @Flag(help: "不用编译缓存 · Do not use the cache of compiled editions")
  var noCache = false

  /// Opens an edition; what is wrong goes to standard error and ends the command with code 2.
  ///
  /// - Parameters:
  ///   - path: the folder or workbook.
  ///   - named: whether a remark on it says which edition is meant, because there are several.
  func open(_ path: String, _ language: Language, named: Bool = false) throws -> Edition {
    var changes = EditionChanges()
    changes.ambiguousGroup = qy.map { $0 == .on }
    let cache = EditionCache(folder: noCache ? nil : EditionCache.usualFolder)
    let opened = cache.open(EditionFile(path, manifest: manifest, changes: changes))
    let errors = opened.diagnostics.filter { $0.severity == .error }
    guard let edition = opened.edition else {
      Terminal.report(errors, language)
      throw ExitCode(2)
    }
    let warnings = opened.diagnostics.count
    if warnings > 0 {
      Terminal.error(
        Terminal.say(
          language, "\(named ? "\(path)：" : "")分组方案有 \(warnings) 处提示；用 yibao edition check 查看",
          "\(named ? "\(path): " : "")the edition has \(warnings) warnings; see yibao edition check"))
    }
    return edition
  }
}

/// On or off.
enum Switch: String, ExpressibleByArgument {
  case on
  case off
}

/// The form of a file of cases.
enum CaseFormat: String, ExpressibleByArgument {
  case auto
  case csv
  case tsv
  case json

  /// Refuses a workbook as output of what is no table.
  static func check(_ output: String?, isTable: Bool, _ language: Language) throws {
    guard let output, ResultOutput.file(output).isWorkbook, !isTable else { return }
    throw ValidationError(
      Terminal.say(
        language, "工作簿只能放表格：去掉 --json、--explain、--format tsv，或换一个输出文件",
        "a workbook takes a table: leave out --json, --explain and --format tsv, or name another file"))
  }

  /// Where the cases of a file come from.
  static func input(_ path: String, _ format: CaseFormat) throws -> CaseInput {
    switch format {
    case .csv: .table(path: path)
    case .tsv: .tabs(path: path)
    case .json: SettlementListFile(path: path).input
    case .auto: try path != "-" && JSONPieces.isJSON(path) ? SettlementListFile(path: path).input : .table(path: path)
    }
  }
}
