import ArgumentParser
import Grouping
import Kernel
import TabularFiles

/// How the codes of cases are read before they are grouped.
struct CodeOptions: ParsableArguments {
  @Option(help: "医保版、临床版编码表和灰码所在目录，用来核对编码 · Folder of code tables by which codes are checked")
  var codes: String?

  @Flag(help: "编码按临床版书写，分组前转换为医保版（需要 --codes）· Codes are clinical ones: convert them first (needs --codes)")
  var convertClinical = false

  func validate() throws {
    if convertClinical, codes == nil { throw ValidationError("--convert-clinical 需要 --codes · needs --codes") }
  }

  /// Reads the tables; what is wrong goes to standard error and ends the command with code 2.
  func open(_ language: Language) throws -> CaseCodes? {
    guard let codes else { return nil }
    let reading = CodeVersionFolder.read(codes)
    Terminal.report(reading.diagnostics, language)
    guard let versions = reading.value else { throw ExitCode(2) }
    if convertClinical, !versions.knowsClinicalVersion {
      Terminal.error(
        Terminal.say(
          language, "\(codes)：没有临床版编码表和对照表，不能转换", "\(codes): no clinical version and no mapping to convert by"))
      throw ExitCode(2)
    }
    return CaseCodes(versions, converts: convertClinical)
  }

  /// Says what the codes gave to say, on standard error.
  func say(_ tally: CodeTally, _ language: Language) {
    guard codes != nil else { return }
    var parts = CodeFinding.Kind.allCases.compactMap { kind in
      tally.findings[kind].map { "\(kind.title[language]) \($0)" }
    }
    if convertClinical {
      parts.insert(Terminal.say(language, "转换 \(tally.changes)", "converted \(tally.changes)"), at: 0)
    }
    let comma = Terminal.say(language, "，", ", ")
    let text = parts.isEmpty ? Terminal.say(language, "没有提示", "nothing to say") : parts.joined(separator: comma)
    Terminal.error(Terminal.say(language, "编码：\(text)", "codes: \(text)"))
  }
}
