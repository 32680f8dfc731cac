import ArgumentParser
import Foundation
import Grouping
import Kernel
import TabularFiles

/// Asks which code decides the group of a case.
struct GroupWhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if", abstract: "换一个主要诊断、少一个编码，组会怎样 · Which code decides the group of a case",
    discussion: """
      示例 Examples:
        yibao group what-if --edition Editions/chs-drg-outline Examples/grouping/cases.csv --id C1
        yibao group what-if --edition Editions/chs-drg-outline Examples/grouping/cases.csv --id C3 --json
        yibao group what-if --edition Editions/chs-drg-outline --diagnoses 'J18.900|E11.900|I50.900' --age 70
        yibao group what-if --edition Editions/chs-drg-outline --diagnoses K35.800 --principal K80.000

      依次试：其他诊断各作主要诊断、其他手术操作各作主要手术操作、逐一去掉每个编码，以及 --principal、--main 给出的编码；
      每行写出会入的组，组变了的写明哪条规则不再成立、哪条成立。
      Tried one by one: each other diagnosis as principal one, each other procedure as main one, the case without each
      of its codes, and the codes of --principal and --main. A row says which group the case would get and, when it is
      another one, which rule holds no longer and which one holds.

      退出码 Exit codes: 0 已回答 answered · 1 文件中没有该病例或该行不能读 the case is not in the file, or cannot be read ·
        2 文件不能读或方案有错 a file cannot be read, or the edition has errors
      """)

  @Argument(help: "病例文件（CSV、.xlsx、4101 JSON），与 --id 同用 · A file of cases, with --id")
  var cases: String?

  @OptionGroup var edition: EditionOptions

  @Option(help: "文件中病例的编号 · The case of the file")
  var id: String?

  @OptionGroup(title: "病例 · A case of the command line") var stated: StatedCase

  @Option(help: "再试以此为主要诊断，可重复 · Also try this principal diagnosis; may repeat")
  var principal: [String] = []

  @Option(help: "再试以此为主要手术操作，可重复 · Also try this main procedure; may repeat")
  var main: [String] = []

  @Option(help: "输入格式 · Form of the file: auto, csv, tsv, json")
  var format = CaseFormat.auto

  @OptionGroup var codes: CodeOptions

  @Flag(help: "只列出改变了组的 · Only what changes the group")
  var onlyChanges = false

  @Flag(help: "以 JSON 输出 · Print JSON")
  var json = false

  @Option(help: "语言 · Language: zh, en")
  var lang = Language.chinese

  func validate() throws {
    if (cases == nil) != (id == nil) {
      throw ValidationError("病例文件和 --id 要同时给出 · a file of cases goes with --id")
    }
    if (cases == nil) == (stated.diagnoses == nil) {
      throw ValidationError(
        "给出病例文件和 --id，或给出 --diagnoses · name a file of cases and --id, or give --diagnoses")
    }
    if cases != nil, stated.isStated {
      throw ValidationError("文件中的病例不能再用参数改写 · a case of a file is taken as it is there")
    }
  }

  func run() throws {
    let grouper = Grouper(try edition.open(lang))
    var groupingCase = try stated.groupingCase ?? found()
    if let codes = try codes.open(lang) {
      let reviewed = codes.review(groupingCase)
      groupingCase = reviewed.groupingCase
      for message in reviewed.changes.map(\.message) + reviewed.findings.map(\.message) {
        Terminal.error(message[lang])
      }
    }
    let asked = principal.map { CaseChange.principalDiagnosis($0) } + main.map { .mainProcedure($0) }
    let possible = groupingCase.possibleChanges
    let changes = possible + asked.filter { !possible.contains($0) }
    let answer = WhatIfAnswer(grouper, groupingCase, changes, onlyChanges: onlyChanges)
    if json { try answer.printJSON(lang) } else { answer.print(lang) }
  }

  /// The case of the file.
  private func found() throws -> GroupingCase {
    guard let cases, let id else { throw ExitCode(64) }
    let answer: CaseFinder.Answer
    do {
      answer = try CaseFinder(cores: ProcessInfo.cores).find(id, in: try CaseFormat.input(cases, format))
    } catch let diagnostic as Diagnostic {
      Terminal.report([diagnostic], lang)
      throw ExitCode(2)
    }
    if answer.cases.count > 1 {
      Terminal.error(
        Terminal.say(
          lang, "\(cases)：编号 \(id) 有 \(answer.cases.count) 例，取第一例",
          "\(cases): \(answer.cases.count) cases are called \(id); the first is taken"))
    }
    if let first = answer.cases.first { return first }
    for row in answer.unreadable { Terminal.error("\(cases):\(row.line) (\(id)): \(row.reason[lang])") }
    if answer.unreadable.isEmpty {
      Terminal.error(Terminal.say(lang, "\(cases)：没有编号为 \(id) 的病例", "\(cases): there is no case \(id)"))
    }
    throw ExitCode(1)
  }
}

/// A case given on the command line.
struct StatedCase: ParsableArguments {
  @Option(help: "诊断，以 | 连接，主要的在前 · Diagnoses, joined by |, the principal one first")
  var diagnoses: String?

  @Option(help: "手术操作，以 | 连接，主要的在前 · Procedures, joined by |, the main one first")
  var procedures: String?

  @Option(help: "性别：1 男，2 女 · Sex: 1 male, 2 female")
  var sex: Int?

  @Option(help: "年龄（岁）· Age in years")
  var age: Int?

  @Option(help: "天龄 · Age in days")
  var ageDays: Int?

  @Option(help: "出生体重（克）· Birth weight in grams")
  var birthWeight: Int?

  @Option(help: "住院天数 · Days of the stay")
  var stayDays: Int?

  @Option(help: "离院方式 · How the patient left: 1–5, 9")
  var discharge: Int?

  @Option(help: "出院科别 · Department of discharge")
  var department: String?

  func validate() throws {
    if let sex, PatientSex(rawValue: UInt8(clamping: sex)) == nil {
      throw ValidationError("--sex: 1 男 male, 2 女 female")
    }
  }

  /// Whether anything is given.
  var isStated: Bool {
    let texts = [diagnoses, procedures, department].compactMap { $0 }
    return !texts.isEmpty || ![sex, age, ageDays, birthWeight, stayDays, discharge].compactMap { $0 }.isEmpty
  }

  /// The case; `nil` when no diagnosis is given.
  var groupingCase: GroupingCase? {
    guard let diagnoses else { return nil }
    return GroupingCase(
      sex: sex.flatMap { PatientSex(rawValue: UInt8(clamping: $0)) }, ageYears: age, ageDays: ageDays,
      birthWeightGrams: birthWeight, stayDays: stayDays, dischargeKind: discharge, department: department ?? "",
      diagnoses: Self.codes(diagnoses), procedures: Self.codes(procedures ?? ""))
  }

  private static func codes(_ text: String) -> [String] {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false).map { part in
      part.trimmingCharacters(in: .whitespaces)
    }
    // An empty first code says that there is no principal one.
    return parts.allSatisfy(\.isEmpty) ? [] : Array(parts.prefix(1)) + parts.dropFirst().filter { !$0.isEmpty }
  }
}
