public import ArgumentParser
public import Grouping
import Kernel
import TabularFiles

/// Work on editions of CHS-DRG.
struct EditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edition", abstract: "分组方案 · Editions of CHS-DRG",
    subcommands: [Check.self, Import.self, Overlay.self, Diff.self])

  /// What every command on editions takes.
  struct Options: ParsableArguments {
    @Option(help: "清单（manifest.json），代替目录中的 · A manifest instead of the folder's own")
    var manifest: String?

    @Option(help: "语言 · Language: zh, en")
    var lang = Language.chinese

    /// Reads the tables; what is wrong goes to standard error and ends the command with code 2.
    func tables(_ file: EditionFile) throws -> EditionTables {
      let reading = file.read()
      Terminal.report(reading.diagnostics, lang)
      guard let tables = reading.value else { throw ExitCode(2) }
      return tables
    }
  }

  /// Checks an edition.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "检查分组方案：表、编码、规则、覆盖 · Check an edition: tables, codes, rules, reach",
      discussion: """
        示例 Examples:
          yibao edition check chs_drg_11.xlsx
          yibao edition check editions/suzhou_2023 --json

        退出码 Exit codes: 0 没有错误（可有提示） no errors · 1 有错误 errors found · 2 文件不能读 a file cannot be read
        """)

    @Argument(help: "目录或 .xlsx · A folder or an .xlsx workbook")
    var path: String

    @OptionGroup var options: Options

    @Flag(help: "以 JSON 输出 · Print JSON")
    var json = false

    func run() throws {
      let file = EditionFile(path, manifest: options.manifest)
      let tables = try options.tables(file)
      let (edition, findings) = Edition.compile(tables)
      let errors = findings.count { $0.severity == .error }
      if json {
        try Terminal.json(EditionCheckJSON(tables, findings, file, options.lang))
      } else {
        for finding in findings { print(finding.diagnostic(file: file.place(of: finding.sheet)).text(options.lang)) }
        if !findings.isEmpty { print() }
        let groups = (tables.categories.count, tables.adjacentGroups.count, tables.groups.count)
        let (name, warnings) = (tables.manifest.name, findings.count - errors)
        print(
          Terminal.say(
            options.lang,
            "\(name)：MDC \(groups.0)，ADRG \(groups.1)，DRG \(groups.2)，集合编码 \(tables.members.count) 行；"
              + "错误 \(errors) 处，提示 \(warnings) 处。",
            "\(name): \(groups.0) MDC, \(groups.1) ADRG, \(groups.2) DRG, \(tables.members.count) rows of sets; "
              + "\(errors) errors, \(warnings) warnings."))
      }
      if errors > 0 || edition == nil { throw ExitCode(1) }
    }
  }

  /// Writes an edition as a folder.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "把工作簿导入为目录 · Turn a workbook into a folder",
      discussion: """
        示例 Examples:
          yibao edition import 分组方案.xlsx --out editions/chs_drg_11 --id chs_drg_11 --name "CHS-DRG 1.1"
          yibao edition import 分组方案.xlsx --out editions/city --manifest manifest.json --drg-miss next_adrg --qy on

        写出六个 CSV 和 manifest.json，后者含每个文件的 SHA-256，读取时核对。没有清单时用全国方案的开关：
        Writes six CSV files and manifest.json with the SHA-256 of each, checked on reading. Without a manifest the
        switches are those of the national form:
          mdc_fall_through true · drg_miss adrg_only · ambiguous_group off · code_matching exact · ungrouped_code 0000

        有错误的方案也写出，供修改后再检查。 An edition with errors is written too, to be corrected and checked again.
        退出码 Exit codes: 0 已写出 written · 1 已写出，方案有错误 written, and the edition has errors · 2 文件不能读写
          a file cannot be read or written
        """)

    @Argument(help: "工作簿（.xlsx）或目录 · A workbook or a folder")
    var path: String

    @Option(help: "写到此目录 · The folder to write")
    var out: String

    @OptionGroup var options: Options

    @Option(help: "方案标识 · The identifier")
    var id: String?

    @Option(help: "方案名称 · The name")
    var name: String?

    @Option(help: "地区 · The region")
    var region: String?

    @Option(help: "ADRG 中没有合适的 DRG 时：adrg_only 或 next_adrg · When no DRG of an ADRG fits")
    var drgMiss: EditionManifest.GroupMiss?

    @Option(help: "歧义病案：on 或 off · Ambiguous cases")
    var qy: Switch?

    @Option(help: "MDC 中没有合适的 ADRG 时是否继续下一 MDC：on 或 off · Whether to go on with the next MDC")
    var fallThrough: Switch?

    @Option(help: "编码比对：exact 或 prefix · How codes are compared")
    var codeMatching: EditionManifest.CodeMatching?

    func run() throws {
      var changes = EditionChanges()
      (changes.identifier, changes.name, changes.region) = (id, name, region)
      (changes.groupMiss, changes.codeMatching) = (drgMiss, codeMatching)
      changes.ambiguousGroup = qy.map { $0 == .on }
      changes.categoryFallThrough = fallThrough.map { $0 == .on }
      let file = EditionFile(path, manifest: options.manifest, changes: changes)
      let tables = try options.tables(file)
      do {
        try EditionFolder.write(tables, to: out)
      } catch let diagnostic as Diagnostic {
        Terminal.report([diagnostic], options.lang)
        throw ExitCode(2)
      }
      let findings = Edition.compile(tables).findings
      let errors = findings.filter { $0.severity == .error }
      Terminal.report(errors.map { $0.diagnostic(file: file.place(of: $0.sheet)) }, options.lang)
      let warnings = findings.count - errors.count
      print(
        Terminal.say(
          options.lang,
          "已写出 \(out)：DRG \(tables.groups.count) 个；错误 \(errors.count) 处，提示 \(warnings) 处，用 yibao edition check 查看。",
          "wrote \(out): \(tables.groups.count) DRG; \(errors.count) errors, \(warnings) warnings; "
            + "see yibao edition check."
        ))
      if !errors.isEmpty { throw ExitCode(1) }
    }
  }

  /// Compares two editions.
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "比较两个分组方案：组、编码、规则 · Compare two editions: groups, codes, rules",
      discussion: """
        示例 Examples:
          yibao edition diff editions/chs_drg_11 editions/beijing_2022
          yibao edition diff chs_drg_11.xlsx editions/chs_drg_11 --json

        退出码 Exit codes: 0 相同 no difference · 1 有不同 they differ · 2 文件不能读 a file cannot be read
        """)

    @Argument(help: "原方案 · The first edition")
    var before: String

    @Argument(help: "新方案 · The second edition")
    var after: String

    @Option(help: "语言 · Language: zh, en")
    var lang = Language.chinese

    @Flag(help: "以 JSON 输出 · Print JSON")
    var json = false

    func run() throws {
      let options = try Options.parse(["--lang", lang.rawValue])
      let (old, new) = (try options.tables(EditionFile(before)), try options.tables(EditionFile(after)))
      let difference = EditionDifference(from: old, to: new)
      if json {
        try Terminal.json(EditionDiffJSON(difference))
      } else {
        DifferenceText(language: lang).show(difference)
      }
      if !difference.isEmpty { throw ExitCode(1) }
    }
  }
}

