import ArgumentParser
import Grouping
import Kernel
import TabularFiles

/// The edition that a command works with.
struct EditionOptions: ParsableArguments {
  @Option(help: "分组方案：目录或 .xlsx · The edition: a folder or an .xlsx workbook")
  var edition: String

  @Option(help: "清单（manifest.json），代替目录中的；工作簿没有清单时用全国方案的开关 · A manifest instead of the folder's own")
  var manifest: String?

  @Option(help: "歧义病案（QY）：on 或 off，代替清单中的 · Ambiguous cases: on or off, instead of the manifest's")
  var qy: Switch?

  @Flag(help: "不用编译缓存 · Do not use the cache of compiled editions")
  var noCache = false

  /// Opens the edition; what is wrong goes to standard error and ends the command with code 2.
  func open(_ language: Language) throws -> Edition {
    var changes = EditionChanges()
    changes.ambiguousGroup = qy.map { $0 == .on }
    let cache = EditionCache(folder: noCache ? nil : EditionCache.usualFolder)
    let opened = cache.open(EditionFile(edition, manifest: manifest, changes: changes))
    let errors = opened.diagnostics.filter { $0.severity == .error }
    guard let edition = opened.edition else {
      Terminal.report(errors, language)
      throw ExitCode(2)
    }
    let warnings = opened.diagnostics.count
    if warnings > 0 {
      Terminal.error(
        Terminal.say(
          language, "分组方案有 \(warnings) 处提示；用 yibao edition check 查看",
          "the edition has \(warnings) warnings; see yibao edition check"))
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
