import ArgumentParser
import Grouping
import Kernel
import TabularFiles

extension EditionCommand {
  /// Makes a city's edition of a base and what the city changes.
  struct Overlay: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "在基础方案上叠加地方细分组 · Make a city's edition of a base and the city's changes",
      discussion: """
        示例 Examples:
          yibao edition overlay editions/chs_drg_11 editions/city-changes --out editions/city

        变更目录：manifest.json（结果方案的标识和开关）、六个表中要增加或替换的行（缺的表不变）、removed.csv
        （列 sheet,key,code：要删除的行；集合和排除表可整表删除）。先删除，再增加或替换。
        The folder of changes: manifest.json of the result, rows to add or to put in the place of others in any of the
        six tables, removed.csv (columns sheet,key,code) with what goes. Removals come first.

        退出码 Exit codes: 0 已写出 written · 1 已写出，方案有错误 written, and the edition has errors · 2 文件不能读写
          a file cannot be read or written
        """)

    @Argument(help: "基础方案：目录或 .xlsx · The base: a folder or an .xlsx workbook")
    var base: String

    @Argument(help: "变更目录 · The folder of changes")
    var changes: String

    @Option(help: "写到此目录 · The folder to write")
    var out: String

    @OptionGroup var options: Options

    func run() throws {
      let base = try options.tables(EditionFile(base, manifest: options.manifest))
      let reading = OverlayFolder(changes).read()
      Terminal.report(reading.diagnostics, options.lang)
      guard let overlay = reading.value else { throw ExitCode(2) }
      let (tables, misses) = base.overlaid(by: overlay)
      do { try EditionFolder.write(tables, to: out) } catch let error as Diagnostic {
        Terminal.report([error], options.lang)
        throw ExitCode(2)
      }
      let written = EditionFile(out)
      let (edition, findings) = Edition.compile(tables)
      for finding in misses {
        Terminal.report([finding.diagnostic(file: "\(changes)/\(OverlayFolder.removals)")], options.lang)
      }
      for finding in findings {
        Terminal.report([finding.diagnostic(file: written.place(of: finding.sheet))], options.lang)
      }
      let groups = (tables.categories.count, tables.adjacentGroups.count, tables.groups.count)
      print(
        Terminal.say(
          options.lang, "\(tables.manifest.name)：MDC \(groups.0)，ADRG \(groups.1)，DRG \(groups.2)，已写到 \(out)",
          "\(tables.manifest.name): \(groups.0) MDC, \(groups.1) ADRG, \(groups.2) DRG, written to \(out)"))
      if edition == nil { throw ExitCode(1) }
    }
  }
}