extension EditionManifest.GroupMiss: ExpressibleByArgument {}
extension EditionManifest.CodeMatching: ExpressibleByArgument {}

/// What changed between editions, for people.
private struct DifferenceText {
  let language: Language

  func show(_ difference: EditionDifference) {
    if difference.isEmpty { return print(Terminal.say(language, "相同", "no difference")) }
    for change in difference.switches { print("\(change.name): \(change.before) → \(change.after)") }
    for change in difference.rows { show(change) }
    for change in difference.sets {
      let (added, removed) = (change.added, change.removed)
      print("\(change.sheet.rawValue) \(change.name): +\(added.count) −\(removed.count)")
      if !added.isEmpty { print("  + \(shortened(added))") }
      if !removed.isEmpty { print("  − \(shortened(removed))") }
    }
    for change in difference.complications {
      print("CC \(change.code): \(change.before ?? "—") → \(change.after ?? "—")")
    }
    let (rows, sets, codes) = (difference.rows.count, difference.sets.count, difference.complications.count)
    print(
      Terminal.say(
        language, "开关 \(difference.switches.count) 处，组 \(rows) 个，集合与排除表 \(sets) 个，CC 编码 \(codes) 个不同",
        "\(difference.switches.count) switches, \(rows) groups, \(sets) sets and exclusion tables, \(codes) CC codes "
          + "differ"
      ))
  }

  private func show(_ change: EditionDifference.RowChange) {
    let title = "\(change.sheet.rawValue) \(change.code)"
    switch (change.before, change.after) {
    case (nil, let after?): print("+ \(title) \(after.name)  \(after.rule)")
    case (let before?, nil): print("− \(title) \(before.name)  \(before.rule)")
    case (let before?, let after?):
      print("~ \(title) \(after.name)")
      for (word, old, new) in [
        (Terminal.say(language, "名称", "name"), before.name, after.name),
        (Terminal.say(language, "规则", "rule"), before.rule, after.rule),
        (Terminal.say(language, "所属", "parent"), before.parent, after.parent),
        (Terminal.say(language, "次序", "place"), "\(before.place)", "\(after.place)"),
      ] where old != new {
        print("    \(word): \(old.isEmpty ? "—" : old)")
        print("      → \(new.isEmpty ? "—" : new)")
      }
    case (nil, nil): break
    }
  }

  /// The first codes of many; `--json` has them all.
  private func shortened(_ codes: [String]) -> String {
    let rest = codes.count - 10
    return codes.prefix(10).joined(separator: " ") + (rest > 0 ? " … (\(rest))" : "")
  }
}
